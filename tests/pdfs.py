"""Small PDFs written by hand: every character where the test wants it, in fonts that viewers must know or guess.

Units are points; the page is 612 by 792, ``y`` grows upwards.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

__all__ = ["Sheet", "column", "pdf"]

_PASSWORD_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Sheet:
    """A page. Texts are drawn by ``write``; ``turned`` by degrees; ``corner``: where its lower left one is."""

    commands: list[str] = field(default_factory=list)
    turned: int = 0
    corner: tuple[int, int] = (0, 0)

    def write(self, text: str, x: float, y: float, size: float = 10, font: str = "han", up: bool = False) -> Sheet:
        """Draw ``text``: ``han`` is a Chinese font that is not embedded, ``bold`` another; ``mute`` says not which
        characters it prints, ``radicals`` says radicals for them, ``gbk`` says Latin letters. ``up``: turned left."""
        if font == "gbk":
            shown = f"<{text.encode('gbk').hex()}>"
        elif font == "latin":
            shown = f"<{text.encode('cp1252').hex()}>"
        else:
            shown = f"<{text.encode('utf-16-be').hex()}>"
        matrix = f"0 1 -1 0 {x} {y}" if up else f"1 0 0 1 {x} {y}"
        self.commands.append(f"BT /{font} {size} Tf {matrix} Tm {shown} Tj ET")
        return self

    def lines(self, texts: list[str], x: float, y: float, pitch: float = 15, size: float = 10) -> Sheet:
        """Lines one under the other, the first at ``y``."""
        for i, text in enumerate(texts):
            indent = len(text) - len(text.lstrip("\u3000"))
            self.write(text.lstrip("\u3000"), x + indent * size, y - i * pitch, size)
        return self

    def rule(self, x: float, y: float, width: float) -> Sheet:
        self.commands.append(f"{x} {y} {width} 0.5 re f")
        return self

    def picture(self) -> Sheet:
        """A picture that fills the page."""
        self.commands.append("q 612 0 0 792 0 0 cm /picture Do Q")
        return self


def column(text: str, width: int) -> list[str]:
    """Text broken into lines of ``width`` Han characters; two others take the room of one, and are not torn apart."""
    lines, line, room = [], "", 0.0
    for piece in re.findall(r"[!-~]+|.", text):
        takes = sum(0.5 if char < "\u0100" else 1.0 for char in piece)
        if room + takes > width:
            lines.append(line)
            line, room = "", 0.0
        line += piece
        room += takes
    return [*lines, line] if line else lines


def _font(base: str, to_unicode: int | None, known: bool) -> list[str]:
    """A Type0 font that is not embedded, and its descendant. ``known``: viewers know which characters it prints."""
    encoding = "/UniGB-UCS2-H" if known else "/Identity-H"
    ordering = "/Ordering (GB1) /Supplement 2" if known else "/Ordering (Identity) /Supplement 0"
    unicode = f" /ToUnicode {to_unicode} 0 R" if to_unicode else ""
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding {encoding}"
        f" /DescendantFonts [{{}} 0 R]{unicode} >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{base} /DW 1000 /W [1 95 500]"
        f" /CIDSystemInfo << /Registry (Adobe) {ordering} >>"
        f" /FontDescriptor << /Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [0 -200 1000 900]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>",
    ]


def pdf(*sheets: Sheet, password: bytes | None = None, radicals: dict[str, str] | None = None) -> bytes:
    """The file. ``radicals``: what the font ``radicals`` says for each character; a ``password`` encrypts it."""
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(objects)

    def stream(head: str, content: bytes) -> int:
        return add(f"<< {head} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")

    catalog, tree = add("<< /Type /Catalog /Pages 2 0 R >>"), add("")
    told = {key.encode("utf-16-be").hex(): said.encode("utf-16-be").hex() for key, said in (radicals or {}).items()}
    to_unicode = stream(
        "",
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange"
            f" <0000> <FFFF> endcodespacerange {len(told)} beginbfchar"
            + "".join(f" <{key}> <{said}>" for key, said in told.items())
            + " endbfchar endcmap end end"
        ).encode(),
    )
    fonts = {}
    for name, base in (("han", "STSong-Light"), ("bold", "STHeiti-Bold"), ("mute", "Nameless"), ("radicals", "Skia")):
        first, second = _font(base, to_unicode if name == "radicals" else None, known=name in {"han", "bold"})
        fonts[name] = add(first.format(len(objects) + 2))
        add(second)
    helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    fonts["latin"] = fonts["gbk"] = add(helvetica)
    picture = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80"
    )
    named = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    resources = add(f"<< /Font << {named} >> /XObject << /picture {picture} 0 R >> >>")
    kids = []
    for sheet in sheets:
        content = stream("", "\n".join(sheet.commands).encode())
        x, y = sheet.corner
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [{x} {y} {x + 612} {y + 792}] /Rotate {sheet.turned}"
                f" /Resources {resources} 0 R /Contents {content} 0 R >>"
            )
        )
    objects[tree - 1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    lock = "" if password is None else f" /ID [<00> <00>] /Encrypt {_encryption(password)}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R{lock} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _encryption(password: bytes) -> str:
    """The dictionary of the standard handler, revision 2 (ISO 32000-1, 7.6.3): enough for a reader to ask."""
    padded = (password + _PASSWORD_PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    rights = -44
    key = hashlib.md5(padded + owner + rights.to_bytes(4, "little", signed=True) + b"\x00").digest()[:5]
    user = _rc4(key, _PASSWORD_PAD)
    return f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P {rights} >>"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for each in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(each ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
