import io

from PIL import Image

from analyzer.ui import state
from analyzer.ui.picture import page_picture


def _pdf() -> bytes:
    sample = state.sample("vasilevskaya_poryadok.pdf")
    assert sample is not None
    return sample.data


def _drawn(
    page: int, *boxes: tuple[float, float, float, float], data: bytes | None = None
) -> Image.Image | None:
    png = page_picture.__wrapped__("", page, 0, boxes, data or _pdf())
    return Image.open(io.BytesIO(png)) if png else None


def test_the_frame_stands_where_the_box_is() -> None:
    bare, framed = _drawn(1), _drawn(1, (100, 200, 300, 260))
    assert bare is not None
    assert framed is not None
    scale = bare.width / 595  # A4 in points
    changed = [
        (x / scale, y / scale)
        for x in range(0, bare.width, 3)
        for y in range(0, bare.height, 3)
        if bare.getpixel((x, y)) != framed.getpixel((x, y))
    ]
    assert 97 < min(x for x, _ in changed) < 104
    assert 296 < max(x for x, _ in changed) < 304
    assert 197 < min(y for _, y in changed) < 204
    assert 256 < max(y for _, y in changed) < 264


def test_what_cannot_be_drawn_is_no_error() -> None:
    assert _drawn(999) is None
    assert _drawn(1, data=b"%PDF-1.4 broken") is None
