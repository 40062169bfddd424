"""What a moment can name: one table, which says of each unit what every step has to know of it."""

from __future__ import annotations


class Unite:
    """A unit: what it is a part of (`dans`), how many of them that has (`rangs`), how many months it lasts."""

    __slots__ = ("dans", "mois", "nom", "rangs")

    def __init__(self, nom: str, *, dans: str = "", rangs: int = 0, mois: int = 0) -> None:
        self.nom, self.dans, self.rangs, self.mois = nom, dans, rangs, mois


JOUR = Unite("jour", dans="mois")  # day `number` of `month`
RANG_JOUR = Unite("rang de jour", dans="mois", rangs=4)  # the `number`th `weekday` of `month`
SEMAINE = Unite("semaine", dans="mois")  # the seven days from day `number` of `month`
RANG_SEMAINE = Unite("rang de semaine", dans="mois", rangs=4)  # the `number`th week of `month`, seven days each
QUINZAINE = Unite("quinzaine", dans="mois", rangs=2)  # the `number`th half of `month`
MOIS = Unite("mois", dans="année", mois=1)
SAISON = Unite("saison", dans="année")  # the one whose months are the convention `term`
TRIMESTRE = Unite("trimestre", dans="année", rangs=4, mois=3)
SEMESTRE = Unite("semestre", dans="année", rangs=2, mois=6)
ANNEE = Unite("année", dans="siècle")
EXERCICE = Unite("exercice", dans="siècle")  # the financial year `year`-`year2`
SCOLAIRE = Unite("année scolaire", dans="siècle")  # the school year `year`-`year2`
AN_DU_PLAN = Unite("an du plan", dans="plan")  # the `number`th year of the plan
DUREE = Unite("durée", dans="plan")  # `number` years from the start of the plan
TERME = Unite("terme", dans="plan")  # the convention `term`
ADJECTIF = Unite("adjectif", dans="plan")  # « court » in « court et moyen terme »
MI_PARCOURS = Unite("mi-parcours", dans="plan")
FIN_DU_PLAN = Unite("fin du plan", dans="plan")
PARTIE = Unite("partie")  # « début » in « début à mi-mars 2020 », a part of what the next moment names
