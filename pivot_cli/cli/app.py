"""The application, and the options that several commands take, each declared once; what the filters keep."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from pivot_cli import __version__
from pivot_cli.cli.edge import ENDINGS, date_named, ending_of, form_of, misused, refuse_over_the_plan
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import FAMILIES, FrenchApp, command
from pivot_cli.cli_french.words import choices
from pivot_cli.text import NBSP, capitalized, clean, did_you_mean, fold, nearest, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from typer._click import Context

    from pivot_cli.echeance import DateConsignee
    from pivot_cli.finding import PivotError
    from pivot_cli.plan.model import Plan, Responsable
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.selection import Selection


def option(metavar: str, help_: str, *names: str, **more: Any) -> Any:
    """An option that takes a value; without names, its own is that of the parameter."""
    return typer.Option(*names, metavar=metavar, help=help_, **more)


def flag(name: str, help_: str) -> Any:
    """An option that takes no value."""
    return typer.Option(name, help=help_)


Texte = str | None
Textes = list[str] | None
Dossier = Annotated[Texte, option("DOSSIER", "Le dossier du plan (sinon, le plus proche).", envvar="PIVOT_PLAN")]
Au = Annotated[Texte, option("DATE", "Le jour de la situation (sinon, aujourd'hui).")]
Sortie = Annotated[Path | None, option("FICHIER", "Écrit dans ce fichier plutôt qu'à l'écran.", "--sortie", "-o")]
Horizon = Annotated[int | None, option("JOURS", "Jusqu'à combien de jours c'est proche.", min=0)]
Separateur = Annotated[
    Texte, option("SIGNE", "Entre les colonnes d'un CSV : point-virgule (Excel en français), virgule ou tabulation.")
]


def form_unless_named(usual: str) -> Any:
    """The option that names the form of a result, where the file that is written does not."""
    return typer.Option("--format", help=f"La forme (sinon, celle du fichier écrit, ou {usual}).")


Ecran = Annotated[Literal["texte", "json"] | None, form_unless_named("texte")]
Liste = Annotated[Literal["texte", "json", "csv", "md"] | None, form_unless_named("texte")]


class Filters(NamedTuple):
    """The options that choose actions, each as it was typed."""

    responsable: Annotated[
        Textes, option("NOM", "Ses actions seulement : code, nom ou alias.", "--responsable", "-r")
    ] = None
    orientation: Annotated[list[int] | None, option("NUMÉRO", "Cette orientation seulement.", min=1)] = None
    objectif: Annotated[Textes, option("OBJECTIF", "Cet objectif seulement : 3.gou.2.")] = None
    etat: Annotated[Textes, option("ÉTAT", "Cet état seulement : réalisée, échéance passée, en cours…")] = None
    avant: Annotated[Texte, option("DATE", "L'échéance finit ce jour-là, ce mois-là, cette année-là, ou avant.")] = None
    apres: Annotated[Texte, option("DATE", "L'échéance finit ce jour-là, ou après.")] = None

    def selection(self, plan: Plan) -> Selection:
        """What they keep of the plan; raises PivotError for what is not in it, and dates with nothing between them."""
        from pivot_cli.finding import PivotError
        from pivot_cli.suivi.selection import Selection

        try:
            before, after = _bounds_named(self.avant, self.apres)
            return Selection(
                _responsables_named(plan, self.responsable or ()),
                _orientations_numbered(plan, self.orientation or ()),
                _objectifs_named(plan, self.objectif or ()),
                _etats_named(plan, self.etat or ()),
                avant=before,
                apres=after,
            )
        except PivotError as fault:
            from pivot_cli.cli_french.errors import with_quotes

            raise with_quotes(fault, app.line) from None


def _bounds_named(avant: str | None, apres: str | None) -> tuple[date | None, date | None]:
    """The last day of what `--avant` names, and the first of what `--apres` does."""
    before = None if avant is None else _days_named(avant, "--avant").fin
    after = None if apres is None else _days_named(apres, "--apres").debut
    if before and after and before < after:
        message = f"aucun jour n'est à la fois après {quoted(apres or '')} et avant {quoted(avant or '')}."
        raise misused(message, f"Inversez-les, par exemple{NBSP}: --apres 2020-01-15 --avant 2020-12-31")
    return before, after


def _days_named(text: str, option: str) -> DateConsignee:
    return date_named(text, f'{NBSP}: {option} 2020-01-15, {option} "mars 2020" ou {option} 2020')


def _responsables_named(plan: Plan, names: Sequence[str]) -> tuple[Responsable, ...]:
    """The responsables that were asked for, by a name or as screens show them."""
    by_label = {fold(who.label): who for who in plan.registre} if names else {}
    asked = {name: plan.registre.find(name) or by_label.get(fold(name)) for name in names}
    for name, who in asked.items():
        if who is None:
            from pivot_cli.plan.not_found import not_in_plan

            hint = did_you_mean(name, (known for who in plan.registre for known in who.names))
            known = f"Responsables du plan{NBSP}: {', '.join(who.code or one_line(who.nom) for who in plan.registre)}."
            raise not_in_plan(plan, f"{quoted(name)} n'est pas un responsable du plan.", hint + known)
    return tuple(dict.fromkeys(filter(None, asked.values())))


def _orientations_numbered(plan: Plan, numbers: Sequence[int]) -> tuple[int, ...]:
    known = [orientation.numero for orientation in plan.orientations]
    for number in numbers:
        if number not in known:
            from pivot_cli.plan.not_found import not_in_plan

            nom = plan.niveaux.orientation
            remedy = f"{capitalized(nom.pluriel)} du plan{NBSP}: {', '.join(map(str, known))}."
            raise not_in_plan(plan, f"il n'y a pas {nom.de} {number} dans le plan.", remedy)
    return tuple(dict.fromkeys(numbers))


def _objectifs_named(plan: Plan, ids: Sequence[str]) -> tuple[str, ...]:
    known = {fold(place.objectif_id): place.objectif_id for place in plan.places} if ids else {}
    asked = {fold(plan.level_named(id_)).rstrip("."): id_ for id_ in ids}
    for plain, id_ in asked.items():
        if plain not in known:
            from pivot_cli.plan.not_found import no_such_objectif

            raise no_such_objectif(plan, id_)
    return tuple(map(known.__getitem__, asked))


def _etats_named(plan: Plan, names: Sequence[str]) -> tuple[Etat, ...]:
    """The états of these names, those of the contract or « échéance passée » for both that have passed."""
    if not names:
        return ()
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.phrases import ETATS_ASKED

    late = fold(Etat.EN_RETARD.value)  # asks for who is silent too: nobody is to be singled out for having answered
    called = {etat: {fold(etat.value), fold(ETATS_ASKED[etat]), *([late] if etat.passed else [])} for etat in Etat}
    for name in names:
        if not any(fold(name) in words for words in called.values()):
            raise _no_such_etat(plan, name, [*dict.fromkeys(ETATS_ASKED.values()), Etat.A_CONFIRMER.value])
    return tuple(etat for etat, words in called.items() if not words.isdisjoint(map(fold, names)))


def _no_such_etat(plan: Plan, name: str, known: Sequence[str]) -> PivotError:
    """The error of a name that no état has: the état that it may mean, or that a statut is called so."""
    from pivot_cli.plan.schema.fields import STATUT
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.phrases import ETATS_ASKED

    close = nearest(name, [*known, Etat.EN_RETARD.value]) or STATUT.meant(name)
    hint = f"{quoted(close)} est un statut, qui se lit à côté de l'état d'{plan.niveaux.action.un}. " if close else ""
    if close in (*known, Etat.EN_RETARD.value):
        hint = f"Vouliez-vous dire {quoted(ETATS_ASKED[Etat.EN_RETARD] if close not in known else close)}? "
    return misused(f"il n'y a pas d'état {quoted(clean(name))}.", f"{hint}États{NBSP}: {', '.join(known)}.")


def _settle_the_file(ctx: Context) -> None:
    """Find the home that « ~ » names; refuse a `--sortie`, or `--suites`, that is a file of a plan or the template;
    else give `--format` the form that they ask for.
    """
    for name in ("sortie", "gabarit", "suites"):
        if str(ctx.params.get(name) or "").startswith("~"):
            from pivot_cli.system import at_home

            ctx.params[name] = str(at_home(ctx.params[name]))
    place, gabarit = (value and Path(value) for value in map(ctx.params.get, ("sortie", "gabarit")))
    if ctx.params.get("sortie") == "":
        raise misused("-o attend un nom, et n'en a aucun.", f"Écrivez par exemple{NBSP}: -o resultat")
    for written in filter(None, (place, ctx.params.get("suites"))):
        refuse_over_the_plan(Path(written), ctx.params.get("plan"), gabarit)
    params = {param.name: param for param in ctx.command.params}
    if "format_" not in params or ("sortie" in params and params["sortie"].metavar == "DOSSIER"):
        return
    forms = choices(params["format_"])
    printed = ".html" if ctx.params["format_"] == "pdf" or (place and ending_of(place) == ".pdf") else ""
    if gabarit and ending_of(gabarit) in {ENDINGS[form] for form in forms} - {printed}:
        ctx.params["format_"] = form_of(gabarit, forms, ctx.params["format_"])
    if place and ending_of(place):
        ctx.params["format_"] = form_of(place, forms, ctx.params["format_"])


app = FrenchApp(
    "pivot",
    help="Le suivi d'un plan stratégique : ce qui est dû, avec qui, et où on en est.",
    version=__version__,
    shared={"plan": Dossier},
    kinds=KINDS,
    check=_settle_the_file,
)
consulter, consigner, produire, verifier = (partial(command, app, family) for family in FAMILIES)
