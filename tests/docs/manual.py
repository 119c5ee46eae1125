"""The pages of ``docs``: every requirement, every rule, every command, from the YAML and the code that they are made of.

Nothing here is written twice: the words of requirements and rules are those of ``lna explain``, those of commands are
those of ``lna --help``. The pages hold no date: the same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from commands import cli_page
from markdown import link, linked, plain, quoted, table

from analyzer.law.checklist import Checklist, Requirement
from analyzer.law.load import checklist, checklist_names, rules
from analyzer.law.rules import Rule, RuleCase
from analyzer.matching.model import shipped
from analyzer.matching.score import Score
from analyzer.reports.explain import Explanation, Section, explain_requirement, explain_rule
from analyzer.reports.words import SEVERITY, long_date, plural, point_label
from analyzer.ui.measured import Measured, measured

DOCS = Path(__file__).parents[2] / "docs"
REGENERATE = "uv run pytest tests/docs --regenerate"
_LIST = "— "
_APPLIES = {
    "always": "применяется, когда не выбран другой",
    "title": "применяется, когда о его предмете говорит название акта, и с `--checklist {}`",
    "asked": "применяется с `--checklist {}`",
}


def pages() -> dict[str, str]:
    """Every page: path below ``docs`` → text."""
    lists = sorted(map(checklist, checklist_names()), key=lambda item: (item.applies != "always", item.id))
    made = {
        "README.md": _front(lists),
        "cli.md": cli_page(),
        "requirements/README.md": _requirements_index(lists),
        "rules/README.md": _rules_index(),
        **{f"rules/{rule.id}.md": _rule_page(rule) for rule in rules().rules},
    }
    for item in lists:
        for requirement in item.requirements:
            made[f"requirements/{requirement.id}.md"] = _requirement_page(item, requirement)
    return {path: text.rstrip() + "\n" for path, text in made.items()}


def write(folder: Path = DOCS) -> None:
    """Writes every page and removes those that nothing makes any more."""
    made = pages()
    for path in folder.rglob("*.md"):
        if path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _front(lists: Sequence[Checklist]) -> str:
    requirements = sum(len(item.requirements) for item in lists)
    return "\n\n".join(
        (
            "# Документация lna",
            "Эти страницы созданы из кода и данных программы; руками их не правят. "
            f"Создать заново: `{REGENERATE}`. Что это за программа и с чего начать — в [README](../README.md), "
            "как её менять — в [CONTRIBUTING](../CONTRIBUTING.md).",
            table(
                ("раздел", "что в нём"),
                (
                    (link("Команды", "cli.md"), "каждая команда `lna`: аргументы, параметры, значения по умолчанию, "
                     "коды возврата, примеры"),
                    (link("Требования", "requirements/README.md"), f"{plural(requirements, 'требование', 'требования', 'требований')} "
                     f"из {plural(len(lists), 'чек-листа', 'чек-листов', 'чек-листов')}: норма, её источник и надёжность, "
                     "что ищет проверка, готовая формулировка, измеренное качество"),
                    (link("Правила", "rules/README.md"), f"{plural(len(rules().rules), 'правило', 'правила', 'правил')} остальных "
                     "проверок: что находят, зачем, чего не делают, как исправить"),
                    ("[Чек-листы](../checklists/README.md)", "формат YAML: как записаны требования, акты, сервисы"),
                    ("[Корпус](../corpus/README.md) и [качество](../corpus/QUALITY.md)", "на чём обучена модель и как она измерена"),
                ),
            ),
            "То же в терминале: `lna explain 13.в`, `lna explain REF001`, `lna audit --help`.",
        )
    )  # fmt: skip


def _requirements_index(lists: Sequence[Checklist]) -> str:
    parts = ["# Требования", "Требование — то, что норма велит акту. По каждому программа говорит: урегулировано, частично, "
             "не найдено, противоречит, не применимо."]  # fmt: skip
    for item in lists:
        asked = _APPLIES[item.applies].format(item.id)
        parts += [
            f"## {item.id}",
            f"{plain(item.title)}. Версия {item.version}, {asked}.",
            plain(item.disclaimer),
            table(
                ("id", "требование", "где норма", "пропуск"),
                (
                    (
                        link(requirement.id, f"{requirement.id}.md"),
                        plain(requirement.title),
                        plain(point_label(item, requirement)),
                        SEVERITY[requirement.severity],
                    )
                    for requirement in item.requirements
                ),
            ),
        ]
    return "\n\n".join(parts)


def _rules_index() -> str:
    rows = (
        (link(rule.id, f"{rule.id}.md"), SEVERITY[rule.severity], plain(rule.title)) for rule in rules().rules
    )
    return "\n\n".join(
        (
            "# Правила",
            "Правило находит в акте то, что нужно исправить или посмотреть самому. Тяжесть — обычная: отдельная находка "
            "бывает мягче. Решение «не показывать» записывают в `lna-ignore.yaml`: "
            "[формат](../../checklists/README.md#решения-не-показывать-lna-ignoreyaml).",
            table(("правило", "тяжесть", "находит"), rows),
        )
    )


def _requirement_page(item: Checklist, requirement: Requirement) -> str:
    return "\n\n".join(
        (
            *_explained(explain_requirement(item, requirement)),
            "## Насколько этому верить",
            *_trust(item, requirement),
            _made_of(f"checklists/{item.id}.yaml", requirement.id, "Все требования"),
        )
    )


def _rule_page(rule: Rule) -> str:
    parts = list(_explained(explain_rule(rule)))
    for finds, head in ((True, "Находит"), (False, "Не находит")):
        case = next((case for case in rule.cases if case.finds is finds), None)
        if case is not None:
            parts += _case(head, case)
    parts.append(_made_of("checklists/rules.yaml", rule.id, "Все правила"))
    return "\n\n".join(parts)


def _explained(explanation: Explanation) -> Iterator[str]:
    yield f"# {plain(explanation.head)}"
    if explanation.place:
        yield plain(explanation.place)
    for section in explanation.sections:
        yield f"## {section.head}"
        yield from _paragraphs(section)


def _paragraphs(section: Section) -> Iterator[str]:
    items: list[str] = []
    for line in section.lines:
        text = linked(line.removeprefix(_LIST), "../rules/")
        if line.startswith(_LIST):
            items.append(f"- {text}")
            continue
        yield from _items(items)
        yield _sentence(text)
    yield from _items(items)
    if section.quoted:
        yield quoted(section.quoted)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".:;!?…" else ".")


def _items(items: list[str]) -> Iterator[str]:
    if items:
        yield "\n".join(items)
        items.clear()


def _trust(item: Checklist, requirement: Requirement) -> Iterator[str]:
    """Measured figures where the model was trained on the requirement, else how it is recognised."""
    figures = measured()
    row = _row(figures, requirement.id) if isinstance(figures, Measured) and _is_trained(item) else None
    if row is None:
        cases = plural(len(requirement.cases), "пункт", "пункта", "пунктов")
        yield (
            "Модель на этом требовании не обучена: пункты узнаются по образцам слов из чек-листа и по сходству с нормой. "
            f"Это подсказка, а не измерение; образцы проверены на примерах чек-листа ({cases})."
        )
        return
    yield (
        f"На авторах, которых модель не видела, найдено {row.found} из {row.total} пунктов об этом требовании, ложных {row.false}: "
        f"точность {_share(row.precision)}, полнота {_share(row.recall)}. "
        "Как измерено — в [QUALITY.md](../../corpus/QUALITY.md)."
    )


def _is_trained(item: Checklist) -> bool:
    return item.id == shipped().meta.get("checklist", "pp-1678")


def _row(figures: Measured, name: str) -> Score | None:
    return next((row for row in figures.requirements if row.id == name), None)


def _share(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _case(head: str, case: RuleCase) -> list[str]:
    where = f" в пункте {case.clause}" if case.clause else ""
    return [f"## {head}{where}", f"Право на {long_date(case.as_of)}", f"```text\n{case.text.strip()}\n```"]


def _made_of(source: str, name: str, index: str) -> str:
    return f"---\n\n{link(index, 'README.md')}. Страница создана из [{source}](../../{source}); в терминале: `lna explain {name}`."
