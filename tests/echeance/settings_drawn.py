"""What organisations may write under `conventions:`: every field of the table, and values of every kind for each."""

from __future__ import annotations

from pivot_cli.plan.schema import fields as schema

FIELDS = tuple(field.key for field in schema.CONVENTIONS.fields)

MONTHS = (
    "août", "mars", "février", "mars à juin", "juillet à août", "janvier à décembre", "décembre à janvier",
    "septembre à juin", "mars-avril", "mars et mai", "mars, avril et mai", "mars ou avril", "mars 2020",
    "mars 2020 à juin 2021", "début mars", "fin mars à juin", "dès mars", "d'ici juin", "avant juin", "vers mars",
    "l'août", "la mars", "le juin", "mois de mars", "marz", "janv. à févr.", "MARS À JUIN", "3 à 6", "3-6", "3",
)  # fmt: skip
DAYS = (
    "1er avril", "avril", "31 décembre", "29 février", "30 février", "31 avril", "32 mars", "0 mars", "premier juillet",
    "1 avril 2020", "lundi 3 mai", "mercredi 3 mai 2021", "dernier jour de mars", "premier lundi de mars", "T2",
    "2e trimestre", "semaine du 3 mai", "première quinzaine de mars",
)  # fmt: skip
DATES = (
    "2020", "1899", "2200", "9999", "0000", "2020-13-01", "2020-00-10", "2020-02-30", "2020-03", "2010-12", "2020-13",
    "05/06/2021", "13/13/2021", "31/12/2021", "12/2021", "13/2021", "00/2021", "2020-2021", "2021-2020", "2020-19",
    "2013-2014-2015", "2020-01-01/2020-12-31", "2020-12-31/2020-01-01", "../2020-12-31", "2020-12-31/..",
    "décembre 2021 à mars 2020", "31 février 2020", "lundi 4 mai 2021", "Automne 2020", "hiver 2020", "mi-été 2024",
    "automne", "cet automne", "sous peu", "bientôt", "exercice 2020-2021", "année scolaire 2020", "An 2", "d'ici 3 ans",
    "le 2021", "décennie 2020", "années 2020", "2020, automne", "2199", "fin 2199",
)  # fmt: skip
LENGTHS = (
    "1 an", "1 à 3 ans", "3 à 1 ans", "50 ans", "51 ans", "0 an", "de 1 à 3 ans", "un an", "6 mois", "an",
    "court terme", "moyen terme", "long terme", "mi-parcours", "fin du plan", "90 jours", "90 jour", "-1", "1.5", "1,5",
    "1e3", "+3", "08", "0x10", "1_000", "٣", "²", "九", "१२", "9" * 20, "9" * 5000,
)  # fmt: skip
CHOICES = ("janvier", "décembre", "DECEMBRE", "civiles", "exercice", "civils", "civile", "exercices")
RHYTHMS = (
    "annuel", "chaque année", "aux 2 semaines", "le 30 juin de chaque année", "juillet à juin, chaque année",
    "en continu", "immédiat", "à déterminer", "à évaluer", "3 fois par année",
)  # fmt: skip
TEXTS = (
    "", '""', "~", "null", "oui", "non", "true", "[]", "{}", "[mars]", "[mars, juin]", "{debut: mars, fin: juin}",
    "[[mars]]", "{}: 1", "- mars", "|\n      mars\n      juin", '"mars\\njuin"', '"\\u200b"', '"\\u202e mars"', '" "',
    '"("', '")"', '"mars ("', '"(mars)"', '"selon"', '"mars selon"', '"selon mars"', '"."', '".."', '"-"', '"/"', '","',
    '"à"', '"de"', '"et"', '"début"', '"fin de"', '"1er"', '"e"', '"é"', '"\\U0001F600"', '"m\u0302ars"',
    "'''", "x" * 300, "mars " * 60, "é" * 5000, '"mars \u00e0\u00a0juin"', "« mars »", "mars\u2013juin", "¼", "Ⅻ",
)  # fmt: skip
VALUES = (*MONTHS, *DAYS, *DATES, *LENGTHS, *CHOICES, *RHYTHMS, *TEXTS)
"""What is written after the name of a field, as YAML."""
