"""Fetching an address the user named; nothing else is ever requested."""

from __future__ import annotations

from ceyin.corpus.errors import SourceError
from ceyin.corpus.read import MAX_BYTES, Source, decode_source

_TIMEOUT_S = 20.0


def fetch_source(address: str) -> Source:
    """Download one page; raises SourceError for anything but a readable answer within the size limit."""
    import httpx

    try:
        with httpx.stream("GET", address, timeout=_TIMEOUT_S, follow_redirects=True) as response:
            response.raise_for_status()
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    raise SourceError(f"{address} 超过 {MAX_BYTES // 1048576} MB 的上限,没有导入。")
    except httpx.HTTPStatusError as exc:
        raise SourceError(f"{address} 返回 {exc.response.status_code}。请在浏览器里确认网址。") from exc
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise SourceError(f"{address} 取不到({type(exc).__name__})。请检查网络或先下载成文件。") from exc
    return decode_source(bytes(data), address=address)
