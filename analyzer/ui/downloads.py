"""Papers to take away: each is made at the click that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

import streamlit as st

from analyzer.model import Audit
from analyzer.reports.content import Report
from analyzer.reports.decision import Decided
from analyzer.ui.state import Upload

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Maker = Callable[[], bytes | str]


def downloads(upload: Upload, audit: Audit, checklists: tuple[str, ...], decided: Decided) -> None:
    """Draws the menu of papers about one act.

    Args:
        upload: The file.
        audit: Its audit.
        checklists: Names of the checklists.
        decided: What the inspector has decided on it.
    """
    menu = st.popover("Скачать отчёт", icon=":material/download:", width="stretch")
    with menu, st.container(gap="xsmall"):
        masked = st.toggle(
            "Скрыть имена людей",
            key="mask",
            help="Фамилии и имена в отчётах станут «[Ф. И. О.]». Ваши пометки остаются как написаны.",
        )
        papers = Papers(upload, audit, checklists, decided, masked=masked)
        save("Справка о проверке (DOCX)", upload, "справка.docx", DOCX, papers.certificate)
        save("Акт с замечаниями на полях (DOCX)", upload, "замечания.docx", DOCX, papers.comments)
        if audit.document.format == "pdf" and not masked:
            save("Акт с замечаниями (PDF)", upload, "замечания.pdf", "application/pdf", papers.notes)
        save("Таблица (XLSX)", upload, "таблица.xlsx", XLSX, papers.workbook)
        save("Страница для браузера (HTML)", upload, "отчёт.html", "text/html", papers.page)
        save("Текст (TXT)", upload, "отчёт.txt", "text/plain", papers.text)
        save("Данные для программ (JSON)", upload, "отчёт.json", "application/json", papers.data)
        save("Данные для анализаторов (SARIF)", upload, "отчёт.sarif", "application/json", papers.sarif)
        if any(decision is not None for decision in decided.verdicts):
            help_text = "Пункты с вашими решениями: на них программу можно доучить (lna train)."
            save(
                "Размеченные пункты (JSONL)",
                upload,
                "пункты.jsonl",
                "application/jsonl",
                papers.labelled,
                help_text,
            )


def save(label: str, upload: Upload, name: str, mime: str, make: Maker, help_text: str | None = None) -> None:
    """A button that makes a file and hands it over.

    Args:
        label: What the button says.
        upload: The file audited: the new one is called after it.
        name: End of the new file's name; also the button's key, so no two on a page share it.
        mime: Its type.
        make: Makes it, at the click.
        help_text: Shown when the pointer rests on the button.
    """
    st.download_button(
        label,
        make,
        f"{PurePath(upload.name).stem or 'акт'}_{name}",
        mime,
        key=f"save-{name}",
        on_click="ignore",
        width="stretch",
        help=help_text,
    )


class Papers:
    """Makers of the papers. They run outside the page's own thread, so nothing here may draw."""

    def __init__(
        self, upload: Upload, audit: Audit, checklists: tuple[str, ...], decided: Decided, *, masked: bool
    ) -> None:
        """Makes nothing yet."""
        self._upload, self._plain, self._checklists = upload, audit, checklists
        self._decided, self._masked = decided, masked

    def certificate(self) -> bytes:
        """«Справка о проверке»."""
        from analyzer.reports.docx import report_docx

        return report_docx(self._content()[0])

    def comments(self) -> bytes:
        """The act with Word comments."""
        from analyzer.reports.comments import commented_docx

        return commented_docx(*self._content(), self._upload.data)

    def notes(self) -> bytes:
        """The PDF with notes."""
        from analyzer.reports.pdf_notes import annotated_pdf

        return annotated_pdf(*self._content(), self._upload.data)

    def workbook(self) -> bytes:
        """The tables."""
        from analyzer.reports.xlsx import report_xlsx

        return report_xlsx(self._content()[0])

    def page(self) -> str:
        """The report as a page."""
        from analyzer.reports.html import report_html

        return report_html([self._content()[0]])

    def text(self) -> str:
        """The report as lines."""
        from analyzer.reports.text import report_text

        return report_text(self._content()[0], colour=False)

    def data(self) -> str:
        """The JSON of the contract."""
        from analyzer.reports.jsonout import audit_json, dumps

        return dumps(audit_json(self._audit(), self._decided))

    def sarif(self) -> str:
        """The findings as SARIF."""
        from analyzer.reports.jsonout import dumps
        from analyzer.reports.region import FileText
        from analyzer.reports.sarif import report_sarif

        content, audit = self._content()
        text = FileText.of(audit.document, self._upload.data)
        return dumps(report_sarif([content], texts={content.sha256: text} if text is not None else {}))

    def labelled(self) -> str:
        """Clauses with decisions."""
        from analyzer.reports.labelled import labelled_lines

        return labelled_lines(self._audit(), self._decided)

    def _audit(self) -> Audit:
        from analyzer.reports.mask import mask_names

        return mask_names(self._plain) if self._masked else self._plain

    def _content(self) -> tuple[Report, Audit]:
        """What the papers say, and the audit that it was made of."""
        from analyzer.reports.compose import report
        from analyzer.reports.decided import with_decisions

        audit = self._audit()
        content = report(audit, self._checklists, masked=self._masked)
        return with_decisions(content, audit, self._decided), audit
