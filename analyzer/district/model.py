"""What the papers about a district say: one model behind the workbook, the page and the letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analyzer.model import Severity, Status
from analyzer.reports.content import Field

SchoolStatus = Status | Literal["no_act"]
"""As for an act; ``no_act``: the school handed in no act on the subject, so nothing can be said."""


@dataclass(frozen=True, slots=True)
class Column:
    """A requirement: a column of the matrix.

    Attributes:
        key: ``pp-1678/13.в``.
        id: ``13.в``.
        title: Its title.
        source: Where the norm stands, as printed.
        norm: Its words.
        template: A wording to be filled in.
        severity: How much its absence weighs.
    """

    key: str
    id: str
    title: str
    source: str
    norm: str
    template: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Cell:
    """What a school does about a requirement, all its acts together.

    Attributes:
        status: The school's status.
        act: Path of the act that decides it, or "".
        place: Where in that act («п. 3.4, с. 2»), or "".
        quote: Words of the act, or "".
        remark: What is lacking, that the norm is only repeated, that a person must look.
        review: A person must decide.
    """

    status: SchoolStatus
    act: str = ""
    place: str = ""
    quote: str = ""
    remark: str = ""
    review: bool = False


@dataclass(frozen=True, slots=True)
class ActRow:
    """A file of a school.

    Attributes:
        path: Its path in the source.
        state: ``audited``, ``failed``, ``skipped``.
        reason: Why there is no result, or "".
        title: Title of the act, or the file's name.
        approval: Date and number, or "".
        on_subject: About the subject of the checklists.
        errors: Errors apart from missing requirements: those are counted for the school as a whole.
        warnings: Warnings, likewise.
    """

    path: str
    state: str
    reason: str = ""
    title: str = ""
    approval: str = ""
    on_subject: bool = False
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding that does not belong to a requirement.

    Attributes:
        act: Path of the act.
        rule: ``REF001``.
        severity: How much it weighs.
        message: What was found.
        place: Where, or "".
        quote: Words of the act, or "".
        fix: How to mend it.
        fingerprint: The same for the same finding in every run.
    """

    act: str
    rule: str
    severity: Severity
    message: str
    place: str
    quote: str
    fix: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class School:
    """A school with everything that is known of it.

    Attributes:
        name: Its name, as the folder or the manifest has it.
        municipality: Its municipality, or "".
        acts: Its files.
        cells: Requirement to status.
        indicators: Indicators that its acts give a footing for.
    """

    name: str
    municipality: str
    acts: tuple[ActRow, ...]
    cells: Mapping[str, Cell]
    indicators: frozenset[str]

    @property
    def on_subject(self) -> int:
        """Number of acts about the subject."""
        return sum(act.on_subject for act in self.acts)

    @property
    def errors(self) -> int:
        """Errors in the acts, missing requirements not counted."""
        return sum(act.errors for act in self.acts)

    def count(self, *statuses: SchoolStatus) -> int:
        """Requirements with one of the statuses."""
        return sum(cell.status in statuses for cell in self.cells.values())

    @property
    def share(self) -> float:
        """Share of the requirements that bind the school and are regulated: 0 to 1."""
        bound = len(self.cells) - self.count("not_applicable")
        return self.count("covered") / bound if bound else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """Schools by status: of a requirement, or of a municipality's requirements all together."""

    name: str
    counts: Mapping[str, int]

    @property
    def bound(self) -> int:
        """Cases in which the requirement applies."""
        return sum(count for status, count in self.counts.items() if status != "not_applicable")

    def part(self, status: str) -> float:
        """Share of a status among those: 0 to 1."""
        return self.counts.get(status, 0) / self.bound if self.bound else 0.0


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: its schools and their requirements all together."""

    name: str
    schools: int
    without_act: int
    share: Share


@dataclass(frozen=True, slots=True)
class Footing:
    """An indicator and the schools whose acts give a footing for it."""

    id: str
    title: str
    counts: str
    schools: int


@dataclass(frozen=True, slots=True)
class Obsolete:
    """An act that no longer stands, and who cites it.

    Attributes:
        act_id: Its entry in the registry.
        name: Its name.
        fate: What became of it.
        successor: What to cite instead, or "".
        citations: How often it is cited.
        schools: How many schools cite it.
    """

    act_id: str
    name: str
    fate: str
    successor: str
    citations: int
    schools: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Acts that were copied from one template: pairs of school and path."""

    acts: tuple[tuple[str, str], ...]

    @property
    def schools(self) -> int:
        """Schools among them."""
        return len({school for school, _ in self.acts})


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about a run.

    Attributes:
        source: What was audited.
        as_of: Date on which the law was looked at.
        made_on: Day of the run.
        found: Files found; the sum of the next three.
        audited: With a result.
        failed: Not readable.
        skipped: Left out on purpose.
        columns: Requirements in order of the checklists.
        schools: In order of municipality and name.
        shares: For each requirement the schools by status.
        municipalities: In order of names; empty when there are none.
        footings: Indicators.
        footing_note: What the figures of the indicators are not.
        footing_source: Where the indicators come from.
        unread: Files without a result, with their schools.
        obsolete: Acts cited that no longer stand, the commonest first.
        alike: Groups of acts from one template, the largest first.
        parameters: Versions, settings.
        subjects: Titles of the checklists.
    """

    source: str
    as_of: date
    made_on: date
    found: int
    audited: int
    failed: int
    skipped: int
    columns: tuple[Column, ...]
    schools: tuple[School, ...]
    shares: tuple[Share, ...]
    municipalities: tuple[Municipality, ...]
    footings: tuple[Footing, ...]
    footing_note: str
    footing_source: str
    unread: tuple[tuple[str, ActRow], ...]
    obsolete: tuple[Obsolete, ...]
    alike: tuple[Alike, ...]
    parameters: tuple[Field, ...]
    subjects: tuple[str, ...]

    @property
    def gaps(self) -> tuple[tuple[Column, Share], ...]:
        """Requirements, those that most schools lack first."""

        def weight(pair: tuple[Column, Share]) -> tuple[float, float]:
            share = pair[1]
            return -share.part("missing") - share.part("contradicted"), -share.part("partial")

        return tuple(sorted(zip(self.columns, self.shares, strict=True), key=weight))
