"""What happened to an action, or to several at once: the fields of `pivot note`, and what they write."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pivot_cli.documents.values import Champ
from pivot_cli.finding import PivotError
from pivot_cli.page.forms import Bloc, Changed, Conflit, Faulty, Prepared, lines_of
from pivot_cli.page.listing import back_to
from pivot_cli.page.visit import LABELS, Lien, Option, Reproche, Sheet, Visit, on_the_page, refusal, short
from pivot_cli.plan.model import Place, Plan, Statut
from pivot_cli.record.filing import Filed, Held, file_record
from pivot_cli.record.following import Answer, Written, begun, followed
from pivot_cli.record.recording import Typed
from pivot_cli.screens.action import adopted
from pivot_cli.suivi import phrases
from pivot_cli.suivi.changes import facts_of
from pivot_cli.suivi.etat import Portrait, situation
from pivot_cli.suivi.when import done_again
from pivot_cli.text import NBSP, capitalized, listed, one_line, quoted, truncate

_MOST = 40  # actions of one form
_LONG = 100  # characters of the title of a change
_MORE = re.compile(r", (?:après \xab|une première fois|\d+\xa0fois|décidé).*$")  # what a title leaves to the lines
_LEFT = ("ajouter",)  # what another form does
FIELDS = tuple(name.replace("_", "-") for name in Typed._fields if name not in _LEFT)
"""The fields that are said of an action: the options of `pivot note`."""
ASKED = ("id", "empreinte", "liste", *FIELDS)
FROM_QUESTIONS = "questions"
"""In the place of what a list was asked: the form was one of the page of the questions."""
_ALONE = ("par",)  # which say nothing by themselves


class Saisie(NamedTuple):
    """Une action, ce qu'on en consigne, tel qu'on l'a écrit, et ce qui ne va pas."""

    id: str
    rang: int
    titre: str
    adresse: str
    etat: str
    echeance: str
    responsables: str
    empreinte: str
    revient: bool
    fixee: bool
    statuts: tuple[Option, ...]
    saisi: dict[str, str]
    fautes: dict[str, Reproche]
    ouvert: bool


class Consigner(NamedTuple):
    """Ce qu'on consigne d'une ou de plusieurs actions."""

    adresse: str
    saisies: tuple[Saisie, ...]
    faute: Reproche | None
    responsables: tuple[str, ...]
    noms: dict[str, str]
    liste: str
    retour: Lien


def form(visit: Visit) -> Sheet | None:
    """The form of the actions that are asked for; None where one is not in the plan, or none is asked for."""
    places, noun = _asked(visit), visit.now.plan.niveaux.action
    if places is None:
        return None
    if len(places) > _MOST:
        raise PivotError(f"il y en a plus de {_MOST} à la fois.", "Cochez-en moins.")
    title = "Consigner" if len(places) > 1 else f"Consigner{NBSP}: {phrases.title_of(places[0].action)}"
    return Sheet(
        "consigner.html",
        title,
        Consigner(
            adresse=visit.to("/consigner"),
            saisies=tuple(_entry(visit, place, rank) for rank, place in enumerate(places)),
            faute=visit.faults.get(""),
            responsables=tuple(one_line(who.nom) for who in visit.now.plan.registre),
            noms=LABELS | {"realisation": f"{capitalized(noun.agreed('fait'))} encore une fois, le"},
            liste=visit.one("liste"),
            retour=_back(visit, places),
        ),
        400 if visit.faults else 200,
        surtitre=f"{capitalized(noun.nom)} {places[0].id}" if len(places) == 1 else noun.counted(len(places)),
    )


def prepare(visit: Visit) -> Prepared | None:
    """What is typed of each action, as it changes the plan's files; None where one is not in the plan."""
    if (places := _asked(visit)) is None:
        return None
    said = [(rank, place, typed) for rank, place in enumerate(places) if (typed := _typed(visit, rank))]
    if not said:
        raise Faulty({"": Reproche("Il reste à dire ce qui s'est passé.")})
    _refuse_changed(visit, places, said)
    answers = [Answer((place.id,), typed) for _, place, typed in said]
    held = visit.desk.edge.hold(visit.reading.files)
    done = followed(begun(held), answers, partial(file_answer, visit), visit.desk.edge.hold)
    faults = dict(_faults(said, done.outcomes))
    if faults:
        raise Faulty(faults)
    filed = [one for one in done.outcomes if not isinstance(one, PivotError)]
    return prepared(visit, done, filed, _back(visit, places))


def file_answer(visit: Visit, answer: Answer, held: Held) -> Filed:
    """What an answer changes in the files of the plan, today; raises PivotError."""
    return file_record(answer.typed or Typed(), answer.ids, held, visit.today)


def prepared(visit: Visit, done: Written, filed: Sequence[Filed], back: Lien) -> Prepared:
    """What was recorded of some actions, as it is shown before it is written."""
    look, plans = visit.now.look, (done.was, done.held.plan)
    before = Portrait(done.was, look, ())
    blocs, told = [], []
    for one in (one for some in filed for one in some.actions):
        was, now = (phrases.etat_in_words(situation(at, look), before) for at in (one.place, one.new_place))
        facts = [fact.texte for fact in facts_of(None if one.added else one.place, one.new_place, plans)]
        changed = capitalized(now if one.added or was == now else f"{was} → {now}")
        title = f"{one.place.id} {phrases.title_of(one.action)}"
        blocs.append(Bloc(title, changed, tuple(on_the_page(one_line(text)) for text in one.remarks)))
        if one.changes or one.added:
            told.append((one.place.id, phrases.title_of(one.action), facts))
    return Prepared(
        exchanges=tuple(done.exchanges(visit.desk.folder)),
        blocs=tuple(blocs),
        lignes=tuple(line for some in filed for file in some.files for line in lines_of(file.shown, file.hunks)),
        message=message_of(told, visit.now.plan).replace(NBSP, " "),
        retour=back,
    )


def message_of(told: Sequence[tuple[str, str, Sequence[str]]], plan: Plan) -> str:
    """How the history names what happened to some actions, each given with its title and what happened: a title, then
    a line an action.
    """
    if len(told) == 1:
        id_, title, facts = told[0]
        said = _MORE.sub("", facts[0]) if facts else title
        first = truncate(f"Consigner {id_}{NBSP}: {said}", _LONG)
        return "\n".join([first, "", title, *(f"- {fact}" for fact in facts)])
    ids = [id_ for id_, _, _ in told]
    noun = plan.niveaux.action
    named = f"{NBSP}: {listed(ids)}" if len(ids) <= 5 else ""
    lines = [f"- {id_} {title}{NBSP}: {'; '.join(facts)}" for id_, title, facts in told]
    return "\n".join([f"Consigner {noun.counted(len(ids))}{named}", "", *lines])


# --- what was typed ---------------------------------------------------------------------------------------


def _asked(visit: Visit) -> list[Place] | None:
    found = [visit.now.plan.find(id_) for id_ in dict.fromkeys(visit.several("id"))]
    places = [place for place in found if place is not None]
    return places if places and len(places) == len(found) else None


def _value(visit: Visit, name: str, rank: int) -> str:
    """What a field says of the action of that rank: the fields of a name stand in the order of the actions."""
    said = visit.args.getlist(name)
    return said[rank].strip() if rank < len(said) else ""


def _typed(visit: Visit, rank: int) -> Typed | None:
    """What is said of an action; None where nothing is."""
    many = len(dict.fromkeys(visit.several("id")))
    if odd := next((name for name in FIELDS if len(visit.args.getlist(name)) not in (0, many)), None):
        raise PivotError(f"{quoted(LABELS[odd])} n'est pas dit une fois par ligne.", "Revenez au formulaire.")
    said = {name: _value(visit, name, rank) for name in FIELDS}
    given = {name.replace("-", "_"): value for name, value in said.items() if value}
    if not given.keys() - set(_ALONE):
        return None
    names = (given.pop("attribuer"),) if "attribuer" in given else None
    return Typed(**given, attribuer=names)


def stamp(place: Place) -> str:
    """What changes with the text of an action in its file."""
    start, end = place.action.origin.span()
    text = place.action.origin.source.text[start:end]
    return hashlib.sha256(f"{place.id}\0{text}".encode()).hexdigest()[:24]


def _refuse_changed(visit: Visit, places: Sequence[Place], said: Sequence[tuple[int, Place, Typed]]) -> None:
    """Raise `Changed` where an action of which something is said is not as it was shown."""
    moved = [one for one in said if _value(visit, "empreinte", one[0]) != stamp(one[1])]
    if not moved:
        return
    conflicts = [
        Conflit(
            f"{place.id} {phrases.title_of(place.action)}",
            visit.to(f"/action/{place.id}"),
            tuple(_now(visit, place)),
            tuple(Champ(LABELS[name], value) for name in FIELDS if (value := _value(visit, name, rank))),
        )
        for rank, place, _ in moved
    ]
    raise Changed(conflicts, {"empreinte": [stamp(place) for place in places]})


def _now(visit: Visit, place: Place) -> Iterator[Champ]:
    """What the plan says of an action now."""
    one, plan = situation(place, visit.now.look), visit.now.plan
    yield Champ("État", capitalized(phrases.etat_in_words(one, visit.now)))
    wanted = ("Échéance", "Responsables")
    yield from (Champ(name, value) for name, value in adopted(one, plan) if name in wanted)
    yield from (Champ(name, value) for name, value in phrases.record_of(place.action, plan, ("liens", "titre_court")))
    yield from (Champ(name, value) for name, value in phrases.history_of(place.action, plan.niveaux.action))


# --- what is wrong, beside its field ----------------------------------------------------------------------


def _faults(
    said: Sequence[tuple[int, Place, Typed]], outcomes: Sequence[Filed | PivotError]
) -> Iterator[tuple[str, Reproche]]:
    for (rank, place, typed), outcome in zip(said, outcomes, strict=True):
        if isinstance(outcome, PivotError):
            name, reproach = beside(outcome, typed)
            told = reproach.refus.removeprefix(f"{place.id}{NBSP}: ")
            yield f"{name}-{rank}", reproach._replace(refus=capitalized(told))


def beside(refused: PivotError, typed: Typed) -> tuple[str, Reproche]:
    """The field that a refusal is about, and the refusal in the words of the form: what to fill in, where a terminal
    would be told a command.
    """
    given = {name.replace("_", "-"): value for name, value in typed._asdict().items() if value is not None}
    lines, asked = [], list[str]()
    for line in refused.remedy.splitlines():
        if not line.strip().startswith("pivot note "):
            lines.append(line.strip())
            continue
        words, names = _in_fields(line.strip(), given)
        asked += names
        if words and lines and lines[-1] == f"Écrivez{NBSP}:":
            lines[-1] = capitalized(words)
        elif words:
            lines.append(words)
    named = re.findall(r"--([a-z-]+)", refused.message)
    meant = [name for name, value in given.items() if isinstance(value, str) and quoted(value) in refused.message]
    found = next((name for name in (*named, *meant, *asked, *given) if name in FIELDS), "")
    return found, Reproche(*refusal(PivotError(refused.message, " ".join(lines))))


def _in_fields(command: str, given: dict[str, object]) -> tuple[str, list[str]]:
    """What a command asks to fill in that is not, in the words of the form; and these fields."""
    try:
        words = shlex.split(command)
    except ValueError:
        return "", []
    told = {words[n][2:]: words[n + 1] for n in range(len(words) - 1) if words[n].startswith("--")}
    fill = [name for name, value in told.items() if value == "…" and name in LABELS]
    other = [f"{quoted(LABELS[name])}{NBSP}: {value}" for name, value in told.items()
             if name in LABELS and value not in ("…", given.get(name))]  # fmt: skip
    empty = [quoted(LABELS[name]) for name in given if name not in told and name in LABELS]
    parts = [*other, f"remplissez {listed([quoted(LABELS[name]) for name in fill])}" if fill else ""]
    if empty and told:
        parts.append(f"videz {listed(empty)}")
    return f"{'; '.join(filter(None, parts))}." if any(parts) else "", fill


# --- the form ---------------------------------------------------------------------------------------------


def _entry(visit: Visit, place: Place, rank: int) -> Saisie:
    one, noun = situation(place, visit.now.look), visit.now.plan.niveaux.action
    typed = {name: _value(visit, name, rank) for name in FIELDS}
    suffix = f"-{rank}"
    faults = {key.removesuffix(suffix): told for key, told in visit.faults.items() if key.endswith(suffix)}
    again = done_again(place.action)
    main = ("statut", "le", "note", "realisation", "motif", "reporter", "echeance", "resultat", "resolution")
    return Saisie(
        id=place.id,
        rang=rank,
        titre=phrases.title_of(place.action),
        adresse=visit.to(f"/action/{place.id}"),
        etat=capitalized(phrases.etat_in_words(one, visit.now)),
        echeance=one_line(place.action.echeance.texte),
        responsables=phrases.people(place.action.responsables, visit.now.plan),
        empreinte=_value(visit, "empreinte", rank) or stamp(place),
        revient=again or bool(typed["realisation"]),
        fixee=bool(place.action.echeance.texte) and not typed["echeance"],
        statuts=tuple(Option(one.value, capitalized(noun.said(one)), typed["statut"] == one.value) for one in Statut),
        saisi=typed,
        fautes=faults,
        ouvert=any(typed[name] or name in faults for name in FIELDS if name not in main),
    )


def _back(visit: Visit, places: Sequence[Place]) -> Lien:
    """Where the form was opened from: a list, the questions of the plan, or the action itself."""
    if visit.one("liste") == FROM_QUESTIONS:
        return Lien("Les questions du plan", visit.to("/questions"))
    if len(places) == 1:
        return Lien(short(phrases.title_of(places[0].action)), visit.to(f"/action/{places[0].id}"))
    return Lien(visit.now.plan.niveaux.action.pluriel, back_to(visit, visit.one("liste")))
