"""``lna outline --format html``: clauses beside page pictures, to see a parsing fault in seconds."""

from __future__ import annotations

import base64
import io
from collections import defaultdict

import jinja2
from PIL import Image

from analyzer.errors import ReadingError
from analyzer.model import Act, Clause, Document, Line
from analyzer.reading.sandbox import draw_isolated

_WIDTH = 760  # pixels of a page picture
_MOST_PAGES = 60  # more pictures make a file that no browser likes
_TEMPLATE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>{{ name }}: разбор</title>
<style>
body{font:15px/1.45 system-ui,sans-serif;margin:0;color:#1b1f24;background:#fff}
header{padding:12px 20px;border-bottom:1px solid #c9d1d9}
.page{display:grid;grid-template-columns:{{ width }}px 1fr;gap:20px;padding:16px 20px}
.page{border-bottom:1px solid #c9d1d9}
.sheet{position:relative;width:{{ width }}px}.sheet img{width:100%;border:1px solid #c9d1d9}
.box{position:absolute;border:1px solid #1769aa;background:rgba(23,105,170,.08)}
.box:hover,.box:target{background:rgba(251,191,36,.45)}
.clause{margin:0 0 6px}.clause b{display:inline-block;min-width:5.5em;color:#1769aa}
.clause a{color:inherit;text-decoration:none}.heading{font-weight:600}.plain b{color:#6e7781}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}}
</style></head><body>
<header><strong>{{ title }}</strong><br>{{ organisation }}<br>{{ approved }}</header>
{% for page in pages %}<section class="page"><div class="sheet">
{% if page.picture %}
<img alt="страница {{ page.number }}" src="data:image/png;base64,{{ page.picture }}">{% endif %}
{% for box in page.boxes %}
<div class="box" id="l{{ box.key }}" title="{{ box.text }}" style="{{ box.style }}"></div>{% endfor %}
</div><div>{% if page.number %}<p>Страница {{ page.number }}</p>{% endif %}
{% for clause in page.clauses %}
<p class="clause{{ ' heading' if clause.heading }}{{ '' if clause.number else ' plain' }}"
 style="margin-left:{{ clause.level * 14 }}px">
<a href="#l{{ clause.start }}"><b>{{ clause.path }}{{ '' if clause.number else ' ¶' }}</b>
{{ clause.text }}</a></p>
{% endfor %}</div></section>{% endfor %}
</body></html>
"""


def outline_html(document: Document, act: Act, data: bytes) -> str:
    """One self-contained page; pictures for PDF and scans, where lines have places.

    Args:
        document: The document as read.
        act: Its outline.
        data: The file, for the pictures.
    """
    block = act.title_block
    by_page: dict[int, list[Clause]] = defaultdict(list)
    for clause in act.clauses:
        by_page[clause.page or 0].append(clause)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        lines[line.page or 0].append(line)
    pictures = _pictures(document, data)
    numbers = sorted({*by_page, *pictures})
    pages = [
        {
            "number": number,
            "picture": pictures.get(number, ("", 0.0))[0],
            "boxes": _boxes(lines[number], pictures.get(number, ("", 0.0))[1]),
            "clauses": by_page[number],
        }
        for number in numbers
    ]
    template = jinja2.Environment(autoescape=True).from_string(_TEMPLATE)
    approved = f"{block.approved_on or 'дата не найдена'} № {block.approval_number or '—'}"
    return template.render(
        name=document.name,
        title=block.title or document.name,
        organisation=block.organization or "организация не найдена",
        approved=approved,
        pages=pages,
        width=_WIDTH,
    )


def _pictures(document: Document, data: bytes) -> dict[int, tuple[str, float]]:
    """Page → its PNG in base64 and pixels a point; a page that cannot be drawn is left out."""
    result: dict[int, tuple[str, float]] = {}
    for number in range(1, min(document.pages or 0, _MOST_PAGES) + 1):
        try:
            drawn = draw_isolated(data, number, turn=document.turn(number), width=_WIDTH)
        except ReadingError:
            continue
        picture = io.BytesIO()
        Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb).save(picture, "PNG", optimize=True)
        result[number] = (base64.b64encode(picture.getvalue()).decode("ascii"), drawn.scale)
    return result


def _boxes(lines: list[Line], scale: float) -> list[dict[str, object]]:
    boxes: list[dict[str, object]] = []
    for line in lines:
        if line.box is not None and scale:
            box = line.box
            place = (box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)
            left, top, width, height = (round(value * scale, 1) for value in place)
            style = f"left:{left}px;top:{top}px;width:{width}px;height:{height}px"
            boxes.append({"key": line.start, "text": line.text[:120], "style": style})
    return boxes
