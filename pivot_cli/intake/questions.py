"""What is asked of a plan that was drawn as a whole: of its échéances, of its responsables, of its lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.intake import wordings
from pivot_cli.intake.draft import Ask
from pivot_cli.intake.people import TWO, is_person, is_post
from pivot_cli.intake.roles import Role
from pivot_cli.intake.several import ONCE
from pivot_cli.intake.values import lines_of, persons_in
from pivot_cli.text import NBSP, capitalized, counted, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.intake.draft import ActionDraft, NodeDraft
    from pivot_cli.intake.found import CellValue, Found
    from pivot_cli.intake.people import Qui
    from pivot_cli.plan.nouns import Nom


def asked_of_pairs(headers: Sequence[str], place: str, noun: Nom) -> Ask:
    """Whether lists as long as that of the actions of a cell go with them, item by item."""
    said = f"{listed([quoted(header) for header in headers])}, dans l'ordre des {noun.pluriel} de la case"
    told = f"Là où une case tient plusieurs {noun.pluriel}, et une autre une liste aussi longue, "
    return Ask(f"{said}{NBSP}: est-ce juste?", place, f"{told}ce qui est au même rang va ensemble. Est-ce juste?")


def said_of_others(action: ActionDraft, value: CellValue, noun: Nom) -> None:
    """Keep at an action what a cell says of it and of others: whose it is is asked of what counts."""
    said = f"{quoted(', '.join(lines_of(value.text)))} ({value.column.header})"
    comment = f"{said}, pour plusieurs {noun.pluriel}"
    if value.column.role not in (*ONCE, Role.RESPONSABLES):
        action.comment(comment)
        return
    told = f"{said} vaut pour plusieurs {noun.pluriel}. Donnez à {noun.pick('chacun', 'chacune')} sa part."
    action.asks.append(Ask(comment, action.place, told, "partage"))


def filled_in_runs(actions: Sequence[ActionDraft]) -> None:
    """Point out dates one day apart, row after row: a fill handle makes them."""
    days = [action.echeance for action in actions]
    for first, last in wordings.days_in_a_row(days):
        one, two = actions[first], actions[last]
        several = counted(last - first + 1, "échéance")
        told = f"De {one.echeance} à {two.echeance}, {several} se suivent d'un jour à l'autre"
        told += f"{NBSP}: est-ce voulu, ou une recopie du tableur?"
        one.asks.append(Ask(f"{quoted(one.echeance or '')} et les suivantes, d'un jour à l'autre", one.place, told))


_TOGETHER = {
    "année": ("échéance", "n'ont pas d'année", "Écrivez-la à chacune, ou donnez la période du plan (--periode)."),
    "ordre": (
        "échéance",
        "se lisent de deux façons",
        "Le jour d'abord, ou le mois? Écrivez-les en toutes lettres.",
    ),
    "exercice": (
        "échéance",
        "sont d'un exercice dont on ne sait pas le premier mois",
        f"Réglez {quoted('debut_exercice')} et {quoted('annees_jumelees')} dans organisme.yaml, puis écrivez-les.",
    ),
    "partage": ("case", "valent pour plusieurs {}", "Écrivez où va chacune."),
}
"""What several actions may lack: of what there are several, what it is, and what is asked."""
_MOST_SHOWN = 3


def asked_together(actions: Sequence[ActionDraft], noun: Nom) -> None:
    """Ask once, at the first of them, what several actions lack alike."""
    alike: dict[str, list[tuple[ActionDraft, int]]] = {}
    for one in actions:
        for at, ask in enumerate(one.asks):
            alike.setdefault(ask.manque or ask.texte, []).append((one, at))
    for key, places in alike.items():
        text = _asked_of(key, [one.asks[at].comment for one, at in places], noun)
        for one, at in places if len(places) > 1 else ():
            one.asks[at] = one.asks[at]._replace(texte=text)
            text = ""


def _asked_of(key: str, comments: Sequence[str], noun: Nom) -> str:
    """The question for what several actions lack (`key`), or the one that all of them have."""
    if key not in _TOGETHER:
        return f"{key} ({noun.counted(len(comments))})"
    what, lack, remedy = _TOGETHER[key]
    said = list(dict.fromkeys(comment.partition(", pour")[0] for comment in comments))
    more = [counted(len(said) - _MOST_SHOWN, "autre")] if len(said) > _MOST_SHOWN else []
    shown = listed([*said[:_MOST_SHOWN], *more])
    return f"{counted(len(comments), what)} {lack.format(noun.pluriel)}{NBSP}: {shown}. {remedy}"


def _is_first_name(name: str) -> bool:
    return name.istitle() and name.isalpha()


def _is_acronym(name: str) -> bool:
    return name.isupper() and name.isalpha()


def asked_of_two(people: Iterable[Qui]) -> Iterable[Ask]:
    """« Nadia et Luc », « présidente et trésorière »: two words of which nothing says whether they are one."""
    for who in people:
        two = TWO.split(who.nom)
        if len(two) == 2 and (
            all(map(_is_first_name, two))
            or all(map(is_person, two))
            or all(map(is_post, two))
            or all(map(_is_acronym, two))
        ):
            told = (
                f"{quoted(who.nom)}{NBSP}: est-ce un seul responsable, ou deux? S'ils sont deux, donnez à chacun son "
            )
            said = f"{quoted(who.nom)}{NBSP}: un seul, ou deux?"
            yield Ask(said, "", f"{told}entrée, et nommez-les un à un dans le plan.")


def asked_of_people(found: Sequence[Found]) -> Iterable[Ask]:
    """Whether the persons that a column names beside structures are to be responsable."""
    persons, header = persons_in(found)
    if persons:
        told = f"La colonne {quoted(header)} nomme aussi {listed(persons)}, en commentaire. "
        yield Ask(f"{header}{NBSP}: {', '.join(persons)}", found[0].place, told + "Faut-il en faire des responsables?")


def asked_of_services(names: Sequence[str]) -> Iterable[Ask]:
    """Whether a name with commas is of one service."""
    for name in names:
        said = f"{quoted(name)}, un seul nom{NBSP}: est-ce juste?"
        yield Ask(said, "", f"{quoted(name)} est lu comme un seul nom. Est-ce juste?")


def asked_of_twins(understood: Sequence[tuple[str, str, str]]) -> Iterable[Ask]:
    """Whether the second of two columns « Action » holds the steps of the first."""
    for table in dict.fromkeys(table for table, _, _ in understood):
        of = {(header, role) for name, header, role in understood if name == table}
        for header in (header for header, role in of if role == Role.ACTION and (header, Role.ETAPES) in of):
            told = f"De deux colonnes {quoted(header)}, la deuxième est lue comme les étapes de la première."
            yield Ask(f"deux colonnes {quoted(header)}{NBSP}: est-ce juste?", table, f"{told} Est-ce juste?")


_OF_WHAT = r"(?:d['’]|(?:de|du|des|sur|pour)\b)[^,;(.]*?(?= incluant| afin| pour |[,;(.]|$)"


def generic(orientations: Iterable[NodeDraft], people: Sequence[Qui]) -> Iterable[Ask]:
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
