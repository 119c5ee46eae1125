"""The pipeline as one call: verdicts, findings in order, subjects, dates, archives, bad files."""

import zipfile
from datetime import date

import pytest

from analyzer.audit import Settings, Stage, audit_document, audit_each, audit_file
from analyzer.errors import LnaError
from analyzer.law.load import checklist
from analyzer.model import Audit
from analyzer.reading import read

DAY = date(2026, 11, 1)
TEXT = """ПОЛОЖЕНИЕ
о применении дистанционных образовательных технологий
1. Общие положения
1.1. Положение разработано по приказу Минобрнауки России от 23.08.2017 № 816.
1.2. Порядок техничеcкой помощи определяет инженер: он отвечает по телефону в течение двух часов.
1.4. Уроки проводятся в WhatsApp, задания выдаёт учитель.
1.5. О применении технологий в следующем учебном году школа сообщает родителям на своём сайте до 25 августа.
"""
OTHER = """ПОЛОЖЕНИЕ
о школьной столовой
1. Общие положения
1.1. Столовая работает каждый учебный день с восьми часов утра.
"""


def audit(text: str, **settings) -> Audit:
    return audit_document(read(text.encode(), "act.txt"), Settings(as_of=DAY, **settings))


def test_one_act_through_every_check():
    result = audit(TEXT)
    rules = {finding.rule: finding for finding in result.findings}
    assert {"REF001", "REF004", "NUM001", "SRV001", "DATE001", "TXT001", "ACT001", "REQ001", "REQ003"} <= rules.keys()
    assert rules["NUM001"].clause == "1.4"
    assert rules["DATE001"].clause == "1.5"
    assert {verdict.requirement: verdict.status for verdict in result.verdicts}["11.1"] == "contradicted"
    assert result.on_subject
    assert result.checklists == (("pp-1678", checklist("pp-1678").version),)


def test_errors_come_first():
    order = [{"error": 0, "warning": 1, "note": 2}[finding.severity] for finding in audit(TEXT).findings]
    assert order == sorted(order)


def test_no_finding_without_a_quote_or_a_norm():
    for finding in audit(TEXT).findings:
        assert finding.quote or finding.norm, finding
        assert finding.message
        assert finding.fix


def test_quotes_and_clauses_are_the_acts_own():
    result = audit(TEXT)
    paths = {clause.path for clause in result.act.clauses}
    for finding in result.findings:
        assert finding.clause is None or finding.clause in paths
    for verdict in result.verdicts:
        for match in verdict.evidence:
            assert match.quote.removesuffix(" …") in match.clause.text
            assert match.clause in result.act.clauses


def test_act_about_something_else_owes_nothing():
    result = audit(OTHER)
    assert not result.on_subject
    assert {verdict.status for verdict in result.verdicts} == {"not_applicable"}
    rules = {finding.rule for finding in result.findings}
    assert "SUB001" in rules
    assert not rules & {"REQ001", "REF004"}


@pytest.mark.parametrize(("day", "count"), [(date(2024, 8, 31), 0), (date(2024, 9, 1), 34)])
def test_verdicts_begin_with_the_rules(day, count):
    result = audit_document(read(TEXT.encode(), "act.txt"), Settings(as_of=day))
    assert len(result.verdicts) == count
    assert result.as_of == day


@pytest.mark.parametrize("name", ["nosuch", "nosuch.yaml"])
def test_unknown_checklist_is_refused(name):
    with pytest.raises(LnaError):
        audit(TEXT, checklists=(name,))


def test_an_audit_is_the_same_twice():
    assert audit(TEXT) == audit(TEXT)


def test_empty_outline_is_no_error():
    result = audit("Привет.")
    assert len(result.verdicts) == 34


def test_archive_gives_every_act_and_a_bad_one_stops_nothing(tmp_path):
    path = tmp_path / "acts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", b"\x00\x01\x02" * 400)
        archive.writestr("c.txt", OTHER)
    results = dict(audit_each(path, Settings(as_of=DAY)))
    assert [type(result).__name__ for result in results.values()][::2] == ["Audit", "Audit"]
    [bad] = [result for result in results.values() if isinstance(result, LnaError)]
    assert bad.message


def test_missing_file(tmp_path):
    with pytest.raises(LnaError):
        audit_file(tmp_path / "none.pdf", Settings())
    [(name, error)] = audit_each(tmp_path / "none.pdf", Settings())
    assert name == "none.pdf"
    assert isinstance(error, LnaError)


DIGITAL = """ПОЛОЖЕНИЕ
о работе с мессенджерами и информационными системами
1. Общие положения
1.1. Сообщения семьям передаются только через российский мессенджер, WhatsApp и Telegram не применяются.
"""


@pytest.fixture
def by_title(monkeypatch):
    """The list on the digital environment, as if its file said ``applies: title``."""

    def load(name):
        item = checklist(name)
        return item.model_copy(update={"applies": "title"}) if name == "digital-environment" else item

    monkeypatch.setattr("analyzer.audit.load_checklist", load)


def test_nothing_joins_as_the_lists_are_shipped():
    assert [name for name, _ in audit(DIGITAL, fitting=True).checklists] == ["pp-1678"]


@pytest.mark.usefixtures("by_title")
@pytest.mark.parametrize(
    ("text", "fitting", "taken"),
    [
        (DIGITAL, True, ["pp-1678", "digital-environment"]),
        (DIGITAL, False, ["pp-1678"]),
        (OTHER, True, ["pp-1678"]),
        (TEXT, True, ["pp-1678"]),
        (TEXT.replace("технологий\n", "технологий и мессенджеров\n", 1), True, ["pp-1678"]),
    ],
)
def test_checklist_that_the_title_asks_for_joins_when_the_act_is_about_nothing_else(text, fitting, taken):
    result = audit(text, fitting=fitting)
    assert [name for name, _ in result.checklists] == taken
    assert {verdict.checklist for verdict in result.verdicts} == set(taken)


@pytest.mark.usefixtures("by_title")
def test_checklist_that_joins_changes_neither_the_subject_nor_the_errors():
    alone, joined = audit(DIGITAL), audit(DIGITAL, fitting=True)
    assert not joined.on_subject
    assert joined.verdicts[: len(alone.verdicts)] == alone.verdicts
    assert [f for f in joined.findings if f.severity == "error"] == [
        f for f in alone.findings if f.severity == "error"
    ]
    statuses = {verdict.requirement: verdict.status for verdict in joined.verdicts}
    assert statuses["цос-мессенджеры"] == "covered"
    assert statuses["цос-вход"] == "missing"


@pytest.mark.parametrize("name", ["local-act", "digital-environment"])
def test_chosen_checklist_alone(name):
    result = audit(TEXT, checklists=(name,))
    assert [verdict.requirement for verdict in result.verdicts] == [r.id for r in checklist(name).requirements]
    assert not {f.severity for f in result.findings if f.rule.startswith("REQ")} & {"error"}


def test_stages_are_told_as_they_begin():
    told: list[str] = []
    document = read("ПОЛОЖЕНИЕ\n1. Школа применяет дистанционные образовательные технологии.".encode(), "акт.txt")
    audit_document(document, Settings(), told.append)
    assert told == [stage for stage in Stage if stage is not Stage.READING]
