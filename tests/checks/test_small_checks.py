"""SUB001, ACT001–ACT004, TXT001, READ001."""

from datetime import date

import pytest
from one_clause import act, clause, rules

from analyzer.checks.reading import check_reading
from analyzer.checks.requisites import check_requisites
from analyzer.checks.subject import check_subject, on_subject, subject_share
from analyzer.checks.text import check_text
from analyzer.law.load import checklist
from analyzer.model import Document, ReadingNote

LIST = checklist("pp-1678")
PLAIN = "Суп варят в школьной столовой до десяти часов утра."
OWN = "Уроки с применением дистанционных образовательных технологий идут по расписанию."


@pytest.mark.parametrize(
    ("title", "texts", "expected"),
    [
        ("Положение о применении дистанционных образовательных технологий", [PLAIN], True),
        ("Порядок электронного обучения", [PLAIN], True),
        ("Положение о школьной столовой", [PLAIN, PLAIN], False),
        ("Положение о школьной столовой", [OWN] * 5, True),
        (None, ["Настоящее Положение регулирует применение электронного обучения.", *[PLAIN] * 20], True),
        (None, [PLAIN], False),
        (None, [], False),
    ],
)
def test_subject(title, texts, expected):
    made = act(*texts, title=title)
    assert on_subject(made, LIST) is expected
    assert rules(check_subject(made, LIST)) == ([] if expected else [("SUB001", None)])


def test_share_is_weighed_by_length():
    assert subject_share(act(OWN, PLAIN), LIST) == pytest.approx(len(OWN) / (len(OWN) + len(PLAIN)))
    assert subject_share(act(), LIST) == 0.0


def test_finding_says_what_the_act_is_called():
    [finding] = check_subject(act(PLAIN, title="Положение о столовой"), LIST)
    assert (finding.severity, finding.quote) == ("warning", "Положение о столовой")
    assert LIST.subject.name in finding.message


COMPLETE = {
    "approved_on": date(2024, 9, 2),
    "approval_number": "5",
    "text": "ПРИНЯТО педагогическим советом, протокол № 1\nУчтено мнение совета обучающихся",
}


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"approved_on": None}, ["ACT001"]),
        ({"approval_number": None}, ["ACT002"]),
        ({"text": "Учтено мнение совета родителей"}, ["ACT003"]),
        ({"text": "ПРИНЯТО, протокол № 1"}, ["ACT004"]),
        ({"text": "Протокол № 1 управляющего совета"}, []),
        (dict.fromkeys(COMPLETE, None) | {"text": ""}, ["ACT001", "ACT002", "ACT003", "ACT004"]),
    ],
)
def test_requisites(change, missing):
    assert [rule for rule, _ in rules(check_requisites(act(PLAIN, **(COMPLETE | change))))] == missing


def test_councils_may_be_named_in_the_first_clauses():
    made = act("Принято с учётом мнения совета родителей, протокол № 2.", **(COMPLETE | {"text": ""}))
    assert check_requisites(made) == []


def test_requisites_are_quoted_even_without_any_text():
    assert all(finding.quote for finding in check_requisites(act()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("дистанционныx технологий", ["дистанционныx"]),
        ("oбучение и учитeль", ["oбучение", "учитeль"]),
        ("oбучение и снова oбучение", ["oбучение"]),
        ("обучение в IT-классе и VK-группе", []),
        ("Zoom и Сферум", []),
        ("онлайнDZ", []),
        ("", []),
    ],
)
def test_latin_letters_inside_words(text, words):
    found = check_text(act(text))
    assert [finding.message.rpartition(": ")[2] for finding in found] == ([", ".join(words)] if words else [])
    assert all((finding.rule, finding.severity, finding.quote) == ("TXT001", "note", words[0]) for finding in found)


def test_recognised_text_is_left_alone():
    assert check_text(act(clause("oбучение", ocr=True))) == []


def test_notes_of_the_reader_become_findings():
    notes = (ReadingNote("unread_pages", "страницы не прочитаны", "распознайте", (3, 4)), ReadingNote("macros", "есть макросы", "проверьте"))
    found = check_reading(Document("act.pdf", "0" * 64, "pdf", (), False, notes=notes))
    assert [(one.rule, one.severity, one.message, one.fix, one.page, one.quote) for one in found] == [
        ("READ001", "warning", "страницы не прочитаны", "распознайте", 3, "act.pdf"),
        ("READ001", "warning", "есть макросы", "проверьте", None, "act.pdf"),
    ]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (PLAIN, ["ACT005", "ACT006"]),
        ("Порядок вводится в действие с сентября и размещается на сайте.", []),
        ("Действует до утверждения нового Порядка.", ["ACT006"]),
        ("Порядок опубликован в сети «Интернет».", ["ACT005"]),
        ("Действие директора школы обсуждают в силу необходимости.", ["ACT005", "ACT006"]),
    ],
)
def test_force_and_place_on_the_site_are_notes_on_acts_not_on_letters(text, missing):
    found = check_requisites(act(text, title="Порядок", **COMPLETE))
    assert [(finding.rule, finding.severity) for finding in found] == [(rule, "note") for rule in missing]
    assert check_requisites(act(text, **COMPLETE)) == []
