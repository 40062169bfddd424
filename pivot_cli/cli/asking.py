"""What a plan that begins is told: by options, else by questions on the terminal, answered « o », « oui », « n »."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from pivot_cli.cli.app import Texte, Textes, option
from pivot_cli.cli.edge import misused
from pivot_cli.cli_french import say
from pivot_cli.text import NBSP, clean, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.intake.draft import Draft
    from pivot_cli.intake.files import Answers
    from pivot_cli.plan.nouns import Niveaux

T = TypeVar("T")


class Told(NamedTuple):
    """What options say of a plan, each as it was typed."""

    nom: Annotated[Texte, option("TEXTE", "Le nom de l'organisme.")] = None
    titre: Annotated[Texte, option("TEXTE", "Le titre du plan : Plan d'action MADA 2023-2027.")] = None
    periode: Annotated[Texte, option("PÉRIODE", 'Sa période : 2023-2027, "avril 2023 à mars 2026".')] = None
    exercice: Annotated[Texte, option("MOIS", "Le premier mois de l'exercice financier : avril.")] = None
    niveaux: Annotated[Texte, option("NOMS", 'Ses niveaux, de haut en bas : "axe, objectif, mesure".')] = None
    conseil: Annotated[Texte, option("TEXTE", "Le nom du conseil : Conseil municipal.")] = None
    reunion: Annotated[Textes, option("DATE", "Le jour d'une prochaine réunion.")] = None
    historique: Annotated[
        bool | None,
        typer.Option("--historique/--sans-historique", help="Garde ou non l'historique du plan (git)."),
    ] = None


class Decided(NamedTuple):
    """All that was told of a plan, by options or by answers; whether its history is to be kept; its levels if it is
    made of no document.
    """

    answers: Answers
    historique: bool
    levels: tuple[str, ...]


def decided(told: Told, draft: Draft | None, parent: str, *, quiet: bool, follows: bool = False) -> Decided:
    """What options say, and the answers to what they do not; raises PivotError for what is not understood. Of a plan
    that `follows` another, only what is not that one's is asked.
    """
    from pivot_cli.intake.files import Answers, suggestion

    ask = _Asker(quiet=quiet, needed=draft is None)
    titre = (draft and draft.organisation.titre) or ""
    proposed = draft.organisation.proposed if draft and not quiet else ("", "")
    named = (draft and draft.organisation.nom) or proposed[0]
    same = _Asker(quiet=True, needed=False) if follows else ask
    nom = same.value("Nom de l'organisme", told.nom, "--nom", _text, named)
    titre = titre or proposed[1]
    titre = ask.value("Titre du plan", told.titre, "--titre", _text, titre) or ""
    years = suggestion(titre)
    period = ask.value("Période du plan", told.periode, "--periode", _period, years[0] if years and not quiet else "")
    exercice = same.value("Premier mois de l'exercice financier", told.exercice, "--exercice", _month)
    niveaux: Niveaux | None = None
    levels: tuple[str, ...] = ("orientation",)
    if draft is None or told.niveaux:
        example = "orientation, objectif, action" if draft is None else ""
        called = same.value("Noms des niveaux, de haut en bas", told.niveaux, "--niveaux", _levels, example)
        niveaux, levels = called or (None, levels)
    board = "" if quiet or follows else "Conseil d'administration"
    conseil = same.value("Nom du conseil", told.conseil, "--conseil", _text, board)
    if told.reunion is not None or quiet:
        days = tuple(_day(day, "--reunion") for day in told.reunion or ())
    else:
        days = ask.value("Prochaines réunions du conseil (2026-09-15, 2026-10-20)", None, "--reunion", _days) or ()
    history = ask.yes(f"Garder l'historique du plan, avec git, dans {parent}?", told.historique)
    debut, fin = period or ("", "")
    answers = Answers(nom or "", titre, debut, fin, exercice or "", niveaux, conseil or "", days)
    return Decided(answers, history, levels)


class _Asker:
    """Who asks, where it may. Where nobody answers, a document says enough; without one, the answers are `needed`."""

    def __init__(self, *, quiet: bool, needed: bool) -> None:
        self._quiet = quiet
        self._needed = needed

    def value(
        self, question: str, told: str | None, option: str, read: Callable[[str, str], T], usual: str = ""
    ) -> T | None:
        """What an option says, else what is answered, asked again until it is understood; nothing for no answer."""
        from pivot_cli.finding import PivotError

        if told is not None:
            return read(told, option)
        if self._quiet:
            return read(usual, option) if usual else None
        asked = question.partition(" (")[0]  # a fault is told in the words of what was asked
        while True:
            answer = self._answer(f"{question}{f' [{usual}]' if usual else ''}{NBSP}: ") or usual
            if not answer or self._quiet:
                return None
            try:
                return read(answer, asked)
            except PivotError as fault:
                say(f"{fault.message[:1].upper()}{fault.message[1:]}", fault.remedy)

    def yes(self, question: str, told: bool | None) -> bool:  # noqa: FBT001 - the value of an option
        """« o », « oui », « n », « non »."""
        if told is not None or self._quiet:
            return bool(told)
        while True:
            answer = fold(self._answer(f"{question} (o/n) [n]{NBSP}: "))
            if answer in ("", "n", "non", "no"):
                return False
            if answer in ("o", "oui", "y", "yes"):
                return True
            say("Répondez o (oui) ou n (non).")

    def _answer(self, question: str) -> str:
        print(question, end="", file=sys.stderr, flush=True)  # noqa: T201 - it is answered on its line
        line = sys.stdin.readline() if sys.stdin else ""  # it may be closed
        if not line and sys.stdin and sys.stdin.isatty():  # Ctrl-D
            raise EOFError
        if not line and not self._needed:
            self._quiet = True
            say("", "Personne ne répond aux questions : le plan se fait de ce que dit le document.")
        elif not line:
            say("")
            message = "il n'y a personne pour répondre aux questions. Rien n'est écrit."
            raise misused(message, "Ajoutez --sans-question, et donnez le reste en options (pivot init --help).")
        return clean(line).strip()


def _text(text: str, said: str) -> str:
    if not text.strip():
        raise misused(f"{said} attend un texte.", "")
    return " ".join(clean(text).split())


def _period(text: str, said: str) -> tuple[str, str]:
    """The first and the last day of a plan."""
    from pivot_cli.echeance import Refus, parse

    read = parse(text)
    if isinstance(read, Refus) or read.debut is None or read.fin is None or read.recurrence:
        message = f"{said}{NBSP}: {quoted(clean(text))} n'est pas une période."
        raise misused(message, f'Écrivez par exemple{NBSP}: 2023-2027, ou "avril 2023 à mars 2026"')
    return read.debut.isoformat(), read.fin.isoformat()


def _month(text: str, said: str) -> str:
    """The first day of the financial year, nothing where it is the calendar's."""
    from pivot_cli.echeance import parse_jour_annuel

    day = text.strip() if re.search("[0-9]", text) else f"1er {text.strip()}"
    read = parse_jour_annuel(day)
    if read is None:
        raise misused(f"{said}{NBSP}: {quoted(clean(text))} n'est pas un mois.", f"Écrivez par exemple{NBSP}: avril")
    return "" if read == (1, 1) else clean(day)


def _levels(text: str, said: str) -> tuple[Niveaux, tuple[str, ...]]:
    """The nouns of the levels of a plan, and which levels it has; the last one is that of what is done."""
    from pivot_cli.intake.scheme import VOLETS
    from pivot_cli.intake.titles import NOUNS
    from pivot_cli.plan.nouns import Niveaux

    names = [name.strip() for name in re.split(r"[,>;/]", text) if name.strip()]
    nouns = [NOUNS.get(fold(name)) for name in names]
    unknown = [name for name, noun in zip(names, nouns, strict=True) if noun is None]
    if unknown or not 2 <= len(names) <= 4:
        what = "il faut de deux à quatre noms"
        if unknown:
            what = f"{listed([quoted(name) for name in unknown])} n'est pas un nom connu"
        remedy = f"Écrivez par exemple{NBSP}: axe, objectif, mesure. Un autre nom s'écrit dans organisme.yaml."
        raise misused(f"{said}{NBSP}: {what}.", remedy)
    between = {2: (), 3: ("volet" if fold(names[1]) in VOLETS else "objectif",), 4: ("volet", "objectif")}[len(names)]
    levels = ("orientation", *between)
    known = dict(zip((*levels, "action"), filter(None, nouns), strict=True))
    return Niveaux(**known), levels


def _day(text: str, said: str) -> str:
    from pivot_cli.suivi.asked import day_named

    return day_named(text, said).isoformat()


def _days(text: str, _said: str) -> tuple[str, ...]:
    return tuple(_day(day.strip(), "") for day in re.split("[,;]", text) if day.strip())
