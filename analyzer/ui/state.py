"""What the page is asked: settings that live in the address bar, and the files of this session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analyzer.errors import DataError
from analyzer.law import USUAL
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import checklist_names
from analyzer.reading.files import Ocr
from analyzer.ui.safe import markdown, plain

MAX_FILES = 50
MAX_MEGABYTES = 25
EARLIEST = date(2013, 9, 1)  # the law on education came into force
_LEVELS = {
    "ноо": "НОО",
    "ооо": "ООО",
    "соо": "СОО",
    "доп": "дополнительное",
    "спо": "СПО",
    "во": "высшее",
    "дпо": "ДПО",
    "по": "профобучение",
}
_LEVELS_HELP = (
    "Программы, которые реализует организация: НОО — начальное общее образование, "
    "ООО — основное общее, СОО — среднее общее. "
    "Нормы не для ваших программ становятся «не применимо»."
)
_OCR: dict[Ocr, str] = {"auto": "где нет текста", "never": "никогда", "always": "всё"}
_OCR_HELP = (
    "Страницы-картинки программа переводит в текст сама, по нескольку секунд на страницу. "
    "«Всё» — если текст внутри PDF испорчен; «никогда» — если нужен быстрый ответ, а сканы не важны."
)
_SAMPLES = (".pdf", ".docx", ".txt")
_BEST_SAMPLE = "vasilevskaya_poryadok.pdf"


@dataclass(frozen=True, slots=True)
class Asked:
    """Settings of an audit as the page holds them.

    Attributes:
        checklists: Names of shipped checklists.
        as_of: Date on which the law is looked at.
        levels: Levels of the programmes, in a fixed order.
        ocr: What is recognised from pictures.
    """

    checklists: tuple[str, ...]
    as_of: date
    levels: tuple[str, ...]
    ocr: Ocr = "auto"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of this session.

    Attributes:
        name: Name as the user knows it.
        data: The bytes.
        sha256: Their digest: caches are keyed by it, never by the name.
    """

    name: str
    data: bytes
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes) -> Upload:
        """The file with its digest."""
        return cls(plain(name), data, hashlib.sha256(data).hexdigest())


def settings_form() -> Asked:
    """Draws the settings; what is chosen stands in the address and can be sent as a link."""
    names = checklists()
    with st.container(key="settings"):
        day, levels_column, pictures, lists = st.columns([4, 8, 6, 7], vertical_alignment="top")
    with day:
        as_of = as_of_input("date")
    with levels_column:
        offered = _levels_of(names)
        levels = st.pills(
            "Уровни программ",
            offered,
            selection_mode="multi",
            default=_usual_levels(names[:1]),
            key="levels",
            format_func=lambda level: _LEVELS.get(level, level),
            bind="query-params",
            help=_LEVELS_HELP,
            wrap=True,
        )
    with pictures:
        ocr = st.segmented_control(
            "Распознавать сканы",
            list(_OCR),
            default="auto",
            required=True,
            key="ocr",
            bind="query-params",
            format_func=lambda mode: _OCR[mode],
            help=_OCR_HELP,
        )
    with lists:
        chosen = st.pills(
            "Чек-листы",
            names,
            selection_mode="multi",
            default=list(names[:1]),
            key="lists",
            bind="query-params",
            format_func=lambda name: load_checklist(name).short,
            help="По каким требованиям проверять.",
            wrap=True,
        )
    # The address is the user's to write: only known values pass.
    lists_asked = tuple(name for name in names if name in (chosen or ())) or names[:1]
    picked = tuple(level for level in offered if level in (levels or ())) or tuple(_usual_levels(lists_asked))
    return Asked(lists_asked, as_of, picked, ocr if ocr in _OCR else "auto")


def checklists() -> tuple[str, ...]:
    """Names of the checklists, the usual one in front; a broken one is told of in a line and left out."""
    found: list[str] = []
    for name in sorted(checklist_names(), key=lambda name: (name not in USUAL, name)):
        try:
            load_checklist(name)
        except DataError as error:
            line = f"Чек-лист не читается: {markdown(error.message)}; {markdown(error.advice)}"
            st.error(line, icon=":material/error:")
        else:
            found.append(name)
    if not found:
        st.stop()
    return tuple(found)


def as_of_input(key: str) -> date:
    """Draws «на дату», bound to the address."""
    latest = date(date.today().year + 2, 12, 31)
    chosen = st.date_input(
        "На дату",
        min_value=EARLIEST,
        max_value=latest,
        key=key,
        format="DD.MM.YYYY",
        bind="query-params",
        help="День, на который берётся право: отменённые и ещё не вступившие акты считаются по нему.",
    )
    return min(max(chosen, EARLIEST), latest) if isinstance(chosen, date) else date.today()


def uploads(files: Sequence[UploadedFile]) -> tuple[Upload, ...]:
    """Uploaded files, the same content once."""
    found: dict[str, Upload] = {}
    for file in files:
        data = file.getvalue()
        upload = Upload(plain(file.name), data, _digest(file.file_id, data))
        found.setdefault(upload.sha256, upload)
    return tuple(found.values())


@st.cache_data(max_entries=4 * MAX_FILES, scope="session", show_spinner=False)
def _digest(file_id: str, _data: bytes) -> str:
    """Counted once, not at every click."""
    return hashlib.sha256(_data).hexdigest()


@cache
def samples() -> dict[str, str]:
    """File names of the bundled acts with what to call them, the one to show first in front."""
    folder = _samples_dir()
    paths = [
        path
        for path in sorted(folder.glob("*"))
        if path.suffix in _SAMPLES and not path.name.endswith(".src.txt")
    ]
    named = {path.name: _sample_title(path) for path in paths}
    return dict(sorted(named.items(), key=lambda item: item[0] != _BEST_SAMPLE))


def sample(name: str) -> Upload | None:
    """A bundled act; None when there is none of that name."""
    return Upload.of(name, (_samples_dir() / name).read_bytes()) if name in samples() else None


def _samples_dir() -> Path:
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_data" / "acts"
    return shipped if shipped.is_dir() else package.parent / "corpus" / "acts"


def _sample_title(path: Path) -> str:
    gold = path.with_suffix(".gold.json")
    told = json.loads(gold.read_text(encoding="utf-8")) if gold.is_file() else {}
    title = (
        told.get("title")
        or " — ".join(part for part in (told.get("kind"), told.get("organization")) if part)
        or path.stem
    )
    title = title[:1].upper() + title[1:]
    return f"{title if len(title) <= 80 else title[:80].rsplit(' ', 1)[0] + ' …'} ({path.suffix[1:].upper()})"


def _levels_of(names: Sequence[str]) -> list[str]:
    used = {
        level
        for name in names
        for requirement in load_checklist(name).requirements
        for level in requirement.applies_to
    }
    return [level for level in _LEVELS if level in used] + sorted(used - set(_LEVELS))


def _usual_levels(names: Sequence[str]) -> list[str]:
    used = {level for name in names for level in load_checklist(name).levels}
    return [level for level in _levels_of(names) if level in used]
