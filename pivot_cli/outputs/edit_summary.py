"""What an edit of the plan did, in plain words and in Markdown, for the page where the edit is discussed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pivot_cli.checks.edition import Edition
from pivot_cli.escaping import escape_markdown
from pivot_cli.finding import Finding, Gravite
from pivot_cli.plan.model import Action, Place, Plan, noun_of, same
from pivot_cli.suivi.pairing import Pair, moved
from pivot_cli.suivi.phrases import budget_in_words, decided_on, plan_title, recorded_day, title_of, wording
from pivot_cli.text import as_typed, capitalized, cited, counted, fold, inline, listed, one_line, quoted, truncate

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

Said = tuple[tuple[str, ...], str]
"""What is said of a change, with the fields that it is said of."""
_LISTED = 60  # entries of a list; a page is refused past 1 MiB
_TITLE, _SENTENCE = 80, 200  # characters


def edit_summary(plan: Plan, edition: Edition | None, findings: Sequence[Finding], since: str = "") -> str:
    """The page: what is wrong and how to mend it, then what changed, unless there is nothing to compare with.

    `since` names what the plan is compared with. The notes of `suivi` are counted, never quoted.
    """
    errors = [finding for finding in findings if finding.gravite is Gravite.ERREUR]
    warnings = [finding for finding in findings if finding.gravite is Gravite.AVERTISSEMENT]
    title = escape_markdown(plan_title(plan))
    lines = [f"## {title} : ce que cette modification change" if edition else f"## {title}", ""]
    lines += [_verdict(errors, warnings, plan), ""]
    lines += _section("À corriger", list(map(_fault, errors)), ", dans le journal de la vérification")
    if edition is not None:
        compared = f"Comparé au plan d'avant{f' (révision {_cited(since)})' if since else ''}."
        lines += [compared, "", *_changes(edition)]
    lines += _section("À vérifier", list(map(_fault, warnings)), ", dans le journal de la vérification")
    if edition is not None and edition.old.unread:
        missing = listed([escape_markdown(file) for file in edition.old.unread])
        lines += [f"Avant cette modification, {missing} ne se lisait pas : ce qui y a changé n'est pas dit ici.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _verdict(errors: Sequence[Finding], warnings: Sequence[Finding], plan: Plan) -> str:
    told = f"Rien à corriger; {counted(len(warnings), 'point')} à vérifier." if warnings else "Rien à corriger."
    if errors:
        told = f"{counted(len(errors), 'erreur')} à corriger avant d'accepter."
    return f"**{told}** {escape_markdown(plan.niveaux.action.counted(len(plan.places), 'lu'))}."


def _section(title: str, entries: Sequence[list[str]], elsewhere: str = "") -> list[str]:
    """A list under its title, each entry on its lines; `elsewhere` is where those past `_LISTED` are told."""
    if not entries:
        return []
    more = len(entries) - _LISTED
    rest = [f"- et {counted(more, 'autre')}{elsewhere}."] if more > 0 else []
    return [f"### {title} ({len(entries)})", "", *chain(*entries[:_LISTED]), *rest, ""]


def _fault(finding: Finding) -> list[str]:
    where = f"{escape_markdown(finding.location.file)}, ligne {finding.location.line}"
    first, *block = finding.remedy.rstrip().split("\n")
    lines = [f"- **{where}** : {escape_markdown(finding.message)}"]
    lines += [f"  {escape_markdown(first)}"] if first else []
    if block:
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", finding.remedy)), default=0))
        lines += ["", f"  {fence}yaml", *(f"  {inline(line)}" for line in block), f"  {fence}"]
    return lines


def _changes(edition: Edition) -> list[str]:
    nom = edition.new.niveaux.action
    some = escape_markdown(capitalized(nom.pluriel))
    changed = [pair for pair in edition.pairs if pair.old.action != pair.new.action]

    def told(changes: Callable[[Pair, Nom], Iterable[Said]]) -> list[list[str]]:
        return [_entry(pair.new, texts) for pair in changed if (texts := [text for _, text in changes(pair, nom)])]

    lines = [
        *_section("Ce qui a été consigné", told(_recorded)),
        *_section("Ce qui a été déplacé", told(_moved)),
        *_section(
            f"{some} {nom.agreed('ajouté', 2)}", [_entry(place, [_new_action(place)]) for place in edition.added]
        ),
        *_section(f"{some} {nom.agreed('retiré', 2)}", [_entry(place, []) for place in edition.removed]),
        *_section("Autres précisions", told(_others)),
    ]
    around = _around(edition)
    lines += ["### Autour du plan", "", *around, ""] if around else []
    return lines or [f"{escape_markdown(capitalized(nom.aucun))} n'a changé.", ""]


def _entry(place: Place, changes: list[str]) -> list[str]:
    told = f" : {'; '.join(changes)}." if changes else ""
    return [f"- **{escape_markdown(place.id)}** {escape_markdown(truncate(title_of(place.action), _TITLE))}{told}"]


def _recorded(pair: Pair, nom: Nom) -> Iterator[Said]:
    old, new = pair.old.action, pair.new.action
    if new.statut is not old.statut:
        gone = () if new.motif else ("motif",)  # with the statut that it explained
        yield ("statut", "realisee_le", "statut_le", *gone), _statut(old, new, nom)
    for key in ("realisee_le", "statut_le"):
        when = getattr(new, key)
        if new.statut is old.statut and when and when != getattr(old, key):
            yield (key,), f"{noun_of(key)} : {escape_markdown(recorded_day(when))}"
    done = [recorded_day(when) for when in new.realisations if when not in old.realisations]
    if done:
        yield ("realisations",), f"{counted(len(done), 'réalisation')} de plus ({escape_markdown(listed(done))})"
    notes = len(new.suivi) - len(old.suivi)
    if notes > 0:
        yield ("suivi",), f"{counted(notes, 'note')} de suivi de plus"
    for key in ("motif", "resultat", "resolution", "decision"):
        now = getattr(new, key)
        if now and now != getattr(old, key):
            yield (key,), f"{noun_of(key)} : {_sentence(now)}"
    if not same(new.budget, old.budget):
        yield ("budget",), f"budget : {escape_markdown(budget_in_words(new.budget))}" if new.budget else "budget retiré"


def _sentence(text: str) -> str:
    return escape_markdown(truncate(one_line(text), _SENTENCE)).rstrip(".")


def _statut(old: Action, new: Action, nom: Nom) -> str:
    if new.statut is None:
        return f"n'a plus de statut (était {quoted(nom.said(old.statut))})" if old.statut else ""
    day = new.realisee_le or new.statut_le
    when = f" ({escape_markdown(recorded_day(day))})" if day else ""
    before = f", après {quoted(nom.said(old.statut))}" if old.statut else ""
    return f"{nom.said(new.statut)}{when}{before}"


def _moved(pair: Pair, _: Nom) -> Iterator[Said]:
    old, new = pair.old.action, pair.new.action
    if not moved(old.echeance, new.echeance):
        return
    both = ("echeance", "echeances_precedentes")
    yield both, f"{_cited(old.echeance.texte)} devient {_cited(new.echeance.texte)}"
    kept = [past for past in new.echeances_precedentes if fold(past.echeance.texte) == fold(old.echeance.texte)]
    if not kept:
        yield both, "l'ancienne échéance n'est pas gardée"
    for former in kept[-1:]:
        if former.motif:
            yield both, f"motif : {_sentence(former.motif)}"
        if former.decide_le:
            yield both, escape_markdown(decided_on(former.decide_le))


def _others(pair: Pair, nom: Nom) -> Iterator[Said]:
    """What else changed, named: every field of which nothing is said above."""
    old, new = pair.old.action, pair.new.action
    told = {key for keys, _ in (*_recorded(pair, nom), *_moved(pair, nom)) for key in keys} | {"origin"}
    others = tuple(
        key for key in new._fields if key not in told and not _unchanged(getattr(old, key), getattr(new, key))
    )
    if others:
        yield others, listed(list(map(noun_of, others)))


def _unchanged(was: object, now: object) -> bool:
    """Whether two values say the same, however their words are laid out."""
    before, after = (getattr(value, "texte", value) for value in (was, now))
    laid_out = isinstance(before, str) and isinstance(after, str) and as_typed(before) == as_typed(after)
    return laid_out or same(was, now)


def _new_action(place: Place) -> str:
    action = place.action
    return f"{escape_markdown(listed(action.responsables) or 'à attribuer')}, {_cited(wording(action.echeance))}"


def _around(edition: Edition) -> list[str]:
    """What changed beside the actions: responsables, meetings, conventions."""
    old, new = edition.old, edition.new
    if old.unread or new.unread:
        return []
    before, after = ({who.code: who for who in plan.registre} for plan in (old, new))
    changes = {
        "Responsables ajoutés": [who.nom for code, who in after.items() if code not in before],
        "Responsables retirés": [who.nom for code, who in before.items() if code not in after],
    }
    for which in ("ca", "aga"):
        was, now = (getattr(reunions, which) for reunions in (old.reunions, new.reunions))
        known = [one.date for one in was.reunions]
        dates = [recorded_day(one.date) for one in now.reunions if one.date and one.date not in known]
        changes[f"Réunions ajoutées, {escape_markdown(new.reunions.name(which))}"] = dates
    lines = [f"- {label} : {escape_markdown(listed(names))}." for label, names in changes.items() if names]
    if old.organisme.conventions != new.organisme.conventions:
        lines.append("- Les conventions de lecture des échéances ont changé : des échéances peuvent se lire autrement.")
    return lines


def _cited(text: str) -> str:
    return escape_markdown(cited(text))
