"""What a view is given, the plan at a day and what was asked of it; and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from pivot_cli.documents.listing import line
from pivot_cli.documents.values import Ligne
from pivot_cli.finding import ExitCode, Finding, PivotError
from pivot_cli.screens.faults import window
from pivot_cli.suivi import phrases
from pivot_cli.suivi.etat import Portrait, Situation
from pivot_cli.suivi.selection import incomplete
from pivot_cli.text import NBSP, capitalized, fold, one_line, quoted, truncate

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage, MultiDict

    from pivot_cli.page.desk import Desk, Reading
    from pivot_cli.page.recorder import Recorder
    from pivot_cli.suivi.selection import Tri

_MOST_TITLE = 70  # characters of one that is chosen
_EXCERPT = 100  # characters of the line of a fault


class Visit(NamedTuple):
    """A request: the plan, the day that it is looked at, and what the address, or a form, asks; `au` is the day that it
    names, `here` the address itself. What is wrong with a form that was sent is in `faults`, by field; `recorder`
    writes to the plan, and is not to be asked to where the session only reads.
    """

    desk: Desk
    reading: Reading
    args: MultiDict[str, str]
    today: date
    au: date | None
    recorder: Recorder
    here: str = "/"
    reading_only: bool = False
    faults: Mapping[str, Reproche] = {}
    files: Mapping[str, FileStorage] = {}

    @property
    def day(self) -> date:
        """The day that the plan is looked at."""
        return self.au or self.today

    @property
    def seen(self) -> Portrait:
        """The plan at that day."""
        return self.reading.at(self.day)

    @property
    def now(self) -> Portrait:
        """The plan today, whatever the day that it is looked at: what is recorded is added to that."""
        return self.reading.at(self.today)

    @property
    def to_complete(self) -> list[Situation]:
        """The actions that have nobody, no échéance that can be read, or a question written in the plan."""
        asking = self.reading.questions
        return [one for one in self.seen.situations if one.id in asking or incomplete(one)]

    def one(self, name: str) -> str:
        """What a field says, nothing where it is empty or absent."""
        return self.args.get(name, "").strip()

    def several(self, name: str) -> list[str]:
        """What the fields of that name say."""
        return [value.strip() for value in self.args.getlist(name) if value.strip()]

    def to(self, path: str, **asked: str | Sequence[str]) -> str:
        """The address of another page, of the same day."""
        named = {name.rstrip("_").replace("_", "-"): value for name, value in asked.items() if value}
        if self.au:
            named["au"] = self.au.isoformat()
        return f"{quote(path)}{'?' if named else ''}{urlencode(named, doseq=True)}"


class Reproche(NamedTuple):
    """Ce qui ne va pas dans un champ, et ce qu'il faut y écrire."""

    refus: str
    remede: str = ""


class Sheet(NamedTuple):
    """A page: its template, its title, the values that it lays out, its code, and what stands above the title."""

    gabarit: str
    titre: str
    valeurs: tuple[Any, ...]
    code: int = 200
    surtitre: str = ""


class Given(NamedTuple):
    """A document: its bytes or its text, its kind, and the name of the file, none where it is shown at once."""

    data: bytes | str
    kind: str
    name: str = ""


class Later(NamedTuple):
    """A document that takes long to make, of what is known already: nothing waits for it but who asked; `make` raises
    PivotError, and `otherwise` is the page that says so.
    """

    make: Callable[[], Given]
    otherwise: Callable[[PivotError], Sheet]


class Lien(NamedTuple):
    """Un lien, et ce qui le suit."""

    texte: str
    adresse: str
    suite: str = ""


LABELS = {
    "au": "Situation au",
    "changements-depuis": "Ce qui a changé depuis",
    "date": "Date",
    "du": "Depuis le",
    "exercice": "Exercice",
    "precedente": "Réunion précédente",
    "statut": "Où en est-on?",
    "le": "Quand",
    "note": "Note interne",
    "par": "Note de",
    "resultat": "Résultat public",
    "realisation": "Faite encore une fois",
    "reporter": "Reportée à",
    "echeance": "Échéance",
    "proposer": "Proposer",
    "motif": "Pourquoi",
    "resolution": "Résolution du conseil",
    "decision": "À décider par le conseil",
    "attribuer": "Responsables",
    "porteur": "Porteur",
    "budget-prevu": "Budget prévu",
    "budget-reel": "Budget dépensé",
    "corriger": "Corriger une erreur",
    "au-lieu-de": "Au lieu de",
    "nouveau-nom": "Son nom, ou celui de son poste",
    "nouveau-alias": "Une autre façon de l'écrire",
    "lieu": "Lieu",
    "lien": "Adresse de la rencontre à distance",
    "titre": "Titre",
    "proces-verbal": "Procès-verbal",
}
"""What the forms call what the options of the command line name."""
_ON_THE_PAGE = (
    (r", ou vérifiez le plan sans \W*--depuis\W*\.$", ", puis recommencez."),
    (r",? ou un autre (?:dernier )?jour avec --au| \(--au\)", ""),  # it is the day of the page
    (r"pivot agenda(?: --type aga)? --date |(?<=par exemple )--exercice ", ""),
    (r"Pour savoir pourquoi\s*: pivot validate", "La page de ses fautes dit pourquoi."),
    (r"dans reunions\.yaml", "au plan"),
    (r"\s*: pivot note \S+ --([a-z-]+) \"…\"$", lambda found: f", remplissez {quoted(LABELS[found[1]])}."),
    (r"Pour en dire quelque chose\s*: pivot note (\S+)", r"Pour en dire quelque chose, ouvrez \1."),
    (r"(?:\xab\s)?--([a-z-]+)(?:\s\xbb)?", lambda found: quoted(LABELS.get(found[1], found[1]))),
    (r'"([^"]*)"', lambda found: quoted(found[1])),
)


def refusal(refused: PivotError) -> tuple[str, str]:
    """What cannot be done, and what to do, in the words of the forms rather than those of a terminal."""
    return on_the_page(capitalized(refused.message)), on_the_page(refused.remedy)


def on_the_page(text: str) -> str:
    """What is told to who types in a terminal, in the words of the forms."""
    for pattern, instead in _ON_THE_PAGE:
        text = re.sub(pattern, instead, text)
    return text


class Option(NamedTuple):
    """Ce qu'on peut choisir dans une liste."""

    valeur: str
    texte: str
    choisie: bool


def options(visit: Visit, name: str, known: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """What can be chosen in the list of that name, with what was."""
    asked = {fold(value) for value in visit.several(name)}
    return tuple(Option(value, text, fold(value) in asked) for value, text in known)


def responsables(visit: Visit) -> tuple[Option, ...]:
    """Who can be chosen."""
    people = [(who.code or one_line(who.nom), one_line(who.nom)) for who in visit.seen.plan.registre]
    return options(visit, "responsable", people)


def orientations(visit: Visit) -> tuple[Option, ...]:
    """The orientations that can be chosen."""
    plan = visit.seen.plan
    levels = [(str(one.numero), short(phrases.orientation_heading(one, plan.niveaux))) for one in plan.orientations]
    return options(visit, "orientation", levels)


def orientations_asked(visit: Visit) -> list[int]:
    """The numbers that were asked for; raises PivotError for what is none."""
    noun, asked = visit.seen.plan.niveaux.orientation, {text: whole(text) for text in visit.several("orientation")}
    for text, number in asked.items():
        if number is None:
            remedy = f"Choisissez {noun.un} dans la liste."
            raise PivotError(f"{quoted(text)} n'est pas un numéro {noun.de}.", remedy, ExitCode.USAGE)
    return [number for number in asked.values() if number is not None]


def whole(text: str) -> int | None:
    """A whole number as it was typed, of a reasonable size; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None


def short(text: str) -> str:
    """A title as a list of choices shows it."""
    return truncate(one_line(text), _MOST_TITLE)


class Faute(NamedTuple):
    """Une faute du plan : sa place, ce qui ne va pas, la ligne avec ce qui y est en cause, ce qu'il faut écrire."""

    gravite: str
    endroit: str
    message: str
    avant: str
    en_cause: str
    apres: str
    aide: tuple[str, ...]


def fault(finding: Finding, reading: Reading) -> Faute:
    """A fault of the plan, with its line where it has one."""
    where, source = finding.location, reading.texts.get(finding.location.file)
    text = source.line_text(where.line) if source else ""
    before = inside = after = ""
    if text.strip() and (where.line, where.column) != (where.end_line, where.end_column):
        end = where.end_column - 1 if where.end_line == where.line else len(text.rstrip())
        shown, start, end = window(text, where.column - 1, end, _EXCERPT)
        before, inside, after = shown[:start], shown[start:end], shown[end:]
    place = f"{one_line(where.file)}, ligne {where.line}"
    remedy = tuple(filter(None, finding.remedy.rstrip().split("\n")))
    return Faute(finding.gravite.value, place, one_line(finding.message), before, inside, after, remedy)


class Paquet(NamedTuple):
    """Des actions sous un même titre, avec l'adresse de ce qui les réunit."""

    titre: str
    id: str
    adresse: str
    lignes: tuple[Ligne, ...]


def gathered(some: Sequence[Situation], visit: Visit, tri: Tri = "plan") -> tuple[Paquet, ...]:
    """Actions in their order, under what gathers them in it; the `ancre` of each is the address of its page."""
    plan, found, rest = visit.seen.plan, [], visit.to("")
    for heading, together in phrases.under_headings(some, plan, tri):
        id_, _, title = heading.partition("  ") if tri == "plan" else ("", "", heading)
        rows = tuple(line(one, visit.seen, None)._replace(ancre=f"/action/{quote(one.id)}{rest}") for one in together)
        found.append(Paquet(title, id_, visit.to(f"/plan/{id_}") if id_ else "", rows))
    return tuple(found)


def names(some: Sequence[Situation], visit: Visit) -> str:
    """What the short names of these actions stand for."""
    known = phrases.short_names(some, visit.seen.plan)
    return "; ".join(f"{short}{NBSP}: {whole}" for short, whole in known)
