"""Every paper about a finished run, written from one summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from analyzer.district.html import summary_html
from analyzer.district.letters import envelopes
from analyzer.district.mailing import write_all
from analyzer.district.model import Remark, Summary
from analyzer.district.store import RESULTS, records, write_whole
from analyzer.district.summary import remarks, summarize
from analyzer.district.table import write_table
from analyzer.district.xlsx import summary_xlsx
from analyzer.errors import LnaError

XLSX, HTML, TABLE, LETTERS = "summary.xlsx", "index.html", "results.parquet", "schools"


def write_papers(
    folder: Path,
    checklist_names: Sequence[str],
    *,
    letters: bool = True,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda stage: None,
) -> Summary:
    """Writes workbook, page, table and the papers of the schools.

    Args:
        folder: Folder of a finished run.
        checklist_names: Names or paths by which the checklists are loaded again.
        letters: With the papers of the schools.
        jobs: Processes that write those.
        tell: Hears what is being written.

    Raises:
        LnaError: There is no finished run, or the folder cannot be written.
    """
    tell("сводка")
    summary = summarize(folder, checklist_names)
    try:
        tell(HTML)
        write_whole(folder / HTML, summary_html(summary).encode())
        tell(XLSX)
        fresh = folder / f"new_{XLSX}"
        summary_xlsx(summary, remarks(folder), fresh)
        fresh.replace(folder / XLSX)
        tell(TABLE)
        write_table(records(folder / RESULTS), folder / TABLE)
        if letters:
            _letters(folder, summary, jobs, tell)
    except OSError as error:
        advice = "проверьте место и права"
        raise LnaError("not_writable", f"не удалось записать в {folder}", advice) from error
    return summary


def _letters(folder: Path, summary: Summary, jobs: int, tell: Callable[[str], None]) -> None:
    by_school: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for municipality, school, remark in remarks(folder):
        by_school[municipality, school].append(remark)
    target = folder / LETTERS
    target.mkdir(exist_ok=True)
    for stale in target.glob("*.docx"):  # of an earlier run: a school may be gone
        with suppress(OSError):
            stale.unlink()
    done = 0

    def written(count: int) -> None:
        nonlocal done
        done += count
        tell(f"справки и письма школам: {done} из {len(summary.schools)}")

    write_all(target, summary, list(envelopes(summary.schools, by_school)), jobs, written)
