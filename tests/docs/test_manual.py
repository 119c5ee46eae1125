"""``docs`` is what the code and the data say today: no page is missing, stale, or left over."""

import re

import pytest
from commands import EXAMPLES, anchor, commands, root, shown
from manual import DOCS, REGENERATE, pages, write
from markdown import linked, plain

from analyzer.law.load import checklist, checklist_names, rules
from analyzer.matching.model import shipped
from tests.reports.rule_words import rule_words

LISTS = [checklist(name) for name in checklist_names()]
REQUIREMENTS = [requirement for item in LISTS for requirement in item.requirements]
COMMANDS = list(commands())
PAGES = pages()


def flat(text: str) -> str:
    """Words alone: without the marks of Markdown, links and capitals of sentences."""
    text = re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", text)
    return " ".join(re.sub(r"[\\`]|^> ", "", text, flags=re.MULTILINE).casefold().split())


def test_pages_are_up_to_date():
    kept = {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")
    }
    stale = sorted(name for name in PAGES.keys() | kept.keys() if PAGES.get(name) != kept.get(name))
    assert not stale, f"docs отстали от кода и данных: {', '.join(stale[:5])}; создайте заново: {REGENERATE}"


def test_docs_hold_nothing_else():
    # The picture is taken by tests/e2e with the same switch.
    assert {path.name for path in DOCS.rglob("*") if path.is_file() and path.suffix != ".md"} == {"page.png"}


def test_writing_twice_gives_the_same_and_removes_what_is_left_over(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "OLD001.md").write_text("старое", encoding="utf-8")
    write(tmp_path)
    first = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    write(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.md")} == first
    assert len(first) == len(PAGES)
    assert not any(b"\r" in data for data in first.values())


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.id)
def test_every_requirement_has_its_page(requirement):
    page = flat(PAGES[f"requirements/{requirement.id}.md"])
    for part in (
        f"# {requirement.id} {requirement.title}",
        requirement.norm,
        requirement.source,
        requirement.why,
        requirement.template,
        requirement.example_good,
        requirement.example_bad,
        *(aspect.missing for aspect in requirement.aspects),
    ):
        assert flat(part) in page
    assert flat(f"| {requirement.id} | {requirement.title} |") in flat(PAGES["requirements/README.md"])


@pytest.mark.parametrize("rule", rules().rules, ids=lambda rule: rule.id)
def test_every_rule_has_its_page(rule):
    page = flat(PAGES[f"rules/{rule.id}.md"])
    for part in rule_words(rule):
        assert flat(part) in page
    assert ("## находит" in page) == any(case.finds for case in rule.cases)
    assert f"| [{rule.id}]({rule.id}.md) |" in PAGES["rules/README.md"]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_and_option_is_documented(path, command):
    section = PAGES["cli.md"].partition(f"\n## {anchor(path).replace('-', ' ')}\n")[2].partition("\n## ")[0]
    assert command.help in section
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, re.MULTILINE)
    written = [name for name, _ in rows]
    assert len(rows) == len(command.params)
    for parameter in command.params:
        for name in (*parameter.opts, *parameter.secondary_opts):
            word = name if name.startswith("-") else shown(parameter)
            assert any(word in row.replace("\\|", "|").split() for row in written), name
    assert all(words.strip() for _, words in rows), "параметр без пояснения"
    assert re.search("[а-яё]{4}", command.help)


def test_every_command_has_an_example_and_every_example_a_command():
    assert set(EXAMPLES) == {path for path, _ in COMMANDS}
    assert all(
        call.startswith(f"lna {' '.join(path)}") for path, calls in EXAMPLES.items() for call, _ in calls
    )


def test_commands_are_all_of_typer():
    top = {path[0] for path, _ in COMMANDS}
    assert top == set(root().commands)


def test_only_what_was_measured_has_figures():
    trained = {name for name in shipped().ids if checklist("pp-1678").requirement(name)}
    figures = {
        requirement.id
        for requirement in REQUIREMENTS
        if "точность 0," in PAGES[f"requirements/{requirement.id}.md"]
    }
    assert figures == trained


def test_file_names_are_safe_everywhere():
    assert [name for name in PAGES if re.search(r'[<>:"\\|?*\s]', name) or name.endswith(".")] == []
    assert len({name.casefold() for name in PAGES}) == len(PAGES)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("адрес: ___ и <имя>", r"адрес: \_\_\_ и \<имя\>"),
        ("см. `lna explain 5_а`\n и   дальше", "см. `lna explain 5_а` и дальше"),
        ("[ссылка] * | ~ #", r"\[ссылка\] \* \| \~ \#"),
    ],
)
def test_marks_of_markdown_are_taken_literally(text, escaped):
    assert plain(text) == escaped


def test_rules_and_options_inside_words_are_led_to():
    assert linked("находка SRV002/foreign, пока не назван --level", "r/") == (
        "находка [SRV002](r/SRV002.md)/foreign, пока не назван `--level`"
    )
    assert linked("`REF001` и `--as-of`", "r/") == "`REF001` и `--as-of`"
