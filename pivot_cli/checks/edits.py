"""What an edit may not do to what was adopted or recorded: one generator a code, its docstring its documentation.

What was adopted is not erased or renumbered, a moved échéance keeps the one before, what was recorded is not
rewritten. Texts that were adopted may change, but not in silence: that is a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, Breach, findings_of, rule, rules_of
from pivot_cli.echeance import Refus
from pivot_cli.plan.model import Statut
from pivot_cli.text import cited, counted, fold, listed, one_line, quoted
from pivot_cli.yaml_tree.scalars import scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pivot_cli.checks.edition import Edition, Group, Pair
    from pivot_cli.echeance import DateConsignee, Echeance
    from pivot_cli.finding import Finding, Location
    from pivot_cli.plan.model import Action, EcheancePrecedente, Origin, Place, Plan, Responsable, Suivi

_T = TypeVar("_T")

_PASTED = 30  # lines of the plan that a remedy gives back at most


def check_edit(edition: Edition) -> list[Finding]:
    """Every fault of an edit, rule by rule."""
    return findings_of(rules_of(__name__), edition)


# --- what was adopted stays, under its number -------------------------------------------------------------


@rule("PIV501", ERREUR, "action adoptée retirée du plan")
def removed_action(edition: Edition) -> Iterator[Breach]:
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
    groups, actions = edition.removals
    for group in groups:
        yield _removed_group(edition, group)
    for place in actions:
        message = f"L'action {_named(place)} a été retirée du plan."
        remedy = "Une action adoptée ne s'efface pas. Remettez-la; si elle ne se fera pas, avec ce statut et ce motif :"
        block = _given_back(place)
        yield Breach(edition.objectif_of(place), message, f"{remedy}\n{block}")


_PARTS = {1: "l'orientation", 2: "le volet", 3: "l'objectif"}


def _removed_group(edition: Edition, group: Group) -> Breach:
    place, number = group.places[0], len(group.places)
    what = _part(place, group.depth)
    if group.stands:
        of = what.replace("le volet", "du volet", 1) if group.depth == 2 else f"de {what}"
        message = f"Les {number} actions {of} ont été retirées du plan."
    else:
        agreed = "retirée" if group.depth == 1 else "retiré"
        message = f"{what[0].upper()}{what[1:]} a été {agreed} du plan, avec ses {number} actions."
    file = place.orientation.origin.source.file
    put_back = f"Remettez {file}" if group.depth == 1 and not group.stands else f"Remettez ce passage de {file}"
    remedy = (
        f"Ce qui a été adopté ne s'efface pas. {put_back}; "
        f"une action qui n'aura pas lieu reçoit {quoted('statut: abandonnée')} et un motif."
    )
    return Breach(edition.objectif_of(place), message, remedy)


def _part(place: Place, depth: int) -> str:
    """« l'orientation 3 », « le volet « adm » de l'orientation 1 », « l'objectif 1.adm.2 »."""
    names = {
        1: str(place.orientation.numero),
        2: f"{quoted(place.volet.code)} de l'orientation {place.orientation.numero}",
        3: place.objectif_id,
    }
    return f"{_PARTS[depth]} {names[depth]}"


def _given_back(place: Place) -> str:
    """The action as it was written, to be put back, with what says that it is abandoned."""
    origin = place.action.origin
    start, end = origin.span()
    text = origin.source.text
    start = text.rfind("\n", 0, start) + 1
    lines = text[start:end].rstrip().splitlines()
    margin = " " * (origin.at().column - 1)
    kept = [line for line in lines if not re.match(r"\s*(statut|motif) *:", line)] if len(lines) <= _PASTED else []
    return "\n".join([*kept, f"{margin}statut: abandonnée", f"{margin}motif: Écrire ici pourquoi."])


@rule("PIV502", ERREUR, "action renumérotée")
def renumbered_action(edition: Edition) -> Iterator[Breach]:
    """Un numéro est un nom : il ne change pas, et une action nouvelle en prend un qui n'a jamais servi.

    Les procès-verbaux et les notes renvoient à ces numéros. L'ordre des actions, lui, peut changer.

    Fautif :
        - numero: 3        # avant, c'était l'action 2
          description: Faire un plan
    Correct :
        - numero: 2
          description: Faire un plan
    """
    for depth, pairs in edition.renumberings:
        first, number = pairs[0], len(pairs)
        if depth < 4:
            message, back = _renumbered_part(first, depth, number)
        elif number > 1:
            moves = [f"{pair.old.id} est devenue {pair.new.id}" for pair in pairs[:3]]
            more = f", et {counted(number - 3, 'autre')}" if number > 3 else ""
            message = f"{number} actions ont changé de numéro : {', '.join(moves)}{more}."
            back = "Remettez chaque numéro"
        else:
            message = f"L'action {_named(first.old)} est devenue {first.new.id}."
            back = f"Remettez le numéro {first.old.action.numero}"
            if first.old.objectif_id != first.new.objectif_id:
                back = f"Remettez-la sous l'objectif {first.old.objectif_id}, numéro {first.old.action.numero}"
        remedy = f"Procès-verbaux et suivis y renvoient. {back}; ce qui est nouveau prend un numéro jamais utilisé."
        yield Breach(_renumbered_at(first, depth), message, remedy)


def _renumbered_part(pair: Pair, depth: int, number: int) -> tuple[str, str]:
    """That an orientation, a volet or an objectif changed its number or code, and what to put back."""
    was, now = _part(pair.old, depth), _part(pair.new, depth)
    agreed = "devenue" if depth == 1 else "devenu"
    ids = f"{pair.old.id} est devenue {pair.new.id}"
    message = f"{was[0].upper()}{was[1:]} est {agreed} {now} : {counted(number, 'action')} à renommer partout ({ids})."
    back = {
        1: f"le numéro {pair.old.orientation.numero}",
        2: f"le code {quoted(pair.old.volet.code)}",
        3: f"le numéro {pair.old.objectif.numero}",
    }
    return message, f"Remettez {back[depth]}"


def _renumbered_at(pair: Pair, depth: int) -> Location:
    new = pair.new
    nodes: tuple[tuple[Origin, str], ...] = (
        (new.orientation.origin, "numero"),
        (new.volet.origin, "code"),
        (new.objectif.origin, "numero"),
        (new.action.origin, "numero"),
    )
    origin, key = nodes[depth - 1]
    return origin.at(key)


# --- a moved échéance keeps the one before ----------------------------------------------------------------


@rule("PIV503", ERREUR, "échéance déplacée sans garder l'ancienne")
def moved_echeance(edition: Edition) -> Iterator[Breach]:
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
        if not moved(old.echeance, new.echeance) or _kept_since(old, new):
            continue
        message = (
            f"L'échéance de {pair.new.id} était {cited(old.echeance.texte)} et devient "
            f"{cited(new.echeance.texte)}, mais l'ancienne n'est pas gardée."
        )
        yield Breach(new.origin.at("echeance"), message, _former_block(old, new))


def moved(old: Echeance | Refus, new: Echeance | Refus) -> bool:
    """Whether an échéance says something else than before; where one of the two could not be read, unknown."""
    if isinstance(old, Refus) or isinstance(new, Refus) or not old.texte or not new.texte:
        return False
    said = (old.type, old.debut, old.fin, old.recurrence, old.fois)
    return said != (new.type, new.debut, new.fin, new.recurrence, new.fois) and fold(old.texte) != fold(new.texte)


def _kept_since(old: Action, new: Action) -> bool:
    """Whether the old échéance is among the former ones, once more than it already was."""

    def times(action: Action) -> int:
        return [fold(former.echeance.texte) for former in action.echeances_precedentes].count(fold(old.echeance.texte))

    return times(new) > times(old)


def _former_block(old: Action, new: Action) -> str:
    margin = " " * max(new.origin.at().column - 1, 0)
    item = [f"{margin}  - echeance: {as_yaml(old.echeance.texte)}", f"{margin}    motif: Écrire ici pourquoi."]
    if new.echeances_precedentes:
        return "\n".join(["Ajoutez à la fin de « echeances_precedentes » :", *item])
    return "\n".join(["Ajoutez sous l'échéance :", f"{margin}echeances_precedentes:", *item])


def as_yaml(text: str) -> str:
    """A text as it can stand after a key on one line: as it is where nobody could misread it, or in double quotes."""
    simple = one_line(text) == text and re.fullmatch(r"[^\W_][^:#\n]*", text) and text == text.strip()
    return scalar(text, like=None if simple else '"')


# --- what was recorded is not rewritten -------------------------------------------------------------------


class _Item(NamedTuple):
    """Something recorded before that is not there any more: the field it stood in, what it is called, what it was,
    and the rank of what stands in its place (None: nothing does).
    """

    field: str
    name: str
    was: str
    now: int | None = None


@rule("PIV504", ERREUR, "ce qui était consigné a été réécrit")
def rewritten_record(edition: Edition) -> Iterator[Breach]:
    """Ce qui a été consigné ne se réécrit pas : ni une réalisation, ni une note, ni une échéance précédente.

    Préciser une date (« mai 2019 », puis « 12 mai 2019 ») ou compléter une note est permis. Pour corriger, on
    ajoute une note.

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
        for item in _rewritten(pair.old.action, pair.new.action):
            done = "a été retirée" if item.now is None else "a été réécrite"
            message = f"{pair.new.id} : {item.name} {done}. Avant : {item.was}."
            remedy = "Ce qui a été consigné reste. Remettez-le; pour corriger, ajoutez une note sous « suivi »."
            yield Breach(_recorded_at(pair.new.action, item), message, remedy)


def _recorded_at(action: Action, item: _Item) -> Location:
    """What stands where the item stood, or the list that it was in, or the action."""
    if item.now is not None and item.field in {"suivi", "echeances_precedentes"}:
        origin: Origin = getattr(action, item.field)[item.now].origin
        return origin.at("note" if item.field == "suivi" else "echeance")
    if item.field not in action.origin.keys:
        return action.origin.at("numero")
    return action.origin.at(item.field) if item.now is None else action.origin.at(item.field, item.now)


def _rewritten(old: Action, new: Action) -> Iterator[_Item]:
    for when, now in _lost(old.realisations, new.realisations, _same_date):
        yield _Item("realisations", f"la réalisation {_of(when)}", quoted(when.texte), now)
    if old.realisee_le and new.realisee_le and not _same_date(old.realisee_le, new.realisee_le):
        yield _Item("realisee_le", "la date de réalisation", quoted(old.realisee_le.texte), 0)
    # Reopened, the action loses its date as well: that is told once (PIV505).
    if old.realisee_le and new.statut is Statut.REALISEE and "realisee_le" not in new.origin.keys:
        yield _Item("realisee_le", "la date de réalisation", quoted(old.realisee_le.texte))
    for note, now in _lost(old.suivi, new.suivi, _same_note):
        dated = f" {_of(note.date)}" if note.date else ""
        yield _Item("suivi", f"la note de suivi{dated}", cited(note.note), now)
    for former, now in _lost(old.echeances_precedentes, new.echeances_precedentes, _same_former):
        why = f", {former.motif}" if former.motif else ""
        was = cited(f"{former.echeance.texte}{why}")
        yield _Item("echeances_precedentes", "une échéance précédente", was, now)


def _of(when: DateConsignee) -> str:
    """« du 12 mai 2019 », « d'avril 2020 », « de mai 2019 », « de 2019 »."""
    if when.texte[:1].isdigit():
        return f"de {when.texte}" if re.fullmatch("[0-9]{4}", when.texte.strip()) else f"du {when.texte}"
    return f"d'{when.texte}" if fold(when.texte)[:1] in "aeiouh" else f"de {when.texte}"


def _lost(old: Sequence[_T], new: Sequence[_T], same: Callable[[_T, _T], bool]) -> list[tuple[_T, int | None]]:
    """The old items that no new item stands for, each new item standing for one; with the rank of what took
    their place, if it stands for no other.
    """
    left = dict(enumerate(new))
    lost = []
    for rank, item in enumerate(old):
        found = next((n for n, candidate in left.items() if same(item, candidate)), None)
        if found is None:
            lost.append((rank, item))
        else:
            del left[found]
    return [(item, rank if rank in left else None) for rank, item in lost]


def _same_date(old: DateConsignee, new: DateConsignee) -> bool:
    """The same date, or a more precise one."""
    return old.debut <= new.debut and new.fin <= old.fin


def _same_note(old: Suivi, new: Suivi) -> bool:
    return (
        one_line(old.note) == one_line(new.note)
        and (old.par is None or old.par == new.par)
        and (old.date is None or (new.date is not None and _same_date(old.date, new.date)))
    )


def _same_former(old: EcheancePrecedente, new: EcheancePrecedente) -> bool:
    return (
        fold(old.echeance.texte) == fold(new.echeance.texte)
        and (old.motif is None or (new.motif is not None and one_line(old.motif) == one_line(new.motif)))
        and (old.decide_le is None or (new.decide_le is not None and _same_date(old.decide_le, new.decide_le)))
    )


@rule("PIV505", ERREUR, "action réalisée rouverte sans note")
def reopened_action(edition: Edition) -> Iterator[Breach]:
    """Une action réalisée n'est rouverte qu'avec une note de suivi qui dit pourquoi.

    Fautif :
        statut: en cours     # avant, l'action était réalisée
    Correct :
        statut: en cours
        suivi:
          - date: 2020-09-01
            note: À refaire, le comité a perdu deux membres.
    """
    for pair in edition.pairs:
        old, new = pair.old.action, pair.new.action
        if old.statut is not Statut.REALISEE or new.statut is Statut.REALISEE:
            continue
        if len(new.suivi) > len(old.suivi) or ("statut" in new.origin.keys and new.statut is None):
            continue  # explained, or its new statut could not be read, which is already reported
        when = f" ({old.realisee_le.texte})" if old.realisee_le else ""
        now = f"est maintenant {quoted(new.statut.value)}" if new.statut else "n'a plus de statut"
        message = f"L'action {pair.new.id} était réalisée{when}; elle {now}, sans note qui dise pourquoi."
        margin = " " * max(new.origin.at().column - 1, 0)
        item = [f"{margin}  - date: AAAA-MM-JJ", f"{margin}    note: Écrire ici pourquoi."]
        head = ["Si ce n'est pas voulu, remettez « statut: réalisée ». Sinon, ajoutez à la fin de « suivi » :"]
        if not new.suivi:
            head = ["Si ce n'est pas voulu, remettez « statut: réalisée ». Sinon, ajoutez :", f"{margin}suivi:"]
        where = new.origin.at("statut" if new.statut else "numero")
        yield Breach(where, message, "\n".join([*head, *item]))


# --- adopted texts do not change in silence ---------------------------------------------------------------


@rule("PIV506", AVERTISSEMENT, "texte adopté modifié")
def changed_wording(edition: Edition) -> Iterator[Breach]:
    """Les textes adoptés (titres, descriptions, échéances) gardent leurs mots.

    Ce n'est qu'un avertissement : le conseil peut en décider autrement. Un titre plus court va sous `titre_court`.

    Fautif :
        description: Faire un beau plan     # le plan adopté dit « Faire un plan »
    Correct :
        description: Faire un plan
    """
    for what, was, now, where in _adopted_texts(edition):
        if was and now and one_line(was) != one_line(now):
            message = f"{what} n'a plus les mots adoptés. Avant : {cited(was)}."
            remedy = (
                "Si ce n'est pas voulu, remettez-les. Si le conseil l'a décidé, dites-le en décrivant la modification."
            )
            yield Breach(where, message, remedy)


def _adopted_texts(edition: Edition) -> Iterator[tuple[str, str | None, str | None, Location]]:
    """Each adopted text: what it is, what it was, what it is now, and where it is now."""
    yield from _texts_of_organisme(edition)
    seen: set[int] = set()
    for pair in edition.pairs:
        old, new = pair.old, pair.new
        parts = (
            (f"Le titre de l'orientation {new.orientation.numero}", old.orientation, new.orientation, "titre"),
            (f"Le nom du volet {quoted(new.volet.code)}", old.volet, new.volet, "nom"),
            (f"Le titre de l'objectif {new.objectif_id}", old.objectif, new.objectif, "titre"),
        )
        for what, before, after, key in parts:
            if id(after) not in seen:
                seen.add(id(after))
                yield what, getattr(before, key), getattr(after, key), after.origin.at(key)
        was, now = old.action, new.action
        yield f"La description de {new.id}", was.description, now.description, now.origin.at("description")
        if not moved(was.echeance, now.echeance) and not isinstance(now.echeance, Refus):
            yield f"L'échéance de {new.id}", was.echeance.texte, now.echeance.texte, now.origin.at("echeance")


def _texts_of_organisme(edition: Edition) -> Iterator[tuple[str, str | None, str | None, Location]]:
    old, new = edition.old.organisme, edition.new.organisme
    yield "La mission", old.mission, new.mission, new.origin.at("mission")
    yield "La vision", old.vision, new.vision, new.origin.at("vision")
    before = {enjeu.numero: enjeu for enjeu in old.enjeux}
    for enjeu in new.enjeux:
        was = before.get(enjeu.numero)
        if was is not None:
            yield f"L'enjeu {enjeu.numero}", was.titre, enjeu.titre, enjeu.origin.at("titre")


@rule("PIV507", AVERTISSEMENT, "responsables modifiés")
def changed_responsables(edition: Edition) -> Iterator[Breach]:
    """Les responsables adoptés ne changent pas sans qu'on s'en rende compte.

    Écrire le même responsable autrement (son code, son nom, un alias) n'y change rien.

    Fautif :
        responsables: [CA]     # le plan adopté dit CA et DG
    Correct :
        responsables: [CA, DG]
    """
    remedy = "Si ce n'est pas voulu, remettez-les. Qui aide sans être responsable va sous « collaborateurs »."
    for pair in edition.pairs:
        was, now = _responsables_of(pair, edition)
        if was and now and set(was) != set(now):
            message = (
                f"Les responsables de {pair.new.id} ont changé. Avant : {listed(was)}; maintenant : {listed(now)}."
            )
            yield Breach(pair.new.action.origin.at("responsables"), message, remedy)
    for name, before, who in _given_to_another(edition):
        message = f"{cited(name)} désigne maintenant {who.code}; c'était {before}."
        yield Breach(who.origin.at("code"), message, "Si ce n'est pas voulu, remettez ce nom où il était.")


def _responsables_of(pair: Pair, edition: Edition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom an action was and is with, as codes of now; nothing where the names written are the same, or where one
    of them stands for no one, which is reported elsewhere.
    """
    old, new = pair.old.action.responsables, pair.new.action.responsables
    if {fold(name) for name in old} == {fold(name) for name in new}:
        return (), ()
    if any(not _code_of(name, edition.new) for name in new):
        return (), ()
    was = dict.fromkeys(_code_now(name, edition) for name in old)
    return tuple(was), edition.new.registre.codes(new)


def _code_of(name: str, plan: Plan) -> str:
    who = plan.registre.find(name)
    return who.code if who else ""


def _code_now(name: str, edition: Edition) -> str:
    """The code that a name of the old plan stands for now: the same person under a new code has not changed."""
    was = edition.old.registre.find(name)
    candidates = (was.code, was.nom) if was else (name,)
    return next(filter(None, (_code_of(one, edition.new) for one in candidates)), was.code if was else name)


def _given_to_another(edition: Edition) -> Iterator[tuple[str, str, Responsable]]:
    """The names that actions still use, and that stand for another responsable than before, who is still there."""
    told: set[str] = set()
    for pair in edition.pairs:
        for name in pair.new.action.responsables:
            before, who = edition.old.registre.find(name), edition.new.registre.find(name)
            if before is None or who is None or not who.code or fold(name) in told:
                continue
            told.add(fold(name))
            still = edition.new.registre.find(before.code)
            if still is not None and still is not who and still.nom == before.nom:
                yield name, before.code, who


# --- words ------------------------------------------------------------------------------------------------


def _named(place: Place) -> str:
    return f"{place.id} {cited(place.action.description)}"
