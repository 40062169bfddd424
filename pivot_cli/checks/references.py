"""PIV2xx: who and what the plan names exists, once, and is put to use. A reference into a file that could not be read,
or of which a part was lost, is not judged: the fault that hid it is told already.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, INFO, Breach, Breaches, rule
from pivot_cli.checks.subject import Subject, file_number
from pivot_cli.finding import Location
from pivot_cli.plan.former import taken_over
from pivot_cli.plan.model import Plan, Registre, Statut
from pivot_cli.plan.names import ORGANISME, RESPONSABLES, base_name, number_in
from pivot_cli.plan.not_found import parts_of_an_id
from pivot_cli.suivi.decisions import id_of
from pivot_cli.text import Suggestions, capitalized, cited, counted, fold, listed, quoted


@rule("PIV201", ERREUR, "responsable inconnu")
def unknown_responsable(subject: Subject) -> Breaches:
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
    registre = subject.plan.registre
    strangers = subject.strangers if RESPONSABLES not in subject.lost else ()
    remedies: dict[str, str] = {}
    names = Suggestions(known for responsable in registre for known in responsable.names)
    for action in [place.action for place in subject.plan.places] if strangers else ():
        mentions = [(name, ("responsables", str(rank))) for rank, name in enumerate(action.responsables)]
        for name, path in [*mentions, (action.porteur, ("porteur",))]:
            if name and name in strangers:
                cause = fold(name)
                if cause not in remedies:
                    remedies[cause] = _who_instead(name, registre, names)
                message = f"{cited(name)} n'est pas un responsable connu."
                yield Breach(action.origin.at(*path), message, remedies[cause], cause)


def _who_instead(name: str, registre: Registre, names: Suggestions) -> str:
    parts = [part.strip() for part in re.split(r"\s\+\s|\s/\s|,|;|\set\s", name[:200])]
    if len(parts) > 1 and all(registre.find(part) for part in parts):
        return f"Ce sont {len(parts)} responsables : écrivez [{', '.join(parts)}]."
    meant = names.nearest(name)
    add = "ajoutez-le à responsables.yaml."
    return f"Vouliez-vous dire {quoted(meant)}? Sinon, {add}" if meant else add.capitalize()


@rule("PIV202", ERREUR, "enjeu inconnu")
def unknown_enjeu(subject: Subject) -> Breaches:
    """L'enjeu d'une orientation est un de ceux d'organisme.yaml.

    Fautif :
        enjeu: 7
    Correct :
        enjeu: 1
    """
    if ORGANISME in subject.lost:
        return
    known = sorted({enjeu.numero for enjeu in subject.plan.organisme.enjeux})
    for orientation in subject.plan.orientations:
        if orientation.enjeu and orientation.enjeu not in known:
            message = f"Il n'y a pas d'enjeu {orientation.enjeu} dans organisme.yaml."
            numbers = listed(list(map(str, known)), "ou")
            remedy = f"Écrivez le numéro d'un enjeu du plan : {numbers}." if known else "Ajoutez l'enjeu."
            yield Breach(orientation.origin.at("enjeu"), message, remedy, orientation.enjeu)


@rule("PIV203", ERREUR, "action inconnue")
def unknown_action(subject: Subject) -> Breaches:
    """Les actions dont une autre dépend, et celles des points permanents de reunions.yaml, existent.

    Une action est désignée par sa place : orientation, volet, objectif, action.

    Fautif :
        depend_de: [1.adm.1.99]
    Correct :
        depend_de: [1.adm.1.2]
    """
    nom = subject.plan.niveaux.action
    by_id, wrong = subject.plan.by_id, list(_unknown(subject)) if subject.plan.orientations else []
    ids = Suggestions(by_id if wrong else ())
    starts = {start for id_ in by_id for start in _starts(id_)} if wrong else set()
    for wanted, location, key in wrong:
        if key == "dossiers":
            what = f"{cited(wanted)} n'est ni {subject.plan.dossier.un} ni {nom.un} du plan."
            nearest = Suggestions(_dossiers(subject.plan)).nearest(wanted)
            yield Breach(location, what, f"Vouliez-vous dire {quoted(nearest)}?" if nearest else "Écrivez son id.")
            continue
        meant = ids.nearest(wanted)
        hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
        remedy = f"{hint}{parts_of_an_id(subject.plan)} : {', '.join(one.nom for one in subject.plan.noms)}."
        # All that stood in a volet whose code has changed is one fault: « 1.adm » names nothing.
        cause = next((start for start in _starts(fold(wanted)) if start not in starts), fold(wanted))
        yield Breach(location, f"Il n'y a pas {nom.de} {cited(wanted)} dans le plan.", remedy, cause)


def _dossiers(plan: Plan) -> Iterator[str]:
    """What a meeting can decide: the objectifs and the actions, by their ids."""
    yield from dict.fromkeys(place.objectif_id for place in plan.places)
    yield from (place.id for place in plan.places)


def _unknown(subject: Subject) -> Iterator[tuple[str, Location, str]]:
    """What is referred to and is not there, but for what an orientation of which something is not known may hold."""
    misnamed = [o for o in subject.plan.orientations if file_number(o) not in (None, o.numero)]
    lost = {number_in(name) for name in subject.lost} | {n for o in misnamed for n in (file_number(o), o.numero)}
    references = [(action.origin, action.depend_de, "depend_de") for _, action in subject.enriched]
    items = [item for instance in subject.plan.reunions[:2] for item in instance.points_permanents]
    references += [(item.origin, (item.action,), "action") for item in items if item.action]
    references += [(one.origin, one.dossiers, "dossiers") for one in subject.plan.reunions.ca.reunions]
    for origin, ids, key in references:
        for rank, wanted in enumerate(ids):
            first = wanted.partition(".")[0]
            number = int(first) if first.isdecimal() and len(first) < 5 else -1
            there = id_of(subject.plan, wanted) if key == "dossiers" else subject.plan.find(wanted)
            if number not in lost and not there:
                yield wanted, origin.at(key, rank), key


def _starts(id_: str) -> list[str]:
    """« 1 », « 1.adm », « 1.adm.2 » of « 1.adm.2.3 »."""
    parts = id_.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


@rule("PIV204", ERREUR, "numéro ou code donné deux fois")
def used_twice(subject: Subject) -> Breaches:
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
    for what, key, nodes in _named(subject.plan):
        first: dict[str, Any] = {}
        for node in nodes:
            name = fold(str(getattr(node, key) or ""))
            other = first.setdefault(name, node)
            if name and other is not node:  # without a name, it could not be read, which is already reported
                where, here = other.origin.at(key), node.origin.at(key)
                before = f"à la ligne {where.line}" if where.file == here.file else f"dans {where.file}"
                message = f"{what} {quoted(name)} est déjà pris {before}."
                yield Breach(here, message, "Donnez-en un qui n'a jamais servi : il ne peut désigner qu'une chose.")


def _named(plan: Plan) -> Iterator[tuple[str, str, Sequence[Any]]]:
    """Everything that a number or a code names, with what must differ: what it is called, its field."""
    names = plan.niveaux
    yield "Le numéro d'enjeu", "numero", plan.organisme.enjeux
    yield "Le code", "code", plan.registre.responsables
    # An orientation whose number is not that of its file is told so (PIV209), and takes nobody's number.
    numbered = [o for o in plan.orientations if file_number(o) in (None, o.numero)]
    yield f"Le numéro {names.orientation.de}", "numero", numbered
    for orientation in plan.orientations:
        yield f"Le code {names.volet.de}", "code", [volet for volet in orientation.volets if not volet.implied]
        for volet in orientation.volets:
            yield f"Le numéro {names.objectif.de}", "numero", [one for one in volet.objectifs if not one.implied]
            for objectif in volet.objectifs:
                yield f"Le numéro {names.action.de}", "numero", objectif.actions


@rule("PIV205", ERREUR, "nom réclamé par deux responsables")
def claimed_twice(subject: Subject) -> Breaches:
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
    codes = {""}
    for responsable in subject.plan.registre:
        code = fold(responsable.code)
        if code and code in codes:  # told by PIV204: the two are probably one
            continue
        codes.add(code)
        aliases = [(("alias", str(rank)), alias) for rank, alias in enumerate(responsable.alias)]
        who = responsable.code or responsable.nom
        for path, name in [(("code",), responsable.code), (("nom",), responsable.nom), *aliases]:
            first = owners.setdefault(fold(name), who) if name else who
            if first != who:
                message = f"{cited(name)} désigne déjà le responsable {cited(first)}."
                yield Breach(responsable.origin.at(*path), message, "Gardez ce nom chez un seul des deux.")


@rule("PIV206", ERREUR, "porteur qui n'est pas parmi les responsables")
def porteur_not_responsable(subject: Subject) -> Breaches:
    """Le porteur d'une action est l'un de ses responsables.

    Il est celui qui en répond; qui n'en est pas responsable peut aider, sous « collaborateurs ».

    Fautif :
        responsables: [DG]
        porteur: CA
    Correct :
        responsables: [DG, CA]
        porteur: CA
    """
    registre, nom = subject.plan.registre, subject.plan.niveaux.action
    for place, action in subject.enriched:
        porteur = registre.find(action.porteur or "") if action.responsables else None
        if action.porteur and porteur and porteur.code not in registre.codes(action.responsables):
            message = f"{cited(action.porteur)} n'est pas parmi les responsables {nom.du} {place.id}."
            yield Breach(action.origin.at("porteur"), message, "Ajoutez-le aux responsables, ou choisissez l'un d'eux.")


@rule("PIV207", INFO, "responsable que rien n'emploie")
def unused_responsable(subject: Subject) -> Breaches:
    """Chaque responsable de responsables.yaml répond d'une action ou y collabore.

    Ce n'est pas une faute : peut-être son nom est-il écrit autrement dans le plan, ou ne sert-il plus.
    Un plan qui en continue un autre en garde les responsables, sans avoir d'action pour chacun : rien n'en est dit.

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
    if subject.lost or not plan.orientations or subject.strangers:
        return  # a misspelt name is told (PIV201), and may be this one's
    if plan.organisme.plan.suite_de is not None:
        return
    named = {name for team in subject.teams for name in team}
    named |= {name for _, action in subject.enriched for name in action.collaborateurs}
    used = {found.code for found in map(plan.registre.find, named) if found}
    for responsable in plan.registre:
        if responsable.code not in used and fold(responsable.code) not in subject.contested:
            message = f"{capitalized(plan.niveaux.action.aucun)} ne nomme le responsable {quoted(responsable.code)}."
            remedy = "S'il ne sert plus, retirez-le; sinon, il n'y a rien à faire."
            yield Breach(responsable.origin.at("code"), message, remedy)


@rule("PIV208", AVERTISSEMENT, "enjeu sans orientation")
def enjeu_without_orientation(subject: Subject) -> Breaches:
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
    nom = subject.plan.niveaux.orientation
    for enjeu in subject.plan.organisme.enjeux:
        if enjeu.numero not in answered:
            message = f"{capitalized(nom.aucun)} ne répond à l'enjeu {enjeu.numero}."
            remedy = f"Dans {nom.le} qui y répond, écrivez « enjeu: {enjeu.numero} »; sinon, retirez cet enjeu."
            yield Breach(enjeu.origin.at("numero"), message, remedy)


@rule("PIV209", ERREUR, "numéro qui n'est pas celui du fichier")
def misnumbered_file(subject: Subject) -> Breaches:
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
            message = f"Le fichier {quoted(file)} contient {subject.plan.niveaux.orientation.le} {orientation.numero}."
            remedy = f"Écrivez « numero: {named} », ou renommez le fichier « orientation-{orientation.numero}.yaml »."
            yield Breach(orientation.origin.at("numero"), message, remedy)


@rule("PIV210", ERREUR, "actions qui dépendent l'une de l'autre")
def dependency_loop(subject: Subject) -> Breaches:
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
    loops, nom = subject.loops, subject.plan.niveaux.action
    for number, loop in enumerate(loops.told, start=1):
        first, rank = loop[0]
        ids = [place.id for place, _ in loop]
        if len(ids) == 1:
            itself = nom.pick("de lui-même", "d'elle-même")
            message = f"{capitalized(nom.le)} {ids[0]} dépend {itself}."
            remedy = f"Retirez cette dépendance : {nom.il} ne pourrait commencer."
        else:
            shown = [*ids[:6], "…"] if len(ids) > 6 else [*ids, ids[0]]
            each = nom.pick("l'un", "l'une")
            message = f"Ces {nom.pluriel} s'attendent {each} l'autre : "
            message += f"{shown[0]} attend {', qui attend '.join(shown[1:])}."
            remedy = f"Retirez l'une de ces dépendances : {nom.pick('aucun', 'aucune')} ne pourrait commencer."
        if loops.more and number == len(loops.told):
            message += f" Le plan a {counted(loops.more, 'autre boucle', 'autres boucles')} de ce genre."
        yield Breach(first.action.origin.at("depend_de", rank), message, remedy)


@rule("PIV211", AVERTISSEMENT, "responsable nommé deux fois")
def named_twice(subject: Subject) -> Breaches:
    """Un responsable n'est nommé qu'une fois dans une action.

    Fautif :
        responsables: [DG, Directrice générale]
    Correct :
        responsables: [DG]
    """
    find, codes = subject.plan.registre.find, subject.plan.registre.codes
    doubled = {team for team in subject.teams if len(codes(team)) < len(team)}
    for place in subject.plan.places if doubled else ():
        seen: dict[str, str] = {}
        team = place.action.responsables
        for rank, name in enumerate(team if team in doubled else ()):
            who = find(name)
            first = seen.setdefault(who.code if who else fold(name), name)
            if rank > team.index(first) and fold(name) not in subject.contested:
                again = "est nommé deux fois" if name == first else f"est le même responsable que {cited(first)}"
                location = place.action.origin.at("responsables", rank)
                yield Breach(location, f"{cited(name)} {again}.", "Gardez un seul des deux.")


@rule("PIV212", ERREUR, "action du plan d'avant inconnue")
def unknown_former_action(subject: Subject) -> Breaches:
    """L'action que « suite_de » nomme est dans le plan d'avant.

    Elle y est nommée par l'id qu'elle y avait. Si ce plan n'est pas dans le dépôt, ou ne se lit pas en entier, rien
    n'est jugé.

    Fautif :
        suite_de: 1.adm.1.99
    Correct :
        suite_de: 1.adm.1.2
    """
    former = subject.former.plan if subject.former else None
    if former is None or former.unread or former.partial:
        return
    wrong = [(place, id_) for place, action in subject.enriched if (id_ := action.suite_de) and not former.find(id_)]
    ids = Suggestions(former.by_id if wrong else ())
    for place, wanted in wrong:
        assert subject.former  # noqa: S101 - narrows the type
        message = f"Il n'y a pas {former.niveaux.action.de} {cited(wanted)} dans {quoted(subject.former.dossier)}."
        meant = ids.nearest(wanted)
        remedy = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
        remedy += f"Écrivez l'id qu'{subject.plan.niveaux.action.il} y avait, ou retirez « suite_de »."
        yield Breach(place.action.origin.at("suite_de"), message, remedy)


@rule("PIV213", AVERTISSEMENT, "plan d'avant introuvable")
def lost_former_plan(subject: Subject) -> Breaches:
    """Le plan d'avant est là où le dit organisme.yaml, sous « plan: », « suite_de: », et dans le même dépôt.

    Sans lui, on ne peut pas suivre ce qui en est repris. Le chemin part du dossier qui contient le plan; aucun lien
    n'est suivi, et rien n'est lu hors du dépôt.

    Fautif :
        plan: {suite_de: plan-2015-2018}
        (ce dossier n'est pas là)
    Correct :
        plan: {suite_de: plan-2019-2021}
    """
    own, names = subject.plan.organisme.plan, subject.plan.niveaux
    if subject.former and subject.former.plan is None:
        why = subject.former.why
        remedy = (
            "Écrivez le chemin du dossier de ce plan, à partir de celui qui contient celui-ci, ou retirez la ligne."
        )
        yield Breach(own.origin.at("suite_de"), f"{why[:1].upper()}{why[1:]}", remedy)
    if own.suite_de is None and ORGANISME not in subject.lost and "suite_de" not in own.origin.keys:
        for place, action in subject.enriched:
            if action.suite_de:
                what = f"{capitalized(names.action.le)} {place.id} en reprend {names.action.pick('un', 'une')}"
                message = f"{what} d'un plan d'avant que rien ne nomme."
                remedy = "Nommez son dossier dans organisme.yaml : « plan: {suite_de: plan-2019-2021} »."
                yield Breach(action.origin.at("suite_de"), message, remedy, "suite_de")


@rule("PIV214", INFO, "action reconduite que rien ne reprend")
def not_taken_over(subject: Subject) -> Breaches:
    """Chaque action que le plan d'avant reconduit est reprise par une action de celui-ci, qui le dit par « suite_de ».

    Ce n'est pas une faute : peut-être y a-t-on renoncé depuis. Qui la cherche trouvera alors où elle s'arrête.

    Fautif :
        (dans le plan d'avant, 1.adm.1.2 est reconduite; aucune action de celui-ci ne la nomme)
    Correct :
        suite_de: 1.adm.1.2
    """
    former = subject.former.plan if subject.former else None
    if former is None or not subject.former or subject.lost:
        return
    taken, nom = taken_over(subject.plan, former), former.niveaux.action
    left = [one.id for one in former.places if one.action.statut is Statut.RECONDUITE and one.id not in taken]
    if left:
        more = [counted(len(left) - _MOST_LEFT, "autre")] if len(left) > _MOST_LEFT else []
        what = nom.counted(len(left), "reconduit")
        verb = "ne sont" if len(left) > 1 else "n'est"
        message = f"Du plan {quoted(subject.former.dossier)}, {what} {verb} {nom.agreed('repris', len(left))} ici par "
        message += f"{nom.aucun} : {listed([*left[:_MOST_LEFT], *more])}."
        remedy = (
            f"Sous {nom.le} qui {nom.pick('le', 'la')} reprend, écrivez par exemple {quoted(f'suite_de: {left[0]}')}."
        )
        yield Breach(subject.plan.organisme.plan.origin.at("suite_de"), message, remedy)


_MOST_LEFT = 8  # ids in a sentence
