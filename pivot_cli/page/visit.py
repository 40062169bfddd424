"""What a view is given, the plan at a day and what was asked of it; and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from pivot_cli.documents.listing import line
from pivot_cli.documents.values import Ligne
from pivot_cli.finding import Finding, PivotError
from pivot_cli.screens.faults import window
from pivot_cli.suivi import phrases
from pivot_cli.suivi.etat import Portrait, Situation
from pivot_cli.text import NBSP, one_line

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from pivot_cli.page.desk import Desk, Reading
    from pivot_cli.suivi.selection import Tri

_EXCERPT = 100  # characters of the line of a fault


class Visit(NamedTuple):
    """A request: the plan, the day that it is looked at, and what the address asks; `au` is the day that it names."""

    desk: Desk
    reading: Reading
    args: MultiDict[str, str]
    today: date
    au: date | None

    @property
    def day(self) -> date:
        """The day that the plan is looked at."""
        return self.au or self.today

    @property
    def seen(self) -> Portrait:
        """The plan at that day."""
        return self.reading.at(self.day)

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


class Option(NamedTuple):
    """Ce qu'on peut choisir dans une liste."""

    valeur: str
    texte: str
    choisie: bool


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
