"""What a form asks to write, and what became of it: every form of the page is read, shown, then written, the same way.

A form is an entry of `FORMS`, `site.py`: the view that shows it, and what prepares the files that it changes. The same
address is asked by GET for the form, by POST for the lines before and after, then once more to write them; what was
typed is held by the page between the two.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.page.recorder import Change
from pivot_cli.page.visit import Lien, Reproche, Sheet, Visit
from pivot_cli.record.known import Known
from pivot_cli.text import clean

if TYPE_CHECKING:
    from pivot_cli.documents.values import Champ
    from pivot_cli.record.surgery import Hunk
    from pivot_cli.record.writing import Exchange

OWN = ("jeton", "etape", "envoi", "vu", "propose", "message", "nom", "courriel")
"""The fields that are those of every form: what is done with what was typed, and how it is kept."""


class Lignes(NamedTuple):
    """Des lignes d'un fichier qui changent, et ce qu'il y a au-dessus."""

    endroit: str
    sous: str
    avant: tuple[str, ...]
    apres: tuple[str, ...]


class Bloc(NamedTuple):
    """Ce qui change d'une chose du plan : ce qu'elle est, où elle en est avant et après, ce qu'il est bon de savoir."""

    titre: str
    suite: str = ""
    remarques: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """What a form changes: the files to write, what is shown of it, the message that the history keeps (a title, then
    what it says more), and where to go back to. Without any file, the plan says it already, or `rien` says why.
    """

    exchanges: tuple[Exchange, ...]
    blocs: tuple[Bloc, ...]
    lignes: tuple[Lignes, ...]
    message: str
    retour: Lien
    rien: str = "Le plan le dit déjà."
    held: Mapping[str, Sequence[str]] = {}
    """The fields that hold something else than what was typed: in the place of a file, its key."""

    @property
    def seen(self) -> str:
        """What changes with the lines that it changes: what is written is what was shown."""
        lines = "\0".join("\n".join((*one.avant, "", *one.apres)) for one in self.lignes)
        return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @property
    def change(self) -> Change:
        """The same, as it is written."""
        return Change(self.exchanges, self.message, self.retour[:2])


class Faulty(Exception):  # noqa: N818 - what was typed, not an error of the program
    """What is wrong with what was typed, by field (« » for the whole): nothing is written, and the form shows it."""

    def __init__(self, faults: Mapping[str, Reproche]) -> None:
        super().__init__()
        self.faults = faults


class Conflit(NamedTuple):
    """Une chose du plan qui a changé depuis que la page l'a montrée : ce qu'il en dit, et ce qui était demandé."""

    titre: str
    adresse: str
    maintenant: tuple[Champ, ...]
    demande: tuple[Champ, ...]


class Changed(Exception):  # noqa: N818
    """What the form is about changed since it was shown: both are shown, and nothing is written. `fresh` are the
    fields that hold what the plan says now, to go on from there.
    """

    def __init__(self, conflicts: Sequence[Conflit], fresh: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.conflicts, self.fresh = tuple(conflicts), fresh


class Form(NamedTuple):
    """A form of the page: the view that shows it, with `visit.args` typed and `visit.faults` beside its fields, what
    prepares the change, the names of its fields, and whether it holds a file.

    `prepare` is called without anybody else writing to the plan, once to show the change and once to write it. Raises
    `Faulty`, `Changed`, or PivotError.
    """

    view: Callable[..., Sheet | None]
    prepare: Callable[..., Prepared | None]
    asked: Sequence[str]
    holds_a_file: bool = False


class Apercu(NamedTuple):
    """Ce qui serait écrit : rien ne l'est encore."""

    blocs: tuple[Bloc, ...]
    lignes: tuple[Lignes, ...]
    adresse: str
    champs: tuple[tuple[str, str], ...]
    envoi: str
    vu: str
    dans_git: bool
    message: str
    propose: str
    suite_du_message: str
    demander_qui: bool
    nom: str
    courriel: str
    avis: tuple[str, ...]
    fautes: Mapping[str, Reproche]
    retour: Lien
    rien: str


class Conflits(NamedTuple):
    """Ce qui a changé pendant qu'on remplissait le formulaire."""

    conflits: tuple[Conflit, ...]
    adresse: str
    champs: tuple[tuple[str, str], ...]


def typed_in(visit: Visit, fresh: Mapping[str, Sequence[str]] | None = None) -> tuple[tuple[str, str], ...]:
    """Every field that was typed, to be held by a page; in the place of some, what the plan says now."""
    instead = fresh or {}
    held = [(name, value) for name, value in visit.args.items(multi=True) if name not in (*OWN, "au", *instead)]
    return (*held, *((name, value) for name, values in instead.items() for value in values))


def known_of(visit: Visit) -> Known:
    """The plan as the page reads it, for what is put in one of its lists."""
    reading = visit.reading
    return Known(reading.files, reading.plan, list(reading.findings), lambda files: visit.desk.edge.judge(files, {}))


def lines_of(shown: str, hunks: Sequence[Hunk]) -> tuple[Lignes, ...]:
    """The lines of a file that change, without the indentation that they share."""
    found = []
    for hunk in hunks:
        kept = [line for line in (*hunk.removed, *hunk.added, hunk.before) if line.strip()]
        shared = min((len(line) - len(line.lstrip()) for line in kept), default=0)
        before, removed, added = (
            tuple(clean(line[shared:].rstrip()) for line in some) for some in ((hunk.before,), hunk.removed, hunk.added)
        )
        found.append(Lignes(f"{shown}, ligne {hunk.line}", before[0], removed, added))
    return tuple(found)


def retitled(visit: Visit) -> str:
    """The title that somebody gave to a change in the place of the one that was proposed; nothing where it was kept."""
    return "" if visit.one("message") == visit.one("propose") else visit.one("message")


def new_sending() -> str:
    """The name of a change that is about to be written: sent twice, it is written once."""
    return secrets.token_urlsafe(12)


class Preview(NamedTuple):
    """What the page that shows a change is told, beside the change: where it is sent, and how it would be kept."""

    address: str
    keeps: bool
    asks_who: bool
    warnings: tuple[str, ...] = ()
    faults: Mapping[str, Reproche] = {}


def preview(visit: Visit, prepared: Prepared, told: Preview) -> Sheet:
    """The lines before and after, and how the change will be named."""
    title, _, rest = prepared.message.partition("\n")
    return Sheet(
        "apercu.html",
        "Ce qui sera écrit" if prepared.exchanges else "Rien à écrire",
        Apercu(
            blocs=prepared.blocs,
            lignes=prepared.lignes,
            adresse=told.address,
            champs=typed_in(visit, prepared.held),
            envoi=visit.one("envoi") or new_sending(),
            vu=prepared.seen,
            dans_git=told.keeps,
            message=retitled(visit) or title,
            propose=title,
            suite_du_message=rest.strip("\n"),
            demander_qui=told.asks_who,
            nom=visit.one("nom"),
            courriel=visit.one("courriel"),
            avis=told.warnings,
            fautes=told.faults,
            retour=prepared.retour,
            rien=prepared.rien,
        ),
        400 if told.faults else 200,
    )


def conflict(visit: Visit, changed: Changed, address: str) -> Sheet:
    """What the plan says now beside what was typed, and nothing written."""
    values = Conflits(changed.conflicts, address, typed_in(visit, changed.fresh))
    return Sheet("conflit.html", "Le plan a changé pendant ce temps", values, 400)
