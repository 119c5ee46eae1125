"""How a message prints a registered act."""

from __future__ import annotations

from functools import cache

from analyzer.dates import in_words
from analyzer.law.citation_tables import Printed
from analyzer.law.load import citation_tables
from analyzer.law.registry import RegisteredAct

_SHORT_TITLE = 160


def act_name(act: RegisteredAct, *, title: bool = False, by: bool = False) -> str:
    """«постановление Правительства РФ от 11 октября 2023 г. № 1678».

    Args:
        act: The entry.
        title: Add the title in quotation marks.
        by: In the instrumental («постановлением …»).
    """
    if act.type == "code":
        return act.title
    if act.type == "sanitary_rules" and not by:
        return act.title if title else act.title.split(" «")[0].split(" (")[0]
    printed = _printed()[act.type]
    issuer = "" if act.type in {"federal_law", "law"} else f" {genitive(act.issuer)}"
    name = f"{printed.by if by else printed.name}{issuer} от {in_words(act.date)} № {act.number}"
    return f"{name} «{_shortened(act.title)}»" if title else name


def genitive(issuer: str) -> str:
    """«Правительство РФ» → «Правительства РФ»; joint issuers each."""
    return ", ".join(_genitives().get(name, name) for name in issuer.split(", "))


def _shortened(title: str) -> str:
    if len(title) <= _SHORT_TITLE:
        return title
    return title[:_SHORT_TITLE].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


@cache
def _printed() -> dict[str, Printed]:
    return {printed.type: printed for printed in citation_tables().printed}


@cache
def _genitives() -> dict[str, str]:
    return {issuer.name: issuer.genitive for issuer in citation_tables().issuers if issuer.genitive}
