"""Every limit of the readers in one place; each is named in the message that it causes."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.errors import LimitError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost before it is refused.

    Attributes:
        upload_bytes: Size of one file.
        zip_total_bytes: Inflated size of all parts of a ZIP container together.
        zip_member_bytes: Inflated size of one part.
        zip_members: Number of parts.
        zip_ratio: Inflated bytes per packed byte of one part …
        zip_ratio_after: … that count only behind this many inflated bytes (small parts pack well).
        xml_depth: Nesting of elements in one XML part.
        xml_nodes: Elements and attributes in one XML part.
        text_characters: Characters of text that one document may give.
        pdf_pages: Pages of a PDF.
        pdf_page_side: Longest side of a PDF page in points (200 inches: the format's own bound).
        pdf_stream_bytes: Inflated size of one stream of a PDF that is not a picture.
        pdf_page_characters: Characters on one page of a PDF.
        pdf_picture_pixels: Pixels of one picture in a PDF: the page of a larger one stays unread.
        pdf_seconds: Time for the text layer of a PDF, recognition not counted.
        ocr_pages: Pages of one document that are recognised from pictures.
        ocr_dpi: Resolution at which a page is drawn for recognition.
        ocr_page_seconds: Time for the recognition of one page.
        ocr_seconds: Time for the recognition of one document: pages behind it stay unread.
        image_pixels: Pixels of one picture, and of a page drawn for recognition.
        converter_seconds: Time that LibreOffice has for one file.
        worker_memory: Address space of the process that reads, and of every program that it starts.
        worker_cpu_seconds: Processor time of that process for one document.
        worker_file_bytes: Size of one temporary file.
        worker_silence: Seconds without any progress behind which the process is taken for hung.
        worker_seconds: Seconds for one document, all in all.
        draw_seconds: Seconds to draw one page for the eye, or to write notes into a PDF.
    """

    upload_bytes: int = 50 * MEGABYTE
    zip_total_bytes: int = 200 * MEGABYTE
    zip_member_bytes: int = 100 * MEGABYTE
    zip_members: int = 2_000
    zip_ratio: int = 100
    zip_ratio_after: int = MEGABYTE
    xml_depth: int = 100
    xml_nodes: int = 2_000_000
    text_characters: int = 5_000_000
    pdf_pages: int = 1_000
    pdf_page_side: float = 14_400.0
    pdf_stream_bytes: int = 64 * MEGABYTE
    pdf_page_characters: int = 100_000
    pdf_picture_pixels: int = 150_000_000
    pdf_seconds: float = 120.0
    ocr_pages: int = 60
    ocr_dpi: int = 300
    ocr_page_seconds: float = 60.0
    ocr_seconds: float = 400.0
    image_pixels: int = 40_000_000
    converter_seconds: float = 60.0
    worker_memory: int = 1_536 * MEGABYTE
    worker_cpu_seconds: int = 400
    worker_file_bytes: int = 256 * MEGABYTE
    worker_silence: float = 90.0
    worker_seconds: float = 600.0
    draw_seconds: float = 20.0


LIMITS = Limits()


def check_text(text: str, limits: Limits = LIMITS) -> None:
    """Refuses a document that gives too much text.

    Args:
        text: All of it.
        limits: The bound.

    Raises:
        LimitError: ``limit_text``.
    """
    if len(text) > limits.text_characters:
        message = f"в документе больше {limits.text_characters} знаков текста (предел)"
        raise LimitError("limit_text", message, "разделите документ на части")
