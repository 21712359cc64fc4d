"""What kind of file the bytes are: by content first, by suffix where the content leaves it open."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Literal, cast, get_args

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats.limits import broken

Kind = Literal["txt", "html", "pdf", "docx", "ofd"]
#: The suffixes of files that can be read.
SUFFIXES: dict[str, Kind] = {
    ".txt": "txt",
    ".md": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".ofd": "ofd",
}
NAMES = "TXT、HTML、PDF、DOCX、OFD"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|table|title|span)[\s>/]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_SAVE_AS_DOCX = "请用 WPS 或 LibreOffice 打开,另存为 DOCX 再导入。"
# First bytes of what is refused -> its name and the cure.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "RTF 文档", _SAVE_AS_DOCX),
    (b"\x89PNG", "图片", ""),
    (b"\xff\xd8\xff", "图片", ""),
    (b"GIF8", "图片", ""),
    (b"II*\0", "图片", ""),
    (b"MM\0*", "图片", ""),
    (b"Rar!", "RAR 压缩包", "请先解压,再导入其中的文件。"),
    (b"7z\xbc\xaf", "7z 压缩包", "请先解压,再导入其中的文件。"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压,再导入其中的文件。"),
    (b"AT&TFORM", "DjVu 文件", "请另存为带文字的 PDF 再导入。"),
    (b"CAJ", "CAJ 文件", "请用 CAJViewer 另存为 PDF 或 TXT 再导入。"),
    (b"\x7fELF", "程序", ""),
    (b"MZ\x90", "程序", ""),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE_CURE = "请用文字识别(OCR)软件转成 TXT、DOCX 或带文字的 PDF,再导入。"
_OTHER_CURE = f"请换成 {NAMES}。"


def kind_of(data: bytes, name: str, given: str | None = None) -> Kind:
    """The kind of a file; raises SourceError for a kind that cannot be read, with the cure."""
    suffix = PurePath(name).suffix.lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        raise _ole(data, name, suffix)
    for magic, what, cure in _REFUSED:
        if head.startswith(magic):
            raise SourceError(
                f"{name} 是{what},读不了。{cure or (_IMAGE_CURE if what == '图片' else _OTHER_CURE)}"
            )
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise SourceError(f"{name} 是图片,读不了。{_IMAGE_CURE}")
    if re.match(
        rb"(?:From|MIME-Version|Content-Type|Subject|Snapshot-Content-Location):", head, re.IGNORECASE
    ) and (b"multipart/related" in data[:4096]):
        raise SourceError(f"{name} 是 MHTML 网页存档,读不了。请在浏览器里另存为“网页,仅 HTML”再导入。")
    expected = SUFFIXES.get(suffix) if given not in get_args(Kind) else cast(Kind, given)
    if expected in ("pdf", "docx", "ofd"):
        raise broken(name, f"不是有效的 {expected.upper()} 文件")
    if expected == "txt" and not _PAGE.match(head):
        return "txt"
    return "html" if expected == "html" or _HTML.search(data[:4096].replace(b"\0", b"")) else "txt"


def _zip_kind(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [part.lstrip("/").lower() for part in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, OverflowError, NotImplementedError) as exc:
        raise broken(name) from exc
    if "word/document.xml" in parts or (
        "[content_types].xml" in parts and any(p.startswith("word/") for p in parts)
    ):
        return "docx"
    if any(part == "ofd.xml" for part in parts):
        return "ofd"
    if any(part.startswith("xl/") for part in parts):
        raise SourceError(f"{name} 是 Excel 表格,读不了。请另存为 HTML 或复制到 DOCX 再导入。")
    if any(part.startswith("ppt/") for part in parts):
        raise SourceError(f"{name} 是演示文稿,读不了。请另存为带文字的 PDF 再导入。")
    if "mimetype" in parts and "content.xml" in parts:
        raise SourceError(f"{name} 是 ODF 文档,读不了。{_SAVE_AS_DOCX}")
    raise SourceError(f"{name} 是压缩包,读不了。请先解压,再导入其中的文件。")


def _ole(data: bytes, name: str, suffix: str) -> SourceError:
    """A compound file: an old Office or WPS document, or a new one under a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return SourceError(f"{name} 加了密码。请用 WPS 或 Office 取消密码后再导入。")
    if suffix in (".xls", ".et"):
        return SourceError(f"{name} 是旧版表格,读不了。请另存为 HTML 或复制到 DOCX 再导入。")
    if suffix in (".ppt", ".dps"):
        return SourceError(f"{name} 是旧版演示文稿,读不了。请另存为带文字的 PDF 再导入。")
    return SourceError(f"{name} 是旧版 Office 或 WPS 文档(如 .doc、.wps),读不了。{_SAVE_AS_DOCX}")
