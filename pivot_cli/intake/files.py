"""The files of a plan that begins: what was drawn from a document, what was answered, and the questions that are left,
each at the line where its answer goes.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.intake.draft import ActionDraft, Ask, Draft, EnjeuDraft, NodeDraft, Organisation, Piste
from pivot_cli.intake.people import Qui
from pivot_cli.plan.json_schema import modeline
from pivot_cli.plan.names import ORGANISME, RESPONSABLES, REUNIONS, orientation_file
from pivot_cli.plan.nouns import KNOWN, Niveaux, Nom
from pivot_cli.plan.posts import code_for
from pivot_cli.text import NBSP, capitalized, fold, listed, one_line, quoted
from pivot_cli.yaml_tree.scalars import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pivot_cli.intake.people import Doute

_WIDE = 110  # columns, past which a list takes a line an item
TO_COMPLETE = "À COMPLÉTER"
NAMELESS = "Organisme à nommer"


class Answers(NamedTuple):
    """What was told of a plan beside its document; each as it is to be written, or nothing."""

    nom: str = ""
    titre: str = ""
    debut: str = ""
    fin: str = ""
    exercice: str = ""  # the first day of the financial year: « 1er avril »
    niveaux: Niveaux | None = None
    conseil: str = ""
    reunions: tuple[str, ...] = ()


class Kept(NamedTuple):
    """What a plan keeps of the one before, beside who is responsible and what is taken over: its folder, from the one
    that contains this one; its title, not to be taken for this one's; its conventions, and the habits of the bodies
    that meet (`ca`, `aga`), each as it is written.
    """

    dossier: str
    titre: str = ""
    conventions: Mapping[str, str] = MappingProxyType({})
    reunions: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


class Question(NamedTuple):
    """What is left to answer: where it comes from in the document, and where the answer goes."""

    endroit: str
    texte: str
    fichier: str
    ligne: int


class Made(NamedTuple):
    """The files by name, and the questions in their order."""

    files: dict[str, bytes]
    questions: list[Question]

    def texts(self) -> Iterator[str]:
        """All that the files and the questions say."""
        yield from (data.decode() for data in self.files.values())
        yield from (question.texte for question in self.questions)


class _File:
    """A file that is being written, line after line."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[str] = []
        self.questions: list[Question] = []

    def add(self, indent: int, text: str) -> None:
        """A line."""
        self.lines.append(f"{' ' * indent}{text}".rstrip())

    def note(self, indent: int, text: str) -> None:
        """A comment, with the spaces that a keyboard types."""
        self.add(indent, f"# {one_line(text).replace(NBSP, ' ')}".rstrip())

    def field(self, indent: int, key: str, value: str) -> None:
        """A field on one line."""
        self.add(indent, f"{key}: {scalar(one_line(value))}")

    def paragraphs(self, indent: int, key: str, text: str) -> None:
        """A field of one or more paragraphs."""
        parts = [one_line(part) for part in text.split("\n\n")]
        if len(parts) == 1:
            self.field(indent, key, text)
            return
        self.add(indent, f"{key}: |-")
        for rank, part in enumerate(parts):
            if rank:
                self.lines.append("")
            self.add(indent + 2, part)

    def items(self, indent: int, key: str, values: Sequence[str]) -> None:
        """A list, on one line where it fits."""
        if not values:
            return
        flow = f"{key}: [{', '.join(scalar(one_line(value), flow=True) for value in values)}]"
        if indent + len(flow) <= _WIDE:
            self.add(indent, flow)
            return
        self.add(indent, f"{key}:")
        for value in values:
            self.add(indent + 2, f"- {scalar(one_line(value))}")

    def records(self, indent: int, key: str, records: Sequence[dict[str, str]]) -> None:
        """A list of groups of fields."""
        if records:
            self.add(indent, f"{key}:")
        for record in records:
            for rank, (name, value) in enumerate(record.items()):
                self.add(indent + 2, f"{'  ' if rank else '- '}{name}: {scalar(one_line(value))}")

    def beside(self, indent: int, piste: Piste) -> None:
        """The comments of something, then its questions."""
        for text in piste.comments:
            self.note(indent, text)
        for ask in piste.asks:
            self.ask(indent, ask)

    def ask(self, indent: int, ask: Ask) -> None:
        """A question, and the comment that stands where its answer goes."""
        self.note(indent, f"{TO_COMPLETE}{NBSP}: {ask.comment}")
        if ask.texte:
            self.questions.append(Question(ask.endroit, ask.texte, self.name, len(self.lines)))

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return ("\n".join(self.lines) + "\n").encode()


def composed(draft: Draft, answers: Answers, source: str, kept: Kept | None = None) -> Made:
    """The files that a plan begins with; `source` names the document that it comes from, if any; what is `kept` is of
    the plan before.
    """
    niveaux = answers.niveaux or draft.niveaux
    files = [_organisme(draft.organisation, answers, niveaux, source, kept), _responsables(draft, answers, source)]
    files += [_orientation(node, niveaux, source) for node in draft.orientations]
    files.append(_reunions(answers, kept))
    questions = [question for file in files for question in file.questions]
    return Made({file.name: file.data for file in files}, questions)


# --- organisme.yaml ----------------------------------------------------------------------------------


def _organisme(organisation: Organisation, answers: Answers, niveaux: Niveaux, source: str, kept: Kept | None) -> _File:
    file = _File(ORGANISME)
    file.add(0, modeline("organisme"))
    file.note(0, f"L'organisme{NBSP}: ce qu'il est, et comment se lit son plan.{_from(source)}")
    nom = answers.nom or organisation.nom
    if not nom:
        maybe = f"peut-être {quoted(organisation.proposed[0])}" if organisation.proposed[0] else ""
        asked = f"Comment s'appelle l'organisme?{f' {capitalized(maybe)}.' if maybe else ''}"
        file.ask(0, Ask(", ".join(filter(None, ("le nom de l'organisme", maybe))), "", asked))
    file.field(0, "nom", nom or NAMELESS)
    _who_it_is(file, organisation)
    _enjeux(file, sorted(organisation.enjeux, key=lambda one: one.numero))
    periode = _periode(file, organisation, answers)
    if kept and not periode:
        told = "Quelle est la période de ce plan? Avec elle se lisent « An 2 » et « court terme »."
        file.ask(0, Ask("la période du plan, comme au modèle ci-dessous", "", told))
    titre = answers.titre or organisation.titre or ""
    if not titre and (maybe := quoted(organisation.proposed[1]) if organisation.proposed[1] else ""):
        where = "le titre du plan, « titre » sous « plan »"
        file.ask(0, Ask(f"{where}, peut-être {maybe}", "", f"Comment s'intitule le plan? Peut-être {maybe}."))
    _appellation(file, titre, niveaux, kept)
    conventions = {**(kept.conventions if kept else {})}
    if answers.exercice:
        conventions["debut_exercice"] = scalar(answers.exercice)
    if conventions:
        file.add(0, "conventions:")
    for key, written in conventions.items():
        file.add(2, f"{key}: {written}")
    for line in _MODEL_ORGANISME:
        if not (periode and line.startswith(("periode", "  debut:", "  fin:"))):
            file.add(0, f"# {line}".replace(NBSP, " ").rstrip())
    return file


def _who_it_is(file: _File, organisation: Organisation) -> None:
    for key in ("mission", "vision", "presentation"):
        if text := getattr(organisation, key):
            file.paragraphs(0, key, text)
    file.items(0, "valeurs", organisation.valeurs)
    file.beside(0, organisation)
    if organisation.diagnostic:
        file.add(0, "diagnostic:")
        for part in ("forces", "points_amelioration", "contraintes", "opportunites"):
            file.items(2, part, organisation.diagnostic.get(part, []))


def _periode(file: _File, organisation: Organisation, answers: Answers) -> bool:
    """Write the years of the plan, and the day of its adoption; whether those years are known."""
    periode = {"debut": answers.debut, "fin": answers.fin} if answers.debut else organisation.periode
    if periode:
        file.add(0, "periode:")
    for key, day in periode.items():
        file.field(2, key, day)
    if organisation.adopte_le:
        file.field(0, "adopte_le", organisation.adopte_le)
    return bool(periode)


def _from(source: str) -> str:
    return f" Tiré de «{NBSP}{one_line(source)}{NBSP}», dans ses mots." if source else ""


def _enjeux(file: _File, enjeux: Iterable[EnjeuDraft]) -> None:
    for rank, enjeu in enumerate(enjeux):
        if not rank:
            file.add(0, "enjeux:")
        file.add(2, f"- numero: {enjeu.numero}")
        file.field(4, "titre", enjeu.titre)
        if enjeu.enonce:
            file.field(4, "enonce", enjeu.enonce)
        file.beside(4, enjeu)


def _appellation(file: _File, titre: str, niveaux: Niveaux, kept: Kept | None) -> None:
    usual = Niveaux()
    others = {key: noun for key, noun in niveaux._asdict().items() if noun != getattr(usual, key)}
    if not titre and not others and not kept:
        return
    file.add(0, "plan:")
    if titre:
        file.field(2, "titre", titre)
    elif kept and kept.titre:
        told = f"Comment s'appelle ce plan? Celui d'avant s'appelait {quoted(kept.titre)}."
        file.ask(2, Ask("le titre de ce plan, sous « titre: »", "", told))
    if kept:
        file.field(2, "suite_de", kept.dossier)
    if others and all(noun in KNOWN.values() for noun in others.values()):
        file.add(
            2, f"niveaux: {{{', '.join(f'{key}: {scalar(noun.nom, flow=True)}' for key, noun in others.items())}}}"
        )
    elif others:
        file.add(2, "niveaux:")
        for key, noun in others.items():
            file.add(4, f"{key}: {_noun(noun)}")


def _noun(noun: Nom) -> str:
    if KNOWN.get(fold(noun.nom)) == noun:
        return scalar(noun.nom)
    gender = noun.pick("masculin", "féminin")
    return f"{{nom: {scalar(noun.nom, flow=True)}, pluriel: {scalar(noun.pluriel, flow=True)}, genre: {gender}}}"


_MODEL_ORGANISME = (
    "",
    f"MODÈLE, aux valeurs inventées{NBSP}: enlever « # » et l'espace qui le suit, garder ce qui sert.",
    "",
    "periode:",
    "  debut: 1er avril 2001",
    "  fin: 31 mars 2004",
    "adopte_le: 15 mars 2001",
    "conventions:",
    "  debut_exercice: 1er avril   # sinon, l'année civile",
    "  annees_jumelees: exercice   # « 2001-2002 » est un exercice; sinon, les deux années civiles entières",
    "  echeance_proche: 60         # jours; sinon, 90",
)


# --- responsables.yaml -------------------------------------------------------------------------------


def _responsables(draft: Draft, answers: Answers, source: str) -> _File:
    file = _File(RESPONSABLES)
    file.add(0, modeline("responsables"))
    file.note(
        0, f"Qui peut être responsable{NBSP}: code, ce qu'on tape; nom; alias, ses autres écritures.{_from(source)}"
    )
    for line in _MODEL_RESPONSABLES:
        file.add(0, f"# {line}".replace(NBSP, " ").rstrip())
    for ask in draft.asks:
        file.ask(0, ask)
    people = [*draft.responsables, *_board(answers.conseil, draft)]
    file.add(0, "responsables:" if people else "responsables: []")
    for who in people:
        for ask in _doubts(who, draft.doutes):
            file.ask(2, ask)
        file.add(2, f"- code: {who.code}")
        file.field(4, "nom", who.nom)
        file.items(4, "alias", who.alias)
        for key in ("nom_court", "courriel"):
            if text := getattr(who, key):
                file.field(4, key, text)
    return file


def _board(conseil: str, draft: Draft) -> list[Qui]:
    """The board, where the plan names none and it is told what it is called."""
    names = {fold(name) for who in draft.responsables for name in (who.code, who.nom, *who.alias)}
    if not conseil or {"ca", fold(conseil)} & names:
        return []
    usual = fold(conseil) == "conseil d'administration"
    return [Qui("CA" if usual else code_for("", conseil, names), conseil, ())]


def _doubts(who: Qui, doubts: Sequence[Doute]) -> Iterator[Ask]:
    """What is to be asked of a name: its aliases that are proposed, and the names that resemble it."""
    own = [fold(name) for name in (who.code, who.nom, *who.alias)]
    proposed = [name for one in doubts if one.merged and fold(one.name) in own for name in (one.name, one.other)]
    names = list(dict.fromkeys(name for name in proposed if fold(name) != fold(who.nom)))
    if names:
        one = len(names) == 1
        told = f"{listed([quoted(name) for name in names])} {'est' if one else 'sont'} ici une autre façon d'écrire "
        told += f"{quoted(who.nom)}. Est-ce juste? Sinon, donnez{'-lui sa' if one else ' à chacun sa'} propre entrée."
        yield Ask(f"alias proposé, {listed([quoted(name) for name in names])}", "", told)
    for doubt in doubts:
        if not doubt.merged and fold(doubt.name) == fold(who.nom):
            told = f"{quoted(doubt.name)} et {quoted(doubt.other)} se ressemblent ({doubt.why}) et restent distincts. "
            ask = f"le même que {quoted(doubt.other)}?"
            yield Ask(ask, "", f"{told}Si c'est le même, mettez l'un en alias de l'autre.")


_MODEL_RESPONSABLES = (
    "",
    f"MODÈLE, à ajouter à la liste{NBSP}: enlever « # » et l'espace qui le suit (alias et courriel sont facultatifs).",
    "  - code: exemple",
    "    nom: Responsable d'exemple",
    "    alias: [Personne responsable d'exemple]",
    "    courriel: exemple@exemple.org             # pour « pivot remind », qui n'envoie rien lui-même",
)


# --- orientation-N.yaml ------------------------------------------------------------------------------


def _orientation(node: NodeDraft, niveaux: Niveaux, source: str) -> _File:
    file = _File(orientation_file(node.numero))
    file.add(0, modeline("orientation"))
    file.note(0, f"{capitalized(niveaux.orientation.un)} du plan, et ce qui est à faire.{_from(source)}")
    depth = 0
    inner = node
    while inner.children:
        depth, inner = depth + 4, inner.children[0]
    for line in _model(niveaux, depth + 4):
        file.add(0, f"# {line}".replace(NBSP, " ").rstrip())
    file.add(0, f"numero: {node.numero}")
    if node.enjeu is not None:
        file.add(0, f"enjeu: {node.enjeu}")
    _level(file, 0, node)
    return file


def _model(niveaux: Niveaux, indent: int) -> list[str]:
    """What can be added to an action, as far in as an action is."""
    what = niveaux.action
    lines = [
        "",
        f"MODÈLE{NBSP}: ce qu'on peut ajouter à {what.un}, sous son échéance. Tout est facultatif, et inventé.",
        "Copier les lignes utiles, enlever « # » et l'espace qui le suit, écrire ses propres valeurs.",
        "",
    ]
    return [*lines, *(f"{' ' * indent}{line}" for line in _MODEL_ACTION), ""]


_MODEL_ACTION = (
    "responsables: [DG]                  # sans cette ligne : à attribuer",
    "echeance: Juin 2001                 # sans cette ligne : échéance à déterminer",
    "reference: A-3                      # son numéro au document, s'il n'est pas un simple nombre",
    "statut: réalisée                    # ou en cours, en attente, abandonnée…",
    "realisee_le: mai 2001",
    "resultat: Une phrase d'exemple, publique.",
    "budget: {prevu: 1500, source: Fonds d'exemple}    # en dollars",
    "etapes: [Première étape d'exemple, Deuxième étape d'exemple]",
    "indicateurs: [{libelle: Personnes d'exemple, cible: 100}]",
    "suivi: [{date: 3 février 2001, note: Première rencontre d'exemple}]    # interne, jamais publié",
)


def _level(file: _File, indent: int, node: NodeDraft) -> None:
    """The fields of a level after its number, and what is in it."""
    if node.reference:
        file.field(indent, "reference", node.reference)
    file.field(indent, "nom" if node.level == "volet" else "titre", node.titre)
    file.beside(indent, node)
    file.records(indent, "indicateurs", node.indicateurs)
    if node.children:
        kind = node.children[0].level
        file.add(indent, f"{kind}s:")
        for child in node.children:
            file.add(indent + 2, f"- code: {child.code}" if kind == "volet" else f"- numero: {child.numero}")
            _level(file, indent + 4, child)
    else:
        file.add(indent, "actions:")
        for action in node.actions:
            _action(file, indent + 2, action)


_OF_AN_ACTION = (
    *("titre_court", "porteur", "statut", "statut_le", "realisee_le", "motif", "resolution", "decision", "resultat"),
    *("recurrence", "suite_de"),
)


def _action(file: _File, indent: int, action: ActionDraft) -> None:
    file.add(indent, f"- numero: {action.numero}")
    inner = indent + 2
    if action.reference:
        file.field(inner, "reference", action.reference)
    file.field(inner, "description", action.description)
    file.items(inner, "responsables", action.responsables)
    if action.echeance:
        file.field(inner, "echeance", action.echeance)
    file.beside(inner, action)
    fields: dict[str, Any] = action.fields
    for key in _OF_AN_ACTION:
        if key in fields:
            file.field(inner, key, fields[key])
    if "budget" in fields:
        file.add(inner, "budget:")
        for key, value in fields["budget"].items():
            file.field(inner + 2, key, value)
    for key in ("realisations", "depend_de", "etapes"):
        file.items(inner, key, fields.get(key, []))
    file.records(inner, "indicateurs", fields.get("indicateurs", []))
    file.items(inner, "collaborateurs", action.collaborateurs)
    file.records(inner, "suivi", fields.get("suivi", []))
    file.records(inner, "echeances_precedentes", fields.get("echeances_precedentes", []))
    file.items(inner, "liens", fields.get("liens", []))


# --- reunions.yaml -----------------------------------------------------------------------------------


def _reunions(answers: Answers, kept: Kept | None = None) -> _File:
    file = _File(REUNIONS)
    file.add(0, modeline("reunions"))
    file.note(0, "Les réunions du conseil (CA) et l'assemblée générale annuelle (AGA).")
    for line in _MODEL_REUNIONS:
        file.add(0, f"# {line}".replace(NBSP, " ").rstrip())
    bodies = {which: dict(fields) for which, fields in kept.reunions.items()} if kept else {}
    ca: dict[str, Any] = bodies.pop("ca", {})
    if answers.conseil and fold(answers.conseil) != "conseil d'administration":
        ca = {"nom": answers.conseil} | ca
    if answers.reunions:
        ca["reunions"] = [{"date": day} for day in answers.reunions]
    for which, fields in {"ca": ca, **bodies}.items():
        _body(file, which, fields)
    if not ca and not bodies:
        file.add(0, "{}")
    return file


def _body(file: _File, which: str, fields: Mapping[str, Any]) -> None:
    """A body that meets: its fields as they are written, its lists, its lists of groups of fields."""
    if fields:
        file.add(0, f"{which}:")
    for key, value in fields.items():
        if isinstance(value, str):
            file.field(2, key, value)
        elif isinstance(value[0], str):
            file.items(2, key, value)
        else:
            file.records(2, key, value)


_MODEL_REUNIONS = (
    "",
    f"MODÈLE, aux valeurs inventées{NBSP}: enlever « # » et l'espace qui le suit, garder ce qui sert.",
    "ca:",
    "  quorum: 2 membres",
    "  heure: 19 h",
    "  duree: 2 h",
    "  lieu: Salle d'exemple",
    "  reunions:",
    "    - date: 15 janvier 2001",
)


def blank(niveaux: Niveaux | None = None, titles: Sequence[str] = ()) -> Draft:
    """A plan that begins from nothing: one of each level, to be named."""
    niveaux = niveaux or Niveaux()
    kept = list(titles) or ["orientation"]
    action = ActionDraft(f"Décrire ici {niveaux.action.le}", None, "")
    action.numero = 1
    action.asks.append(
        Ask(f"{niveaux.action.le}, son responsable, son échéance", "", f"Que dit {niveaux.action.le}? Qui, quand?")
    )
    node: NodeDraft | None = None
    for level in reversed(kept):
        noun = getattr(niveaux, level)
        above = NodeDraft(level, f"Nommer ici {noun.le}", None, "")
        above.numero, above.code = 1, "un"
        above.asks.append(Ask(f"le titre {noun.du}", "", f"Comment s'appelle {noun.le}?"))
        if node is None:
            above.actions.append(action)
        else:
            above.children.append(node)
        node = above
    assert node is not None  # noqa: S101 - there is always an orientation
    return Draft(Organisation(), niveaux, [node], [], [], [], [])


def suggestion(text: str) -> re.Match[str] | None:
    """The years of a plan that its title says: « 2023-2027 »."""
    return re.search(r"((?:19|20)[0-9]{2})\s*(?:[-–/]|à)\s*((?:19|20)[0-9]{2})", text)
