"""What was found in a document → the plan: its levels in order, its actions with their numbers, who is responsible."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pivot_cli.intake import wordings
from pivot_cli.intake.codes import numbered, volet_codes
from pivot_cli.intake.draft import ActionDraft, Ask, Draft, EnjeuDraft, NodeDraft, Organisation
from pivot_cli.intake.headers import Role
from pivot_cli.intake.people import Qui, compared, gathered, mention, names_in
from pivot_cli.intake.periods import merged
from pivot_cli.intake.rows import Found
from pivot_cli.intake.scheme import Scheme, scheme_of
from pivot_cli.intake.titles import ACTIONS, number_alone, read_title
from pivot_cli.intake.values import Common, filled, legend_in, lines_of, persons_in
from pivot_cli.text import NBSP, capitalized, counted, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.intake.rows import NamedLevel, Reading
    from pivot_cli.received.cells import Piece

_ALIKE = 0.6  # of two titles under one number, from which they are of one level
_NAMELESS = "Sans titre (à compléter)"
_BULLETED = re.compile(r"\s*(?:[•·▪■●○◦–—-]|[0-9]{1,2}[.)]|[a-z][.)]|➢|►|→)\s+\S")


def drawn(reading: Reading, organisation: Organisation, conventions: Conventions) -> Draft:
    """The plan that was found in a document."""
    found = list(_expanded(reading.found))
    scheme = scheme_of(reading.levels.order, found)
    builder = _Drawing(reading.ledger, scheme, organisation)
    known = _known(reading, found, conventions)
    for group in merged(found, scheme):
        builder.add(group, known)
    builder.settle(reading.levels.entries)
    _filled_in_runs(builder.actions)
    people, doubts = gathered(name for action in builder.actions for name in action.responsables)
    asks = [*_asked_of_people(found), *_generic(builder.orientations, people)]
    _resolved(builder.actions, people)
    people = _with_aliases(people, [piece.text for piece in reading.document.pieces()])
    understood = [
        (table.name, column.header, _told(column)) for table, heads in reading.understood for column in heads.columns
    ]
    return Draft(organisation, scheme.niveaux, builder.orientations, people, doubts, asks, understood)


def _told(column: object) -> str:
    role, noun = column.role, column.noun  # type: ignore[attr-defined]
    return f"niveau ({noun})" if role is Role.NIVEAU else str(role.value)


_TWO = re.compile(r"(?i)\set\s(?!(?:de|du|des|à|aux?)\b|d['’])")
"""« et » where it may separate two names; in « des loisirs et de la culture », it does not."""


def _known(reading: Reading, found: Sequence[Found], conventions: Conventions) -> Common:
    cells = [value.text for one in found for value in one.values.get(Role.RESPONSABLES, ())]
    alone = {compared(name) for text in cells for name in names_in(text) if not _TWO.search(name)}
    return Common(
        conventions, frozenset(alone), legend_in(piece.text for piece in reading.document.pieces()), reading.ledger
    )


# --- several actions in a cell -----------------------------------------------------------------------


def _expanded(found: Iterable[Found]) -> Iterable[Found]:
    """Each action by itself: a list of them in a cell is as many, those beside it too where they are as many."""
    for one in found:
        texts = one.texts
        lines = texts[0].text.split("\n") if len(texts) == 1 else []
        if len(lines) < 2 or not all(map(_BULLETED.match, (lines[0], *lines))) or one.values.get(Role.DESCRIPTION):
            yield one
            continue
        items = lines_of_list(texts[0].text)
        for rank, item in enumerate(items):
            alone = Found(one.context, one.periods)
            alone.values = defaultdict(list)
            for role, values in one.values.items():
                for value in values:
                    parts = [part for part in value.text.split("\n") if part.strip()]
                    paired = role is not Role.ACTION and len(parts) == len(items) > 1
                    text = item if role is Role.ACTION else parts[rank] if paired else value.text
                    alone.values[role].append(value._replace(text=text))
            yield alone


def lines_of_list(text: str) -> list[str]:
    """The items of a list, each with its number, without its bullet."""
    found: list[str] = []
    for line in text.split("\n"):
        if _BULLETED.match(line) or not found:
            found.append(re.sub(r"^\s*[•·▪■●○◦–—➢►→-]\s+", "", line).strip())
        else:
            found[-1] = f"{found[-1]} {line.strip()}"
    return found


# --- levels ------------------------------------------------------------------------------------------


class _Drawing:
    def __init__(self, ledger: Ledger, scheme: Scheme, organisation: Organisation) -> None:
        self.ledger = ledger
        self.scheme = scheme
        self.organisation = organisation
        self.orientations: list[NodeDraft] = []
        self.actions: list[ActionDraft] = []
        self.placed: dict[int, NodeDraft] = {}
        self._known: dict[tuple[str, str], NodeDraft | None] = {}

    def add(self, found: Found, known: Common) -> None:
        """One action, under its levels."""
        siblings, node = self.orientations, None
        for level, key in self.scheme.levels.items():
            entry = found.context.get(key)
            if entry is not None:
                node = self._node(siblings, level, entry)
            elif node is None:
                node = self._unnamed(found)
            siblings = node.children
        node = node or self._unnamed(found)
        if self.scheme.enjeu:
            self._enjeu(found, self._top(node))
        action = self._action(found, known)
        for key in self.scheme.others:
            if key in found.context:
                entry = found.context[key]
                self.ledger.use(entry.piece)
                action.comment(entry.piece.line)
        node.actions.append(action)
        self.actions.append(action)

    def _unnamed(self, found: Found) -> NodeDraft:
        """Where the document names no level, what stands above its actions: the nearest heading, or what is to name."""
        entry = next(reversed(found.context.values()), None)
        titre = entry.piece.line if entry else self.organisation.titre or _NAMELESS
        node = next((one for one in self.orientations if one.titre == titre), None)
        if node is None:
            node = NodeDraft("orientation", titre, None, found.place)
            self.orientations.append(node)
            if entry:
                self.placed[id(entry.piece)] = node
                self.ledger.use(entry.piece)
            if titre != _NAMELESS:
                told = "Le document ne nomme aucun niveau au-dessus de ce qui est à faire. Ce titre convient-il?"
                node.asks.append(Ask("ce titre", node.place, told))
        return node

    def _top(self, node: NodeDraft) -> NodeDraft:
        return next(one for one in self.orientations if any(under is node for under in one.nodes()))

    def _enjeu(self, found: Found, orientation: NodeDraft) -> None:
        entry = found.context.get(self.scheme.enjeu or "")
        if entry is None or orientation.enjeu is not None:
            return
        self.ledger.use(entry.piece)
        known = self.organisation.enjeux
        number = int(entry.titre.number or 0) if (entry.titre.number or "").isdecimal() else None
        same = next((one for one in known if one.numero == number or fold(one.titre) == fold(entry.titre.titre)), None)
        if same is None:
            free = next(n for n in range(1, 10_000) if n not in [one.numero for one in known])
            same = EnjeuDraft(number or free, entry.titre.titre or entry.piece.line)
            known.append(same)
        elif entry.titre.titre and fold(same.titre) != fold(entry.titre.titre):
            same.enonce = same.enonce or entry.titre.titre
        orientation.enjeu = same.numero

    def _node(self, siblings: list[NodeDraft], level: str, entry: NamedLevel) -> NodeDraft:
        """The level that an entry names: one of those that are there, or a new one."""
        titre = capitalized(entry.titre.titre) if level == "volet" else entry.titre.titre
        for node in siblings:
            if _is_same(node, entry):
                break
        else:
            node = NodeDraft(level, titre, entry.titre.number, entry.piece.place)
            siblings.append(node)
        self.placed[id(entry.piece)] = node
        node.titre = node.titre or titre
        node.number = node.number or entry.titre.number
        _note(node, titre, entry.piece)
        self.ledger.use(entry.piece)
        for link in entry.piece.links:
            node.comment(link if link not in entry.piece.text else "")
        return node

    def _action(self, found: Found, known: Common) -> ActionDraft:
        texts = [value.text for value in found.texts]
        details = [value for value in found.values.get(Role.DESCRIPTION, ()) if value.text]
        number = number_alone(found.number.text) if found.number else None
        if found.number and number:
            self.ledger.use(found.number.cell)
        whole, steps = _title_and_steps(texts[0]) if texts else ("", [])
        if texts and details and (alone := number_alone(whole)):
            number, whole = number or alone, " ".join(details.pop(0).text.split())
        titre = read_title(whole)
        found.noun = titre.noun if titre.noun in ACTIONS else None
        if (
            titre.number
            and titre.titre
            and (titre.noun is None or titre.noun in ACTIONS)
            and number in (None, titre.number)
        ):
            number, whole = titre.number, titre.titre
        action = ActionDraft(whole, number, found.place)
        if found.number and number_alone(found.number.text) is None:
            action.comment(f"{found.number.column.header}{NBSP}: {found.number.cell.line}")
            self.ledger.use(found.number.cell)
        for value in details:
            action.comment(f"{value.column.header}{NBSP}: {' '.join(value.text.split())}")
        for text in texts[1:]:
            action.comment(" ".join(text.split()))
        filled(action, found, known)
        if texts and "\n" in texts[0] and steps and not _BULLETED.match(texts[0].split("\n")[1]):
            action.comment(" ".join(steps[0].split()))
        elif steps:
            action.fields["etapes"] = [*steps, *action.fields.get("etapes", [])]
        return action

    def settle(self, entries: Iterable[NamedLevel]) -> None:
        """Give every level and action its number, its code, and a place that a plan can have."""
        for orientation in self.orientations:
            _one_kind(orientation)
        numbered(self.orientations)
        for orientation in self.orientations:
            volet_codes([node for node in orientation.children if node.level == "volet"])
            for node in orientation.nodes():
                numbered([child for child in node.children if child.level == "objectif"])
                numbered(node.actions)
                _asked_of_title(node)
        for entry in entries:
            self._named_again(entry)

    def _same_as(self, entry: NamedLevel) -> NodeDraft | None:
        """The level of that number and that title, wherever it is."""
        if (entry.key, entry.name) not in self._known:
            everything = (node for one in self.orientations for node in one.nodes())
            found = next((node for node in everything if _is_same(node, entry) and entry.titre.titre), None)
            self._known[entry.key, entry.name] = found
        return self._known[entry.key, entry.name]

    def _named_again(self, entry: NamedLevel) -> None:
        """What becomes of a level that no action stands under: the title of one that is there, or left out."""
        if id(entry.piece) in self.placed or self.ledger.is_known(entry.piece):
            return
        same = self._same_as(entry)
        enjeux = [enjeu.titre for enjeu in self.organisation.enjeux] if entry.key == self.scheme.enjeu else []
        if entry.titre.titre and entry.titre.titre in (same.titre if same else "", *enjeux):
            self.ledger.use(entry.piece)
        elif same:
            self.ledger.leave([entry.piece], f"répète un titre du plan ({same.place})")
        else:
            if entry.numbered:
                self.ledger.forget(entry.numbered)
            self.ledger.leave(filter(None, [entry.numbered, entry.piece]), "niveau sans action")


def _is_same(node: NodeDraft, entry: NamedLevel) -> bool:
    one, two = fold(node.titre), fold(entry.titre.titre)
    if node.number and entry.titre.number:
        if fold(node.number) != fold(entry.titre.number):
            return False
        return not one or not two or one == two or SequenceMatcher(None, one, two).ratio() >= _ALIKE
    return bool(two) and one == two


def _note(node: NodeDraft, titre: str, piece: Piece) -> None:
    """Keep beside a level a title that differs from its own."""
    if titre and " ".join(titre.split()).rstrip(".") != " ".join(node.titre.split()).rstrip("."):
        said = f"Aussi écrit{NBSP}: {quoted(titre)}"
        if not any(comment.startswith(said) for comment in node.comments):
            node.comment(f"{said} ({piece.place})")


def _title_and_steps(text: str) -> tuple[str, list[str]]:
    """A cell whose first line is the action, and the others, with bullets, its steps."""
    lines = text.split("\n")
    marks = [_BULLETED.match(line) is not None for line in lines]
    if len(lines) > 2 and not marks[0] and all(marks[1:]):
        return " ".join(lines[0].split()).rstrip(": "), lines_of("\n".join(lines[1:]))
    if len(lines) > 1 and not any(marks) and _is_title(lines[0], " ".join(lines[1:])):
        return " ".join(lines[0].split()), ["\n".join(lines[1:])]
    return " ".join(re.sub(r"^\s*[•·▪■●○◦➢►→]\s+", "", text).split()), []


def _is_title(first: str, rest: str) -> bool:
    """Whether a first line is a title, and what is under it the text that explains it."""
    return len(first) <= 120 and not re.search("[,;:–-]$", first) and rest[:1].isupper() and len(rest) > len(first)


def _one_kind(node: NodeDraft) -> None:
    """A level holds one kind of children: what stands beside others of another kind goes under one that is to name."""
    if node.level == "orientation" and {child.level for child in node.children} == {"volet", "objectif"}:
        loose = [child for child in node.children if child.level == "objectif"]
        node.children = [child for child in node.children if child.level == "volet"]
        node.children.append(_to_name("volet", node, loose, []))
    if node.actions and node.children:
        level = node.children[0].level
        node.children.append(_to_name(level, node, [], node.actions))
        node.actions = []
    for child in node.children:
        _one_kind(child)


def _to_name(level: str, node: NodeDraft, children: list[NodeDraft], actions: list[ActionDraft]) -> NodeDraft:
    made = NodeDraft(level, _NAMELESS, None, node.place)
    made.children, made.actions = children, actions
    return made


def _asked_of_title(node: NodeDraft) -> None:
    if not node.titre:
        node.titre = _NAMELESS
    if node.titre == _NAMELESS:
        told = f"Le document ne nomme pas ce niveau ({counted(len(list(node.every_action())), 'action')} dessous)."
        node.asks.append(Ask("le titre de ce niveau", node.place, told))


# --- the whole ---------------------------------------------------------------------------------------


def _filled_in_runs(actions: Sequence[ActionDraft]) -> None:
    """Point out dates one day apart, row after row: a fill handle makes them."""
    days = [action.echeance for action in actions]
    for first, last in wordings.days_in_a_row(days):
        one, two = actions[first], actions[last]
        several = counted(last - first + 1, "échéance")
        told = f"De {one.echeance} à {two.echeance}, {several} se suivent d'un jour à l'autre"
        told += f"{NBSP}: est-ce voulu, ou une recopie du tableur?"
        one.asks.append(Ask(f"{quoted(one.echeance or '')} et les suivantes, d'un jour à l'autre", one.place, told))


def _asked_of_people(found: Sequence[Found]) -> Iterable[Ask]:
    persons, header = persons_in(found)
    if persons:
        told = f"La colonne {quoted(header)} nomme aussi {listed(persons)}, en commentaire sous chaque action. "
        yield Ask(f"{header}{NBSP}: {', '.join(persons)}", found[0].place, told + "Faut-il en faire des responsables?")


_OF_WHAT = r"(?:d['’]|(?:de|du|des|sur|pour)\b)[^,;(.]*?(?= incluant| afin| pour |[,;(.]|$)"


def _generic(orientations: Iterable[NodeDraft], people: Sequence[Qui]) -> Iterable[Ask]:
    """A name of one word (« Comité ») that begins others, or that an action beside makes precise: whose is it?"""
    for who in people:
        if " " in who.nom or who.nom.isupper():
            continue
        others = [one.nom for one in people if fold(one.nom).startswith(f"{fold(who.nom)} ")]
        nodes = [node for one in orientations for node in one.nodes() if node.actions]
        near = [node for node in nodes if any(fold(who.nom) in map(fold, one.responsables) for one in node.actions)]
        pattern = rf"(?i)\b{re.escape(who.nom)} {_OF_WHAT}"
        said = [found[0] for node in near for one in node.actions for found in re.finditer(pattern, one.description)]
        candidates = list(dict.fromkeys([*map(capitalized, said), *others]))
        if candidates:
            maybe = listed([quoted(name) for name in candidates], "ou")
            told = f"{quoted(who.nom)} tout court{NBSP}: lequel? Peut-être {maybe}."
            place = next((one.place for node in near for one in node.actions), "")
            yield Ask(
                f"{quoted(who.nom)}{NBSP}: {listed(candidates, 'ou')}?",
                place,
                f"{told} Donnez-lui ce nom, ou mettez-le en alias.",
            )


def _resolved(actions: Iterable[ActionDraft], people: Sequence[Qui]) -> None:
    """Name the responsables of each action as the plan knows them: « Agence (ARS) » is « Agence », of code ARS."""
    known = {fold(name) for who in people for name in (who.code, who.nom, *who.alias)}
    for action in actions:
        for rank, name in enumerate(action.responsables):
            if fold(name) not in known:
                action.responsables[rank] = mention(name).nom


def _with_aliases(people: Sequence[Qui], texts: Sequence[str]) -> list[Qui]:
    """The same, each also known without its article, and an acronym also with the dots that the document writes."""
    dotted = {found.replace(".", ""): found for text in texts for found in re.findall(r"\b(?:[A-Z]\.){2,6}", text)}
    taken = {fold(name) for who in people for name in (who.code, who.nom, *who.alias)}
    made = []
    for who in people:
        more = []
        if (bare := re.sub(r"(?i)^(?:l['’]|les |la |le )", "", who.nom)) != who.nom:
            more.append(capitalized(bare))
        if who.code in dotted:
            more.append(dotted[who.code])
        more = [name for name in more if fold(name) not in taken]
        taken.update(map(fold, more))
        made.append(who._replace(alias=(*who.alias, *more)))
    return made
