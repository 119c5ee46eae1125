"""Services and the rules of law about them."""

from datetime import date

import pytest
from pydantic import ValidationError

from analyzer.law.load import registry, services
from analyzer.law.services import Services

# The nine names of Roskomnadzor's list of 01.03.2023.
LISTED = {
    "discord", "microsoft-teams", "skype-business", "snapchat", "telegram", "threema", "viber", "whatsapp",
    "wechat",
}  # fmt: skip


def test_errors_are_the_listed_messengers_and_no_others():
    assert {service.id for service in services().services if service.verdict == "error"} == LISTED
    assert {service.id for service in services().services if service.listed} == LISTED


@pytest.mark.parametrize(
    ("service_id", "verdict", "origin"),
    [
        ("skype", "warning", "foreign"),
        ("zoom", "warning", "foreign"),
        ("moodle", "warning", "foreign"),
        ("max", "ok", "ru"),
        ("sferum", "ok", "ru"),
        ("my-school", "ok", "ru"),
    ],
)
def test_verdicts(service_id, verdict, origin):
    service = services().get(service_id)
    assert service is not None
    assert (service.verdict, service.origin) == (verdict, origin)


def test_words_of_everyday_language_need_a_capital_or_a_context():
    everyday = {"макс", "зум", "линк", "толк", "сигнал", "миро", "тимс", "max", "моя школа", "teams"}
    found = {
        spelling.text.casefold(): spelling.capital or bool(spelling.context)
        for service in services().services
        for spelling in service.spellings
        if spelling.text.casefold() in everyday
    }
    assert found == dict.fromkeys(everyday, True)


def test_max_is_spelled_in_both_alphabets():
    service = services().get("max")
    assert service is not None
    assert {"MAX", "МАХ"} <= {spelling.text for spelling in service.spellings}


def test_rules_come_in_order_of_time_and_name_registered_acts():
    law = services().law
    assert [rule.since for rule in law] == sorted(rule.since for rule in law)
    assert all(registry().get(rule.act_id) for rule in law if rule.act_id)
    assert len(services().law_on(date(2023, 3, 1))) == 2
    assert services().law_on(date(2022, 12, 31)) == ()


def service(service_id, *spellings, **more):
    return {
        "id": service_id, "name": "Имя", "spellings": list(spellings), "kind": "messenger",
        "origin": "foreign", "verdict": "warning", "note": "Пример.", "confidence": "low",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([service("aa", "X"), service("aa", "Y")], "записан дважды"),
        ([service("aa", "Chat"), service("bb", "chat")], "написание «chat»"),
        ([service("aa", "X", origin="ru", verdict="error")], "не может иметь verdict: error"),
        ([service("aa", "X", listed=True)], "должен иметь verdict: error"),
    ],
)
def test_wrong_services_are_refused(entries, told):
    with pytest.raises(ValidationError, match=told):
        Services.model_validate({"as_of": "2026-01-01", "law": [], "services": entries})
