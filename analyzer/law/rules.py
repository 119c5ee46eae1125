"""The catalogue of rules: what each check looks for, in words for the person who has to mend the act."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analyzer.law.checklist import Name, Strict, Text


class RuleCase(Strict):
    """A test of a rule: a little act and what the check must say about it.

    Attributes:
        text: The act as a text file: title, then clauses, a line each.
        finds: The rule has something to say.
        clause: Path of the clause that it must name.
        as_of: Day on which the law is looked at.
    """

    text: Text
    finds: bool
    clause: Name | None = None
    as_of: date = date(2026, 9, 1)

    @model_validator(mode="after")
    def _clause_of_a_finding(self) -> RuleCase:
        if self.clause is not None and not self.finds:
            raise ValueError("clause имеет смысл только при finds: true")
        return self


class Rule(Strict):
    """One rule of the checks.

    Attributes:
        id: ``REF001``.
        severity: Its usual severity; a single finding may be milder.
        title: What is wrong, in a few words.
        finds: What it looks for.
        why: Why it matters to the school.
        limits: What it does not do.
        fix: How to mend the act.
        basis: Ground in law, where there is one.
        example_good: Wording that passes.
        example_bad: Wording that does not.
        cases: Tests.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{3,5}\d{3}$")]
    severity: Literal["error", "warning", "note"]
    title: Name
    finds: Text
    why: Text
    limits: Text
    fix: Text
    basis: Name | None = None
    example_good: Text
    example_bad: Text
    cases: Annotated[tuple[RuleCase, ...], Field(max_length=60)] = ()


class Rules(Strict):
    """``checklists/rules.yaml``."""

    rules: Annotated[list[Rule], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _ids_once(self) -> Rules:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise ValueError(f"правило {rule.id} записано дважды")
            seen.add(rule.id)
        return self

    def get(self, rule_id: str) -> Rule | None:
        """The rule with that id, None if there is none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
