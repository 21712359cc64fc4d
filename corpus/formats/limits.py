"""What a file may cost at most: against damaged files and decompression bombs, named with the cure when reached."""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ceyin.corpus.errors import SourceError

if TYPE_CHECKING:
    from lxml import etree

#: Larger files are refused unread: a policy is a few hundred kilobytes, a scanned one a few megabytes.
MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 5000
MAX_ENTRY_BYTES = 64 * 1024 * 1024
#: All that is unpacked from one archive.
MAX_UNPACKED = 128 * 1024 * 1024
#: Real documents reach 20 (empty table cells repeat themselves); a bomb a thousand.
MAX_RATIO = 200
_RATIO_FROM = 4 * 1024 * 1024
MAX_PAGES = 1500
MAX_CHARS = 10_000_000
MAX_SECONDS = 60.0
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(size: int, name: str) -> None:
    """Refuse a file of more than MAX_BYTES."""
    if size > MAX_BYTES:
        raise SourceError(
            f"{name} 有 {size / 1048576:.0f} MB,超过 {MAX_BYTES // 1048576} MB 的上限。请拆分后再导入。"
        )


@dataclass(slots=True)
class Clock:
    """The time left for one source."""

    name: str
    seconds: float = MAX_SECONDS
    start: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Refuse a source that has used up its time."""
        if time.monotonic() - self.start > self.seconds:
            raise too_slow(self.name, self.seconds)


def too_slow(name: str, seconds: float = MAX_SECONDS) -> SourceError:
    """The refusal of a source that takes too long."""
    return SourceError(f"{name} 读了 {seconds:.0f} 秒还没读完,已停止。请拆成几个小文件,或另存一份再导入。")


def check_chars(count: int, name: str) -> None:
    """Refuse a text of more than MAX_CHARS."""
    if count > MAX_CHARS:
        raise SourceError(f"{name} 的文字超过 {MAX_CHARS // 10000} 万字的上限。请拆分后再导入。")


def check_pages(count: int, name: str) -> None:
    """Refuse a document of more than MAX_PAGES."""
    if count > MAX_PAGES:
        raise SourceError(f"{name} 有 {count} 页,超过 {MAX_PAGES} 页的上限。请拆分后再导入。")


class Archive:
    """A zip file whose parts are unpacked only within the limits."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, OverflowError, NotImplementedError) as exc:
            raise broken(name) from exc
        if len(infos) > MAX_ENTRIES:
            raise SourceError(
                f"{name} 里有 {len(infos)} 个部件,超过 {MAX_ENTRIES} 个的上限。请用 WPS 或 LibreOffice 另存后再导入。"
            )
        self._infos = {info.filename.lstrip("/").replace("\\", "/"): info for info in infos}
        self._lower = {key.lower(): key for key in self._infos}

    def names(self) -> list[str]:
        """The paths of all parts."""
        return list(self._infos)

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._lower

    def read(self, path: str) -> bytes:
        """The bytes of one part; raises KeyError where there is none, SourceError beyond the limits."""
        info = self._infos[self._lower[path.lower()]]
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MAX_ENTRY_BYTES or (ratio > MAX_RATIO and info.file_size > _RATIO_FROM):
            raise self._bomb(path)
        if info.flag_bits & 1:
            raise SourceError(f"{self._name} 加了密码。请先取消密码再导入。")
        out = bytearray()
        try:
            with self._zip.open(info) as part:
                # Sizes in the directory may lie: count what really comes out.
                while chunk := part.read(1 << 18):
                    out += chunk
                    if len(out) > MAX_ENTRY_BYTES or self._unpacked + len(out) > MAX_UNPACKED:
                        raise self._bomb(path)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            IndexError,
        ) as exc:
            raise broken(self._name, path) from exc
        self._unpacked += len(out)
        return bytes(out)

    def xml(self, path: str) -> etree._Element:
        """One part as XML: no entities, no outside references, no more than 256 levels."""
        return parse_xml(self.read(path), self._name, path)

    def _bomb(self, path: str) -> SourceError:
        return SourceError(
            f"{self._name} 解压后过大({path} 或总量超过 {MAX_UNPACKED // 1048576} MB 的上限),像是压缩炸弹。"
            "请确认来源,用 WPS 或 LibreOffice 另存后再导入。"
        )


def parse_xml(data: bytes, name: str, path: str) -> etree._Element:
    """XML with every door shut that an attacker could use."""
    from lxml import etree

    if _ENTITY.search(data[:65536]):
        raise SourceError(f"{name} 的 {path} 含有实体声明,不安全,没有导入。请用 WPS 或 LibreOffice 另存。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        if "xcessive depth" in str(exc):
            raise SourceError(
                f"{name} 的 {path} 嵌套超过 256 层的上限。请用 WPS 或 LibreOffice 另存后再导入。"
            ) from exc
        raise broken(name, path) from exc


def broken(name: str, path: str = "") -> SourceError:
    """The refusal of a file whose structure is damaged."""
    where = f"({path})" if path else ""
    return SourceError(f"{name} 已损坏{where},读不出内容。请重新下载,或用 WPS、LibreOffice 打开后另存。")
