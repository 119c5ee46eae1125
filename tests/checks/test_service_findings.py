"""SRV001, SRV002: who forbids a messenger and who prescribes it."""

from datetime import date

import pytest
from one_clause import act, clause, rules

from analyzer.checks.services import check_services

DAY = date(2026, 11, 1)
SENTENCES = [
    # text, messengers that it allows or prescribes
    ("Задания учитель отправляет в группу класса в WhatsApp.", ["WhatsApp"]),
    ("Использовать WhatsApp, Viber и Telegram запрещается.", []),
    ("WhatsApp, Viber и Telegram не используются.", []),
    ("Viber не используется, а в Telegram учитель ведёт группу.", ["Telegram"]),
    ("Viber не используется, однако Telegram разрешён.", ["Telegram"]),
    ("Не используется WhatsApp, а также Viber.", []),
    ("Переписка в WhatsApp прекращена.", []),
    ("Группы, созданные в Viber, закрываются до 1 сентября.", []),
    ("Переписка в WhatsApp прекращается в 21:00.", ["WhatsApp"]),
    ("Не допускаются WhatsApp; Viber; Telegram.", []),
    ("Задания отправляются в WhatsApp. Viber не применяется.", ["WhatsApp"]),
    ("Viber не применяется. Задания отправляются в WhatsApp.", ["WhatsApp"]),
    ("Все мессенджеры, кроме Telegram, допускаются.", []),
    ("Иностранные мессенджеры, кроме Telegram, не допускаются.", ["Telegram"]),
    ("Использование WhatsApp не запрещается.", ["WhatsApp"]),
    ("Учителя используют «Сферум» взамен WhatsApp.", []),
    ("Вместо WhatsApp учитель использует «Сферум».", []),
    ("Вместо журнала учитель ведёт группу в WhatsApp.", ["WhatsApp"]),
    ("Уроки проводятся в «Сферуме», использование WhatsApp не допускается.", []),
    ("Учитель ведёт чат в Telegram и не размещает в нём оценки.", ["Telegram"]),
    ("Школа не допускает, чтобы дети общались в WhatsApp.", []),
    ("Школа общается через «Сферум», а не Telegram.", []),
    ("Школа общается через «Сферум», а не «Telegram».", []),
    ("Сообщения в Telegram не заменяют электронный журнал.", ["Telegram"]),
    ("Учитель не вправе требовать установки WhatsApp.", []),
    ("Для связи можно писать в Telegram.", ["Telegram"]),
    ("Родители отказались от WhatsApp.", []),
    ("Школа пользуется «Сферумом» в MAX.", []),
]


def messengers(text: str, **fields) -> list[str]:
    found = check_services(act(clause(text, **fields)), DAY)
    return [finding.message.rpartition(": ")[2] for finding in found if finding.rule == "SRV001"]


@pytest.mark.parametrize(("text", "allowed"), SENTENCES)
def test_messengers(text, allowed):
    assert messengers(text) == allowed


@pytest.mark.parametrize(
    ("lead", "text", "allowed"),
    [
        ("Запрещается использовать:", "WhatsApp;", []),
        ("Запрещается:", "вести группу в Telegram, в котором есть родители;", []),
        ("Не допускается, чтобы учитель:", "создавал группы в WhatsApp;", []),
        ("Учитель использует:", "WhatsApp;", ["WhatsApp"]),
    ],
)
def test_lead_in_decides_for_its_items(lead, text, allowed):
    assert messengers(text, lead=lead) == allowed


def test_a_messenger_is_told_once_a_clause_with_its_sentence():
    [finding] = check_services(act("Первое предложение пункта не о том. Пишем в Viber и снова в Viber."), DAY)
    assert finding.quote == "Пишем в Viber и снова в Viber."
    assert (finding.severity, finding.clause, finding.page) == ("error", "1.1", 1)
    assert "149-ФЗ" in finding.fix


def test_before_the_law_it_is_a_warning():
    [finding] = check_services(act("Задания учитель отправляет в группу класса в WhatsApp."), date(2020, 4, 1))
    assert (finding.rule, finding.severity) == ("SRV001", "warning")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Уроки проводятся в Zoom.", ["SRV002"]),
        ("Уроки в Zoom не проводятся, Zoom не используется.", []),
        ("Родители обязаны зарегистрироваться в «Сферуме».", ["SRV002"]),
        ("Родители по желанию регистрируются в «Сферуме».", []),
        ("Чат ведётся в «Сферуме» на базе VK Мессенджера.", ["SRV002"]),
        ("Чат ведётся в «Сферуме» в мессенджере MAX.", []),
        ("Чат перенесён из VK Мессенджера в MAX, там же «Сферум».", []),
    ],
)
def test_foreign_obliged_moved(text, found):
    assert [rule for rule, _ in rules(check_services(act(text), DAY))] == found


def test_move_is_told_only_after_its_day():
    text = "Чат ведётся в «Сферуме» на базе VK Мессенджера."
    assert check_services(act(text), date(2024, 9, 2)) == []
