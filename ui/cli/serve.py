"""``ceyin serve``: page and API on one port."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from ceyin.corpus.errors import CeyinError
from ceyin.ui.cli.opening import tell


def serve(
    host: Annotated[str | None, typer.Option("--host", help="监听的地址")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="监听的端口")] = None,
) -> None:
    """启动网页和接口。"""
    from ceyin.ui.app import open_app
    from ceyin.ui.settings import load_settings

    settings = load_settings()
    host, port = host or settings.host, port or settings.port
    _free(host, port)
    app = open_app(settings, tell=tell)
    try:
        app.index()
        tell("启动网页…")
        import uvicorn

        from ceyin.ui.http import create_web

        web = create_web(app)
        tell(f"已就绪:http://{host}:{port}  (按 Ctrl+C 停止)")
        uvicorn.run(web, host=host, port=port, log_level="warning", access_log=False)
    except ImportError as exc:
        raise CeyinError(
            f"缺少网页所需的组件({exc.name})。请运行 make setup,或 pip install 'ceyin[ui]'。"
        ) from exc
    finally:
        app.close()


def _free(host: str, port: int) -> None:
    """Say so before anything is built when the port is taken or the address is none of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            raise CeyinError(f"{host}:{port} 用不了({exc.strerror})。请用 --port 换一个端口。") from exc
