"""What a checklist file may hold. The format is explained in ``checklists/README.md``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Confidence = Literal["high", "medium", "low"]
Text = Annotated[str, Field(min_length=3, max_length=6000)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Patterns = Annotated[list[Name], Field(min_length=1, max_length=80)]


class Strict(BaseModel):
    """A frozen model that refuses unknown fields, so that a typing error in a YAML file is told."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Aspect(Strict):
    """A part of a requirement that a clause holds or lacks: who, what, when, how.

    Attributes:
        name: What a person calls it («срок», «ответственный»).
        missing: What to say when it is not found («не указан срок»).
        patterns: Alternatives in the pattern language of ``analyzer/language/patterns.py``.
        required: Without it the requirement is only partly covered.
    """

    name: Name
    missing: Name
    patterns: Patterns
    required: bool = True


class Contradiction(Strict):
    """Wording that turns the norm round on a clause which regulates the requirement.

    Attributes:
        message: What is wrong, in Russian.
        any: The clause contradicts when one of these patterns is found …
        unless: … and none of these.
    """

    message: Text
    any: Patterns
    unless: list[Name] = []


class Deadline(Strict):
    """A term set by the norm: the act's own may be shorter, never longer.

    Attributes:
        month: With ``day``: the last calendar day of each year allowed.
        day: Day of the month.
        working_days: The longest number of working days allowed.
        text: The term as printed («1 мая», «10 рабочих дней»).
    """

    text: Name
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    working_days: int | None = Field(default=None, ge=1, le=365)

    @model_validator(mode="after")
    def _one_kind(self) -> Deadline:
        if (self.month is None) != (self.day is None) or (self.month is None) == (self.working_days is None):
            raise ValueError("задайте либо month и day, либо working_days")
        return self


class Precondition(Strict):
    """A fact without which the requirement binds nobody.

    Attributes:
        text: The condition in words («если применяется прокторинг»).
        unmet: Patterns by which an act says that the condition is not there.
    """

    text: Text
    unmet: Patterns


class Elsewhere(Strict):
    """Another local act in which the requirement may lawfully live.

    Attributes:
        act: Its usual name («положение о промежуточной аттестации»).
        patterns: Patterns by which a clause refers to it.
    """

    act: Name
    patterns: Patterns


class Case(Strict):
    """A test of the requirement: a clause and what must come out."""

    text: Text
    expect: Literal["covered", "partial", "restated", "contradicted", "none"]
    context: str = ""


class Requirement(Strict):
    """One requirement of a checklist; the attributes are explained in ``checklists/README.md``."""

    id: Annotated[str, Field(pattern=r"^[0-9a-zа-яё][0-9a-zа-яё.\-]{0,30}$")]
    title: Name
    point: Name | None = None
    point_confidence: Confidence
    norm: Text
    wording_confidence: Confidence
    source: Name
    effective_from: date | None = None
    effective_until: date | None = None
    applies_to: Annotated[list[Name], Field(min_length=1, max_length=20)]
    duty: Literal["determine", "ensure", "inform", "use"]
    severity: Literal["error", "warning", "note"] = "error"
    aspects: Annotated[list[Aspect], Field(min_length=1, max_length=12)]
    precondition: Precondition | None = None
    elsewhere: Elsewhere | None = None
    deadline: Deadline | None = None
    contradictions: list[Contradiction] = []
    contradicted_by: list[Name] = []
    incomplete: list[Contradiction] = []
    why: Text
    example_good: Text
    example_bad: Text
    template: Text
    aliases: list[Name] = []
    cases: Annotated[list[Case], Field(max_length=40)] = []

    def in_force(self, day: date) -> bool:
        """True when the requirement binds on ``day``."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_until is None or day < self.effective_until
        )


class Subject(Strict):
    """How to tell that an act is about the checklist's subject at all.

    Attributes:
        name: «электронное обучение и дистанционные образовательные технологии».
        title: Patterns that in a title settle it.
        vocabulary: Patterns whose share of clauses tells it.
        share: Least share of clauses (0 to 1) that hold a word of the vocabulary.
    """

    name: Name
    title: Patterns
    vocabulary: Patterns
    share: float = Field(gt=0, lt=1)


class Checklist(Strict):
    """A checklist: an act of the state broken into requirements.

    Attributes:
        applies: When it is used without being asked for: ``always``; ``title``: when the title of the act is
            about its subject, and the act about that of no list that always applies; ``asked``: never.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]{1,40}$")]
    version: Name
    title: Name
    short: Name
    act: Name
    cite: bool = False
    applies: Literal["always", "title", "asked"] = "asked"
    levels: Annotated[list[Name], Field(min_length=1, max_length=20)]
    subject: Subject
    disclaimer: Text
    requirements: Annotated[list[Requirement], Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _ids_once(self) -> Checklist:
        seen: set[str] = set()
        for requirement in self.requirements:
            if requirement.id in seen:
                raise ValueError(f"требование {requirement.id} записано дважды")
            seen.add(requirement.id)
        return self

    def requirement(self, requirement_id: str) -> Requirement | None:
        """The requirement with that id or alias, None if there is none."""
        for requirement in self.requirements:
            if requirement_id == requirement.id or requirement_id in requirement.aliases:
                return requirement
        return None
