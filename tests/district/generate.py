"""Makes a district of invented schools: acts from the clauses of the corpus, and files that no reader loves.

``python -m tests.district.generate DIR --acts 1000`` writes it to disk.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx

from tests.reading.pdf_builder import Page, pdf

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "clauses"
HOSTILE_SHARE, PDF_SHARE, COPIED_SHARE = 0.05, 0.12, 0.25
SUBJECT = "Положение о применении электронного обучения и дистанционных образовательных технологий"
OTHERS = (
    "Положение о формах, периодичности и порядке текущего контроля успеваемости и промежуточной аттестации",
    "Положение об официальном сайте образовательной организации",
    "Положение об электронной информационно-образовательной среде",
    "Правила внутреннего распорядка обучающихся",
    "Положение о педагогическом совете",
    "Положение о школьной библиотеке",
)
SECTIONS = ("Общие положения", "Организация обучения", "Участники и их обязанности", "Заключительные положения")
OBSOLETE = "Настоящее Положение разработано в соответствии с приказом Минобрнауки России от 23.08.2017 № 816."


@dataclass(frozen=True)
class Made:
    """What was written."""

    acts: int
    hostile: int
    litter: int

    @property
    def files(self) -> int:
        return self.acts + self.hostile + self.litter


def records() -> list[dict]:
    lines = (line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    found = map(json.loads, lines)
    return [item for item in found if item["style"] != "table" and len(item["text"]) > 40]


def district(folder: Path, acts: int, *, seed: int = 1, per_school: int = 10) -> Made:
    """Writes ``acts`` files in folders of schools, one in twenty hostile, and some litter of systems."""
    dice, corpus = random.Random(seed), records()
    on = [item for item in corpus if item["labels"] != ["none"]]
    off = [item for item in corpus if item["labels"] == ["none"]]
    template = dice.sample(on, 40)
    hostile = set(dice.sample(range(acts), round(acts * HOSTILE_SHARE)))
    schools = max(1, acts // per_school)
    kinds = list(HOSTILE.items())
    for number in range(acts):
        school, place = number % schools + 1, number // schools
        home = folder / f"Школа № {school:03d}"
        home.mkdir(parents=True, exist_ok=True)
        if number in hostile:
            name, make = kinds[number % len(kinds)]
            (home / f"{place:02d} {name}").write_bytes(make())
            continue
        name = f"МБОУ «Средняя общеобразовательная школа № {school}»"
        clauses = _clauses(dice, place, on, off, template)
        title = SUBJECT if place == 0 else OTHERS[(place - 1 + school) % len(OTHERS)]
        lines = _lines(dice, name, title, clauses)
        if dice.random() < PDF_SHARE:
            (home / f"{place:02d} акт.pdf").write_bytes(_pdf(lines))
        else:
            (home / f"{place:02d} акт.docx").write_bytes(_docx(lines))
    (folder / "Школа № 001" / "~$лок.docx").write_bytes(b"lock")
    (folder / "Thumbs.db").write_bytes(b"x")
    return Made(acts - len(hostile), len(hostile), 2)


def _clauses(
    dice: random.Random, place: int, on: list[dict], off: list[dict], template: list[dict]
) -> list[str]:
    if place == 0 and dice.random() < COPIED_SHARE:
        return [item["text"] for item in template]
    if place == 0:
        return [item["text"] for item in dice.sample(on, dice.randint(25, 50))]
    return [item["text"] for item in dice.sample(off, dice.randint(15, 40))]


def _lines(dice: random.Random, school: str, title: str, clauses: list[str]) -> list[str]:
    day = f"{dice.randint(1, 28):02d}.08.{dice.randint(2018, 2025)}"
    lines = [school, "УТВЕРЖДЕНО", f"приказом директора от {day} № {dice.randint(1, 300)}", title]
    size = -(-len(clauses) // len(SECTIONS))
    for number, section in enumerate(SECTIONS, 1):
        lines.append(f"{number}. {section}")
        texts = clauses[(number - 1) * size : number * size]
        if number == 1 and dice.random() < 0.5:
            texts = [OBSOLETE, *texts]
        lines += [f"{number}.{place}. {text.lstrip('0123456789. ')}" for place, text in enumerate(texts, 1)]
    return lines


def _docx(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(lines: Sequence[str], width: int = 78, height: int = 46) -> bytes:
    printed: list[str] = []
    for line in lines:
        row = ""
        for word in line.split():
            if len(row) + len(word) > width:
                printed.append(row)
                row = ""
            row = f"{row} {word}".strip()
        printed.append(row)
    pages = [printed[at : at + height] for at in range(0, len(printed), height)]
    return pdf(*(Page().lines(60, 60, *page, step=16, size=11) for page in pages))


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 150_000_000)
    return stream.getvalue()


def _deep() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<a>" * 20_000 + "</a>" * 20_000)
    return stream.getvalue()


def _encrypted_pdf() -> bytes:
    return pdf(
        Page().text(60, 60, "секрет"),
        extra=b"<</Filter/Standard/V 1/R 2/O(01234567890123456789012345678901)"
        b"/U(01234567890123456789012345678901)/P -44>>",
        trailer="/Encrypt {extra} 0 R/ID[<00><00>]",
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "пустой.docx": bytes,
    "обрезан.docx": lambda: _docx(["1. Текст"])[:900],
    "обрезан.pdf": lambda: pdf(Page().text(60, 60, "текст"))[:700],
    "бомба.docx": _bomb,
    "глубина.docx": _deep,
    "шум.pdf": lambda: b"%PDF-1.7\n" + random.Random(7).randbytes(20_000),
    "программа.docx": lambda: b"MZ" + random.Random(8).randbytes(5_000),
    "пароль.pdf": _encrypted_pdf,
    "=cmd()|'x'!A1.pdf": lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 100,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--acts", type=int, default=1000)
    given = parser.parse_args()
    print(district(given.folder, given.acts))


if __name__ == "__main__":
    main()
