"""A page as a browser is to print it, and the PDF that comes of it as the program gives it."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import escape

# A template is not always the program's: what it names outside of the page is not fetched, nor read from the disk.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'"
# « &#45; » is a hyphen everywhere but in the name of an attribute: no other <meta> has the page leave for another.
_LEAVING = re.compile("(http)-(equiv)", re.IGNORECASE)
_TITLE = re.compile("<title", re.IGNORECASE)
# « D:20200115190500-05'00' »: the places of its figures are counted elsewhere in the file, and stay.
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}([^)]*)")


def sealed(page: str, title: str) -> bytes:
    """A page in HTML of which a browser prints what it holds and nothing else, whoever wrote its template.

    What closes it comes before its first byte: of what HTML allows once, the first counts. It has the title that is
    given where it has none of its own.
    """
    named = "" if _TITLE.search(page) else f"<title>{escape(title)}</title>"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_CLOSED}">{named}'
    staying = _LEAVING.sub(r"\1&#45;\2", page)
    return f"<!DOCTYPE html>{head}{staying}".encode("utf-8", "replace")


def dated(document: bytes, day: date) -> bytes:
    """The same PDF, made on that day at midnight whenever it was: no other byte changes, and none moves."""
    midnight = f"{day:%Y%m%d}000000".encode()

    def told(found: re.Match[bytes]) -> bytes:
        zone = re.sub(rb"\d", b"0", found[2]).replace(b"-", b"+")
        return found[1] + midnight + zone

    return _DATE.sub(told, document)
