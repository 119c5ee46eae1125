"""Services named in a text, and what makes a clause a school's own."""

import pytest

from analyzer.language.concrete import service_mentions
from analyzer.language.patterns import prepare
from analyzer.law.load import services


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Уроки идут в «Сферуме» и в Zoom.", ["sferum", "zoom"]),
        ("группа в ватсапе", ["whatsapp"]),
        ("звонок вайбером", ["viber"]),
        ("скайпом не пользуемся", ["skype"]),
        ("WHATSAPP и Whatsapp", ["whatsapp", "whatsapp"]),
        ("Задания на доске", []),
        ("Родителям отправляется телеграмма.", []),
        ("Телеграммы школа не рассылает.", []),
        ("чат класса в телеграмме", ["telegram"]),
        ("канал Телеграмма и «Телеграм»", ["telegram", "telegram"]),
        ("вход на Госуслугах", ["gosuslugi"]),
        ("чат в ТГ", ["telegram"]),
        ("печать ставит ТГ", []),  # «чат» is no word of «печать»
        ("", []),
    ],
)
def test_services_are_found_in_their_cases(text, names):
    found = service_mentions(text)
    assert [mention.service.id for mention in found] == names
    assert all(text[mention.start : mention.end].strip("«»").isalnum() for mention in found)


@pytest.mark.parametrize("service", services().services, ids=lambda service: service.id)
def test_every_spelling_is_found(service):
    for spelling in service.spellings:
        beside = " ".join(spelling.context[:1])
        shown = spelling.text[0].upper() + spelling.text[1:] if spelling.capital else spelling.text
        found = service_mentions(f"Уроки идут через {shown} {beside}")
        assert service.id in {mention.service.id for mention in found}, spelling.text


def test_longest_name_wins():
    found = service_mentions("Skype for Business")
    assert [(mention.start, mention.end) for mention in found] == [(0, len("Skype for Business"))]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("в течение трёх рабочих дней", "трёх", {"срок"}),
        ("не позднее 1 мая", "мая", {"дата"}),
        ("отвечает завуч", "завуч", {"лицо"}),
        ("кабинет 12", "12", {"число", "адрес"}),
        ("урок 30 минут", "минут", {"время", "срок"}),
        ("школа ведёт журнал", "журнал", set()),
    ],
)
def test_classes(text, word, expected):
    prepared = prepare(text)
    [found] = [names for token, names in zip(prepared.tokens, prepared.classes, strict=True) if token.form == word.replace("ё", "е")]
    assert found == expected
