"""What is wrong with a template, in French: Jinja says it in English, and Python in worse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from pivot_cli.documents.rendering.sandbox import UnboundedError
from pivot_cli.finding import PivotError
from pivot_cli.text import NBSP, one_line, quoted, truncate

# What Jinja says, and how to say it; what is captured comes from the template itself.
_SAID = (
    (r"^not in UTF-8$", "il n'est pas écrit en UTF-8, mais peut-être en Windows-1252"),
    (r"^in UTF-16$", "il n'est pas écrit en UTF-8, mais peut-être en UTF-16"),
    (r"^null character$", "il contient un caractère nul : il est peut-être écrit en UTF-16, ou n'est pas un texte"),
    (r"^too long$", "il est trop long : plus de 5 millions de caractères"),
    (r"Encountered unknown tag '(.+?)'.*innermost block.*is '(.+?)'",
     "la balise « {0} » n'existe pas, ou ne va pas ici : « {1} » n'est pas fermée"),
    (r"Encountered unknown tag '(.+?)'", "la balise « {0} » n'existe pas, ou rien n'est ouvert qu'elle ferme"),
    (r"Unexpected end of template.*innermost block that needs to be closed is '(.+?)'",
     "le gabarit finit sans que « {0} » soit fermée"),
    (r"[Uu]nexpected end of template", "le gabarit finit au milieu d'une balise"),
    (r"No filter named '(.+?)'", "le filtre « {0} » n'existe pas"),
    (r"No test named '(.+?)'", "le test « {0} » n'existe pas"),
    (r"expected token '(.+?)', got '(.+?)'", "« {0} » est attendu, mais c'est « {1} » qui est écrit"),
    (r"unexpected '(.+?)'", "« {0} » est de trop"),
    (r"unexpected char '(.+?)'", "le caractère « {0} » est de trop"),
    (r"Missing end of (comment|raw)", "un commentaire ou un passage brut n'est pas fermé"),
    (r"block '(.+?)' defined twice", "le bloc « {0} » est écrit deux fois"),
    (r"'(.+?)' is undefined", "le nom « {0} » n'existe pas dans ce document"),
    (r"has no attribute '(.+?)'", "« {0} » n'existe pas à cet endroit"),
    (r"has no element (.+)$", "il n'y a pas d'élément {0} à cet endroit"),
    (r"does not export the requested name '(.+?)'", "la macro importée « {0} » n'existe pas"),
    (r"access to attribute '(.+?)'", "« {0} » n'est pas permis dans un gabarit"),
)  # fmt: skip


# What Jinja calls the parts of a template, and how they are written.
_PARTS = {
    "begin of print statement": "{{", "end of print statement": "}}", "begin of statement block": "{%",
    "end of statement block": "%}", "begin of comment": "{#", "end of comment": "#}",
    "template data / text": "du texte",
    "end of template": "la fin du gabarit", "name": "un nom", "integer": "un nombre", "float": "un nombre",
    "string": "un texte entre guillemets",
}  # fmt: skip

_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (UnicodeDecodeError, "il n'est pas écrit en UTF-8"),
    (UnboundedError, "il demande plus de calculs, ou plus de texte, qu'aucun document n'en demande"),
    ((MemoryError, OverflowError), "un calcul démesuré"),
    (SyntaxError, "trop de balises sont les unes dans les autres"),
    (RecursionError, "il s'inclut lui-même sans fin"),
    (ZeroDivisionError, "une division par zéro"),
    (TemplateSyntaxError, "cette balise n'est pas comprise"),
    (SecurityError, "ce qui est demandé n'est pas permis dans un gabarit"),
    (UndefinedError, "un nom n'existe pas dans ce document"),
    (Exception, "ce qui est demandé ne peut pas être calculé"),
)


def translated(error: Exception, folders: Iterable[Path]) -> PivotError:
    """The French fault of a template, with its file and line if they can be known; the program's folder is first."""
    file, line = _where(error, tuple(folders))
    place = f"le gabarit {file}" if file else "un gabarit"
    said = f"{place}, ligne {line}" if line else place
    misencoded = _said_by(error) in ("not in UTF-8", "in UTF-16", "null character")
    mend = "Enregistrez-le en UTF-8" if misencoded else "Corrigez le gabarit"
    return PivotError(f"{said}{NBSP}: {_what(error)}.", f"{mend}, ou retirez-le pour revenir à celui du programme.")


def _what(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"le gabarit {quoted(one_line(str(error.message or error.name or '?')))}, qu'il demande, n'existe pas"
    for pattern, french in _SAID:
        if found := re.search(pattern, _said_by(error), re.DOTALL):
            return french.format(*(_PARTS.get(group, truncate(one_line(group), 60)) for group in found.groups()))
    return next(french for kind, french in _KINDS if isinstance(error, kind))


def _said_by(error: Exception) -> str:
    """What an error says, without the place that a syntax error of the first template writes after it."""
    return (error.message or "") if isinstance(error, TemplateSyntaxError) else str(error)


def _where(error: Exception, folders: tuple[Path, ...]) -> tuple[str, int]:
    """The file and the line: those of a syntax error, else those of the last template on the way to the fault."""
    if isinstance(error, TemplateSyntaxError):
        return one_line(error.filename or error.name or ""), error.lineno
    if isinstance(error, SyntaxError):  # of what Jinja made of a template, whose lines are not those of the template
        return one_line(error.filename or ""), 0
    # What goes on too long is not what comes with the program, but what calls it.
    owners = tuple(map(str, folders[1:] if isinstance(error, UnboundedError) else folders))
    found = ("", 0)
    for frame, line in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith(owners):
            found = one_line(frame.f_code.co_filename), line
    return found
