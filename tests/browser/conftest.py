"""Headless Chromium before a server with the examples on it; every page is looked at by axe and photographed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from inquiry.cli.walkthrough.stage import Stage, staged
from tests.world import ROOT

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=ja",
]
# `SCREENSHOTS=docs/images` renews the pictures of the guides.
ALBUM = ROOT / os.environ.get("SCREENSHOTS", "tests/screenshots")
# The browser itself writes this line for each page that is answered so: a field to correct, somebody who was first.
EXPECTED = tuple(f"Failed to load resource: the server responded with a status of {each}" for each in (409, 422))


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage")) as made:
        yield made


# For a module, not for the session: while playwright is open, an event loop runs in this thread, and whoever starts
# another one there (pyHanko does) is refused.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@dataclass
class Desk:
    """Somebody at a browser: a window that is watched for faults."""

    stage: Stage
    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda line: self._note(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, text: str) -> None:
        if not text.startswith(EXPECTED):
            self.faults.append(text)

    def log_in(self, login_name: str) -> None:
        self.page.goto(f"{self.stage.base}/login")
        self.page.get_by_label("ログインID").fill(login_name)
        self.page.get_by_label("パスワード").fill(self.stage.password)
        self.page.get_by_role("button", name="ログイン").click()

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.stage.base}{path}")

    def looks(self, name: str, *, whole: bool = False) -> None:
        """Photograph the page, and let axe look at it."""
        ALBUM.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state("load")
        self._photograph(ALBUM / f"{name}.png", whole=whole)
        found = Axe().run(self.page)
        self.faults += [f"{name}: {each['id']} {each['help']}" for each in found.response["violations"]]

    def _photograph(self, path: Path, *, whole: bool) -> None:
        try:
            self.page.screenshot(path=path, full_page=whole)
        except Error:
            # A browser on a busy machine at times finds no picture to take at once.
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=path, full_page=whole)


@pytest.fixture
def desk_of(browser: Browser, stage: Stage) -> Iterator:
    """Return a maker of desks: who logs in, and how wide the window is; every fault seen there fails the test."""
    contexts: list[BrowserContext] = []
    desks: list[Desk] = []

    def open_desk(login_name: str = "", *, width: int = 1366, height: int = 768, scale: float = 1) -> Desk:
        context = browser.new_context(
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
        )
        contexts.append(context)
        desk = Desk(stage, context.new_page())
        desks.append(desk)
        if login_name:
            desk.log_in(login_name)
        return desk

    yield open_desk
    for context in contexts:
        context.close()
    assert [fault for desk in desks for fault in desk.faults] == []


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")
