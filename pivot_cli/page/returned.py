"""A sheet that came back, line by line before it is recorded; the answer to send back; what is proposed, decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.outputs.returned import returned_md
from pivot_cli.page import deposit
from pivot_cli.page.forms import Bloc, Faulty, Prepared
from pivot_cli.page.noting import file_answer, prepared, stamp
from pivot_cli.page.visit import Given, Lien, Reproche, Sheet, Visit, refusal
from pivot_cli.received.opening import read_given
from pivot_cli.record.deciding import Asked, accepted, set_aside, sheet_recorded
from pivot_cli.record.filing import Filed
from pivot_cli.record.following import begun, followed
from pivot_cli.record.meaning import Sort
from pivot_cli.record.recording import Typed
from pivot_cli.record.taken_back import TakenBack, in_short, told_in_words
from pivot_cli.suivi import phrases
from pivot_cli.suivi.proposals import pending, told_of, waiting
from pivot_cli.text import NBSP, clean, counted, one_line, quoted, truncate

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from pivot_cli.plan.model import Place, Suivi
    from pivot_cli.record.meaning import Told

SHEET = ("feuille", "cle", "par", "sauf", "accepter")
DECIDED = ("id", "empreinte", "choix", "le", "resolution", "motif", "par")
KEPT = ("cle", "forme")
_ENDINGS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".xls")
_MOST_TOLD = 300  # cells


class Feuille(NamedTuple):
    """Une feuille à déposer, ou celle qui l'est, avant qu'elle soit consignée."""

    adresse: str
    fautes: Mapping[str, Reproche]
    cle: str
    nom: str
    par: str
    lignes: tuple[tuple[str, str, bool], ...]
    proposees: tuple[tuple[str, str, bool], ...]
    retour: Lien


class Reponse(NamedTuple):
    """Ce qu'on répond à qui a rempli une feuille."""

    texte: str
    fichier: str
    propositions: Lien | None
    accueil: Lien


class Proposition(NamedTuple):
    """Ce qui est proposé d'une action, et que la direction n'a pas décidé."""

    id: str
    rang: int
    titre: str
    adresse: str
    echeance: str
    dit: str
    propose: str
    empreinte: str


class Propositions(NamedTuple):
    """Ce qui est proposé, à accepter ou à écarter."""

    adresse: str
    fautes: Mapping[str, Reproche]
    phrase: str
    propositions: tuple[Proposition, ...]
    saisi: Mapping[str, str]


# --- the sheet --------------------------------------------------------------------------------------------


def sheet(visit: Visit) -> Sheet:
    """The form that takes a sheet; once one was given, its lines, of which some may be left aside."""
    key = visit.one("cle")
    kept = visit.desk.deposit.find(key)
    without, taken = visit.several("sauf"), visit.several("accepter")
    values = Feuille(
        adresse=visit.to("/feuille"),
        fautes=visit.faults,
        cle=key if kept else "",
        nom=kept.name if kept else "",
        par=visit.one("par"),
        lignes=tuple((id_, title, id_ in without) for id_, title in kept.lines) if kept else (),
        proposees=tuple((id_, said, id_ in taken) for id_, said in kept.proposed) if kept else (),
        retour=Lien("Accueil", visit.to("/")),
    )
    return Sheet("feuille.html", "Une feuille est revenue", values, 400 if visit.faults else 200)


def prepare_sheet(visit: Visit) -> Prepared:
    """What a sheet changes; raises `Faulty` for what is no sheet of this plan."""
    key, kept, fresh = _given(visit)
    hold, plan = visit.desk.edge.hold, visit.reading.plan
    without = () if fresh else tuple(visit.several("sauf"))
    wanted = () if fresh else tuple(one for one in visit.several("accepter") if one not in without)
    asked = Asked(visit.one("par") or None, without, wanted)
    try:
        done, taken = sheet_recorded(
            kept.source,
            hold(visit.reading.files),
            asked,
            visit.today,
            file=partial(file_answer, visit),
            hold=hold,
        )
        if refused := next((one for one in done.outcomes if isinstance(one, PivotError)), None):
            raise refused
    except PivotError as refused:
        raise Faulty({"feuille": Reproche(*refusal(refused))}) from None
    lines = tuple((one.line.id, phrases.title_of(plan.by_id[one.line.id.lower()].action)) for one in taken.lines)
    proposed = tuple(_what_is_proposed(taken))
    offered = tuple(dict([*kept.proposed, *proposed]).items())  # what is left aside now may be taken back
    answer = returned_md(taken, done.was, visit.today, done.outcomes[1:])
    visit.desk.deposit.keep(kept._replace(lines=lines, proposed=offered, answer=answer), key)
    filed = [one for one in done.outcomes if isinstance(one, Filed)]
    made = prepared(visit, done, filed, Lien("La réponse à renvoyer", visit.to("/feuille/reponse", cle=key)))
    said = Bloc(f"{one_line(kept.name)}{NBSP}: {in_short(taken, plan, essai=True)}")
    blocs = (said, *_to_see_again(taken), *made.blocs, *_proposed(proposed, wanted), *_only_read(taken))
    title = f"Consigner la feuille {quoted(truncate(one_line(kept.name), 60))}".replace(NBSP, " ")
    message = f"{title}\n{made.message.partition(chr(10))[2]}" if made.exchanges else title
    held = {"cle": (key,)} | ({"sauf": (), "accepter": ()} if fresh else {})
    return made._replace(blocs=blocs, message=message, rien="Cette feuille ne change rien au plan.", held=held)


def _given(visit: Visit) -> tuple[str, deposit.Given, bool]:
    """The sheet that the form gives, or that it gave before, by its key; whether it is given just now."""
    here, file = visit.desk.deposit, visit.files.get("feuille")
    if file is not None and file.filename:
        kept = _read(file)
        return here.keep(kept), kept, True
    key = visit.one("cle")
    if (known := here.find(key)) is None:
        said = "Cette feuille n'est plus ici." if key else "Il reste à choisir le fichier."
        raise Faulty({"feuille": Reproche(said, "Déposez la feuille telle qu'elle est revenue.")})
    return key, known, False


def _read(file: FileStorage) -> deposit.Given:
    """What a file that was sent holds; nothing of it goes to the disk, nor does its name lead anywhere."""
    name = one_line(clean(PurePath((file.filename or "").replace("\\", "/")).name))[-_LONGEST:] or "feuille"
    if PurePath(name).suffix.lower() not in _ENDINGS:
        remedy = f"Déposez celle qui a été envoyée{NBSP}: son nom finit par .xlsx, .ods ou .csv."
        raise Faulty({"feuille": Reproche(f"{quoted(name)} n'est pas une feuille.", remedy)})
    try:
        return deposit.Given(name, read_given(file.read(), name))
    except PivotError as refused:
        raise Faulty({"feuille": Reproche(*refusal(refused))}) from None


_LONGEST = 120  # characters of a name


def _to_see_again(taken: TakenBack) -> Iterator[Bloc]:
    """What cannot be recorded, or is held, each with its cell and what to write."""
    if some := _cells(taken, only_read=False):
        said = f"{counted(len(some), 'case')} qui ne {'seront' if len(some) > 1 else 'sera'} pas consignée"
        yield Bloc("À revoir", f"{said}{'s' if len(some) > 1 else ''}", _first(some))


def _only_read(taken: TakenBack) -> Iterator[Bloc]:
    if some := _cells(taken, only_read=True):
        yield Bloc("Lu, non consigné", "", _first(some))


def _cells(taken: TakenBack, *, only_read: bool) -> list[str]:
    """What is said of the cells that are not recorded: those that are only read, or the others."""
    told = [(cell, one.line.id) for one in taken.lines for cell in one.told] + [(cell, "") for cell in taken.aside]
    return [_in_words(cell, id_) for cell, id_ in told if (cell.sort is Sort.READ) == only_read]


def _first(some: Sequence[str]) -> tuple[str, ...]:
    """As many as a page tells, and how many are left."""
    left = len(some) - _MOST_TOLD
    return (*some[:_MOST_TOLD], *([f"Et {counted(left, 'autre')}."] if left > 0 else []))


def _in_words(told: Told, id_: str) -> str:
    said = told_in_words(told, id_)
    remedy = re.sub(rf"Ce que le plan en dit{NBSP}: pivot show \S+", "", one_line(told.remedy))
    remedy = re.sub(rf"{NBSP}: pivot note .*$", ", consignez-le depuis sa page.", remedy)
    return f"{said} {remedy}".strip()


def _what_is_proposed(taken: TakenBack) -> Iterator[tuple[str, str]]:
    for one in taken.lines:
        if one.outcome and (note := pending(one.outcome.action)):
            yield one.line.id, one_line(note.note)


def _proposed(proposed: Sequence[tuple[str, str]], accepted: Sequence[str]) -> Iterator[Bloc]:
    """What the sheet proposes, to be decided once it is recorded, or now."""
    if said := tuple(f"{id_}{NBSP}: {text}" for id_, text in proposed if id_ not in accepted):
        how = f"Ce sera consigné ainsi, et décidé ensuite. Pour accepter dès maintenant{NBSP}: {quoted('Corriger')}."
        yield Bloc("Proposé, à décider", how, said)


def answer(visit: Visit) -> Sheet | Given | None:
    """The answer to whom filled a sheet in; None where the page has no such sheet any more."""
    key = visit.one("cle")
    if (kept := visit.desk.deposit.find(key)) is None or not kept.answer:
        return None
    if visit.one("forme") == "md":
        return Given(kept.answer.encode(), "text/markdown; charset=utf-8", "reponse.md")
    number = len(waiting(visit.reading.plan.places))
    said = counted(number, "proposition à décider", "propositions à décider")
    return Sheet(
        "reponse.html",
        "La réponse à renvoyer",
        Reponse(
            _as_text(kept.answer),
            visit.to("/feuille/reponse", cle=key, forme="md"),
            Lien(said, visit.to("/propositions")) if number else None,
            Lien("Accueil", visit.to("/")),
        ),
    )


def _as_text(answer: str) -> str:
    """The same, to be pasted where signs of Markdown would show."""
    return re.sub(r"\\([^\w\s])", r"\1", re.sub(r"(?m)^#+ ", "", answer))


# --- what is proposed -------------------------------------------------------------------------------------


def proposals(visit: Visit) -> Sheet:
    """What is proposed and waits for a decision, each to accept or to set aside."""
    found = waiting(visit.reading.plan.places)
    number = counted(len(found), "proposition attend", "propositions attendent")
    values = Propositions(
        adresse=visit.to("/propositions"),
        fautes=visit.faults,
        phrase=f"{number} une décision." if found else "Rien n'est proposé, ou tout est décidé.",
        propositions=tuple(_proposal(visit, place, note, rank) for rank, (place, note) in enumerate(found)),
        saisi={name: visit.one(name) for name in DECIDED},
    )
    return Sheet("propositions.html", "Ce qui est proposé", values, 400 if visit.faults else 200)


def _proposal(visit: Visit, place: Place, note: Suivi, rank: int) -> Proposition:
    who = [one_line(note.par)] if note.par else []
    who += [f"le {note.date.texte}"] if note.date else []
    return Proposition(
        id=place.id,
        rang=rank,
        titre=phrases.title_of(place.action),
        adresse=visit.to(f"/action/{place.id}"),
        echeance=one_line(place.action.echeance.texte),
        dit=f"{one_line(note.note)} ({', '.join(who)})",
        propose=told_of(note),
        empreinte=stamp(place),
    )


def prepare_decided(visit: Visit) -> Prepared:
    """What is accepted, or set aside, of what was proposed; raises `Faulty`."""
    plan, id_, hold = visit.reading.plan, visit.one("id"), visit.desk.edge.hold
    place = plan.find(id_)
    if place is None or stamp(place) != visit.one("empreinte"):
        said = "Cette proposition a changé pendant ce temps, ou c'est déjà décidé."
        raise Faulty({"": Reproche(said, "Voici ce que le plan dit maintenant.")})
    le, resolution, motif, par = (visit.one(key) or None for key in ("le", "resolution", "motif", "par"))
    said_of = Typed(le=le, resolution=resolution, motif=motif, par=par)
    try:
        if visit.one("choix") == "ecarter":
            answers = [set_aside(plan, id_, said_of)]
        else:
            answers = accepted(plan, [id_], visit.today, said_of._replace(par=None))
        done = followed(begun(hold(visit.reading.files)), answers, partial(file_answer, visit), hold)
        if isinstance(refused := done.outcomes[-1], PivotError):
            raise refused
    except PivotError as refused:
        raise Faulty({"": Reproche(*refusal(refused))}) from None
    filed = [one for one in done.outcomes if isinstance(one, Filed)]
    return prepared(visit, done, filed, Lien("Ce qui est proposé", visit.to("/propositions")))
