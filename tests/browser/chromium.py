"""The browser of the tests: where it is, how it starts. `python -m tests.browser.chromium` gets one where none is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first is the browser without its own windows and buttons: a page opens in half the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
HELP = (
    "No Chromium was found and none could be installed. Install Chromium or Chrome, or name one that is there: "
    "CHROMIUM_PATH=/path/to/chrome make test"
)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> Path | None:
    """CHROMIUM_PATH, else the first on PATH, else the one that Playwright has downloaded."""
    if named := os.environ.get("CHROMIUM_PATH"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


def install_chromium() -> None:
    """From Debian's packages where we are root and they are there, else as Playwright does it."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        for package in NAMES[:2]:  # older releases have only the second
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
            if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0:
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium here: installing one for the tests of the page.", flush=True)
        install_chromium()
        chromium = find_chromium()
    if chromium is None or not chromium.is_file():
        print(HELP if chromium is None else f"CHROMIUM_PATH names no file: {chromium}", file=sys.stderr)
        return 1
    print(f"browser: {chromium}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
