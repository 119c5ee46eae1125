"""The page in a real browser: upload, filter, evidence, downloads; nothing leaves the computer."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.ui import state

sync_api = pytest.importorskip("playwright.sync_api", reason="нет пакета playwright: установите группу dev")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "acts"
FORMATS = {"PDF", "DOCX", "DOC", "ODT", "RTF", "HTML", "TXT", "PNG", "JPEG", "TIFF"}
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
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own, started as ``lna serve`` starts it."""
    data = tmp_path_factory.mktemp("decisions")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from analyzer.ui.serve import run; raise SystemExit(run({port}))"
    environment = {**os.environ, "LNA_DATA_DIR": str(data)}
    server = subprocess.Popen([sys.executable, "-c", code], cwd=SAMPLES.parents[1], env=environment)
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


def saved(page: sync_api.Page, label: str) -> tuple[str, bytes]:
    """Name and bytes of a report."""
    if not page.get_by_text(label).is_visible():
        page.get_by_text("Скачать отчёт").click()
    with page.expect_download() as download:
        page.get_by_text(label).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def downloaded(page: sync_api.Page, label: str) -> str:
    return saved(page, label)[1].decode("utf-8")


def words_of(docx: bytes) -> str:
    """Every word of a DOCX, comments too."""
    parts = zipfile.ZipFile(io.BytesIO(docx))
    names = [name for name in parts.namelist() if name in {"word/document.xml", "word/comments.xml"}]
    return " ".join(re.sub(r"<[^>]+>", "", parts.read(name).decode("utf-8")) for name in names)


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
    assert "ТРЕБОВАНИЯ" in downloaded(page, "Текст (TXT)")
    assert "<table>" in downloaded(page, "Страница для браузера (HTML)")
    assert json.loads(downloaded(page, "Данные для анализаторов (SARIF)"))["version"] == "2.1.0"
    name, paper = saved(page, "Справка о проверке (DOCX)")
    assert name == "akt_epohi_816_справка.docx"
    assert "СПРАВКА" in words_of(paper)
    assert "REF001" in words_of(saved(page, "Акт с замечаниями на полях (DOCX)")[1])
    _, book = saved(page, "Таблица (XLSX)")
    assert "xl/worksheets/sheet2.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()
    assert not page.get_by_text("Акт с замечаниями (PDF)").count()
    assert not page.get_by_text("Размеченные пункты (JSONL)").count()
    assert page.foreign == []  # type: ignore[attr-defined]


def test_a_pdf_comes_back_with_notes_unless_names_are_hidden(page: sync_api.Page) -> None:
    upload(page, "vasilevskaya_poryadok.pdf")
    name, data = saved(page, "Акт с замечаниями (PDF)")
    assert name == "vasilevskaya_poryadok_замечания.pdf"
    assert b"/Highlight" in data
    page.get_by_text("Скрыть имена людей").click()
    sync_api.expect(page.get_by_text("Акт с замечаниями (PDF)")).to_have_count(0)
    assert "Имена людей в справке скрыты" in words_of(saved(page, "Справка о проверке (DOCX)")[1])


def test_a_rejected_finding_stands_in_the_reports_and_after_a_reload(page: sync_api.Page) -> None:
    upload(page, "akt_epohi_816.docx")
    heading = page.locator("h3.lna-heading3")
    chosen = heading.inner_text()
    page.get_by_text("Отклонить").click()
    page.get_by_text("Каким должен быть итог").wait_for()
    reason = page.get_by_label("Почему")
    reason.fill("проверено по приложению")
    reason.press("Enter")
    page.wait_for_timeout(1500)
    sync_api.expect(heading).to_have_text(chosen)  # the choice in the table has not moved
    data = json.loads(downloaded(page, "Данные для программ (JSON)"))
    decisions = [row["decision"] for row in data["requirements"] if "decision" in row]
    assert [(item["choice"], item["comment"]) for item in decisions] == [("rejected", "проверено по приложению")]
    assert "отклонено; проверено по приложению" in words_of(saved(page, "Справка о проверке (DOCX)")[1])
    assert "Решение инспектора" in downloaded(page, "Страница для браузера (HTML)")
    page.reload()
    page.get_by_text("Попробовать на примере").wait_for()
    upload(page, "akt_epohi_816.docx")
    sync_api.expect(page.get_by_label("Почему")).to_have_value("проверено по приложению")
    assert "отклонено" in downloaded(page, "Текст (TXT)")


def test_a_draft_becomes_a_project_of_changes(page: sync_api.Page, address: str) -> None:
    page.goto(f"{address}/draft")
    page.get_by_text("Проверить черновик").wait_for(timeout=60_000)
    page.set_input_files("input[type=file]", [str(SAMPLES / "akt_epohi_816.docx")])
    page.locator("[data-testid=stFileChip]").wait_for()
    page.get_by_text("Проверить черновик").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    school = page.get_by_role("textbox", name="Как назвать школу в пунктах")
    sync_api.expect(school).to_have_value("МОУ «Новоключевская ООШ»")
    school.fill("МОУ «Новая ООШ»")
    school.press("Enter")
    sync_api.expect(page.locator("[data-testid=stCode]")).to_contain_text("МОУ «Новая ООШ»")
    with page.expect_download() as download:
        page.get_by_text("Проект изменений (DOCX)").click()
    words = words_of(download.value.path().read_bytes())
    assert "ПРОЕКТ ИЗМЕНЕНИЙ" in words
    assert "МОУ «Новая ООШ» предоставляет обучающимся" in words


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


@pytest.mark.parametrize("path", ["", "draft", "checklist", "acts", "quality"])
@pytest.mark.parametrize("width", [1920, 1366, 800])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_no_english_is_seen(
    browser: sync_api.Browser, address: str, path: str, width: int, theme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 768}, locale="ru-RU", color_scheme=theme
    )
    opened = context.new_page()
    opened.goto(f"{address}/{path}")
    drawn = "[data-testid=stFileUploader], [data-testid=stDataFrame], .lna-list"
    opened.locator(drawn).first.wait_for(timeout=60_000)
    opened.wait_for_timeout(500)
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    seen = re.sub(r"https?://\S+", " ", opened.evaluate(VISIBLE_WORDS))
    assert "Реестр" in seen
    assert set(re.findall(r"\b[A-Za-z]{2,}\b", seen)) <= FORMATS
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
