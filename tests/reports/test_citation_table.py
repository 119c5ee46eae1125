"""``lna acts check``: the references of one document and what became of the acts."""

from datetime import date

from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.model import Citation
from analyzer.reports.citation_table import citations_text

DAY = date(2026, 11, 25)
ACT = """ПОЛОЖЕНИЕ
об электронном обучении
1. Общие положения
1.1. Разработано по приказу Минобрнауки России от 23.08.2017 № 816.
1.2. Учтён Федеральный закон от 03.03.2003 № 999-ФЗ.
"""


def citation(quote: str, **more) -> Citation:
    return Citation("1.1", 2, quote, 0, len(quote), "order", **more)


def cells(text: str) -> str:
    return " ".join(text.split())


def test_each_resolution_is_said_in_words():
    text = cells(
        citations_text(
            "a.docx",
            [
                citation("приказ № 816", act_id="order-816-2017", status="repealed", resolution="exact"),
                citation(
                    "приказ № 816 [1]",
                    act_id="order-816-2017",
                    status="repealed",
                    resolution="exact",
                    historical=True,
                ),
                citation("закон № 273", act_id="fz-273-2012", status="in_force", resolution="near"),
                citation(
                    "приказ № 115", resolution="ambiguous", candidates=("order-115-2014", "order-115-2021")
                ),
                citation("приказ № 5"),
                citation("закон края", resolution="local"),
            ],
            DAY,
        )
    )
    assert text.startswith("a.docx: 6 ссылок, на недействующие акты — 1; право на 25 ноября 2026 г.")
    for part in (
        "[1]",
        "не различить",
        "не сходятся",
        "нет в реестре",
        "региональный",
        "прежний",
        "вместо него",
    ):
        assert part in text


def test_no_references_is_said():
    assert citations_text("a.docx", [], DAY) == "a.docx: ссылок на нормативные акты не найдено."


def test_the_command_prints_the_table_alone(tmp_path):
    path = tmp_path / "act.txt"
    path.write_text(ACT, "utf-8")
    for day, ended in (("2024-08-31", 0), ("2024-09-01", 1)):
        result = CliRunner().invoke(app, ["acts", "check", str(path), "--as-of", day])
        assert result.exit_code == 0
        assert result.stdout.startswith(f"act.txt: 2 ссылки, на недействующие акты — {ended};")
        assert max(map(len, result.stdout.splitlines())) <= 110
