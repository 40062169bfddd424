"""« Objectif 1.2 – Bâtir », « Volet : administratif », « A-3. Bâtir », « 3) Bâtir »: the noun, the number and the title
of a level or of an action.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pivot_cli.plan.nouns import KNOWN, Nom
from pivot_cli.text import fold


def _also(feminine: str, masculine: str) -> dict[str, Nom]:
    rows = [(name, True) for name in feminine.split(", ")] + [(name, False) for name in masculine.split(", ")]
    found = {}
    for name, feminin in rows:
        one, _, several = name.partition("/")
        found[fold(one)] = Nom(one, several or f"{one}s", feminin)
    return found


NOUNS = (
    _also(
        "thématique, section, dimension, stratégie, intervention, initiative, composante, ambition, politique, "
        "sous-action, sous-orientation, sous-mesure, ligne directrice/lignes directrices, "
        "piste d'action/pistes d'action",
        "pilier, domaine, dossier, défi, levier, sous-objectif, sous-volet, livrable, champ, "
        "champ d'action/champs d'action, "
        "domaine d'intervention/domaines d'intervention, axe d'intervention/axes d'intervention, "
        "objectif général/objectifs généraux, objectif spécifique/objectifs spécifiques, "
        "objectif opérationnel/objectifs opérationnels, objectif stratégique/objectifs stratégiques, "
        "projet structurant/projets structurants, moyen d'action/moyens d'action, "
        "changement visé/changements visés, changement souhaité/changements souhaités, "
        "changement attendu/changements attendus, effet visé/effets visés, effet attendu/effets attendus",
    )
    | KNOWN
)
"""The nouns that documents use for what a plan is made of, as they are compared."""

ACTIONS = (
    "action", "mesure", "activite", "initiative", "intervention", "moyen d'action", "moyen", "projet", "tache", "jalon",
    "piste d'action", "fiche", "strategie",
)  # fmt: skip
"""The nouns of what is done; the others are of levels."""
AIMS = (
    "resultat attendu", "changement vise", "changement souhaite", "changement attendu", "effet vise", "effet attendu",
    "cible", "indicateur",
)  # fmt: skip
"""The nouns of what is aimed at: levels where actions stand under each, else what measures them."""
STEPS = ("sous-action", "sous-mesure", "etape", "tache", "livrable", "jalon")
"""The nouns of what an action is made of, where another column is that of actions."""

_ADJECTIVE = r"(?: (?:strategiques?|prioritaires?|transversale?s?|transversaux|principale?s?|principaux))?"
_LAST_ADJECTIVE = re.compile(f"{_ADJECTIVE}$")
_NUMBER = r"(?:[a-z]{0,4}[-.]?[0-9]{1,3}(?:[.\-][0-9a-z]{1,3}){0,5}|[ivx]{1,5}|[a-z])"
_OPENING = r"(?:n[°o]\.?|no|num(?:ero)?|#)?"


class Titre(NamedTuple):
    """What stands before a title, and the title; `noun` as nouns are compared."""

    noun: str | None
    number: str | None
    titre: str


def plain(text: str) -> str:
    """The text letter for letter without case nor accents: an offset in one is an offset in the other."""
    return "".join(_plain_letter(letter) for letter in text)


@cache
def _plain_letter(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else (" " if letter.isspace() else letter.lower())


_SHORT = {"obj.": "objectif", "obj": "objectif", "orient.": "orientation"}


@cache
def _prefix() -> re.Pattern[str]:
    names: dict[str, str] = {}
    for noun in NOUNS.values():
        names[plain(noun.nom)] = names[plain(noun.pluriel)] = fold(noun.nom)
    names |= _SHORT
    for more in ("action", "mesure", "projet"):
        names[f"fiche {more}"] = names[f"fiche-{more}"] = "fiche"
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?P<noun>{words}){_ADJECTIVE}(?:"
        rf"\s*{_OPENING}\s*(?P<number>(?<![a-z]){_NUMBER})(?![a-z0-9])\s*(?P<after>[:.)\-–—|/]*)\s*|\s*[:–—]\s*|\s+-\s+)"
    )


def _singular(noun: str) -> str:
    name = fold(noun)
    if name.startswith("fiche"):
        return "fiche"
    if name in _SHORT:
        return _SHORT[name]
    return next((fold(one.nom) for one in NOUNS.values() if name in (fold(one.nom), fold(one.pluriel))), name)


_BARE = re.compile(
    r"(?P<number>[0-9]{1,3})\s*(?:[.)](?![0-9])|\s?[-–—](?=\s)|\s:(?=\s)|[:°])\s*(?P<rest>\S.*)|"
    r"(?P<dotted>[A-Za-z]{0,3}[-.]?[0-9]{1,3}(?:[.\-][0-9]{1,3}[a-z]?){1,5})\s*[.):–—-]*\s+(?P<after>\S.*)|"
    r"(?P<coded>[A-Z]{1,3}[-.]?[0-9]{1,3})\s*(?:[.):–—]|\s-\s)\s*(?P<tail>\S.*)|"
    r"(?P<stuck>(?!CO2|T[1-4])[A-Z]{1,2}[-.]?[0-9]{1,2})\s+(?P<word>[A-ZÀ-Ü][a-zà-ü'’].*)|"
    r"\(?(?P<letter>[a-zA-Z])[.)]\s+(?P<last>\S.*)",
    re.DOTALL,
)
_LONGEST_NUMBER = 60  # characters, with its noun
_ALONE = re.compile(r"[A-Za-z]{0,4}[-. ]?[0-9]{1,3}(?:[.\-][0-9A-Za-z]{1,3}){0,5}[.):°]?")


@lru_cache(maxsize=4096)
def read_title(text: str, *, loose: bool = False, level: bool = False) -> Titre:
    """What a title begins with; `loose` takes a noun that nothing separates from it (« Volet partenariat »), `level` a
    number that only a space does (« 1 Améliorer l'accueil »), or a letter before a dash (« A - L'accueil »).
    """
    said = " ".join(_on_a_line(text).split())
    looked = plain(said)
    ahead = re.match(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,4})[.)]?\s+(?=[a-z])", looked)
    after = _prefix().match(looked, ahead.end()) if ahead else None
    if ahead and after and not after["number"]:  # « 1.2 Objectif : bâtir »
        return Titre(_singular(after["noun"]), ahead[1], said[after.end() :].strip())
    found = _prefix().match(looked)
    if found and not _is_a_word(found, said):
        noun, number = _singular(found["noun"]), found["number"]
        if number:
            number = said[found.start("number") : found.end("number")]
        return Titre(noun, number, said[found.end() :].strip())
    if loose and (
        bare := re.match(r"(volet|sous-volet|axe|sous-axe|chantier|champ|theme|thematique|secteur) (?=\S)", looked)
    ):
        return Titre(bare[1], None, said[bare.end() :])
    if level and (spaced := re.fullmatch(r"(?:([0-9]{1,2})\s+(?=[A-ZÀ-Ü])|([A-Z])\s[–—-]\s)(\S.*)", said)):
        return Titre(None, spaced[1] or spaced[2], spaced[3])
    if numbered := _BARE.fullmatch(said):
        number = (
            numbered["number"] or numbered["dotted"] or numbered["coded"] or numbered["stuck"] or numbered["letter"]
        )
        rest = numbered["rest"] or numbered["after"] or numbered["tail"] or numbered["word"] or numbered["last"]
        if not numbered["dotted"] or not rest[:1].islower():  # « 2.5 millions »
            return Titre(None, number.strip("."), rest)
    return Titre(None, None, said)


def _on_a_line(text: str) -> str:
    """« AXE A », and its title on a line below, as « AXE A : » and its title."""
    first, _, below = text.strip().partition("\n")
    named = _prefix().fullmatch(plain(first)) if below else None
    return f"{first}: {below}" if named and named["number"] and not named["after"] else text


def _is_a_word(found: re.Match[str], said: str) -> bool:
    """Whether what seems a number is the next word: « Objectif à … », « Action d'éclat », « Priorité à … »."""
    number = found["number"]
    if not number or any(sign.isdigit() for sign in number):
        return False
    typed = said[found.start("number") : found.end("number")]
    return not typed.isupper() or (
        not found["after"] and found.end() < len(said) and typed not in ("I", "II", "III", "IV")
    )


_PLAN = re.compile(
    r"(?:plan|planification|contrat|projet|politique|feuille de route|tableau de bord|programmation|calendrier)\b.*|"
    r"orientations? strategiques? .*(?:19|20)[0-9]{2}.*"
)
_LONGEST_PLAN = 120  # characters


def is_plan(text: str) -> bool:
    """Whether a text is the title of a plan: « Plan d'action 2025-2026 »."""
    return len(text) < _LONGEST_PLAN and _PLAN.fullmatch(fold(text)) is not None


def plan_in(text: str) -> str:
    """The part of a line that is the title of a plan: « La Maison – Plan d'action 2025 » names whose it is first."""
    return next(filter(is_plan, (text, *parts_of(text))), "")


def parts_of(line: str) -> list[str]:
    """What dashes or a colon part: whose a plan is, and its title."""
    return [part.strip() for part in re.split(r"\s[–—-]\s|\s?:\s", line)]


@lru_cache(maxsize=8192)
def number_alone(text: str) -> str | None:
    """The number that is a whole cell: « 3 », « 3. », « A-3 », « C01.1.2 », « Action 4 », « N° 12 »; else None."""
    said = " ".join(text.split())
    if len(said) > _LONGEST_NUMBER or not any(map(str.isdigit, said)):
        return None
    found = _prefix().fullmatch(plain(said))
    if found and found["number"] and any(sign.isdigit() for sign in found["number"]):
        return said[found.start("number") : found.end("number")]
    said = re.sub(r"(?i)^(?:n[°o]\.?|#)\s*", "", said)
    return said.rstrip(".):° ") if _ALONE.fullmatch(said) else None


@cache
def _forms() -> dict[str, str]:
    """Each noun, in the singular and in the plural."""
    return {fold(form): fold(noun.nom) for noun in NOUNS.values() for form in (noun.nom, noun.pluriel)}


def noun_heading(text: str) -> str | None:
    """The noun that is a whole heading: « Enjeux : » gives « enjeu », « Orientation » « orientation »; else None."""
    name, known = fold(text).rstrip(": ."), _forms()
    if not may_be_noun(name):
        return None
    return known.get(name) or known.get(_LAST_ADJECTIVE.sub("", name))


def may_be_noun(text: str) -> bool:
    """Whether a folded text begins as a noun does: most do not."""
    return text.partition(" ")[0].rstrip(": .") in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form.partition(" ")[0] for form in _forms())
