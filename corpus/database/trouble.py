"""Foreign database errors become ours here: one Chinese line with the place and the cure."""

from __future__ import annotations

import re

from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from ceyin.corpus.errors import StoreError

# Primary SQLite result codes by the name the driver gives (extended names begin with the primary one).
_SQLITE = {
    "SQLITE_NOTADB": "已损坏或不是数据库,没有改动它;请把它移到别处另存,放回备份,或重新导入原文",
    "SQLITE_CORRUPT": "已损坏,没有改动它;请把它移到别处另存,放回备份,或重新导入原文",
    "SQLITE_CANTOPEN": "打不开;请检查数据目录的权限,或用 --home(CEYIN_HOME)换一个目录",
    "SQLITE_READONLY": "不能写;请检查数据目录的权限,或用 --home(CEYIN_HOME)换一个目录",
    "SQLITE_PERM": "不能写;请检查数据目录的权限,或用 --home(CEYIN_HOME)换一个目录",
    "SQLITE_FULL": "所在的磁盘满了,这一步没有存下,以前存的都在;请腾出空间再做一次",
    "SQLITE_IOERR": "所在的磁盘读写出错,这一步没有存下;请检查磁盘再做一次",
    "SQLITE_BUSY": "正被另一个程序写入;请等它做完再试",
    "SQLITE_LOCKED": "正被另一个程序写入;请等它做完再试",
}

# A broken header has no code of its own, only these words.
_BROKEN_HEADER = re.compile(r"unsupported file format|malformed")


def as_store_error(exc: BaseException, name: str) -> StoreError | None:
    """The StoreError for a failing database; none for a broken constraint or statement: that is a bug."""
    if isinstance(exc, IntegrityError | ProgrammingError) or not isinstance(exc, DatabaseError):
        return None
    code = str(getattr(exc.orig, "sqlite_errorname", ""))
    if code == "SQLITE_ERROR" and _BROKEN_HEADER.search(str(exc.orig)):
        code = "SQLITE_CORRUPT"
    for prefix, line in _SQLITE.items():
        if code.startswith(prefix):
            return StoreError(f"数据库 {name} {line}")
    reason = " ".join(str(exc.orig).split())[:200]
    if not code and isinstance(exc, OperationalError):
        cure = "请检查地址(CEYIN_DATABASE_URL)和数据库服务"
        return StoreError(f"数据库 {name} 连不上或断开了({reason});{cure}")
    return StoreError(f"数据库 {name} 出错({reason}),这一步没有存下;请再试一次,仍不行请报给维护者")
