"""What no one should read: English words, and spaces that are not those of French."""

from __future__ import annotations

import re

# Words of command lines and their faults that are not also French ones (« option », « argument », « message »,
# « format », « version », « extra », « or », « on », « but » are).
_LIST = """
    the this that these those there here and not with without from for of to by than then into out up all any some
    each only also more less is are was were be been has have had does do did can cannot could should must will would
    you your we our they it its he she his her what which who when where while why how if else because
    error errors missing invalid required require requires default show shows help exit try such unexpected unknown
    value values valid choose choice choices given give got take takes need needs needed use used using see
    command commands subcommand file files directory folder path paths exist exists readable writable writeable
    integer float boolean string text number range match matches name names list lists set unset
    abort aborted aborting confirm confirmation repeat repeated deprecated warning traceback recent call last raise
    failed failure fail success found open read write line lines input output stdin print prints display
    install installed installation completion shell env var current currently customize copy supported
    yes answer enter please press user users mean possible-options expected between least most either neither
    wrong bad good empty too many few one two first at an new old same other like over under before after
    permission-denied denied no-such space left device broken pipe interrupted keyboard again below above
    """
WORDS = frozenset(_LIST.split())

_PHRASES = re.compile(
    r"Usage:|\bno such\b|\bPermission denied\b|\[y/N\]|\[Y/n\]|\[OPTIONS\] COMMAND|\bARGS\b|\bTEXT\b|\bINTEGER\b",
    re.IGNORECASE,
)
# French on purpose, though an English word is spelled the same.
_FRENCH = frozenset({"installation", "possible", "permission"})
_OPTION = re.compile(r"(?<![\w-])--?[a-zà-ÿ][\w-]*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPACING = re.compile("[ \t][:»%$](?![\\w/\\\\])|« |[ \u00a0\u202f][;!?](?=\\s|$)|\\w[»%$]|«\\w")


def english(shown: str, names: frozenset[str] = frozenset()) -> list[str]:
    """The English in a text; `names` are the words of commands and values, which are what they are."""
    found = [match[0] for match in _PHRASES.finditer(shown)]
    told = _OPTION.sub(" ", shown)
    words = {word.lower() for word in _WORD.findall(told)}
    return sorted(found) + sorted((words & WORDS) - _FRENCH - names)


def misspaced(shown: str) -> list[str]:
    """The places where a space is missing, is ordinary where it should not break, or should not be."""
    return [shown[max(0, m.start() - 15) : m.end() + 15] for m in _SPACING.finditer(shown)]
