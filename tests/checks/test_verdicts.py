"""Verdicts: pure rules over matches, with probabilities made up here."""

from datetime import date
from functools import lru_cache

import pytest
from one_clause import act, clause

from analyzer.checks.coverage import contradiction, coverage_findings, judge
from analyzer.language import patterns
from analyzer.law.load import checklist
from analyzer.model import Finding, Match

LIST = checklist("pp-1678")
DAY = date(2026, 11, 1)
SCHOOL = frozenset({"ноо", "ооо", "соо"})
LIMIT = 0.5


def matched(requirement, text="Инженер помогает ученикам по телефону.", score=0.9, full=0.9, restated=False, aspects=(), path="1.1"):
    return Match(requirement, clause(text, path), score, full, restated, tuple(aspects), text)


def verdict(requirement_id, *matches, body=(), levels=SCHOOL, day=DAY, on_subject=True, findings=()):
    made = act(*[match.clause for match in matches], *body)
    thresholds = {entry.id: LIMIT for entry in LIST.requirements}
    judged = judge(made, LIST, matches, thresholds, levels=levels, as_of=day, on_subject=on_subject, findings=findings)
    return next((one for one in judged if one.requirement == requirement_id), None)


@pytest.mark.parametrize(
    ("matches", "status", "restated"),
    [
        ([], "missing", False),
        ([matched("13.г", score=0.3)], "missing", False),
        ([matched("13.г", score=0.4)], "partial", False),  # from three quarters of the limit a person decides
        ([matched("13.г", score=LIMIT)], "covered", False),
        ([matched("13.г", full=0.1)], "partial", False),
        ([matched("13.г", restated=True)], "partial", True),  # the school must determine it itself
        ([matched("13.г", restated=True), matched("13.г", path="1.2")], "covered", False),
        ([matched("13.г", restated=True), matched("13.г", full=0.1, path="1.2")], "partial", False),
        ([matched("13.а", restated=True)], "covered", True),  # a duty to ensure is met by saying so
        ([matched("13.г"), matched("13.в")], "covered", False),
    ],
)
def test_status(matches, status, restated):
    found = verdict(matches[0].requirement if matches else "13.г", *matches)
    assert (found.status, found.restated) == (status, restated)
    assert 0 <= found.confidence <= 1


def test_every_requirement_gets_one_verdict_in_the_order_of_the_list():
    judged = judge(act(), LIST, [], {}, levels=SCHOOL, as_of=DAY, on_subject=True, findings=())
    assert [one.requirement for one in judged] == [entry.id for entry in LIST.requirements]


def test_each_clause_of_a_long_act_is_cut_into_words_once(monkeypatch):
    forgetful = lru_cache(maxsize=8)(patterns.prepare.__wrapped__)
    monkeypatch.setattr(patterns, "prepare", forgetful)
    body = [f"Дежурный класса {number} поливает цветы в коридоре." for number in range(40)]
    judge(act(*body), LIST, [], {}, levels=SCHOOL, as_of=DAY, on_subject=True, findings=())
    assert forgetful.cache_info().misses == len(body)


def test_norm_that_is_not_in_force_is_not_judged():
    assert verdict("13.г", day=date(2024, 8, 31)) is None


@pytest.mark.parametrize(("levels", "status"), [(SCHOOL, "not_applicable"), (frozenset({"спо"}), "missing")])
def test_levels(levels, status):
    assert verdict("5.в", levels=levels).status == status


def test_silence_of_an_act_about_something_else_is_no_gap():
    assert verdict("13.г", on_subject=False).status == "not_applicable"
    named = matched("13.г", "При применении дистанционных образовательных технологий инженер помогает по телефону.")
    assert verdict("13.г", matched("13.г"), on_subject=False).status == "not_applicable"
    assert verdict("13.г", named, on_subject=False).status == "covered"


def test_near_miss_is_shown_to_a_person():
    near = verdict("13.г", matched("13.г", score=0.45, path="7.7"))
    assert (near.status, near.review, near.evidence[0].clause.path) == ("partial", True, "7.7")
    far = verdict("13.г", matched("13.г", score=0.1))
    assert (far.status, far.review, far.evidence, far.confidence) == ("missing", False, (), 0.9)


def test_missing_names_every_aspect():
    assert verdict("13.г").missing_aspects == tuple(aspect.name for aspect in LIST.requirement("13.г").aspects)


def test_partial_names_only_what_no_clause_holds():
    names = [aspect.name for aspect in LIST.requirement("13.г").aspects]
    found = verdict("13.г", matched("13.г", full=0.1, aspects=names[:1]), matched("13.г", full=0.2, aspects=names[1:2], path="1.2"))
    assert found.missing_aspects == tuple(a.name for a in LIST.requirement("13.г").aspects[2:])


REQUIRED = [aspect for aspect in LIST.requirement("13.а").aspects if aspect.required]


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (("1.1", "2.3"), "в п. 1.1 {0} (похоже, об этом п. 2.3)"),
        (("1.1", "1.1"), "в п. 1.1 {0} (похоже, об этом другой абзац)"),
        (("", "2.3"), "в пункте без номера {0} (похоже, об этом п. 2.3)"),
    ],
)
def test_parts_said_in_several_clauses_are_told_by_clause(paths, said):
    *first, last = REQUIRED
    parts = ([aspect.name for aspect in first], [last.name])
    found = verdict("13.а", *(matched("13.а", full=0.1, aspects=names, path=path) for path, names in zip(paths, parts, strict=True)))
    assert found.status == "partial"
    assert found.lacking[0] == said.format(last.missing)
    assert last.name not in found.missing_aspects


def test_partial_always_says_what_is_lacking():
    every = [aspect.name for aspect in LIST.requirement("13.а").aspects]
    found = verdict("13.а", matched("13.а", full=0.1, aspects=every))
    assert found.status == "partial"
    assert "программа не уверена" in found.lacking[0]
    (finding,) = (one for one in coverage_findings(LIST, [found]) if one.rule == "REQ002")
    assert found.lacking[0] in finding.message


def test_evidence_is_best_first_one_a_clause_and_at_most_five():
    one = clause("Инженер помогает ученикам по телефону.")
    twice = [Match("13.г", one, score, 0.9, False, (), "") for score in (0.6, 0.8)]
    others = [matched("13.г", score=0.55 + index / 100, path=f"2.{index}") for index in range(6)]
    found = verdict("13.г", *twice, *others)
    assert [round(match.score, 2) for match in found.evidence] == [0.8, 0.6, 0.59, 0.58, 0.57]


@pytest.mark.parametrize("requirement", [entry for entry in LIST.requirements if entry.precondition], ids=lambda entry: entry.id)
def test_unmet_condition(requirement):
    text = "Прокторинг в школе не применяется." if requirement.id.startswith("14") else "Таких программ в школе нет."
    found = verdict(requirement.id, body=[text])
    assert found.status in {"not_applicable", "missing"}
    assert verdict(requirement.id, body=["Урок длится полчаса."]).status == "missing"


def test_hint_at_another_act_of_the_school_is_for_a_person():
    found = verdict("17.1", body=["Документы хранятся по номенклатуре дел школы."])
    assert (found.status, found.review) == ("partial", True)
    assert found.evidence[0].clause.path == "1.1"


CONTRADICTIONS = [
    (requirement, case)
    for requirement in LIST.requirements
    for case in requirement.cases
    if case.expect == "contradicted" and (requirement.contradictions or requirement.deadline) and not requirement.contradicted_by
]


@pytest.mark.parametrize(("requirement", "case"), CONTRADICTIONS, ids=[entry.id for entry, _ in CONTRADICTIONS])
def test_contradiction_beats_coverage(requirement, case):
    found = verdict(requirement.id, matched(requirement.id, case.text), matched(requirement.id, path="1.2"))
    assert found.status == "contradicted"
    assert found.reason
    assert found.evidence[0].clause.text == case.text


def test_right_clause_contradicts_nothing():
    for requirement in LIST.requirements:
        match = matched(requirement.id, requirement.example_good)
        assert contradiction(requirement, [match], [match]) is None, requirement.id


def test_finding_of_another_check_contradicts():
    requirement = next(entry for entry in LIST.requirements if "SRV001" in entry.contradicted_by)
    finding = Finding("SRV001", "error", "предписан WhatsApp", "замените", "1.1")
    found = verdict(requirement.id, matched(requirement.id), findings=[finding])
    assert (found.status, found.reason) == ("contradicted", "предписан WhatsApp")
    other = Finding("TXT001", "note", "латиница", "наберите", "1.1")
    assert verdict(requirement.id, matched(requirement.id), findings=[other]).status == "covered"


@pytest.mark.parametrize(
    ("matches", "rules"),
    [
        ([matched("13.г")], []),
        ([], [("REQ001", "error", None)]),
        ([matched("13.г", full=0.1)], [("REQ002", "warning", "1.1")]),
        ([matched("13.г", restated=True), matched("13.г", restated=True, path="1.2")], [("REQ004", "warning", "1.1"), ("REQ004", "warning", "1.2")]),
    ],
)
def test_findings(matches, rules):
    found = coverage_findings(LIST, [verdict("13.г", *matches)])
    assert [(one.rule, one.severity, one.clause) for one in found] == rules
    for one in found:
        assert one.requirement == "13.г"
        assert one.norm == LIST.requirement("13.г").norm.strip()
        assert "___" in one.fix


def test_finding_of_a_contradiction_quotes_the_clause():
    requirement, case = CONTRADICTIONS[0]
    [finding] = coverage_findings(LIST, [verdict(requirement.id, matched(requirement.id, case.text))])
    assert (finding.rule, finding.severity, finding.quote) == ("REQ003", requirement.severity, case.text)
