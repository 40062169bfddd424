"""What must hold across a whole plan: one rule, one generator, its docstring its documentation.

A rule takes the plan and yields a finding for each fault. A reference into a file that could not be read is
not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from pivot_cli.echeance import Echeance, Refus
from pivot_cli.finding import Finding
from pivot_cli.text import fold, listed, nearest, quoted, truncate

if TYPE_CHECKING:
    from pivot_cli.finding import Location
    from pivot_cli.model import Origin, Plan

Rule = Callable[["Plan"], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Enter a generator of findings in the book of rules, under its code in the catalogue."""

    def enter(generator: Rule) -> Rule:
        RULES[code] = generator
        return generator

    return enter


def check(plan: Plan) -> list[Finding]:
    """Every fault that the rules find, rule by rule."""
    return [finding for one in RULES.values() for finding in one(plan)]


def _unread(plan: Plan, name: str) -> bool:
    return any(file.endswith(name) for file in plan.unread)


def _mentions(plan: Plan) -> Iterator[tuple[str, Location]]:
    """Every name that should stand for a responsable, with its place."""
    for place in plan.places:
        action = place.action
        for rank, name in enumerate(action.responsables):
            if plan.registre.find(name) is None:
                yield name, action.origin.at("responsables", rank)
        if action.porteur and plan.registre.find(action.porteur) is None:
            yield action.porteur, action.origin.at("porteur")


@rule("PIV201")
def unknown_responsable(plan: Plan) -> Iterator[Finding]:
    """Chaque responsable d'une action est dans `responsables.yaml`, par son code, son nom ou un alias."""
    if _unread(plan, "responsables.yaml"):
        return
    known = tuple(name for responsable in plan.registre for name in responsable.names)
    for name, location in _mentions(plan):
        meant = nearest(name, known)
        add = "Sinon, ajoutez-le à responsables.yaml."
        remedy = f"Vouliez-vous dire {quoted(meant)}? {add}" if meant else add.removeprefix("Sinon, ").capitalize()
        yield Finding("PIV201", location, f"{quoted(truncate(name, 80))} n'est pas un responsable connu.", remedy)


@rule("PIV202")
def unknown_enjeu(plan: Plan) -> Iterator[Finding]:
    """L'enjeu d'une orientation est un de ceux d'`organisme.yaml`."""
    if _unread(plan, "organisme.yaml"):
        return
    known = {enjeu.numero for enjeu in plan.organisme.enjeux}
    for orientation in plan.orientations:
        if orientation.enjeu and orientation.enjeu not in known:
            message = f"Il n'y a pas d'enjeu {orientation.enjeu} dans organisme.yaml."
            numbers = listed([str(numero) for numero in sorted(known)], "ou")
            remedy = f"Écrivez le numéro d'un enjeu du plan : {numbers}." if known else "Ajoutez l'enjeu."
            yield Finding("PIV202", orientation.origin.at("enjeu"), message, remedy)


@rule("PIV203")
def unknown_action(plan: Plan) -> Iterator[Finding]:
    """Les actions dont une autre dépend, et celles des points permanents, existent."""
    if plan.unread:
        return
    known = tuple(plan.by_id)
    for wanted, location in _references(plan):
        if fold(wanted) not in plan.by_id:
            meant = nearest(wanted, known)
            hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
            remedy = f"{hint}Un id a quatre parties : orientation, volet, objectif, action."
            yield Finding("PIV203", location, f"Il n'y a pas d'action {quoted(truncate(wanted, 80))}.", remedy)


def _references(plan: Plan) -> Iterator[tuple[str, Location]]:
    for place in plan.places:
        for rank, wanted in enumerate(place.action.depend_de):
            yield wanted, place.action.origin.at("depend_de", rank)
    for instance in (plan.reunions.ca, plan.reunions.aga):
        for item in instance.points_permanents:
            if item.action:
                yield item.action, item.origin.at("action")


@rule("PIV204")
def used_twice(plan: Plan) -> Iterator[Finding]:
    """Un numéro ou un code ne désigne qu'une chose : il n'est jamais réutilisé."""
    yield from _repeated("Le numéro d'enjeu", ((e.numero, e.origin, "numero") for e in plan.organisme.enjeux))
    yield from _repeated("Le code", ((fold(r.code), r.origin, "code") for r in plan.registre))
    yield from _repeated("Le numéro d'orientation", ((o.numero, o.origin, "numero") for o in plan.orientations))
    for orientation in plan.orientations:
        yield from _repeated("Le code de volet", ((v.code, v.origin, "code") for v in orientation.volets))
        for volet in orientation.volets:
            yield from _repeated("Le numéro d'objectif", ((o.numero, o.origin, "numero") for o in volet.objectifs))
            for objectif in volet.objectifs:
                yield from _repeated("Le numéro d'action", ((a.numero, a.origin, "numero") for a in objectif.actions))


def _repeated(what: str, named: Iterable[tuple[int | str, Origin, str]]) -> Iterator[Finding]:
    first: dict[int | str, Origin] = {}
    for name, origin, key in named:
        if not name:  # it could not be read, which is already reported
            continue
        if name in first:
            where = first[name].at(key)
            same_file = where.file == origin.at(key).file
            before = f"à la ligne {where.line}" if same_file else f"dans {where.file}"
            message = f"{what} {quoted(str(name))} est déjà pris {before}."
            remedy = "Donnez-en un qui n'a jamais servi : un numéro ne désigne qu'une chose."
            yield Finding("PIV204", origin.at(key), message, remedy)
        else:
            first[name] = origin


@rule("PIV205")
def claimed_twice(plan: Plan) -> Iterator[Finding]:
    """Un nom ou un alias ne désigne qu'un responsable."""
    owner: dict[str, str] = {}
    for responsable in plan.registre:
        own = (("nom", responsable.nom), *((f"alias.{n}", alias) for n, alias in enumerate(responsable.alias)))
        taken = owner.get(fold(responsable.code))
        owner.setdefault(fold(responsable.code), responsable.code)
        for path, name in own if taken is None else ():
            first = owner.setdefault(fold(name), responsable.code)
            if first != responsable.code and name:
                message = f"{quoted(truncate(name, 80))} désigne déjà le responsable {quoted(first)}."
                remedy = "Gardez ce nom chez un seul des deux."
                yield Finding("PIV205", responsable.origin.at(*path.split(".")), message, remedy)


@rule("PIV206")
def porteur_not_responsable(plan: Plan) -> Iterator[Finding]:
    """Le porteur d'une action est l'un de ses responsables."""
    for place in plan.places:
        action = place.action
        if not action.porteur:
            continue
        porteur = plan.registre.find(action.porteur)
        if porteur and porteur.code not in plan.registre.codes(action.responsables):
            message = f"{quoted(action.porteur)} n'est pas parmi les responsables de l'action {place.id}."
            remedy = "Le porteur répond de l'action : ajoutez-le aux responsables, ou choisissez l'un d'eux."
            yield Finding("PIV206", action.origin.at("porteur"), message, remedy)


def _wordings(plan: Plan) -> Iterator[tuple[Echeance | Refus, Origin, str]]:
    """Every échéance and recurrence of the plan, with its place."""
    for place in plan.places:
        action = place.action
        if action.echeance.texte:
            yield action.echeance, action.origin, "echeance"
        if action.recurrence:
            yield action.recurrence, action.origin, "recurrence"
        for former in action.echeances_precedentes:
            if former.echeance.texte:
                yield former.echeance, former.origin, "echeance"


@rule("PIV301")
def refused_wording(plan: Plan) -> Iterator[Finding]:
    """Chaque échéance se lit en entier, sans rien deviner."""
    for read, origin, key in _wordings(plan):
        if isinstance(read, Refus):
            yield Finding("PIV301", _word_at_fault(read, origin, key), read.message, read.remede)


def _word_at_fault(refus: Refus, origin: Origin, key: str) -> Location:
    """The word that was not understood, where the file holds it as it is; otherwise the whole wording."""
    start, end = origin.span(key)
    offset = origin.source.text[start:end].find(refus.texte)
    if offset < 0 or refus.debut_mot >= refus.fin_mot:
        return origin.at(key)
    return origin.source.location(start + offset + refus.debut_mot, start + offset + refus.fin_mot)


@rule("PIV302")
def ambiguous_wording(plan: Plan) -> Iterator[Finding]:
    """Une échéance qui se lit de plus d'une façon est lue selon les conventions, et le dit."""
    for read, origin, key in _wordings(plan):
        if isinstance(read, Echeance) and read.avis:
            remedy = f'Pour voir comment elle est lue : pivot deadline "{read.texte}"'
            yield Finding(
                "PIV302", origin.at(key), f"{quoted(read.texte)} se lit de plus d'une façon. {read.avis}", remedy
            )
