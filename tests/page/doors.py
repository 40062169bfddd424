"""How tests ask the local page for something: in their own process, as a browser that was let in or as a stranger."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from once import done_once
from support import SHIPPED
from werkzeug.test import Client, TestResponse

from pivot_cli.cli.local import desk_of
from pivot_cli.page.guard import Guard
from pivot_cli.page.site import Site

PORT = 8793
HERE = f"http://127.0.0.1:{PORT}"
AU = date(2020, 1, 15)


class Door(NamedTuple):
    """The page of a plan, and a browser that it let in; `stranger` was not."""

    site: Site
    client: Client
    stranger: Client
    guard: Guard
    closed: list[bool]

    def get(self, path: str, **more: Any) -> TestResponse:
        """What the browser is shown at an address; a warning, or what was not foreseen, is a fault of the test."""
        with done_once():
            shown = self.client.get(path, base_url=HERE, **more)
        assert shown.status_code != 500, path
        return shown

    def text(self, path: str, code: int = 200) -> str:
        """The page at an address, with ordinary spaces."""
        shown = self.get(path)
        assert shown.status_code == code, path
        return shown.text.replace("\N{NO-BREAK SPACE}", " ")

    def mark(self) -> str:
        """The mark that the forms of this session hold."""
        found = re.search(r'name="jeton" value="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, str] | None = None, **headers: str) -> TestResponse:
        """What is answered to a form, sent from a page of this session unless `headers` says otherwise."""
        given = {"Origin": HERE} | {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"jeton": self.mark()} if data is None else data
        with done_once():
            return self.client.post(path, base_url=HERE, data=sent, headers=given)


def opened(plan: Path = SHIPPED, au: date | None = AU, *, reading_only: bool = False) -> Door:
    """The page of the plan of a folder, on a day, in a browser that was let in."""
    guard, closed = Guard(PORT), list[bool]()
    desk = desk_of(plan, au.isoformat() if au else None)
    site = Site(desk, guard, lambda: closed.append(True), reading_only=reading_only)
    door = Door(site, Client(site), Client(site), guard, closed)
    answer = door.client.get(guard.new_address().removeprefix(HERE), base_url=HERE)
    assert (answer.status_code, answer.location) == (303, f"{HERE}/")
    return door


def copied(folder: Path, plan: Path = SHIPPED) -> Path:
    """A copy of a plan that a test may change."""
    return Path(shutil.copytree(plan, folder / "plan"))


class Outline(HTMLParser):
    """A page as its text and its structure, a line an element: what it says, and to whom, without its style."""

    _KEPT = ("href", "name", "value", "action", "method", "aria-label", "aria-current", "scope", "data-l", "lang")
    _LEFT = ("svg", "head")
    _VOID = ("input", "br", "meta", "link")
    _INLINE = ("b", "span", "code", "mark", "time")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._depth, self._left = 0, 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A line for an element that is kept."""
        if tag in self._LEFT:
            self._left += 1
        if self._left or tag in self._INLINE:
            return
        kept = "".join(f' {name}="{value or ""}"' for name, value in attrs if name in self._KEPT and name != "jeton")
        kept = re.sub(r'(name="jeton" value=")[^"]+', r"\1…", kept)
        self.lines.append(f"{' ' * self._depth}<{tag}{kept}>")
        if tag not in self._VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        if tag in self._LEFT:
            self._left -= 1
        elif not self._left and tag not in (*self._INLINE, *self._VOID):
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """What it says."""
        if data.strip() and not self._left:
            self.lines.append(f"{' ' * self._depth}{' '.join(data.split())}")


def outline(page: str) -> str:
    """A page as its text and structure."""
    return "\n".join(Outline(page.replace("\N{NO-BREAK SPACE}", "~")).lines) + "\n"
