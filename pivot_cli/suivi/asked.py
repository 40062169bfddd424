"""From what somebody typed to what it asks of a plan: days, and which actions are wanted. The same on a command line
and in a form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, capitalized, clean, did_you_mean, fold, nearest, one_line, quoted

if TYPE_CHECKING:
    from datetime import date

    from pivot_cli.echeance import DateConsignee
    from pivot_cli.plan.model import Plan, Responsable
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.selection import Selection


def _misused(message: str, remedy: str) -> PivotError:
    """The error of what asks for what is not."""
    return PivotError(message, remedy, ExitCode.USAGE)


def date_named(text: str, example: str) -> DateConsignee:
    """The day, the month or the year that somebody names: « 15 janvier 2020 » and 2020-01-15 alike."""
    from pivot_cli.echeance import Refus, parse_date

    read = parse_date(text)
    if isinstance(read, Refus):
        raise _misused(f"la date {quoted(text)} n'est pas comprise.", f"Écrivez par exemple{example}")
    return read


def day_named(text: str, option: str = "") -> date:
    """The day that somebody names, in an option where it is one; raises PivotError for a month or a year."""
    example = f"{NBSP}: {option} 2020-01-15" if option else f"{NBSP}: 2020-01-15"
    read = date_named(text, example)
    if read.debut != read.fin:
        raise _misused(f"{quoted(text)} n'est pas un jour précis.", f"Écrivez par exemple{example}")
    return read.debut


class Typed(NamedTuple):
    """What chooses actions, each as it was typed."""

    responsables: Sequence[str] = ()
    orientations: Sequence[int] = ()
    objectifs: Sequence[str] = ()
    etats: Sequence[str] = ()
    avant: str | None = None
    apres: str | None = None

    def selection(self, plan: Plan, *, options: bool = True) -> Selection:
        """What it keeps of the plan; raises PivotError for what is not in it, and for dates with nothing between them.
        `options` says that it was typed in the options of a command.
        """
        from pivot_cli.suivi.selection import Selection

        before, after = _bounds_named(self.avant, self.apres, options=options)
        return Selection(
            _responsables_named(plan, self.responsables),
            _orientations_numbered(plan, self.orientations),
            _objectifs_named(plan, self.objectifs),
            _etats_named(plan, self.etats),
            avant=before,
            apres=after,
        )


def _bounds_named(avant: str | None, apres: str | None, *, options: bool) -> tuple[date | None, date | None]:
    """The last day of what `avant` names, and the first of what `apres` does."""
    before = None if avant is None else _days_named(avant, "--avant " if options else "").fin
    after = None if apres is None else _days_named(apres, "--apres " if options else "").debut
    if before and after and before < after:
        message = f"aucun jour n'est à la fois après {quoted(apres or '')} et avant {quoted(avant or '')}."
        example = f", par exemple{NBSP}: --apres 2020-01-15 --avant 2020-12-31" if options else "."
        raise _misused(message, f"Inversez-les{example}")
    return before, after


def _days_named(text: str, option: str) -> DateConsignee:
    return date_named(text, f'{NBSP}: {option}2020-01-15, {option}"mars 2020" ou {option}2020')


def _responsables_named(plan: Plan, names: Sequence[str]) -> tuple[Responsable, ...]:
    """The responsables that were asked for, by a name or as screens show them."""
    by_label = {fold(who.label): who for who in plan.registre} if names else {}
    asked = {name: plan.registre.find(name) or by_label.get(fold(name)) for name in names}
    for name, who in asked.items():
        if who is None:
            from pivot_cli.plan.not_found import not_in_plan

            hint = did_you_mean(name, (known for who in plan.registre for known in who.names))
            known = f"Responsables du plan{NBSP}: {', '.join(who.code or one_line(who.nom) for who in plan.registre)}."
            raise not_in_plan(plan, f"{quoted(name)} n'est pas un responsable du plan.", hint + known)
    return tuple(dict.fromkeys(filter(None, asked.values())))


def _orientations_numbered(plan: Plan, numbers: Sequence[int]) -> tuple[int, ...]:
    known = [orientation.numero for orientation in plan.orientations]
    for number in numbers:
        if number not in known:
            from pivot_cli.plan.not_found import not_in_plan

            nom = plan.niveaux.orientation
            remedy = f"{capitalized(nom.pluriel)} du plan{NBSP}: {', '.join(map(str, known))}."
            raise not_in_plan(plan, f"il n'y a pas {nom.de} {number} dans le plan.", remedy)
    return tuple(dict.fromkeys(numbers))


def _objectifs_named(plan: Plan, ids: Sequence[str]) -> tuple[str, ...]:
    known = {fold(place.objectif_id): place.objectif_id for place in plan.places} if ids else {}
    asked = {fold(plan.level_named(id_)).rstrip("."): id_ for id_ in ids}
    for plain, id_ in asked.items():
        if plain not in known:
            from pivot_cli.plan.not_found import no_such_objectif

            raise no_such_objectif(plan, id_)
    return tuple(map(known.__getitem__, asked))


def _etats_named(plan: Plan, names: Sequence[str]) -> tuple[Etat, ...]:
    """The états of these names, those of the contract or « échéance passée » for both that have passed."""
    if not names:
        return ()
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.phrases import ETATS_ASKED

    late = fold(Etat.EN_RETARD.value)  # asks for who is silent too: nobody is to be singled out for having answered
    called = {etat: {fold(etat.value), fold(ETATS_ASKED[etat]), *([late] if etat.passed else [])} for etat in Etat}
    for name in names:
        if not any(fold(name) in words for words in called.values()):
            raise _no_such_etat(plan, name, [*dict.fromkeys(ETATS_ASKED.values()), Etat.A_CONFIRMER.value])
    return tuple(etat for etat, words in called.items() if not words.isdisjoint(map(fold, names)))


def _no_such_etat(plan: Plan, name: str, known: Sequence[str]) -> PivotError:
    """The error of a name that no état has: the état that it may mean, or that a statut is called so."""
    from pivot_cli.plan.schema.fields import STATUT
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.phrases import ETATS_ASKED

    close = nearest(name, [*known, Etat.EN_RETARD.value]) or STATUT.meant(name)
    hint = f"{quoted(close)} est un statut, qui se lit à côté de l'état d'{plan.niveaux.action.un}. " if close else ""
    if close in (*known, Etat.EN_RETARD.value):
        hint = f"Vouliez-vous dire {quoted(ETATS_ASKED[Etat.EN_RETARD] if close not in known else close)}? "
    return _misused(f"il n'y a pas d'état {quoted(clean(name))}.", f"{hint}États{NBSP}: {', '.join(known)}.")
