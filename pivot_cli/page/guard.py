"""Who may ask the page for something: the browser that was let in by this computer's owner, and nothing else.

Any site that is open in the browser can have it send requests to the loopback, under a name of its own (DNS
rebinding) or from a form; and so can the other accounts of the computer. So the Host is compared whole; a form comes
from this very origin, and holds a mark that only its pages know; everything is asked with a cookie that a secret, used
once, was exchanged for.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

LOOPBACK = "127.0.0.1"
MOST_BYTES = 64 * 1024
"""Of a form that holds no file."""
MOST_WITH_A_FILE = 6 * 1024 * 1024
"""Of one that holds a file."""
_MOST_ADDRESSES = 8  # that were given and not used yet
_BYTES = 32  # of a secret

BARE_STYLE = (
    ":root{color-scheme:light dark;background:#fffdf9;color:#1e2832}a{color:#0a5560}"
    "@media(prefers-color-scheme:dark){:root{background:#14191f;color:#e7e4dc}a{color:#7ccad3}}"
    "body{font:1.1rem/1.5 sans-serif;margin:3rem auto;max-width:38rem;padding:0 1rem}"
)
"""The style of what is said to who was not let in: nothing else is given without a session."""


def _allowed(*styles: str) -> str:
    """What a policy says of the styles that a page holds: those, and no other."""
    digests = (base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


_SHUT = "default-src 'none'; base-uri 'none'; form-action {forms}; frame-ancestors 'none'; {more}"
OWN = _SHUT.format(forms="'self'", more="style-src 'self'; img-src data:")
BARE = _SHUT.format(forms="'none'", more=f"style-src {_allowed(BARE_STYLE)}")
_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # With « no-referrer », a browser says of its own forms that they come from « null », as it does of those of a
    # stranger's frame. This one says nothing to anybody else either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def of_document(page: bytes | str) -> str:
    """The policy of a document. It may come from an organisation's own template: it is shown as if from nowhere, with
    the styles that it holds, and no script of it runs.
    """
    styles = re.findall(r"(?is)<style[^>]*>(.*?)</style>", page) if isinstance(page, str) else []
    more = f"style-src {_allowed(*styles)}; img-src data:; font-src data:; sandbox"
    return _SHUT.format(forms="'none'", more=more)


class Refusal(NamedTuple):
    """Why a request is not answered: its code, what is said, and what to do."""

    code: int
    said: str
    remedy: str


UNKNOWN = Refusal(401, "Cette page ne s'ouvre pas ainsi.", f"Dans un terminal, tapez{NBSP}: pivot open")
USED = Refusal(
    403, "Cette adresse a déjà servi, ou n'est plus bonne.", f"Dans un terminal, tapez de nouveau{NBSP}: pivot open"
)
_ODD = Refusal(400, "Cette demande n'est pas comprise.", "Revenez à la page, et recommencez.")
_HOST = Refusal(400, "Cette adresse n'est pas celle de la page.", f"Reprenez celle que donne{NBSP}: pivot open")
_FOREIGN = Refusal(403, "Cette demande vient d'une autre page.", "Revenez à celle du plan, et recommencez.")
_STALE = Refusal(
    403, f"Cette page était ouverte depuis trop longtemps{NBSP}: rien n'a été fait.", "Rechargez-la, et recommencez."
)
READING = Refusal(
    403,
    f"Cette page est ouverte pour consulter seulement{NBSP}: rien n'a été fait.",
    f"Pour consigner, fermez-la, puis dans un terminal, tapez{NBSP}: pivot open",
)
LONG = Refusal(400, f"Ce qui est envoyé est trop long{NBSP}: rien n'a été fait.", "Raccourcissez-le, et recommencez.")


class Guard:
    """What was given to open the page, and to whom: addresses not used yet, and sessions, each with the mark of its
    forms. `key` is the owner's own, by which they ask for another address.
    """

    def __init__(self, port: int) -> None:
        self.origin = f"http://{LOOPBACK}:{port}"
        self.cookie = f"pivot-{port}"
        self.key = secrets.token_urlsafe(_BYTES)
        self._hosts = {f"{LOOPBACK}:{port}", *([LOOPBACK] if port == 80 else [])}
        self._given: list[tuple[str, bool]] = []
        self._marks: dict[str, str] = {}
        self._reading: frozenset[str] = frozenset()
        self._alone = Lock()  # two requests may come at once

    def new_address(self, *, reading_only: bool = False) -> str:
        """An address that opens the page once, to consult only or to record too."""
        made = secrets.token_urlsafe(_BYTES)
        with self._alone:
            self._given = [*self._given[1 - _MOST_ADDRESSES :], (made, reading_only)]
        return f"{self.origin}/entrer?cle={made}"

    def enter(self, key: str) -> str | None:
        """The session that a secret opens, and never again; None for another one."""
        with self._alone:
            found = [one for one in self._given if _same(one[0], key)]
            if not found:
                return None
            self._given = [one for one in self._given if one not in found]
            session = secrets.token_urlsafe(_BYTES)
            self._marks = {**self._marks, session: (mark := secrets.token_urlsafe(_BYTES))}
            self._reading |= {mark} if found[0][1] else set()
        return session

    def only_reads(self, mark: str) -> bool:
        """Whether the session of that mark consults, and records nothing."""
        return mark in self._reading

    def mark_of(self, request: Request) -> str | None:
        """The mark of the forms of a request's session; None where it has none."""
        held = request.cookies.get(self.cookie, "")
        return next((mark for session, mark in self._marks.items() if _same(session, held)), None)

    def refusal(self, request: Request, most: int = MOST_BYTES) -> Refusal | None:
        """Why a request is not even looked at; None where it may be, whoever sends it. `most` is how long it may be."""
        if request.headers.get("Host") not in self._hosts:
            return _HOST
        if request.method not in ("GET", "HEAD", "POST"):
            return _ODD
        if request.method == "POST":
            length = request.headers.get("Content-Length", "")
            if not length.isascii() or not length.isdecimal() or "Transfer-Encoding" in request.headers:
                return _ODD
            return LONG if int(length) > most else None
        return None

    def refusal_of_form(self, request: Request, mark: str) -> Refusal | None:
        """Why a form is not taken; None where it comes from a page of this session."""
        if request.headers.getlist("Origin") != [self.origin]:
            return _FOREIGN
        return None if _same(request.form.get("jeton", ""), mark) else _STALE

    def is_owner(self, request: Request) -> bool:
        """Whether a request comes from the owner's own command, and not from a browser."""
        return "Origin" not in request.headers and _same(request.form.get("cle", ""), self.key)


def sealed(response: Response, policy: str = OWN) -> Response:
    """An answer that nothing frames, keeps, nor takes for what it is not."""
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = policy
    return response


def _same(one: str, other: str) -> bool:
    """Whether two secrets are one, in a time that tells nothing of them."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
