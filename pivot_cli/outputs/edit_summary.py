"""What an edit of the plan did, in plain words and in Markdown, for the page where the edit is discussed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.checks.edits import moved
from pivot_cli.escaping import escape_markdown
from pivot_cli.finding import Gravite
from pivot_cli.plan.model import noun_of
from pivot_cli.suivi.phrases import budget_in_words, decided_on, recorded_day
from pivot_cli.text import counted, fold, inline, listed, one_line, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.checks.edition import Edition, Pair
    from pivot_cli.finding import Finding
    from pivot_cli.plan.model import Action, Place, Plan

_LISTED = 60  # entries of a list; a page is refused past 1 MiB
_TITLE = 80


def edit_summary(plan: Plan, edition: Edition | None, findings: Sequence[Finding], since: str = "") -> str:
    """The page: what is wrong and how to mend it, what was recorded, what moved, what was added.

    Without `edition` (nothing to compare with), only what is wrong. `since` names what the plan is compared with.
    The notes of `suivi` are counted, never quoted.
    """
    errors = [finding for finding in findings if finding.gravite is Gravite.ERREUR]
    warnings = [finding for finding in findings if finding.gravite is Gravite.AVERTISSEMENT]
    lines = ["## Plan stratégique : ce que cette modification change" if edition else "## Plan stratégique", ""]
    lines += [_verdict(errors, warnings, plan), ""]
    lines += _faults("À corriger", errors)
    if edition is not None:
        compared = f"Comparé au plan d'avant{f' (révision {_cited(since)})' if since else ''}."
        lines += [compared, "", *_changes(edition)]
    lines += _faults("À vérifier", warnings)
    if edition is not None and edition.unread_before:
        missing = listed([escape_markdown(file) for file in edition.unread_before])
        lines += [f"Avant cette modification, {missing} ne se lisait pas : ce qui y a changé n'est pas dit ici.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _verdict(errors: Sequence[Finding], warnings: Sequence[Finding], plan: Plan) -> str:
    read = counted(len(plan.places), "action lue", "actions lues")
    if errors:
        return f"**{counted(len(errors), 'erreur')} à corriger avant d'accepter.** {read}."
    if warnings:
        return f"**Rien à corriger; {counted(len(warnings), 'point')} à vérifier.** {read}."
    return f"**Rien à corriger.** {read}."


# --- what is wrong ----------------------------------------------------------------------------------------


def _faults(title: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    lines = [f"### {title} ({len(findings)})", ""]
    for finding in findings[:_LISTED]:
        lines += _fault(finding)
    if len(findings) > _LISTED:
        lines.append(f"- et {counted(len(findings) - _LISTED, 'autre')}, dans le journal de la vérification.")
    return [*lines, ""]


def _fault(finding: Finding) -> list[str]:
    where = f"{escape_markdown(finding.location.file)}, ligne {finding.location.line}"
    first, *block = finding.remedy.rstrip().split("\n")
    lines = [f"- **{where}** : {escape_markdown(finding.message)}"]
    if first:
        lines.append(f"  {escape_markdown(first)}")
    if block:
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", finding.remedy)), default=0))
        lines += ["", f"  {fence}yaml", *(f"  {inline(line)}" for line in block), f"  {fence}"]
    return lines


# --- what changed -----------------------------------------------------------------------------------------


def _changes(edition: Edition) -> list[str]:
    changed = [pair for pair in edition.pairs if pair.old.action != pair.new.action]
    recorded = [(pair.new, said) for pair in changed if (said := [text for _, text in _recorded(pair)])]
    shifted = [(pair.new, said) for pair in changed if (said := [text for _, text in _moved(pair)])]
    others = [(pair.new, [also]) for pair in changed if (also := _others(pair))]
    lines = [
        *_entries("Ce qui a été consigné", recorded),
        *_entries("Ce qui a été déplacé", shifted),
        *_entries("Actions ajoutées", [(place, [_new_action(place)]) for place in edition.added]),
        *_entries("Actions retirées", [(place, []) for place in edition.removed]),
        *_entries("Autres précisions", others),
    ]
    around = list(_around(edition))
    if around:
        lines += ["### Autour du plan", "", *(f"- {said}" for said in around), ""]
    return lines or ["Aucune action n'a changé.", ""]


def _entries(title: str, entries: Sequence[tuple[Place, list[str]]]) -> list[str]:
    if not entries:
        return []
    lines = [f"### {title} ({len(entries)})", ""]
    for place, said in entries[:_LISTED]:
        name = place.action.titre_court or place.action.description
        told = f" : {'; '.join(said)}." if said else ""
        lines.append(f"- **{escape_markdown(place.id)}** {escape_markdown(truncate(one_line(name), _TITLE))}{told}")
    if len(entries) > _LISTED:
        lines.append(f"- et {counted(len(entries) - _LISTED, 'autre')}.")
    return [*lines, ""]


Said = tuple[tuple[str, ...], str]
"""What is said of a change, with the fields that it is said of."""


def _recorded(pair: Pair) -> Iterator[Said]:
    old, new = pair.old.action, pair.new.action
    if new.statut is not old.statut:
        yield ("statut", "realisee_le") if new.realisee_le else ("statut",), _statut(old, new)
    elif new.realisee_le and new.realisee_le != old.realisee_le:
        yield ("realisee_le",), f"{noun_of('realisee_le')} : {escape_markdown(recorded_day(new.realisee_le))}"
    done = [recorded_day(when) for when in new.realisations if when not in old.realisations]
    if done:
        yield ("realisations",), f"{counted(len(done), 'réalisation')} de plus ({escape_markdown(listed(done))})"
    notes = len(new.suivi) - len(old.suivi)
    if notes > 0:
        yield ("suivi",), f"{counted(notes, 'note')} de suivi de plus"
    for key in ("motif", "resultat", "resolution", "decision"):
        now = getattr(new, key)
        if now and now != getattr(old, key):
            yield (key,), f"{noun_of(key)} : {escape_markdown(truncate(one_line(now), 200)).rstrip('.')}"
    if new.budget != old.budget:
        yield ("budget",), f"budget : {escape_markdown(budget_in_words(new.budget))}" if new.budget else "budget retiré"


def _statut(old: Action, new: Action) -> str:
    if new.statut is None:
        return f"n'a plus de statut (était {quoted(old.statut.value)})" if old.statut else ""
    said = new.statut.value
    if new.realisee_le:
        said += f" ({escape_markdown(recorded_day(new.realisee_le))})"
    return f"{said}, après {quoted(old.statut.value)}" if old.statut else said


def _moved(pair: Pair) -> Iterator[Said]:
    old, new = pair.old.action, pair.new.action
    if not moved(old.echeance, new.echeance):
        return
    both = ("echeance", "echeances_precedentes")
    yield both, f"{_cited(old.echeance.texte)} devient {_cited(new.echeance.texte)}"
    for former in reversed(new.echeances_precedentes):
        if fold(former.echeance.texte) == fold(old.echeance.texte):
            if former.motif:
                yield both, f"motif : {escape_markdown(truncate(one_line(former.motif), 200)).rstrip('.')}"
            if former.decide_le:
                yield both, escape_markdown(decided_on(former.decide_le))
            return
    yield both, "l'ancienne échéance n'est pas gardée"


def _others(pair: Pair) -> str:
    """What else changed, named: every field of which nothing is said above."""
    old, new = pair.old.action, pair.new.action
    told = {key for keys, _ in (*_recorded(pair), *_moved(pair)) for key in keys} | {"origin"}
    return listed([noun_of(key) for key in new._fields if key not in told and getattr(old, key) != getattr(new, key)])


def _new_action(place: Place) -> str:
    action = place.action
    return f"{escape_markdown(listed(action.responsables))}, {_cited(action.echeance.texte)}"


def _around(edition: Edition) -> Iterator[str]:
    """What changed beside the actions: responsables, meetings, conventions."""
    old, new = edition.old, edition.new
    if not (edition.old.unread or edition.new.unread):
        before, after = ({who.code: who for who in plan.registre} for plan in (old, new))
        yield from _names("Responsables ajoutés", [who.nom for code, who in after.items() if code not in before])
        yield from _names("Responsables retirés", [who.nom for code, who in before.items() if code not in after])
        for label, was, now in (
            ("conseil d'administration", old.reunions.ca, new.reunions.ca),
            ("assemblée générale", old.reunions.aga, new.reunions.aga),
        ):
            known = [one.date for one in was.reunions]
            dates = [recorded_day(one.date) for one in now.reunions if one.date and one.date not in known]
            yield from _names(f"Réunions ajoutées, {label}", dates)
        if old.organisme.conventions != new.organisme.conventions:
            yield "Les conventions de lecture des échéances ont changé : des échéances peuvent se lire autrement."


def _names(label: str, names: Iterable[str]) -> Iterator[str]:
    told = list(names)
    if told:
        yield f"{label} : {escape_markdown(listed(told))}."


def _cited(text: str) -> str:
    return escape_markdown(quoted(truncate(one_line(text), _TITLE)))
