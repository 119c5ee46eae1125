"""Vocabulary of law that no longer stands: what ``checklists/terms.yaml`` may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from analyzer.law.checklist import Confidence, Name, Strict, Text

Phrases = Annotated[list[Name], Field(min_length=1, max_length=40)]


class Term(Strict):
    """An expression of former law.

    Attributes:
        name: As told to people.
        phrases: Its writings; words side by side, in any form; ``*`` stands for any ending.
        instead: What the law in force says.
        why: Where the old word comes from and why it misleads.
        source: Where that is known from.
        confidence: How sure it is.
        unless_before: Words that, standing just before it, make it right.
        names_school: It may be a part of the school's official name and is right there.
        beside: Only told when the act also uses one of these: two words for one thing.
    """

    name: Name
    phrases: Phrases
    instead: Name
    why: Text
    source: Name
    confidence: Confidence
    unless_before: tuple[Name, ...] = ()
    names_school: bool = False
    beside: tuple[Name, ...] = ()


class OfficialName(Strict):
    """Signs by which a phrase is a part of a school's official name.

    Attributes:
        before: Words met on the way back from the phrase …
        after: … and words or signs met on the way forward, of which one is enough.
        between: Words that may stand on either way, capitalised words aside; any other word ends it.
    """

    before: Phrases
    after: Phrases
    between: Annotated[list[Name], Field(min_length=1, max_length=100)]


class Terms(Strict):
    """The whole file."""

    official_name: OfficialName
    terms: Annotated[list[Term], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _names_once(self) -> Terms:
        seen: set[str] = set()
        for term in self.terms:
            if term.name in seen:
                raise ValueError(f"выражение «{term.name}» записано дважды")
            seen.add(term.name)
        return self
