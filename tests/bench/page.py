"""How long a person waits: ``uv run python -m tests.bench.page``.

Uploads PDFs of eight pages, each another act, to a warm page in a real browser; prints the time from the upload to
the verdicts, and from a click on another page number to its picture.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

from playwright import sync_api

from tests.district.generate import SUBJECT, records
from tests.e2e.server import CHROMIUM, CHROMIUM_OPTIONS, serving
from tests.reading.pdf_builder import Page, pdf

ACTS, PAGES, LINES = 6, 8, 44


def act(seed: int) -> bytes:
    """Eight pages of numbered clauses of the corpus, another choice for every seed."""
    dice = random.Random(seed)
    words = [SUBJECT, f"Школа № {seed}", ""]
    for number, record in enumerate(dice.sample(records(), 200), 1):
        text = f"{1 + number // 20}.{1 + number % 20}. {record['text']}"
        words += [text[at : at + 84] for at in range(0, len(text), 84)]
    return pdf(*(Page().lines(60, 60, *words[LINES * at : LINES * (at + 1)], size=9) for at in range(PAGES)))


def main() -> None:
    """Prints the figures."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as (url, _),
        sync_api.sync_playwright() as playwright,
    ):
        page = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_OPTIONS).new_page(
            viewport={"width": 1366, "height": 768}, locale="ru-RU"
        )
        page.goto(url)
        time.sleep(8)  # the page warms itself up while a person looks for the file
        verdicts, turns = [], []
        for seed in range(ACTS):
            path = Path(folder) / f"act{seed}.pdf"
            path.write_bytes(act(seed))
            page.reload()
            page.wait_for_selector("input[type=file]", state="attached")
            time.sleep(1)
            began = time.perf_counter()
            page.set_input_files("input[type=file]", str(path))
            page.wait_for_selector("[data-testid=stMetric]")
            verdicts.append(time.perf_counter() - began)
            page.wait_for_selector("img[alt^='Страница']")
            shown = page.locator("img[alt^='Страница']").get_attribute("alt") or ""
            wanted = "2" if shown.startswith("Страница 1 ") else "1"
            began = time.perf_counter()
            field = page.locator("input[type=number]").first
            field.fill(wanted)
            field.press("Enter")
            page.wait_for_selector(f"img[alt^='Страница {wanted} ']")
            turns.append(time.perf_counter() - began)
    told = ", ".join(f"{taken:.2f}" for taken in verdicts)
    print(f"upload of eight pages to verdicts: {told} s; median {statistics.median(verdicts):.2f} s")
    print(f"another page's picture: median {statistics.median(turns):.2f} s")


if __name__ == "__main__":
    main()
