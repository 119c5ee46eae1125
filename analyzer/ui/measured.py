"""The figures of ``lna evaluate --report``, as the file beside the model holds them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analyzer.matching.model import MODEL_DIR
from analyzer.matching.score import Count, Score

Share = Annotated[float, Field(ge=0, le=1)]


class Measured(BaseModel):
    """The whole measurement; fields that a newer program adds are passed over."""

    model_config = ConfigDict(frozen=True)

    clauses: Count
    macro_f1: Share
    micro_precision: Share
    micro_recall: Share
    clean: Count
    empty: Count
    requirements: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Why there are no figures, in Russian."""

    reason: str


def measured(path: Path = MODEL_DIR / "quality.json") -> Measured | Unmeasured:
    """The figures, or why there are none."""
    try:
        return Measured.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Unmeasured("Качество этой модели ещё не измерено: рядом с ней нет файла quality.json.")
    except (OSError, ValidationError):
        return Unmeasured("Файл quality.json рядом с моделью не читается.")
