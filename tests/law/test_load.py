"""Files that somebody else wrote: each mistake is told with its line, field and a cure."""

import textwrap
import time

import pytest

from analyzer.errors import DataError
from analyzer.law import load
from analyzer.law.yaml_file import MAX_ALIASES, MAX_BYTES, MAX_DEPTH

GOOD = textwrap.dedent("""\
    id: tiny
    version: "1"
    short: Мои правила
    title: Маленький чек-лист
    act: pp-1678-2023
    levels: [ооо]
    subject:
      name: питание
      title: [питание]
      vocabulary: [столовая]
      share: 0.2
    disclaimer: Только для примера.
    requirements:
      - id: "1"
        title: Меню
        point_confidence: high
        norm: Школа публикует меню.
        wording_confidence: high
        source: пример
        applies_to: [ооо]
        duty: inform
        aspects:
          - name: меню
            missing: меню не названо
            patterns: [меню]
        why: Чтобы знать.
        example_good: Меню на сайте.
        example_bad: Меню есть.
        template: Меню размещает ___.
    """)


@pytest.fixture
def written(tmp_path):
    def write(text, name="own.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_own_checklist_is_read_by_path_and_again_after_an_edit(written):
    path = written(GOOD)
    assert load.checklist(path).title == "Маленький чек-лист"
    assert load.checklist(str(path)) is load.checklist(path)
    written(GOOD.replace("Маленький", "Другой"))
    assert load.checklist(path).title == "Другой чек-лист"


MISTAKES = [
    ("duty: inform", "duty: informs", "строка 21, поле requirements[1].duty (1): допустимо только"),
    ("title: Меню", "titel: Меню", "поле requirements[1].title (1): обязательное поле не заполнено"),
    ('version: "1"', "version: 1.5", "строка 2, поле version: нужен текст; число или дату"),
    ("share: 0.2", "share: 2", "строка 11, поле subject.share: число должно быть меньше 1"),
    ("levels: [ооо]", "levels: []", "строка 6, поле levels: в списке меньше 1 значений"),
    ("patterns: [меню]", "patterns: меню", "поле requirements[1].aspects[1].patterns (1): нужен список"),
    ("act: pp", "extra: 1\nact: pp", "строка 5, поле extra: такого поля нет"),
    ("duty: inform", "duty: inform\n    effective_from: завтра", "нужна дата вида 2024-09-01"),
    ("duty: inform", "duty: inform\n    deadline: {text: год}", "задайте либо month и day"),
    ("levels:", "title: Второй\nlevels:", "строка 6: поле title записано дважды"),
    ("share: 0.2", "share: 0.2\n oops", "это не YAML"),
]


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES)
def test_mistake_is_told_with_file_line_and_field(written, old, new, told):
    path = written(GOOD.replace(old, new, 1))
    with pytest.raises(DataError) as caught:
        load.checklist(path)
    assert caught.value.message.startswith("own.yaml, строка ")
    assert told in caught.value.message
    assert caught.value.advice


def test_every_problem_of_a_checklist_is_listed(written):
    path = written(GOOD.replace("duty: inform", "duty: x").replace("share: 0.2", "share: 3"))
    assert len(load.checklist_problems(path)) == 2
    assert load.checklist_problems(written(GOOD)) == ()
    assert load.checklist_problems(written("")) == ("own.yaml, строка 1: файл пуст",)


BOMBS = [
    ("a: &a [x]\nb: [" + "*a, " * (MAX_ALIASES + 1) + "]", "число ссылок"),
    ("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "вложенность"),
    ("[" * 300_000, "это не YAML|вложенность"),
    ("- " * 200_000 + "a", "это не YAML|вложенность"),
    ("a: [" + "1," * 150_000 + "]", "число значений"),
    (b"a" * (MAX_BYTES + 1), "больше 1 МБ"),
    ("ключ: значение".encode("cp1251"), "не в кодировке UTF-8"),
    ("a: !!python/object/apply:os.getcwd []", "это не YAML"),
    ("a: 2024-02-31", "невозможная дата"),
    ("a: \x00", "недопустимый символ|это не YAML"),
    ("- просто\n- список", "файл целиком: нужны поля"),
]


@pytest.mark.parametrize(("text", "told"), BOMBS)
def test_hostile_file_is_refused_at_once(written, text, told):
    begun = time.monotonic()
    with pytest.raises(DataError, match=told):
        load.checklist(written(text))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("name", "code"), [("no-such-list", "checklist_unknown"), ("../../etc/passwd.yaml", "data_absent")]
)
def test_unknown_checklist(name, code):
    with pytest.raises(DataError) as caught:
        load.checklist(name)
    assert caught.value.code == code


def test_unknown_checklist_names_those_that_exist():
    with pytest.raises(DataError, match="pp-1678"):
        load.checklist("pp-9999")
