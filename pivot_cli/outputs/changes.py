"""What happened, as other programs read it, and as it is pasted in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pivot_cli.escaping import escape_markdown
from pivot_cli.outputs.exports import action_object, recorded_iso
from pivot_cli.suivi.changes import Account, ActionChange, Genre
from pivot_cli.suivi.changes_in_words import heading, interval, main_words, more_words, nothing, size, waiting_words
from pivot_cli.suivi.phrases import asked_in_words, incomplete, named_title, title_of
from pivot_cli.text import NBSP, capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.suivi.selection import Selection


def changes_object(account: Account, selection: Selection) -> dict[str, Any]:
    """What `pivot changes` answers: an entry for each action of either plan, in the order of the later one."""
    changes, plan = account.changes, account.after.plan
    asked = asked_in_words(selection, plan)
    return {
        "depuis": changes.depuis.isoformat(),
        "au": changes.au.isoformat(),
        "incomplet": list(plan.unread),
        **({"filtre": asked} if asked else {}),
        "source": "git" if account.commit else "dates",
        "commit": account.commit,
        "reserves": list(filter(None, (account.why, *account.basis))),
        "avant": changes.avant,
        "ajoutees": len(changes.of(Genre.AJOUTEE)),
        "retirees": len(changes.of(Genre.RETIREE)),
        "maintenant": changes.maintenant,
        "hors_historique": account.waiting,
        "actions": [_entry(one, account) for one in changes.every],
    }


def _entry(one: ActionChange, account: Account) -> dict[str, Any]:
    day, passed = account.recorded.get(one.id), one.now.passee_le
    happened = passed.isoformat() if passed and one.genre is Genre.ECHEANCE else recorded_iso(one.date)
    return {
        "id": one.id,
        "genre": one.genre.value,
        "avant": one.before and action_object(one.before, account.before.plan),
        "apres": one.after and action_object(one.after, account.after.plan),
        "date": happened,
        "consignee_le": day and day.isoformat(),
        "faits": [{"genre": fact.genre.value, "texte": fact.texte} for fact in one.facts],
    }


def changes_md(account: Account, selection: Selection, *, every: bool = False) -> str:
    """What happened, for a message: names before codes."""
    return "\n".join(_lines(account, selection, every=every)) + "\n"


def _lines(account: Account, selection: Selection, *, every: bool) -> Iterator[str]:
    changes, plan = account.changes, account.after.plan
    nom, since = plan.niveaux.action, f", depuis {account.since}" if account.since else ""
    yield f"## {escape_markdown(named_title(plan))}"
    yield ""
    yield f"**{escape_markdown(f'{interval(changes)}{since}')}**"
    yield ""
    asked = asked_in_words(selection, plan)
    said = f"{asked}{NBSP}: {size(changes, nom, whole=False)}" if asked else size(changes, nom)
    yield escape_markdown(" ".join(filter(None, (said, incomplete(plan)))))
    for genre in Genre:
        some = changes.of(genre)
        if some and (every or genre is not Genre.INCHANGEE):
            yield f"\n### {escape_markdown(capitalized(''.join(heading(genre, some, nom))))}\n"
            yield from (_item(one, account) for one in some)
    yield ""
    if not changes.happened:
        yield f"{capitalized(nothing(account))}."
    yield from map(escape_markdown, filter(None, (waiting_words(account), account.why, *account.basis)))


def _item(one: ActionChange, account: Account) -> str:
    told = "; ".join(filter(None, (main_words(one, account), *more_words(one))))
    title = escape_markdown(title_of(one.now.action).rstrip("."))
    return f"- **{title}** ({escape_markdown(one.id)}){NBSP}: {escape_markdown(told)}"
