"""The bytes of a plan's files → the plan, and every fault found on the way. Touches no disk."""

from codecs import BOM_UTF8
from collections.abc import Iterable
from typing import Any

from pivot_cli.echeance import Conventions
from pivot_cli.finding import Finding, SourceText
from pivot_cli.plan.model import Organisme, Orientation, Plan, Registre, Reunions
from pivot_cli.plan.names import ORGANISME, RESPONSABLES, REUNIONS, number_in, rank
from pivot_cli.plan.nouns import Niveaux, Nom
from pivot_cli.plan.schema import fields
from pivot_cli.plan.schema.kinds import Reader, Record
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.text import fold
from pivot_cli.yaml_tree import Tree, read_tree

# A file that could not be opened, or that should be there and is not, leaves the plan incomplete.
_WHOLE_FILE = ("PIV001", "PIV002", "PIV007")


Known = dict[tuple[str, bytes, Conventions], Any]
"""What files of a plan say, by name, by bytes, and by the conventions under which they were read."""


def load(
    files: PlanFiles, trees: dict[str, Tree | None] | None = None, known: Known | None = None
) -> tuple[Plan, list[Finding]]:
    """The plan that the files hold, as far as they can be read, and the faults in the order of the files.

    The organisation is read first, for its conventions; where it cannot be, the defaults stand in for them. The
    trees of the files that `trees` names are put there, for whoever means to change one. What is `known` already is not
    read again, nor its faults told; what is read is known from then, for whoever looks at many versions of a plan.
    """
    findings = list(files.findings)
    unread = [finding.location.file for finding in findings if finding.code in _WHOLE_FILE]
    partial: list[str] = []

    def read(name: str, record: Record, conventions: Conventions) -> Any:
        """What a file says, or None: it was not there, or could not be read as a whole."""
        if (data := files.files.get(name)) is None:
            return None
        if known is not None and (name, data, conventions) in known:
            return known[name, data, conventions]
        shown = files.shown(name)
        tree = source, root, told = read_tree(data, shown)
        if trees is not None and name in trees:
            trees[name] = tree
        value = None
        if root is not None:
            reader = Reader(source, conventions)
            value = record.read(root, "", reader)
            # Of two fields of one name, the second is not read: it may have held anything.
            if reader.partial or any(finding.code == "PIV102" for finding in told):
                partial.append(shown)
            told = [*told, *_not_told_by(told, reader.findings)]
        if value is None:
            unread.append(shown)
        elif known is not None:
            known[name, data, conventions] = value
        if told:
            # For a file at fault only: it takes half as long to load as Python does to start (6 ms).
            from pivot_cli.plan.schema.alignment import told_by_alignment

            told = told_by_alignment(told, source, record, conventions, readable=root is not None)
        own = niveaux.retold
        findings.extend(one._replace(message=own(one.message), remedy=own(one.remedy)) for one in told)
        return value

    niveaux = Niveaux()
    organisme: Organisme = _dated(read(ORGANISME, fields.ORGANISME, Conventions()) or Organisme())
    niveaux = organisme.plan.niveaux
    conventions = organisme.conventions
    registre = Registre(read(RESPONSABLES, fields.RESPONSABLES, conventions) or ())
    named = sorted(filter(number_in, files.files), key=rank)
    found = filter(None, [read(name, fields.ORIENTATION, conventions) for name in named])
    orientations = tuple(_without_nouns(orientation, niveaux) for orientation in found)
    reunions: Reunions = read(REUNIONS, fields.REUNIONS, conventions) or Reunions()
    return Plan(organisme, registre, orientations, reunions, tuple(dict.fromkeys(unread)), tuple(partial)), findings


def _not_told_by(told: list[Finding], found: list[Finding]) -> list[Finding]:
    """The faults of values, but those that a fault of writing inside them explains: « {{ x }} » is no group."""
    written = [fault.location[1:3] for fault in told if fault.code in ("PIV004", "PIV005")]
    return [
        fault
        for fault in found
        if fault.code not in ("PIV104", "PIV105", "PIV106")
        or not any(fault.location[1:3] <= place < fault.location[3:5] for place in written)
    ]


def _without_nouns(orientation: Orientation, niveaux: Niveaux) -> Orientation:
    """The same, where « Fiche 12 », as the document numbers a fiche, is its number 12."""
    if "reference" not in orientation.origin.source.text:
        return orientation
    volets = []
    for volet in orientation.volets:
        objectifs = []
        for objectif in volet.objectifs:
            actions = tuple(
                one._replace(reference=_without_noun(one.reference, niveaux.action)) if one.reference else one
                for one in objectif.actions
            )
            number = _without_noun(objectif.reference, niveaux.objectif)
            objectifs.append(objectif._replace(reference=number, actions=actions))
        volets.append(
            volet._replace(reference=_without_noun(volet.reference, niveaux.volet), objectifs=tuple(objectifs))
        )
    number = _without_noun(orientation.reference, niveaux.orientation)
    return orientation._replace(reference=number, volets=tuple(volets))


def _without_noun(reference: str | None, noun: Nom) -> str | None:
    said = fold(reference or "")
    number = said.removeprefix(f"{fold(noun.nom)} ")
    return number if number != said and number.isdecimal() else reference


def _dated(organisme: Organisme) -> Organisme:
    """The organisation with the days of its plan among its conventions: « An 2 » is read from them."""
    (debut, fin, _), adopte_le = organisme.periode, organisme.adopte_le
    conventions = organisme.conventions._replace(
        periode_debut=debut and debut.debut, periode_fin=fin and fin.fin, adopte_le=adopte_le and adopte_le.debut
    )
    return organisme._replace(conventions=conventions)


def source_texts(files: PlanFiles, shown: Iterable[str]) -> dict[str, SourceText]:
    """The texts of the files that findings show under these names, of those that could be had. What is not UTF-8 is
    decoded as the reader does, so that its lines and columns are those of the findings.
    """
    names = {files.shown(name): name for name in files.files}
    found = ((label, files.files[names[label]]) for label in dict.fromkeys(shown) if label in names)
    return {label: SourceText(label, data.removeprefix(BOM_UTF8).decode("utf-8", "replace")) for label, data in found}
