"""``results.parquet``: one row for each act and requirement, for those who count on their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from analyzer.district.store import Line

_BATCH = 20_000  # rows in memory
_SCHEMA = pa.schema(
    [
        ("municipality", pa.string()),
        ("school", pa.string()),
        ("path", pa.string()),
        ("sha256", pa.string()),
        ("state", pa.string()),
        ("error", pa.string()),
        ("title", pa.string()),
        ("approved_on", pa.string()),
        ("on_subject", pa.bool_()),
        ("checklist", pa.string()),
        ("requirement", pa.string()),
        ("status", pa.string()),
        ("confidence", pa.float64()),
        ("review", pa.bool_()),
        ("restated", pa.bool_()),
        ("errors", pa.int32()),
        ("warnings", pa.int32()),
    ]
)


def write_table(lines: Iterable[Line], path: Path) -> None:
    """Writes the table; a file without a result is one row without a requirement.

    Args:
        lines: Results.
        path: Where to.
    """
    rows = _rows(lines)
    with parquet.ParquetWriter(path, _SCHEMA, compression="zstd") as writer:
        while batch := list(islice(rows, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))


def _rows(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    for line in lines:
        row = {key: line[key] for key in ("municipality", "school", "path", "sha256", "state")}
        audit = line["audit"]
        if audit is None:
            yield {**row, "error": line["error"]["code"]}
            continue
        row |= {key: audit["act"][key] for key in ("title", "approved_on", "on_subject")}
        row |= {key: audit["summary"][key] for key in ("errors", "warnings")}
        for item in audit["requirements"]:
            row |= {key: item[key] for key in ("checklist", "status", "confidence", "review", "restated")}
            yield {**row, "requirement": item["id"]}
