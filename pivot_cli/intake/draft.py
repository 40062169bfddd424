"""A plan as it is drawn from a document, before it is written: its levels, its actions, and what is to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.intake.people import Doute, Qui
    from pivot_cli.plan.nouns import Niveaux


class Ask(NamedTuple):
    """A question: what the comment that stands where the answer goes says, where it comes from, and the question, which
    is empty where another one asks it for several; `manque` tells those that may be asked together.
    """

    comment: str
    endroit: str
    texte: str
    manque: str = ""


class Piste:
    """What a level, an action or the organisation has beside its fields: comments, and questions."""

    def __init__(self) -> None:
        self.comments: list[str] = []
        self.asks: list[Ask] = []

    def comment(self, text: str) -> None:
        """A text to keep beside, once."""
        if text and text not in self.comments:
            self.comments.append(text)


class ActionDraft(Piste):
    """An action: its fields in the words of the document, and its number there."""

    def __init__(self, description: str, number: str | None, place: str) -> None:
        super().__init__()
        self.description = description
        self.number = number
        self.place = place
        self.numero = 0
        self.reference: str | None = None
        self.responsables: list[str] = []
        self.collaborateurs: list[str] = []
        self.echeance: str | None = None
        self.fields: dict[str, Any] = {}


class NodeDraft(Piste):
    """An orientation, a volet or an objectif (`level`)."""

    def __init__(self, level: str, titre: str, number: str | None, place: str) -> None:
        super().__init__()
        self.level = level
        self.titre = titre
        self.number = number
        self.place = place
        self.numero = 0
        self.reference: str | None = None
        self.code = ""
        self.enjeu: int | None = None
        self.children: list[NodeDraft] = []
        self.actions: list[ActionDraft] = []
        self.indicateurs: list[dict[str, str]] = []

    def nodes(self) -> Iterator[NodeDraft]:
        """Itself, and all that is under it."""
        yield self
        for one in self.children:
            yield from one.nodes()

    def every_action(self) -> Iterator[ActionDraft]:
        """The actions in it, in order."""
        for node in self.nodes():
            yield from node.actions


class EnjeuDraft(Piste):
    """An enjeu of the plan."""

    def __init__(self, numero: int, titre: str) -> None:
        super().__init__()
        self.numero = numero
        self.titre = titre
        self.enonce: str | None = None


class Organisation(Piste):
    """What a document says of who it is of."""

    def __init__(self) -> None:
        super().__init__()
        self.nom: str | None = None
        self.proposed = ("", "")  # its name, and the title of the plan, that the first lines seem to say
        self.titre: str | None = None
        self.periode: dict[str, str] = {}  # its « debut » and its « fin »
        self.adopte_le: str | None = None
        self.mission: str | None = None
        self.vision: str | None = None
        self.presentation: str | None = None
        self.valeurs: list[str] = []
        self.diagnostic: dict[str, list[str]] = {}
        self.enjeux: list[EnjeuDraft] = []


class Draft(NamedTuple):
    """The whole plan as it is drawn."""

    organisation: Organisation
    niveaux: Niveaux
    orientations: list[NodeDraft]
    responsables: list[Qui]
    doutes: list[Doute]
    asks: list[Ask]  # about responsables
    understood: list[tuple[str, str, str]]  # of each column: its table, its header, what it was taken for

    def nodes(self) -> Iterator[NodeDraft]:
        """Every level."""
        for one in self.orientations:
            yield from one.nodes()

    def actions(self) -> Iterator[ActionDraft]:
        """Every action."""
        for one in self.orientations:
            yield from one.every_action()
