"""Several acts in one file: an order with its annex, приложения, a second положение."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.outline.kinds import KIND, kind_of, unspace
from analyzer.outline.paragraphs import Paragraph
from analyzer.outline.title_block import body_start


@dataclass(frozen=True, slots=True)
class Part:
    """One act, order or annex inside a file.

    Attributes:
        prefix: ``""`` for the main act, else ``приказ``, ``прил.1``, ``акт2``.
        head: Paragraphs of its title block.
        title: Index in ``head`` of the title's first line, None without a title.
        body: Paragraphs below.
    """

    prefix: str
    head: tuple[Paragraph, ...]
    title: int | None
    body: tuple[Paragraph, ...]


def split_parts(paragraphs: Sequence[Paragraph]) -> list[Part]:
    """Cuts a file into its acts; exactly one part has the empty prefix."""
    start, title = body_start(paragraphs)
    cuts = [0, *_cuts(paragraphs, start)]
    chunks = [paragraphs[a:b] for a, b in zip(cuts, [*cuts[1:], len(paragraphs)], strict=True)]
    parts: list[tuple[str, Sequence[Paragraph], int, int | None]] = []
    acts = 1
    for index, chunk in enumerate(chunks):
        begin, chunk_title = (start, title) if index == 0 else body_start(chunk)
        annex = chunk[0].marker if chunk and chunk[0].marker and chunk[0].marker.kind == "annex" else None
        if index == 0:
            prefix = ""
        elif annex is not None:
            prefix = f"прил.{annex.label}"
            begin = max(begin, _annex_head(chunk))
        else:
            acts += 1
            prefix = f"акт{acts}"
        parts.append((prefix, chunk, begin, chunk_title))
    return _name(parts)


def _name(parts: list[tuple[str, Sequence[Paragraph], int, int | None]]) -> list[Part]:
    kinds = [kind_of(chunk[title].text) if title is not None else None for _, chunk, _, title in parts]
    main = 0
    if kinds[0] == "приказ" or _is_order(parts[0][1]):
        main = next((i for i in range(1, len(parts)) if kinds[i] not in {None, "приказ", "иное"}), 0)
    result: list[Part] = []
    taken: set[str] = set()
    last: dict[str, int] = {}
    for index, (prefix, chunk, begin, title) in enumerate(parts):
        name = "" if index == main else ("приказ" if index == 0 else prefix)
        if name in taken:
            # A second «Приложение № 1» takes the next free number.
            stem = name.rstrip("0123456789")
            number = last.get(stem, int(name[len(stem) :] or 1)) + 1
            while f"{stem}{number}" in taken:
                number += 1
            last[stem], name = number, f"{stem}{number}"
        taken.add(name)
        result.append(Part(name, tuple(chunk[:begin]), title, tuple(chunk[begin:])))
    return result


def _is_order(chunk: Sequence[Paragraph]) -> bool:
    return any(re.search(r"п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а\s?ю", p.text, re.IGNORECASE) for p in chunk[:40])


def _cuts(paragraphs: Sequence[Paragraph], start: int) -> list[int]:
    """Indices at which a new part begins, behind the first clause of the first act."""
    cuts: list[int] = []
    for index in range(start + 1, len(paragraphs)):
        paragraph = paragraphs[index]
        if cuts and index - cuts[-1] < 3 and paragraph.marker is None:
            continue
        if _opens_annex(paragraph) or (
            _opens_act(paragraphs, index)
            and not (cuts and index - cuts[-1] < 12 and not _has_clause(paragraphs[cuts[-1] : index]))
        ):
            cuts.append(index)
    return cuts


def _annex_head(chunk: Sequence[Paragraph]) -> int:
    """Paragraphs that only say which annex it is and to what: «Приложение № 2», «к приказу от … № …»."""
    count = 0
    for paragraph in chunk:
        if not re.match(r"к\s+[а-яё]+|от\s+[\d«_]|$", paragraph.content):
            break
        count += 1
    return count


def _has_clause(chunk: Sequence[Paragraph]) -> bool:
    return any(p.marker is not None and p.marker.kind in {"decimal", "roman", "section"} for p in chunk[1:])


def _opens_annex(paragraph: Paragraph) -> bool:
    if paragraph.marker is None or paragraph.marker.kind != "annex" or paragraph.kind == "row":
        return False
    rest = paragraph.content
    return (
        paragraph.text[:1].isupper()
        and not rest.endswith(";")
        and len(rest) < 220
        and not re.match(r"(?:к|к)\s+(?:журнал|договор)", rest)
    )


def _opens_act(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """A new title in capitals, with numbering that begins anew behind it."""
    paragraph = paragraphs[index]
    if paragraph.marker is not None or paragraph.kind != "text":
        return False
    text = unspace(paragraph.text)
    word = KIND.match(text)
    if word is None or not text[: word.end()].isupper() or len(text) > 300:
        return False
    for following in paragraphs[index + 1 : index + 15]:
        if following.marker is not None and following.marker.kind in {"decimal", "roman", "section"}:
            return following.marker.values[0] == 1
    return False
