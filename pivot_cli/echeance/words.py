"""The vocabulary of échéances, folded: months, seasons, units of time, numbers and the words around them."""

from __future__ import annotations

from pivot_cli.echeance.lexer import Phrases
from pivot_cli.text import MONTHS, fold

MOIS: dict[str, int] = {fold(name): rank for rank, name in enumerate(MONTHS, 1)} | {
    "jan": 1, "janv": 1, "fev": 2, "fevr": 2, "mar": 3, "avr": 4, "juil": 7, "juill": 7, "jul": 7,
    "aou": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
SAISONS = {"hiver": 0, "printemps": 1, "print": 1, "ete": 2, "automne": 3, "aut": 3}
NOMS_SAISONS = ("hiver", "printemps", "été", "automne")
JOURS = {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6}
CODES_JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLURIELS_JOURS = {f"{name}s": rank for name, rank in JOURS.items()}

CARDINAUX = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "dixhuit": 18, "vingt": 20, "trente": 30,
}  # fmt: skip
DERNIER = -1
ORDINAUX = {
    "premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "dernier": DERNIER, "derniere": DERNIER,
}  # fmt: skip
SUFFIXES = frozenset(("er", "ere", "re", "e", "eme", "ieme", "nd", "nde", "ier", "iere", "me"))

# A unit of time as (RRULE frequency, interval).
UNITES: dict[str, tuple[str, int]] = {
    "an": ("YEARLY", 1), "ans": ("YEARLY", 1), "annee": ("YEARLY", 1), "annees": ("YEARLY", 1),
    "exercice": ("YEARLY", 1), "exercices": ("YEARLY", 1),
    "semestre": ("MONTHLY", 6), "semestres": ("MONTHLY", 6),
    "quadrimestre": ("MONTHLY", 4), "quadrimestres": ("MONTHLY", 4),
    "trimestre": ("MONTHLY", 3), "trimestres": ("MONTHLY", 3), "trim": ("MONTHLY", 3),
    "mois": ("MONTHLY", 1), "semaine": ("WEEKLY", 1), "semaines": ("WEEKLY", 1), "sem": ("WEEKLY", 1),
    "quinzaine": ("WEEKLY", 2), "jour": ("DAILY", 1), "jours": ("DAILY", 1),
}  # fmt: skip
# Units of time that have no window of their own, yet say when.
AUTRES_UNITES = frozenset(
    ("heure", "heures", "h", "siecle", "decennie", "decennies", "session", "sessions", "saison", "saisons",
     "periode", "periodes", "date", "terme", "fois", "parcours", "moitie", "mandat", "journee", "journees")
)  # fmt: skip
PARTIES = frozenset(("debut", "mi", "milieu", "fin"))
BORNES = frozenset(
    ("avant", "apres", "depuis", "ici", "jusque", "partir", "compter", "tard", "tot", "limite", "horizon",
     "entre", "prochain", "prochaine", "prochains", "prochaines", "demain", "hier", "maximum", "max")
)  # fmt: skip

# What stands before a date and adds nothing to it.
INTROS = Phrases(dict.fromkeys((
    "en", "a", "pour", "dans", "durant", "pendant", "lors de", "sur", "au cours de", "au courant de", "courant",
    "courant de", "dans le courant de", "en cours de", "a venir en", "a venir a", "a venir pour", "periode",
    "periode de", "saison", "saison de", "au mois de", "mois de", "dans la periode de", "prevu", "prevue",
    "prevus", "prevues", "echeance", "echeancier", "echeance de", "fixe", "fixee",
), ""))  # fmt: skip
APPROXIMATIONS = Phrases(dict.fromkeys((
    "vers", "environ", "autour de", "aux environs de", "aux alentours de", "a peu pres", "approximativement",
), ""))  # fmt: skip
CONTINUS = frozenset(
    ("continu", "continue", "continus", "continues", "continuel", "continuelle", "continuels", "continuelles",
     "continuellement", "continument")
)  # fmt: skip
IMMEDIATS = frozenset(("immediat", "immediate", "immediats", "immediates", "immediatement", "maintenant"))
