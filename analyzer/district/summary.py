"""Results of a run → its summary. A requirement counts for the school in whichever of its acts it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from analyzer.citations.naming import act_name
from analyzer.district.duplicates import groups
from analyzer.district.model import (
    ActRow,
    Alike,
    Cell,
    Column,
    Footing,
    Municipality,
    Obsolete,
    Remark,
    School,
    SchoolStatus,
    Share,
    Summary,
)
from analyzer.district.store import RESULTS, Line, records, run_values
from analyzer.errors import LnaError
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import indicators, registry
from analyzer.reports.acts import fate
from analyzer.reports.content import Field, safe
from analyzer.reports.words import long_date, place_words, plural, point_label, short_date

# What acts say weighs in this order: one that turns the norm round must be mended, whatever others say.
_ORDER: tuple[SchoolStatus, ...] = ("contradicted", "covered", "partial", "missing", "not_applicable")
_REQUIREMENT_RULES = frozenset({"REQ001", "REQ002", "REQ003", "REQ004", "SUB001"})
_FOUND = frozenset({"covered", "partial", "contradicted"})


@dataclass(slots=True)
class _Gathered:
    """A school while its acts come in."""

    acts: list[ActRow] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    indicators: set[str] = field(default_factory=set)


def summarize(folder: Path, checklist_names: Sequence[str]) -> Summary:
    """The summary of a finished run.

    Args:
        folder: Its folder.
        checklist_names: Names or paths by which the checklists are loaded again.

    Raises:
        LnaError: There is no finished run.
    """
    values = run_values(folder)
    if values.get("state") != "finished":
        raise LnaError("not_finished", f"в папке {folder} нет законченного прогона", "запустите lna district")
    columns = tuple(_columns(checklist_names))
    as_of = date.fromisoformat(values["conditions"]["as_of"])
    everyone = schools(folder / RESULTS, columns)
    # A folder that holds nothing but a system's litter is no school.
    made = tuple(school for school in everyone if any(act.state != "skipped" for act in school.acts))
    return Summary(
        source=safe(values["source"]),
        as_of=as_of,
        made_on=date.fromisoformat(values["started"][:10]),
        found=values["found"],
        audited=values["audited"],
        failed=values["failed"],
        skipped=values["skipped"],
        columns=columns,
        schools=made,
        shares=tuple(
            Share(column.key, Counter(school.cells[column.key].status for school in made))
            for column in columns
        ),
        municipalities=tuple(_municipalities(made)),
        footings=tuple(_footings(made)),
        footing_note=" ".join(indicators().note.split()),
        footing_source=indicators().short,
        unread=tuple(
            (school.name, act) for school in everyone for act in school.acts if act.state != "audited"
        ),
        obsolete=tuple(_obsolete(_cited(folder), as_of)),
        alike=tuple(_alike(folder)),
        parameters=tuple(_parameters(values, checklist_names, as_of)),
        subjects=tuple(safe(load_checklist(name).title) for name in checklist_names),
    )


def schools(results: Path, columns: Sequence[Column]) -> tuple[School, ...]:
    """Every school of a finished run, in order of municipality and name.

    Args:
        results: Its results.
        columns: Requirements.
    """
    found: dict[tuple[str, str], _Gathered] = defaultdict(_Gathered)
    for line in records(results):
        _gather(found[safe(line["municipality"]), safe(line["school"])], line)
    return tuple(_school(key, found[key], columns) for key in sorted(found))


def remarks(folder: Path) -> Iterator[tuple[str, str, Remark]]:
    """Municipality, school and finding, for every finding that does not belong to a requirement."""
    for line in records(folder / RESULTS):
        for row in (line["audit"] or {}).get("findings", ()):
            if row["rule"] not in _REQUIREMENT_RULES:
                yield safe(line["municipality"]), safe(line["school"]), _remark(safe(line["path"]), row)


def _remark(path: str, row: Line) -> Remark:
    return Remark(
        path,
        row["rule"],
        row["severity"],
        safe(row["message"]),
        place_words(safe(row["clause"]), row["page"]),
        safe(row["quote"]),
        safe(row.get("fix")),
        row["fingerprint"],
    )


def _gather(school: _Gathered, line: Line) -> None:
    path, audit, error = safe(line["path"]), line["audit"], line["error"]
    if audit is None:
        reason = safe(error["message"]) + (f"; {safe(error['advice'])}" if error["advice"] else "")
        name = PurePosixPath(path).name
        school.acts.append(ActRow(path, line["state"], reason, name))
        return
    act = audit["act"]
    weights = Counter(row["severity"] for row in audit["findings"] if row["rule"] not in _REQUIREMENT_RULES)
    school.acts.append(
        ActRow(
            path,
            line["state"],
            title=safe(act["title"]) or PurePosixPath(path).name,
            approval=_approval(act),
            on_subject=act["on_subject"],
            errors=weights["error"],
            warnings=weights["warning"],
        )
    )
    school.indicators.update(audit["indicators"])
    for row in audit["requirements"]:
        key = f"{row['checklist']}/{row['id']}"
        # An act on another subject counts only where the norm may lawfully live in it.
        if act["on_subject"] or (key in audit["elsewhere"] and row["status"] in _FOUND):
            school.cells[key] = _better(school.cells.get(key), _cell(path, row))


def _better(old: Cell | None, new: Cell) -> Cell:
    return new if old is None or _ORDER.index(new.status) < _ORDER.index(old.status) else old


def _cell(path: str, row: Line) -> Cell:
    best: Line = row["evidence"][0] if row["evidence"] else {"clause": "", "page": None, "quote": ""}
    parts = [row["reason"], *(row["lacking"] if row["status"] == "partial" else ())]
    return Cell(
        row["status"],
        path if row["evidence"] else "",
        place_words(safe(best["clause"]), best["page"]),
        safe(best["quote"]),
        "; ".join(safe(part) for part in parts if part),
        row["review"],
    )


def _approval(act: Line) -> str:
    day = f"от {short_date(date.fromisoformat(act['approved_on']))}" if act["approved_on"] else ""
    number = f"№ {safe(act['approval_number'])}" if act["approval_number"] else ""
    return " ".join(filter(None, (day, number)))


def _columns(names: Sequence[str]) -> Iterator[Column]:
    for item in map(load_checklist, names):
        for requirement in item.requirements:
            yield Column(
                f"{item.id}/{requirement.id}",
                requirement.id,
                requirement.title,
                point_label(item, requirement),
                safe(requirement.norm),
                safe(requirement.template),
                requirement.severity,
            )


def _school(key: tuple[str, str], gathered: _Gathered, columns: Sequence[Column]) -> School:
    has_act = any(act.on_subject for act in gathered.acts)
    # A requirement not yet in force on the day has no verdict at all.
    nothing = Cell("not_applicable") if has_act else Cell("no_act")
    cells = {column.key: gathered.cells.get(column.key, nothing) for column in columns}
    return School(key[1], key[0], tuple(gathered.acts), cells, frozenset(gathered.indicators))


def _municipalities(found: Sequence[School]) -> Iterator[Municipality]:
    by_name: dict[str, list[School]] = defaultdict(list)
    for school in found:
        by_name[school.municipality].append(school)
    if set(by_name) <= {""}:
        return
    for name, members in sorted(by_name.items()):
        counts: Counter[str] = Counter(cell.status for school in members for cell in school.cells.values())
        without = sum(not school.on_subject for school in members)
        yield Municipality(name or "(не указан)", len(members), without, Share(name, counts))


def _footings(found: Sequence[School]) -> Iterator[Footing]:
    for item in indicators().indicators:
        count = sum(item.id in school.indicators for school in found)
        yield Footing(item.id, item.title, item.counts, count)


def _owner(line: Line) -> str:
    return " — ".join(filter(None, (safe(line["municipality"]), safe(line["school"]))))


def _cited(folder: Path) -> dict[str, Counter[str]]:
    """By act that no longer stands: how often each school cites it as if it did."""
    cited: dict[str, Counter[str]] = defaultdict(Counter)
    for line in records(folder / RESULTS):
        for citation in (line["audit"] or {}).get("citations", ()):
            if citation["status"] == "repealed" and not citation["historical"]:
                cited[citation["act_id"]][_owner(line)] += 1
    return cited


def _obsolete(cited: Mapping[str, Counter[str]], day: date) -> Iterator[Obsolete]:
    for act_id, by_school in sorted(cited.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        entry = registry().get(act_id)
        if entry is not None:
            successor = registry().successor(entry)
            yield Obsolete(
                act_id,
                act_name(entry),
                fate(entry, day),
                act_name(successor) if successor is not None else "",
                by_school.total(),
                len(by_school),
            )


def _alike(folder: Path) -> Iterator[Alike]:
    signatures: dict[str, str] = {}
    owners: dict[str, str] = {}
    for line in records(folder / RESULTS):
        if line["audit"]:
            path = safe(line["path"])
            signatures[path], owners[path] = line["audit"]["signature"], _owner(line)
    for names in groups(signatures):
        found = Alike(tuple((owners[name], name) for name in names))
        if found.schools > 1:
            yield found


def _parameters(values: Line, names: Sequence[str], as_of: date) -> Iterator[Field]:
    conditions = values["conditions"]
    yield Field("Источник", safe(values["source"]))
    yield Field("Начат", f"{datetime.fromisoformat(values['started']):%d.%m.%Y %H:%M} UTC")
    yield Field("Прогон", values["run"])
    yield Field("Файлов найдено", str(values["found"]))
    for label, key in (("проверено", "audited"), ("не прочитано", "failed"), ("пропущено", "skipped")):
        yield Field(f"— из них {label}", str(values[key]))
    yield Field("Право на дату", long_date(as_of))
    yield Field("Программа", conditions["program"])
    for item in map(load_checklist, names):
        count = plural(len(item.requirements), "требование", "требования", "требований")
        yield Field(f"Чек-лист {item.id}", f"версия {item.version}, {count}: {item.title}")
    yield Field("Отпечаток права (чек-листы, реестр, сервисы)", conditions["law"])
    yield Field("Отпечаток модели", conditions["model"])
    yield Field("Имена людей", "скрыты" if conditions.get("masked") else "оставлены как в актах")
    yield Field("Уровни программ", ", ".join(conditions["levels"]) or "как в чек-листе")
    recognition = conditions["ocr"] if conditions["recognition"] else "не установлено"
    yield Field("Распознавание картинок", recognition)
    yield Field("Чтение DOC, RTF, ODT", "LibreOffice" if conditions["converter"] else "не установлено")
    for item in map(load_checklist, names):
        yield Field("Оговорка", safe(" ".join(item.disclaimer.split())))
