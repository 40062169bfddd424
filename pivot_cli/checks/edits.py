"""PIV5xx: what was adopted is not erased or renumbered, a moved échéance keeps the one before, what was recorded is not
rewritten. Texts that were adopted may change, but not in silence: that is a warning.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pivot_cli.checks.edition import LEVELS, Edition
from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, Breach, Breaches, findings_of, rule, rules_of
from pivot_cli.echeance import DateConsignee, Echeance, Refus, parse_date
from pivot_cli.finding import Finding
from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import Action, EcheancePrecedente, Origin, Place, Statut, Suivi
from pivot_cli.plan.nouns import Niveaux
from pivot_cli.suivi.pairing import Pair, moved
from pivot_cli.text import as_typed, capitalized, cited, counted, fold, listed, one_line, quoted
from pivot_cli.yaml_tree.scalars import scalar

_PASTED = 30  # lines of the plan that a remedy gives back at most


def check_edit(edition: Edition, *, errors_only: bool = False) -> list[Finding]:
    """Every fault of an edit, rule by rule: `errors_only` for a command that only refuses them."""
    return findings_of([one for one in rules_of(__name__) if not errors_only or one.gravite is ERREUR], edition)


@rule("PIV501", ERREUR, "action adoptée retirée du plan")
def removed_action(edition: Edition) -> Breaches:
    """Une action adoptée ne s'efface pas : celle qui n'aura pas lieu est `abandonnée`, avec un motif.

    Il en va de même d'un objectif, d'un volet ou d'une orientation, avec ses actions.

    Fautif :
        (l'action 1.adm.1.2, qui était là avant, n'y est plus)
    Correct :
        - numero: 2
          description: Faire un plan
          responsables: [DG]
          echeance: Mars 2020
          statut: abandonnée
          motif: Le programme a pris fin.
    """
    groups, actions = edition.removals()
    names, nom = edition.new.niveaux, edition.new.niveaux.action
    for depth, places, stands in groups:
        place, number = places[0], len(places)
        put_back = "" if depth == 1 and not stands else "ce passage de "
        if stands:
            of = _part(place, depth, names, names[depth - 1].du)
            message = f"Les {number} {nom.pluriel} {of} ont été {nom.agreed('retiré', 2)} du plan."
        else:
            gone = f"{capitalized(_part(place, depth, names))} a été {names[depth - 1].agreed('retiré')} du plan"
            message = f"{gone}, avec ses {number} {nom.pluriel}."
        remedy = f"Ce qui a été adopté ne s'efface pas. Remettez {put_back}{place.orientation.origin.source.file}; "
        remedy += f"{nom.un} qui n'aura pas lieu reçoit {quoted('statut: abandonnée')} et un motif."
        yield Breach(edition.objectif_of(place), message, remedy)
    for place in actions:
        message = f"{capitalized(nom.le)} {_named(place)} a été {nom.agreed('retiré')} du plan."
        adopted = f"{capitalized(nom.un)} {nom.agreed('adopté')} ne s'efface pas. Remettez-{nom.pick('le', 'la')}"
        remedy = f"{adopted}; {nom.s_il} ne se fera pas, avec ce statut et ce motif :"
        yield Breach(edition.objectif_of(place), message, f"{remedy}\n{_given_back(place.action.origin)}")


def _part(place: Place, depth: int, names: Niveaux, noun: str = "") -> str:
    """« l'orientation 3 », « le volet « adm » de l'orientation 1 », « l'objectif 1.adm.2 », after a `noun` otherwise
    contracted (« de l'objectif »).
    """
    noun, number = noun or names[depth - 1].le, place.orientation.numero
    volet = f"{quoted(place.volet.code)} {names.orientation.du} {number}"
    return f"{noun} {(number, volet, place.objectif_id)[depth - 1]}"


def _given_back(origin: Origin) -> str:
    """The action as it was written, to be put back, with what says that it is abandoned."""
    text, (start, end) = origin.source.text, origin.span()
    lines = text[text.rfind("\n", 0, start) + 1 : end].rstrip().splitlines()
    margin = " " * (origin.at().column - 1)
    kept = [line for line in lines if not re.match(r"\s*(statut|motif) *:", line)] if len(lines) <= _PASTED else []
    return "\n".join([*kept, f"{margin}statut: abandonnée", f"{margin}motif: Écrire ici pourquoi."])


@rule("PIV502", ERREUR, "action renumérotée")
def renumbered_action(edition: Edition) -> Breaches:
    """Un numéro est un nom : il ne change pas, et une action nouvelle en prend un qui n'a jamais servi.

    Les procès-verbaux et les notes renvoient à ces numéros. L'ordre des actions, lui, peut changer.

    Fautif :
        - numero: 3        # avant, c'était l'action 2
          description: Faire un plan
    Correct :
        - numero: 2
          description: Faire un plan
    """
    names, nom = edition.new.niveaux, edition.new.niveaux.action
    became = nom.agreed("devenu")
    for depth, pairs in edition.renumberings():
        (old, new), number = pairs[0], len(pairs)
        if depth < 4:
            renamed = f"{nom.counted(number)} à renommer partout ({old.id} est {became} {new.id})"
            whole, agreed = capitalized(_part(old, depth, names)), names[depth - 1].agreed("devenu")
            message = f"{whole} est {agreed} {_part(new, depth, names)} : {renamed}."
            name = getattr(old[depth - 1], LEVELS[depth - 1][0])
            back = f"Remettez le code {quoted(name)}" if depth == 2 else f"Remettez le numéro {name}"
        elif number > 1:
            moves = [f"{pair.old.id} est {became} {pair.new.id}" for pair in pairs[:3]]
            more = f", et {counted(number - 3, 'autre')}" if number > 3 else ""
            message = f"{number} {nom.pluriel} ont changé de numéro : {', '.join(moves)}{more}."
            back = "Remettez chaque numéro"
        else:
            message = f"{capitalized(nom.le)} {_named(old)} est {became} {new.id}."
            back = f"Remettez le numéro {old.action.numero}"
            if old.objectif_id != new.objectif_id:
                under = f"sous {getattr(names, old.levels[-1].key).le} {old.objectif_id}, numéro {old.action.numero}"
                back = f"Remettez-{nom.pick('le', 'la')} {under}"
        remedy = f"Procès-verbaux et suivis y renvoient. {back}; ce qui est nouveau prend un numéro jamais utilisé."
        yield Breach(new[depth - 1].origin.at(LEVELS[depth - 1][0]), message, remedy)


@rule("PIV503", ERREUR, "échéance déplacée sans garder l'ancienne")
def moved_echeance(edition: Edition) -> Breaches:
    """Une échéance qui change garde l'ancienne dans `echeances_precedentes`, avec le motif.

    Écrire la même échéance autrement (« Mars 2020 », « 2020-03 ») ne la déplace pas.

    Fautif :
        echeance: Juin 2021
    Correct :
        echeance: Juin 2021
        echeances_precedentes:
          - echeance: Mars 2020
            motif: Le poste était vacant.
    """
    for pair in edition.pairs:
        old, new = pair.old.action, pair.new.action
        was = old.echeance.texte
        # Kept: once more than it already was.
        before, after = ([fold(one.echeance.texte) for one in it.echeances_precedentes] for it in (old, new))
        kept = after.count(fold(was)) > before.count(fold(was)) or _is_told(was, _corrections(pair))
        if moved(old.echeance, new.echeance) and not kept:
            message = f"L'échéance de {pair.new.id} était {cited(was)} et devient {cited(new.echeance.texte)}, "
            message += "mais l'ancienne n'est pas gardée."
            former = {"echeance": as_yaml(was), "motif": "Écrire ici pourquoi."}
            remedy = _to_add(new, "echeances_precedentes", former, "Ajoutez", " sous l'échéance")
            yield Breach(new.origin.at("echeance"), message, remedy)


def _to_add(action: Action, key: str, fields: dict[str, str], add: str, where: str = "") -> str:
    """The item to add to a list of an action: at its end, or under its key, which goes `where`."""
    margin = " " * max(action.origin.at().column - 1, 0)
    lines = [f"{margin}  {' ' if rank else '-'} {name}: {text}" for rank, (name, text) in enumerate(fields.items())]
    if getattr(action, key):
        return "\n".join([f"{add} à la fin de {quoted(key)} :", *lines])
    return "\n".join([f"{add}{where} :", f"{margin}{key}:", *lines])


def as_yaml(text: str) -> str:
    """A text as it can stand after a key on one line: as it is where nobody could misread it, or in double quotes."""
    simple = one_line(text) == text and re.fullmatch(r"[^\W_][^:#\n]*", text) and text == text.strip()
    return scalar(text, like=None if simple else '"')


@rule("PIV504", ERREUR, "ce qui était consigné a été réécrit")
def rewritten_record(edition: Edition) -> Breaches:
    """Ce qui a été consigné ne se réécrit pas : ni une réalisation, ni une note, ni une échéance précédente.

    Préciser une date (« mai 2019 », puis « 12 mai 2019 ») ou compléter une note est permis. Ce qui a été consigné par
    erreur se corrige avec une note qui commence par « Correction » et redit ce qu'il y avait : `pivot note --corriger`
    l'écrit. Ce qui a changé depuis se dit dans une note de plus.

    Fautif :
        suivi:
          - date: 2019-05-12
            note: Rencontre tenue.     # avant : « Rencontre reportée. »
    Correct :
        suivi:
          - date: 2019-05-12
            note: Rencontre reportée.
          - date: 2019-06-02
            note: Finalement, la rencontre du 12 mai a été tenue.
    """
    for pair in edition.pairs:
        said = _corrections(pair)
        for field, name, was, lost, now in _rewritten(pair.old.action, pair.new.action):
            if any(all(_is_told(part, said) for part in parts) for parts in (was, lost)):
                continue
            done = "a été retirée" if now is None else "a été réécrite"
            message = f"{pair.new.id} : {name} {done}. Avant : {cited(', '.join(was))}."
            remedy = "Ce qui a été consigné reste. Remettez-le; si c'était une erreur, corrigez-la ainsi, avec ce qui "
            remedy += f'est juste : pivot note {pair.new.id} --corriger "Pourquoi"'
            # What stands where an item stood, or the list that it was in, or the action.
            action, key = pair.new.action, {"suivi": "note", "echeances_precedentes": "echeance"}.get(field)
            location = action.origin.at(field if field in action.origin.keys else "numero", -1 if now is None else now)
            if key and now is not None:
                location = getattr(action, field)[now].origin.at(key)
            yield Breach(location, message, remedy)


def _rewritten(old: Action, new: Action) -> Iterator[tuple[str, str, tuple[str, ...], tuple[Any, ...], int | None]]:
    """What was recorded and is gone: its field, its name, its words, what of it says something else now, and the rank
    of what has its place, if any. To tell either is enough.
    """
    for when, now, _ in _lost(old.realisations, new.realisations):
        yield "realisations", f"la réalisation {_of(when)}", (when.texte,), (when,), now
    if (done := old.realisee_le) and not _kept(done, new.realisee_le):
        # Reopened, the action loses its date as well: that is told once (PIV505).
        gone = new.statut is Statut.REALISEE and "realisee_le" not in new.origin.keys
        if new.realisee_le or gone:
            yield "realisee_le", "la date de réalisation", (done.texte,), (done,), None if gone else 0
    # A statut that is confirmed later keeps its later day.
    day = old.statut_le
    if day and new.statut is old.statut and (not new.statut_le or new.statut_le.fin < day.debut):
        yield "statut_le", "la date du statut", (day.texte,), (day,), 0 if new.statut_le else None
    for note, now, left in _lost(old.suivi, new.suivi):
        name = f"la note de suivi{f' {_of(note.date)}' if note.date else ''}"
        yield "suivi", name, (note.note,), _changed(note, left), now
    for former, now, left in _lost(old.echeances_precedentes, new.echeances_precedentes):
        was = tuple(filter(None, (former.echeance.texte, former.motif)))
        yield "echeances_precedentes", "une échéance précédente", was, _changed(former, left), now


def _changed(old: Suivi | EcheancePrecedente, left: Sequence[Any]) -> tuple[Any, ...]:
    """What is not kept of an item by the one that is most like it among those that stand for no other."""
    same = max(([*map(_kept, old[:3], new[:3])] for new in left), default=[False] * 3)
    parts = [part for part, kept in zip(old[:3], same, strict=True) if part is not None and not kept]
    return tuple(part.texte if isinstance(part, Echeance | Refus) else part for part in parts)


def _is_handed_over(pair: Pair) -> bool:
    """Whether a note of this edit names those who had the action."""
    known = {fold(note.note) for note in pair.old.action.suivi}
    notes = " ".join(fold(note.note) for note in pair.new.action.suivi if fold(note.note) not in known)
    return all(fold(name) in notes for name in pair.old.action.responsables)


class _Told(NamedTuple):
    """What the notes of a correction say that was mended: their text as it is compared, and the days in it."""

    text: str
    days: list[DateConsignee]


def _corrections(pair: Pair) -> _Told:
    """What the notes of this edit say that was mended."""
    known = {fold(note.note) for note in pair.old.action.suivi}
    new = (fold(note.note) for note in pair.new.action.suivi)
    text = " ".join(text for text in new if text.startswith("correction") and text not in known)
    read = (parse_date(part.strip()) for part in re.split("[:;,→«»()]", text))
    return _Told(text, [day for day in read if isinstance(day, DateConsignee)])


def _is_told(was: str | DateConsignee, said: _Told) -> bool:
    """Whether the notes of a correction say what there was: nothing of it is lost. A date may have been made more
    precise before it was mended.
    """
    if isinstance(was, DateConsignee):
        return _is_told(was.texte, said) or any(_kept(was, day) for day in said.days)
    return bool(said.text) and fold(was) in said.text


def _of(when: DateConsignee) -> str:
    """« du 12 mai 2019 », « d'avril 2020 », « de mai 2019 », « de 2019 »."""
    if when.texte[:1].isdigit():
        return f"de {when.texte}" if re.fullmatch("[0-9]{4}", when.texte.strip()) else f"du {when.texte}"
    return f"d'{when.texte}" if fold(when.texte)[:1] in "aeiouh" else f"de {when.texte}"


def _lost(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[Any, int | None, list[Any]]]:
    """The old items that no new one stands for, with the rank of what took their place, if it stands for no other, and
    all the new ones that stand for no other.
    """
    left = dict(enumerate(new))
    lost = []
    for rank, item in enumerate(old):
        kept = next((n for n, candidate in left.items() if _kept(item, candidate)), None)
        if kept is None:
            lost.append((rank, item))
        else:
            del left[kept]
    others = [*left.values()]
    return [(item, rank if rank in left else None, others) for rank, item in lost]


def _kept(old: object, new: object) -> bool:
    """Whether what was recorded is there still: a date may be more precise, and what was not said may be added."""
    match old, new:
        case None, _:
            return True
        case DateConsignee(), DateConsignee():
            return old.debut <= new.debut and new.fin <= old.fin
        case Suivi() | EcheancePrecedente(), Suivi() | EcheancePrecedente():  # a resolution may be mended
            return all(map(_kept, old[:3], new[:3]))
        case Echeance() | Refus(), Echeance() | Refus():
            return fold(old.texte) == fold(new.texte)
        case str(), str():
            return one_line(old) == one_line(new)
    return False


@rule("PIV505", ERREUR, "action rouverte, ou statut effacé, sans note")
def reopened_action(edition: Edition) -> Breaches:
    """Une action réalisée, abandonnée ou reconduite ne change de statut qu'avec une note de suivi qui dit pourquoi.

    Un statut, quel qu'il soit, ne s'efface pas non plus sans note. Les autres changent comme va l'action.

    Fautif :
        statut: en cours     # avant, l'action était abandonnée
    Correct :
        statut: en cours
        suivi:
          - date: 2020-09-01
            note: À refaire, le comité a deux membres de plus.
    """
    nom = edition.new.niveaux.action
    for pair in edition.pairs:
        old, new = pair.old.action, pair.new.action
        closed = old.statut is not None and old.statut.closed
        if old.statut in (None, new.statut) or not (closed or new.statut is None):
            continue
        # Explained, or said otherwise, or its new statut could not be read, which is already reported.
        again = len(new.realisations) > len(old.realisations) and not closed
        if again or len(new.suivi) > len(old.suivi) or ("statut" in new.origin.keys and new.statut is None):
            continue
        day = old.closed_on or old.statut_le
        when = f" ({day.texte})" if day else ""
        now = f"est maintenant {quoted(nom.said(new.statut))}" if new.statut else "n'a plus de statut"
        message = f"{capitalized(nom.le)} {pair.new.id} était {nom.said(old.statut)}{when}; "
        message += f"{nom.il} {now}, sans note qui dise pourquoi."
        note = {"date": "AAAA-MM-JJ", "note": "Écrire ici pourquoi."}
        add = f"Si ce n'est pas voulu, remettez {quoted(f'statut: {old.statut.value}')}. Sinon, ajoutez"
        yield Breach(new.origin.at("statut" if new.statut else "numero"), message, _to_add(new, "suivi", note, add))


@rule("PIV506", AVERTISSEMENT, "texte adopté modifié")
def changed_wording(edition: Edition) -> Breaches:
    """Les textes adoptés (titres, descriptions, échéances) gardent leurs mots.

    La forme des espaces, des apostrophes, des tirets et des guillemets n'y compte pas.

    Ce n'est qu'un avertissement : le conseil peut en décider autrement. Un titre plus court va sous `titre_court`.

    Fautif :
        description: Faire un beau plan     # le plan adopté dit « Faire un plan »
    Correct :
        description: Faire un plan
    """
    adopted: dict[tuple[int, str], tuple[str, Any, Any]] = {}
    for what, old, new, key in _adopted(edition):
        adopted.setdefault((id(new), key), (what, old, new))
    for (_, key), (what, old, new) in adopted.items():
        was, now = (getattr(value, "texte", value) for value in (getattr(old, key), getattr(new, key)))
        if was and now and as_typed(was) != as_typed(now):
            message = f"{what} n'a plus les mots adoptés. Avant : {cited(was)}."
            decided = f"Si {board(edition.new).court.le} l'a décidé, dites-le en décrivant la modification."
            yield Breach(new.origin.at(key), message, f"Si ce n'est pas voulu, remettez-les. {decided}")


def _adopted(edition: Edition) -> Iterator[tuple[str, Any, Any, str]]:
    """Each adopted text: what it is called, what held it, what holds it now, and in which field."""
    old, new = edition.old.organisme, edition.new.organisme
    yield "La mission", old, new, "mission"
    yield "La vision", old, new, "vision"
    before = {enjeu.numero: enjeu for enjeu in old.enjeux}
    for enjeu in new.enjeux:
        yield f"L'enjeu {enjeu.numero}", before.get(enjeu.numero, enjeu), enjeu, "titre"
    names = edition.new.niveaux
    for was, now in edition.pairs:
        yield f"Le titre {names.orientation.du} {now.orientation.numero}", was.orientation, now.orientation, "titre"
        if not now.volet.implied:
            yield f"Le nom {names.volet.du} {quoted(now.volet.code)}", was.volet, now.volet, "nom"
        if not now.objectif.implied:
            yield f"Le titre {names.objectif.du} {now.objectif_id}", was.objectif, now.objectif, "titre"
        yield f"La description de {now.id}", was.action, now.action, "description"
        if not moved(was.action.echeance, now.action.echeance) and not isinstance(now.action.echeance, Refus):
            yield f"L'échéance de {now.id}", was.action, now.action, "echeance"


@rule("PIV507", AVERTISSEMENT, "responsables modifiés")
def changed_responsables(edition: Edition) -> Breaches:
    """Les responsables adoptés ne changent pas sans qu'on s'en rende compte.

    Écrire le même responsable autrement (son code, son nom, un alias) n'y change rien. Une note de suivi qui nomme ceux
    d'avant le dit assez : `pivot note --attribuer` l'écrit.

    Fautif :
        responsables: [CA]     # le plan adopté dit CA et DG
    Correct :
        responsables: [CA, DG]
    """
    remedy = "Si ce n'est pas voulu, remettez-les. Qui aide sans être responsable va sous « collaborateurs »."
    before, after = edition.old.registre.find, edition.new.registre.find

    def code(name: str) -> str:
        who = after(name)
        return who.code if who else ""

    def code_now(name: str) -> str:  # the same person under a new code has not changed
        was = before(name)
        return code(was.code) or code(was.nom) or was.code if was else code(name) or name

    for pair in edition.pairs:
        old, new = pair.old.action.responsables, pair.new.action.responsables
        if set(map(fold, old)) == set(map(fold, new)) or not all(map(code, new)):
            continue  # a name that stands for no one is reported elsewhere
        was, now = list(dict.fromkeys(map(code_now, old))), edition.new.registre.codes(new)
        if was and now and set(was) != set(now) and not _is_handed_over(pair):
            changed = f"Avant : {listed(was)}; maintenant : {listed(now)}."
            message = f"Les responsables de {pair.new.id} ont changé. {changed}"
            yield Breach(pair.new.action.origin.at("responsables"), message, remedy)
    names: dict[str, str] = {}
    for name in (name for pair in edition.pairs for name in pair.new.action.responsables):
        names.setdefault(fold(name), name)
    for name in names.values():
        owner, who = before(name), after(name)
        still = after(owner.code) if owner and who and who.code else None
        if owner and who and still and still is not who and still.nom == owner.nom:
            message = f"{cited(name)} désigne maintenant {who.code}; c'était {owner.code}."
            yield Breach(who.origin.at("code"), message, "Si ce n'est pas voulu, remettez ce nom où il était.")


@rule("PIV508", AVERTISSEMENT, "date ou motif d'un ancien statut")
def left_of_a_statut(edition: Edition) -> Breaches:
    """Un statut qui change a sa propre date et son propre motif : ceux d'avant s'en vont avec l'ancien.

    `pivot note --statut` les retire lui-même. Une note de suivi peut les garder.

    Fautif :
        statut: en cours
        motif: Le bail n'est pas signé.     # l'action était en attente
    Correct :
        statut: en cours
    """
    nom = edition.new.niveaux.action
    for pair in edition.pairs:
        old, new = pair.old.action, pair.new.action
        if new.statut is None or old.statut in (None, new.statut):
            continue
        left = {}
        # Beside the day when it was done, the other one is told by itself (PIV411).
        if old.statut_le and new.statut_le and old.statut_le[1:] == new.statut_le[1:] and not new.realisee_le:
            left["statut_le"] = f"la date ({new.statut_le.texte})"
        if old.motif and new.motif and _kept(old.motif, new.motif) and new.statut.outdates(old.statut):
            left["motif"] = f"le motif ({cited(new.motif)})"
        if left:
            changed = f"était {nom.said(old.statut)} et est maintenant {quoted(nom.said(new.statut))}"
            message = f"{capitalized(nom.le)} {pair.new.id} {changed}, "
            message += f"avec {listed([*left.values()])} de l'ancien statut."
            remedy = f"Retirez {listed([quoted(key) for key in left])}, ou dites ce qui vaut maintenant."
            remedy += " Si c'est encore juste, il n'y a rien à corriger."
            yield Breach(new.origin.at(*[*left][:1]), message, remedy)


def _named(place: Place) -> str:
    return f"{place.id} {cited(place.action.description)}"
