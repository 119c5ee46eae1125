"""«Проект изменений»: what a school has to add to its draft, clause by clause, as a list and as a DOCX."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from analyzer.model import Audit
from analyzer.reports.anchors import Anchor, anchors
from analyzer.reports.content import Report, safe
from analyzer.reports.paper import SMALL, add_signatures, new_paper, tied, to_bytes
from analyzer.reports.words import long_date

Kind = Literal["add", "rewrite", "complete", "references", "other"]
KINDS: dict[Kind, str] = {
    "add": "Дополнить новыми пунктами",
    "rewrite": "Изложить в новой редакции",
    "complete": "Дополнить пункты недостающим",
    "references": "Обновить ссылки на нормативные акты",
    "other": "Кроме того, исправить",
}
_KIND_OF: dict[str, Kind] = {
    "REQ001": "add",
    "REQ002": "complete",
    "REQ003": "rewrite",
    "REQ004": "rewrite",
    "REF001": "references",
    "REF002": "references",
    "REF004": "references",
}
_SCHOOL = re.compile(r"(?<!\w)([Шш]кол(?:а|ы|е|у|ой))(?!\w)")
_NOMINATIVE = "школа"
_QUOTED = re.compile(r"^(?P<kind>[^«»\"]+?)\s*[«\"](?P<name>.+)[»\"]$", re.DOTALL)
_SCHOOL_KIND = re.compile(r"(?:начальная|основная|средняя)\s+общеобразовательная\s+школа", re.IGNORECASE)
_ABBREVIATION = re.compile(r"^[А-ЯЁ]{2,6}\b")  # «МБОУ»; a longer one is a word in capitals


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the draft.

    Attributes:
        kind: What is to be done.
        place: «раздел «Общие положения»», «пункт 3.4», or «акт».
        title: What it is about, in a few words.
        why: What was found.
        wording: The clause to be put in, blanks as «___»; "" where there is advice only.
        advice: What to do where there is no ready wording.
        basis: Where the norm stands, or "".
    """

    kind: Kind
    place: str
    title: str
    why: str
    wording: str
    advice: str
    basis: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All changes of one draft.

    Attributes:
        title: Title of the draft, or the name of its file.
        school: What the clauses call the school, or "".
        as_of: Date of the law.
        changes: In the order of ``KINDS``.
        disclaimers: What the checklists do not promise.
    """

    title: str
    school: str
    as_of: date
    changes: tuple[Change, ...]
    disclaimers: tuple[str, ...]


def draft(content: Report, audit: Audit, school: str) -> Draft:
    """Changes that an audit asks for.

    Args:
        content: The report of the audit.
        audit: The audit.
        school: What the clauses shall call the school; "" leaves «школа».
    """
    school = " ".join(safe(school).split())
    made = [_change(anchor, content, school) for anchor in anchors(audit, content)]
    found = _rewritten_once([change for change in made if change is not None])
    ordered = sorted(found, key=lambda change: list(KINDS).index(change.kind))
    return Draft(content.title, school, content.as_of, tuple(ordered), content.disclaimers)


def filled(template: str, school: str) -> str:
    """A template clause that names the school where it first speaks of it.

    A name that begins with an abbreviation is the same in every case; any other fits the nominative only.
    """
    if not school:
        return template

    def named(match: re.Match[str]) -> str:
        fits = _ABBREVIATION.match(school) or match[1].lower() == _NOMINATIVE
        return school if fits else match[0]

    return _SCHOOL.sub(named, template, count=1)


def short_name(organization: str) -> str:
    """A school's name as documents shorten it; as it is when that cannot be told.

    >>> short_name("Частное общеобразовательное учреждение «Луговская средняя общеобразовательная школа»")
    'ЧОУ «Луговская СОШ»'
    """
    organization = " ".join(organization.split())
    parts = _QUOTED.match(organization)
    if parts is None or _ABBREVIATION.match(organization):
        return organization
    words = parts["kind"].split()
    if words[-1].lower() not in {"учреждение", "организация"} or not all(word.isalpha() for word in words):
        return organization
    name = parts["name"].capitalize() if parts["name"].isupper() else parts["name"]
    name = _SCHOOL_KIND.sub(lambda match: _initials(match[0].split()), name)
    return f"{_initials(words)} «{name}»"


def draft_docx(draft: Draft) -> bytes:
    """The changes as a DOCX file for the school to fill in and sign."""
    document = new_paper("Проект изменений локального нормативного акта", draft.title)
    _line(document, "ПРОЕКТ ИЗМЕНЕНИЙ", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, f"в локальный нормативный акт: {draft.title}", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    if draft.school:
        _line(document, draft.school, align=WD_ALIGN_PARAGRAPH.CENTER)
    intro = _line(
        document, f"Проверено по праву на {long_date(draft.as_of)} Вместо «___» школа вписывает свои решения."
    )
    intro.paragraph_format.space_before = Pt(10)
    if not draft.changes:
        _line(document, "Изменений не требуется: все требования чек-листа в акте нашлись.")
    number = 0
    for kind, head in KINDS.items():
        changes = [change for change in draft.changes if change.kind == kind]
        if changes:
            document.add_heading(head, 1).paragraph_format.keep_with_next = True
        for change in changes:
            number += 1
            _write(document, number, change)
    for text in draft.disclaimers:
        paragraph = _line(document, text)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.runs[0].font.size = SMALL
    add_signatures(document, ("Подготовил",))
    return to_bytes(document)


def instruction(change: Change) -> str:
    """What is to be done, as a sentence that the wording follows."""
    place = f"{change.place[:1].upper()}{change.place[1:]}"
    if change.kind == "add":
        return f"{place} дополнить пунктом следующего содержания:"
    if change.kind == "rewrite":
        return f"{place} изложить в следующей редакции:"
    if change.kind == "complete":
        return f"{place} дополнить; образец полного пункта:"
    return f"{place}: {change.advice[:1].lower()}{change.advice[1:]}"


def _change(anchor: Anchor, content: Report, school: str) -> Change | None:
    finding = anchor.finding
    kind = _KIND_OF.get(finding.rule, "other")
    if finding.is_template and not finding.place.clause:
        kind = "add"  # the act has no clause that could be rewritten
    elif not finding.is_template and kind != "references":
        kind = "other"  # advice, but no wording
    if finding.rejected or (kind == "other" and finding.severity == "note"):
        return None
    row = next((row for row in content.requirements if row.id == finding.requirement), None)
    known = row is not None and finding.is_template and kind != "add"
    lacking = (
        "".join(f"; {text}" for text in row.lacking if text not in finding.message)
        if row is not None and known
        else ""
    )
    return Change(
        kind,
        _place(anchor),
        row.title if row is not None else finding.message,
        f"{finding.message.rstrip('.')}{lacking}",
        filled(finding.fix, school) if finding.is_template else "",
        "" if finding.is_template else finding.fix,
        finding.source,
    )


def _rewritten_once(changes: list[Change]) -> list[Change]:
    """A clause can be given new words once; what else it lacks is added to it."""
    seen: set[str] = set()
    result = []
    for change in changes:
        again = change.kind == "rewrite" and change.place in seen
        seen |= {change.place} if change.kind == "rewrite" else set()
        result.append(replace(change, kind="complete") if again else change)
    return result


def _place(anchor: Anchor) -> str:
    if anchor.finding.place.clause:
        return f"пункт {anchor.finding.place.clause}"
    if anchor.clause is None:
        return "акт"
    return f"раздел «{f'{safe(anchor.clause.number)} {safe(anchor.clause.text)}'.strip()}»"


def _initials(words: list[str]) -> str:
    return "".join(word[0].upper() for word in words)


def _line(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if align == WD_ALIGN_PARAGRAPH.JUSTIFY:
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.add_run(tied(text)).bold = bold
    return paragraph


def _write(document: Any, number: int, change: Change) -> None:
    head = _line(document, f"{number}. {instruction(change)}")
    head.paragraph_format.space_before = Pt(6)
    head.paragraph_format.keep_with_next = True
    if change.wording:
        wording = _line(document, f"«{change.wording}»")
        wording.paragraph_format.left_indent = Mm(6)
        wording.paragraph_format.keep_with_next = True
    # One paragraph: LibreOffice lets go of the heading where a longer chain is to be kept on one page.
    basis = f" Основание: {change.basis}." if change.basis else ""
    note = _line(document, f"Почему: {change.why.rstrip('.')}.{basis}")
    note.runs[0].italic, note.runs[0].font.size = True, SMALL
