"""The act itself as DOCX with the findings as Word comments at its clauses.

A DOCX is commented in place, so its looks stay. What cannot be (another format, macros, hidden names) is written anew
from the clauses, and the first lines say so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from analyzer.model import Audit, Clause
from analyzer.reports.anchors import Anchor, anchors
from analyzer.reports.content import FindingRow, Report, safe
from analyzer.reports.paper import new_paper, to_bytes

_AUTHOR, _INITIALS = "Проверка ЛНА", "ЛНА"
_KEY = 240  # letters and digits by which a paragraph is known
_AHEAD = 400  # paragraphs looked through for the next clause
_LEAST_CELL = 3
_NOT_LETTERS = re.compile(r"[\W_]+")


def commented_docx(content: Report, audit: Audit, data: bytes) -> bytes:
    """The act with a comment for every finding.

    Args:
        content: What the comments say.
        audit: The audit that it was made of.
        data: The file that was audited.

    Returns:
        A DOCX file.
    """
    places = anchors(audit, content)
    if audit.document.format == "docx" and not content.masked and not _has_macros(audit):
        try:
            document = Document(io.BytesIO(data))
            _comment(document, places, _found(document, audit))
            return to_bytes(document)
        except Exception:  # noqa: S110  (whatever python-docx stumbles over in somebody's file, the act can be written anew)
            pass
    document, paragraphs = _rebuilt(content, audit)
    _comment(document, places, paragraphs)
    return to_bytes(document)


def _has_macros(audit: Audit) -> bool:
    return any(note.code == "macros" for note in audit.document.notes)


def _comment(document: Any, places: Sequence[Anchor], paragraphs: dict[int | None, Any]) -> None:
    """Hangs every finding on its paragraph; ``paragraphs`` goes by the clause's start, None is the title."""
    for place in places:
        paragraph, note = paragraphs.get(place.clause.start if place.clause else None), place.note
        if paragraph is None:
            paragraph = paragraphs[None]
            note = f"Пункт {place.finding.place.clause} в файле не найден; замечание поставлено у названия акта."
        own = paragraph._p.findall(qn("w:r")) or list(paragraph._p.iter(qn("w:r")))
        runs = [Run(own[0], paragraph), Run(own[-1], paragraph)] if own else [paragraph.add_run()]
        comment = document.add_comment(runs=runs, text="", author=_AUTHOR, initials=_INITIALS)
        for index, (head, text) in enumerate(_said(place.finding, note)):
            line = comment.paragraphs[0] if index == 0 else comment.add_paragraph()
            line.add_run(head).bold = True
            line.add_run(text)


def _said(finding: FindingRow, note: str) -> Iterator[tuple[str, str]]:
    """Lines of a comment: what is in bold, what follows it."""
    yield f"{finding.severity_words.capitalize()} {finding.rule}. ", finding.message
    if finding.norm:
        yield "Норма: ", f"{finding.norm} ({finding.source})" if finding.source else finding.norm
    yield f"{finding.fix_label.capitalize()}: ", finding.fix
    if note:
        yield "", note


def _found(document: Any, audit: Audit) -> dict[int | None, Any]:
    """Paragraphs of the file in which the clauses stand, by the clause's start.

    Clauses and paragraphs come in the same order, so each is looked for behind the one before: of two equal
    sentences the right one is met.
    """
    paragraphs = [(node, key) for node in document.element.body.iter(qn("w:p")) if (key := _key(_text(node)))]
    found: dict[int | None, Any] = {}
    position = 0
    for clause in audit.act.clauses:
        wanted = _key(clause.text)
        if not wanted:
            continue
        ahead = islice(enumerate(paragraphs[position:], position), _AHEAD)
        index = next((i for i, (_, key) in ahead if _holds(key, wanted, clause)), None)
        if index is not None:
            position = index
            found[clause.start] = Paragraph(paragraphs[index][0], document)
    title = _key(audit.act.title_block.title or "")
    named = (node for node, key in paragraphs if title and (key in title or title in key) and len(key) > _LEAST_CELL)
    first = next(named, paragraphs[0][0] if paragraphs else None)
    found[None] = Paragraph(first, document) if first is not None else document.add_paragraph()
    return found


def _holds(key: str, wanted: str, clause: Clause) -> bool:
    if clause.kind == "row":  # a row is several paragraphs: its first cell with words is enough
        return len(key) >= _LEAST_CELL and key in wanted
    return wanted in key


def _text(node: Any) -> str:
    """Words of a paragraph, those of text boxes inside it left out."""
    return "".join(
        (part.text or "") if part.tag == qn("w:t") else " "
        for part in node.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        if next(part.iterancestors(qn("w:p"))) is node
    )


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", safe(text).casefold())[:_KEY]


def _rebuilt(content: Report, audit: Audit) -> tuple[Any, dict[int | None, Any]]:
    """The act written anew from its clauses, and the paragraph of every clause."""
    document = new_paper(content.title, "Акт с замечаниями")
    why = "имена людей скрыты" if content.masked else "оформление упрощено"
    note = document.add_paragraph()
    note.add_run(f"Текст акта прочитан из файла «{content.file}»; {why}. Замечания — на полях.").italic = True
    note.paragraph_format.space_after = Pt(12)
    if content.organization:
        _centred(document, content.organization, bold=False)
    paragraphs: dict[int | None, Any] = {None: _centred(document, content.title, bold=True)}
    _centred(document, content.approval, bold=False)
    for clause in audit.act.clauses:
        paragraphs[clause.start] = _written(document, clause)
    return document, paragraphs


def _centred(document: Any, text: str, *, bold: bool) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.add_run(text).bold = bold
    return paragraph


def _written(document: Any, clause: Clause) -> Any:
    text = f"{safe(clause.number)} {safe(clause.text)}".strip()
    if clause.heading:
        paragraph = _centred(document, text, bold=True)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True
        return paragraph
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.5)
    paragraph.add_run(text)
    return paragraph
