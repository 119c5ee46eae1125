"""``lna-ignore.yaml``: findings that a person has decided not to be told of, why, and until when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, model_validator

from analyzer.law.checklist import Name, Strict, Text

IGNORE_NAME = "lna-ignore.yaml"


class Ignored(Strict):
    """One decision.

    Attributes:
        file: Glob of the file's name (``Положение*.docx``); in an archive the name inside it counts too.
        rule: Rule of the findings (``REF001``) …
        requirement: … or requirement that they are about (``13.в``); both together narrow it down.
        clause: Only findings in this clause, as the report prints its path.
        reason: Why.
        person: Who decided.
        until: Last day of the decision; the law changes, and so do acts.
    """

    file: Name
    rule: Annotated[str, Field(pattern=r"^[A-Z]{3,5}\d{3}$")] | None = None
    requirement: Name | None = None
    clause: Name | None = None
    reason: Text
    person: Name
    until: dt.date

    @model_validator(mode="after")
    def _says_what(self) -> Ignored:
        if self.rule is None and self.requirement is None:
            raise ValueError("укажите rule (правило) или requirement (требование)")
        if self.rule == "IGN001":
            raise ValueError("замечание о самой записи скрыть нельзя: исправьте или удалите запись")
        return self


class IgnoreList(Strict):
    """The whole file."""

    ignore: Annotated[list[Ignored], Field(min_length=1, max_length=500)]
