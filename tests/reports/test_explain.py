"""Every rule and requirement has an explanation, and an id can be written as people write it."""

import pytest

from analyzer.errors import LnaError
from analyzer.law.load import checklist, checklist_names, rules
from analyzer.reports.explain import explain_text
from tests.reports.rule_words import rule_words

REQUIREMENTS = [
    pytest.param(checklist(name), requirement, id=f"{name}-{requirement.id}")
    for name in checklist_names()
    for requirement in checklist(name).requirements
]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("item", "requirement"), REQUIREMENTS)
def test_every_requirement_is_explained(item, requirement):
    text = flat(explain_text(requirement.id))
    for part in (
        requirement.title,
        requirement.norm,
        requirement.source,
        requirement.why,
        requirement.template,
    ):
        assert flat(part) in text
    for aspect in requirement.aspects:
        assert flat(f"— {aspect.name} (") in text
        assert flat(aspect.missing) in text
    for turn in (*requirement.contradictions, *requirement.incomplete):
        assert flat(turn.message) in text
    foreign = not set(requirement.applies_to) & set(item.levels)
    assert ("пока их не назовёт --level" in text) is foreign


@pytest.mark.parametrize("rule", rules().rules, ids=lambda rule: rule.id)
def test_every_rule_is_explained(rule):
    text = flat(explain_text(rule.id))
    for part in rule_words(rule):
        assert flat(part) in text


@pytest.mark.parametrize(
    ("written", "first_words"),
    [
        ("13.В", "13.в"),
        ("13в", "13.в"),
        ("п. 13, подп. «в»", "13.в"),
        (" 5.общ ", "5 "),
        ("ref001", "REF001"),
        ("RЕF001", "REF001"),
        ("TЕRМ001", "TERM001"),
    ],
)
def test_ids_as_people_write_them(written, first_words):
    assert explain_text(written).startswith(first_words)


@pytest.mark.parametrize(
    ("name", "advice"),
    [("REF009", "REF001"), ("13.я", "13."), ("11.9", "11.1"), ("погода в Энске", "lna checklist list")],
)
def test_unknown_ids_name_the_nearest(name, advice):
    with pytest.raises(LnaError) as caught:
        explain_text(name)
    assert caught.value.code == "unknown_id"
    assert advice in caught.value.advice


def test_no_line_is_wider_than_the_page():
    assert max(len(line) for rule in rules().rules for line in explain_text(rule.id).splitlines()) <= 100


def test_a_number_of_low_confidence_is_not_printed_as_certain():
    text = flat(explain_text("16"))
    assert "номер пункта уточняется" in text
    assert "номер пункта не установлен" in text
