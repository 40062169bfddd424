"""What those who can be responsible are called: a name as it is compared, and the short code that people type."""

import re
from functools import lru_cache

from pivot_cli.text import capitalized, fold

LITTLE = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "sur", "the", "of"]
)
"""The words of a name that tell nothing of it, folded."""


@lru_cache(maxsize=8192)
def compared(name: str) -> str:
    """A name without its article, its acronym and the signs that do not matter, as it is compared."""
    said = fold(name)
    return re.sub(r"^(?:l'|la |le |les )", "", re.sub(r"[\"«».,]", "", said)).strip()


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that matter, as they are compared."""
    return tuple(word for word in re.findall(r"[a-z0-9&]+", compared(name)) if word not in LITTLE)


def code_for(sigle: str, nom: str, used: set[str]) -> str:
    """The acronym, else the initials of the words that matter, else the only word; a number after it if it is taken."""
    nom = capitalized(re.sub(r"\s*\(.*?\)", "", nom) or nom)
    words = [bare for word in words_of(nom) if (bare := word.strip("&"))]
    base = re.sub("[^A-Za-z0-9_-]", "", _ascii(sigle)).lstrip("_-")[:20]
    if not base and len(words) > 1:
        base = "".join(word[0] for word in words).upper()[:20]
    base = base or re.sub("[^A-Za-z0-9_-]", "", _ascii(nom)).lstrip("_-")[:20] or "R"
    code, rank = base, 1
    while fold(code) in used:
        rank += 1
        code = f"{base[:17]}{rank}"
    return code


def _ascii(text: str) -> str:
    from unicodedata import combining, normalize

    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign) and sign.isascii())
