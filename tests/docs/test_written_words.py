"""What people read in README, CONTRIBUTING, CHANGELOG and docs: links lead somewhere, commands exist as written."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from commands import root
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typer.exceptions import TyperException

ROOT = Path(__file__).parents[2]
WRITTEN = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *(path for folder in ("docs", "checklists", "corpus") for path in (ROOT / folder).rglob("*.md")),
    ]
)
NAMES = [path.relative_to(ROOT).as_posix() for path in WRITTEN]
MANUAL = [name for name in NAMES if name.startswith("docs/")]


@cache
def tokens(path: Path) -> tuple[Token, ...]:
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8")):
        found += [token, *(token.children or [])]
    return tuple(found)


def targets(path: Path) -> set[str]:
    """Relative addresses of links and pictures."""
    written = {str(token.attrs.get("href") or token.attrs.get("src") or "") for token in tokens(path)}
    return {target for target in written if target and not re.match(r"[a-z]+:", target)}


def anchors(path: Path) -> set[str]:
    """Anchors of the headings, as GitHub makes them."""
    every = tokens(path)
    words = [every[index + 1].content for index, token in enumerate(every) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in words}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name):
    path, lost = ROOT / name, []
    for target in targets(path):
        file, _, place = unquote(target).partition("#")
        found = (path.parent / file).resolve() if file else path
        if not found.exists() or not found.is_relative_to(ROOT) or (place and place not in anchors(found)):
            lost.append(target)
    assert lost == []


def calls(path: Path) -> Iterator[str]:
    """Every ``lna …`` of the code blocks and of ``code`` in the text."""
    for token in tokens(path):
        if token.type == "fence" and token.info in {"console", "bash", "sh"}:
            lines = token.content.replace("\\\n", " ").splitlines()
            yield from (call for line in lines for call in of_a_line(line))
        elif token.type == "code_block":
            yield from (call for line in token.content.splitlines() for call in of_a_line(line))
        elif token.type == "code_inline":
            yield from of_a_line(token.content.replace("\\|", "|"))


def of_a_line(line: str) -> list[str]:
    """Calls of ``lna`` in a line of the shell: behind ``$``, ``uv run``, ``&&``; comments and redirections left out."""
    line = re.sub(r"(^|\s)#\s.*", "", line.strip().removeprefix("$ "))
    parts = re.split(r"\s(?:&&|\|\||[|;>])\s|;\s", line)
    bare = [re.sub(r"^(?:uv run (?:--no-sync )?|\S*/bin/)", "", part.strip()) for part in parts]
    return [part for part in bare if re.match(r"lna\s+\S", part)]


def problem(call: str) -> str | None:
    """What ``lna`` would say against the words of a call; values are not looked at."""
    words, command, path = shlex.split(call)[1:], root(), ["lna"]
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        name, *rest = words[0].split("|")  # «list|show»: each of them
        unknown = [word for word in (name, *rest) if word not in command.commands]
        if unknown:
            return f"команды {' '.join(path)} {unknown[0]} нет"
        command, words = command.commands[name], words[1:]
        path.append(name)
    if words and words[-1].startswith("-"):
        words.append("…")  # a text may name an option without its value
    try:
        command.make_parser(command.context_class(command, info_name=" ".join(path))).parse_args(args=words)
    except TyperException as error:
        return str(error)
    return None


@pytest.mark.parametrize("name", NAMES)
def test_commands_exist_as_written(name):
    wrong = {call: why for call in calls(ROOT / name) if (why := problem(call))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("call", "fine"),
    [
        ("lna audit a.pdf --report DIR --as-of 2026-01-01", True),
        ("lna audit a.pdf --raport DIR", False),
        ("lna audit --report", True),
        ("lna checklist list|show|validate", True),
        ("lna checklist list|delete", False),
        ("lna acts look", False),
        ("lna --help", True),
        ("lna district … --no-letters", True),
        ("lna journal list a.sqlite --overdue", True),
        ("lna journal list a.sqlite --late", False),
    ],
)
def test_wrong_calls_are_told_apart(call, fine):
    assert (problem(call) is None) is fine


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("$ uv run lna audit a.pdf   # всё", ["lna audit a.pdf"]),
        ("uv sync && uv run --no-sync lna serve", ["lna serve"]),
        ("cat a | lna classify - > b", ["lna classify -"]),
        ("lna audit --format text|json", ["lna audit --format text|json"]),
        ("lna", []),
        ("lna-ignore.yaml", []),
    ],
)
def test_calls_are_found_in_a_line(line, found):
    assert of_a_line(line) == found


def test_the_texts_hold_links_and_calls_at_all():
    assert sum(len(targets(path)) for path in WRITTEN) > len(MANUAL)
    assert sum(len(list(calls(path))) for path in WRITTEN) > len(MANUAL)


def test_every_page_of_the_manual_is_reached_from_its_front():
    seen: set[Path] = set()
    ahead = [ROOT / "docs" / "README.md"]
    while ahead:
        path = ahead.pop()
        if path in seen or path.suffix != ".md" or not path.is_relative_to(ROOT / "docs"):
            continue
        seen.add(path)
        ahead += [(path.parent / unquote(target).partition("#")[0]).resolve() for target in targets(path)]
    assert seen == set((ROOT / "docs").rglob("*.md"))
