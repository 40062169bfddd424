"""The vocabulary of échéances, folded: months, seasons, units of time, numbers and the words around them."""

from __future__ import annotations

from pivot_cli.echeance.lexer import Phrases

MOIS = {
    "janvier": 1, "jan": 1, "janv": 1, "fevrier": 2, "fev": 2, "fevr": 2, "mars": 3, "mar": 3, "avril": 4, "avr": 4,
    "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "juill": 7, "jul": 7, "aout": 8, "aou": 8, "septembre": 9,
    "sep": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
SAISONS = {
    "hiver": 0, "hivers": 0, "hivernale": 0, "printemps": 1, "print": 1, "printaniere": 1, "ete": 2, "etes": 2,
    "estivale": 2, "automne": 3, "automnes": 3, "aut": 3, "automnale": 3,
}  # fmt: skip
NOMS_SAISONS = ("hiver", "printemps", "été", "automne")
# « Mar. » is March: the abbreviation of « mardi » is not read.
JOURS = {
    "lundi": 0, "lun": 0, "mardi": 1, "mercredi": 2, "mer": 2, "jeudi": 3, "jeu": 3, "vendredi": 4, "ven": 4,
    "vend": 4, "samedi": 5, "sam": 5, "dimanche": 6, "dim": 6,
}  # fmt: skip
PLURIELS_JOURS = {
    "lundis": 0, "mardis": 1, "mercredis": 2, "jeudis": 3, "vendredis": 4, "samedis": 5, "dimanches": 6,
}  # fmt: skip
CODES_JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

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

# What stands before a date and adds nothing to it, in this order, each once.
LABELS = Phrases({"": (
    "prevu | prevue | prevus | prevues | a venir | echeance | echeance de | echeancier | fixe | fixee | en date de"
)})  # fmt: skip
PREPOSITIONS = Phrases({"": (
    "en | a | pour | dans | durant | pendant | lors de | sur | au cours de | au courant de | dans le courant de |"
    "dans le cours de"
)})  # fmt: skip
NOUNS = Phrases({"": "courant | courant de | cours de | periode | periode de | saison | saison de | mois de"})
APPROXIMATIONS = Phrases({"": (
    "vers | environ | autour de | aux environs de | aux alentours de | a peu pres | approximativement"
)})  # fmt: skip
# After one of these no other preposition comes: « à en 2021 » is a slip.
CLOSED = frozenset(("a", "en", "de", "des", "pour", "dans", "avant", "apres", "entre", "depuis", "sur"))
CONTINUS = frozenset(
    ("continu", "continue", "continus", "continues", "continuel", "continuelle", "continuels", "continuelles",
     "continuellement", "continument")
)  # fmt: skip
IMMEDIATS = frozenset(("immediat", "immediate", "immediats", "immediates", "immediatement", "maintenant"))

_LE = (
    "printemps", "mois", "trimestre", "trim", "semestre", "sem", "t", "q", "s", "debut", "tout", "milieu", "courant",
    "cours", "plan", "projet", "plus", "ou", "premier", "second", "deuxieme", "troisieme", "quatrieme", "cinquieme",
    "dernier", "court", "moyen", "long", "quadrimestre",
)  # fmt: skip
_LA = (
    "periode", "saison", "fin", "toute", "mi", "semaine", "quinzaine", "moitie", "premiere", "seconde", "deuxieme",
    "troisieme", "quatrieme", "cinquieme", "derniere", "planification", "date", "suite",
)  # fmt: skip
_L = ("hiver", "ete", "automne", "an", "annee", "exercice", "horizon", "echeance", "echeancier", "af")
_LES = (
    "hivers", "printemps", "etes", "automnes", "ans", "annees", "exercices", "mois", "trimestres", "semestres",
    "premiers", "deux", "t", "q", "suivantes",
)  # fmt: skip
AFTER_ARTICLE: dict[str, frozenset[str]] = {
    "le": frozenset(_LE).union(JOURS), "la": frozenset(_LA), "l": frozenset(_L),
    "les": frozenset(_LES).union(PLURIELS_JOURS),
}  # fmt: skip
"""The words of a date that take each article; numbers apart, « le 3 » and « les 3 et 4 »."""
