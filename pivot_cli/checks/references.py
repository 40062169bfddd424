"""PIV2xx: who and what the plan names exists, once, and is put to use.

A reference into a file that could not be read, or of which a part was lost, is not judged: the fault that hid it
is told already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.checks.dependencies import Loops
from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, INFO, Breach, rule
from pivot_cli.checks.subject import few, file_number
from pivot_cli.plan.names import ORGANISME, RESPONSABLES, base_name
from pivot_cli.text import Suggestions, cited, counted, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pivot_cli.checks.subject import Subject
    from pivot_cli.finding import Location
    from pivot_cli.plan.model import Origin, Registre


def _mentions(subject: Subject) -> Iterator[tuple[str, Location]]:
    """Every name that should stand for a responsable and does not, with its place."""
    strangers = subject.strangers
    for place in subject.plan.places if strangers else ():
        action = place.action
        for rank, name in enumerate(action.responsables):
            if name in strangers:
                yield name, action.origin.at("responsables", rank)
        if action.porteur in strangers:
            yield action.porteur, action.origin.at("porteur")


@rule("PIV201", ERREUR, "responsable inconnu")
def unknown_responsable(subject: Subject) -> Iterator[Breach]:
    """Chaque responsable d'une action, et son porteur, est dans responsables.yaml.

    On l'y trouve par son code, son nom ou un alias; majuscules et accents n'y changent rien. Deux responsables
    s'écrivent en deux valeurs, et non en une seule.

    Fautif :
        responsables: [Trésorière]
        responsables: [DG + CA]
    Correct :
        responsables: [Direction générale]
        responsables: [DG, CA]
    """
    if RESPONSABLES in subject.lost:
        return
    registre = subject.plan.registre
    remedies: dict[str, str] = {}
    names = Suggestions(known for responsable in registre for known in responsable.names)
    found = []
    for name, location in _mentions(subject):
        cause = fold(name)
        if cause not in remedies:
            remedies[cause] = _who_instead(name, registre, names)
        message = f"{cited(name)} n'est pas un responsable connu."
        found.append((cause, Breach(location, message, remedies[cause])))
    yield from few(found)


def _who_instead(name: str, registre: Registre, names: Suggestions) -> str:
    parts = [part.strip() for part in re.split(r"\s\+\s|\s/\s|,|;|\set\s", name[:200])]
    if len(parts) > 1 and all(registre.find(part) for part in parts):
        return f"Ce sont {len(parts)} responsables : écrivez [{', '.join(parts)}]."
    meant = names.nearest(name)
    if meant:
        return f"Vouliez-vous dire {quoted(meant)}? Sinon, ajoutez-le à responsables.yaml."
    return "Ajoutez-le à responsables.yaml."


@rule("PIV202", ERREUR, "enjeu inconnu")
def unknown_enjeu(subject: Subject) -> Iterator[Breach]:
    """L'enjeu d'une orientation est un de ceux d'organisme.yaml.

    Fautif :
        enjeu: 7
    Correct :
        enjeu: 1
    """
    if ORGANISME in subject.lost:
        return
    known = {enjeu.numero for enjeu in subject.plan.organisme.enjeux}
    found = []
    for orientation in subject.plan.orientations:
        if orientation.enjeu and orientation.enjeu not in known:
            message = f"Il n'y a pas d'enjeu {orientation.enjeu} dans organisme.yaml."
            numbers = listed([str(numero) for numero in sorted(known)], "ou")
            remedy = f"Écrivez le numéro d'un enjeu du plan : {numbers}." if known else "Ajoutez l'enjeu."
            finding = Breach(orientation.origin.at("enjeu"), message, remedy)
            found.append((orientation.enjeu, finding))
    yield from few(found)


@rule("PIV203", ERREUR, "action inconnue")
def unknown_action(subject: Subject) -> Iterator[Breach]:
    """Les actions dont une autre dépend, et celles des points permanents de reunions.yaml, existent.

    Une action est désignée par sa place : orientation, volet, objectif, action.

    Fautif :
        depend_de: [1.adm.1.99]
    Correct :
        depend_de: [1.adm.1.2]
    """
    wrong = [
        (wanted, location)
        for wanted, location in _references(subject)
        if subject.plan.find(wanted) is None and _is_judged(wanted, subject)
    ]
    if not wrong:
        return
    known = subject.plan.by_id
    ids = Suggestions(known)
    starts = {".".join(id_.split(".")[:length]) for id_ in known for length in (1, 2, 3)}
    found = []
    for wanted, location in wrong:
        meant = ids.nearest(wanted)
        hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
        remedy = f"{hint}Un id a quatre parties : orientation, volet, objectif, action."
        message = f"Il n'y a pas d'action {cited(wanted)} dans le plan."
        found.append((_first_unknown(fold(wanted), starts), Breach(location, message, remedy)))
    yield from few(found)


def _references(subject: Subject) -> Iterator[tuple[str, Location]]:
    for place in subject.enriched:
        for rank, wanted in enumerate(place.action.depend_de):
            yield wanted, place.action.origin.at("depend_de", rank)
    for instance in (subject.plan.reunions.ca, subject.plan.reunions.aga):
        for item in instance.points_permanents:
            if item.action:
                yield item.action, item.origin.at("action")


def _is_judged(wanted: str, subject: Subject) -> bool:
    first = wanted.partition(".")[0]
    if not subject.plan.orientations:
        return False
    return not (first.isdecimal() and len(first) < 5 and int(first) in subject.lost_orientations)


def _first_unknown(wanted: str, starts: set[str]) -> str:
    """The part of an id that names nothing: « 1.adm » for all that stood in a volet whose code has changed."""
    parts = wanted.split(".")
    for length in range(1, len(parts)):
        start = ".".join(parts[:length])
        if start not in starts:
            return start
    return wanted


@rule("PIV204", ERREUR, "numéro ou code donné deux fois")
def used_twice(subject: Subject) -> Iterator[Breach]:
    """Un numéro ou un code ne désigne qu'une chose, et n'est jamais réutilisé.

    C'est par eux que les autres fichiers, les procès-verbaux et les rapports désignent une action : un numéro est un
    nom, et non un rang. Les numéros peuvent donc se suivre dans n'importe quel ordre.

    Fautif :
        actions:
          - numero: 1
            description: Former un comité
          - numero: 1
            description: Faire un plan
    Correct :
        actions:
          - numero: 1
            description: Former un comité
          - numero: 2
            description: Faire un plan
    """
    plan = subject.plan
    yield from _repeated("Le numéro d'enjeu", ((e.numero, e.origin, "numero") for e in plan.organisme.enjeux))
    yield from _repeated("Le code", ((fold(r.code), r.origin, "code") for r in plan.registre))
    # An orientation whose number is not that of its file is told so (PIV209), and takes nobody's number.
    numbered = [o for o in plan.orientations if file_number(o) in (None, o.numero)]
    yield from _repeated("Le numéro d'orientation", ((o.numero, o.origin, "numero") for o in numbered))
    for orientation in plan.orientations:
        yield from _repeated("Le code de volet", ((v.code, v.origin, "code") for v in orientation.volets))
        for volet in orientation.volets:
            if not _all_differ([objectif.numero for objectif in volet.objectifs]):
                yield from _repeated("Le numéro d'objectif", ((o.numero, o.origin, "numero") for o in volet.objectifs))
            for objectif in volet.objectifs:
                if not _all_differ([action.numero for action in objectif.actions]):
                    named = ((action.numero, action.origin, "numero") for action in objectif.actions)
                    yield from _repeated("Le numéro d'action", named)


def _all_differ(numbers: list[int]) -> bool:
    """Whether no two are the same, as nearly always: then nothing more need be looked at."""
    return len(set(numbers)) == len(numbers)


def _repeated(what: str, named: Iterable[tuple[int | str, Origin, str]]) -> Iterator[Breach]:
    first: dict[int | str, Origin] = {}
    for name, origin, key in named:
        if not name:  # it could not be read, which is already reported
            continue
        if name in first:
            where = first[name].at(key)
            same_file = where.file == origin.at(key).file
            before = f"à la ligne {where.line}" if same_file else f"dans {where.file}"
            message = f"{what} {quoted(str(name))} est déjà pris {before}."
            remedy = "Donnez-en un qui n'a jamais servi : il ne peut désigner qu'une chose."
            yield Breach(origin.at(key), message, remedy)
        else:
            first[name] = origin


@rule("PIV205", ERREUR, "nom réclamé par deux responsables")
def claimed_twice(subject: Subject) -> Iterator[Breach]:
    """Un code, un nom ou un alias ne désigne qu'un responsable.

    Majuscules et accents n'y changent rien : « Comité » et « comite » sont le même nom.

    Fautif :
        - code: DG
          nom: Direction générale
          alias: [Direction]
        - code: DA
          nom: Direction administrative
          alias: [Direction]
    Correct :
        - code: DG
          nom: Direction générale
          alias: [Direction]
        - code: DA
          nom: Direction administrative
    """
    owners: dict[str, str] = {}
    codes: set[str] = set()
    for responsable in subject.plan.registre:
        code = fold(responsable.code)
        if code in codes:  # told by PIV204: the two are probably one
            continue
        codes |= {code} - {""}
        own = [("code", responsable.code), ("nom", responsable.nom)]
        own += [(f"alias.{rank}", alias) for rank, alias in enumerate(responsable.alias)]
        who = responsable.code or responsable.nom
        for path, name in own:
            first = owners.setdefault(fold(name), who) if name else who
            if first != who:
                message = f"{cited(name)} désigne déjà le responsable {cited(first)}."
                remedy = "Gardez ce nom chez un seul des deux."
                yield Breach(responsable.origin.at(*path.split(".")), message, remedy)


@rule("PIV206", ERREUR, "porteur qui n'est pas parmi les responsables")
def porteur_not_responsable(subject: Subject) -> Iterator[Breach]:
    """Le porteur d'une action est l'un de ses responsables.

    Il est celui qui en répond; qui n'en est pas responsable peut aider, sous « collaborateurs ».

    Fautif :
        responsables: [DG]
        porteur: CA
    Correct :
        responsables: [DG, CA]
        porteur: CA
    """
    registre = subject.plan.registre
    for place in subject.enriched:
        action = place.action
        if not action.porteur or not action.responsables:
            continue
        porteur = registre.find(action.porteur)
        if porteur and porteur.code not in registre.codes(action.responsables):
            message = f"{cited(action.porteur)} n'est pas parmi les responsables de l'action {place.id}."
            remedy = "Ajoutez-le aux responsables, ou choisissez l'un d'eux."
            yield Breach(action.origin.at("porteur"), message, remedy)


@rule("PIV207", INFO, "responsable que rien n'emploie")
def unused_responsable(subject: Subject) -> Iterator[Breach]:
    """Chaque responsable de responsables.yaml répond d'une action ou y collabore.

    Ce n'est pas une faute : peut-être son nom est-il écrit autrement dans le plan, ou ne sert-il plus.

    Fautif :
        - code: tresorerie
          nom: Trésorerie
        (aucune action ne la nomme)
    Correct :
        - code: CA
          nom: Conseil d'administration
        (une action a « responsables: [CA] »)
    """
    plan = subject.plan
    if subject.lost or not plan.orientations:
        return
    if subject.strangers:
        return  # a misspelt name is told (PIV201), and may be this one's
    named = {name for team in subject.teams for name in team}
    named |= {name for place in subject.enriched for name in place.action.collaborateurs}
    used = {found.code for found in map(plan.registre.find, named) if found}
    for responsable in plan.registre:
        if responsable.code not in used and fold(responsable.code) not in subject.contested:
            message = f"Aucune action ne nomme le responsable {quoted(responsable.code)}."
            remedy = "S'il ne sert plus, retirez-le; sinon, il n'y a rien à faire."
            yield Breach(responsable.origin.at("code"), message, remedy)


@rule("PIV208", AVERTISSEMENT, "enjeu sans orientation")
def enjeu_without_orientation(subject: Subject) -> Iterator[Breach]:
    """Chaque enjeu d'organisme.yaml a au moins une orientation qui lui répond.

    Fautif :
        enjeux:
          - numero: 2
            titre: Un enjeu
        (aucune orientation n'a « enjeu: 2 »)
    Correct :
        enjeux:
          - numero: 2
            titre: Un enjeu
        (orientation-3.yaml a « enjeu: 2 »)
    """
    answered = {orientation.enjeu for orientation in subject.plan.orientations}
    known = {enjeu.numero for enjeu in subject.plan.organisme.enjeux}
    if subject.lost or not answered or not answered <= known:
        return  # an unknown number is told (PIV202), and may stand for this one
    for enjeu in subject.plan.organisme.enjeux:
        if enjeu.numero not in answered:
            message = f"Aucune orientation ne répond à l'enjeu {enjeu.numero}."
            remedy = f"Dans l'orientation qui y répond, écrivez « enjeu: {enjeu.numero} »; sinon, retirez cet enjeu."
            yield Breach(enjeu.origin.at("numero"), message, remedy)


@rule("PIV209", ERREUR, "numéro qui n'est pas celui du fichier")
def misnumbered_file(subject: Subject) -> Iterator[Breach]:
    """Le numéro d'une orientation est celui du nom de son fichier.

    Une copie dont le numéro n'a pas été changé donnerait deux fois les mêmes actions.

    Fautif :
        numero: 1
        (dans orientation-2.yaml)
    Correct :
        numero: 2
        (dans orientation-2.yaml)
    """
    for orientation in subject.plan.orientations:
        named = file_number(orientation)
        if named is not None and orientation.numero and orientation.numero != named:
            file = base_name(orientation.origin.source.file)
            message = f"Le fichier {quoted(file)} contient l'orientation {orientation.numero}."
            remedy = f"Écrivez « numero: {named} », ou renommez le fichier « orientation-{orientation.numero}.yaml »."
            yield Breach(orientation.origin.at("numero"), message, remedy)


@rule("PIV210", ERREUR, "actions qui dépendent l'une de l'autre")
def dependency_loop(subject: Subject) -> Iterator[Breach]:
    """Aucune action ne dépend d'elle-même, ni directement ni par d'autres.

    Fautif :
        - numero: 1
          depend_de: [1.adm.1.2]
        - numero: 2
          depend_de: [1.adm.1.1]
    Correct :
        - numero: 1
        - numero: 2
          depend_de: [1.adm.1.1]
    """
    found = Loops(subject)
    for loop in found.told:
        first, rank = loop[0]
        location = first.action.origin.at("depend_de", rank)
        ids = [place.id for place, _ in loop]
        which = "l'une de ces dépendances"
        if len(ids) == 1:
            message, which = f"L'action {ids[0]} dépend d'elle-même.", "cette dépendance"
        else:
            shown = [*ids[:6], "…"] if len(ids) > 6 else [*ids, ids[0]]
            message = f"Ces actions s'attendent l'une l'autre : {shown[0]} attend {', qui attend '.join(shown[1:])}."
        if found.more and loop is found.told[-1]:
            message += f" Le plan a {counted(found.more, 'autre boucle', 'autres boucles')} de ce genre."
        cannot = "elle ne pourrait" if len(ids) == 1 else "aucune ne pourrait"
        yield Breach(location, message, f"Retirez {which} : {cannot} commencer.")


@rule("PIV211", AVERTISSEMENT, "responsable nommé deux fois")
def named_twice(subject: Subject) -> Iterator[Breach]:
    """Un responsable n'est nommé qu'une fois dans une action.

    Fautif :
        responsables: [DG, Directrice générale]
    Correct :
        responsables: [DG]
    """
    find, codes = subject.plan.registre.find, subject.plan.registre.codes
    doubled = {team for team in subject.teams if len(codes(team)) < len(team)}
    for place in subject.plan.places if doubled else ():
        action = place.action
        if action.responsables not in doubled:
            continue
        seen: dict[str, str] = {}
        for rank, name in enumerate(action.responsables):
            who = find(name)
            first = seen.setdefault(who.code if who else fold(name), name)
            if rank > action.responsables.index(first) and fold(name) not in subject.contested:
                again = "est nommé deux fois" if name == first else f"est le même responsable que {cited(first)}"
                message = f"{cited(name)} {again}."
                yield Breach(action.origin.at("responsables", rank), message, "Gardez un seul des deux.")
