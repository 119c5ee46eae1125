"""Clauses of an act → matches; aspects; restated or decided."""

import pytest

from analyzer.law.load import checklist
from analyzer.matching.aspects import held, lacking, lacking_share
from analyzer.matching.match import candidates, match, quote
from analyzer.matching.model import shipped
from analyzer.matching.restated import coverage, is_restated
from analyzer.model import Act, Clause, TitleBlock

LIST = checklist("pp-1678")
NORMS = " ".join(requirement.norm for requirement in LIST.requirements)
HELP = LIST.requirement("13.г")


def act(*texts: str, lead: str = "", heading: bool = False) -> Act:
    clauses = []
    for index, text in enumerate(texts):
        inside = lead if index else ""
        clauses.append(Clause(f"1.{index}", f"1.{index}.", text, 2, heading, 1, 0, len(text), "Сроки", inside))
    return Act(TitleBlock(), tuple(clauses))


def test_short_clauses_and_headings_are_no_candidates():
    assert candidates(act("Сроки", "да")) == []
    assert candidates(act("Техническая помощь ученикам школы", heading=True)) == []


def test_a_lead_in_is_read_alone_and_with_its_items():
    found = candidates(act("Инженер помогает ученикам:", "по телефону в будни", "в кабинете 12", lead="Инженер помогает ученикам:"))
    assert [(c.text, c.context, c.joined) for c in found] == [
        ("Инженер помогает ученикам:", "Сроки", False),
        ("Инженер помогает ученикам: по телефону в будни в кабинете 12", "Сроки", True),
        ("по телефону в будни", "Инженер помогает ученикам:", False),
        ("в кабинете 12", "Инженер помогает ученикам:", False),
    ]


def test_a_long_list_is_not_joined():
    items = ["Инженер помогает ученикам:", *["с подключением к уроку и с паролем от дневника " * 4] * 5]
    assert not any(c.joined for c in candidates(act(*items, lead=items[0])))


def test_match_finds_the_clause_and_tells_its_aspects():
    text = "Техническую помощь ученикам и учителям оказывает инженер школы по телефону в течение двух часов."
    found = [m for m in match(act("Школа работает пять дней в неделю без выходных.", text), LIST, shipped()) if m.requirement == "13.г"]
    best = max(found, key=lambda m: m.score)
    assert (best.clause.text, best.quote, best.restated) == (text, text, False)
    assert best.score > 0.8
    assert best.full > 0.4
    assert {aspect.name for aspect in HELP.aspects if aspect.required} <= set(best.aspects)
    assert all(0 <= m.score <= 1 and 0 <= m.full <= 1 for m in found)


def test_empty_act_has_no_matches():
    assert match(Act(TitleBlock(), ()), LIST, shipped()) == []


def test_items_are_better_evidence_than_their_list():
    items = ["Школа обеспечивает:", "техническую помощь ученикам: инженер отвечает по телефону за два часа;"]
    found = [m for m in match(act(*items, lead=items[0]), LIST, shipped()) if m.requirement == "13.г" and m.score > 0.7]
    assert {m.clause.path for m in found} == {"1.1"}


def test_quote_of_a_long_clause_is_its_sentence():
    noise = "Школа ведёт журнал каждый учебный день без перерыва. " * 6
    own = "Техническую помощь ученикам оказывает инженер по телефону."
    assert quote(noise + own, HELP) == own
    assert quote(own, HELP) == own
    assert quote("Слово " * 100, HELP).endswith(" …")


@pytest.mark.parametrize("requirement", LIST.requirements, ids=lambda entry: entry.id)
def test_good_example_holds_every_required_aspect(requirement):
    names = held(requirement, requirement.example_good)
    assert lacking_share(requirement, names) == lacking(LIST, requirement.id, requirement.example_good) == 0.0


def test_lacking_is_a_share_of_what_is_required():
    required = [aspect.name for aspect in HELP.aspects if aspect.required]
    assert lacking_share(HELP, ()) == 1.0
    assert lacking_share(HELP, tuple(required[1:])) == pytest.approx(1 / len(required))
    assert lacking(LIST, "99.я", "Текст") == 0.0


@pytest.mark.parametrize(
    ("text", "restated"),
    [
        ("Организация самостоятельно определяет порядок оказания технической помощи обучающимся и педагогическим работникам.", True),
        ("Школа определяет порядок оказания технической помощи обучающимся.", True),
        ("Техническую помощь обучающимся оказывает инженер в течение двух часов.", False),
        ("Порядок оказания технической помощи: обращаться в кабинет 12.", False),
        ("Сервис прокторинга при проведении промежуточной аттестации не применяется.", False),
        ("Прокторинг отсутствует.", False),
        ("Суп варят в школьной столовой до десяти часов.", False),
        ("", False),
    ],
)
def test_restated(text, restated):
    assert is_restated(text, NORMS) is restated


@pytest.mark.parametrize("requirement", [entry for entry in LIST.requirements if entry.duty == "determine"], ids=lambda entry: entry.id)
def test_the_norm_itself_restates_the_norm(requirement):
    assert is_restated(requirement.norm, NORMS)


def test_coverage_is_a_share():
    assert coverage("", NORMS) == coverage("Школа.", NORMS) == 0.0
    assert coverage(HELP.norm, HELP.norm) == 1.0
    assert 0 < coverage(HELP.norm + " Инженер Петров сидит в двенадцатом кабинете на втором этаже.", HELP.norm) < 1
