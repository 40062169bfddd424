"""The plan as it is known once read: frozen values, each able to say where in the files its fields stand.

Everything has a default, which stands in for what is absent or faulty in a file; what was built by hand has no
origin. Named tuples, since every command pays for these classes: as many dataclasses take
five times as long to define. Texts are the document's own, never touched. Days are dates, budgets are dollars.
"""

from __future__ import annotations

import re
from array import array
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import Conventions, DateConsignee, Echeance, Refus, parse
from pivot_cli.finding import Location, SourceText
from pivot_cli.plan.nouns import Niveaux, Nom
from pivot_cli.text import fold, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal


class Origin:
    """Where a node and its fields stand in their file: a compact map from field to span.

    `keys` ranks the names of the fields (« responsables », « responsables.1 »; « » is the node itself) and is shared
    by all the nodes of one shape; `spans` holds the first and last offsets of each, by rank.
    """

    __slots__ = ("keys", "source", "spans")

    def __init__(self, source: SourceText, keys: dict[str, int], spans: array[int]) -> None:
        self.source = source
        self.keys = keys
        self.spans = spans

    def span(self, *path: str | int) -> tuple[int, int]:
        """First and last offsets of a field, or of the nearest thing around it that was written."""
        steps = [str(step) for step in path]
        while (rank := self.keys.get(".".join(steps))) is None:
            steps.pop()
        return self.spans[2 * rank], self.spans[2 * rank + 1]

    def at(self, *path: str | int) -> Location:
        """The location of a field: `at("responsables", 1)`; `at()` is the node itself."""
        return self.source.location(*self.span(*path))


NOWHERE = Origin(SourceText("", ""), {"": 0}, array("L", (0, 0)))


def same(value: object, other: object) -> bool:
    """Whether two values of a plan say the same thing, wherever they stand in their files."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        return len(value) == len(other) and all(map(same, value, other))
    return value == other or (isinstance(value, Origin) and isinstance(other, Origin))


class Statut(StrEnum):
    """What was recorded of an action; the values are those written in the plan's files."""

    A_FAIRE = "à faire"
    EN_COURS = "en cours"
    EN_ATTENTE = "en attente"
    PARTIELLE = "partiellement réalisée"
    REALISEE = "réalisée"
    ABANDONNEE = "abandonnée"
    RECONDUITE = "reconduite"

    @property
    def closed(self) -> bool:
        """Whether this plan expects nothing more of the action."""
        return self in (Statut.REALISEE, Statut.ABANDONNEE, Statut.RECONDUITE)

    @property
    def under_way(self) -> bool:
        """Whether the action has begun and is not over."""
        return self in (Statut.EN_COURS, Statut.PARTIELLE)

    @property
    def has_motif(self) -> bool:
        """Whether a motif says why the action is so."""
        return self in (Statut.EN_ATTENTE, Statut.ABANDONNEE, Statut.RECONDUITE)

    def outdates(self, former: Statut | None) -> bool:
        """Whether the motif of a former statut is none of this one's; what waited may be given up for that reason."""
        return former is not None and former is not self and (former.closed or not self.has_motif)


class Budget(NamedTuple):
    """What an action was expected to cost and did cost, in dollars, and who pays."""

    prevu: Decimal | None = None
    reel: Decimal | None = None
    source: str | None = None
    precision: str | None = None
    origin: Origin = NOWHERE

    @property
    def written(self) -> bool:
        """Whether it says anything at all."""
        return any(one is not None for one in self[:-1])


class Indicateur(NamedTuple):
    """What an objectif or an action is measured by; the target and what was reached are free texts."""

    libelle: str = ""
    cible: str | None = None
    atteint: str | None = None
    origin: Origin = NOWHERE


class Suivi(NamedTuple):
    """A dated note on an action: internal, never published."""

    note: str = ""
    date: DateConsignee | None = None
    par: str | None = None
    propose: Echeance | Refus | Statut | None = None
    """What is proposed, until the direction decides: another échéance, or to give the action up (`ABANDONNEE`)."""
    origin: Origin = NOWHERE

    @property
    def corrects(self) -> bool:
        """Whether it only says what was recorded by mistake."""
        return bool(_CORRECTS.match(self.note))

    @property
    def is_news(self) -> bool:
        """Whether it says anything of what becomes of the action: not of a correction, nor of who has it from then, or
        until when.
        """
        return not (self.corrects or _SETS.match(self.note))


_CORRECTS = re.compile(r"\s*correction\s*:", re.IGNORECASE)
_SETS = re.compile(r"\s*(?:responsables\s*:(?!.*; échéance maintenue).*→|échéance fixée à \W)", re.IGNORECASE)

NO_ECHEANCE = parse("à déterminer")._replace(texte="")
"""That of an action of which the plan says none: it is to be determined."""


class EcheancePrecedente(NamedTuple):
    """An échéance that an action had before it was moved, why, and when and by what resolution that was decided."""

    echeance: Echeance | Refus = NO_ECHEANCE
    motif: str | None = None
    decide_le: DateConsignee | None = None
    resolution: str | None = None
    origin: Origin = NOWHERE


class Action(NamedTuple):
    """What is to be done, by whom and when. `statut` is None when nobody recorded one."""

    numero: int = 0
    description: str = ""
    responsables: tuple[str, ...] = ()
    echeance: Echeance | Refus = NO_ECHEANCE
    reference: str | None = None
    titre_court: str | None = None
    porteur: str | None = None
    statut: Statut | None = None
    statut_le: DateConsignee | None = None
    realisee_le: DateConsignee | None = None
    motif: str | None = None
    resolution: str | None = None
    decision: str | None = None
    resultat: str | None = None
    recurrence: Echeance | Refus | None = None
    realisations: tuple[DateConsignee, ...] = ()
    budget: Budget | None = None
    etapes: tuple[str, ...] = ()
    indicateurs: tuple[Indicateur, ...] = ()
    collaborateurs: tuple[str, ...] = ()
    depend_de: tuple[str, ...] = ()
    suivi: tuple[Suivi, ...] = ()
    echeances_precedentes: tuple[EcheancePrecedente, ...] = ()
    liens: tuple[str, ...] = ()
    suite_de: str | None = None
    """The id of the action of the plan before that it takes over."""
    origin: Origin = NOWHERE

    @property
    def consignee(self) -> bool:
        """Whether anything was recorded about what became of it: a statut, a realisation, a suivi that is news."""
        return bool(self.statut or self.realisee_le or self.realisations or self.nouvelles)

    @property
    def nouvelles(self) -> tuple[Suivi, ...]:
        """The notes that are news of it."""
        return tuple(note for note in self.suivi if note.is_news)

    @property
    def closed_on(self) -> DateConsignee | None:
        """When it was done, given up or carried over, where somebody wrote it."""
        if self.statut is None or not self.statut.closed:
            return None
        return (self.realisee_le or self.statut_le) if self.statut is Statut.REALISEE else self.statut_le

    @property
    def undated(self) -> bool:
        """Whether it has a statut, and nobody wrote of which day: no one can say by dates when it came."""
        return self.statut is not None and not (self.statut_le or self.closed_on)

    @property
    def enriched(self) -> bool:
        """Whether anything at all was added to what was adopted of it."""
        return any(_ADDED(self))


LABELS = {
    "reference": "Nº au plan",
    "suite_de": "Reprend",
    "statut": "Statut",
    "statut_le": "Date du statut",
    "recurrence": "Revient",
    "porteur": "Porteur",
    "titre_court": "Titre court",
    "motif": "Motif",
    "resolution": "Résolution",
    "decision": "À décider",
    "resultat": "Résultat",
    "budget": "Budget",
    "etapes": "Étapes",
    "indicateurs": "Indicateurs",
    "collaborateurs": "Avec l'aide de",
    "depend_de": "Dépend de",
    "liens": "Liens",
    "echeances_precedentes": "Reportée",
    "realisations": "Faite",
    "realisee_le": "Réalisée",
    "suivi": "Suivi",
}
"""What stands before each field that can be added to an action where it is told, in the order of the telling."""

NOUNS = {
    "decision": "décision demandée",
    "collaborateurs": "collaborateurs",
    "depend_de": "dépendances",
    "echeance": "échéance",
    "echeances_precedentes": "échéances précédentes",
    "numero": "numéro",
    "realisations": "réalisations",
    "reference": "numéro au plan",
    "realisee_le": "date de réalisation",
    "recurrence": "récurrence",
    "suite_de": "action du plan d'avant",
    "suivi": "notes de suivi",
}
"""What a field is called inside a sentence, where that is not its label (or its key, for what was adopted)."""

_ADDED = attrgetter(*LABELS)


def noun_of(key: str) -> str:
    """What a field of an action is called inside a sentence: « titre court », « date de réalisation »."""
    label = LABELS.get(key, key)
    return NOUNS.get(key) or label[:1].lower() + label[1:]


class Objectif(NamedTuple):
    """What a set of actions is for."""

    numero: int = 0
    titre: str = ""
    actions: tuple[Action, ...] = ()
    indicateurs: tuple[Indicateur, ...] = ()
    reference: str | None = None
    origin: Origin = NOWHERE
    implied: bool = False
    """Whether the plan has no such level: it stands for the one above, has its title and its origin, and no number."""


class Volet(NamedTuple):
    """A side of an orientation; its code is unique in the orientation."""

    code: str = ""
    nom: str = ""
    objectifs: tuple[Objectif, ...] = ()
    reference: str | None = None
    origin: Origin = NOWHERE
    implied: bool = False
    """As that of an objectif."""


class Orientation(NamedTuple):
    """What the organisation chose to do about an enjeu: one file of the plan."""

    numero: int = 0
    titre: str = ""
    enjeu: int | None = None
    volets: tuple[Volet, ...] = ()
    reference: str | None = None
    origin: Origin = NOWHERE


def volet_of(
    *, objectifs: tuple[Objectif, ...] = (), actions: tuple[Action, ...] = (), nom: str = "", **fields: Any
) -> Volet:
    """A volet that holds objectifs, or actions."""
    return Volet(nom=nom, objectifs=objectifs or _implied(actions, nom, fields["origin"]), **fields)


def orientation_of(
    *,
    volets: tuple[Volet, ...] = (),
    objectifs: tuple[Objectif, ...] = (),
    actions: tuple[Action, ...] = (),
    titre: str = "",
    **fields: Any,
) -> Orientation:
    """An orientation that holds volets, or objectifs, or actions."""
    inside = objectifs or _implied(actions, titre, fields["origin"])
    if inside and not volets:
        volets = (Volet(nom=titre, objectifs=inside, origin=fields["origin"], implied=True),)
    return Orientation(titre=titre, volets=volets, **fields)


def _implied(actions: tuple[Action, ...], titre: str, origin: Origin) -> tuple[Objectif, ...]:
    return (Objectif(titre=titre, actions=actions, origin=origin, implied=True),) if actions else ()


class Enjeu(NamedTuple):
    """What is at stake for the organisation; the adopted document words it twice."""

    numero: int = 0
    titre: str = ""
    enonce: str | None = None
    origin: Origin = NOWHERE


class Diagnostic(NamedTuple):
    """What the organisation said of itself when it made the plan."""

    forces: tuple[str, ...] = ()
    points_amelioration: tuple[str, ...] = ()
    contraintes: tuple[str, ...] = ()
    opportunites: tuple[str, ...] = ()
    origin: Origin = NOWHERE


class Periode(NamedTuple):
    """The first and last days of the plan, when the organisation gives them."""

    debut: DateConsignee | None = None
    fin: DateConsignee | None = None
    origin: Origin = NOWHERE


class Appellation(NamedTuple):
    """What the organisation calls its plan (« Plan d'action MADA 2023-2027 ») and the levels of it; the folder of the
    plan that it continues, from the folder that contains its own.
    """

    titre: str | None = None
    niveaux: Niveaux = Niveaux()
    suite_de: str | None = None
    origin: Origin = NOWHERE


class Organisme(NamedTuple):
    """Who the plan belongs to."""

    nom: str = ""
    mission: str | None = None
    vision: str | None = None
    presentation: str | None = None
    valeurs: tuple[str, ...] = ()
    diagnostic: Diagnostic = Diagnostic()
    enjeux: tuple[Enjeu, ...] = ()
    periode: Periode = Periode()
    adopte_le: DateConsignee | None = None
    plan: Appellation = Appellation()
    conventions: Conventions = Conventions()
    origin: Origin = NOWHERE


class Responsable(NamedTuple):
    """Who can be responsible for an action: a function, a committee, a team."""

    code: str = ""
    nom: str = ""
    alias: tuple[str, ...] = ()
    nom_court: str | None = None
    courriel: str | None = None
    origin: Origin = NOWHERE

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that this responsable answers to."""
        return (self.code, self.nom, *self.alias)

    @property
    def label(self) -> str:
        """The shortest name that a screen can show."""
        return self.nom_court or self.code


class Registre:
    """The responsables of a plan, found by code, name or alias as people type them; of two with one name, the first."""

    def __init__(self, responsables: Iterable[Responsable] = ()) -> None:
        self.responsables = tuple(responsables)
        self._by_name = {fold(name): who for who in reversed(self.responsables) for name in who.names}

    def __iter__(self) -> Iterator[Responsable]:
        return iter(self.responsables)

    def find(self, name: str) -> Responsable | None:
        """Whom a name stands for, or None."""
        return self._by_name.get(fold(name))

    @property
    def conseil(self) -> Responsable | None:
        """The board, where the plan has one."""
        return self.find("CA") or self.find("Conseil d'administration")

    @property
    def direction(self) -> Responsable | None:
        """The direction générale, where the plan has one."""
        return self.find("DG") or self.find("Direction générale")

    def codes(self, names: Iterable[str]) -> tuple[str, ...]:
        """The codes that names stand for, each once, in their order; an unknown name stands as it is."""
        return tuple(dict.fromkeys(who.code if (who := self.find(name)) else name for name in names))


class But(StrEnum):
    """What an item of a meeting is for; the values are those written in the plan's files."""

    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "décision"


# The items that every agenda has unless the organisation says otherwise, by the code that names them in
# reunions.yaml, in their order; `permanents` is where the standing items go.
POINTS_CA = (
    "ouverture", "ordre-du-jour", "proces-verbal", "suites", "consentement", "plan", "permanents", "direction",
    "finances", "comites", "divers", "prochaine", "levee",
)  # fmt: skip
POINTS_AGA = (
    "ouverture", "presidence", "ordre-du-jour", "proces-verbal", "rapport-presidence", "activites", "permanents",
    "etats-financiers", "auditeur", "priorites", "elections", "questions", "levee",
)  # fmt: skip


class Point(NamedTuple):
    """An item of an agenda, or with a `code`, what differs from the usual one. `duree` is in minutes."""

    code: str | None = None
    titre: str | None = None
    presente_par: str | None = None
    duree: int | None = None
    but: But | None = None
    precision: str | None = None
    apres: str | None = None
    consentement: bool = False
    retire: bool = False
    origin: Origin = NOWHERE


class Reunion(NamedTuple):
    """A meeting of an instance: `heure` in minutes after midnight, `duree` in minutes, the ids of what the board is to
    decide there, in order, and its own items.
    """

    date: DateConsignee | None = None
    heure: int | None = None
    duree: int | None = None
    lieu: str | None = None
    lien: str | None = None
    titre: str | None = None
    proces_verbal: str | None = None
    dossiers: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    origin: Origin = NOWHERE


class PointPermanent(NamedTuple):
    """An item that stands on every agenda, and the action of the plan that it carries out. `duree` in minutes."""

    titre: str = ""
    action: str | None = None
    presente_par: str | None = None
    duree: int | None = None
    but: But | None = None
    origin: Origin = NOWHERE


class Instance(NamedTuple):
    """A body that meets (conseil d'administration, assemblée générale) and its habits, told as those of a `Reunion`;
    `nom` is what it is called elsewhere (« Conseil municipal »), `responsable` who it is among the responsables.
    """

    reunions: tuple[Reunion, ...] = ()
    nom: str | None = None
    responsable: str | None = None
    membres: tuple[str, ...] = ()
    quorum: str | None = None
    heure: int | None = None
    duree: int | None = None
    lieu: str | None = None
    lien: str | None = None
    points: tuple[Point, ...] = ()
    points_permanents: tuple[PointPermanent, ...] = ()
    origin: Origin = NOWHERE

    @property
    def days(self) -> list[date]:
        """The days of its known meetings, in order; of one known by its month only, the last day."""
        return sorted(one.date.fin for one in self.reunions if one.date)


class Reunions(NamedTuple):
    """The meetings of the organisation."""

    ca: Instance = Instance()
    aga: Instance = Instance()
    origin: Origin = NOWHERE

    def name(self, which: str) -> str:
        """What the body that meets is called (`ca`, `aga`): « conseil d'administration », « Conseil municipal »."""
        usual = {"ca": "conseil d'administration", "aga": "assemblée générale"}
        own: Instance = getattr(self, which)
        return one_line(own.nom or "") or usual[which]


class Level(NamedTuple):
    """A level that an action is in: its key (« volet »), its id, its title, and its number in the document."""

    key: str
    id: str
    titre: str
    reference: str | None = None


class Place(NamedTuple):
    """Where an action stands in the plan."""

    orientation: Orientation
    volet: Volet
    objectif: Objectif
    action: Action

    @property
    def id(self) -> str:
        """`1.adm.1.1`, or as many parts as the plan has levels; a part that could not be read is « ? »."""
        return f"{self.objectif_id}.{self.action.numero or '?'}"

    @property
    def objectif_id(self) -> str:
        """`1.adm.1`, or where the plan has no such level, `1.1`, `1.adm`, `1`."""
        orientation, volet, objectif, _ = self
        above = f"{orientation.numero or '?'}" if volet.implied else f"{orientation.numero or '?'}.{volet.code or '?'}"
        return above if objectif.implied else f"{above}.{objectif.numero or '?'}"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that it is in, from the top, as far as the plan has them."""
        orientation, volet, objectif, _ = self
        found = [Level("orientation", str(orientation.numero or "?"), orientation.titre, orientation.reference)]
        if not volet.implied:
            found.append(Level("volet", f"{found[-1].id}.{volet.code or '?'}", volet.nom, volet.reference))
        if not objectif.implied:
            number = objectif.numero or "?"
            found.append(Level("objectif", f"{found[-1].id}.{number}", objectif.titre, objectif.reference))
        return tuple(found)


def _comparable(reference: str) -> str:
    """A number of the document as it is compared: « C-01 », « c 01 »."""
    return re.sub(r"[\W_]+", lambda found: "." if "." in found[0] else "", fold(reference)).strip(".")


class _Read(NamedTuple):
    organisme: Organisme = Organisme()
    registre: Registre = Registre()
    orientations: tuple[Orientation, ...] = ()
    reunions: Reunions = Reunions()
    unread: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


class Plan(_Read):
    """A whole plan.

    `unread` names the files that could not be read or parsed: what they held is unknown. `partial` names those of
    which something that others may refer to was lost: a reference into them is not judged.
    """

    # To hash a plan goes through every action: a cache that has one for a key takes longer than it saves.
    __hash__ = None  # type: ignore[assignment]

    @property
    def niveaux(self) -> Niveaux:
        """What its levels are called."""
        return self.organisme.plan.niveaux

    @cached_property
    def debut(self) -> date | None:
        """The first day of the plan: its `periode`, or the first day of the échéance that falls due first.

        « 2019 » names January, but a plan whose first échéance is « Février 2019 » does not start before it. Moving the
        first échéance does not move the start of the plan.
        """
        if self.organisme.periode.debut:
            return self.organisme.periode.debut.debut
        written = [place.action.echeance for place in self.places]
        moved = [former.echeance for place in self.places for former in place.action.echeances_precedentes]
        dated = (one for one in (*written, *moved) if isinstance(one, Echeance) and (one.debut or one.fin))
        first = min(dated, key=lambda one: one.fin or one.debut or date.max, default=None)
        return first and (first.debut or first.fin)

    @cached_property
    def level_keys(self) -> tuple[str, ...]:
        """The levels that it has, from the top, as `Niveaux` names them; none where it has no action."""
        return tuple(level.key for level in max((place.levels for place in self.places), key=len, default=()))

    @cached_property
    def noms(self) -> tuple[Nom, ...]:
        """What its levels are called, those that it has, from the top, then its actions."""
        had = self.level_keys or Niveaux._fields[:3]
        return *(getattr(self.niveaux, key) for key in had), self.niveaux.action

    @property
    def dossier(self) -> Nom:
        """What is called the level that actions are gathered under: the objectif, where it has any."""
        return self.noms[-2]

    @property
    def conseil(self) -> Responsable | None:
        """The board, as the one who is responsible for some actions; None where it has none."""
        named = self.reunions.ca.responsable
        return self.registre.find(named) if named else self.registre.conseil

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every action where it stands, in the plan's order."""
        return tuple(
            Place(orientation, volet, objectif, action)
            for orientation in self.orientations
            for volet in orientation.volets
            for objectif in volet.objectifs
            for action in objectif.actions
        )

    @cached_property
    def by_id(self) -> dict[str, Place]:
        """The actions by id, as ids are compared; where two share one, the first."""
        found: dict[str, Place] = {}
        above, around = "", None  # to fold each id would take ten times as long
        for place in self.places:
            if place.objectif is not around:
                above, around = fold(place.objectif_id), place.objectif
            found.setdefault(f"{above}.{place.action.numero or '?'}", place)
        return found

    @cached_property
    def _by_reference(self) -> dict[str, str]:
        """The ids of actions and of levels by their number in the document, as it is compared; an empty one where
        several have it.
        """
        found: dict[str, str] = {}
        for orientation in self.orientations:
            for volet in orientation.volets:
                for objectif in volet.objectifs:
                    named: list[Level | Place] = [*Place(orientation, volet, objectif, Action()).levels]
                    named += [Place(orientation, volet, objectif, action) for action in objectif.actions]
                    for one in named:
                        reference = one.action.reference if isinstance(one, Place) else one.reference
                        if reference and (name := _comparable(reference)):
                            found[name] = one.id if found.get(name, one.id) == one.id else ""
        return found

    def find(self, id_: str) -> Place | None:
        """The action with that id, as people type it (« 1.ADM.1.1. »), where two share it, the first; else the only one
        with that number in the document, case, spaces and dashes aside.
        """
        named = fold(id_).rstrip(".")
        return self.by_id.get(named) or self.by_id.get(fold(self._by_reference.get(_comparable(id_), "")))

    def level_named(self, id_: str) -> str:
        """The id of the only level with that number in the document, as people type it; what names none stays."""
        start = f"{fold(id_).rstrip('.')}."
        return (
            id_
            if any(known.startswith(start) for known in self.by_id)
            else self._by_reference.get(_comparable(id_)) or id_
        )

    def only(self, places: Iterable[Place]) -> Plan:
        """The plan with these actions alone, where each stands. The rest counts as lost: references are not judged."""
        kept: dict[int, list[Action]] = {}
        for place in places:
            for level in place[:3]:
                kept.setdefault(id(level), []).append(place.action)

        def those(levels: Iterable[Any]) -> Iterator[Any]:
            return (one for one in levels if id(one) in kept)

        orientations = tuple(
            orientation._replace(
                volets=tuple(
                    volet._replace(
                        objectifs=tuple(one._replace(actions=tuple(kept[id(one)])) for one in those(volet.objectifs))
                    )
                    for volet in those(orientation.volets)
                )
            )
            for orientation in those(self.orientations)
        )
        lost = tuple(other.origin.source.file for other in self.orientations)
        return self._replace(orientations=orientations, partial=(*self.partial, *lost))
