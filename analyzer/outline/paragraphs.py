"""Lines of print → paragraphs: joins what a page broke, parts what it ran together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analyzer.model import Document, Line, LineKind
from analyzer.morphology import is_known
from analyzer.outline.columns import part_columns
from analyzer.outline.kinds import kind_of, opens_stamp
from analyzer.outline.numbering import Marker, parse_marker

# Words after which a number at the head of the next line belongs to the sentence, not to the list.
_OPEN_END = re.compile(
    r"(?:№|—|–|,|\(|\b(?:N|[Nn]o|пункт\w*|пп?\.|подпункт\w*|част\w+|ч\.|стать\w+|ст\.|абзац\w*|приложени\w+|"
    r"от|до|с|по|на|в|и|или|не|СП|СанПиН|ГОСТ\w*|класс\w*))$"
)
_OPEN_REFERENCE = re.compile(r"\b(?:пп?|подп|ст)\.$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its place in the source.

    Attributes:
        text: Text, white space squeezed, number not included when ``marker`` is automatic.
        marker: Parsed number, None without one. ``marker.length`` characters of ``text`` belong to it only
            if ``typed``.
        typed: The number stands in ``text``.
        start: Offset in ``Document.text``.
        end: Offset behind it.
        first: The line that it begins with.
        kind: Kind of that line.
    """

    text: str
    marker: Marker | None
    typed: bool
    start: int
    end: int
    first: Line
    kind: LineKind

    @property
    def content(self) -> str:
        """Text without the number."""
        return self.text[self.marker.length :].strip() if self.marker and self.typed else self.text


def join_text(left: str, right: str) -> str:
    """Two lines of print as one text; a hyphen at the break is kept only where the word needs it.

    >>> join_text("дистан-", "ционный урок"), join_text("информационно-", "образовательной")
    ('дистанционный урок', 'информационно-образовательной')
    """
    head = re.search(r"([А-Яа-яЁё]+)[-\u2010]$", left)
    tail = re.match(r"([а-яё]+)", right)
    if head and tail:
        whole = (head[1] + tail[1]).lower()
        halves = is_known(head[1]) and is_known(tail[1])
        if is_known(whole) or not (halves or head[1].lower().endswith("о")):
            return left[:-1] + right
        return left + right
    if left.endswith(("-", "/")) and re.match(r"[А-ЯЁа-яё\d]", right) and not left.endswith((" -", " /")):
        return left + right
    return f"{left} {right}" if left and right else left or right


def paragraphs(document: Document) -> list[Paragraph]:
    """Paragraphs of a document in reading order, each with its marker parsed."""
    if document.whole_paragraphs:
        lines = part_columns(document.lines)
        return [paragraph for line in lines if (paragraph := _single(line)) is not None]
    metrics = _Metrics(document.lines)
    groups: list[list[Line]] = []
    for line in document.lines:
        if not line.text.strip():
            continue
        if groups and _continues(groups[-1], line, metrics):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group) for group in groups]


def _single(line: Line) -> Paragraph | None:
    text = " ".join(line.text.split())
    if not text:
        return None
    if line.marker:
        return Paragraph(
            text, parse_marker(line.marker, trusted=True), False, line.start, line.end, line, line.kind
        )
    return Paragraph(text, parse_marker(text), True, line.start, line.end, line, line.kind)


def _joined(group: list[Line]) -> Paragraph:
    if len(group) == 1 and (single := _single(group[0])) is not None:
        return single
    text = ""
    for line in group:
        text = join_text(text, " ".join(line.text.split()))
    return Paragraph(text, parse_marker(text), True, group[0].start, group[-1].end, group[0], group[0].kind)


class _Metrics:
    """What is usual in this document: spacing of lines, right edge of the text."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        gaps: list[float] = []
        rights: list[float] = []
        lengths = [len(line.text) for line in lines if line.text.strip()]
        for previous, line in pairwise(lines):
            if previous.box and line.box and previous.page == line.page and line.box.y0 > previous.box.y0:
                gaps.append(line.box.y0 - previous.box.y0)
        rights = [line.box.x1 for line in lines if line.box and len(line.text) > 40]
        self.pitch = median(gaps) if gaps else 0.0
        self.right = sorted(rights)[int(len(rights) * 0.8)] if rights else 0.0
        self.length = sorted(lengths)[int(len(lengths) * 0.9)] if lengths else 0

    def is_short(self, line: Line, following: Line | None = None) -> bool:
        """The line ends well before the right edge, as last lines of paragraphs do."""
        word = len(following.text.split(" ", 1)[0]) if following is not None else 8
        if line.box and self.right:
            per_char = max(3.0, (line.box.x1 - line.box.x0) / max(1, len(line.text)))
            return line.box.x1 + per_char * (word + 2) < self.right
        return len(line.text) + word + 2 < self.length


def _continues(group: list[Line], line: Line, metrics: _Metrics) -> bool:
    previous = group[-1]
    if line.kind != previous.kind or line.kind == "row":
        return False
    text, before = line.text.strip(), previous.text.strip()
    if (
        line.kind == "footnote"
        and re.match(r"(?:\d{1,2}|\*)\s*\S", text)
        and before.endswith((".", ";", ")"))
    ):
        return False
    marker = parse_marker(text)
    if marker is not None and not _inside_sentence(before, text, marker, previous, line, metrics):
        return False
    if opens_stamp(text):
        return False
    if line.bold and previous.bold and text[:1].isupper() and kind_of(text) and not _OPEN_END.search(before):
        return False  # the title under the school's name
    if previous.page == line.page and previous.box and line.box and metrics.pitch:
        gap = line.box.y0 - previous.box.y0
        if gap > metrics.pitch * 1.7 or gap < -metrics.pitch * 0.5:
            return (
                not before.endswith((".", ";", ":"))
                and gap > 0
                and text[:1].islower()
                and gap < metrics.pitch * 2.6
            )
        tall = previous.size and line.size and abs(previous.size - line.size) > 1.5
        if tall:
            return False
    if not text[:1].islower() and _looks_new(previous, line, metrics):
        return False
    if before.endswith((".", ";", ":", "!", "?", ".»", ".”")):
        return not (metrics.is_short(previous, line) or _indented(group, line)) or (
            text[:1].islower() and before.endswith(".")
        )
    # A short line with a capital behind it is a heading or a field, unless the sentence stands open.
    heading = metrics.is_short(previous, line) and text[:1].isupper() and not _OPEN_END.search(before)
    return not heading


def _looks_new(previous: Line, line: Line, metrics: _Metrics) -> bool:
    """Centring or bold type changes where a line may end: what follows is another paragraph."""
    if line.centered and not previous.centered and metrics.is_short(line):
        return True
    if previous.centered and not line.centered and metrics.is_short(previous, line):
        return True
    return previous.bold != line.bold and _closes(previous, line, metrics)


def _closes(previous: Line, line: Line, metrics: _Metrics) -> bool:
    return previous.text.strip().endswith((".", ":")) or metrics.is_short(previous, line)


def _inside_sentence(
    before: str, text: str, marker: Marker, previous: Line, line: Line, metrics: _Metrics
) -> bool:
    """True when what looks like a number at the head of a line only fell there."""
    if marker.kind == "bullet":
        dash = text[0] in "-–—"
        full = not before.endswith((".", ";", ":")) and not metrics.is_short(previous, line)
        return (
            dash and full and bool(re.match(r"[-–—]\s*[а-яё«\d]", text)) and not _indented([previous], line)
        )
    if marker.kind == "annex":
        return (
            not before.endswith((".", ";", ":", "»"))
            and not metrics.is_short(previous, line)
            and text[:1].islower()
        )
    if marker.kind == "section":
        return text[:1].islower()
    if before.endswith((".", ";", ":")) and not _OPEN_REFERENCE.search(before):
        return False
    if marker.kind in {"decimal", "paren"} and (_OPEN_END.search(before) or len(marker.values) == 1):
        if _OPEN_END.search(before):
            return not (marker.kind == "paren" and before.endswith(","))
        return not metrics.is_short(previous, line) and bool(re.match(r"[а-яё]", text[marker.length :]))
    return False


def _indented(group: list[Line], line: Line) -> bool:
    """The line begins to the right of its predecessor, as first lines of paragraphs do."""
    previous = group[-1]
    if not (line.box and previous.box):
        return False
    return line.box.x0 - previous.box.x0 > 8 if len(group) > 1 or previous.box.x0 < line.box.x0 else False
