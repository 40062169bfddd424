"""What stops a command that was asked for what the plan does not have: the nearest there is, or where it may be."""

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Plan
from pivot_cli.text import NBSP, did_you_mean, fold, listed, quoted

# By the parts of their id.
_KINDS = (("une orientation", "de l'orientation"), ("un volet", "du volet"), ("un objectif", "de l'objectif"))
_MOST_SHOWN = 8  # ids that a message gives


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
    ids = [place.id for place in plan.places]
    start = fold(wanted).rstrip(".")
    if inside := _inside(ids, start):
        message = f"{quoted(wanted)} est {_KINDS[start.count('.')][0]}, et non une action."
        return NoSuchActionError(wanted, PivotError(message, f"Ses actions{NBSP}: {inside}", ExitCode.USAGE))
    remedy = f"{did_you_mean(wanted, ids)}Un id a quatre parties, comme {ids[0] if ids else '1.adm.1.1'}."
    above = ".".join(start.split(".")[:-1][:3])
    if "." in above and (beside := _inside(ids, above)):
        remedy = f"Celles {_KINDS[above.count('.')][1]} {above}{NBSP}: {beside}"
    return NoSuchActionError(wanted, not_in_plan(plan, f"il n'y a pas d'action {quoted(wanted)} dans le plan.", remedy))


_WITHIN = (("d'orientation", "Orientations du plan"), ("de volet", "Volets de l'orientation"),
           ("d'objectif", "Objectifs du volet"))  # fmt: skip


def nothing_there(plan: Plan, wanted: str) -> PivotError:
    """The error of an id that neither an action nor a level with actions has: what it would be, and what is beside."""
    parts = fold(wanted).rstrip(".").split(".")
    if len(parts) > len(_WITHIN) or not parts[0].isdigit() or not all(parts):
        return no_such_action(plan, wanted)
    ids: list[list[str]] = [[], [], []]
    for orientation in plan.orientations:
        ids[0].append(str(orientation.numero or "?"))
        for volet in orientation.volets:
            ids[1].append(f"{ids[0][-1]}.{volet.code or '?'}")
            ids[2] += [f"{ids[1][-1]}.{objectif.numero or '?'}" for objectif in volet.objectifs]
    known, (what, others) = ids[len(parts) - 1], _WITHIN[len(parts) - 1]
    if (level := ".".join(parts)) in map(fold, known):
        remedy = "Elles s'écrivent dans le fichier de l'orientation, comme dans le modèle en tête de ce fichier."
        return PivotError(f"{quoted(wanted)} n'a encore aucune action.", remedy, ExitCode.USAGE)
    above = ".".join(parts[:-1])
    beside = [one for one in known if not above or fold(one).startswith(f"{above}.")]
    if above and not beside:
        return nothing_there(plan, above)
    remedy = f"{did_you_mean(level, beside)}{others}{f' {above}' if above else ''}{NBSP}: {', '.join(beside)}."
    return not_in_plan(plan, f"il n'y a pas {what} {quoted(wanted)} dans le plan.", remedy)


def no_such_objectif(plan: Plan, wanted: str) -> PivotError:
    """The error of an id that no objectif has: the objectifs of what it names, or is in, or the nearest id."""
    ids = list(dict.fromkeys(place.objectif_id for place in plan.places))
    parts = fold(wanted).strip(".").split(".")
    if inside := _inside(ids, ".".join(parts)):
        message = f"{quoted(wanted)} est {_KINDS[len(parts) - 1][0]}, et non un objectif."
        return PivotError(message, f"Ses objectifs{NBSP}: {inside}", ExitCode.USAGE)
    if plan.find(wanted) is not None:
        message = f"{quoted(wanted)} est une action, et non un objectif."
        return PivotError(message, f"Son objectif{NBSP}: {'.'.join(parts[:3])}", ExitCode.USAGE)
    known, above = f"Un objectif se nomme comme {ids[0]}." if ids else "", ".".join(parts[:2])
    if "." in above and (beside := _inside(ids, above)):
        known = f"Ceux du volet {above}{NBSP}: {beside}"
    message = f"il n'y a pas d'objectif {quoted(wanted)} dans le plan."
    return not_in_plan(plan, message, f"{did_you_mean(wanted, ids)}{known}")


def _inside(ids: list[str], start: str) -> str:
    found = [one for one in ids if fold(one).startswith(f"{start}.")]
    return ", ".join(found[:_MOST_SHOWN]) + (", …" if len(found) > _MOST_SHOWN else ".") if found else ""
