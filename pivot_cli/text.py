"""What every screen and document does to text: cleaning, cutting at words, Québec typography, dates in words.

A text of the plan, of a file or of a command line is shown by one of these:
- `clean`: as it is laid out, its control characters made visible;
- `inline`: also without line breaks, its spaces kept (a line of YAML, a word of a shell);
- `one_line`: as a sentence, its white space single; whatever a screen or a document says of the plan;
- `quoted`: inside a message, between guillemets;
- `cited`: inside a message, when nothing says how long or on how many lines it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

NBSP = "\N{NO-BREAK SPACE}"

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

# C0 and C1 controls but tab and line breaks, the surrogates, and the marks that can reorder a whole line
# (U+202A-202E, U+2066-2069): shown, they would let a text of the plan drive the reader's terminal.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# Characters that show nothing, which come with what is copied from a page or a PDF.
INVISIBLE = {
    "\u00ad": "trait d'union conditionnel",
    "\u034f": "liant de graphèmes",
    "\u061c": "marque de sens d'écriture",
    "\u180e": "séparateur invisible",
    "\u200b": "espace sans largeur",
    "\u200c": "antiliant sans largeur",
    "\u200d": "liant sans largeur",
    "\u200e": "marque de sens d'écriture",
    "\u200f": "marque de sens d'écriture",
    "\u2060": "liant de mots",
    **dict.fromkeys(map(chr, range(0x2061, 0x2065)), "opérateur invisible"),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", "blanc qui n'est pas un espace"),
    "\ufffc": "emplacement d'un objet",
    **dict.fromkeys(map(chr, range(0xE0000, 0xE0080)), "étiquette invisible"),
}
_TYPED = dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("–—‐‑−", "-")
_LIKE = str.maketrans(
    dict.fromkeys([*INVISIBLE, "\ufe0e", "\ufe0f", "\ufeff"]) | _TYPED | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
)


def first_control(text: str) -> int | None:
    """The offset of the first control character, or None: such a character is a fault in a plan."""
    found = CONTROL.search(text)
    return found and found.start()


def clean(text: str) -> str:
    """The text with each control character shown as U+FFFD."""
    # What is printable has no control character, and most texts are: looking is ten times cheaper.
    return text if text.isprintable() else CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def inline(text: str) -> str:
    """The text cleaned, each line break or tab in it a space: it cannot leave the line where it is shown."""
    return text if text.isprintable() else re.sub(r"[\t\r\n\f\v\u0085\u2028\u2029]+", " ", clean(text))


def one_line(text: str) -> str:
    """The text cleaned and on one line, each run of ordinary white space a single space."""
    if text.isprintable() and "  " not in text:  # most texts, and much faster
        return text.strip(" ")
    return re.sub(r"[ \t\r\n\f\v\u0085\u2028\u2029]+", " ", clean(text)).strip(" ")


_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]")  # those of letters; U+034F joins them, and is no accent


_PAST_LETTERS = re.compile("[\u0300-\U0010ffff]")  # where all that combines with a letter is


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text as it is compared: case, accents, apostrophes, dashes, the width of spaces and what nobody sees do not
    matter.
    """
    plain = text if text.isascii() and "`" not in text else text.translate(_LIKE)
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    if _PAST_LETTERS.search(plain):  # what few texts have, and takes ten times longer
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


_LAID_OUT = str.maketrans(
    dict.fromkeys([*INVISIBLE, "\ufeff"]) | _TYPED | dict.fromkeys("“”„‟«»", '"') | {"…": "...", "\u2028": " "}
)


def as_typed(text: str) -> str:
    """The text as its words were typed, however they are laid out: the forms of apostrophes, dashes and quotation
    marks, the kinds and numbers of spaces, and how its accents are encoded do not matter.
    """
    plain = unicodedata.normalize("NFC", text).translate(_LAID_OUT)
    return re.sub(r'\s*([":;!?%$])\s*', r"\1", " ".join(plain.split()))


def capitalized(text: str) -> str:
    """The text with a capital at its first letter; the others are kept."""
    return text[:1].upper() + text[1:]


def truncate(text: str, width: int) -> str:
    """The text in at most `width` characters, or its first word if it is longer, closed by « … » where it is cut."""
    if len(text) <= width:
        return text
    end = text.rfind(" ", 0, width)
    if end <= 0:
        first, space, _ = text.partition(" ")
        return f"{first}…" if space else first
    return text[:end].rstrip(" ,;:-–(«'/+&\N{NO-BREAK SPACE}") + "…"


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The text's lines in so many columns, cut at ordinary spaces only, `first` before one and `rest` before others."""
    start, *words = text.split(" ")
    lines = [first + start]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append(rest + word)
        else:
            lines[-1] += f" {word}"
    return lines


def paragraph(text: str, width: int, indent: int = 0, hanging: int = 0) -> list[str]:
    """A text in lines of at most `width`, the others `hanging` further in than the first; none for an empty text."""
    text = text.rstrip(" ")
    return wrap(text, max(width, 12), " " * indent, " " * (indent + hanging)) if text else []


@lru_cache(maxsize=4096)
def day_in_words(day: date) -> str:
    """« 1er mars 2020 », per the Office québécois de la langue française."""
    return f"{day.day}{'er' * (day.day == 1)}{NBSP}{month_in_words(day)}"


def interval_in_words(debut: date | None, fin: date | None) -> str:
    """« du 1er au 31 mars 2020 », « au plus tard le 31 mars 2020 », « à partir du 1er octobre 2023 »."""
    if debut is None:
        return "" if fin is None else f"au plus tard le {day_in_words(fin)}"
    if fin is None:
        return f"à partir du {day_in_words(debut)}"
    if debut == fin:
        return f"le {day_in_words(fin)}"
    parts = 3 if debut.year != fin.year else 2 if debut.month != fin.month else 1
    first = NBSP.join(day_in_words(debut).split(NBSP)[:parts])  # without what the last day says too
    return f"du {first} au {day_in_words(fin)}"


def elapsed_in_words(since: date, until: date) -> str:
    """The time from one day to another in whole months: « moins d'un mois », « 9 mois », « 1 an et 2 mois »."""
    months = 12 * (until.year - since.year) + until.month - since.month - (until.day < since.day)
    years, months = divmod(max(months, 0), 12)
    return listed(each_counted((years, "an", "ans"), (months, "mois", "mois"))) or "moins d'un mois"


_ASPIRATED = ("hat", "haus", "haut", "heurt", "hierarch", "hors", "huit")


def month_in_words(day: date) -> str:
    """« mars 2020 »."""
    return f"{MONTHS[day.month - 1]}{NBSP}{day.year}"


def of_word(word: str) -> str:
    """« de mars », « d'avril », « d'hiver », « de hausser »."""
    plain = fold(word)
    return f"d'{word}" if plain.startswith(tuple("aeiouyh")) and not plain.startswith(_ASPIRATED) else f"de {word}"


def dollars(amount: Decimal) -> str:
    """« 1 500 $ », « 1 500,50 $ », « −20 $ », with non-breaking spaces."""
    grouped = f"{abs(amount):,.2f}".replace(",", NBSP).replace(".", ",").removesuffix(",00")
    return f"{'−' if amount < 0 else ''}{grouped}{NBSP}$"


def quoted(text: str) -> str:
    """The text between guillemets, with the non-breaking spaces they take; whatever it holds, it stays on its line."""
    return f"«{NBSP}{inline(text)}{NBSP}»"


def cited(text: str, width: int = 80) -> str:
    """A text of the plan's files as a message repeats it: between guillemets, on one line, short whatever it holds."""
    short = truncate(one_line(text[: 4 * width]), width)
    return quoted(short if len(short) <= width + 1 else f"{short[:width]}…")


def figure(number: int) -> str:
    """« 93 », « 9 300 », with a non-breaking space."""
    return f"{number:,}".replace(",", NBSP)


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """« 0 action », « 1 action », « 2 actions »: in French the plural begins at two."""
    word = singular if abs(number) < 2 else (plural or f"{singular}s")
    return f"{figure(number)}{NBSP}{word}"


def each_counted(*kinds: tuple[int, str, str]) -> list[str]:
    """« 3 actions réalisées », « 1 échéance déplacée »: each kind that there is something of, counted."""
    return [counted(number, singular, plural) for number, singular, plural in kinds if number]


def listed(items: list[str] | tuple[str, ...], last: str = "et") -> str:
    """« a », « a et b », « a, b et c »."""
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


MOST_COMPARED = 20_000  # words that are compared for suggestions, which take most of the time of thousands of faults


class Suggestions:
    """What words that nobody knows most likely stand for among known ones; nothing past `MOST_COMPARED` comparisons."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_fold = {fold(candidate): candidate for candidate in reversed(tuple(known))}
        self._most = MOST_COMPARED

    def nearest(self, word: str) -> str | None:
        """The known word that `word` most likely misspells, case and accents ignored; else one of which it is a whole
        part (« Direction » for « Direction générale »); or None.
        """
        from difflib import get_close_matches

        if self._most <= 0:
            return None
        self._most -= len(self._by_fold)
        wanted = fold(word)[:200]
        found = get_close_matches(wanted, list(self._by_fold), n=1, cutoff=0.7)
        if not found and len(wanted) >= 3:
            found = [name for name in reversed(self._by_fold) if f" {wanted} " in f" {name} "]
        return self._by_fold[found[0]] if found else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """As `Suggestions` finds it, for one word."""
    return Suggestions(known).nearest(word)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire « mars »? » and a space before what follows; nothing where no known word is near."""
    close = nearest(word, known)
    return f"Vouliez-vous dire {quoted(close)}? " if close else ""
