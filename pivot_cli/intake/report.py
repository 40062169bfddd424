"""What `pivot init` tells of the plan that it makes: how much there is, what is asked, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.plan.sources import file_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.draft import Draft
    from pivot_cli.intake.files import Made
    from pivot_cli.intake.reprise import Ancien, Reprise
    from pivot_cli.received.cells import Left


class Report(NamedTuple):
    """A plan that begins, in its folder (`dossier`, as it is shown)."""

    dossier: str
    draft: Draft
    made: Made
    laisses: list[Left]
    sheets: tuple[str, ...] = ()  # of a workbook, those that hold its actions
    ancien: Ancien | None = None  # the plan before
    reprises: Sequence[Reprise] = ()  # what became of each action that it left to this one

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each level, of actions, of responsables, and of échéances that are read."""
        nodes, actions = list(self.draft.nodes()), list(self.draft.actions())
        levels = {level: sum(node.level == level for node in nodes) for level in ("orientation", "volet", "objectif")}
        return {
            "orientations": levels["orientation"],
            "volets": levels["volet"],
            "objectifs": levels["objectif"],
            "actions": len(actions),
            "responsables": len(self.draft.responsables),
            "echeances_lues": sum(action.echeance is not None for action in actions),
        }


def report_object(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    return {
        "dossier": report.dossier,
        **report.counts,
        "questions": [
            question._replace(fichier=file_label(report.dossier, question.fichier))._asdict()
            for question in report.made.questions
        ],
        "laisses": [left._asdict() for left in report.laisses],
        **_before(report),
    }


def _before(report: Report) -> dict[str, Any]:
    """What is said of the plan before, where there is one."""
    if report.ancien is None:
        return {}
    return {
        "suite_de": report.ancien.dossier,
        "ouvertes": report.ancien.open,
        "reconduites": [one._asdict() | {"entre": list(one.entre)} for one in report.reprises],
    }
