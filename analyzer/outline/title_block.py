"""The title block: who approved what and when, and where the clauses begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from analyzer.dates import DATE, parse_date
from analyzer.law.load import words
from analyzer.model import TitleBlock
from analyzer.outline.kinds import KIND, KINDS, STAMP, kind_of, unspace
from analyzer.outline.numbering import Marker
from analyzer.outline.paragraphs import Paragraph

_APPROVE = re.compile(r"утвержд\w*|введен\w*\s+в\s+действие", re.IGNORECASE)
_SCHOOL_NUMBER = re.compile(
    r"(?:школ\w*|[СОН]ОШ|гимнази\w*|лице\w*|сад\w*|ОУ|интернат\w*)\s*$", re.IGNORECASE
)
_PROTOCOL = re.compile(r"протокол", re.IGNORECASE)
_PROTOCOL_FIELD = re.compile(r"протокол[^\n]*", re.IGNORECASE)
_ANY_DATE = re.compile(DATE, re.IGNORECASE)
_ORDER = re.compile(r"приказ\w*|распоряжени\w*", re.IGNORECASE)
# An order of the state on which the act rests did not approve it; «Героя России» stands in schools' names.
_STATE_ORDER = re.compile(
    r"(?:приказ|распоряжени)\w*\s+(?:(?!геро[йя]|имени)[а-яё-]+\s+){1,5}(?:России|РФ|Российской\s+Федерации)\b"
    r"(?:[^\n№;]{0,60}№\s*\d+)?",
    re.IGNORECASE,
)
_CITED_ORDER = re.compile(
    r"(?:согласно|соответствии\s+с|основании|исполнение|руководствуясь|учетом|учётом|\bпо)\s+"
    r"(?:приказ|распоряжени)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:№|N[o°º]?\.?|#)\s*([0-9]{1,5}(?:\s?[-–/.]\s?[0-9А-Яа-яA-Za-z]{1,6}){0,3}|[0-9]{1,5}[а-яА-Я]{0,3})"
)
_ORGANISATION = re.compile(
    r"(?:учреждени|организаци|общеобразовательн|школ|гимнази|лице[йя]|интернат|центр|колледж|техникум|"
    r"детск\w+ сад|"
    r"\b(?:МБОУ|МКОУ|МАОУ|МОУ|МОБУ|ГБОУ|ГКОУ|ГАОУ|ЧОУ|АНО|ООО|НОУ|МБУ|СОШ|ООШ|НОШ)\b)",
    re.IGNORECASE,
)
_LAW = re.compile(r"закон|постановлен|распоряжен|кодекс", re.IGNORECASE)
_OWNERSHIP = re.compile(
    r"^(?:муниципальн|государственн|частн|автономн|федеральн|областн|краев|негосударственн|бюджетн|казенн|"
    r"казённ|общество с|ООО|АНО|"
    r"МБОУ|МКОУ|МАОУ|МОУ|МОБУ|ГБОУ|ГКОУ|ГАОУ|ЧОУ|НОУ)",
    re.IGNORECASE,
)
_BODY_OPENER = re.compile(
    r"(?:общ(?:ие|ая)\s+(?:положени|част)|назначение|введение|область применения|настоящ(?:ее|ий|ие|ая)\s)",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"приказываю|п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а\s?ю|обязываю|постановляю", re.IGNORECASE
)
# How the preamble of an order begins, before «ПРИКАЗЫВАЮ».
_GROUND = re.compile(
    r"(?:в соответствии с|во исполнение|на основании|в целях|с целью|руководствуясь)", re.IGNORECASE
)
SIGNATURE = re.compile(
    r"^(?:и\.?\s?о\.?\s+)?(?:директор|заведующ\w+|руководител\w+|начальник|председатель|секретарь)[^.;:]{0,90}?(?:_{3,}|/|[А-ЯЁ]\.\s?[А-ЯЁ]\.)|"
    r"^_{3,}|^\(?подпись\)?|^с\s+(?:приказом|положением|порядком|регламентом)\s+ознакомлен|^м\.?\s?п\.?$|^ознакомлен[аы]?\s*:?|"
    r"^документ подписан|^сертификат|^владелец\s*:|^действителен\s+(?:с|до)|^подписано\s+(?:эп|электронн)",
    re.IGNORECASE,
)


def body_start(paragraphs: Sequence[Paragraph]) -> tuple[int, int | None]:
    """Where the clauses begin.

    Returns:
        Index of the first paragraph of the body, and index of the title's first line (None without a title).
    """
    title = _title_index(paragraphs)
    index = 0 if title is None else title + 1
    for position in range(index, min(len(paragraphs), index + 40)):
        if _opens_body(paragraphs, position, title):
            return position, title
    if title is None:
        return next((i for i, p in enumerate(paragraphs) if _is_number(p.marker)), 0), None
    return index, title


def _opens_body(paragraphs: Sequence[Paragraph], position: int, title: int | None) -> bool:
    paragraph = paragraphs[position]
    text = paragraph.content
    if paragraph.kind in {"row", "footnote"}:
        return title is not None and paragraph.kind == "row"
    if _is_first_clause(paragraph.marker):
        return True
    if _is_number(paragraph.marker) and not STAMP.match(text):
        long = len(text.split()) > 2 or _BODY_OPENER.match(text) is not None
        return title is not None or (long and not _is_field(text))
    if title is None:
        return bool(_BODY_OPENER.match(text)) and not STAMP.search(text[:40])
    if _BODY_OPENER.match(text) or _PREAMBLE.search(text):
        return True
    if _GROUND.match(text) and len(text.split()) > 8:
        return True
    if position == title + 1 and not paragraph.first.centered and len(text.split()) > 25:
        return True
    sentence = text.endswith((".", ":", ";")) and len(text.split()) > 14 and not paragraph.first.centered
    return sentence and not STAMP.match(text) and not _is_field(text)


def _is_field(text: str) -> bool:
    return len(text) < 160 and (bool(_NUMBER.search(text)) or parse_date(text) is not None)


def _is_number(marker: Marker | None) -> bool:
    return marker is not None and marker.kind in {"decimal", "roman", "section"}


def _is_first_clause(marker: Marker | None) -> bool:
    """«1.1. Принят в соответствии с…» is a clause, whatever its first word."""
    return marker is not None and marker.kind == "decimal" and marker.values == (1, 1)


def _title_index(paragraphs: Sequence[Paragraph]) -> int | None:
    """The first line of the title: a kind's name in capitals, centred, bold or alone on its line."""
    best: int | None = None
    for index, paragraph in enumerate(paragraphs[:60]):
        if _is_number(paragraph.marker) and index > 3 and best is None and paragraph.content.split()[:1]:
            if len(paragraph.content.split()) > 3:
                break
            continue
        text = unspace(paragraph.text)
        kind = kind_of(text)
        if kind is None or paragraph.kind == "row" or text.startswith("Протокол №"):
            if best is not None and index > best + 6:
                break
            continue
        first = KIND.match(text.strip(' «"'))
        word = first.group() if first else ""
        line = paragraph.first
        alone = len(text.strip(" .:").split()) == len(word.split())
        strong = (
            word.isupper()
            or alone
            or line.centered
            or line.bold
            or line.heading is not None
            or (
                word.istitle()
                and word != "Протокол"
                and not _is_field(text)
                and _near_body(paragraphs, index)
            )
            or (
                word[:1].isupper()
                and bool(
                    re.match(
                        r"\s+(?:об?|0б|06|при|для|по|организац|проведен|применен|использован|работ)",
                        text[len(word) :],
                    )
                )
            )
        )
        if (
            strong
            and not (word[:1].islower())
            and len(text) < 700
            and not (alone and kind == "приказ" and best is not None)
        ):
            return index
    return best


def _near_body(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """«1. Общие положения» stands in one of the next lines."""
    return any(
        _is_number(following.marker) and _BODY_OPENER.match(following.content)
        for following in paragraphs[index + 1 : index + 5]
    )


def read_title_block(head: Sequence[Paragraph], title: int | None, body: Sequence[Paragraph]) -> TitleBlock:
    """Requisites from the paragraphs above the body.

    Args:
        head: Paragraphs of the title block.
        title: Index in ``head`` of the title's first line.
        body: The paragraphs below, for what the title block leaves out.
    """
    texts = [unspace(paragraph.text) for paragraph in head]
    whole = "\n".join(texts)
    title_text = _title_text(head, title) if title is not None else None
    kind = kind_of(title_text or "") or _self_name(body) or "иное"
    approved_on, number = _approval(whole)
    stamps = tuple(text for text in texts if STAMP.search(text) and not _APPROVE.search(text))
    return TitleBlock(
        title=title_text,
        kind=kind,
        organization=_organization(head, title) or _named_in(body),
        approved_on=approved_on,
        approval_number=number,
        adopted=stamps,
        signatory=_signatory(whole),
        text=whole,
    )


def _title_text(head: Sequence[Paragraph], title: int) -> str:
    parts = [unspace(head[title].text)]
    size = len(parts[0])
    for paragraph in head[title + 1 :]:
        text = unspace(paragraph.text)
        if (
            STAMP.match(text)
            or re.match(r"г\.\s|г\.?о\.|20\d\d|\d{4}\s?г|Рег\w*\.|Введен|Срок", text)
            or (_is_field(text) and not re.search("[а-яё]{5}", text))
        ):
            break
        if size + len(text) > 500 or (_OWNERSHIP.match(text) and len(" ".join(parts).split()) > 3):
            break
        parts.append(text)
        size += len(text)
    text = " ".join(parts)
    word = KIND.match(text)
    if word is not None:
        rest = text[word.end() :]
        if rest.isupper() or rest.strip().isupper():
            rest = rest.lower()
        text = word.group().capitalize() + rest
    return " ".join(text.split()).strip(" .")


def _self_name(body: Sequence[Paragraph]) -> str | None:
    for paragraph in body[:8]:
        match = re.search(r"[Нн]астоящ(?:ее|ий|ие|его|их|ая)\s+(?:[а-яё]+\s)?([А-ЯЁа-яё]+)", paragraph.text)
        if match:
            word = match[1].lower()
            for name, kind in KINDS.items():
                if word[:6] == name[:6] or (name == "порядок" and word.startswith("порядк")):
                    return kind
    return None


def _approval(text: str) -> tuple[date | None, str | None]:
    """Date and number of the approving order: those behind «УТВЕРЖДЕНО», not a protocol's."""
    text = _STATE_ORDER.sub(" ", text)
    side_by_side = _side_by_side(text)
    if side_by_side is not None:
        return side_by_side
    segments = _segments(text)
    approving = [segment for segment in segments if _APPROVE.search(segment)] or [
        segment for segment in segments if _ORDER.search(segment) and not _CITED_ORDER.search(segment)
    ]
    for segment in approving:
        order = _ORDER.search(segment)
        tail = segment[order.start() :] if order else segment
        protocol = _PROTOCOL.search(tail)
        if protocol and order:
            tail = tail[: protocol.start()] or tail
        found, number = parse_date(tail) or parse_date(_PROTOCOL_FIELD.sub(" ", segment)), _number(tail)
        if found is not None and found.year > date.today().year + 1:
            found = None  # a handwritten date misread from a scan
        if found or number:
            return found, number
    return None, None


def _side_by_side(text: str) -> tuple[date | None, str | None] | None:
    """Stamps whose columns run into one line («Принято Утверждаю»): the fields below keep their order."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        stamps = list(STAMP.finditer(line))
        if len(stamps) < 2 or len(line) > 120:
            continue
        place = next((i for i, stamp in enumerate(stamps) if _APPROVE.search(stamp.group())), None)
        if place is None:
            return None
        place -= sum(stamp.group().lower().startswith("одобр") for stamp in stamps[:place])
        below = "\n".join(lines[index + 1 : index + 12])
        dates = [
            found for match in _ANY_DATE.finditer(below) if (found := parse_date(match.group())) is not None
        ]
        numbers = [re.sub(r"\s", "", match[1]) for match in _NUMBER.finditer(below)]
        return (
            dates[place] if place < len(dates) else None,
            numbers[place] if place < len(numbers) else None,
        )
    return None


def _segments(text: str) -> list[str]:
    """The title block cut before each stamp word, so that dates stay with their stamp."""
    starts = [
        match.start()
        for match in STAMP.finditer(text)
        if match.group()[:4].isupper() or text[max(0, match.start() - 1)] in "\n "
    ]
    cuts = sorted({0, *starts, len(text)})
    return [text[a:b] for a, b in pairwise(cuts)]


def _number(text: str) -> str | None:
    """The number of an order: the one beside its date; a school's own number («СОШ № 2») is none."""
    found = [match for match in _NUMBER.finditer(text) if not _SCHOOL_NUMBER.search(text[: match.start()])]
    if not found:
        return None
    day = _ANY_DATE.search(text)
    if day is not None:
        found.sort(key=lambda match: min(abs(match.start() - day.end()), abs(match.end() - day.start())))
    return re.sub(r"\s", "", found[0][1]).rstrip(".")


def _organization(head: Sequence[Paragraph], title: int | None) -> str | None:
    """The school's full name: the block of lines that begins with its form of ownership."""
    lines = [unspace(paragraph.text) for paragraph in head]
    best: str | None = None
    for index, line in enumerate(lines):
        if _LAW.search(line) or not (
            _OWNERSHIP.match(line)
            and (
                _ORGANISATION.search(line)
                or (index + 1 < len(lines) and _ORGANISATION.search(lines[index + 1]))
            )
        ):
            continue
        name = line
        for following in lines[index + 1 : index + 6]:
            complete = (
                name.count("«") + name.count("“") == name.count("»") + name.count("”")
                and name.count('"') % 2 == 0
            )
            named = "«" in name or '"' in name or re.search(r"(?:№|N)\s*\d+", name) is not None
            if (
                STAMP.match(following.lstrip("«"))
                or kind_of(following)
                or (complete and named)
                or re.match(r"\(|ОГРН|ИНН|\d{6}|ул\.|тел", following)
            ):
                break
            name += " " + following
        # A lone Latin letter at the end is a speck that OCR took for one.
        name = re.sub(r"\s+[a-zA-Z]$", "", re.sub(r"\s+", " ", name)).strip(" ,.;")
        if best is None or (len(name) > len(best) and name.count("«") == name.count("»")):
            best = name
    if best is None:
        best = next(
            (
                line
                for line in lines
                if _ORGANISATION.search(line)
                and not _LAW.search(line)
                and len(line) < 200
                and not STAMP.search(line)
                and kind_of(line) is None
                and "приказ" not in line.lower()
            ),
            None,
        )
    return _in_full(best)[:300] if best else None


def _in_full(name: str) -> str:
    """«МБОУ «Школа»» with the form of ownership spelled out."""
    first, _, rest = name.partition(" ")
    full = words().ownership.get(first.strip(',«"').upper())
    return f"{full} {rest}" if full and rest else name


def _named_in(body: Sequence[Paragraph]) -> str | None:
    """The school as the first clauses name it, when the title block does not."""
    pattern = re.compile(
        r"((?:Муниципальн|Государственн|Частн|Автономн|Федеральн)[а-яё]+\s(?:[а-яё]+\s){1,6}[^«»]{0,80}«[^»]{3,120}»?»|"
        r"(?:МБОУ|МКОУ|МАОУ|МОУ|МОБУ|ГБОУ|ГКОУ|ГАОУ|ЧОУ)\s+(?:[А-Яа-яё№\d\s]{0,40})«[^»]{3,100}»|(?:МБОУ|МКОУ|МАОУ|МОУ|МОБУ|ГБОУ|ГКОУ|ГАОУ|ЧОУ)\s+[А-ЯЁ]{2,5}\s+№\s?\d+)"
    )
    for paragraph in body[:60]:
        match = pattern.search(paragraph.text)
        if match and not _LAW.search(match[1]):
            return _in_full(match[1].strip())
    return None


def _signatory(text: str) -> str | None:
    match = re.search(r"((?:и\.?\s?о\.?\s+)?директор[^\n]{0,80}?)(?:_{2,}|\n|$)", text, re.IGNORECASE)
    return " ".join(match[1].split()) if match else None
