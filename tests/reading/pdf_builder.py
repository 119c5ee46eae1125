"""Writes small PDF files with Russian text by hand: every place and width is known, every letter is a bar.

PDFium leaves out text without outlines here and there, so a TrueType font of one glyph is embedded.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass
class Page:
    """A page under construction; ``y`` is measured from the top."""

    content: list[str] = field(default_factory=list)
    rotate: int = 0
    picture: bool = False
    width: int = WIDTH
    height: int = HEIGHT

    def text(
        self, x: float, y: float, text: str, size: float = 12, bold: bool = False, **kind: float
    ) -> Page:
        """Puts text; every character is half its size wide. ``angle`` in degrees, ``spacing`` in points."""
        turn = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[int(kind.get("angle", 0))]
        code = text.encode("utf-16-be").hex()
        self.content.append(
            f"BT /{'B' if bold else 'R'} {size} Tf {kind.get('spacing', 0)} Tc "
            f"{turn} {x} {self.height - y} Tm <{code}> Tj ET"
        )
        return self

    def lines(self, x: float, y: float, *lines: str, step: float = 15, **kind: float) -> Page:
        """Puts lines one below the other."""
        for i, line in enumerate(lines):
            self.text(x, y + i * step, line, **kind)  # type: ignore[arg-type]
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """Draws a straight rule."""
        self.content.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Page:
        """Draws a ruled table."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def scan(self) -> Page:
        """Covers the page with a picture."""
        self.picture = True
        self.content.append(f"q {self.width} 0 0 {self.height} 0 0 cm /P Do Q")
        return self


def bar_font() -> bytes:
    """A TrueType font of 1000 units an em whose glyph 1 is a bar as wide as half an em."""
    points = ((20, 0), (20, 500), (450, 500), (450, 0))
    xs = [b[0] - a[0] for a, b in zip(((0, 0), *points), points, strict=False)]
    ys = [b[1] - a[1] for a, b in zip(((0, 0), *points), points, strict=False)]
    glyph = struct.pack(">5h", 1, 20, 0, 450, 500) + struct.pack(">HH", 3, 0) + b"\x01" * 4
    glyph += struct.pack(">8h", *xs, *ys) + b"\0\0"
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 1, 0, 12) + struct.pack(">HHH", 0, 262, 0) + b"\x01" * 256,
        b"glyf": glyph,
        b"head": struct.pack(
            ">4sLLLHHQQ4hHHhhh",
            b"\0\1\0\0",
            0,
            0,
            0x5F0F3CF5,
            0,
            1000,
            0,
            0,
            0,
            -200,
            500,
            800,
            0,
            8,
            2,
            0,
            0,
        ),
        b"hhea": struct.pack(">4s3hH11hH", b"\0\1\0\0", 800, -200, 0, 500, *[0] * 11, 2),
        b"hmtx": struct.pack(">HhHh", 500, 0, 500, 20),
        b"loca": struct.pack(">3H", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">4s14H", b"\0\1\0\0", 2, 4, 1, *[0] * 2, 1, *[0] * 8),
    }
    head = struct.pack(">4s4H", b"\0\1\0\0", len(tables), 64, 2, 48)
    offset = len(head) + 16 * len(tables)
    body = b""
    for tag, data in tables.items():
        head += struct.pack(">4sLLL", tag, 0, offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def turned(angle: int, *texts: str) -> Page:
    """A square page with lines that run at a right angle: 0, 90, 180 or 270."""
    page = Page(width=842, height=842)
    x, y, dx, dy = {
        0: (60, 100, 0, 20),
        90: (100, 780, 20, 0),
        180: (780, 700, 0, -20),
        270: (700, 60, -20, 0),
    }[angle]
    for index, text in enumerate(texts):
        page.text(x + dx * index, y + dy * index, text, angle=angle)
    return page


def pdf(*pages: Page, map_shift: int = 0, extra: bytes = b"", trailer: str = "") -> bytes:
    """Makes the file; ``map_shift`` breaks the font's map to Unicode by that many places."""
    objects: list[bytes] = [b"", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes, entries: str = "") -> int:
        packed = zlib.compress(data)
        head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>".encode()
        return add(head + b"stream\n" + packed + b"\nendstream")

    ranges = "".join(
        f"<{high:02x}00><{high:02x}ff><{max(0, high * 256 + map_shift):04x}>\n" for high in (0, 4, 0x20, 0x21)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000><ffff> endcodespacerange\n"
        f"4 beginbfrange\n{ranges}endbfrange endcmap end end"
    )
    to_unicode = stream(cmap.encode())
    font_file = stream(bar_font())
    glyphs = stream(b"\0\1" * 0x10000)
    fonts = []
    for name in ("Test", "Test-Bold"):
        descriptor = add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -250 1000 800]/ItalicAngle 0"
            "/Ascent 800/Descent -200/CapHeight 700/StemV 80"
            f"/FontFile2 {font_file} 0 R>>".encode()
        )
        cid = add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 500/CIDToGIDMap {glyphs} 0 R>>".encode()
        )
        fonts.append(
            add(
                f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{cid} 0 R]"
                f"/ToUnicode {to_unicode} 0 R>>".encode()
            )
        )
    picture = stream(
        b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    kids = []
    for page in pages:
        content = stream("\n".join(page.content).encode()) if page.content else None
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]/Rotate {page.rotate}"
                f"/Resources<</Font<</R {fonts[0]} 0 R/B {fonts[1]} 0 R>>/XObject<</P {picture} 0 R>>>>"
                f"{f'/Contents {content} 0 R' if content else ''}>>".encode()
            )
        )
    if extra:
        add(extra)
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]/Count {len(kids)}>>".encode()
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    entries = f"/Size {len(objects) + 1}/Root 1 0 R{trailer.format(extra=len(objects))}"
    out += f"trailer<<{entries}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
