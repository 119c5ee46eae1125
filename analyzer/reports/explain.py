"""A requirement or a rule for the person who mends the act: ``lna explain`` and the pages of ``docs``."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyzer.errors import LnaError
from analyzer.law.checklist import Checklist, Requirement
from analyzer.law.load import checklist, checklist_names, rules
from analyzer.law.rules import Rule
from analyzer.reports.words import SEVERITY, long_date, point_label

_WIDTH = 100
_NEAREST = 5
_CYRILLIC_LOOKALIKE = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_WORDING = {
    "high": "текст нормы сверен по нескольким источникам",
    "medium": "текст нормы известен не полностью или из одного источника: сверьте с официальным",
    "low": "текст нормы восстановлен по косвенным данным: обязательно сверьте с официальным",
}
_POINT = {
    "high": "номер пункта надёжен",
    "medium": "номер пункта, скорее всего, верен, но требует сверки",
    "low": "номер пункта не установлен",
}
_DUTY = {
    "determine": "школа должна решить сама: повторить норму мало",
    "ensure": "школа должна обеспечить",
    "inform": "школа должна известить",
    "use": "школа должна применять",
}
_LEVELS = {
    "ноо": "начальное общее",
    "ооо": "основное общее",
    "соо": "среднее общее",
    "доп": "дополнительное",
    "спо": "среднее профессиональное",
    "во": "высшее",
    "дпо": "дополнительное профессиональное",
    "по": "профессиональное обучение",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an explanation.

    Attributes:
        head: What it tells («Норма», «Как исправить»).
        lines: Paragraphs; those that begin with «— » are items of a list.
        quoted: Words of the norm or of an act that follow them.
    """

    head: str
    lines: tuple[str, ...] = ()
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is to be known of a requirement or a rule.

    Attributes:
        head: Its id and title.
        place: Where the norm stands; "" for a rule.
        sections: The rest, in order.
    """

    head: str
    place: str
    sections: tuple[Section, ...]


def explain_text(name: str) -> str:
    """What a requirement or rule is about.

    Args:
        name: Id or alias of a requirement of any shipped checklist, or id of a rule; case, spaces, quotes
            and «п.» do not matter.

    Raises:
        LnaError: ``unknown_id``: there is none; names the nearest.
    """
    wanted = _fold(name)
    checklists = [checklist(item) for item in checklist_names()]
    found = [
        explain_requirement(item, requirement)
        for item in checklists
        for requirement in item.requirements
        if wanted in map(_fold, (requirement.id, *requirement.aliases))
    ]
    found += [explain_rule(rule) for rule in rules().rules if _fold(rule.id) == wanted]
    if not found:
        raise _unknown(name, wanted, checklists)
    return "\n\n".join("\n".join(_printed(explanation)) for explanation in found)


def explain_requirement(item: Checklist, requirement: Requirement) -> Explanation:
    """The norm, its source, whom it binds, what the check looks for, how to mend the act."""
    certain = f"{_WORDING[requirement.wording_confidence]}; {_POINT[requirement.point_confidence]}"
    return Explanation(
        f"{requirement.id}  {requirement.title}",
        f"{point_label(item, requirement)}; чек-лист {item.id} версии {item.version}",
        (
            Section("Норма", quoted=requirement.norm),
            Section("Откуда известно", (requirement.source, certain)),
            Section("Кого и как связывает", tuple(_binding(item, requirement))),
            Section("Зачем", (requirement.why,)),
            Section("Что ищет проверка", tuple(_looked_for(requirement))),
            Section("Как исправить", ("Допишите пункт, заполнив пропуски:",), requirement.template),
            Section("Хорошо", quoted=requirement.example_good),
            Section("Плохо", quoted=requirement.example_bad),
        ),
    )


def explain_rule(rule: Rule) -> Explanation:
    """What a rule finds, why that matters, what it does not do, how to mend the act."""
    return Explanation(
        f"{rule.id}  {rule.title} ({SEVERITY[rule.severity]})",
        "",
        (
            Section("Что ищет проверка", (rule.finds,)),
            Section("Зачем", (rule.why,)),
            *([Section("Основание", (rule.basis,))] if rule.basis else []),
            Section("Чего не делает", (rule.limits,)),
            Section("Как исправить", (rule.fix,)),
            Section("Хорошо", quoted=rule.example_good),
            Section("Плохо", quoted=rule.example_bad),
        ),
    )


def _fold(name: str) -> str:
    """«п. 13, подп. «в»», «13В», «13.в» are one id; «RЕF001» with a Cyrillic letter is a rule."""
    folded = re.sub(r"\b(?:подпункт|пункт|подп|пп|п)\b\.?", "", name.casefold().replace("ё", "е"))
    folded = re.sub(r"[^\w]", "", folded)
    rule = folded.upper().translate(_CYRILLIC_LOOKALIKE)
    return rule if re.fullmatch(r"[A-Z]{3,5}\d{3}", rule) else folded


def _unknown(name: str, wanted: str, checklists: Iterable[Checklist]) -> LnaError:
    known = {_fold(rule.id): rule.id for rule in rules().rules}
    known |= {
        _fold(requirement.id): requirement.id for item in checklists for requirement in item.requirements
    }
    near = [known[match] for match in difflib.get_close_matches(wanted, known, _NEAREST, cutoff=0.5)]
    advice = f"похожие: {', '.join(near)}" if near else "список: lna checklist list, lna checklist show"
    return LnaError("unknown_id", f"требования или правила «{name}» нет", advice)


def _binding(item: Checklist, requirement: Requirement) -> Iterator[str]:
    yield _DUTY[requirement.duty]
    yield "программы: " + _levels(requirement.applies_to)
    if not set(item.levels) & set(requirement.applies_to):
        yield f"к уровням этого чек-листа ({_levels(item.levels)}) не применяется, пока их не назовёт --level"
    yield f"пропуск — {SEVERITY[requirement.severity]}"
    if requirement.effective_from:
        yield f"действует с {long_date(requirement.effective_from)}"
    if requirement.effective_until:
        yield f"не действует с {long_date(requirement.effective_until)}"
    if requirement.precondition:
        yield f"условие: {requirement.precondition.text}; без него требование не применяется"
    if requirement.elsewhere:
        yield f"может жить и в другом акте школы ({requirement.elsewhere.act}), если этот на него ссылается"


def _looked_for(requirement: Requirement) -> Iterator[str]:
    yield "пункт, который регулирует этот предмет; в нём:"
    for aspect in requirement.aspects:
        weight = "обязательно" if aspect.required else "желательно"
        yield f"— {aspect.name} ({weight}); если нет, отчёт скажет: «{aspect.missing}»"
    if requirement.deadline:
        yield f"срок не позже установленного: {requirement.deadline.text}; более короткий годится"
    for turn in requirement.incomplete:
        yield f"— частично и тогда, когда {turn.message}"
    for contradiction in requirement.contradictions:
        yield f"противоречие: {contradiction.message}"
    if requirement.contradicted_by:
        yield f"противоречие — и находка правила {', '.join(requirement.contradicted_by)}"


def _levels(names: Iterable[str]) -> str:
    return ", ".join(_LEVELS.get(name, name) for name in names)


def _printed(explanation: Explanation) -> Iterator[str]:
    yield from _wrap(explanation.head)
    yield from _wrap(explanation.place)
    for section in explanation.sections:
        yield ""
        yield section.head
        for paragraph in (*section.lines, section.quoted):
            yield from _wrap(paragraph, "  ")


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
