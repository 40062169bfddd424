"""What a plan calls its levels: « axe », « mesure », « engagement », with their gender and their plural, and the words
that agree with them. Levels keep their names in the files and in JSON, whatever a plan calls them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.text import capitalized, counted, fold

if TYPE_CHECKING:
    from collections.abc import Collection


class Nom(NamedTuple):
    """A noun: in the singular, in the plural, and whether it is feminine."""

    nom: str
    pluriel: str
    feminin: bool

    @property
    def elided(self) -> bool:
        """Whether « le », « la », « de » lose their vowel before it."""
        return fold(self.nom[:1]) in tuple("aeiouyh")

    @property
    def le(self) -> str:
        """« la mesure », « l'action », « le jalon »."""
        return f"l'{self.nom}" if self.elided else f"{self.pick('le', 'la')} {self.nom}"

    @property
    def du(self) -> str:
        """« de la mesure », « de l'action », « du jalon »."""
        return f"de {self.le}" if self.elided or self.feminin else f"du {self.nom}"

    @property
    def au(self) -> str:
        """« à la mesure », « à l'action », « au jalon »."""
        return f"à {self.le}" if self.elided or self.feminin else f"au {self.nom}"

    @property
    def de(self) -> str:
        """« de mesure », « d'action »."""
        return f"d'{self.nom}" if self.elided else f"de {self.nom}"

    @property
    def de_pluriel(self) -> str:
        """« de mesures », « d'actions »."""
        return f"d'{self.pluriel}" if self.elided else f"de {self.pluriel}"

    @property
    def un(self) -> str:
        """« une mesure », « un jalon »."""
        return f"{self.pick('un', 'une')} {self.nom}"

    @property
    def aucun(self) -> str:
        """« aucune mesure », « aucun jalon »."""
        return f"{self.pick('aucun', 'aucune')} {self.nom}"

    @property
    def ce(self) -> str:
        """« cette mesure », « cet axe », « ce jalon »."""
        return f"{self.pick('cet' if self.elided else 'ce', 'cette')} {self.nom}"

    def pick(self, masculine: str, feminine: str) -> str:
        """The one of two words that goes with its gender: « il » or « elle », « ceux » or « celles »."""
        return feminine if self.feminin else masculine

    def agreed(self, participle: str, number: int = 1) -> str:
        """A participle in its gender and number: « réalisé » gives « réalisée », « réalisés », « réalisées ».

        It is given in the masculine singular. Zero is singular, as in French.
        """
        said = f"{participle}{'e' * self.feminin}"
        return said if number < 2 or said.endswith("s") else f"{said}s"

    def counted(self, number: int, participle: str = "") -> str:
        """« 3 mesures », « 1 engagement réalisé », with a non-breaking space after the number."""
        said = counted(number, self.nom, self.pluriel)
        return f"{said} {self.agreed(participle, number)}" if participle else said

    def named(self, several: Collection[object]) -> str:
        """The noun before what names one or several: « axe » before « 2 », « axes » before « 2 et 3 »."""
        return self.pluriel if len(several) > 1 else self.nom

    @property
    def il(self) -> str:
        """« il », « elle »."""
        return self.pick("il", "elle")

    @property
    def s_il(self) -> str:
        """« s'il », « si elle »."""
        return self.pick("s'il", "si elle")

    @property
    def son(self) -> str:
        """« sa mesure », « son action », « son jalon »."""
        return f"{self.pick('son', 'son' if self.elided else 'sa')} {self.nom}"

    def said(self, value: str, number: int = 1) -> str:
        """A statut or an état as a word of a sentence: « réalisée » of a mesure, « réalisé » of a jalon; those that do
        not agree are as they are written.
        """
        return self.agreed(value.removesuffix("e"), number) if value in _IN_THE_FEMININE else value

    def retold(self, *texts: str) -> tuple[str, ...]:
        """What was written of « l'action » by who knows no plan, said of this: « si le jalon est fait », « s'il
        revient ». Texts that are of something else stay as they are.
        """
        if self == Niveaux().action or not any("l'action" in text for text in texts):
            return texts
        if not self.feminin:
            for feminine, masculine in _RETOLD.items():
                texts = tuple(text.replace(feminine, masculine) for text in texts)
        return tuple(text.replace("l'action", self.le) for text in texts)


_RETOLD = {
    "l'action est faite": "l'action est fait",
    "elle est prévue": "elle est prévu",
    "si elle": "s'il",
    "Si elle": "S'il",
    "quand elle": "quand il",
}
"""Words said of an action, and of what is masculine."""

_IN_THE_FEMININE = ("réalisée", "partiellement réalisée", "abandonnée", "reconduite")
"""The statuts, which are also états, that agree with what they are said of."""


def _table(feminine: str, masculine: str) -> dict[str, Nom]:
    table = {}
    for feminin, names in ((True, feminine), (False, masculine)):
        for name in names.split(", "):
            singular, _, plural = name.partition("/")
            table[fold(singular)] = Nom(singular, plural or f"{singular}s", feminin)
    return table


KNOWN = _table(
    "orientation, priorité, cible, action, mesure, activité, tâche, fiche, étape",
    "axe, engagement, chantier, enjeu/enjeux, thème, champ d'intervention/champs d'intervention, volet, sous-axe, "
    "secteur, programme, objectif, but, résultat attendu/résultats attendus, moyen, projet, jalon, indicateur",
)
"""The nouns that plans use for their levels, as they are compared."""


class Niveaux(NamedTuple):
    """What the levels of a plan are called."""

    orientation: Nom = KNOWN["orientation"]
    volet: Nom = KNOWN["volet"]
    objectif: Nom = KNOWN["objectif"]
    action: Nom = KNOWN["action"]

    def retold(self, text: str) -> str:
        """What was written of « l'action », « un volet » by who reads the files, said of these. What is cited stays,
        and the lines to copy after the first.
        """
        if self == Niveaux():
            return text
        text, *lines = text.split("\n")
        instead: dict[str, str] = {}
        for usual, own in zip(Niveaux(), self, strict=True):
            instead |= dict(zip(_forms(usual), _forms(own), strict=True))
        forms = "|".join(sorted(map(re.escape, instead), key=len, reverse=True))
        cited_apart = re.split("(«[^»]*»)", text)
        cited_apart[::2] = [
            re.sub(rf"(?<![\w-])(?:{forms})(?!\w)", lambda found: instead[found[0]], part) for part in cited_apart[::2]
        ]
        return "\n".join(["".join(cited_apart), *lines])


def _forms(nom: Nom) -> list[str]:
    """What is said of a level where it is not known what the plan calls it."""
    said = [f"{nom.du} {nom.agreed('écrit')}", nom.du, nom.le, nom.un, nom.aucun, nom.de]
    said += [f"{several} {nom.pluriel}" for several in ("les", "des", "ses")]
    return [*said, *map(capitalized, said)]
