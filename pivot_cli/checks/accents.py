"""Words that lost their accents: text that was read in another encoding than the one it was written in."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import NamedTuple

# What an accent becomes. Signs of UTF-8 read in the encodings of Windows, of old Macs and of consoles, decoded to
# know (« fÃªte », « f√™te », « f├¬te »); « à » of which a plain space took the second half; in small letters, a
# capital or a sign that the same exchange made of one byte (« rÈunion », « rÚunion »); what stands for what is lost;
# what a page writes for it.
_SIGNS = (
    "[ÃÂÅ√¬≈├┬┼][^\x00-\x7f]|[â‚Ô][^\x00-\x7f]{2}|(?<![^\\W\\d_])Ã(?= [a-z])"
    "|(?<=[a-zà-öø-ÿ])[ÈËÍÎÏÒÓÔÙÚÛÞŽŠ‚ˆ‡†™¶](?=[a-zà-öø-ÿ])"
    "|\ufffd+|(?<=[a-z])[?](?=[a-z])"
    "|&(?:[A-Za-z](?:acute|grave|circ|uml|cedil)|oelig|nbsp|[lr]squo|[lr]aquo|#[0-9]{2,4}|#x[0-9A-Fa-f]{2,4});"
)
# A text without any of these needs no closer look: most have none, but for « È » in a word in capitals.
_SELDOM = "ÃÂÅ√¬≈├┬┼€‚ÇËÍÎÏÒÓÔÙÚÛÞŽŠˆ‡†™¶\x80\ufffd"
_INSIDE = "[È?&](?:(?<=[a-z][È?])[a-zà-ÿ]|(?<=&)[A-Za-z#])"
_ENCODINGS = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
_MEANT = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆÃÂ") | frozenset("«»’‘“”–—…•·€°½¼¾©®™\u00a0\u202f")
_ADDRESS = re.compile(r"[/@=]|www[.]")
_AROUND = 60  # characters of a word, on either side, at most
_AFTER = re.compile(r"[^\s\"]{0,60}")


class Damaged(NamedTuple):
    """Where such a word stands in a text, how it is written there, and what it was; empty where nobody can say."""

    start: int
    end: int
    word: str
    meant: str


def damaged_words(text: str) -> Iterator[Damaged]:
    """Each word that lost its accents, in order; a character that may stand where it does is left alone."""
    if not any(sign in text for sign in _SELDOM) and not re.search(_INSIDE, text):
        return
    end = 0
    for found in _signs().finditer(text):
        if found.start() < end or _read(found) == found[0]:
            continue
        before = re.search(r"[^\s\"]*\Z", text[max(found.start() - _AROUND, 0) : found.start()])
        start = found.start() - len(before[0] if before else "")
        end = _AFTER.match(text, found.end()).end()  # type: ignore[union-attr]  # nothing matches too
        word = text[start:end]
        if found[0] != "?" or not _ADDRESS.search(word):
            in_a_text = f"{word} a"
            known = all(_read(one) for one in _signs().finditer(in_a_text))
            yield Damaged(start, end, word, _signs().sub(_read, in_a_text)[:-2] if known else "")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(_SIGNS)


def _read(found: re.Match[str]) -> str:
    """What signs stand for: themselves where they are as they should be, nothing where nobody can say."""
    signs = found[0]
    if signs[0] == "&":
        from html import unescape  # a table of 2,000 names, for a text that has one

        return unescape(signs)
    if len(signs) == 1 or signs[0] == "\ufffd":
        return "à" if signs == "Ã" else ""
    for encoding in _ENCODINGS:
        with suppress(UnicodeError):
            if (read := signs.encode(encoding).decode("utf-8")) in _MEANT:
                return read
    return signs
