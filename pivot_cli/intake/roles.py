"""What a header says that its column holds: the words of `colonnes.txt`, the nouns of levels, a time."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from pivot_cli.intake.titles import ACTIONS, AIMS, STEPS, may_be_noun, noun_heading
from pivot_cli.text import fold


class Role(StrEnum):
    """What a column holds; the values are how it is told."""

    NUMERO = "numéro"
    NIVEAU = "niveau"
    ACTION = "action"
    DESCRIPTION = "description"
    ETAPES = "étapes"
    RESPONSABLES = "responsables"
    COLLABORATEURS = "collaborateurs"
    QUI_QUAND = "responsables et échéance"
    ECHEANCE = "échéance"
    DEBUT = "début"
    FIN = "fin"
    PERIODE = "échéance, une colonne par période"
    STATUT = "statut"
    FAITE = "statut, à cocher"
    REALISEE_LE = "date de réalisation"
    INDICATEUR = "indicateurs"
    CIBLE = "cible"
    ATTEINT = "valeur atteinte"
    PREVU = "budget prévu"
    REEL = "budget réel"
    SOURCE = "source du budget"
    RESULTAT = "résultat"
    NOTES = "notes"
    LIENS = "liens"
    RAPPORT = "période du suivi"
    AUTRE = "gardée en commentaire"


class Column(NamedTuple):
    """A column: what it holds, its header, the noun of a level or of the actions, and its place in the grid."""

    role: Role
    header: str
    noun: str | None
    first: int
    last: int
    rank: int = 0  # of several columns of responsables, the lowest wins


WHAT = {Role.ACTION, Role.NIVEAU, Role.DESCRIPTION, Role.ETAPES, Role.INDICATEUR}
"""What may say what is to be done."""
NUMBERED = (Role.NIVEAU, Role.ACTION)
LETTERS = {"R": Role.RESPONSABLES, "P": Role.COLLABORATEURS, "C": Role.COLLABORATEURS, "S": Role.COLLABORATEURS}
"""What a letter under the name of an organisation says that it is."""


_OF = r"(?: (?:de |du |des |d'|de l'|de la |a |au |pour |par |et |/ ?)?(?:l'|la |le )?[a-z'\-/]+){0,4}"
_WHOSE = (
    r"(?: (?:de |du |des |d'|pour |et |a |ou |/ ?|en )*(?:l'|la |les |le )?"
    r"(?:actions?|mesures?|mise en oeuvre|suivis?|realisation|"
    r"projets?|dossiers?|activites?|moyens?|principa(?:l|le|ux)|designee?s?|partenaires?|collaborateurs?|porteurs?|"
    r"execution|internes?|externes?|chef|livraison|titre|application)){0,3}"
)


@cache
def _words() -> list[tuple[Role, int, re.Pattern[str]]]:
    """What `colonnes.txt` says: each role with its rank, in its order, and the headers that say it."""
    found: list[tuple[Role, int, list[str]]] = []
    for line in Path(__file__).with_name("colonnes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[-1][2].append(line.strip().replace("<de>", _OF).replace("<qui>", _WHOSE))
        elif line and not line.startswith("#"):
            name, rank = line.split()
            found.append((Role[name], int(rank), []))
    return [(role, rank, re.compile("|".join(some))) for role, rank, some in found]


@cache
def _any_word() -> re.Pattern[str]:
    """Every header that says a role."""
    return re.compile("|".join(pattern.pattern for _, _, pattern in _words()))


_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}(?: ?[-–/] ?(?:(?:19|20)?[0-9]{2}))?|(?:an|annee) ?[0-9]"
    r"|[1-4](?:er|re|e|eme) (?:trimestre|semestre)"
    r"|[ts][1-4]|q[1-4]|(?:jan|fev|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec)[a-z]*\.?(?: (?:19|20)?[0-9]{2})?"
    r"|(?:hiver|printemps|ete|automne)(?: (?:19|20)[0-9]{2})?|(?:court|moyen|long) terme|ct|mt|lt"
    r"|(?:en )?continu|recurrent|trimestre [1-4]|[ts][1-4] (?:19|20)[0-9]{2}|(?:19|20)[0-9]{2} [ts][1-4]"
)
_BETWEEN, _RANK = re.compile(r"\s*\([^()]*\)?\s*"), re.compile(r"^[0-9]+[.)]\s*")
_YEARS = re.compile(
    r"\s*(?:en |au |pour )?(?:[0-9]{1,2}(?:er)? [a-z]+\.? )?\b(?:19|20)[0-9]{2}(?: ?[-–/a] ?(?:(?:19|20)?[0-9]{2}))?\b"
)
_AT_THE_END = re.compile(r"\s*\([^()]*\)$")
LONGEST = 70  # characters of a header


@lru_cache(maxsize=4096)
def role_of(text: str) -> tuple[Role, int, str | None] | None:
    """What a header says that a column holds, its rank among those that say so, and the noun; None for another text."""
    if len(text) > 2 * LONGEST or is_period(text):
        return None
    folded = fold(text)
    said = _BETWEEN.sub(" ", folded) if not folded.startswith("(") else folded.strip("() ")
    said = _RANK.sub("", said.strip(": ?.*-✓✔☑☒"))
    said = _YEARS.sub("", said).strip(": -")
    if not said or len(said) > LONGEST or (said[0].isdigit() and not any(map(str.isalpha, said))):
        return None
    noun = _noun(said)
    if noun and noun not in (*ACTIONS, *STEPS, *AIMS):
        return (Role.NIVEAU, 0, noun) if noun != "priorite" or said != "priorite" else (Role.NIVEAU, 1, noun)
    if _any_word().fullmatch(said):  # few texts are headers
        role, rank = next((role, rank) for role, rank, pattern in _words() if pattern.fullmatch(said))
        return role, rank, noun if role in (Role.ACTION, Role.ETAPES, Role.INDICATEUR) else None
    if noun in ACTIONS:
        return Role.ACTION, 0, noun
    one = role_of(said[:-2]) if re.search("[a-z] [1-9]$", said) else None  # « Collaborateur 1 »
    return one if one and one[0] in _SEVERAL else None


_SEVERAL = (Role.COLLABORATEURS, Role.RESPONSABLES, Role.INDICATEUR, Role.NOTES, Role.ETAPES)
"""What may be in several columns, each with its rank."""


_TWO = re.compile(" ?[/|] ?| et | ou ")
_ARTICLE = re.compile(r"^(?:nos|les|l'|le|la)\s?")


def _noun(said: str) -> str | None:
    """The noun of a header: « objectifs », « axe et orientation », « orientation strategique », « enjeux / axes »."""
    if whole := noun_heading(said):
        return whole
    first, *others = _TWO.split(said)
    if acts := next((noun for other in others if (noun := noun_heading(other)) in ACTIONS), None):
        return acts if noun_heading(first) not in (*ACTIONS, *STEPS) else noun_heading(first)
    first = _ARTICLE.sub("", first)
    if not may_be_noun(first):
        return None
    for words in range(min(4, len(first.split())), 0, -1):
        rest = first.split()[words:]
        if (noun := noun_heading(" ".join(first.split()[:words]))) and (
            not rest or re.fullmatch(_QUALITY, " ".join(rest))
        ):
            return noun
    return None


_QUALITY = (
    r"(?:(?:vise|poursuivi|strategique|prioritaire|retenu|propose|prevu|concret|specifique|general|operationnel|"
    r"associe|principal|lie|a poser|a realiser|a mener|a entreprendre|a mettre en oeuvre|de l'action|d'action|"
    r"d'intervention|du plan|de developpement|de travail|de la mada|smart|mesurable|transversal)[esx]* ?)+"
)


@lru_cache(maxsize=4096)
def is_period(text: str) -> bool:
    """Whether a header names a time, whose column is marked: « 2021 », « T3 », « Automne 2022 », « Court terme »."""
    said = _AT_THE_END.sub("", fold(text))
    return _PERIOD.fullmatch(said.strip(" .")) is not None


_HOW_MUCH = re.compile(
    r"(?:tres )?(?:haute?|moyen(?:ne)?|bas(?:se)?|elevee?|faible|forte?|urgente?|[0-9]|[a-d]|p[0-9]|\++)"
)


def is_degree(text: str) -> bool:
    """Whether a text says how much something matters: « Haute », « P1 »."""
    return _HOW_MUCH.fullmatch(fold(text).strip(" .")) is not None
