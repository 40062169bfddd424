"""An action that is added to the plan, and actions that are given to somebody, who may be new to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.page.forms import Faulty, Prepared, known_of
from pivot_cli.page.noting import beside, file_answer, prepared
from pivot_cli.page.visit import Lien, Option, Reproche, Sheet, Visit, options, refusal, short
from pivot_cli.plan.model import Responsable
from pivot_cli.plan.names import RESPONSABLES
from pivot_cli.record.filing import Filed
from pivot_cli.record.following import Answer, begun, followed, with_file
from pivot_cli.record.people import Enlisted, enlist
from pivot_cli.record.recording import Typed, plain_line
from pivot_cli.suivi import phrases
from pivot_cli.text import NBSP, capitalized, listed, one_line, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pivot_cli.record.following import Written
    from pivot_cli.suivi.etat import Situation

_MOST_OFFERED = 300  # places among which one is chosen: of more, its id is typed
_MOST_LISTED = 100  # actions that are to be given to somebody
_NEW = "+"
"""In the place of a code, which it cannot be: the responsable that the form adds."""
_PERSON = ("nouveau-nom", "nouveau-code", "nouveau-alias", "nouveau-courriel")
_WHO = ("attribuer", "porteur", *_PERSON)
ADDED = ("ajouter", "description", *_WHO, "echeance", "resolution", "budget-prevu", "note", "par")
GIVEN = ("id", *_WHO, "note", "par", "le")


class Qui(NamedTuple):
    """À qui une action revient : parmi les responsables du plan, ou quelqu'un qu'on y ajoute."""

    responsables: tuple[Option, ...]
    nouveau: bool
    porteurs: tuple[Option, ...]


class Ajout(NamedTuple):
    """Une action à ajouter, telle qu'elle est écrite jusqu'ici."""

    adresse: str
    saisi: Mapping[str, str]
    fautes: Mapping[str, Reproche]
    dossier: str
    objectifs: tuple[Option, ...]
    qui: Qui
    precisions: bool
    retour: Lien


class AAttribuer(NamedTuple):
    """Une action à attribuer."""

    id: str
    titre: str
    suite: str
    choisie: bool


class Attribution(NamedTuple):
    """Des actions, et à qui elles reviennent."""

    adresse: str
    saisi: Mapping[str, str]
    fautes: Mapping[str, Reproche]
    phrase: str
    lignes: tuple[AAttribuer, ...]
    qui: Qui
    precisions: bool
    retour: Lien


# --- what is shown ----------------------------------------------------------------------------------------


def add(visit: Visit) -> Sheet:
    """The form of an action that is added, as it was filled in."""
    plan, asked = visit.reading.plan, visit.reading.plan.level_named(visit.one("ajouter"))
    places = {place.objectif_id: place for place in reversed(plan.places)}
    known = [
        Option(id_, f"{id_} {short(phrases.heading_of(place, plan.niveaux))}", id_ == asked)
        for id_, place in reversed(places.items())
    ]
    values = Ajout(
        adresse=visit.to("/ajouter"),
        saisi=_typed(visit, ADDED),
        fautes=visit.faults,
        dossier=capitalized(plan.dossier.nom),
        objectifs=tuple(known) if len(known) <= _MOST_OFFERED else (),
        qui=_people(visit),
        precisions=any(visit.one(key) or key in visit.faults for key in ("resolution", "budget-prevu", "note", "par")),
        retour=_back_to(visit),
    )
    title = f"Ajouter {plan.niveaux.action.un}"
    return Sheet("ajouter.html", title, values, 400 if visit.faults else 200)


def give(visit: Visit) -> Sheet:
    """The actions that nobody has, those that the address names among them, and to whom they are given."""
    seen, noun = visit.seen, visit.seen.plan.niveaux.action
    asked = {place.id for one in visit.several("id") if (place := seen.plan.find(one))}
    nobody = {one.id for one in phrases.of_nobody(seen.situations)}
    shown = asked | nobody if visit.faults else asked or nobody
    some = [one for one in seen.situations if one.id in shown]
    phrase = f"{noun.counted(len(nobody))} à attribuer." if nobody else f"{capitalized(noun.aucun)} n'est à attribuer."
    if asked and not visit.faults:
        phrase = f"{noun.counted(len(asked))}."
    if len(some) > _MOST_LISTED:
        phrase += f" En voici {_MOST_LISTED}{NBSP}: les autres viendront ensuite."
    values = Attribution(
        adresse=visit.to("/attribuer"),
        saisi=_typed(visit, GIVEN),
        fautes=visit.faults,
        phrase=phrase,
        lignes=tuple(_to_give(one, chosen=one.id in asked or len(some) == 1) for one in some[:_MOST_LISTED]),
        qui=_people(visit),
        precisions=any(visit.one(key) or key in visit.faults for key in ("note", "par", "le")),
        retour=Lien("Responsables", visit.to("/responsables")),
    )
    return Sheet("attribuer.html", "À qui cela revient", values, 400 if visit.faults else 200)


def _typed(visit: Visit, names: tuple[str, ...]) -> dict[str, str]:
    return {name: visit.one(name) for name in names}


def _to_give(one: Situation, *, chosen: bool) -> AAttribuer:
    now = ", ".join(map(one_line, one.action.responsables))
    echeance = one_line(one.action.echeance.texte)
    more = [f"Aujourd'hui{NBSP}: {now}" if now else "", f"Échéance{NBSP}: {echeance}" if echeance else ""]
    return AAttribuer(one.id, phrases.title_of(one.action), " · ".join(filter(None, more)), chosen)


def _people(visit: Visit) -> Qui:
    known = [(who.code or one_line(who.nom), one_line(who.nom)) for who in visit.reading.plan.registre]
    added = [(_NEW, "La personne ajoutée ci-dessus")]
    fresh = any(visit.one(key) or key in visit.faults for key in _PERSON)
    return Qui(options(visit, "attribuer", known), fresh, options(visit, "porteur", [*known, *added]))


def _back_to(visit: Visit) -> Lien:
    plan, asked = visit.reading.plan, visit.one("ajouter")
    id_ = plan.level_named(asked)
    found = next((place for place in plan.places if place.objectif_id == id_), None)
    if found is None:
        return Lien("Plan", visit.to("/plan"))
    return Lien(short(phrases.heading_of(found, plan.niveaux)), visit.to(f"/plan/{id_}"))


# --- what is understood -----------------------------------------------------------------------------------


def prepare_added(visit: Visit) -> Prepared:
    """The action that a form adds, and who is new; raises `Faulty`."""
    noun = visit.reading.plan.dossier
    lacking = {
        name: Reproche(*said)
        for name, said in (
            ("ajouter", ("Il reste à dire où elle va.", f"Choisissez {noun.un}.")),
            ("description", ("Il reste à dire ce qui est à faire.", "Une phrase suffit.")),
        )
        if not visit.one(name)
    }
    if lacking:
        raise Faulty(lacking)
    keys = ("ajouter", "echeance", "resolution", "budget_prevu", "note", "par")
    texts = {key: visit.one(key.replace("_", "-")) or None for key in keys}
    return _recorded(visit, (visit.one("description"),), texts, _back_to(visit))


def prepare_given(visit: Visit) -> Prepared:
    """To whom a form gives some actions, and who is new; raises `Faulty`."""
    ids = tuple(dict.fromkeys(visit.several("id")))
    if not ids:
        raise Faulty({"id": Reproche("Rien n'est coché.", "Cochez ce qui est à attribuer.")})
    if not visit.several("attribuer") and not any(visit.one(key) for key in _PERSON):
        raise Faulty({"attribuer": Reproche("Il reste à dire à qui.", "Cochez un nom, ou ajoutez quelqu'un.")})
    texts = {key: visit.one(key) or None for key in ("note", "par", "le")}
    return _recorded(visit, ids, texts, Lien("Responsables", visit.to("/responsables")))


def _recorded(visit: Visit, ids: tuple[str, ...], texts: dict[str, str | None], back: Lien) -> Prepared:
    """What is written of some actions, and of who is new."""
    hold, names, porteur = visit.desk.edge.hold, tuple(visit.several("attribuer")), visit.one("porteur")
    done, who = begun(hold(visit.reading.files)), None
    if fresh := _somebody(visit):
        who, file = _enlisted(visit, fresh)[:2]
        done = with_file(done, file, hold)
        names = (*names, who.code)
        porteur = who.code if porteur == _NEW else porteur
    elif porteur == _NEW:
        message = f"{quoted('Qui en répond')} est la personne ajoutée, et aucune ne l'est."
        raise Faulty({"porteur": Reproche(message, "Écrivez son nom, ou choisissez quelqu'un d'autre.")})
    typed = Typed(attribuer=names or None, porteur=porteur or None, **texts)
    done = followed(done, [Answer(ids, typed)], partial(file_answer, visit), hold)
    if isinstance(refused := done.outcomes[-1], PivotError):
        raise Faulty(_beside(refused, typed, visit))
    made = prepared(visit, done, [one for one in done.outcomes if isinstance(one, Filed)], back)
    return made._replace(message=_message(done, made.message, who))


def _message(done: Written, told: str, fresh: Responsable | None) -> str:
    """How the history names it: « Ajouter l'action 1.adm.1.5 : Tenir un kiosque », « Attribuer 1.adm.1.1 à … »."""
    some = [one for filed in done.outcomes if isinstance(filed, Filed) for one in filed.actions]
    noun, first, title = done.was.niveaux.action, some[0], phrases.title_of(some[0].action)
    said = f"Ajouter {noun.le} {first.new_place.id}{NBSP}: {title}"
    if not first.added:
        what = first.place.id if len(some) == 1 else noun.counted(len(some))
        find = done.held.plan.registre.find
        names = [who.nom if (who := find(name)) else name for name in first.action.responsables]
        said = f"Attribuer {what} à {listed(list(map(one_line, names)))}"
    lines = told.splitlines()[3 if first.added else 2 :]
    lines += [f"- nouveau responsable{NBSP}: {one_line(fresh.nom)} ({fresh.code})"] if fresh else []
    return "\n".join([truncate(said, _LONG), *(["", *lines] if lines else [])]).replace(NBSP, " ")


_LONG = 100  # characters of the title of a change


def _beside(refused: PivotError, typed: Typed, visit: Visit) -> dict[str, Reproche]:
    """A refusal beside the field that it is about, where the form has it."""
    name, said = beside(refused, typed)
    if typed.ajouter and quoted(typed.ajouter) in refused.message:
        name = "ajouter"
    return {name if name in visit.args else "": said}


def _somebody(visit: Visit) -> Responsable | None:
    """Who is new to the plan; None where nobody is."""
    nom, code, alias, courriel = map(visit.one, _PERSON)
    if not (nom or code or alias or courriel):
        return None
    if not nom:
        raise Faulty({"nouveau-nom": Reproche("Il reste à dire son nom.", "Écrivez-le, ou celui de son poste.")})
    try:
        others = tuple(plain_line(part, "nouveau-alias") for part in alias.split(";") if part.strip())
        return Responsable(code, plain_line(nom, "nouveau-nom"), others, courriel=courriel)
    except PivotError as refused:
        raise Faulty({"nouveau-nom": Reproche(*refusal(refused))}) from None


def _enlisted(visit: Visit, who: Responsable) -> Enlisted:
    try:
        return enlist(who, known_of(visit), visit.reading.files.shown(RESPONSABLES))
    except PivotError as refused:
        named = next((key for key in _PERSON[1:] if visit.one(key) and quoted(visit.one(key)) in refused.message), "")
        said = Reproche(capitalized(refused.message), refused.remedy)
        raise Faulty({named or "nouveau-nom": said}) from None
