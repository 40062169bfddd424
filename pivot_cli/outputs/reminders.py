"""A short, kind reminder for each responsable: what is due, in the plan's words, and five answers to each action.

Ready to paste or to open as a draft; nothing is ever sent. No blame, no duration, no threat, and no command either:
an échéance that has passed is a question, and who answers may never have seen a terminal. Nothing here reads a clock
or writes a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.escaping import escape_markdown
from pivot_cli.plan.model import Action, Responsable
from pivot_cli.suivi.etat import Dossier, Portrait, Situation, by_objectif, due
from pivot_cli.suivi.phrases import (
    command_to_record,
    heading_of,
    news_of,
    plan_inside,
    plan_title,
    unassigned,
    with_years,
)
from pivot_cli.suivi.when import due_again, on, recorded_day, recurrent, wording
from pivot_cli.text import NBSP, day_in_words, one_line, paragraph, quoted

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_WIDTH = 72  # columns of a message, as mail programs show it without breaking its lines
_BLANK = "_" * 14
_THANKS = "Merci! Il suffit de répondre à ce message."
_LONGEST_NAME = 60  # characters of whom it is for, in the name of a file


class Rappel(NamedTuple):
    """What one responsable is asked about, objectif by objectif."""

    responsable: Responsable
    dossiers: tuple[Dossier, ...]
    portrait: Portrait
    portee: str = ""  # what was asked of the actions, as the end of a list: « orientation 3 »

    @property
    def nom(self) -> Nom:
        """What the plan calls an action."""
        return self.portrait.plan.niveaux.action

    @property
    def situations(self) -> list[Situation]:
        """The actions, in the order of the message."""
        return [one for dossier in self.dossiers for one in dossier.situations]


def reminders(portrait: Portrait, responsables: Iterable[Responsable], portee: str = "") -> tuple[Rappel, ...]:
    """A reminder for each of these responsables that has an échéance passed or near."""
    found = (Rappel(who, by_objectif(due(portrait.of(who), soon=True)), portrait, portee) for who in responsables)
    return tuple(rappel for rappel in found if rappel.dossiers)


def subject(rappel: Rappel) -> str:
    """The subject of the message."""
    one, nom = len(rappel.situations) == 1, rappel.nom
    asked = f"où en est votre {nom.nom}?" if one else f"où en sont vos {nom.pluriel}?"
    return f"{with_years(plan_title(rappel.portrait.plan), rappel.portrait.plan)}{NBSP}: {asked}"


def _opening(rappel: Rappel) -> Iterator[str]:
    """The first paragraphs: whose plan, what is asked, and that nothing recorded does not mean nothing done."""
    number, nom, plan = len(rappel.situations), rappel.nom, rappel.portrait.plan
    called = with_years(plan_inside(plan), plan)
    one = number == 1
    of = "; ".join(filter(None, (one_line(plan.organisme.nom), rappel.portee)))
    of = f" ({of})" if of else ""
    yield "Bonjour,"
    if rappel.portrait.over:
        left = f"il reste à dire ce qu'il est advenu de chaque {nom.nom}."
        yield f"Le {called}{of} arrive à son terme, et {left}"
    what, given = (nom.un, "est") if one else (f"les {number} {nom.pluriel}", "sont")
    given += f" {nom.agreed('confié', number)}"
    passed = {situation.etat.passed for situation in rappel.situations}
    when = " ou ".join(words for words, among in (("est passée", True), ("approche", False)) if among in passed)
    yield f"Voici {what} du {called}{of} qui vous {given} et dont l'échéance {when}."
    enough = "Une réponse de quelques mots suffit" + ("." if one else " pour chacune.")
    perhaps = f"plusieurs sont peut-être déjà {nom.agreed('fait', 2)}"
    if number < 3:
        which = nom.il if one else nom.pick("l'un ou l'autre", "l'une ou l'autre")
        perhaps = f"{which} est peut-être déjà {nom.agreed('fait')}"
    known = any(situation.action.consignee for situation in rappel.situations)
    yield enough if known else f"Rien n'y est encore consigné{NBSP}: {perhaps}. {enough}"


def _answers(one: Situation, nom: Nom) -> tuple[str, ...]:
    when = f"{nom.agreed('fait')} {'encore une fois ' if recurrent(one.action) else ''}le"
    moved, other = f"nouvelle échéance{NBSP}: {_BLANK}", f"autre{NBSP}: {_BLANK}"
    return (f"{when} {_BLANK}", "en cours", moved, "ne se fera pas", other)


def _known(action: Action, nom: Nom) -> str:
    """What is recorded of an action, with its day where it is known; a note is only said to be there."""
    said, day = news_of(action, nom), action.statut_le
    if action.statut is None:
        return f"une {said}" if said.startswith("note ") else said
    last = max(action.realisations, key=lambda when: when.debut, default=None)
    dated = f"{said} ({recorded_day(day)})" if day else said
    return f"{dated}; {nom.agreed('fait')} {on(last)}" if last else dated


def _when(one: Situation) -> str:
    """The échéance in the plan's words; of what comes again, how often, and which time is asked about."""
    said, again = wording(one.action.echeance), due_again(one)
    if one.action.recurrence:
        said = f"{said}, puis {one_line(one.action.recurrence.texte)}"
    return f"{said}; cette fois, pour le {day_in_words(again[1])}" if again else said


def _details(one: Situation, rappel: Rappel) -> Iterator[str]:
    yield f"Échéance au plan{NBSP}: {_when(one)}"
    named = [(rappel.portrait.plan.registre.find(name), name) for name in one.action.responsables]
    others = [one_line(who.nom if who else name) for who, name in named if who != rappel.responsable]
    if others:
        yield f"Avec{NBSP}: {', '.join(dict.fromkeys(others))}"
    if one.action.consignee:
        yield f"Déjà consigné{NBSP}: {_known(one.action, rappel.nom)}"


def _said(action: Action) -> str:
    """What is to be done, its number in the document first."""
    return " ".join(one_line(text) for text in (action.reference, action.description) if text)


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
        lines += [*paragraph(heading_of(dossier.place, rappel.portrait.plan.niveaux), _WIDTH), ""]
        for one in dossier.situations:
            lines += paragraph(f"{one.id} {_said(one.action)}", _WIDTH, 2, 4)
            for detail in _details(one, rappel):
                lines += paragraph(detail, _WIDTH, 4, 2)
            lines += [*(f"    [ ] {answer}" for answer in _answers(one, rappel.nom)), ""]
    return "\n".join([*lines, _THANKS]) + "\n"


def as_markdown(rappel: Rappel) -> str:
    """The message for what shows Markdown: a forge, a wiki, a chat."""
    who = escape_markdown(one_line(rappel.responsable.nom))
    lines = [f"# {escape_markdown(subject(rappel))}", "", f"À{NBSP}: {who}", ""]
    for text in _opening(rappel):
        lines += [escape_markdown(text), ""]
    for dossier in rappel.dossiers:
        lines += [f"## {escape_markdown(heading_of(dossier.place, rappel.portrait.plan.niveaux))}", ""]
        for one in dossier.situations:
            details = ". ".join(escape_markdown(detail) for detail in _details(one, rappel))
            lines += [f"**{one.id}** {escape_markdown(_said(one.action))}", "", f"{details}.", ""]
            lines += [*(f"- [ ] {answer}" for answer in _answers(one, rappel.nom)), ""]
    return "\n".join([*lines, _THANKS]) + "\n"


class Jointe(NamedTuple):
    """The sheet that goes with a draft: what its file is called, and its bytes."""

    nom: str
    octets: bytes


_FILL_IN = "Vous pouvez aussi remplir la feuille jointe, et la renvoyer."
_BOUNDARY = "=_pivot"  # « =_ » can stand in no part that is quoted-printable or in base 64 (RFC 2045, 6.7)


def as_eml(rappel: Rappel, jointe: Jointe | None = None) -> str:
    """The message as a draft that a mail program opens, ready to be read over and sent by a person, with a sheet to
    fill in, if any.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(rappel)
    if address := mailable(rappel.responsable.courriel):
        message["To"] = address
    message["X-Unsent"] = "1"  # a draft, for the programs that would take it for a message received
    text = body(rappel) if jointe is None else f"{body(rappel)}{_FILL_IN}\n"
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    if jointe:
        kind = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        message.add_attachment(jointe.octets, *kind, filename=jointe.nom)
        message.set_boundary(_BOUNDARY)
    return message.as_bytes().decode("ascii")


def mailable(address: str | None) -> str:
    """The address as mail servers take it, its domain in ASCII; nothing where an accent is before the « @ »."""
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


def recording(rappels: Sequence[Rappel]) -> str:
    """For whoever gets the answers, and never in what is sent: how one of them is recorded."""
    first = command_to_record(rappels[0].situations[0], "…")
    return f"Pour consigner une réponse{NBSP}: {first}. Les autres cas{NBSP}: pivot note --help"


def file_names(rappels: Iterable[Rappel], form: str) -> list[str]:
    """« rappel-DG.txt », each another name: two codes may differ by what a name of file cannot hold."""
    names: dict[str, str] = {}  # by what a disk that ignores case makes of them
    for rappel in rappels:
        who = rappel.responsable
        base = f"rappel-{re.sub(r'[^A-Za-z0-9_-]', '-', who.code or who.nom)[:_LONGEST_NAME]}"
        stems = chain([base], (f"{base}-{number}" for number in count(2)))
        stem = next(stem for stem in stems if stem.lower() not in names)
        names[stem.lower()] = f"{stem}.{FORMS[form][1]}"
    return list(names.values())


def without_address(rappels: Iterable[Rappel]) -> str:
    """What to do so that drafts have an address; nothing where all have one."""
    codes = ", ".join(rappel.responsable.code for rappel in rappels if not mailable(rappel.responsable.courriel))
    given = f"ajoutez {quoted('courriel: adresse@exemple.org')} dans responsables.yaml"
    return f"Sans adresse{NBSP}: {codes}. Pour en donner une, {given}." if codes else ""


def without_responsable(portrait: Portrait) -> str:
    """What would be asked about, had it somebody; nothing where all of it has."""
    left = [one for one in due(portrait.situations, soon=True) if not one.action.responsables]
    if not left:
        return ""
    return f"{unassigned(left, portrait.plan)}. Dites à qui{NBSP}: pivot note {left[0].id} --attribuer NOM"
