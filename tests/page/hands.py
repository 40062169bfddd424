"""How tests fill in the forms of the page, and look at what git kept of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from once import done_once
from support import kept_folder, write_plan
from werkzeug.test import TestResponse

from page.doors import HERE, Door

WHO = ("-c", "user.name=Adoptante", "-c", "user.email=adoptante@exemple.org")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def known_to_git(folder: Path) -> None:
    """Say to git who records."""
    git(folder, "config", "user.name", "Jeanne Roy")
    git(folder, "config", "user.email", "jeanne@pivot.org")


def kept(tmp_path: Path, *, known: bool = True) -> Path:
    """A small plan in a repository, adopted."""
    folder = tmp_path / "depot"
    shutil.copytree(_adopted(), folder)
    if not known:
        git(folder, "config", "--remove-section", "user")
    return folder / "plan"


@cache
def _adopted() -> Path:
    """That plan, in a repository that knows who records; nothing changes it."""
    folder = kept_folder()
    write_plan(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "plan")
    git(folder, *WHO, "commit", "-qm", "Adopter le plan")
    known_to_git(folder)
    return folder


class Held:
    """A form of the page as a browser holds it: its address, its fields, the buttons that it has."""

    def __init__(self, door: Door, answer: TestResponse, action: str | None = None) -> None:
        page = answer.text
        forms = re.findall(r'<form[^>]*method="post" action="([^"]+)"[^>]*>(.*?)</form>', page, re.DOTALL)
        found = [(unescape(to), inside) for to, inside in forms if action is None or action in to]
        assert found, page
        self.door = door
        self.to, inside = next(((to, text) for to, text in found if to != "/fermer"), found[0])
        self.fields: dict[str, list[str]] = {}
        for field in re.findall(r"(?s)<(?:input|textarea)\b[^>]*>|<select\b.*?</select>", inside):
            first, *options = re.findall(r"<(?:input|textarea|select|option)\b[^>]*>", field)
            name = re.search(r' name="([^"]+)"', first)
            chosen = next((one for one in options if " selected" in one), (options or [first])[0])
            value = re.search(r' value="([^"]*)"', chosen)
            if name and ("checkbox" not in first or " checked" in first) and ' type="file"' not in first:
                self.fields.setdefault(unescape(name[1]), []).append(unescape(value[1]) if value else "")

    def send(self, **typed: str | list[str]) -> TestResponse:
        """Send it, some fields filled in."""
        given = {name.replace("_", "-"): value if isinstance(value, list) else [value] for name, value in typed.items()}
        data: Any = {**self.fields, **given}
        with done_once():
            return self.door.client.post(self.to, base_url=HERE, data=data, headers={"Origin": HERE})


def previewed(door: Door, ids: list[str], **typed: str | list[str]) -> Held:
    """The lines that some answers would change."""
    asked = "&".join(f"id={id_}" for id_ in ids)
    answer = Held(door, door.get(f"/consigner?{asked}"), "/consigner").send(**typed)
    assert answer.status_code == 200, answer.text
    return Held(door, answer, "/consigner")


def followed(door: Door, answer: TestResponse) -> str:
    """The page that a form leads to once it is taken."""
    assert answer.status_code == 303, answer.text
    return door.text(answer.headers["Location"].removeprefix(HERE))


def recorded(door: Door, id_: str, **typed: str) -> str:
    """The page that says that it is recorded."""
    return followed(door, previewed(door, [id_], **typed).send(etape="enregistrer"))
