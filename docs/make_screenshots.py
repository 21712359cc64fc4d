"""Take the pictures in docs/images: a server of its own, a home of its own, and one policy of 示例市.

``python docs/make_screenshots.py`` (needs Chromium and the extras ``ui`` and ``dev``); with ``--url`` it
takes them of a server that runs already.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
POLICY = ROOT / "tests" / "fixtures" / "shili.txt"
IMAGES = ROOT / "docs" / "images"
QUESTION = "示例市工坊租用闲置厂房,每年最高能补多少?"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_SECONDS = 120


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server() -> Iterator[str]:
    """The address of ``ceyin serve`` over a temporary home that holds the catalog and :data:`POLICY`."""
    with tempfile.TemporaryDirectory(prefix="ceyin-pictures-") as home:
        env = {k: v for k, v in os.environ.items() if not k.startswith("CEYIN_")} | {"CEYIN_HOME": home}
        ceyin = [sys.executable, "-m", "ceyin"]
        subprocess.run([*ceyin, "corpus", "add", str(POLICY)], env=env, check=True)
        port = free_port()
        running = subprocess.Popen([*ceyin, "serve", "--port", str(port)], env=env)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, running)
            yield address
        finally:
            running.terminate()
            running.wait(timeout=20)


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; raises SystemExit when it ended or takes too long."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if running.poll() is not None:
            raise SystemExit(f"ceyin serve ended with {running.returncode}")
        try:
            with direct.open(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit(f"ceyin serve did not answer within {READY_SECONDS} s")


def take(browser: Any, address: str, name: str, question: str, folder: Path) -> list[Path]:
    """First visit, answer, and cited clause at one size."""
    width, height = SIZES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    taken: list[Path] = []

    def shoot(view: str) -> None:
        page.wait_for_timeout(600)
        taken.append(folder / f"{name}-{view}.png")
        page.screenshot(path=taken[-1])

    page.goto(address)
    page.wait_for_selector(".cy-reader-scroll", state="attached")
    shoot("first-visit")
    page.fill("#cy-box textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".cy-card")
    shoot("answer")
    page.click(".cy-card .cy-chip")
    page.wait_for_selector(".cy-target")
    page.mouse.move(0, 0)
    shoot("clause")
    context.close()
    return taken


def main() -> None:
    """Take all pictures and print their paths."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--url", help="a server that runs already")
    options.add_argument("--question", default=QUESTION)
    options.add_argument("--out", type=Path, default=IMAGES)
    options.add_argument("--chromium", default=os.environ.get("CEYIN_CHROMIUM") or shutil.which("chromium"))
    chosen = options.parse_args()
    if chosen.chromium is None:
        raise SystemExit("no Chromium: install it, or name it with --chromium")
    from playwright.sync_api import sync_playwright

    chosen.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen.chromium, args=FLAGS)
        if chosen.url:
            taken = [p for n in SIZES for p in take(browser, chosen.url, n, chosen.question, chosen.out)]
        else:
            with server() as address:
                taken = [p for n in SIZES for p in take(browser, address, n, chosen.question, chosen.out)]
        browser.close()
    for path in taken:
        print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


if __name__ == "__main__":
    main()
