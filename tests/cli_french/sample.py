"""An application with a parameter of every kind, run in the process or, as `python -m`, in its own."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer
from wherever import ROOT, WHEREVER, imported_from

from pivot_cli.cli_french import FrenchApp, Kind, command, leave, run
from pivot_cli.finding import ExitCode, PivotError

if TYPE_CHECKING:
    import pytest
    from typer._click import Context

PlanOption = Annotated[
    str | None, typer.Option("--plan", metavar="DOSSIER", envvar="PIVOT_PLAN", help="Le dossier du plan.")
]


def _responsables(ctx: Context, word: str) -> list[tuple[str, str]]:
    assert isinstance(word, str)
    known = [("DG", "Directrice générale"), ("Directrice générale", "DG"), ("CA", "Conseil : d'administration")]
    plan = ctx.params.get("plan")
    return [*known, (f"plan-{plan}", "")] if plan else known


app = FrenchApp(
    "pivot",
    help="Le suivi d'un plan : « dû », et avec qui.",
    version="1.2.3",
    shared={"plan": PlanOption},
    kinds={"NOM": Kind(_responsables)},
)


class Statut(Enum):
    A_FAIRE = "à faire"
    REALISEE = "réalisée"


def _even(text: str) -> int:
    number = int(text)
    if number % 2:
        raise PivotError(f"{number} n'est pas pair.", code=ExitCode.USAGE)
    return number


@command(app, "consulter", "overdue", "retards", example="pivot overdue --responsable DG")
def overdue(
    responsable: Annotated[
        list[str] | None,
        typer.Option("--responsable", "-r", metavar="NOM", help="Un responsable : code ou nom."),
    ] = None,
    format_: Annotated[Literal["texte", "json", "csv"], typer.Option("--format", help="La forme.")] = "texte",
    horizon: Annotated[int, typer.Option("--horizon", min=1, max=365, metavar="JOURS", help="Combien de jours.")] = 90,
    seuil: Annotated[int | None, typer.Option("--seuil", min=2, help="Un seuil.")] = None,
    plafond: Annotated[int | None, typer.Option("--plafond", max=9, help="Un plafond.")] = None,
    nombre: Annotated[int | None, typer.Option("--nombre", help="Un nombre.")] = None,
    bientot: Annotated[bool, typer.Option("--bientot", help="Ajoute ce qui approche.")] = False,
    plan: PlanOption = None,
) -> None:
    """Les échéances passées, par objectif.

    Un paragraphe assez long pour devoir être coupé à la fin d'une ligne, ce qui permet de voir que les mots
    restent entiers, à 100 % : même ici.
    """
    print(f"responsable={responsable} format={format_} horizon={horizon} nombre={nombre} {seuil} {plafond}")
    print(f"bientot={bientot} plan={plan}")


@command(app, "consigner", "note", "noter", "consigner", example=("pivot note 1.adm.1.1", "pivot note"))
def note(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Les actions.")],
    statut: Annotated[Statut, typer.Option("--statut", "-s", help="Le statut.")],
    fichier: Annotated[Path | None, typer.Option("--fichier", metavar="FICHIER", help="Un fichier.")] = None,
    pair: Annotated[int, typer.Option("--pair", parser=_even, metavar="PAIR", help="Un nombre pair.")] = 2,
    plan: PlanOption = None,
) -> int:
    """Consigne ce qui s'est passé."""
    print(ids, statut, fichier, pair, plan, sep="|")
    return ExitCode.OK


@command(app, "produire", "convert", example="pivot convert entrée.txt")
def convert(
    entree: Annotated[Path, typer.Argument(metavar="FICHIER", help="Ce qui est lu.")],
    sortie: Annotated[Path | None, typer.Argument(metavar="SORTIE", help="Ce qui est écrit.")] = None,
    nature: Annotated[Literal["texte", "json"], typer.Argument(help="La nature.")] = "texte",
) -> None:
    """Transforme un fichier."""
    print(entree, sortie, nature)


@command(app, "vérifier", "bare", example="pivot bare")
def bare() -> int:
    """Ne prend rien."""
    return ExitCode.FINDINGS


def _long() -> None:
    for number in range(200_000):
        print(f"ligne {number}")


def _sleep() -> None:
    print("prêt", flush=True)
    time.sleep(60)


def _write(text: str) -> Callable[[], None]:
    return lambda: print(text)


def _raise(error: BaseException) -> Callable[[], None]:
    def raising() -> None:
        print("déjà écrit")
        raise error

    return raising


ODD = "«\N{NO-BREAK SPACE}été\N{NO-BREAK SPACE}» : œuvre, naïve… → ≤ 5 % – 1\N{NARROW NO-BREAK SPACE}000 ✓ ½ \udce9 日"

ENDS: dict[str, Callable[[], None]] = {
    "long": _long,
    "sleep": _sleep,
    "write": _write(ODD),
    "pivot": _raise(PivotError("le plan est « introuvable ».", "Indiquez-le avec --plan.")),
    "usage": _raise(PivotError("cette date n'est pas comprise.", code=ExitCode.USAGE)),
    "control": _raise(PivotError("un texte \x1b[31mrouge")),
    "bad": _raise(typer.BadParameter("An English message.")),
    "exit": _raise(typer.Exit(1)),
    "abort": _raise(typer.Abort()),
    "eof": _raise(EOFError()),
    "interrupt": _raise(KeyboardInterrupt()),
    "system": _raise(SystemExit(1)),
    "internal": _raise(KeyError("an English message")),
    "denied": _raise(PermissionError(errno.EACCES, "Permission denied", "plan/organisme.yaml")),
    "full": _raise(OSError(errno.ENOSPC, "No space left on device", b"plan.html")),
    "strange": _raise(OSError(9999, "Something else", "x")),
    "unnamed": _raise(OSError(errno.EIO, "Input/output error")),
}


@command(app, "vérifier", "end", "finir", example="pivot end exit")
def end(how: Annotated[str, typer.Argument(metavar="FIN")]) -> None:
    """Finit d'une façon ou d'une autre."""
    ENDS[how]()


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def plain(self) -> str:
        """All that was shown, with ordinary spaces."""
        return (self.out + self.err).replace("\N{NO-BREAK SPACE}", " ")


def ran(capsys: pytest.CaptureFixture[str], argv: list[str], application: FrenchApp = app) -> Ran:
    """The application run in this process."""
    code = run(application, argv)
    return Ran(code, *capsys.readouterr())


def own_process(*argv: str, module: str = "cli_french.sample", flags: tuple[str, ...] = ()) -> list[str]:
    """The command that runs the application in its own process, for `own_environment`."""
    return [sys.executable, *WHEREVER, *flags, "-m", module, *argv]


def own_environment(**changed: str) -> dict[str, str]:
    """The environment of such a process: this one's, without what would change what is shown."""
    unwanted = {"COLUMNS", "PIVOT_PLAN", "PIVOT_DEBUG", "PYTHONIOENCODING", "PYTHONUTF8", "LANG", "LC_ALL"}
    unwanted |= {"PYTHONUNBUFFERED", "PYTHONWARNINGS"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"PYTHONPATH": imported_from(ROOT / "tests"), "PYTHONUTF8": "0"} | changed


if __name__ == "__main__":
    leave(run(app, sys.argv[1:]))
