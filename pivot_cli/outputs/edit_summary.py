"""What an edit of the plan did, in plain words and in Markdown, for the page where the edit is discussed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from pivot_cli.checks.edition import Edition
from pivot_cli.escaping import escape_markdown
from pivot_cli.finding import Finding, Gravite
from pivot_cli.plan.model import Place, Plan
from pivot_cli.suivi.changes import Fact, Genre, facts_of
from pivot_cli.suivi.phrases import plan_title, title_of
from pivot_cli.suivi.when import recorded_day
from pivot_cli.text import capitalized, cited, counted, inline, listed, truncate

_LISTED = 60  # entries of a list; a page is refused past 1 MiB
_TITLE = 80  # characters


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


_RECORDED = (Genre.REALISEE, Genre.REFAITE, Genre.ABANDONNEE, Genre.ROUVERTE, Genre.STATUT, Genre.NOUVELLES)


def _changes(edition: Edition) -> list[str]:
    nom, plans = edition.new.niveaux.action, (edition.old, edition.new)
    some = escape_markdown(capitalized(nom.pluriel))
    changed = [(pair.new, facts) for pair in edition.pairs if (facts := facts_of(*pair, plans))]

    def told(*genres: Genre) -> list[list[str]]:
        return [_entry(place, facts) for place, facts in changed if facts[0].genre in genres]

    lines = [
        *_section("Ce qui a été consigné", told(*_RECORDED)),
        *_section("Ce qui a été déplacé", told(Genre.REPORTEE)),
        *_section(
            f"{some} {nom.agreed('ajouté', 2)}",
            [_entry(place, facts_of(None, place, plans)) for place in edition.added],
        ),
        *_section(
            f"{some} {nom.agreed('retiré', 2)}",
            [_entry(place, facts_of(place, None, plans)) for place in edition.removed],
        ),
        *_section("Autres précisions", told(Genre.REFORMULEE, Genre.REATTRIBUEE)),
    ]
    around = _around(edition)
    lines += ["### Autour du plan", "", *around, ""] if around else []
    return lines or [f"{escape_markdown(capitalized(nom.aucun))} n'a changé.", ""]


def _entry(place: Place, facts: Sequence[Fact]) -> list[str]:
    notes = sum(fact.internal for fact in facts)
    said = [fact.texte for fact in facts if not fact.internal]
    said += [f"{counted(notes, 'note')} de suivi de plus"] if notes else []
    title = truncate(title_of(place.action), _TITLE)
    return [f"- **{escape_markdown(place.id)}** {escape_markdown(title)} : {escape_markdown('; '.join(said))}."]


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
