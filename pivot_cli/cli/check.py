"""To check the plan: `validate`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import Dossier, Sortie, Texte, flag, option, verifier
from pivot_cli.cli_french import say
from pivot_cli.cli_french.streams import say_what_is_stripped
from pivot_cli.escaping import shell_line
from pivot_cli.text import NBSP, clean, did_you_mean, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.checks.edition import Edition
    from pivot_cli.finding import Finding
    from pivot_cli.plan.model import Plan
    from pivot_cli.plan.sources import PlanFiles

_FOR_FORGES = ("github", "sarif", "junit", "gitlab")


@verifier(
    "validate",
    "valider",
    example=("pivot validate", "pivot validate --depuis main"),
    typed_for_it="vérifier vérification contrôler check",
)
def validate(
    depuis: Annotated[Texte, option("RÉVISION", "Vérifie aussi ce qui a changé depuis cette révision git.")] = None,
    format_: Annotated[
        Literal["texte", "json", "github", "sarif", "junit", "gitlab"] | None,
        typer.Option("--format", help="La forme du résultat (sinon, texte; github dans GitHub Actions)."),
    ] = None,
    strict: Annotated[bool, flag("--strict", "Compte aussi les avertissements comme des fautes.")] = False,
    remarques: Annotated[
        bool, flag("--remarques", "Montre en entier ce qui est bon à savoir, sans rien à corriger.")
    ] = False,
    regles: Annotated[bool, flag("--regles", "Dit tout ce qui est vérifié, sans rien vérifier.")] = False,
    expliquer: Annotated[Texte, option("CODE", "Explique un code, avec un exemple.")] = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Vérifie les fichiers du plan.

    Chaque faute est montrée à sa place, avec ce qu'il faut écrire. Le temps qui passe ne rend jamais un plan fautif.

    Avec `--depuis`, la modification est jugée aussi : une action adoptée ne s'efface pas, une échéance déplacée
    garde l'ancienne, ce qui est consigné ne se réécrit pas.
    """
    from pivot_cli.finding import exit_code, in_order

    if regles or expliquer is not None:
        return _explain(expliquer, sortie)
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    form = format_ or ("github" if in_actions else "texte")
    files, loaded, findings = edge.check_plan(plan, edge.today(), seen_from="top" if form in _FOR_FORGES else "here")
    folder = edge.plan_folder(plan)
    edition = None if depuis is None else _since(depuis, folder, files.label, loaded)
    if edition:
        from pivot_cli.checks.edits import check_edit

        findings = in_order([*findings, *check_edit(edition)])
    edge.emit(_made(form, files, loaded, findings, strict=strict, remarks=remarques), sortie, form)
    if plan is None and (others := edge.other_plans(folder)):
        _say_unchecked(others)
    page = os.environ.get("GITHUB_STEP_SUMMARY") if in_actions else None
    if page:
        from pivot_cli.outputs.edit_summary import edit_summary
        from pivot_cli.record.writing import add_to

        add_to(Path(page), edit_summary(loaded, edition, findings, depuis or "").encode("utf-8", "replace"))
    return exit_code(findings, strict=strict)


def _say_unchecked(others: Sequence[str]) -> None:
    """What was not checked: the plans beside the one that was found."""
    which = "Un autre plan est ici, qui n'est" if len(others) == 1 else "D'autres plans sont ici, qui ne sont"
    way = shell_line("pivot", "validate", "--plan", others[0])
    say(f"{which} pas vérifié{'s' * (len(others) > 1)}{NBSP}: {listed([*map(quoted, others)])} ({way})")


def _explain(code: str | None, sortie: Path | None) -> int:
    """Show all the rules or, with a code, that one in full; raises PivotError for a code that is not known."""
    from pivot_cli.checks.catalogue import CATALOGUE
    from pivot_cli.screens.rulebook import rule_page, rules_page

    edge.form_of(sortie, ("texte",))
    say_what_is_stripped()
    wanted = fold(code or "").upper()
    if code is not None and wanted not in CATALOGUE:
        remedy = f"{did_you_mean(wanted, CATALOGUE)}Pour les voir toutes : pivot validate --regles"
        raise edge.misused(f"il n'y a pas de règle {quoted(clean(code))}.", remedy)
    width = edge.width()
    edge.emit(rules_page(CATALOGUE.values(), width) if code is None else rule_page(CATALOGUE[wanted], width), sortie)
    return 0


def _made(
    form: str, files: PlanFiles, loaded: Plan, findings: Sequence[Finding], *, strict: bool, remarks: bool
) -> object:
    """What is shown of the findings, in that form."""
    if form == "json":
        from pivot_cli.outputs.exports import findings_object

        return findings_object(findings)
    if form in _FOR_FORGES:
        from pivot_cli.outputs.forges import FORMATS

        return FORMATS[form](loaded, findings, strict=strict)
    from pivot_cli.finding import Gravite
    from pivot_cli.plan.loader import source_texts
    from pivot_cli.screens.faults import faults_page

    told = (finding.location.file for finding in findings if finding.gravite is not Gravite.INFO)
    return faults_page(loaded, findings, edge.width(), source_texts(files, told), strict=strict, remarks=remarks)


def _since(revision: str, folder: Path, label: str, loaded: Plan) -> Edition | None:
    """What was edited since a revision, None where there was no plan; says what cannot be compared."""
    from pivot_cli.checks.edition import Edition
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.revisions import read_revision
    from pivot_cli.plan.worktree import may_lack_some

    was = read_revision(folder, label, revision)
    at = f"la révision {was.commit[:10]}"
    if not was.commit:
        say("Le plan n'a pas encore d'ancienne version : rien n'est comparé.")
        return None
    if was.absent:
        say(f"Il n'y avait pas encore de plan à {at} : rien n'est comparé.")
        return None
    if may_lack_some(folder) and (left := [name for name in was.files.files if not (folder / name).exists()]):
        shown = listed([was.files.shown(name) for name in left])
        say(f"Il y manque {shown} : rien n'y est comparé.")
        for name in left:  # what is kept away was not removed
            del was.files.files[name]
    old = load(was.files)[0]
    edition = Edition(old, _moved_to(folder, old, loaded) or loaded)
    if edition.old.unread:
        say(f"À {at}, {listed(edition.old.unread)} ne se lisait pas : rien n'y est comparé.")
    return edition


_FEW = 0.5  # of the actions of a plan: with less, what stands in its place is another plan


def _moved_to(folder: Path, old: Plan, new: Plan) -> Plan | None:
    """The plan that stood in a folder, where it is now beside another that took its place; said, as it is compared.

    It is the one that the new plan says it continues, if it is the more like it; else, where little of it is left, any
    that has most of it.
    """
    from pivot_cli.plan.lineage import neighbours_read
    from pivot_cli.plan.loader import load
    from pivot_cli.suivi.pairing import carried_over, unchanged

    if new.unread:
        return None
    former = edge.former_plan(folder, new)
    if former and former.plan and carried_over(old, former.plan) >= _FEW:
        if unchanged(old, former.plan) <= unchanged(old, new):
            return None
        _say_where(former.dossier)
        return former.plan
    if carried_over(old, new) >= _FEW:
        return None
    for _, files in neighbours_read(folder, edge.current_folder()):
        if carried_over(old, moved := load(files)[0]) >= _FEW:
            _say_where(files.label)
            return moved
    return None


def _say_where(label: str) -> None:
    say(f"Le plan d'avant est dans {label}{NBSP}: c'est là qu'il est comparé, et celui-ci est nouveau.")


@verifier("schema", example=("pivot schema --ecrire", "pivot schema orientation -o orientation.json"))
def schema(
    fichier: Annotated[
        Texte, typer.Argument(metavar="SCHÉMA", help="Celui de ce fichier seulement : organisme, orientation…")
    ] = None,
    ecrire: Annotated[
        bool, flag("--ecrire", "Les écrit dans le dossier .schema du plan, où les éditeurs les lisent.")
    ] = False,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Les schémas JSON des fichiers, pour un éditeur.

    L'éditeur complète, explique et vérifie alors ce qu'on y écrit. Chaque fichier du plan nomme le sien à sa
    première ligne, dans le dossier .schema qui l'accompagne.
    """
    from pivot_cli.plan import json_schema

    names = [_schema_named(fichier)] if fichier is not None else list(json_schema.FILES)
    if ecrire:
        _write_schemas(edge.plan_folder(plan) / json_schema.FOLDER, names)
    else:
        edge.form_of(sortie, ("json",))
        schemas = {name: json_schema.json_schema(name) for name in names}
        edge.emit(json_schema.to_text(schemas[names[0]] if fichier is not None else schemas), sortie, "json")
    return 0


def _schema_named(file: str) -> str:
    """Which schema a file of a plan follows, by its name or path; raises PivotError when it is none of them."""
    import re

    from pivot_cli.plan.json_schema import FILES

    name = re.sub(r"(?:-[0-9]+)?(?:\.ya?ml|\.json)?$", "", fold(file).replace("\\", "/").rpartition("/")[2])
    if name in FILES:
        return name
    remedy = f"{did_you_mean(name, FILES)}Les fichiers d'un plan : {listed(list(FILES))}."
    raise edge.misused(f"aucun fichier du plan ne s'appelle {quoted(clean(file))}.", remedy)


def _write_schemas(folder: Path, names: Sequence[str]) -> None:
    from pivot_cli.plan.json_schema import MODELINE, modeline, schema_files
    from pivot_cli.plan.sources import read_folder
    from pivot_cli.record.writing import write_whole
    from pivot_cli.system import leads_to, not_followed

    if leads_to(folder, folder.parent) in (None, leads_to(folder.parent, folder.parent)):
        raise not_followed(folder.name, "du dossier du plan", "Mettez à sa place un dossier, puis recommencez.")
    folder.mkdir(exist_ok=True)
    files = schema_files()
    for name in names:
        write_whole(folder / f"{name}.json", files[f"{name}.json"].encode(), folder)
    say(f"Écrit dans {edge.plan_label(folder)} : {', '.join(f'{name}.json' for name in names)}")
    plan = read_folder(folder.parent, "").files.items()
    lacking = [modeline(_schema_named(name)) for name, data in plan if MODELINE.encode() not in data]
    if lacking:
        say("Pour que l'éditeur s'en serve, mettez en tête de chaque fichier la ligne qui nomme le sien :")
        say(*(f"  {line}" for line in dict.fromkeys(lacking)))
