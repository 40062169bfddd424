"""What stops a command that was asked for what the plan does not have: the nearest there is, or where it may be."""

from collections.abc import Iterator

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Plan
from pivot_cli.text import NBSP, capitalized, did_you_mean, fold, listed, quoted

_MOST_SHOWN = 8  # ids that a message gives


def parts_of_an_id(plan: Plan) -> str:
    """« Un id a quatre parties », or as many as the plan has levels."""
    return f"Un id a {('deux', 'trois', 'quatre')[len(plan.noms) - 2]} parties"


def _levels(plan: Plan) -> Iterator[str]:
    """The ids of the levels that the plan has, those without an action too."""
    for orientation in plan.orientations:
        yield (top := str(orientation.numero or "?"))
        for volet in orientation.volets:
            above = top if volet.implied else f"{top}.{volet.code or '?'}"
            yield from () if volet.implied else (above,)
            yield from (f"{above}.{one.numero or '?'}" for one in volet.objectifs if not one.implied)


def not_in_plan(plan: Plan, message: str, remedy: str) -> PivotError:
    """The error of what is not in the plan; where a file of it could not be read, it may be there."""
    if not plan.unread:
        return PivotError(message, remedy, ExitCode.USAGE)
    read = "n'a pas pu être lu" if len(plan.unread) == 1 else "n'ont pas pu être lus"
    return PivotError(message, f"Mais {listed(plan.unread)} {read}. Pour savoir pourquoi{NBSP}: pivot validate")


class NoSuchActionError(PivotError):
    """An id that no action has, as it was typed in `wanted`."""

    def __init__(self, wanted: str, error: PivotError) -> None:
        super().__init__(error.message, error.remedy, error.code)
        self.wanted = wanted


def no_such_action(plan: Plan, wanted: str) -> NoSuchActionError:
    """The error of an id that no action has: the actions of what it names, or is in, or the nearest id."""
    ids, nom = [place.id for place in plan.places], plan.niveaux.action
    start = fold(wanted).rstrip(".")
    if inside := _inside(ids, start):
        message = f"{quoted(wanted)} est {plan.noms[start.count('.')].un}, et non {nom.un}."
        return NoSuchActionError(wanted, PivotError(message, f"Ses {nom.pluriel}{NBSP}: {inside}", ExitCode.USAGE))
    remedy = f"{did_you_mean(wanted, ids)}{parts_of_an_id(plan)}, comme {ids[0] if ids else '1.adm.1.1'}."
    above = ".".join(start.split(".")[:-1][: len(plan.noms) - 1])
    if ("." in above or len(plan.noms) == 2) and (beside := _inside(ids, above)):
        remedy = f"{nom.pick('Ceux', 'Celles')} {plan.noms[above.count('.')].du} {above}{NBSP}: {beside}"
    message = f"il n'y a pas {nom.de} {quoted(wanted)} dans le plan."
    return NoSuchActionError(wanted, not_in_plan(plan, message, remedy))


def nothing_there(plan: Plan, wanted: str) -> PivotError:
    """The error of an id that neither an action nor a level with actions has: what it would be, and what is beside."""
    parts = fold(wanted).rstrip(".").split(".")
    if len(parts) >= len(plan.noms) or not parts[0].isdigit() or not all(parts):
        return no_such_action(plan, wanted)
    known = [level for level in _levels(plan) if level.count(".") == len(parts) - 1]
    kind, nom = plan.noms[len(parts) - 1], plan.niveaux.action
    if (level := ".".join(parts)) in map(fold, known):
        remedy = f"{capitalized(nom.il)}s s'écrivent dans le fichier {plan.niveaux.orientation.du}."
        return PivotError(f"{quoted(wanted)} n'a encore {nom.aucun}.", remedy, ExitCode.USAGE)
    above = ".".join(parts[:-1])
    beside = [one for one in known if not above or fold(one).startswith(f"{above}.")]
    if above and not beside:
        return nothing_there(plan, above)
    around = f"{plan.noms[len(parts) - 2].du} {above}" if above else "du plan"
    remedy = f"{did_you_mean(level, beside)}{capitalized(kind.pluriel)} {around}{NBSP}: {', '.join(beside)}."
    return not_in_plan(plan, f"il n'y a pas {kind.de} {quoted(wanted)} dans le plan.", remedy)


def no_such_objectif(plan: Plan, wanted: str) -> PivotError:
    """The error of an id that no objectif has: the objectifs of what it names, or is in, or the nearest id."""
    ids, nom = list(dict.fromkeys(place.objectif_id for place in plan.places)), plan.dossier
    parts = fold(wanted).strip(".").split(".")
    if inside := _inside(ids, ".".join(parts)):
        message = f"{quoted(wanted)} est {plan.noms[len(parts) - 1].un}, et non {nom.un}."
        return PivotError(message, f"Ses {nom.pluriel}{NBSP}: {inside}", ExitCode.USAGE)
    if plan.find(wanted) is not None:
        message = f"{quoted(wanted)} est {plan.niveaux.action.un}, et non {nom.un}."
        return PivotError(message, f"{capitalized(nom.son)}{NBSP}: {'.'.join(parts[:-1])}", ExitCode.USAGE)
    known, above = (
        f"{capitalized(nom.un)} se nomme comme {ids[0]}." if ids else "",
        ".".join(parts[: len(plan.noms) - 2]),
    )
    if ("." in above or len(plan.noms) == 2) and (beside := _inside(ids, above)):
        known = f"{nom.pick('Ceux', 'Celles')} {plan.noms[-3].du} {above}{NBSP}: {beside}"
    message = f"il n'y a pas {nom.de} {quoted(wanted)} dans le plan."
    return not_in_plan(plan, message, f"{did_you_mean(wanted, ids)}{known}")


def _inside(ids: list[str], start: str) -> str:
    found = [one for one in ids if fold(one).startswith(f"{start}.")]
    return ", ".join(found[:_MOST_SHOWN]) + (", …" if len(found) > _MOST_SHOWN else ".") if found else ""
