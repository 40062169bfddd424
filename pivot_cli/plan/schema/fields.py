"""The table of fields: what each file of the plan may hold, file by file, and what each field is for."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pivot_cli.echeance import Conventions, Refus, parse, parse_date, parse_jour_annuel, parse_mois, parse_recurrence
from pivot_cli.plan import model
from pivot_cli.plan.hours import parse_hour, parse_length
from pivot_cli.plan.nouns import KNOWN, Niveaux, Nom
from pivot_cli.plan.schema.kinds import (
    Address,
    Choice,
    Field,
    ListOf,
    Parse,
    Reader,
    Record,
    Value,
    Wording,
    code,
    number,
)
from pivot_cli.text import NBSP, fold, listed, one_line, quoted
from pivot_cli.yaml_tree import Mapping, Node

if TYPE_CHECKING:
    from decimal import Decimal

# An editor makes numbers and booleans of « 2020 » and « true ».
TEXT = Value(
    str,
    ["string", "number", "boolean"],
    "{field} devrait être un texte, entre guillemets s'il contient un deux-points.",
)
"""A text in the organisation's own words, without the white space around it."""
NUMBER = number()
NUMBERED = number(otherwise="; un numéro comme « C01.1.2 » va sous « reference »")  # of what has one too

_AMOUNT = r"([0-9]{1,3}(?:\s[0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,2}))?\s*\$?"
_DOLLARS = "Écrivez des dollars, en chiffres et sans signe moins : « {name}: 1500 »."


def _amount(text: str) -> Decimal | None:
    """The dollars of « 1500 », « 1 500 $ », « 1500,50 », exact to the cent."""
    if not (amount := re.fullmatch(_AMOUNT, text)):
        return None
    from decimal import Decimal

    return Decimal(re.sub(r"\s", "", amount[1]) + "." + (amount[2] or "0"))


MONEY = Value(
    _amount,
    ["number", "string"],
    f"Ce n'est pas un montant. {_DOLLARS}",
    "{text} n'est pas un montant.",
    _DOLLARS,
    minimum=0,
    pattern=rf"^\s*{_AMOUNT}\s*$",
)
DATE = Value(
    parse_date,
    ["string", "integer"],
    "{field} devrait être une date : 2020-05-12, 12 mai 2020, mai 2020 ou 2020.",
    "{text} n'est pas une date.",
    pattern="[0-9]{4}",
)
"""A DateConsignee, as precise as people know it: « 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »."""


def _like(*examples: str) -> str:
    return f"{{field}} devrait être un texte, par exemple {listed([quoted(example) for example in examples], 'ou')}."


ECHEANCE = Wording(parse, _like("Mars 2020", "Automne 2020", "En continu", "À évaluer"))
PROPOSITION = Wording(
    lambda text, conventions: (
        model.Statut.ABANDONNEE if fold(text) == fold(model.Statut.ABANDONNEE) else parse(text, conventions)
    ),
    _like("Juin 2021", "abandonnée"),
)
RECURRENCE = Wording(parse_recurrence, _like("aux 3 mois", "Annuel", "le 30 juin de chaque année"))


def _parsed(parse: Parse, what: str, *examples: str, remedy: str = "", types: str | list[str] | None = None) -> Value:
    """A text that `parse` makes something of, `what` with its article."""
    written = listed([f"« {{name}}: {example} »" for example in examples], "ou")
    remedy = remedy or f"Écrivez par exemple {written}."
    return Value(parse, types or ["string", "number"], _like(*examples), f"{{text}} n'est pas {what}.", remedy)


_YEARLESS = "Écrivez un jour et un mois, sans année : « {name}: 1er avril »."
YEAR_DAY = _parsed(parse_jour_annuel, "un jour de l'année", "1er avril", "avril", remedy=_YEARLESS)
MONTHS = _parsed(parse_mois, "une suite de mois d'une même année", "mars à juin")
HOUR = _parsed(parse_hour, "une heure", "19 h", "19 h 30", types="string")
LENGTH = _parsed(parse_length, "une durée", "10 min", "2 h", "1 h 30", types=["string", "integer"])


def _term(used: str) -> Value:
    """What the organisation means by « court terme », kept in its words; `used` is how an échéance names it."""
    key = re.sub("[ -]", "_", used)

    def understood(text: str) -> str | None:
        # Any beginning of a plan: whether a term is understood does not depend on it.
        conventions = Conventions(periode_debut=date(2020, 1, 1), **{key: text})  # type: ignore[arg-type]
        return None if isinstance(parse(used, conventions), Refus) else text

    return _parsed(understood, "une durée ni une date", "1 an", "1 à 3 ans", "décembre 2021")


_ID = code(r"[^\s]{1,80}", "Un id a quatre parties", "1.adm.1.1", "à désigner une action")
_FORMER_ID = code(r"[^\s]{1,80}", "Écrivez l'id qu'elle avait", "1.adm.1.1", "à désigner une action du plan d'avant")
_DOSSIER = code(r"[^\s]{1,80}", "Écrivez l'id d'un objectif ou d'une action", "1.adm.1", "à désigner un dossier")
_VOLET = code("[a-z]{2,5}", "De deux à cinq lettres minuscules sans accent", "adm")
_RESPONSABLE = code("[A-Za-z0-9][A-Za-z0-9_-]{0,19}", "Lettres sans accent, chiffres, tirets", "DG")
_MAILBOX = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"  # RFC 5321, 4.1.2, without quotation marks
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"  # RFC 1123, 2.1, and letters with accents
_ADDRESS = rf"({_MAILBOX})@((?:{_LABEL}\.){{1,8}}(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]{{2,59}}))"


def _address(text: str) -> str | None:
    """An address that mail servers take: its part before « @ » in ASCII, its domain with or without accents."""
    plain = normalize("NFC", text.replace("’", "'"))
    if not (found := re.fullmatch(_ADDRESS, plain, re.IGNORECASE)) or len(found[1]) > 64 or len(found[2]) > 253:
        return None
    # Python's reading of a domain is that of 2003, to which « ß » is another one.
    return plain if found[1].isascii() and "ß" not in plain else None


_COURRIEL = Address(
    _address,
    "string",
    "{field} : une seule adresse, sans accent avant l'arobas, par exemple « {name}: dg@exemple.org ».",
    "{text} ne peut pas servir de courriel.",
    f"Une seule adresse, sans accent avant l'arobas{NBSP}: par exemple {quoted('dg@exemple.org')}.",
    pattern=r"^\s*[^\s@<>,;()]+@[^\s@<>,;()]+\.[^\s@<>,;().]{2,}\s*$",
)
_BESIDE = "Écrivez le chemin de ce dossier à partir de celui qui contient le plan"


def _folder(text: str) -> str | None:
    """A path from where the plan's folder is, with forward slashes: where it may lead is for who reads the disk."""
    return text if re.fullmatch(_RELATIVE, text) else None


_RELATIVE = r"(?![/~])[^\\:\x00-\x1f]{1,200}"
_FOLDER = Value(
    _folder,
    "string",
    f"{{field}} : {_BESIDE[:1].lower()}{_BESIDE[1:]}, par exemple « {{name}}: plan-2019-2021 ».",
    "{text} ne peut pas désigner le dossier du plan d'avant.",
    f"{_BESIDE}, avec des barres obliques{NBSP}: « {{name}}: plan-2019-2021 ».",
    pattern=rf"^\s*{_RELATIVE}\s*$",
)
_YES = Choice(("oui", "non"), build=lambda value: value == "oui")
_BUT = Choice(tuple(model.But), build=model.But)
_MEANT = {  # what people type, and other organisations' plans write, instead of each statut; in the masculine
    model.Statut.REALISEE: "fait, terminé, complété, achevé, fini, accompli, atteint, clos, fermé, finalisé, conclu, "
    "livré, déployé, implanté, instauré, mis en place, mis en œuvre, en place, en vigueur, opérationnel, réglé, "
    "adopté, done, completed, complete, closed, 100%",
    model.Statut.EN_COURS: "commencé, débuté, démarré, entamé, amorcé, engagé, enclenché, lancé, actif, active, en "
    "marche, en route, en progression, en progrès, en développement, en réalisation, en exécution, en déploiement, en "
    "implantation, en élaboration, en préparation, en rédaction, en révision, en validation, en analyse, en "
    "consultation, en négociation, non terminé, pas terminé, non complete, pas complete, inachevé, incomplet, à "
    "compléter, à terminer, à finaliser, en continu, continu, permanent, récurrent, poursuivi, "
    "à poursuivre, in progress, in_progress, ongoing, started",
    model.Statut.A_FAIRE: "non commencé, pas commencé, non débuté, pas débuté, non démarré, pas démarré, non entamé, "
    "non amorcé, non fait, pas fait, non réalisé, pas réalisé, non atteint, pas atteint, à commencer, à débuter, "
    "à démarrer, à entreprendre, à venir, à réaliser, à planifier, à discuter, à évaluer, à définir, "
    "à déterminer, à préciser, planifié, prévu, projeté, futur, to do, to_do, todo, not started, planned, 0%",
    model.Statut.ABANDONNEE: "annulé, abandon, rejeté, refusé, retiré, supprimé, écarté, cessé, caduc, caduque, non "
    "retenu, cancelled, canceled, dropped",
    model.Statut.EN_ATTENTE: "suspendu, bloqué, en suspens, sur pause, en pause, interrompu, arrêté, à l'arrêt, "
    "stand by, standby, stand-by, reporté, différé, retardé, en veilleuse, sur la glace, gelé, on hold, "
    "pending, blocked",
    model.Statut.PARTIELLE: "en partie, partiel, partielle, partiellement, partiellement fait, partiellement complete, "
    "partiellement atteint, partiellement terminé, fait en partie, réalisé en partie, complété en partie, à moitié, "
    "presque terminé, partial",
    model.Statut.RECONDUITE: "à reconduire, prolongé, transféré",
}
STATUT = Choice(tuple(model.Statut), _MEANT, model.Statut)

BUDGET = Record("un budget", model.Budget).of(
    Field("prevu", MONEY, "le montant prévu, en dollars"),
    Field("reel", MONEY, "le montant dépensé, en dollars"),
    Field("source", TEXT, "d'où vient l'argent"),
    Field(
        "precision",
        TEXT,
        f"ce que les montants ne disent pas{NBSP}: 230{NBSP}000{NBSP}$ par année, 3 ETP, 5{NBSP}000{NBSP}€",
    ),
)

INDICATEUR = Record("un indicateur", model.Indicateur).of(
    Field("libelle", TEXT, "ce qui est mesuré", required=True),
    Field("cible", TEXT, "la cible"),
    Field("atteint", TEXT, "ce qui a été atteint"),
)

REFERENCE = Field("reference", TEXT, f"son numéro au document, s'il n'est pas un simple nombre{NBSP}: C01.1.2")

SUIVI = Record("une note de suivi", model.Suivi).of(
    Field("date", DATE, "le jour de la note", required=True),
    Field("par", TEXT, "qui l'a écrite"),
    Field("propose", PROPOSITION, "ce qui est proposé, tant que rien n'est décidé : une échéance, ou abandonnée"),
    Field("note", TEXT, "ce qui s'est passé, en une phrase", required=True),
)

ECHEANCE_PRECEDENTE = Record("une échéance précédente", model.EcheancePrecedente).of(
    Field("echeance", ECHEANCE, "l'échéance d'avant, telle qu'elle était écrite", required=True),
    Field("motif", TEXT, "pourquoi elle a été déplacée"),
    Field("decide_le", DATE, "le jour de la décision"),
    Field("resolution", TEXT, "la résolution du conseil qui l'a déplacée"),
)

ACTION = Record("une action", model.Action).of(
    Field("numero", NUMBERED, "le numéro de l'action dans le plan adopté", required=True),
    Field("description", TEXT, "ce qui est à faire, dans les mots du plan adopté", required=True),
    Field("responsables", ListOf(TEXT, open=True), "qui doit la faire : codes, noms ou alias"),
    Field("echeance", ECHEANCE, "l'échéance, dans les mots du plan adopté"),
    REFERENCE,
    Field("titre_court", TEXT, "un titre de quelques mots, pour les écrans et l'ordre du jour"),
    Field("porteur", TEXT, "la personne qui en répond, parmi les responsables"),
    Field("statut", STATUT, "où en est l'action"),
    Field("statut_le", DATE, "le jour de ce statut, même approximatif"),
    Field("realisee_le", DATE, "la date où elle a été réalisée, même approximative"),
    Field("motif", TEXT, "pourquoi elle est en attente, abandonnée ou reconduite"),
    Field("resolution", TEXT, "la résolution du conseil"),
    Field("decision", TEXT, "ce que le conseil doit décider"),
    Field("resultat", TEXT, "le résultat, en une phrase que tout le monde peut lire"),
    Field("recurrence", RECURRENCE, "à quel rythme l'action revient"),
    Field("realisations", ListOf(DATE), "les dates où l'action a eu lieu"),
    Field("budget", BUDGET, "prévu, réel, source"),
    Field("etapes", ListOf(TEXT), "les étapes de l'action, montrées telles quelles"),
    Field("indicateurs", ListOf(INDICATEUR), "comment on mesure l'action"),
    Field("collaborateurs", ListOf(TEXT), "qui aide, sans être responsable"),
    Field("depend_de", ListOf(_ID), "les id des actions qui doivent précéder"),
    Field("suivi", ListOf(SUIVI), "notes datées, internes"),
    Field("echeances_precedentes", ListOf(ECHEANCE_PRECEDENTE), "les échéances d'avant"),
    Field("liens", ListOf(TEXT), "documents et pages utiles"),
    Field("suite_de", _FORMER_ID, "l'id de l'action du plan d'avant qu'elle reprend"),
)

OBJECTIF = Record("un objectif", model.Objectif).of(
    Field("numero", NUMBERED, "le numéro de l'objectif dans son volet", required=True),
    REFERENCE,
    Field("titre", TEXT, "le titre de l'objectif", required=True),
    Field("actions", ListOf(ACTION), "les actions", required=True),
    Field("indicateurs", ListOf(INDICATEUR), "comment on mesure l'atteinte de l'objectif"),
)

VOLET = Record("un volet", model.volet_of, one_of=("objectifs", "actions"), alone=True).of(
    Field("code", _VOLET, "le code du volet, unique dans l'orientation", required=True),
    REFERENCE,
    Field("nom", TEXT, "le nom du volet", required=True),
    Field("objectifs", ListOf(OBJECTIF), "les objectifs"),
    Field("actions", ListOf(ACTION), "les actions, s'il n'y a pas d'objectifs"),
)

ORIENTATION = Record("une orientation", model.orientation_of, one_of=("volets", "objectifs", "actions"), alone=True).of(
    Field("numero", NUMBERED, "le numéro de l'orientation, celui du nom du fichier", required=True),
    Field("enjeu", NUMBER, "le numéro de l'enjeu auquel elle répond"),
    REFERENCE,
    Field("titre", TEXT, "le titre de l'orientation", required=True),
    Field("volets", ListOf(VOLET), "les volets"),
    Field("objectifs", ListOf(OBJECTIF), "les objectifs, s'il n'y a pas de volets"),
    Field("actions", ListOf(ACTION), "les actions, s'il n'y a ni volets ni objectifs"),
)

RESPONSABLE = Record("un responsable", model.Responsable).of(
    Field("code", _RESPONSABLE, "le code court, celui qu'on tape", required=True),
    Field("nom", TEXT, "le nom complet de la fonction ou du groupe", required=True),
    Field("alias", ListOf(TEXT), "les autres façons de l'écrire"),
    Field("nom_court", TEXT, "le nom qui tient dans une colonne étroite"),
    Field("courriel", _COURRIEL, "l'adresse où envoyer un rappel"),
)

RESPONSABLES = Record("la liste des responsables", lambda origin, responsables=(): responsables).of(  # noqa: ARG005 - each responsable has its own origin
    Field("responsables", ListOf(RESPONSABLE, open=True), "qui peut être responsable d'une action", required=True),
)

CONVENTIONS = Record("les conventions", lambda origin, **values: Conventions(**values)).of(  # noqa: ARG005 - they are values, with no place
    Field("hiver", Choice(("janvier", "décembre")), "le mois où commence l'hiver"),
    Field("printemps", MONTHS, "les mois du printemps"),
    Field("ete", MONTHS, "les mois de l'été"),
    Field("automne", MONTHS, "les mois de l'automne"),
    Field("rentree", MONTHS, "les mois de la rentrée"),
    Field("debut_exercice", YEAR_DAY, "le premier jour de l'exercice financier"),
    Field("annees_jumelees", Choice(("civiles", "exercice")), "comment se lit « 2020-2021 »"),
    Field("trimestres", Choice(("civils", "exercice")), "d'où se comptent les trimestres et les semestres"),
    Field("debut_annee", MONTHS, "les mois de « début 2020 »"),
    Field("mi_annee", MONTHS, "les mois de « mi-2020 »"),
    Field("fin_annee", MONTHS, "les mois de « fin 2020 »"),
    Field("debut_mois", number(1, 27, example=10), "le dernier jour de « début mars »"),
    Field("mi_mois", number(2, 28, example=20), "le dernier jour de « mi-mars »"),
    Field("echeance_proche", number(0, 9999, "jour", 90), "à combien de jours une échéance est proche"),
    Field("court_terme", _term("court terme"), "ce que le plan entend par « court terme »"),
    Field("moyen_terme", _term("moyen terme"), "ce que le plan entend par « moyen terme »"),
    Field("long_terme", _term("long terme"), "ce que le plan entend par « long terme »"),
    Field("mi_parcours", _term("mi-parcours"), "ce que le plan entend par « mi-parcours »"),
)

PERIODE = Record("une période", model.Periode).of(
    Field("debut", DATE, "le début du plan", required=True),
    Field("fin", DATE, "la fin du plan", required=True),
)

ENJEU = Record("un enjeu", model.Enjeu).of(
    Field("numero", NUMBER, "le numéro de l'enjeu", required=True),
    Field("titre", TEXT, "l'enjeu, tel qu'il est nommé", required=True),
    Field("enonce", TEXT, "l'enjeu, tel qu'il est énoncé ailleurs dans le document"),
)

DIAGNOSTIC = Record("un diagnostic", model.Diagnostic).of(
    Field("forces", ListOf(TEXT), "les forces de l'organisme"),
    Field("points_amelioration", ListOf(TEXT), "ce qui peut être amélioré"),
    Field("contraintes", ListOf(TEXT), "ce qui lui est imposé"),
    Field("opportunites", ListOf(TEXT), "ce qui s'offre à lui"),
)


def _noun(nom: str = "", pluriel: str = "", *, genre: bool = False, **_: object) -> Nom:
    return Nom(one_line(nom), one_line(pluriel), genre)  # it stands in the midst of sentences


NOM = Record("un nom", _noun).of(
    Field("nom", TEXT, "le nom, au singulier : mouvement", required=True),
    Field("pluriel", TEXT, "son pluriel : mouvements", required=True),
    Field("genre", Choice(("masculin", "féminin"), build=lambda value: value == "féminin"), "son genre", required=True),
)


class LevelName(Value):
    """What a plan calls a level: a noun that plans use, or another with its plural and its gender."""

    def __init__(self) -> None:
        example = "{name}: {{nom: mouvement, pluriel: mouvements, genre: masculin}}"
        known = ", ".join(sorted((noun.nom for noun in KNOWN.values()), key=fold))
        remedy = f"Écrivez un de ces noms : {known}; ou un autre, avec son pluriel et son genre : « {example} »."
        super().__init__(
            lambda text: KNOWN.get(fold(text)),
            "string",
            f"{{field}} devrait être un nom. {remedy}",
            "{text} n'est pas un nom connu.",
            remedy,
        )

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The noun, or None, its fault reported."""
        return NOM.read(node, name, reader) if isinstance(node, Mapping) else super().read(node, name, reader)

    def shape(self, name: str) -> dict[str, Any]:
        """A text, or a group of fields."""
        text = super().shape(name)
        return {"anyOf": [text, NOM.shape(name)], "errorMessage": text["errorMessage"]}


NIVEAUX = Record("les noms des niveaux", lambda origin, **names: Niveaux(**names)).of(  # noqa: ARG005 - they are values, with no place
    Field("orientation", LevelName(), "ce qu'on appelle ici une orientation"),
    Field("volet", LevelName(), "ce qu'on appelle ici un volet"),
    Field("objectif", LevelName(), "ce qu'on appelle ici un objectif"),
    Field("action", LevelName(), "ce qu'on appelle ici une action"),
)

APPELLATION = Record("le nom du plan", model.Appellation).of(
    Field("titre", TEXT, "ce qu'on appelle ici le plan stratégique"),
    Field("niveaux", NIVEAUX, "ce qu'on appelle ici une orientation, un volet, un objectif, une action"),
    Field("suite_de", _FOLDER, "le dossier du plan d'avant, que celui-ci continue"),
)

ORGANISME = Record("l'organisme", model.Organisme).of(
    Field("nom", TEXT, "le nom de l'organisme", required=True),
    Field("mission", TEXT, "sa mission"),
    Field("vision", TEXT, "sa vision"),
    Field("presentation", TEXT, "ce qu'il est, en quelques paragraphes"),
    Field("valeurs", ListOf(TEXT), "ses valeurs"),
    Field("diagnostic", DIAGNOSTIC, "forces, points d'amélioration, contraintes, opportunités"),
    Field("enjeux", ListOf(ENJEU), "les enjeux du plan"),
    Field("periode", PERIODE, "le premier et le dernier jour du plan"),
    Field("adopte_le", DATE, "le jour où le plan a été adopté"),
    Field("plan", APPELLATION, "le titre du plan, les noms de ses niveaux, le plan qu'il continue"),
    Field("conventions", CONVENTIONS, "comment se lisent les échéances"),
)

POINT_PERMANENT = Record("un point permanent", model.PointPermanent).of(
    Field("titre", TEXT, "le point, tel qu'il paraît à l'ordre du jour", required=True),
    Field("action", _ID, "l'id de l'action que ce point réalise"),
    Field("presente_par", TEXT, "qui le présente"),
    Field("duree", LENGTH, "combien de minutes il prend"),
    Field("but", _BUT, "information, discussion ou décision"),
)


def _instance(codes: tuple[str, ...]) -> Record:
    """A body that meets; `codes` are those of the usual items of its agenda."""
    changeable = tuple(code for code in codes if code != "permanents")  # which are those of `points_permanents`
    point = Record("un point de l'ordre du jour", model.Point, one_of=("titre", "code")).of(
        Field("code", Choice(changeable), "le point habituel dont il s'agit, à modifier"),
        Field("titre", TEXT, "le point, tel qu'il paraît à l'ordre du jour"),
        Field("presente_par", TEXT, "qui le présente"),
        Field("duree", LENGTH, "combien de minutes il prend"),
        Field("but", _BUT, "information, discussion ou décision"),
        Field("precision", TEXT, "une phrase à imprimer sous le titre"),
        Field("apres", Choice(codes), "le point habituel après lequel il vient"),
        Field("consentement", _YES, "oui pour l'adopter en bloc, avec l'ordre du jour de consentement"),
        Field("retire", _YES, "oui pour retirer ce point habituel"),
    )
    reunion = Record("une réunion", model.Reunion).of(
        Field("date", DATE, "le jour de la réunion", required=True),
        Field("heure", HOUR, "l'heure, si ce n'est pas l'heure habituelle"),
        Field("duree", LENGTH, "combien de temps elle dure, si ce n'est pas la durée habituelle"),
        Field("lieu", TEXT, "le lieu, si ce n'est pas le lieu habituel"),
        Field("lien", TEXT, "l'adresse de la rencontre à distance"),
        Field("titre", TEXT, "son titre, si elle en a un"),
        Field("proces_verbal", TEXT, "où se trouve le procès-verbal"),
        *(
            [Field("dossiers", ListOf(_DOSSIER), "les id des objectifs ou des actions à y décider, dans l'ordre")]
            if codes is model.POINTS_CA  # an assembly is told
            else []
        ),
        Field("points", ListOf(point), "les points de cette réunion seulement"),
    )
    return Record("une instance", model.Instance).of(
        Field("nom", TEXT, "son nom, si ce n'est pas celui-là"),
        Field("responsable", TEXT, "qui elle est, parmi les responsables du plan"),
        Field("reunions", ListOf(reunion), "les réunions"),
        Field("membres", ListOf(TEXT), "qui est attendu à chaque réunion"),
        Field("quorum", TEXT, "le quorum, comme le disent les règlements généraux"),
        Field("heure", HOUR, "l'heure habituelle"),
        Field("duree", LENGTH, "la durée habituelle"),
        Field("lieu", TEXT, "le lieu habituel"),
        Field("lien", TEXT, "l'adresse habituelle de la rencontre à distance"),
        Field("points", ListOf(point), "ce qui change dans les points habituels, et ceux qui s'y ajoutent"),
        Field("points_permanents", ListOf(POINT_PERMANENT), "les points de chaque ordre du jour"),
    )


CA, AGA = _instance(model.POINTS_CA), _instance(model.POINTS_AGA)

REUNIONS = Record("les réunions", model.Reunions).of(
    Field("ca", CA, "le conseil d'administration"),
    Field("aga", AGA, "l'assemblée générale annuelle"),
)
