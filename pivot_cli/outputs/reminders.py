"""A short, kind reminder for each responsable: what is due, in the plan's words, and three answers to each action.

Ready to paste or to open as a draft; nothing is ever sent. No blame, no duration, no threat: an échéance that has
passed is a question. Nothing here reads a clock or writes a file.
"""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.escaping import escape_markdown
from pivot_cli.suivi.etat import Dossier, Portrait, Situation, by_objectif, due
from pivot_cli.suivi.phrases import command_to_record, recurrent
from pivot_cli.text import NBSP, one_line, paragraph, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pivot_cli.plan.model import Responsable

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
    found = (Rappel(who, by_objectif(due(portrait.of(who), soon=True)), portrait) for who in responsables)
    return tuple(rappel for rappel in found if rappel.dossiers)


def subject(rappel: Rappel) -> str:
    """The subject of the message."""
    one = len(rappel.situations) == 1
    return f"Plan stratégique{NBSP}: " + ("où en est votre action?" if one else "où en sont vos actions?")


def _opening(rappel: Rappel) -> Iterator[str]:
    """The first paragraphs: whose plan, what is asked, and that nothing recorded does not mean nothing done."""
    number = len(rappel.situations)
    one = number == 1
    name = one_line(rappel.portrait.plan.organisme.nom)
    of = f" ({name})" if name else ""
    yield "Bonjour,"
    if rappel.portrait.over:
        yield f"Le plan stratégique{of} arrive à son terme, et il reste à dire ce qu'il est advenu de chaque action."
    what, given = ("une action", "est confiée") if one else (f"les {number} actions", "sont confiées")
    yield f"Voici {what} du plan stratégique{of} qui vous {given} et dont l'échéance est passée ou approche."
    enough = "Une réponse de quelques mots suffit" + ("." if one else " pour chacune.")
    perhaps = "elle est peut-être déjà faite" if one else "plusieurs sont peut-être déjà faites"
    known = any(situation.action.consignee for situation in rappel.situations)
    yield enough if known else f"Rien n'y est encore consigné{NBSP}: {perhaps}. {enough}"


def _answers(one: Situation) -> tuple[str, ...]:
    when = "faite la dernière fois le" if recurrent(one.action) else "faite le"
    return (f"{when} {_BLANK}", "en cours", f"nouvelle échéance{NBSP}: {_BLANK}")


def _details(one: Situation, rappel: Rappel) -> Iterator[str]:
    yield f"Échéance au plan{NBSP}: {one_line(one.action.echeance.texte)}"
    find = rappel.portrait.plan.registre.find
    named = [(find(name), name) for name in one.action.responsables]
    others = [one_line(who.nom if who else name) for who, name in named if who != rappel.responsable]
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


# --- the three forms --------------------------------------------------------------------------------------


def as_text(rappel: Rappel) -> str:
    """The message as it is pasted, under whom it is for and its subject."""
    who = rappel.responsable
    address = f" <{who.courriel}>" if who.courriel else ""
    return f"À{NBSP}: {one_line(who.nom)}{address}\nObjet{NBSP}: {subject(rappel)}\n\n{body(rappel)}"


def body(rappel: Rappel) -> str:
    """The message itself, in plain text."""
    lines: list[str] = []
    for text in _opening(rappel):
        lines += [*paragraph(text, _WIDTH), ""]
    for dossier in rappel.dossiers:
        lines += [*paragraph(one_line(dossier.place.objectif.titre), _WIDTH), ""]
        for one in dossier.situations:
            lines += paragraph(f"{one.id} {one_line(one.action.description)}", _WIDTH, 2, 4)
            for detail in _details(one, rappel):
                lines += paragraph(detail, _WIDTH, 4, 2)
            lines += [*(f"    [ ] {answer}" for answer in _answers(one)), ""]
    lines += [_THANKS, "", *paragraph(_FOR_RECORDING, _WIDTH)]
    lines += [f"  {command_to_record(one, '…')}" for one in rappel.situations]
    return "\n".join([*lines, *paragraph(_INSTEAD, _WIDTH)]) + "\n"


def as_markdown(rappel: Rappel) -> str:
    """The message for what shows Markdown: a forge, a wiki, a chat."""
    who = escape_markdown(one_line(rappel.responsable.nom))
    lines = [f"# {escape_markdown(subject(rappel))}", "", f"À{NBSP}: {who}", ""]
    for text in _opening(rappel):
        lines += [escape_markdown(text), ""]
    for dossier in rappel.dossiers:
        lines += [f"## {escape_markdown(one_line(dossier.place.objectif.titre))}", ""]
        for one in dossier.situations:
            details = ". ".join(escape_markdown(detail) for detail in _details(one, rappel))
            lines += [f"**{one.id}** {escape_markdown(one_line(one.action.description))}", "", f"{details}.", ""]
            lines += [*(f"- [ ] {answer}" for answer in _answers(one)), ""]
    commands = [command_to_record(one, "…") for one in rappel.situations]
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
        base = f"rappel-{re.sub(r'[^A-Za-z0-9_-]', '-', who.code or who.nom)[:_LONGEST_NAME]}"
        stems = chain([base], (f"{base}-{number}" for number in count(2)))
        stem = next(stem for stem in stems if stem.lower() not in taken)
        taken.add(stem.lower())
        names.append(f"{stem}.{FORMS[form][1]}")
    return names


def without_address(rappels: Iterable[Rappel]) -> str:
    """What to do so that drafts have an address; nothing where all have one."""
    codes = ", ".join(rappel.responsable.code for rappel in rappels if not mailable(rappel.responsable.courriel))
    given = f"ajoutez {quoted('courriel: adresse@exemple.org')} dans responsables.yaml"
    return f"Sans adresse{NBSP}: {codes}. Pour en donner une, {given}." if codes else ""
