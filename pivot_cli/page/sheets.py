"""One action in full, with its history; what the plan is made of; who has what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.listing import indicators, key_of
from pivot_cli.documents.values import Champ, IndicateurVue
from pivot_cli.escaping import live_address
from pivot_cli.page.listing import pages_of
from pivot_cli.page.visit import Lien, Paquet, Sheet, Visit, gathered, names
from pivot_cli.plan.lineage import kin_of
from pivot_cli.plan.model import Responsable
from pivot_cli.screens.action import adopted
from pivot_cli.screens.blocks import levels
from pivot_cli.suivi import filiation, phrases
from pivot_cli.suivi.changes import Genre
from pivot_cli.suivi.etat import Situation, due, grouped
from pivot_cli.suivi.proposals import pending
from pivot_cli.suivi.selection import inside
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom
    from pivot_cli.suivi.changes import Fact, Moment


class Instant(NamedTuple):
    """Ce qu'un enregistrement a gardé d'une action."""

    quand: str
    faits: tuple[str, ...]


class Fiche(NamedTuple):
    """Une action en entier."""

    texte: str
    cle: str
    etat: str
    consigne: bool
    niveaux: tuple[Lien, ...]
    champs: tuple[Champ, ...]
    liens: tuple[Champ, ...]
    histoire: tuple[Champ, ...]
    instants: tuple[Instant, ...]
    silence: str
    endroit: str
    consigner: str
    attribuer: str


def action(visit: Visit, wanted: str) -> Sheet | None:
    """An action in full, with its history; None where nothing has that id."""
    seen, plan = visit.seen, visit.seen.plan
    place = plan.find(wanted)
    if place is None:
        return None
    one = next(one for one in seen.situations if one.id == place.id)
    noun, record = plan.niveaux.action, phrases.record_of(one.action, plan, ("liens", "titre_court", "suite_de"))
    above = [field for field in adopted(one, plan) if field[0] not in {name for name, _ in _levels(one, visit)}]
    above += [("À décider", one_line(note.note))] if (note := pending(one.action)) else []
    where, moments = one.action.origin.at(), visit.reading.moments(place)
    folder = visit.desk.folder
    kin = kin_of(place, folder, plan, folder.resolve().parent)
    told = filiation.in_words(one.action, filiation.filiation_of(one, seen, kin))
    return Sheet(
        "action.html",
        phrases.title_of(one.action),
        Fiche(
            texte=one_line(one.action.description) if one.action.titre_court else "",
            cle=key_of(one),
            etat=capitalized(phrases.etat_in_words(one, seen)),
            consigne=one.action.consignee,
            niveaux=tuple(link for _, link in _levels(one, visit)),
            champs=tuple(Champ(name, value) for name, value in (*above, *record, *told)),
            liens=tuple(Champ(one_line(text), live_address(text)) for text in one.action.liens),
            histoire=tuple(Champ(name, value) for name, value in phrases.history_of(one.action, noun)),
            instants=tuple(_told(one, noun) for one in moments if (one.day or visit.today) <= visit.day),
            silence=visit.reading.past.unkept or f"L'historique n'en dit encore rien le {day_in_words(visit.day)}.",
            endroit=f"{one_line(where.file)}, ligne {where.line}" if where.file else "",
            consigner=visit.to("/consigner", id=place.id),
            attribuer=visit.to("/attribuer", id=place.id),
        ),
        surtitre=f"{capitalized(noun.nom)} {one.id}",
    )


def _levels(one: Situation, visit: Visit) -> Iterator[tuple[str, Lien]]:
    """The levels that an action is in, by the names that they have among its fields."""
    for (name, title), level in zip(levels(one, visit.seen.plan), one.place.levels, strict=True):
        yield name, Lien(f"{name}{NBSP}: {title}", visit.to(f"/plan/{level.id}"))


def _told(moment: Moment, noun: Nom) -> Instant:
    day = "Pas encore dans l'historique" if moment.day is None else capitalized(day_in_words(moment.day))
    return Instant(day, tuple(capitalized(_fact(fact, noun)) for fact in moment.facts))


def _fact(fact: Fact, noun: Nom) -> str:
    """What happened, by its own words, where they say it."""
    there = fact.genre in (Genre.AJOUTEE, Genre.RETIREE)
    return f"{noun.agreed(fact.genre.value.removesuffix('e'))} au plan{NBSP}: {fact.texte}" if there else fact.texte


class Niveau(NamedTuple):
    """Un objectif, un volet ou une orientation, et ce qu'il y a dedans."""

    niveaux: tuple[Lien, ...]
    phrase: str
    consigne: str
    indicateurs: tuple[IndicateurVue, ...]
    paquets: tuple[Paquet, ...]
    suite: Lien | None
    noms: str
    ajouter: Lien | None


def level(visit: Visit, wanted: str) -> Sheet | None:
    """A level of the plan and its actions; None where there is none of that id."""
    seen, plan = visit.seen, visit.seen.plan
    id_, some = inside(seen.situations, plan.level_named(wanted))
    if not some:
        return None
    depth, noun = id_.count(".") + 1, plan.niveaux.action
    above, here = list(levels(some[0], plan))[:depth], some[0].place.levels[depth - 1]
    kind = capitalized(getattr(plan.niveaux, here.key).nom)
    shown, more = pages_of(some)
    number = id_.partition(".")[0]
    links = zip(above[:-1], some[0].place.levels, strict=False)
    measured = indicators(some[0].place.objectif) if here.key == "objectif" else ()
    return Sheet(
        "niveau.html",
        above[-1][1],
        Niveau(
            niveaux=tuple(Lien(f"{name}{NBSP}: {title}", visit.to(f"/plan/{on.id}")) for (name, title), on in links),
            phrase=_summary(some, visit),
            consigne=phrases.recorded(some, noun),
            indicateurs=tuple(measured),
            paquets=tuple(one._replace(titre="") if one.id == id_ else one for one in gathered(shown, visit)),
            suite=Lien(more, visit.to("/liste", orientation=number)) if more else None,
            noms=names(shown, visit),
            ajouter=_to_add(visit, id_) if some[0].place.objectif_id == id_ else None,
        ),
        surtitre=f"{kind} {id_}",
    )


def _to_add(visit: Visit, id_: str = "") -> Lien:
    return Lien(f"Ajouter {visit.seen.plan.niveaux.action.un}", visit.to("/ajouter", ajouter=id_))


def _summary(some: tuple[Situation, ...], visit: Visit) -> str:
    """« 5 actions : 1 réalisée, 4 échéances passées. »."""
    noun = visit.seen.plan.niveaux.action
    numbers = zip(phrases.GROUPS, phrases.by_group(some), strict=True)
    parts = [f"{number}{NBSP}{phrases.agreed(word, number, noun)}" for (_, word, _), number in numbers if number]
    return f"{noun.counted(len(some))}{NBSP}: {', '.join(parts)}."


class Partie(NamedTuple):
    """Une orientation, un volet ou un objectif, et ce qu'il y a dedans."""

    nom: str
    adresse: str
    nombres: str
    parties: tuple[Partie, ...] = ()


class PlanEntier(NamedTuple):
    """Le plan, de haut en bas."""

    etendue: str
    parties: tuple[Partie, ...]
    ajouter: Lien


def whole(visit: Visit) -> Sheet:
    """What the plan is made of, and where each part stands."""
    seen = visit.seen.situations
    depth = next((n for n, key in ((3, "objectif"), (2, "volet")) if len(grouped(seen, key)) <= _MOST_PARTS), 1)
    parts = tuple(_parts(seen, visit, 0, depth))
    return Sheet(
        "plan.html",
        phrases.plan_title(visit.seen.plan),
        PlanEntier(phrases.span_of(visit.seen.plan), parts, _to_add(visit)),
    )


_MOST_PARTS = 400
"""Of a plan that is told down to its objectifs."""


def _parts(some: tuple[Situation, ...], visit: Visit, depth: int, most: int) -> Iterator[Partie]:
    """The levels of that depth in which these actions are, with what is inside, down to the depth `most`."""
    plan = visit.seen.plan
    if not some or min(len(some[0].place.levels), most) <= depth:
        return
    for together in grouped(some, some[0].place.levels[depth].key):
        first = together[0]
        name, title = list(levels(first, plan))[depth]
        numbers = [plan.niveaux.action.counted(len(together))]
        if passed := len(due(together)):
            numbers.append(counted(passed, "échéance passée", "échéances passées"))
        address = visit.to(f"/plan/{first.place.levels[depth].id}")
        below = tuple(_parts(tuple(together), visit, depth + 1, most))
        yield Partie(f"{name}{NBSP}: {title}", address, ", ".join(numbers), below)


class Charge(NamedTuple):
    """Qui, et combien."""

    nom: str
    code: str
    adresse: str
    total: int
    nombres: tuple[Lien, ...]


class Charges(NamedTuple):
    """Les responsables, et ce qu'ils portent."""

    colonnes: tuple[str, ...]
    charges: tuple[Charge, ...]
    a_attribuer: Lien | None


def people(visit: Visit) -> Sheet:
    """Who has what, and where it stands; an action that several share counts for each."""
    seen, noun = visit.seen, visit.seen.plan.niveaux.action
    rows = [(who, seen.of(who)) for who in seen.plan.registre]
    counts = [phrases.by_group(own) for _, own in rows]
    kept = [n for n in range(len(phrases.GROUPS)) if any(numbers[n] for numbers in counts)]
    heads = tuple(capitalized(phrases.agreed(phrases.GROUPS[n][1], 2, noun)) for n in kept)
    charges = tuple(
        Charge(
            one_line(who.nom),
            who.code,
            visit.to("/liste", responsable=who.code or one_line(who.nom)),
            len(own),
            tuple(_number(visit, who, n, numbers[n]) for n in kept),
        )
        for (who, own), numbers in zip(rows, counts, strict=True)
    )
    nobody = phrases.of_nobody(seen.situations)
    said = f"{noun.counted(len(nobody))} à attribuer"
    link = (
        Lien(said, visit.to("/liste", a_completer="oui") if visit.reading_only else visit.to("/attribuer"))
        if nobody
        else None
    )
    return Sheet("responsables.html", "Responsables", Charges(heads, charges, link))


def _number(visit: Visit, who: Responsable, group: int, number: int) -> Lien:
    """How many actions of a group somebody has, with where they are, for those that one état asks for."""
    names = {phrases.ETATS_ASKED[etat] for etat in phrases.GROUPS[group][2]}
    asked = names.pop() if len(names) == 1 and number else ""
    whom = who.code or one_line(who.nom)
    return Lien(str(number), visit.to("/liste", responsable=whom, etat=asked) if asked else "")
