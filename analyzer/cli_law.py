"""``lna checklist`` and ``lna acts``: the law as data, shown and checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli_words import EXIT_WRONG, AsOf, RussianTyper

checklist_app = RussianTyper(help="Чек-листы: показать, проверить свой.")
acts_app = RussianTyper(help="Реестр нормативных актов и их судьба.")


@checklist_app.command("list")
def checklist_list() -> None:
    """Перечислить чек-листы."""
    from analyzer.law.load import checklist as load
    from analyzer.law.load import checklist_names

    for name in checklist_names():
        item = load(name)
        typer.echo(
            f"{item.id:<24} {len(item.requirements):>3} требований, версия {item.version}: {item.title}"
        )


@checklist_app.command("show")
def checklist_show(
    name: Annotated[str, typer.Argument(metavar="ID|PATH", help="Имя чек-листа или путь к файлу YAML.")],
) -> None:
    """Показать требования чек-листа."""
    from analyzer.law.load import checklist as load
    from analyzer.reports.words import point_label

    item = load(name)
    typer.echo(f"{item.title}\n")
    for requirement in item.requirements:
        typer.echo(f"{requirement.id:<6} {requirement.title}: {point_label(item, requirement)}")


@checklist_app.command("validate")
def checklist_validate(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Файл YAML.")],
) -> None:
    """Проверить свой чек-лист: поля, образцы, повторы."""
    from analyzer.checks.validate import problems

    found = problems(path)
    for line in found:
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(EXIT_WRONG)
    typer.echo("Чек-лист в порядке.")


@acts_app.command("find")
def acts_find(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Номер, дата или слова, в кавычках.")],
    as_of: AsOf = None,
) -> None:
    """Найти акт по номеру, дате или словам."""
    from analyzer.reports.acts import find_text

    typer.echo(find_text(query, as_of.date() if as_of else date.today()))


@acts_app.command("check")
def acts_check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Файл акта.", show_default=False)],
    as_of: AsOf = None,
) -> None:
    """Показать только ссылки документа на нормативные акты и судьбу этих актов."""
    from analyzer.citations import find_citations
    from analyzer.outline import outline as build
    from analyzer.reading.sandbox import read_isolated
    from analyzer.reports.citation_table import citations_text

    day = as_of.date() if as_of else date.today()
    document = read_isolated(Path(file))
    typer.echo(citations_text(document.name, find_citations(build(document), day), day))


@acts_app.command("show")
def acts_show(
    act_id: Annotated[str, typer.Argument(metavar="ID", help="Имя акта в реестре (его даёт lna acts find).")],
    as_of: AsOf = None,
) -> None:
    """Показать акт: реквизиты, судьба, источники."""
    from analyzer.reports.acts import show_text

    typer.echo(show_text(act_id, as_of.date() if as_of else date.today()))
