"""``corpus/QUALITY.md`` and ``quality.json``: the measured quality as a product, written by one command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analyzer.matching.evaluate import Quality, printed, span
from analyzer.matching.folds import Folds
from analyzer.matching.model import Model
from analyzer.matching.score import Score

_HEAD = """# Качество

Файл создан командой `lna evaluate corpus/clauses --report corpus/QUALITY.md`; руками его не правят.

Каждый пункт оценён моделью, которая **не видела ни одного пункта его автора** (четыре части,
в каждой свои авторы).
Метка с `~` (пункт лишь касается требования) нейтральна: находка на нём не считается ни верной, ни ложной.
"""


def write_report(folds: Folds, model: Model, markdown: Path, data: Path | None) -> None:
    """Writes the report for people and, when asked, the figures for the web page."""
    markdown.write_text("\n".join(_lines(folds, model)) + "\n", encoding="utf-8")
    if data is not None:
        data.write_text(json.dumps(figures(folds), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def figures(folds: Folds) -> dict[str, Any]:
    """The measurement as plain data."""
    quality = folds.quality
    return {
        "clauses": quality.clauses,
        "macro_f1": round(quality.macro_f1, 3),
        "micro_precision": round(quality.micro.precision, 3),
        "micro_recall": round(quality.micro.recall, 3),
        "clean": quality.clean,
        "empty": quality.empty,
        "requirements": [
            {"id": score.id, "found": score.found, "total": score.total, "false": score.false}
            for score in quality.scores
        ],
        "reliability": [
            {"low": bin_.low, "count": bin_.count, "expected": bin_.expected, "observed": bin_.observed}
            for bin_ in folds.reliability
        ],
        "abstention": [{"share": share, "micro_f1": value} for share, value in folds.abstention],
        "curve": [{"clauses": size, "macro_f1": value} for size, value in folds.curve],
        "confusions": [
            {"true": true, "found": found, "count": count} for true, found, count in folds.confusions
        ],
        "authors": [
            {"author": name, "macro_f1": round(item.macro_f1, 3), "clauses": item.clauses}
            for name, item in folds.by_author
        ],
    }


def _lines(folds: Folds, model: Model) -> Iterator[str]:
    quality = folds.quality
    yield _HEAD
    yield f"Модель обучена на {model.meta['clauses']} пунктах, авторов: {len(folds.by_author)}."
    yield ""
    yield "## Итог"
    yield ""
    yield "| мера | значение | границы 95 % |"
    yield "|---|---|---|"
    yield f"| макро-F1 | {printed(quality.macro_f1)} | {span(quality.macro_f1_interval)} |"
    micro, intervals = quality.micro, (quality.micro_precision_interval, quality.micro_recall_interval)
    yield f"| микро-точность | {printed(micro.precision)} | {span(intervals[0])} |"
    yield f"| микро-полнота | {printed(micro.recall)} | {span(intervals[1])} |"
    yield f"| «ничего из перечня» осталось чистым | {quality.clean} из {quality.empty} | |"
    yield from _requirements(quality.scores)
    yield from _authors(folds.by_author)
    yield from _curves(folds)


def _requirements(scores: tuple[Score, ...]) -> Iterator[str]:
    yield "\n## По требованиям\n"
    yield "| требование | найдено | всего | ложных | точность | полнота | F1 |"
    yield "|---|---|---|---|---|---|---|"
    for score in scores:
        yield (
            f"| {score.id} | {score.found} | {score.total} | {score.false} | {printed(score.precision)} "
            f"| {printed(score.recall)} | {printed(score.f1)} |"
        )


def _authors(by_author: tuple[tuple[str, Quality], ...]) -> Iterator[str]:
    yield "\n## По авторам\n"
    yield "| автор | пунктов | найдено | всего | ложных | макро-F1 | чистых |"
    yield "|---|---|---|---|---|---|---|"
    for name, item in by_author:
        micro = item.micro
        yield (
            f"| {name} | {item.clauses} | {micro.found} | {micro.total} | {micro.false} "
            f"| {printed(item.macro_f1)} | {item.clean} из {item.empty} |"
        )


def _curves(folds: Folds) -> Iterator[str]:
    yield "\n## Можно ли верить вероятности\n"
    yield "| вероятность | случаев | в среднем обещано | сбылось |"
    yield "|---|---|---|---|"
    for bin_ in folds.reliability:
        tenth = span((bin_.low, bin_.low + 0.1))
        yield f"| {tenth} | {bin_.count} | {printed(bin_.expected)} | {printed(bin_.observed)} |"
    yield "\n## Если сомнительное оставить человеку\n"
    yield "| доля решённых | микро-F1 на решённых |"
    yield "|---|---|"
    for share, value in folds.abstention:
        yield f"| {share:.0%} | {printed(value)} |"
    yield "\n## Кривая обучения\n"
    yield "| обучающих пунктов | макро-F1 на незнакомых авторах |"
    yield "|---|---|"
    for size, value in folds.curve:
        yield f"| {size} | {printed(value)} |"
    (small, before), (large, after) = folds.curve[-2:]
    gain = (after - before) / max(1, large - small) * 1000
    yield f"\nПо последнему отрезку ещё 1000 пунктов дали бы около {gain:+.3f} макро-F1.".replace(".", ",", 1)
