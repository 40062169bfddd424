"""The actions that are asked for, with the filters of the command line as a form: its address can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, cast, get_args
from urllib.parse import parse_qs

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.page.visit import (
    Given,
    Lien,
    Option,
    Paquet,
    Sheet,
    Visit,
    gathered,
    names,
    options,
    orientations,
    orientations_asked,
    refusal,
    responsables,
    short,
    whole,
)
from pivot_cli.suivi import phrases
from pivot_cli.suivi.asked import Typed
from pivot_cli.suivi.etat import Etat, Situation
from pivot_cli.suivi.selection import Selection, Tri, asked_words, in_order
from pivot_cli.text import NBSP, capitalized, counted, fold, quoted

if TYPE_CHECKING:
    from pivot_cli.plan.model import Plan

_A_PAGE = 100  # actions
_LONGEST = 4_000  # characters of what a list was asked
_MOST_OFFERED = 300  # objectifs among which one is chosen: of more, its id is typed
_FORMS = {
    "csv": ("text/csv", "CSV, pour un tableur", ""),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel, à remplir",
        "openpyxl",
    ),
    "ics": ("text/calendar", "Calendrier", "icalendar"),
}
"""The forms of a list that are files: their kind, what they are called, the library that they ask for."""
_FIELDS = ("mots", "avant", "apres", "sans-nouvelles", "a-completer", "a-fermer", "commencees", "tri")
_LISTS = ("responsable", "orientation", "objectif", "etat")
ASKED = (*_FIELDS, *_LISTS, "page")


class Filtres(NamedTuple):
    """Ce qui est demandé, tel qu'on l'a écrit, et ce qu'on peut demander."""

    mots: str
    avant: str
    apres: str
    sans_nouvelles: str
    a_completer: bool
    a_fermer: bool
    commencees: bool
    responsables: tuple[Option, ...]
    orientations: tuple[Option, ...]
    objectifs: tuple[Option, ...]
    objectif: str
    etats: tuple[Option, ...]
    tris: tuple[Option, ...]
    ouverts: bool


class Liste(NamedTuple):
    """Des actions, et comment en demander d'autres."""

    filtres: Filtres
    refus: str
    remede: str
    phrase: str
    consigne: str
    paquets: tuple[Paquet, ...]
    noms: str
    avant: str
    apres: str
    page: str
    demande: str
    fichiers: tuple[Lien, ...]


def listing(visit: Visit) -> Sheet:
    """The actions that are asked for, a hundred at a time."""
    plan, noun = visit.seen.plan, visit.seen.plan.niveaux.action
    said, remedy, number = "", "", 1
    selection, kept = Selection(), tuple[Situation, ...]()
    try:
        selection, kept = _asked(visit)
        number = _page_asked(visit, len(kept))
    except PivotError as refused:
        said, remedy = refusal(refused)
    begin = (number - 1) * _A_PAGE
    shown = kept[begin : begin + _A_PAGE]
    last = -(-len(kept) // _A_PAGE)
    found = phrases.kept_in_words(selection, kept, plan) or f"{noun.counted(len(kept))} dans le plan."
    return Sheet(
        "liste.html",
        capitalized(noun.pluriel),
        Liste(
            filtres=_filters(visit),
            refus=said,
            remede=remedy,
            phrase="" if said else f"{found}{' Période commencée seulement.' if visit.one('commencees') else ''}",
            consigne=phrases.recorded(kept, noun) if kept else "",
            paquets=gathered(shown, visit, _order(visit)),
            noms=names(shown, visit),
            avant=_again(visit, page=str(number - 1)) if begin else "",
            apres=_again(visit, page=str(number + 1)) if number < last else "",
            page=f"Page {number} sur {last}" if last > 1 else "",
            demande=_again(visit, page=visit.one("page")).partition("?")[2],
            fichiers=tuple(_files(visit)) if kept else (),
        ),
        400 if said else 200,
    )


def as_file(visit: Visit, form: str) -> Given | None:
    """The same actions in a file; None where a list has no such form. Raises PivotError for what cannot be asked."""
    if form not in _offered():
        return None
    selection, kept = _asked(visit)
    lacking = "-plan-incomplet" if visit.seen.plan.unread else ""  # a file leaves without what the page says of it
    name = f"{fold(visit.seen.plan.niveaux.action.pluriel)}-{visit.day.isoformat()}{lacking}.{form}"
    return Given(_MAKERS[form](visit, selection, kept), _FORMS[form][0], name)


def _offered() -> list[str]:
    """The forms that can be made with what is installed."""
    return [form for form, (*_, library) in _FORMS.items() if not library or find_spec(library)]


def _as_csv(visit: Visit, selection: Selection, kept: Sequence[Situation]) -> bytes:
    from pivot_cli.outputs.exports import LIST, separated

    made: str = LIST["csv"](selection.cut(visit.seen), kept, selection, visit.today, _order(visit))
    return separated(made, ";").encode("utf-8-sig")  # without a mark, Excel takes it for Windows-1252


def _to_fill(visit: Visit, selection: Selection, kept: Sequence[Situation]) -> bytes:
    """What is open, to be sent to who has it."""
    from pivot_cli.outputs.workbook import workbook
    from pivot_cli.suivi.sheets import sheet, to_fill

    asked = to_fill(kept, selection)
    if not asked:
        message = f"il n'y a {visit.seen.plan.niveaux.action.aucun} à mettre dans une feuille."
        raise PivotError(message, "Enlevez un des filtres, ou choisissez un état.", ExitCode.USAGE)
    who = selection.responsables[0] if len(selection.responsables) == 1 else None
    return workbook(sheet(asked, visit.seen, who=who))


def _as_calendar(visit: Visit, selection: Selection, _kept: Sequence[Situation]) -> bytes:
    from pivot_cli.outputs.ics import calendar

    return calendar(visit.seen, selection).data.encode()


_MAKERS = {"csv": _as_csv, "xlsx": _to_fill, "ics": _as_calendar}


def _files(visit: Visit) -> Iterable[Lien]:
    for form in _offered():
        yield Lien(_FORMS[form][1], _again(visit, path=f"/liste.{form}"))


def _asked(visit: Visit) -> tuple[Selection, tuple[Situation, ...]]:
    """What is asked, and the actions that answer, in order; raises PivotError for what is not in the plan."""
    seen, words = visit.seen, visit.one("mots")
    typed = Typed(
        visit.several("responsable"),
        orientations_asked(visit),
        visit.several("objectif"),
        visit.several("etat"),
        visit.one("avant") or None,
        visit.one("apres") or None,
    )
    if visit.one("tri") not in ("", *get_args(Tri)):
        message = f"il n'y a pas d'ordre {quoted(visit.one('tri'))}."
        raise PivotError(message, "Choisissez-en un dans la liste.", ExitCode.USAGE)
    months = whole(visit.one("sans-nouvelles"))
    if visit.one("sans-nouvelles") and not months:
        message = f"{quoted('sans nouvelles depuis')} attend un nombre de mois{NBSP}: 3, par exemple."
        raise PivotError(message, "", ExitCode.USAGE)
    selection = typed.selection(seen.plan, options=False)._replace(
        mots=asked_words([words]),
        sans_nouvelles=months,
        a_fermer=bool(visit.one("a-fermer")),
        a_completer=visit.reading.asking if visit.one("a-completer") else None,
    )
    kept = selection.keep(seen)
    if visit.one("commencees"):
        kept = tuple(one for one in kept if one.entamee and one.etat is Etat.A_VENIR)
    return selection, tuple(in_order(kept, seen.plan, _order(visit)))


def _page_asked(visit: Visit, many: int) -> int:
    """The page that is asked for, from 1; raises PivotError where the list has no such one."""
    asked, last = visit.one("page") or "1", max(-(-many // _A_PAGE), 1)
    if not 1 <= (whole(asked) or 0) <= last:
        message = f"la liste n'a pas de page {quoted(asked)}{NBSP}: elle en a {last}."
        raise PivotError(message, "Revenez à la première.", ExitCode.USAGE)
    return int(asked)


def _order(visit: Visit) -> Tri:
    return cast("Tri", visit.one("tri")) if visit.one("tri") in get_args(Tri) else "plan"


def _again(visit: Visit, path: str = "/liste", **more: str) -> str:
    """The address of the same question, asked otherwise."""
    asked: dict[str, str | Sequence[str]] = {name: visit.one(name) for name in _FIELDS}
    return visit.to(path, **asked, **{name: visit.several(name) for name in _LISTS}, **more)


def back_to(visit: Visit, asked: str) -> str:
    """The address of the list from which a form came, as `Liste.demande` gave it; nothing else of it is kept."""
    found = parse_qs(asked, max_num_fields=_MOST_OFFERED) if len(asked) <= _LONGEST else {}
    return visit.to("/liste", **{name: values for name, values in found.items() if name in ASKED})


def _filters(visit: Visit) -> Filtres:
    plan = visit.seen.plan

    known, apart = _objectifs(plan), plan.dossier is not plan.niveaux.orientation
    orders = (("plan", "du plan"), ("echeance", "des échéances"), ("responsable", "des responsables"))
    etats = dict.fromkeys(phrases.ETATS_ASKED.values())
    return Filtres(
        mots=visit.one("mots"),
        avant=visit.one("avant"),
        apres=visit.one("apres"),
        sans_nouvelles=visit.one("sans-nouvelles"),
        a_fermer=bool(visit.one("a-fermer")),
        a_completer=bool(visit.one("a-completer")),
        commencees=bool(visit.one("commencees")),
        responsables=responsables(visit),
        orientations=orientations(visit),
        objectifs=options(visit, "objectif", known) if apart and len(known) <= _MOST_OFFERED else (),
        objectif=" ".join(visit.several("objectif")[:1]),
        etats=options(visit, "etat", ((name, capitalized(plan.niveaux.action.said(name))) for name in etats)),
        tris=tuple(Option(value, text, value == _order(visit)) for value, text in orders),
        ouverts=any(visit.several(name) for name in (*_FIELDS[1:-1], "objectif", "orientation")),
    )


def _objectifs(plan: Plan) -> list[tuple[str, str]]:
    """The objectifs, by their ids; none where the plan has no such level."""
    places = {place.objectif_id: place for place in reversed(plan.places)}
    headed = ((id_, phrases.heading_of(place, plan.niveaux)) for id_, place in reversed(places.items()))
    return [(id_, f"{id_} {short(title)}") for id_, title in headed]


def pages_of(some: Sequence[Situation]) -> tuple[Sequence[Situation], str]:
    """The first actions of a level, and how many others there are."""
    left = len(some) - _A_PAGE
    return some[:_A_PAGE], f"Et {counted(left, 'autre')}" if left > 0 else ""
