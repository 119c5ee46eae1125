"""The page in a real browser: upload, filter, evidence, downloads; nothing leaves the computer."""

from __future__ import annotations

import io
import json
import re
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.ui import state
from tests.e2e.seen import FRAME, SAID, english
from tests.e2e.server import CHROMIUM, CHROMIUM_OPTIONS, ROOT, serving
from tests.reading.scans import packed, scan

sync_api = pytest.importorskip("playwright.sync_api", reason="нет пакета playwright: установите группу dev")
SAMPLES = ROOT / "corpus" / "acts"
LOCAL = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"нет браузера {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("decisions")) as (url, _):
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=CHROMIUM_OPTIONS,
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


def test_the_picture_of_the_readme(page: sync_api.Page, request: pytest.FixtureRequest) -> None:
    """``--regenerate`` takes it; without, it must be there and show what the README says of it."""
    picture = ROOT / "docs" / "page.png"
    page.set_viewport_size({"width": 1366, "height": 1150})
    upload(page, "akt_epohi_816.pdf")
    page.locator("img[alt^='Страница']").wait_for()
    assert page.get_by_text("не найдено").count() and page.get_by_text("Норма").count()
    if request.config.getoption("--regenerate"):
        page.wait_for_timeout(1500)
        page.screenshot(path=picture)
    assert picture.read_bytes()[:4] == b"\x89PNG"


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
    assert [(item["choice"], item["comment"]) for item in decisions] == [
        ("rejected", "проверено по приложению")
    ]
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


@pytest.mark.parametrize("path", ["", "draft", "rayon", "checklist", "acts", "quality"])
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
    drawn = "[data-testid=stFileUploader], [data-testid=stDataFrame], .lna-list, .lna-prose"
    opened.locator(drawn).first.wait_for(timeout=60_000)
    opened.wait_for_timeout(500)
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert "Реестр актов" in opened.evaluate(SAID)
    assert not english(opened)
    background = opened.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert (background == "rgb(255, 255, 255)") is (theme == "light")
    context.close()


def test_no_english_is_shown_or_read_aloud_around_an_audited_act(page: sync_api.Page, tmp_path: Path) -> None:
    act = tmp_path / "act.txt"
    act.write_text("ПОЛОЖЕНИЕ\n1. Школа применяет электронное обучение по приказу № 816.", encoding="utf-8")
    page.set_input_files("input[type=file]", [str(act), str(SAMPLES / "akt_epohi_816.docx")])
    page.locator("[data-testid=stDataFrame]").wait_for()
    assert page.evaluate("document.documentElement.lang") == "ru"
    for view in ("Находки", "Ссылки", "Поиск по акту", "Требования"):
        pick(page, view)
        page.wait_for_timeout(700)
        assert not english(page), view
    page.get_by_text("Скачать отчёт").click()
    page.get_by_text("Справка о проверке (DOCX)").wait_for()
    assert not english(page)
    page.keyboard.press("Escape")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option").first.wait_for()
    assert not english(page)
    page.keyboard.press("Escape")
    page.get_by_text("Файлы и настройки").click()
    page.get_by_label("Выбрать дату").click()
    page.get_by_role("grid").wait_for()
    assert page.get_by_label("Предыдущий месяц").count()
    assert not english(page)


def test_words_of_a_document_are_not_translated(page: sync_api.Page, tmp_path: Path) -> None:
    act = tmp_path / "Search.txt"
    act.write_text(
        "ПОЛОЖЕНИЕ\nо дистанционных технологиях\n1. Open\nClose\nHelp for Search", encoding="utf-8"
    )
    page.set_input_files("input[type=file]", str(act))
    pick(page, "Поиск по акту")
    words = page.locator(".lna-act")
    for word in ("Open", "Close", "Help for Search"):
        sync_api.expect(words).to_contain_text(word)


def test_lost_connection_is_told_in_russian(browser: sync_api.Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as (url, server):
        context = browser.new_context(locale="ru-RU")
        opened = context.new_page()
        opened.goto(f"{url}/nosuchpage")
        opened.get_by_text("Страницы нет", exact=True).wait_for()
        assert not english(opened)
        opened.get_by_label("Закрыть").click()
        server.send_signal(signal.SIGTERM)
        opened.get_by_text("Нет связи с программой").wait_for()
        opened.get_by_text("Программа не отвечает").wait_for()
        context.close()


def test_a_scan_is_shown_with_its_evidence_framed(page: sync_api.Page, tmp_path: Path) -> None:
    lines = [
        "ПОЛОЖЕНИЕ",
        "о дистанционных технологиях",
        "1. Школа сообщает родителям",
        "по приказу от 23.08.2017 № 816.",
    ]
    first, second = scan(*lines), scan("2. Учитель проводит занятия", "в системе видеосвязи.").rotate(180)
    path = tmp_path / "скан.tiff"
    path.write_bytes(packed(first, "TIFF", second))
    page.set_input_files("input[type=file]", str(path))
    pick(page, "Поиск по акту")
    for query, number in (("приказу", 1), ("видеосвязи", 2)):
        page.get_by_label("Поиск по акту").fill(query)
        left, top, right, bottom = page.wait_for_function(
            FRAME, arg=f"Страница {number} документа"
        ).json_value()
        assert 0.08 < left < 0.1 < 0.3 < right < 0.6
        assert 0.07 < top < bottom < (0.2 if number == 1 else 0.14)


def test_the_evidence_comes_into_view_in_the_whole_act(page: sync_api.Page) -> None:
    upload(page, "polnoe_polozhenie.docx")
    pick(page, "урегулировано")
    in_view = """before => {
      const pane = document.querySelector(".st-key-clauses"), first = document.querySelector(".lna-first");
      if (!first || first.textContent === before || first.getAnimations().length) return null;
      const place = first.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      return place >= 0 && place < 120 ? first.textContent : null;
    }"""
    page.locator(".lna-first").wait_for()
    heading = page.locator("h3.lna-heading3")
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    assert box is not None
    text = None
    for row in (3, 6, 5):
        before = heading.inner_text()
        page.mouse.click(box["x"] + 200, box["y"] + 34 * row + 17)
        sync_api.expect(heading).not_to_have_text(before)
        text = page.wait_for_function(in_view, arg=text).json_value()
    pane = page.locator(".st-key-clauses")
    assert pane.evaluate("pane => pane.scrollHeight") > 3000
    pane.evaluate("pane => { pane.scrollTop = 0; }")
    page.wait_for_timeout(700)
    assert pane.evaluate("pane => pane.scrollTop") == 0  # and the reader may leave it


def test_the_sample_of_the_empty_page_is_the_first_one(page: sync_api.Page) -> None:
    page.get_by_text("Попробовать на примере").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    data = json.loads(downloaded(page, "Данные для программ (JSON)"))
    assert data["file"]["name"] == next(iter(state.samples()))
