"""The vocabulary of échéances: the words and phrases that grammaire.txt names in capital letters.

Words stand here, phrases in vocabulaire.txt. Nothing is read here: how they stand together is the grammar's.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACTIONS = {"au": "a", "aux": "a", "du": "de", "d": "de", "jusqu": "jusque", "lorsqu": "lorsque", "qu": "que"}
ARTICLES = frozenset(("le", "la", "les", "l"))
_APART = str.maketrans({"'": " "} | {mark: f" {mark} " for mark in "-:"})
_BLOCKS = Path(__file__).with_name("vocabulaire.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
_TABLES = dict(block.split("\n", 1) for block in _BLOCKS if block[0] != "#")


def rows(name: str) -> Iterator[tuple[str, str]]:
    """The phrases of a table of vocabulaire.txt as they are written, each after what it stands for."""
    meaning = ""
    for line in _TABLES[name].split("\n"):
        first, equals, phrases = line.rpartition(" = ")
        meaning = first.strip() if equals else meaning
        for phrase in phrases.rstrip(" |").split("|"):
            yield meaning, phrase.strip()


def mentions(name: str, word: str) -> bool:
    """Whether a word stands in a table at all: most free texts need not have it put in order."""
    return word in _TABLES[name]


class Phrases:
    """The phrases of a table of vocabulaire.txt; put in order the first time that they are used."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def firsts(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The phrases as the tokens they are matched against, each with what it stands for, by their first one."""
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for meaning, phrase in rows(self._name):
            plain = phrase if phrase.isascii() else fold(phrase)
            sequence = tuple(
                [CONTRACTIONS.get(word, word) for word in plain.translate(_APART).split() if word not in ARTICLES]
            )
            by_first.setdefault(sequence[0], []).append((sequence, meaning))
            # « dès » and « des » are one word once accents are dropped: a phrase in « de » takes both.
            if sequence[-1] == "de":
                by_first[sequence[0]].append(((*sequence[:-1], "des"), meaning))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return by_first


def ranked(names: str, first: int = 0) -> dict[str, int]:
    """Each word with the rank of its group, from `first` on."""
    return {word: rank for rank, group in enumerate(names.split("|"), first) for word in group.split()}


def set_of(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


MOIS = ranked(
    "janvier jan janv | fevrier fev fevr | mars mar | avril avr | mai | juin | juillet juil juill jul | aout aou |"
    "septembre sep sept | octobre oct | novembre nov | decembre dec",
    1,
)
# « Mar. » is March, but before a day of a month.
JOURS = ranked("lundi lun | mardi | mercredi mer | jeudi jeu | vendredi ven vend | samedi sam | dimanche dim")
JOURS_PLURIEL = ranked("lundis | mardis | mercredis | jeudis | vendredis | samedis | dimanches")
CODES_JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

CARDINAUX = ranked(
    "un une | deux | trois | quatre | cinq | six | sept | huit | neuf | dix | onze | douze | treize | quatorze |"
    "quinze | seize || dixhuit || vingt |||||||||| trente |||||||||| quarante |||||||||| cinquante",
    1,
)
DERNIER = -1
ORDINAUX = ranked(
    "dernier derniere || premier premiere | second seconde deuxieme | troisieme | quatrieme | cinquieme", DERNIER
)
RANGS = set_of("er ere re e eme ieme nd nde ier iere me")

AFTER_ARTICLE: dict[str, set[str]] = {article: set() for article in ("", *ARTICLES)}
for _article, _word in rows("APRES_ARTICLE"):
    AFTER_ARTICLE[_article].add(_word)
AFTER_ARTICLE["le"] |= JOURS.keys()
AFTER_ARTICLE["les"] |= JOURS_PLURIEL.keys()
"""The words of a date that take each article; numbers apart, « le 3 » and « les 3 et 4 »."""

SAISONS: dict[str, str] = {}
NOMS_SAISONS: dict[str, str] = {}
for _season, _named in rows("SAISONS"):
    _article, _, _word = _named.replace("'", " ").rpartition(" ")
    SAISONS[fold(_word)] = _season
    AFTER_ARTICLE[_article].add(fold(_word))
    NOMS_SAISONS.setdefault(_season, _word)
HIVER, PRINTEMPS, AUTOMNE = "hiver", "printemps", "automne"

# A unit of time as (RRULE frequency, interval), and the name of each.
UNITES: dict[str, tuple[str, int]] = {}
NOMS_UNITES: dict[tuple[str, int], str] = {}
for _unit, _word in rows("UNITES"):
    _freq, _interval = _unit.split()
    UNITES[fold(_word)] = _freq, int(_interval)
    NOMS_UNITES.setdefault((_freq, int(_interval)), _word)
SORTES_ANNEES = {"civile": "civile", "scolaire": "scolaire"} | dict.fromkeys(
    ("financiere", "budgetaire", "fiscale", "financier", "budgetaires"), "exercice"
)
TRIMESTRES = set_of("trimestre trimestres trim t q")
SEMESTRES = set_of("semestre semestres s")
TERMES = {"court": "court_terme", "moyen": "moyen_terme", "long": "long_terme"}

DE_TEMPS = frozenset(word for _, word in rows("DE_TEMPS")).union(
    MOIS, SAISONS, CARDINAUX, ORDINAUX, UNITES, JOURS, JOURS_PLURIEL
)
"""The words that say when, adjectives of rhythm apart: free text may not hold them."""

# --- phrases (vocabulaire.txt) --------------------------------------------------------------------------------------

ANNONCES = Phrases("ANNONCES")
PREPOSITIONS = Phrases("PREPOSITIONS")
# After one of these no other preposition comes: « à en 2021 » is a slip.
CLOSED = set_of("a en de des pour dans avant apres entre depuis sur")
ENTOURAGES = Phrases("ENTOURAGES")
APPROXIMATIONS = Phrases("APPROXIMATIONS")
PARTIES = Phrases("PARTIES")
NOMS_PARTIES = {"debut": "début ", "mi": "mi-", "fin": "fin "}
ANNEES = Phrases("ANNEES")
ANS_DU_PLAN = Phrases("ANS_DU_PLAN")
DU_PLAN = Phrases("DU_PLAN")
FIN_DU_PLAN = Phrases("FIN_DU_PLAN")
MI_PARCOURS = Phrases("MI_PARCOURS")
TITRES = Phrases("TITRES")
DEPUIS = Phrases("DEPUIS")
JUSQUE = Phrases("JUSQUE")  # « before the end of 2020 » is said for « by the end of 2020 »: its last day is in time
GOES_ON_UNTIL = set_of("jusque jusqua horizon terminant")  # of JUSQUE: an end, and no day to meet
LIENS = Phrases("LIENS")
ENTRE_BORNES = Phrases("ENTRE_BORNES")
FINALES = Phrases("FINALES")
CHAQUE = Phrases("CHAQUE")
AU_MOINS = Phrases("AU_MOINS")
PAR = Phrases("PAR")
CONTINU = Phrases("CONTINU")  # « à l'année » goes on; « à l'année 2020 » is a year
IMMEDIAT = Phrases("IMMEDIAT")
INDETERMINE = Phrases("INDETERMINE")
SUJETS = Phrases("SUJETS")
SEPARATIONS = Phrases("SEPARATIONS")
PAR_LA_SUITE = Phrases("PAR_LA_SUITE")
