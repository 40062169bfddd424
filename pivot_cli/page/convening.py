"""A meeting that is entered in the plan, or changed; and what the board is to decide there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.documents.deciding import of_the_next_meeting
from pivot_cli.documents.values import Champ
from pivot_cli.finding import PivotError
from pivot_cli.page.forms import Bloc, Changed, Conflit, Faulty, Prepared, known_of, lines_of
from pivot_cli.page.visit import LABELS, Lien, Option, Reproche, Sheet, Visit, refusal, short
from pivot_cli.plan.bodies import assembly, board
from pivot_cli.plan.hours import hour_in_words, length_in_words, parse_hour, parse_length
from pivot_cli.plan.names import REUNIONS
from pivot_cli.record.following import begun, with_file
from pivot_cli.record.meetings import Entered, Meeting, enter
from pivot_cli.record.recording import plain_line
from pivot_cli.suivi import phrases
from pivot_cli.suivi.asked import date_named
from pivot_cli.suivi.decisions import id_of
from pivot_cli.text import NBSP, WEEKDAYS, capitalized, day_in_words, listed, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pivot_cli.plan.model import Instance, Plan, Reunion
    from pivot_cli.suivi.decisions import Decisions

_FIELDS = ("heure", "duree", "lieu", "lien", "titre", "proces-verbal")
MEETING = ("type", "date", "connue", "empreinte", *_FIELDS)
DOSSIERS = ("date", "empreinte", "dossier")
_LABELS = LABELS | {"date": "Jour", "heure": "Heure", "duree": "Durée"}
_USUAL = ("heure", "duree", "lieu", "lien")
_FEWEST_PLACES = 5  # dossiers that can be chosen at once
_MOST_OFFERED = 400  # objectifs and actions among which one is chosen: of more, its id is typed
_RANKS = ("Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième")


class Reunion_(NamedTuple):  # noqa: N801 - the plan's own is that of the model
    """Une réunion, telle qu'elle est écrite jusqu'ici."""

    adresse: str
    saisi: Mapping[str, str]
    fautes: Mapping[str, Reproche]
    types: tuple[Option, ...]
    usuel: Mapping[str, str]
    retour: Lien


class Place(NamedTuple):
    """La place d'un dossier."""

    rang: int
    nom: str
    id: str


class Groupe(NamedTuple):
    """Des dossiers qu'on peut choisir."""

    nom: str
    options: tuple[Option, ...]


class Dossiers(NamedTuple):
    """Ce que le conseil décidera à une réunion."""

    adresse: str
    jour: str
    empreinte: str
    fautes: Mapping[str, Reproche]
    phrase: str
    places: tuple[Place, ...]
    groupes: tuple[Groupe, ...]
    retour: Lien


# --- a meeting --------------------------------------------------------------------------------------------


def meeting(visit: Visit) -> Sheet | None:
    """The form of a meeting: of one that the address names, as the plan has it; else of one more. None where the plan
    has none of that day.
    """
    kind, plan = _kind(visit), visit.reading.plan
    said = {name: visit.one(name) for name in MEETING}
    if (day := visit.one("connue")) and visit.faults == {} and not visit.one("date"):
        known = _on(getattr(plan.reunions, kind), _iso(day))
        if known is None or known.date is None:
            return None
        said |= {"date": one_line(known.date.texte), "empreinte": _stamp(known), **_said_of(known)}
    usual: Instance = getattr(plan.reunions, kind)
    bodies = (("ca", board(plan).titre), ("aga", assembly(plan).titre))
    values = Reunion_(
        adresse=visit.to("/reunion"),
        saisi=said | {"type": kind},
        fautes=visit.faults,
        types=tuple(Option(name, title, name == kind) for name, title in bodies),
        usuel={name: _shown(name, getattr(usual, name)) for name in _USUAL},
        retour=Lien("Réunions", visit.to("/reunions")),
    )
    title = "Changer une réunion" if day else "Inscrire une réunion"
    return Sheet("reunion.html", title, values, 400 if visit.faults else 200)


def _kind(visit: Visit) -> str:
    kind = visit.one("type") or "ca"
    if kind not in ("ca", "aga"):
        raise PivotError(f"il n'y a pas d'instance {quoted(kind)}.", "Choisissez-en une dans la liste.")
    return kind


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PivotError(f"{quoted(text)} n'est pas le jour d'une réunion.", "Revenez aux réunions.") from None


def _on(instance: Instance, day: date) -> Reunion | None:
    """The meeting that the plan has from that day."""
    return next((one for one in instance.reunions if one.date and one.date.debut == day), None)


def _stamp(known: Reunion | None) -> str:
    """What changes with the text of a meeting in its file."""
    if known is None:
        return "aucune"
    start, end = known.origin.span()
    return hashlib.sha256(known.origin.source.text[start:end].encode()).hexdigest()[:24]


def _refuse_changed(visit: Visit, known: Reunion | None, called: str, asked: Iterable[Champ]) -> None:
    """Raise `Changed` where a meeting is not as the form was shown it."""
    if visit.one("empreinte") == _stamp(known):
        return
    now = [] if known is None else [Champ("Jour", one_line(known.date.texte))] if known.date else []
    if known:
        now += [Champ(_LABELS[name], text) for name, text in _said_of(known).items() if text]
        now += [Champ("Dossiers", ", ".join(known.dossiers))] if known.dossiers else []
    told = now or [Champ("Au plan", "Cette réunion n'y est pas.")]
    conflict = Conflit(called, visit.to("/reunions"), tuple(told), tuple(asked))
    raise Changed([conflict], {"empreinte": [_stamp(known)]})


def _said_of(known: Reunion) -> dict[str, str]:
    return {name: _shown(name, getattr(known, name.replace("-", "_"))) for name in _FIELDS}


_WORDS: dict[str, Callable[[int], str]] = {"heure": hour_in_words, "duree": length_in_words}


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    return _WORDS[name](value) if name in _WORDS else one_line(value)


def prepare_meeting(visit: Visit) -> Prepared | None:
    """The meeting that a form enters, or changes; raises `Faulty`."""
    kind, known_on = _kind(visit), _iso(visit.one("connue")) if visit.one("connue") else None
    day, faults = _day(visit.one("date")), dict[str, Reproche]()
    if isinstance(day, Reproche):
        faults["date"] = day
    said: dict[str, Any] = {}
    for name in _FIELDS:
        text = visit.one(name)
        try:
            read = _READ[name](text) if text and name in _READ else text and plain_line(text, name)
        except PivotError as refused:
            faults[name] = Reproche(*refusal(refused))
            continue
        if text and read is None:
            faults[name] = Reproche(
                f"{quoted(text)} n'est pas compris.", f"Écrivez par exemple{NBSP}: {_EXAMPLES[name]}"
            )
        said[name.replace("-", "_")] = None if read == "" else read
    if faults or isinstance(day, Reproche):
        raise Faulty(faults)
    gone = frozenset(name for name, value in said.items() if value is None) if known_on else frozenset[str]()
    if known_on:
        known = _on(getattr(visit.reading.plan.reunions, kind), known_on)
        asked = [Champ(_LABELS[name], visit.one(name)) for name in ("date", *_FIELDS) if visit.one(name)]
        _refuse_changed(visit, known, f"Réunion du {day_in_words(known_on)}", asked)
    own = one_line(getattr(visit.reading.plan.reunions, kind).nom or "")
    made = Meeting(kind, day, replace=known_on is not None, nom=own, known_on=known_on, without=gone, **said)
    return _entered(visit, made, Lien("Réunions", visit.to("/reunions")))


_READ: dict[str, Callable[[str], int | None]] = {"heure": parse_hour, "duree": parse_length}
_EXAMPLES = {"heure": "19 h 30", "duree": "2 h"}


def _day(text: str) -> date | Reproche:
    if not text:
        return Reproche("Il reste à dire quel jour.", f"Écrivez par exemple{NBSP}: 17 mars 2021")
    try:
        read = date_named(text, f"{NBSP}: 17 mars 2021")
    except PivotError as refused:
        return Reproche(*refusal(refused))
    if read.debut != read.fin:
        return Reproche(f"{quoted(text)} n'est pas un jour.", f"Écrivez-le en entier{NBSP}: 17 mars 2021")
    return read.debut


def _entered(visit: Visit, made: Meeting, back: Lien) -> Prepared:
    reading = visit.reading
    try:
        entered = enter(made, known_of(visit), reading.files.shown(REUNIONS))[0]
    except PivotError as refused:
        raise Faulty({"": Reproche(*refusal(refused))}) from None
    hold = visit.desk.edge.hold
    done = with_file(begun(hold(reading.files)), entered.file, hold)
    return Prepared(
        exchanges=tuple(done.exchanges(visit.desk.folder)),
        blocs=(Bloc(capitalized(made.name), _told(entered), tuple(_near(entered))),),
        lignes=lines_of(entered.shown, entered.hunks),
        message=_message(entered, reading.plan).replace(NBSP, " "),
        retour=back,
    )


def _told(entered: Entered) -> str:
    if not entered.hunks:
        return "Le plan le dit déjà"
    return "Changée" if entered.known else "Inscrite au plan"


def _near(entered: Entered) -> Iterator[str]:
    if (near := entered.neighbour) and near.date:
        which = "Une autre assemblée" if entered.meeting.is_assembly else "Une autre réunion"
        there = f"{which} est inscrite le {day_in_words(near.date.fin)}"
        yield f"{there}{NBSP}: si c'est elle qui change de jour, changez-la plutôt."


def _message(entered: Entered, plan: Plan) -> str:
    """How the history names it: « Inscrire la réunion du conseil d'administration du 17 mars 2021 »."""
    made = entered.meeting
    if made.dossiers or "dossiers" in made.without:
        lines = [f"- {id_} {_called(plan, id_)}" for id_ in made.dossiers]
        chosen = "Choisir" if lines else "Laisser la règle proposer"
        return "\n".join([f"{chosen} les dossiers de {made.name}", *(["", *lines] if lines else [])])
    if made.known_on and made.known_on != made.day:
        return f"Déplacer {made._replace(day=made.known_on).name} au {day_in_words(made.day)}"
    return f"{'Changer' if entered.known else 'Inscrire'} {made.name}"


# --- what is decided there --------------------------------------------------------------------------------


def dossiers(visit: Visit) -> Sheet:
    """What the board decides at its next meeting, or at that of the day that is named: what was chosen, else what the
    rule proposes, to be replaced.
    """
    there, decisions = _decisions(visit)
    plan = visit.reading.plan
    chosen = visit.several("dossier") if visit.faults else [one.id for one in decisions.dossiers]
    number = max(_FEWEST_PLACES, len(chosen))
    places = tuple(Place(n, _rank(n), chosen[n] if n < len(chosen) else "") for n in range(number))
    body, when = board(plan).court, f"{WEEKDAYS[there.weekday()]} {day_in_words(there)}"
    known = _on(plan.reunions.ca, there)
    said = "choisis pour cette réunion" if known and known.dossiers else "que la règle propose"
    phrase = f"Ce que {body.le} décidera le {when}{NBSP}: voici les dossiers {said}. Remplacez-les, ou retirez-en."
    if known is None:
        phrase += " Cette réunion n'est pas encore au plan\N{NO-BREAK SPACE}: elle y sera inscrite."
    values = Dossiers(
        adresse=visit.to("/dossiers"),
        jour=there.isoformat(),
        empreinte=visit.one("empreinte") or _stamp(known),
        fautes=visit.faults,
        phrase=phrase,
        places=places,
        groupes=tuple(_groups(visit, decisions, chosen)),
        retour=Lien("Accueil", visit.to("/")),
    )
    return Sheet("dossiers.html", "Choisir les dossiers", values, 400 if visit.faults else 200)


def _rank(rank: int) -> str:
    return f"{_RANKS[rank]} dossier" if rank < len(_RANKS) else f"{rank + 1}e dossier"


def _decisions(visit: Visit) -> tuple[date, Decisions]:
    """The day of the meeting, and what it decides."""
    if not visit.one("date"):
        seen, decisions = visit.reading.of_the_next_meeting(visit.day)
        return seen.au, decisions
    day = _iso(visit.one("date"))
    seen, decisions = of_the_next_meeting(visit.reading.at(day))
    return day, decisions


def _groups(visit: Visit, decisions: Decisions, chosen: list[str]) -> Iterator[Groupe]:
    """What can be chosen: what the rule proposes, then each objectif, then each action; nothing of a large plan."""
    plan, seen = visit.reading.plan, visit.seen
    open_ = [one for one in seen.situations if one.open]
    places = {one.place.objectif_id: one.place for one in reversed(open_)}
    if len(places) + len(open_) > _MOST_OFFERED:
        return
    levels = {id_: phrases.heading_of(place, plan.niveaux) for id_, place in reversed(places.items())}
    actions = {one.id: phrases.title_of(one.action) for one in open_}
    proposed = [one.id for one in (*decisions.dossiers, *decisions.autres)][:_MOST_PROPOSED]
    others = {id_: _called(plan, id_) for id_ in chosen if id_ and id_ not in levels and id_ not in actions}
    named = levels | actions | others
    first = {id_: named[id_] for id_ in dict.fromkeys([*proposed, *chosen]) if named.get(id_)}
    for name, some in (("Proposés", first), (plan.dossier.pluriel, levels), (plan.niveaux.action.pluriel, actions)):
        left = {id_: title for id_, title in some.items() if some is first or id_ not in first}
        yield Groupe(
            capitalized(name), tuple(Option(id_, f"{id_} {short(title)}", choisie=False) for id_, title in left.items())
        )


_MOST_PROPOSED = 12


def _called(plan: Plan, id_: str) -> str:
    """What an objectif or an action is called."""
    if place := plan.find(id_):
        return phrases.title_of(place.action)
    found = next((place for place in plan.places if place.objectif_id == id_of(plan, id_)), None)
    return phrases.heading_of(found, plan.niveaux) if found else ""


def prepare_dossiers(visit: Visit) -> Prepared:
    """The dossiers that a form chooses for a meeting, in their order; raises `Faulty`."""
    plan, day = visit.reading.plan, _iso(visit.one("date"))
    typed = visit.several("dossier")
    if unknown := [text for text in typed if not id_of(plan, text)]:
        there = "ne sont pas" if len(unknown) > 1 else "n'est pas"
        said = f"{listed([quoted(text) for text in unknown])} {there} dans le plan."
        raise Faulty({"dossier": Reproche(said, f"Choisissez {plan.dossier.un}, ou {plan.niveaux.action.un}.")})
    ids = tuple(dict.fromkeys(id_of(plan, text) for text in typed))
    asked = [Champ("Dossiers", ", ".join(ids) or "ceux que la règle propose")]
    _refuse_changed(visit, _on(plan.reunions.ca, day), f"Réunion du {day_in_words(day)}", asked)
    own = one_line(plan.reunions.ca.nom or "")
    gone = frozenset[str]() if ids else frozenset({"dossiers"})
    made = Meeting("ca", day, dossiers=ids, replace=True, nom=own, without=gone)
    return _entered(visit, made, Lien("Réunions", visit.to("/reunions")))
