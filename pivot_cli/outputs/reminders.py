"""A short, kind reminder for each responsable: what is due, in the plan's words, and three answers to each action.

Ready to paste or to open as a draft; nothing is ever sent. No blame, no duration, no threat: an échéance that has
passed is a question. Nothing here reads a clock or writes a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.escaping import escape_markdown
from pivot_cli.suivi.etat import Dossier, by_objectif, due
from pivot_cli.suivi.phrases import recurrent, shown
from pivot_cli.text import NBSP, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pivot_cli.plan.model import Responsable
    from pivot_cli.suivi.etat import Portrait, Situation

_WIDTH = 72  # columns of a message, as mail programs show it without breaking its lines
_BLANK = "_" * 14
_LONGEST_NAME = 60  # characters of whom it is for, in the name of a file


class Rappel(NamedTuple):
    """What one responsable is asked about, objectif by objectif."""

    responsable: Responsable
    dossiers: tuple[Dossier, ...]
    portrait: Portrait

    @property
    def situations(self) -> list[Situation]:
        """The actions, in the order of the message."""
        return [one for dossier in self.dossiers for one in dossier.situations]


def reminders(portrait: Portrait, responsables: Iterable[Responsable]) -> tuple[Rappel, ...]:
    """A reminder for each of these responsables that has an échéance passed or near."""
    found = ((who, by_objectif(due(portrait.of(who), soon=True))) for who in responsables)
    return tuple(Rappel(who, dossiers, portrait) for who, dossiers in found if dossiers)


def subject(rappel: Rappel) -> str:
    """The subject of the message."""
    one = len(rappel.situations) == 1
    return f"Plan stratégique{NBSP}: " + ("où en est votre action?" if one else "où en sont vos actions?")


def _opening(rappel: Rappel) -> Iterator[str]:
    """The first paragraphs: whose plan, what is asked, and that nothing recorded does not mean nothing done."""
    situations = rappel.situations
    one = len(situations) == 1
    name = shown(rappel.portrait.plan.organisme.nom)
    of = f" ({name})" if name else ""
    yield "Bonjour,"
    if rappel.portrait.over:
        yield f"Le plan stratégique{of} arrive à son terme, et il reste à dire ce qu'il est advenu de chaque action."
    if one:
        text = "qui vous est confiée et dont l'échéance est passée ou approche."
        yield f"Voici une action du plan stratégique{of} {text}"
    else:
        yield (
            f"Voici les {len(situations)} actions du plan stratégique{of} qui vous sont confiées et dont l'échéance "
            "est passée ou approche."
        )
    enough = "Une réponse de quelques mots suffit" + ("." if one else " pour chacune.")
    unknown = sum(1 for situation in situations if not situation.action.consignee)
    if unknown == len(situations):
        perhaps = "elle est peut-être déjà faite" if one else "plusieurs sont peut-être déjà faites"
        yield f"Rien n'y est encore consigné{NBSP}: {perhaps}. {enough}"
    else:
        yield enough


def _answers(one: Situation) -> tuple[str, ...]:
    when = "faite la dernière fois le" if recurrent(one.action) else "faite le"
    return (f"{when} {_BLANK}", "en cours", f"nouvelle échéance{NBSP}: {_BLANK}")


def _details(one: Situation, rappel: Rappel) -> Iterator[str]:
    yield f"Échéance au plan{NBSP}: {shown(one.action.echeance.texte)}"
    find = rappel.portrait.plan.registre.find
    named = [(find(name), name) for name in one.action.responsables]
    others = [shown(who.nom if who else name) for who, name in named if who != rappel.responsable]
    if others:
        yield f"Avec{NBSP}: {', '.join(dict.fromkeys(others))}"
    if one.action.statut:
        yield f"Déjà consigné{NBSP}: {one.action.statut.value}"


_THANKS = "Merci! Il suffit de répondre à ce message."
_FOR_RECORDING = f"Pour la personne qui consigne les réponses{NBSP}:"
_INSTEAD = (
    f'En cours{NBSP}: --statut "en cours". Nouvelle échéance{NBSP}: --reporter "…" --motif "…". '
    f'Autre nouvelle{NBSP}: --note "…".'
)


def _command(one: Situation) -> str:
    done = '--realisation "…"' if recurrent(one.action) else '--statut réalisée --le "…"'
    return f"pivot note {one.id} {done}"


# --- the three forms --------------------------------------------------------------------------------------


def as_text(rappel: Rappel) -> str:
    """The message as it is pasted, under whom it is for and its subject."""
    who = rappel.responsable
    address = f" <{who.courriel}>" if who.courriel else ""
    return f"À{NBSP}: {shown(who.nom)}{address}\nObjet{NBSP}: {subject(rappel)}\n\n{body(rappel)}"


def body(rappel: Rappel) -> str:
    """The message itself, in plain text."""
    lines: list[str] = []
    for paragraph in _opening(rappel):
        lines += [*_wrapped(paragraph), ""]
    for dossier in rappel.dossiers:
        lines += [*_wrapped(shown(dossier.place.objectif.titre)), ""]
        for one in dossier.situations:
            lines += _wrapped(f"{one.id} {shown(one.action.description)}", 2, 4)
            for detail in _details(one, rappel):
                lines += _wrapped(detail, 4, 2)
            lines += [*(f"    [ ] {answer}" for answer in _answers(one)), ""]
    lines += [_THANKS, "", *_wrapped(_FOR_RECORDING)]
    lines += [f"  {_command(one)}" for one in rappel.situations]
    return "\n".join([*lines, *_wrapped(_INSTEAD)]) + "\n"


def _wrapped(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    import textwrap

    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_markdown(rappel: Rappel) -> str:
    """The message for what shows Markdown: a forge, a wiki, a chat."""
    who = escape_markdown(shown(rappel.responsable.nom))
    lines = [f"# {escape_markdown(subject(rappel))}", "", f"À{NBSP}: {who}", ""]
    for paragraph in _opening(rappel):
        lines += [escape_markdown(paragraph), ""]
    for dossier in rappel.dossiers:
        lines += [f"## {escape_markdown(shown(dossier.place.objectif.titre))}", ""]
        for one in dossier.situations:
            details = ". ".join(escape_markdown(detail) for detail in _details(one, rappel))
            lines += [f"**{one.id}** {escape_markdown(shown(one.action.description))}", "", f"{details}.", ""]
            lines += [*(f"- [ ] {answer}" for answer in _answers(one)), ""]
    commands = [_command(one) for one in rappel.situations]
    lines += [_THANKS, "", _FOR_RECORDING, "", "```sh", *commands, "```", "", _INSTEAD]
    return "\n".join(lines) + "\n"


def as_eml(rappel: Rappel) -> str:
    """The message as a draft that a mail program opens, ready to be read over and sent by a person."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(rappel)
    address = mailable(rappel.responsable.courriel)
    if address:
        message["To"] = address
    message["X-Unsent"] = "1"  # a draft, for the programs that would take it for a message received
    message.set_content(body(rappel), charset="utf-8", cte="quoted-printable")
    return message.as_bytes().decode("ascii")


def mailable(address: str | None) -> str:
    """The address as every mail server takes it, its domain in ASCII; nothing where it has no such form: an accent
    before the « @ » leaves a draft without address.
    """
    name, _, domain = (address or "").rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode()}" if name.isascii() and name else ""
    except UnicodeError:
        return ""


FORMS: dict[str, tuple[Callable[[Rappel], str], str]] = {
    "texte": (as_text, "txt"),
    "md": (as_markdown, "md"),
    "eml": (as_eml, "eml"),
}
"""The forms of a reminder: what makes it, and how its file's name ends."""


def file_names(rappels: Iterable[Rappel], form: str) -> list[str]:
    """The name of the file of each reminder: « rappel-DG.txt ».

    No two are the same, be it on a disk that ignores case: two codes may differ by what a name of file cannot hold.
    """
    names: list[str] = []
    taken: set[str] = set()
    for rappel in rappels:
        who = rappel.responsable
        base = stem = f"rappel-{re.sub(r'[^A-Za-z0-9_-]', '-', who.code or who.nom)[:_LONGEST_NAME]}"
        number = 1
        while stem.lower() in taken:
            number += 1
            stem = f"{base}-{number}"
        taken.add(stem.lower())
        names.append(f"{stem}.{FORMS[form][1]}")
    return names


def without_address(rappels: Iterable[Rappel]) -> str:
    """What to do so that drafts have an address; nothing where all have one."""
    codes = [rappel.responsable.code for rappel in rappels if not mailable(rappel.responsable.courriel)]
    if not codes:
        return ""
    field = quoted("courriel: adresse@exemple.org")
    return f"Sans adresse{NBSP}: {', '.join(codes)}. Pour en donner une, ajoutez {field} dans responsables.yaml."
