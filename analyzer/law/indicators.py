"""What ``indicators.yaml`` may hold: indicators of the digital environment, words that stand for them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from analyzer.law.checklist import Name, Patterns, Strict, Text


class Indicator(Strict):
    """One indicator.

    Attributes:
        id: As the letter names it («Е4.05»).
        title: What it is about.
        counts: Whom the indicator itself counts («обучающихся»).
        patterns: A clause with one of them shows that the school has a footing for the indicator.
    """

    id: Name
    title: Name
    counts: Name
    patterns: Patterns


class Indicators(Strict):
    """The indicators of a letter.

    Attributes:
        act: Id of the letter in the registry.
        short: How to name it in a report.
        note: What the figures are not.
        indicators: In order of the letter.
    """

    act: Name
    short: Name
    note: Text
    indicators: Annotated[list[Indicator], Field(min_length=1, max_length=40)]
