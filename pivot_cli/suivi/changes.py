"""What happened between two plans, an earlier one and a later one: each action of either in exactly one class, with
everything else that happened to it. Pure functions: where the earlier plan comes from is not known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.plan.model import Action, Place, Plan, Statut, noun_of, same
from pivot_cli.plan.names import base_name
from pivot_cli.suivi.etat import Portrait, Situation, portrait, situation
from pivot_cli.suivi.pairing import paired
from pivot_cli.suivi.phrases import labels, noted, spent_in_words
from pivot_cli.suivi.when import decided_on, on, recorded_day, wording
from pivot_cli.text import NBSP, as_typed, counted, day_in_words, fold, listed, one_line, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pivot_cli.plan.nouns import Nom
    from pivot_cli.suivi.selection import Selection

_WORDS = 160  # characters of what was written, where it is told beside other things


class Genre(StrEnum):
    """What happened to an action, the first that applies; the values are those of the JSON contract."""

    AJOUTEE = "ajoutée"
    RETIREE = "retirée"
    REALISEE = "réalisée"
    REFAITE = "refaite"
    ABANDONNEE = "abandonnée"
    REPORTEE = "reportée"
    ROUVERTE = "rouverte"
    STATUT = "statut changé"
    NOUVELLES = "nouvelles"
    REFORMULEE = "reformulée"
    REATTRIBUEE = "réattribuée"
    ECHEANCE = "échéance passée"
    INCHANGEE = "inchangée"


_RANK = {genre: rank for rank, genre in enumerate(Genre)}


class Fact(NamedTuple):
    """One thing that happened to an action: its kind, in a few words, of which fields, and the day it happened, where
    that is written. `short` are the words where its kind is told already. `internal` says that they are those of a
    note, which leaves the organisation nowhere.
    """

    genre: Genre
    texte: str
    keys: tuple[str, ...] = ()
    date: DateConsignee | None = None
    short: str | None = None
    internal: bool = False


class ActionChange(NamedTuple):
    """An action of either plan: where it stood in each that has it, its class, and all that happened to it."""

    genre: Genre
    before: Situation | None
    after: Situation | None
    facts: tuple[Fact, ...] = ()

    @property
    def now(self) -> Situation:
        """Where it stands, or stood."""
        found = self.after or self.before
        assert found, "an action is in one of the two plans"  # noqa: S101 - narrows the type
        return found

    @property
    def id(self) -> str:
        """Its id, the later one if it changed."""
        return self.now.id

    @property
    def date(self) -> DateConsignee | None:
        """The day of what gives it its class, where that is written."""
        return self.facts[0].date if self.facts else None


class Changes(NamedTuple):
    """Every action of two plans, in the order of the later one, those that are gone at the end."""

    depuis: date
    au: date
    every: tuple[ActionChange, ...] = ()

    def of(self, *genres: Genre) -> tuple[ActionChange, ...]:
        """Those of some classes."""
        return tuple(one for one in self.every if one.genre in genres)

    def with_fact(self, genre: Genre) -> tuple[ActionChange, ...]:
        """Those to which it happened, whatever else did."""
        return tuple(one for one in self.every if any(fact.genre is genre for fact in one.facts))

    def only(self, keep: Callable[[ActionChange], bool]) -> Changes:
        """Some of them."""
        return self._replace(every=tuple(filter(keep, self.every)))

    @property
    def happened(self) -> tuple[ActionChange, ...]:
        """Those to which anything did."""
        return tuple(one for one in self.every if one.genre is not Genre.INCHANGEE)

    @property
    def avant(self) -> int:
        """How many actions there were."""
        return sum(one.before is not None for one in self.every)

    @property
    def maintenant(self) -> int:
        """How many there are: those that there were, and the ones that were added, without those that are gone."""
        return sum(one.after is not None for one in self.every)


class Account(NamedTuple):
    """What happened, and on what the answer rests.

    `since` names what it is told from (« la réunion », « la révision « main » »), if it is more than a day; `commit` is
    that of the earlier plan, None where dates alone answer; `why` says why they do, and `basis` what cannot be told.
    `recorded` is the day at which git recorded what gives each action its class, by id; `waiting`, how many actions
    changed since the last commit.
    """

    changes: Changes
    before: Portrait
    after: Portrait
    since: str = ""
    commit: str | None = None
    why: str = ""
    basis: tuple[str, ...] = ()
    recorded: Mapping[str, date] = MappingProxyType({})
    waiting: int = 0

    @property
    def reserve(self) -> str:
        """What a document says of the answer: what it rests on where git does not tell, and what is not known."""
        alone = ("Seules les dates écrites dans le plan répondent.",) if self.commit is None else ()
        return " ".join((*alone, *self.basis))

    def only(self, selection: Selection) -> Account:
        """What happened to the actions that answer, before or now: one that changed hands is told to both."""
        kept = {id(one) for seen in (self.before, self.after) for one in selection.keep(seen)}
        some = self.changes.only(lambda one: not kept.isdisjoint((id(one.before), id(one.after))))
        return self._replace(changes=some)


class Moment(NamedTuple):
    """What a commit recorded of an action: its day, None for what is not in the history yet, and what happened."""

    day: date | None
    facts: tuple[Fact, ...]


Teller = Callable[[Portrait, date], Account]
"""What tells what happened from a day to that of a portrait: by git where the plan has a history, or `by_dates`."""


def changes(before: Portrait, after: Portrait, depuis: date) -> Changes:
    """What happened from a day on (that day included) up to that of the later portrait.

    Of a file that could not be read on the earlier side, its actions are those of the later one as their dates tell
    them; of one that cannot be read now, nothing is told.
    """
    were, are = (_by_place(one) for one in (before, after))
    unread = tuple({base_name(file) for file in one.plan.unread} for one in (before, after))
    plans = before.plan, after.plan
    found: dict[int, ActionChange] = {}
    for pair in paired(*plans):
        old, new = were.pop(id(pair.old)), are[id(pair.new)]
        found[id(pair.new)] = _change(old, new, plans, before.au)
    for place in after.plan.places:
        if id(place) not in found:
            new = are[id(place)]
            old_one = situation(place, before.look) if _file(place) in unread[0] else None
            found[id(place)] = _change(old_one, new, plans, before.au)
    gone = [_change(old, None, plans, before.au) for old in were.values() if _file(old.place) not in unread[1]]
    return Changes(depuis, after.au, (*(found[id(place)] for place in after.plan.places), *gone))


def by_dates(now: Portrait, depuis: date, since: str = "", why: str = "") -> Account:
    """What happened as far as the dates that are written in the plan tell, for want of a history, which `why` explains.
    No action was added nor taken away by them.
    """
    before = portrait(now.plan, eve(depuis))
    basis = []
    if number := sum(one.action.undated for one in now.situations):
        changed = "s'ils ont changé" if number > 1 else "s'il a changé"
        said = counted(number, "statut n'a pas de date", "statuts n'ont pas de date")
        basis.append(f"{said}{NBSP}: on ne peut pas dire {changed} entre-temps.")
    return Account(changes(before, now, depuis), before, now, since, why=why, basis=tuple(basis))


def eve(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1) if day > date.min else day


def _by_place(seen: Portrait) -> dict[int, Situation]:
    return {id(place): one for place, one in zip(seen.plan.places, seen.situations, strict=True)}


def _file(place: Place) -> str:
    return base_name(place.orientation.origin.source.file)


def _change(old: Situation | None, new: Situation | None, plans: tuple[Plan, Plan], eve: date) -> ActionChange:
    facts = list(_facts(old and old.place, new and new.place, plans))
    if new and new.passee_le and new.etat.passed and new.passee_le >= eve:
        facts.append(Fact(Genre.ECHEANCE, f"échéance passée depuis le {day_in_words(new.passee_le)}"))
    facts.sort(key=lambda fact: _RANK[fact.genre])
    return ActionChange(facts[0].genre if facts else Genre.INCHANGEE, old, new, tuple(facts))


def facts_of(old: Place | None, new: Place | None, plans: tuple[Plan, Plan]) -> tuple[Fact, ...]:
    """What happened to an action between two plans, whatever the day, in the order of the classes."""
    return tuple(sorted(_facts(old, new, plans), key=lambda fact: _RANK[fact.genre]))


# --- what happened to one action --------------------------------------------------------------------------


def _facts(old: Place | None, new: Place | None, plans: tuple[Plan, Plan]) -> Iterator[Fact]:
    nom = plans[1].niveaux.action
    if new is None:
        if old:
            yield Fact(Genre.RETIREE, _who_and_when(old, plans[0]))
        return
    if old is None:
        yield Fact(Genre.AJOUTEE, _who_and_when(new, plans[1]))
        old = new._replace(action=Action(*new.action[:4]))  # what was adopted of it: the rest was recorded since
    before, after = old.action, new.action
    if before == after and old.id == new.id:
        return
    told = [
        *_statut(before, after, nom),
        *_realisations(before, after),
        *_echeance(before, after, nom),
        *_notes(before, after),
        *_texts(before, after),
        *_people(before, after, plans),
    ]
    if fold(old.id) != fold(new.id):
        moved_to = old.objectif_id != new.objectif_id
        said = nom.agreed("déplacé" if moved_to else "renuméroté")
        told.append(Fact(Genre.NOUVELLES, f"{said}, était {old.id}", ("numero",)))
    yield from told
    keys = {key for fact in told for key in fact.keys} | {"origin", "numero"}
    others = [key for key in after._fields if key not in keys and not _unchanged(key, before, after, plans)]
    if others:
        names = listed(list(map(noun_of, others)))
        yield Fact(Genre.NOUVELLES, f"{'précisions' if len(others) > 1 else 'précision'}{NBSP}: {names}", tuple(others))


def _who_and_when(place: Place, plan: Plan) -> str:
    return f"{labels(place.action.responsables, plan.registre)}, {_quoted(place.action.echeance)}"


def _unchanged(key: str, old: Action, new: Action, plans: tuple[Plan, Plan]) -> bool:
    """Whether a field says the same, however its words are laid out and whichever names its people have there."""
    was, now = getattr(old, key), getattr(new, key)
    if key in ("responsables", "collaborateurs"):
        return _today(was, plans) == plans[1].registre.codes(now)
    if isinstance(was, Echeance | Refus) and isinstance(now, Echeance | Refus):
        return fold(was.texte) == fold(now.texte)
    before, after = (getattr(value, "texte", value) for value in (was, now))
    laid_out = isinstance(before, str) and isinstance(after, str) and as_typed(before) == as_typed(after)
    return laid_out or same(was, now)


_BECOME = {Statut.REALISEE.value: Genre.REALISEE, Statut.ABANDONNEE.value: Genre.ABANDONNEE}


def _statut(old: Action, new: Action, nom: Nom) -> Iterator[Fact]:
    if new.statut is not old.statut:
        genre = _BECOME.get(str(new.statut), Genre.STATUT)
        if old.statut and old.statut.closed and not (new.statut and new.statut.closed):
            genre = Genre.ROUVERTE
        gone = () if new.motif else ("motif",)  # with the statut that it explained
        day = new.closed_on or new.statut_le
        keys = ("statut", "realisee_le", "statut_le", *gone)
        ended = genre in (Genre.REALISEE, Genre.ABANDONNEE)
        parts = [on(day)] if day else []
        parts += [f"était {quoted(nom.said(old.statut))}"] if old.statut else []
        yield Fact(genre, _became(old, new, nom), keys, day, ", ".join(parts) if ended else None)
        return
    for key in ("realisee_le", "statut_le"):
        when = getattr(new, key)
        if when != getattr(old, key):
            said = f"{noun_of(key)}{NBSP}: {recorded_day(when)}" if when else f"{noun_of(key)} retirée"
            yield Fact(Genre.NOUVELLES, said, (key,), when)


def _became(old: Action, new: Action, nom: Nom) -> str:
    """« réalisée le 12 mai 2020, après « en cours » »."""
    if new.statut is None:
        return f"n'a plus de statut (était {quoted(nom.said(old.statut or ''))})"
    day = new.closed_on or new.statut_le
    when = f" {on(day)}" if day else ""
    return f"{nom.said(new.statut)}{when}{f', après {quoted(nom.said(old.statut))}' if old.statut else ''}"


def _realisations(old: Action, new: Action) -> Iterator[Fact]:
    """What was done again; of realisations that were mended, taken back or written otherwise, that they were."""
    done = list((Counter(new.realisations) - Counter(old.realisations)).elements())
    gone = list((Counter(old.realisations) - Counter(new.realisations)).elements())
    added, removed = (listed(list(map(recorded_day, some))) for some in (done, gone))
    if gone:
        many = "réalisations" if len(gone) > 1 else "réalisation"
        kind = "corrigée" if done else "retirée"
        said = f"{many} {kind}{'s' * (len(gone) > 1)}{NBSP}: {removed}{f' → {added}' if done else ''}"
        yield Fact(Genre.NOUVELLES, said, ("realisations",))
    if len(done) > len(gone):
        latest = max(done, key=lambda when: when.debut)
        said = f"{counted(len(done), 'réalisation')} de plus ({added})"
        yield Fact(Genre.REFAITE, said, ("realisations",), latest, on(latest) if len(done) == 1 else None)


def _echeance(old: Action, new: Action, nom: Nom) -> Iterator[Fact]:
    both = ("echeance", "echeances_precedentes", "suivi")
    was, now = old.echeance, new.echeance
    if fold(was.texte) == fold(now.texte):
        return
    said = f"{_short(was)} → {_short(now)}"
    former = new.echeances_precedentes[-1] if len(new.echeances_precedentes) > len(old.echeances_precedentes) else None
    day, kind = former and former.decide_le, _kind_of_move(old, new)
    if kind != "reportée" or former is None:
        genre = Genre.REPORTEE if kind == "reportée" else Genre.NOUVELLES
        kept = ", sans garder l'ancienne" if kind == "reportée" else ""
        yield Fact(genre, f"échéance {kind}{kept}{NBSP}: {said}", both, day)
        return
    times = sum(dated(one.echeance) for one in new.echeances_precedentes)
    parts = [said, "une première fois" if times < 2 else f"{times}{NBSP}fois en tout"]
    parts += [decided_on(day)] if day else []
    parts += [f"résolution {one_line(former.resolution)}"] if former.resolution else []
    yield Fact(Genre.REPORTEE, f"{nom.agreed('reporté')}{NBSP}: {', '.join(parts)}", both, day, ", ".join(parts))
    if former.motif:
        yield Fact(Genre.NOUVELLES, f"motif{NBSP}: {_cut(former.motif)}", both, day)


def _kind_of_move(old: Action, new: Action) -> str:
    """What was done of an échéance that is written otherwise: a later day is what is called a report."""
    was, now = old.echeance, new.echeance
    if not dated(was):
        return "fixée"
    if any(note.corrects for note in new.suivi[len(old.suivi) :]):
        return "corrigée"
    last, then = (
        one.fin if isinstance(one, Echeance) and one.type is TypeEcheance.PERIODE else None for one in (was, now)
    )
    if last is None or then is None:
        return "changée"
    if last == then:
        return "précisée"
    return "reportée" if then > last else "devancée"


def _notes(old: Action, new: Action) -> Iterator[Fact]:
    """The notes that were added, and whether others are no longer there; one that only says who has the action from
    then, or until when, is told with that.
    """
    known = Counter(fold(note.note) for note in old.suivi)
    for note in new.suivi:
        if known[fold(note.note)]:
            known[fold(note.note)] -= 1
        elif note.is_news or note.corrects:
            who = f", {one_line(note.par)}" if note.par else ""
            said = f"{noted(note)}{who}{NBSP}: {_cut(note.note)}"
            yield Fact(Genre.NOUVELLES, said, ("suivi",), note.date, internal=True)
    if gone := known.total():
        told = counted(gone, "note de suivi récrite ou retirée", "notes de suivi récrites ou retirées")
        yield Fact(Genre.NOUVELLES, told, ("suivi",))


_REMOVED = {"resultat": "retiré", "motif": "retiré", "resolution": "retirée", "decision": "retirée"}


def _texts(old: Action, new: Action) -> Iterator[Fact]:
    for key, removed in _REMOVED.items():
        was, now = getattr(old, key) or "", getattr(new, key) or ""
        explained = key == "motif" and not now and new.statut is not old.statut  # it went with its statut
        if as_typed(was) != as_typed(now) and not explained:
            said = f"{noun_of(key)}{NBSP}: {_cut(now)}" if now else f"{noun_of(key)} {removed}"
            yield Fact(Genre.NOUVELLES, said, (key,))
    if not same(new.budget, old.budget):
        said = f"budget{NBSP}: {spent_in_words(new.budget)}" if new.budget else "budget retiré"
        yield Fact(Genre.NOUVELLES, said, ("budget",))
    if as_typed(old.description) != as_typed(new.description):
        yield Fact(Genre.REFORMULEE, f"avant{NBSP}: {_cut(old.description)}", ("description",))


def _people(old: Action, new: Action, plans: tuple[Plan, Plan]) -> Iterator[Fact]:
    for keys, label, (was, now) in (
        (("responsables", "suivi"), f"responsables{NBSP}: ", (old.responsables, new.responsables)),
        (("porteur",), f"porteur{NBSP}: ", (_one(old.porteur), _one(new.porteur))),
    ):
        if _today(was, plans) != plans[1].registre.codes(now):
            told = " → ".join(labels(names, plan.registre) for names, plan in zip((was, now), plans, strict=True))
            yield Fact(Genre.REATTRIBUEE, f"{label}{told}", keys, short=told if "responsables" in keys else None)


def _today(names: tuple[str, ...], plans: tuple[Plan, Plan]) -> tuple[str, ...]:
    """The codes that the later plan has for those whom the earlier one named: a code may have changed, or an alias."""
    before, after = (plan.registre for plan in plans)
    people = ((before.find(name), name) for name in names)
    found = ((who and (after.find(who.code) or after.find(who.nom))) or after.find(name) for who, name in people)
    return tuple(dict.fromkeys(who.code if who else name for who, name in zip(found, names, strict=True)))


def _one(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


def _cut(text: str) -> str:
    return truncate(one_line(text), _WORDS).rstrip(".")


def _short(echeance: Echeance | Refus) -> str:
    return truncate(wording(echeance), 60)


def _quoted(echeance: Echeance | Refus) -> str:
    return quoted(_short(echeance)) if echeance.texte else _short(echeance)


# --- échéances that were moved ----------------------------------------------------------------------------


def dated(echeance: Echeance | Refus) -> bool:
    """Whether an échéance gave a day, or waited for none: what takes the place of « En continu » is set, not moved."""
    return isinstance(echeance, Echeance) and echeance.type not in (TypeEcheance.INDETERMINEE, TypeEcheance.CONTINU)


def moved_from(action: Action, within: Callable[[DateConsignee | None], bool]) -> Echeance | Refus | None:
    """The échéance before the first move that was decided `within` some days, the first dated one if there is one;
    None where there was no move, or where the one in force has the same last day: written otherwise, or back there.
    """
    formers = [one.echeance for one in action.echeances_precedentes if within(one.decide_le)]
    former = next(filter(dated, formers), formers[0] if formers else None)
    return None if former is None or _days(former) == _days(action.echeance) else former


def _days(echeance: Echeance | Refus) -> tuple[object, ...]:
    """When an échéance asks something at the latest, whatever its words."""
    if isinstance(echeance, Refus):
        return (one_line(echeance.texte),)
    return echeance.type, echeance.fin or echeance.debut, echeance.recurrence, echeance.fois
