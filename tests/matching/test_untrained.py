"""Requirements that no model was trained on: matched by their own texts and aspects alone."""

from functools import lru_cache

import pytest

from analyzer.language import patterns
from analyzer.law.checklist import Aspect
from analyzer.law.load import checklist
from analyzer.matching import untrained
from analyzer.matching.match import match, thresholds
from analyzer.matching.model import shipped
from analyzer.matching.untrained import judge_clause, likeness
from analyzer.model import Act, Clause, TitleBlock

LIST = checklist("pp-1678")
FORCE = checklist("local-act").requirement("акт-срок")
WHOLE = "Положение вступает в силу с 1 сентября 2026 года и действует до принятия нового."
PART = "Положение вступает в силу со дня подписания."
OTHER = "Дежурный учитель открывает гардероб в восемь часов утра."


def act(*texts: str, head: str = "") -> Act:
    clauses = tuple(
        Clause(f"1.{i}", f"1.{i}.", text, 2, False, 3, 100, 200) for i, text in enumerate(texts, 1)
    )
    return Act(TitleBlock(text=head), clauses)


def test_the_more_is_held_the_likelier():
    scores = [judge_clause(FORCE, text, "").score for text in (OTHER, PART, WHOLE)]
    assert scores == sorted(scores)
    assert scores[0] < untrained.THRESHOLD * 0.5 < untrained.THRESHOLD < scores[1]
    assert judge_clause(FORCE, WHOLE, "").full > 0.5 > judge_clause(FORCE, PART, "").full


def test_every_required_aspect_and_one_shared_word_pass_the_threshold():
    weights = untrained.BIAS + untrained.TOPIC + untrained.REQUIRED
    assert 1 / (1 + 2.718281828 ** -(weights + untrained.LIKENESS * 0.03)) > untrained.THRESHOLD
    assert 1 / (1 + 2.718281828**-weights) < untrained.THRESHOLD


def test_each_clause_of_a_long_act_is_cut_into_words_once(monkeypatch):
    forgetful = lru_cache(maxsize=8)(patterns.prepare.__wrapped__)
    monkeypatch.setattr(patterns, "prepare", forgetful)
    body = [f"Дежурный класса {number} поливает цветы в коридоре." for number in range(40)]
    match(act(*body), checklist("local-act"), shipped())
    assert forgetful.cache_info().misses == len(body) + 1  # and the empty heading


def test_heading_names_the_topic_but_settles_nothing():
    text, heading = "До утверждения новой редакции директором.", "Вступление документа в силу и действие"
    topic = FORCE.aspects[0].name
    assert topic not in judge_clause(FORCE, text, "").aspects
    heading_only = FORCE.model_copy(
        update={"aspects": [Aspect(name=topic, missing="нет", patterns=["вступление"]), *FORCE.aspects[1:]]}
    )
    assert topic in judge_clause(heading_only, text, heading).aspects
    assert judge_clause(heading_only, OTHER, heading).aspects == ()


@pytest.mark.parametrize(
    ("text", "least", "most"), [(FORCE.norm, 0.999, 1.001), (OTHER, 0.0, 0.1), ("", 0, 0), ("и в на", 0, 0)]
)
def test_likeness(text, least, most):
    assert least <= likeness(FORCE, text) <= most


def test_same_id_in_another_checklist_is_another_requirement():
    alien = LIST.requirements[0].model_copy(update={"id": "13.г"})
    other = checklist("local-act").model_copy(update={"requirements": [alien]})
    model = shipped()
    assert thresholds(other, model) == {"13.г": untrained.THRESHOLD}
    assert thresholds(LIST, model)["13.г"] == pytest.approx(model.thresholds[model.ids.index("13.г")])
    text = "Техническую помощь ученикам и учителям оказывает инженер школы по телефону в течение двух часов."
    assert [m for m in match(act(text), LIST, model) if m.requirement == "13.г" and m.score > 0.8]
    assert [m for m in match(act(text), other, model) if m.score > 0.5] == []


def test_new_requirement_of_the_trained_checklist_is_matched_too():
    grown = LIST.model_copy(update={"requirements": [*LIST.requirements, FORCE]})
    found = match(act(WHOLE), grown, shipped())
    assert {m.requirement for m in found if m.score >= untrained.THRESHOLD} == {FORCE.id}
    assert thresholds(grown, shipped())[FORCE.id] == untrained.THRESHOLD


def test_title_block_is_evidence_without_a_path():
    approval = checklist("local-act").requirement("акт-утверждение")
    item = checklist("local-act").model_copy(update={"requirements": [approval]})
    head = "ПОЛОЖЕНИЕ\nо библиотеке\nУТВЕРЖДЕНО\nприказом директора школы\nот 30.08.2026 № 112"
    (found,) = match(act(OTHER, head=head), item, shipped())
    assert (found.clause.path, found.clause.page, found.clause.end) == ("", 3, 100)
    assert found.full > 0.5
    assert "приказом директора" in found.quote
