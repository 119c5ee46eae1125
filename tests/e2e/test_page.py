"""The page in a real browser: upload, filter, evidence, downloads; nothing leaves the computer."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.ui import state

sync_api = pytest.importorskip("playwright.sync_api", reason="нет пакета playwright: установите группу dev")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "acts"
LOCAL = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")

# Names of icons are text to the browser, and hidden words keep their place with letters of no size.
VISIBLE_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const style = getComputedStyle(holder);
    if (holder.closest("[data-testid=stIconMaterial], script, style, noscript")) continue;
    if (style.fontSize === "0px" || !holder.getClientRects().length) continue;
    words.push(walker.currentNode.textContent);
  }
  return words.join(" ");
}"""

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"нет браузера {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of our own, started as ``lna serve`` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from analyzer.ui.serve import run; raise SystemExit(run({port}))"
    server = subprocess.Popen([sys.executable, "-c", code], cwd=SAMPLES.parents[1])
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                    break
            except OSError:
                assert server.poll() is None, "the server has stopped"
                time.sleep(0.25)
        yield url
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ru-RU")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.foreign = []  # type: ignore[attr-defined]
    opened.on("request", lambda request: request.url.startswith(LOCAL) or opened.foreign.append(request.url))
    opened.goto(address)
    opened.get_by_text("Попробовать на примере").wait_for()
    yield opened
    context.close()


def upload(page: sync_api.Page, *names: str) -> None:
    page.set_input_files("input[type=file]", [str(SAMPLES / name) for name in names])
    page.locator("[data-testid=stDataFrame]").wait_for()


def pick(page: sync_api.Page, words: str) -> None:
    page.locator("[data-testid=stButtonGroup] button", has_text=words).first.click()


def downloaded(page: sync_api.Page, label: str) -> str:
    if not page.get_by_text(label).is_visible():
        page.get_by_text("Скачать отчёт").click()
    with page.expect_download() as download:
        page.get_by_text(label).click()
    return download.value.path().read_text(encoding="utf-8")


def test_a_pdf_is_audited_and_its_evidence_is_framed(page: sync_api.Page) -> None:
    upload(page, "vasilevskaya_poryadok.pdf")
    sync_api.expect(page.locator("[data-testid=stMetric]")).to_have_count(6)
    pick(page, "урегулировано")
    page.wait_for_url(re.compile("status="))
    sync_api.expect(page.get_by_text("✓ урегулировано").last).to_be_visible()
    sync_api.expect(page.locator("[data-testid=stImage] img")).to_be_visible()
    sync_api.expect(page.get_by_text("Что написано в акте")).to_be_visible()
    assert page.foreign == []  # type: ignore[attr-defined]


def test_a_click_on_any_cell_chooses_the_row(page: sync_api.Page) -> None:
    upload(page, "vasilevskaya_poryadok.pdf")
    heading = page.locator("h3.lna-heading3")
    first = heading.inner_text()
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 200, box["y"] + 34 * 3 + 17)
    sync_api.expect(heading).not_to_have_text(first)
    second = heading.inner_text()
    page.keyboard.press("ArrowDown")
    sync_api.expect(heading).not_to_have_text(second)


def test_a_docx_shows_its_clauses_with_the_evidence_marked(page: sync_api.Page) -> None:
    upload(page, "polnoe_polozhenie.docx")
    pick(page, "урегулировано")
    sync_api.expect(page.locator(".lna-chosen").first).to_be_visible()
    pick(page, "Поиск по акту")
    search = page.get_by_label("Поиск по акту")
    search.fill("образовательный")
    sync_api.expect(page.locator(".lna-chosen mark").first).to_be_visible()


def test_the_reports_can_be_downloaded(page: sync_api.Page) -> None:
    upload(page, "akt_epohi_816.docx")
    data = json.loads(downloaded(page, "Данные для программ (JSON)"))
    assert data["file"]["name"] == "akt_epohi_816.docx"
    assert data["requirements"]
    assert "ТРЕБОВАНИЯ" in downloaded(page, "Отчёт для чтения (TXT)")


def test_several_files_and_a_bad_one(page: sync_api.Page, tmp_path: Path) -> None:
    bad = tmp_path / "пустой.pdf"
    bad.write_bytes(b"")
    files = [str(bad), str(SAMPLES / "akt_epohi_816.docx"), str(SAMPLES / "pereskaz_pravil.pdf")]
    page.set_input_files("input[type=file]", files)
    page.get_by_text("2 акта проверены").wait_for()
    sync_api.expect(page.locator("[data-testid=stAlert]").first).to_contain_text("пустой.pdf: файл пуст")


def test_a_file_over_the_limit_is_refused_in_russian(page: sync_api.Page, tmp_path: Path) -> None:
    big = tmp_path / "большой.pdf"
    big.write_bytes(b"%PDF-1.4" + b"0" * (state.MAX_MEGABYTES * 1024 * 1024 + 1))
    page.set_input_files("input[type=file]", [str(big)])
    chip = page.locator("[data-testid=stFileChip][aria-invalid=true]")
    chip.wait_for()
    content = chip.locator("[data-testid=stFileChipName] + div").evaluate(
        "e => getComputedStyle(e, '::after').content"
    )
    assert content == '"больше 25 МБ: не принят"'
    assert page.locator("[data-testid=stDataFrame]").count() == 0


def test_another_session_sees_nothing_of_it(
    page: sync_api.Page, browser: sync_api.Browser, address: str
) -> None:
    upload(page, "akt_epohi_816.docx")
    context = browser.new_context(locale="ru-RU")
    other = context.new_page()
    other.goto(f"{address}/?status=частично")
    other.get_by_text("Попробовать на примере").wait_for(timeout=60_000)
    assert other.locator("[data-testid=stDataFrame]").count() == 0
    assert "akt_epohi_816" not in other.content()
    context.close()


@pytest.mark.parametrize("path", ["", "checklist", "acts"])
@pytest.mark.parametrize("width", [1366, 800])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_no_english_is_seen(
    browser: sync_api.Browser, address: str, path: str, width: int, theme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 768}, locale="ru-RU", color_scheme=theme
    )
    opened = context.new_page()
    opened.goto(f"{address}/{path}")
    opened.locator("[data-testid=stFileUploader], [data-testid=stDataFrame]").first.wait_for(timeout=60_000)
    opened.wait_for_timeout(500)
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    seen = re.sub(r"https?://\S+", " ", opened.evaluate(VISIBLE_WORDS))
    assert "Реестр" in seen
    assert set(re.findall(r"\b[A-Za-z]{2,}\b", seen)) <= {"PDF", "DOCX", "TXT"}
    background = opened.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert (background == "rgb(255, 255, 255)") is (theme == "light")
    context.close()


def test_the_sample_of_the_empty_page_is_the_first_one(page: sync_api.Page) -> None:
    page.get_by_text("Попробовать на примере").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    data = json.loads(downloaded(page, "Данные для программ (JSON)"))
    assert data["file"]["name"] == next(iter(state.samples()))
