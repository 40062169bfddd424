"""PIV4xx: what is recorded of an action agrees with itself. Nothing here turns wrong because time passes."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from pivot_cli.checks.accents import damaged_words
from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, INFO, Breach, Breaches, rule
from pivot_cli.checks.subject import Subject
from pivot_cli.echeance import DateConsignee
from pivot_cli.finding import SourceText
from pivot_cli.plan.model import Action, Origin, Statut
from pivot_cli.text import NBSP, capitalized, cited, counted, day_in_words, dollars, one_line, quoted

_MOST_PLACES = 5  # of one kind, in a file
_When = tuple[DateConsignee | None, Origin, tuple[str | int, ...]]  # a recorded date, and where it stands


@rule("PIV401", AVERTISSEMENT, "action réalisée sans date")
def done_without_a_date(subject: Subject) -> Breaches:
    """Une action réalisée dit quand elle l'a été.

    Une date approximative suffit : le mois, ou l'année. Ce n'est qu'un avertissement : si personne ne sait plus,
    mieux vaut ne rien écrire qu'inventer une date.

    Fautif :
        statut: réalisée
    Correct :
        statut: réalisée
        realisee_le: mai 2020
    """
    nom = subject.plan.niveaux.action
    for place, action in subject.enriched:
        # A faulty date is there all the same: that is told already.
        if action.statut is Statut.REALISEE and not action.closed_on and "realisee_le" not in action.origin.keys:
            message = f"{capitalized(nom.le)} {place.id} est {nom.agreed('réalisé')}, mais on ne dit pas quand."
            remedy = "Ajoutez par exemple « realisee_le: mai 2020 »; l'année suffit. N'inventez pas de date."
            yield Breach(action.origin.at("statut"), message, remedy)


def _dated(action: Action) -> Iterator[tuple[str, Sequence[_When]]]:
    """Every list of dates at which something is said to have happened, with their places."""
    origin = action.origin
    yield "statut_le", [(action.statut_le, origin, ("statut_le",))]
    yield "realisee_le", [(action.realisee_le, origin, ("realisee_le",))]
    yield "realisations", [(when, origin, ("realisations", rank)) for rank, when in enumerate(action.realisations)]
    yield "suivi", [(note.date, note.origin, ("date",)) for note in action.suivi]
    yield "echeances_precedentes", [(one.decide_le, one.origin, ("decide_le",)) for one in action.echeances_precedentes]


@rule("PIV402", ERREUR, "date consignée qui n'est pas encore arrivée")
def recorded_in_the_future(subject: Subject) -> Breaches:
    """Ce qui est consigné a déjà eu lieu.

    « statut_le », « realisee_le », « realisations », « suivi » et « decide_le » ne sont jamais datés d'après
    aujourd'hui. Une date prévue va sous « echeance ».

    Fautif :
        realisee_le: 12 mai 2120
    Correct :
        realisee_le: 12 mai 2020
    """
    today = subject.today
    for _, action in subject.enriched if today else ():
        for when, origin, path in chain.from_iterable(dates for _, dates in _dated(action)):
            if when and today and when.debut > today:
                message = f"{quoted(when.texte)} n'est pas encore arrivé : nous sommes le {day_in_words(today)}."
                remedy = "Corrigez la date; si la chose est seulement prévue, n'écrivez rien ici."
                yield Breach(origin.at(*path), message, remedy)


@rule("PIV403", ERREUR, "date de réalisation d'une action qui n'est pas réalisée")
def dated_but_not_done(subject: Subject) -> Breaches:
    """Une action qui a une date de réalisation est réalisée.

    Sans « statut: réalisée », elle est tenue pour ouverte, et son échéance peut paraître passée. Ce qui revient
    régulièrement se consigne sous « realisations ».

    Fautif :
        statut: en cours
        realisee_le: mai 2020
    Correct :
        statut: réalisée
        realisee_le: mai 2020
    """
    nom = subject.plan.niveaux.action
    for place, action in subject.enriched:
        misread = action.statut is None and "statut" in action.origin.keys
        if action.realisee_le and action.statut is not Statut.REALISEE and not misread:
            now = f"son statut est {quoted(action.statut.value)}" if action.statut else f"{nom.il} n'a pas de statut"
            message = f"{capitalized(nom.le)} {place.id} a une date de réalisation, mais {now}."
            remedy = f"Écrivez « statut: réalisée », ou retirez la date; si {nom.le} revient, écrivez « realisations »."
            yield Breach(action.origin.at("realisee_le"), message, remedy)


@rule("PIV404", AVERTISSEMENT, "action abandonnée ou en attente sans motif")
def stopped_without_a_reason(subject: Subject) -> Breaches:
    """Une action abandonnée ou en attente dit pourquoi.

    Fautif :
        statut: abandonnée
    Correct :
        statut: abandonnée
        motif: La subvention n'a pas été accordée.
    """
    nom = subject.plan.niveaux.action
    for place, action in subject.enriched:
        if action.statut in (Statut.ABANDONNEE, Statut.EN_ATTENTE) and "motif" not in action.origin.keys:
            message = f"{capitalized(nom.le)} {place.id} est {nom.said(action.statut)}, mais on ne dit pas pourquoi."
            yield Breach(action.origin.at("statut"), message, "Ajoutez une ligne « motif: … », en une phrase.")


@rule("PIV405", AVERTISSEMENT, "dépense qui dépasse le montant prévu")
def over_budget(subject: Subject) -> Breaches:
    """Le montant dépensé ne dépasse pas le montant prévu.

    Un dépassement arrive : c'est un avertissement, pour qu'un chiffre mal tapé ne passe pas inaperçu.

    Fautif :
        budget: {prevu: 1500, reel: 15000}
    Correct :
        budget: {prevu: 1500, reel: 1450.50}
    """
    for _, action in subject.enriched:
        budget = action.budget
        if budget and budget.prevu is not None and budget.reel is not None and budget.reel > budget.prevu:
            message = f"Le montant réel dépasse le montant prévu de {dollars(budget.reel - budget.prevu)}."
            remedy = "Vérifiez les deux montants; s'ils sont justes, il n'y a rien à corriger."
            yield Breach(budget.origin.at("reel"), message, remedy)


@rule("PIV406", AVERTISSEMENT, "dates qui ne sont pas en ordre")
def out_of_order(subject: Subject) -> Breaches:
    """Ce qui est daté est écrit du plus ancien au plus récent.

    C'est vrai des « realisations », du « suivi », des « echeances_precedentes » et des réunions : la plus récente
    s'ajoute à la fin. Les numéros, eux, sont ceux du plan adopté et vont dans n'importe quel ordre.

    Fautif :
        realisations: [juin 2020, mars 2020]
    Correct :
        realisations: [mars 2020, juin 2020]
    """
    meetings = [instance.reunions for instance in subject.plan.reunions[:2]]
    lists = [each for _, action in subject.enriched for each in _dated(action)]
    lists += [("reunions", [(one.date, one.origin, ("date",)) for one in some]) for some in meetings]
    for what, dates in lists:
        latest: DateConsignee | None = None
        wrong = []  # surely before a date written above
        for when, origin, path in dates:
            if when and latest and when.fin < latest.debut:
                wrong.append((when.texte, origin, path))
            elif when and (latest is None or when.debut > latest.debut):
                latest = when
        for text, origin, path in wrong[:1]:
            more = f" La liste en compte {counted(len(wrong) - 1, 'autre')}." if wrong[1:] else ""
            message = f"{quoted(text)} vient après une date plus récente, sous {quoted(what)}.{more}"
            yield Breach(origin.at(*path), message, "Placez cette entrée plus haut : du plus ancien au plus récent.")


@rule("PIV407", AVERTISSEMENT, "date d'un statut qui n'est pas écrit")
def dated_without_a_statut(subject: Subject) -> Breaches:
    """« statut_le » dit de quel jour est le statut, et ne va pas sans lui.

    Fautif :
        statut_le: 12 mai 2020
    Correct :
        statut: en cours
        statut_le: 12 mai 2020
    """
    nom = subject.plan.niveaux.action
    for place, action in subject.enriched:
        if action.statut_le and "statut" not in action.origin.keys:
            message = f"{capitalized(nom.le)} {place.id} a la date d'un statut, et pas de statut."
            yield Breach(action.origin.at("statut_le"), message, "Ajoutez une ligne « statut: … », ou retirez la date.")


@rule("PIV408", INFO, "résultat d'une action sans statut")
def result_without_a_statut(subject: Subject) -> Breaches:
    """Une action dont le résultat est écrit a un statut, ou des réalisations.

    Sans lui, rien ne dit qu'elle est faite : elle peut paraître « à confirmer », et son résultat n'est pas au bilan.

    Fautif :
        resultat: Douze bénévoles ont été formés.
    Correct :
        statut: réalisée
        realisee_le: mai 2020
        resultat: Douze bénévoles ont été formés.
    """
    nom = subject.plan.niveaux.action
    for place, action in subject.enriched:
        if action.resultat and action.origin.keys.keys().isdisjoint(("statut", "realisee_le", "realisations")):
            message = f"Le résultat {nom.du} {place.id} est écrit, mais son statut ne l'est pas."
            remedy = f"Consignez-le : « statut: réalisée », et quand; si {nom.le} revient, écrivez « realisations »."
            yield Breach(action.origin.at("resultat"), message, remedy)


@rule("PIV411", AVERTISSEMENT, "deux jours pour une action réalisée")
def done_on_two_days(subject: Subject) -> Breaches:
    """Le jour d'une action réalisée est celui de « realisee_le »; un autre, sous « statut_le », n'y ajoute rien.

    C'est « realisee_le » qui compte partout.

    Fautif :
        statut: réalisée
        realisee_le: 12 mai 2020
        statut_le: février 2021
    Correct :
        statut: réalisée
        realisee_le: 12 mai 2020
    """
    nom = subject.plan.niveaux.action
    for place, action in subject.enriched:
        done, other = action.realisee_le, action.statut_le
        apart = done and other and (done.fin < other.debut or other.fin < done.debut)
        if action.statut is Statut.REALISEE and done and other and apart:
            days = f"{quoted(done.texte)} sous « realisee_le », {quoted(other.texte)} sous « statut_le »"
            message = f"{capitalized(nom.le)} {place.id} est {nom.agreed('réalisé')}, et porte deux jours : {days}."
            remedy = "Le premier est celui qui compte. S'il est juste, retirez l'autre; sinon, corrigez-le."
            yield Breach(action.origin.at("statut_le"), message, remedy)


def _texts(subject: Subject) -> Iterator[SourceText]:
    """The texts of the files that could be read."""
    plan = subject.plan
    origins = [plan.organisme.origin, plan.reunions.origin, *(one.origin for one in plan.registre)]
    origins += [orientation.origin for orientation in plan.orientations]
    yield from {id(origin.source): origin.source for origin in origins}.values()


@rule("PIV409", INFO, "texte qui a perdu ses accents")
def lost_accents(subject: Subject) -> Breaches:
    """Un texte garde ses accents.

    Copié d'un programme à l'autre, il les perd parfois : les mots restent lisibles pour qui les connaît, et sortent
    ainsi dans tous les documents.

    Fautif :
        description: Organiser la fÃªte
    Correct :
        description: Organiser la fête
    """
    for source in _texts(subject):
        for start, end, word, meant in islice(damaged_words(source.text), _MOST_PLACES):
            likely = f"C'est sans doute {cited(meant)}. " if meant else ""
            message = f"Ce mot a perdu ses accents : {cited(word)}."
            yield Breach(source.location(start, end), message, f"{likely}Retapez-le, ou recopiez-le du document.")


# A line that may be so: its value is not in quotation marks. Most plans have none, and are then not walked through.
_GLUED = re.compile(r"""[ ]*+(?:-[ ]+)*+(?:(?:[\w-]+|"[^"]*"|'[^']*')[ ]*:[ ]+)?+(?!["']).*[ \t]#[^\s#]""")
_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)")
_KEPT_WHOLE = frozenset("\"'|>[{")  # a text in quotation marks, a block, a list: what follows it is a comment


@lru_cache(64)  # the actions of a sheet are judged one by one, each with the files of its plan
def _may_be_glued(text: str) -> bool:
    return any("#" in line and _GLUED.match(line) for line in text.splitlines())


@rule("PIV410", AVERTISSEMENT, "texte coupé par un croisillon")
def glued_sign(subject: Subject) -> Breaches:
    """Ce qui suit un espace et un croisillon n'est pas lu : c'est un commentaire.

    Si le croisillon fait partie du texte, le texte se met entre guillemets; si c'est un commentaire, un espace suit le
    croisillon.

    Fautif :
        description: Embaucher l'employé #2 du secteur
    Correct :
        description: "Embaucher l'employé #2 du secteur"
    """
    told = {id(source) for source in _texts(subject) if _may_be_glued(source.text)}
    origins = (origin for origin in _origins(subject.plan) if id(origin.source) in told) if told else ()
    seen: set[tuple[int, int]] = set()  # what stands inside a list is in the origin of what holds it too
    for origin in origins:
        text = origin.source.text
        for start, end in zip(origin.spans[2::2], origin.spans[3::2], strict=True):
            if start < end and text[start] not in _KEPT_WHOLE and (found := _COMMENT.match(text, end)):
                if (place := (id(origin.source), end)) in seen:
                    continue
                seen.add(place)
                message = f"{quoted(one_line(found[1]))} n'est pas lu : pour YAML, c'est un commentaire."
                remedy = (
                    "Si c'est du texte, mettez tout le texte entre guillemets; sinon, un espace après le croisillon."
                )
                yield Breach(origin.source.location(found.start(1), found.end(1)), message, remedy)


_TO_COMPLETE = re.compile(rf"(?m)^[ \t]*+(?:- )?(#[ \t]*À COMPLÉTER\b[ {NBSP}:]*([^\r\n]*))")


@rule("PIV412", INFO, "réponse attendue")
def left_to_complete(subject: Subject) -> Breaches:
    """Un commentaire « À COMPLÉTER » marque l'endroit d'une réponse.

    `pivot init` en écrit un là où un document ne se lit pas. On peut en écrire aussi.

    Fautif :
        # À COMPLÉTER : « Printemps prochain »
    Correct :
        echeance: Printemps 2024
    """
    for source in _texts(subject):
        if "COMPLÉTER" in source.text:
            for found in _TO_COMPLETE.finditer(source.text):
                asked = f"{NBSP}: {one_line(found[2]).rstrip('.')}" if found[2].strip() else ""
                message = f"Une réponse est attendue ici{asked}{'' if asked.endswith('?') else '.'}"
                remedy = "Écrivez-la à cette place, puis effacez le commentaire; si tout est juste, effacez-le."
                yield Breach(source.location(found.start(1), found.end(1)), message, remedy)


def _origins(value: object) -> Iterator[Origin]:
    """Where every node of a plan stands."""
    if isinstance(value, tuple):
        if isinstance(origin := getattr(value, "origin", None), Origin):
            yield origin
        for inner in value:
            yield from _origins(inner)
