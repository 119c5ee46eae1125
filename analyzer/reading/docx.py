"""DOCX → ``Document``: paragraphs in order of reading, automatic numbers computed, tables as rows.

One ``Line`` is one paragraph, or one row of a table with data. A table that only arranges text gives its
paragraphs column by column. Text boxes and notes follow the paragraph that holds them.
"""

from __future__ import annotations

import re

from analyzer.errors import ReadingError
from analyzer.model import Document, Line, ReadingNote
from analyzer.reading.docx_body import Parts, Story
from analyzer.reading.docx_lines import Draft, place, without_contents
from analyzer.reading.docx_numbering import Numbering
from analyzer.reading.docx_package import OFFICE_REL, WORD, Element, Package
from analyzer.reading.docx_styles import Styles
from analyzer.reading.limits import LIMITS, Limits, check_text

MACROS = ReadingNote(
    "macros",
    "Файл содержит макросы; они не запускались и не читались",
    "Сохраните документ как .docx без макросов",
)


def read_docx(data: bytes, name: str, sha256: str, limits: Limits = LIMITS) -> Document:
    """Reads a DOCX or DOCM file.

    Args:
        data: The file.
        name: Its name as the user knows it.
        sha256: Hex digest of the data.
        limits: What the file may cost.

    Returns:
        The document; whole paragraphs, no pages.

    Raises:
        ReadingError: Not a DOCX, damaged, encrypted.
        LimitError: Over a limit, which the message names.
    """
    package = Package(data, limits)
    root = package.root(package.main)
    body = root.find(WORD + "body") if root is not None else None
    if root is None or body is None:
        raise ReadingError("not_docx", "это не документ Word", "передайте файл .docx или .pdf")
    styles = Styles(next(package.related("styles"), None))
    numbers = Numbering(next(package.related("numbering"), None), styles.list_num_id)
    parts = Parts(styles, numbers, _notes(package))
    story = Story(parts, body)
    story.blocks(body)
    lines = place(without_contents(story.drafts))
    text = "\n".join(line.text for line in lines)
    check_text(text, limits)
    return Document(
        name=name, sha256=sha256, format="docx", lines=lines, whole_paragraphs=True,
        margins=_margins(package, root, parts), notes=_reading_notes(package, root, parts), text=text,
    )  # fmt: skip


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    """Foot- and endnotes by kind and id."""
    found = {}
    for kind in ("footnote", "endnote"):
        for root in package.related(kind + "s"):
            for node in root.findall(WORD + kind):
                found[kind, node.get(WORD + "id", "")] = node
    return found


def _margins(package: Package, root: Element, parts: Parts) -> tuple[Line, ...]:
    """Running headers and footers in order of their sections; page numbers and repetitions left out."""
    relations = package.relations(package.main)
    used = dict.fromkeys(
        relations[node.get(OFFICE_REL + "id")].target
        for node in root.iter(WORD + "headerReference", WORD + "footerReference")
        if node.get(OFFICE_REL + "id") in relations
    )
    drafts: dict[str, Draft] = {}
    for name in used:
        part = package.root(name)
        if part is not None:
            story = Story(parts, part)
            story.blocks(part)
            for draft in story.drafts:
                if re.search(r"[^\W\d_]", draft.text):
                    drafts.setdefault(draft.text, draft)
    return place(list(drafts.values()))


def _reading_notes(package: Package, root: Element, parts: Parts) -> tuple[ReadingNote, ...]:
    changes = sum(1 for _ in root.iter(WORD + "ins", WORD + "del", WORD + "moveFrom"))
    macros = any(name.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for name in package.names)
    embedded = parts.facts.embedded or sum("/embeddings/" in name for name in package.names)
    pictures = parts.facts.pictures
    notes = (
        changes and ReadingNote(
            "tracked_changes",
            f"В документе есть непринятые исправления (режим рецензирования), всего {changes}; "
            "прочитан вид, в котором все они приняты",
            "Примите или отклоните исправления и сохраните файл: в действующем акте их быть не должно",
        ),
        macros and MACROS,
        embedded and ReadingNote(
            "embedded",
            f"В документ встроены другие файлы или объекты, всего {embedded}; их содержание не прочитано",
            "Перенесите текст встроенных объектов в сам документ или проверьте их вручную",
        ),
        pictures and ReadingNote(
            "pictures",
            f"В документе есть крупные рисунки, всего {pictures}; текст на них не прочитан",
            "Если рисунки – снимки страниц акта, передайте документ в PDF: страницы будут распознаны",
        ),
    )  # fmt: skip
    return tuple(note for note in notes if isinstance(note, ReadingNote))
