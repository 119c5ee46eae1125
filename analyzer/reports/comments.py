"""The act itself as DOCX with the findings as Word comments at its clauses.

A DOCX is commented in place, so its looks stay. What cannot be (another format, macros, hidden names) is
written anew from the clauses, and the first lines say so.
"""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from analyzer.model import Audit, Clause
from analyzer.reading.docx_package import Package
from analyzer.reports.anchors import Anchor, anchors
from analyzer.reports.content import FindingRow, Report, safe
from analyzer.reports.decision import HEAD
from analyzer.reports.paper import new_paper, to_bytes

_LOG = logging.getLogger(__name__)
_AUTHOR, _INITIALS = "Проверка ЛНА", "ЛНА"
_HEAD = 40  # letters and digits that are enough to know a clause by
_AHEAD = 3_000  # letters and digits in which the next clause is looked for first
_LEAST = 3
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Spot:
    """The paragraphs that a comment spans."""

    first: Any
    last: Any


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
            Package(data).check()  # python-docx inflates and parses every part without a bound
            document = Document(io.BytesIO(data))
            _comment(document, places, _found(document, audit))
            return to_bytes(document)
        except Exception as error:  # whatever python-docx stumbles over, the act can be written anew
            _LOG.warning("the DOCX cannot be commented in place: %s", type(error).__name__)
    document, spots = _rebuilt(content, audit)
    _comment(document, places, spots)
    return to_bytes(document)


def _has_macros(audit: Audit) -> bool:
    return any(note.code == "macros" for note in audit.document.notes)


def _comment(document: Any, places: Sequence[Anchor], spots: dict[int | None, _Spot]) -> None:
    """Hangs every finding on its paragraphs; ``spots`` goes by the clause's start, None is the title."""
    for place in places:
        spot, note = spots.get(place.clause.start if place.clause else None), place.note
        if spot is None:
            spot = spots[None]
            path = place.finding.place.clause
            note = f"Место пункта {path} в файле не найдено; замечание поставлено у названия акта."
        runs = [_runs(spot.first)[0], _runs(spot.last)[-1]]
        comment = document.add_comment(runs=runs, text="", author=_AUTHOR, initials=_INITIALS)
        for index, (head, text) in enumerate(_said(place.finding, note)):
            line = comment.paragraphs[0] if index == 0 else comment.add_paragraph()
            line.add_run(head).bold = True
            line.add_run(text)


def _runs(paragraph: Any) -> list[Run]:
    """Runs between which a comment can stretch; an empty paragraph gets one."""
    own = paragraph._p.findall(qn("w:r")) or list(paragraph._p.iter(qn("w:r")))
    return [Run(node, paragraph) for node in own] or [paragraph.add_run()]


def _said(finding: FindingRow, note: str) -> Iterator[tuple[str, str]]:
    """Lines of a comment: what is in bold, what follows it."""
    yield f"{finding.severity_words.capitalize()} {finding.rule}. ", finding.message
    if finding.norm:
        yield "Норма: ", f"{finding.norm} ({finding.source})" if finding.source else finding.norm
    yield f"{finding.fix_label.capitalize()}: ", finding.fix
    if finding.decision:
        yield f"{HEAD}: ", finding.decision
    if note:
        yield "", note


def _found(document: Any, audit: Audit) -> dict[int | None, _Spot]:
    """Paragraphs of the file in which the clauses stand, by the clause's start.

    Letters and digits of the file are laid in one row and the clauses looked for in it, each behind the one
    before: so a clause broken into several paragraphs is found, and of two equal sentences the right one.
    """
    nodes = [(node, key) for node in document.element.body.iter(qn("w:p")) if (key := _key(_text(node)))]
    ends = list(accumulate(len(key) for _, key in nodes))
    row = "".join(key for _, key in nodes)

    def spot(start: int, length: int) -> _Spot:
        first, last = bisect_right(ends, start), bisect_right(ends, start + length - 1)
        return _Spot(Paragraph(nodes[first][0], document), Paragraph(nodes[last][0], document))

    found: dict[int | None, _Spot] = {}
    position = 0
    for clause in audit.act.clauses:
        key = _key(clause.text)
        start, length = _place(row, key, position)
        if start >= 0:
            found[clause.start] = spot(start, length)
            position = max(position, start + length)
    title = _key(audit.act.title_block.title or "")
    start, length = _place(row, title, 0)
    if not row:
        paragraph = document.add_paragraph()
        found[None] = _Spot(paragraph, paragraph)
    else:
        found[None] = spot(start, length) if start >= 0 else spot(0, 1)
    return found


def _place(row: str, key: str, position: int) -> tuple[int, int]:
    """Where a clause stands and how much of it was met; -1 when it does not."""
    if len(key) < _LEAST:
        return -1, 0
    for wanted in (key, key[:_HEAD]):
        # Near first: a short heading may stand in another place too, and would lead all that follows astray.
        at = row.find(wanted, position, position + len(wanted) + _AHEAD)
        if at < 0 and len(wanted) >= _HEAD // 2:
            at = row.find(wanted, position)
        if at < 0:
            at = row.find(wanted, 0, position)  # columns and notes are not read in the order of the file
        if at >= 0:
            return at, len(wanted)
    return -1, 0


def _text(node: Any) -> str:
    """Words of a paragraph, those of text boxes inside it left out."""
    return "".join(
        (part.text or "") if part.tag == qn("w:t") else " "
        for part in node.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        if next(part.iterancestors(qn("w:p"))) is node
    )


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", safe(text).casefold())


def _rebuilt(content: Report, audit: Audit) -> tuple[Any, dict[int | None, _Spot]]:
    """The act written anew from its clauses, and the paragraph of every clause."""
    document = new_paper(content.title, "Акт с замечаниями")
    why = "имена людей скрыты" if content.masked else "оформление упрощено"
    note = document.add_paragraph()
    note.add_run(f"Текст акта прочитан из файла «{content.file}»; {why}. Замечания — на полях.").italic = True
    note.paragraph_format.space_after = Pt(12)
    if content.organization:
        _centred(document, content.organization, bold=False)
    title = _centred(document, content.title, bold=True)
    _centred(document, content.approval, bold=False)
    spots: dict[int | None, _Spot] = {None: _Spot(title, title)}
    for clause in audit.act.clauses:
        paragraph = _written(document, clause)
        spots[clause.start] = _Spot(paragraph, paragraph)
    return document, spots


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
