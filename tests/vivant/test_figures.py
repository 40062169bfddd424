"""One figure everywhere: on each day of the living plan, every output counts the same, and every table adds up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from living import RECORDED
from pace import one_in

from pivot_cli.documents.agenda import AgendaRequest
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.values import Request, as_data
from pivot_cli.outputs.exports import OVERDUE, export_object, status_object
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import Etat, Portrait, due, portrait
from pivot_cli.suivi.selection import Selection

FIRST, LAST = date(2019, 1, 1), date(2022, 6, 30)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
ROUNDS = [DAYS[rank::20] for rank in range(20)]
"""Every 20th day in each, together every day: the first is what one sees while one works."""

Figures = dict[str, int]
CLOSED = {"réalisées": Etat.REALISEE, "abandonnées": Etat.ABANDONNEE, "reconduites": Etat.RECONDUITE}


@cache
def recorded() -> Plan:
    return load(read_folder(RECORDED, "plan"))[0]


@pytest.mark.parametrize("days", one_in(20, ROUNDS), ids=lambda days: f"{days[0]} et tous les 20 jours")
def test_every_output_of_a_day_counts_the_same(days: list[date]) -> None:
    for day in days:
        seen = portrait(recorded(), day)
        wanted = of_status(seen)
        for name, told in said(seen):
            assert {key: wanted[key] for key in told} == told, f"{name}, {day}"


def of_status(seen: Portrait) -> Figures:
    """What `status` says, which adds up: the figures that every other output is held to."""
    status = status_object(seen)
    numbers = status["par_etat"]
    assert sum(numbers.values()) == status["total"]
    for group in (*status["orientations"], *status["responsables"]):
        assert sum(group["par_etat"].values()) == group["total"]
    for etat, number in numbers.items():
        assert sum(group["par_etat"][etat] for group in status["orientations"]) == number
    closed = {name: numbers[etat.value] for name, etat in CLOSED.items()}
    passed = numbers["en retard"] + numbers["à confirmer"]
    return closed | {"total": status["total"], "passées": passed, "consignées": status["consignees"]}


def said(seen: Portrait) -> Iterator[tuple[str, Figures]]:
    """What each of the other outputs says, by its name."""
    overdue = json.loads(OVERDUE["json"](seen, due(seen.situations), Selection()))["actions"]
    yield "overdue", {"passées": len(overdue)}
    yield "export", of_actions(export_object(seen)["actions"])
    kept = {name: len(Selection(etats=(etat,)).keep(seen)) for name, etat in CLOSED.items()}
    yield "list --etat", kept | {"passées": len(Selection(etats=(Etat.EN_RETARD, Etat.A_CONFIRMER)).keep(seen))}
    asked = Request(seen.plan, (), seen.au, seen.au, Selection())
    complet = DOCUMENTS["complet"].build(asked)
    yield "complet", of_synthesis(complet.synthese) | {"passées": complet.nb_passees}
    yield "complet, données", {"consignées": int(complet.donnees[0].valeur.split()[0])}
    yield "complet, passées", {"passées": sum(len(group.lignes) for group in complet.passees)}
    adds_up(complet)
    yield from of_sommaire(DOCUMENTS["sommaire"].build(asked))
    for exercice in (None, str(seen.au.year)):
        yield f"bilan {exercice or 'du plan'}", of_bilan(DOCUMENTS["bilan"].build(asked._replace(exercice=exercice)))
    for type_ in ("ca", "aga"):
        made = DOCUMENTS["agenda"].build(AgendaRequest(seen.plan, seen.au, type_, seen.au))
        yield f"agenda, {type_}", of_agenda(made)


def of_actions(actions: Iterable[dict[str, Any]]) -> Figures:
    """What who reads an export would count."""
    etats = [action["etat"] for action in actions]
    closed = {name: etats.count(etat.value) for name, etat in CLOSED.items()}
    return closed | {"total": len(etats), "passées": etats.count("en retard") + etats.count("à confirmer")}


def of_synthesis(synthese: Any) -> Figures:
    """The table of situations, the one by orientation and its chart: each adds up, and they agree."""
    assert sum(compte.nombre for compte in synthese.comptes) == synthese.total
    assert sum(groupe.nombre for groupe in synthese.groupes) == synthese.total
    for rank, groupe in enumerate(synthese.groupes):
        assert sum(rang.nombres[rank] for rang in synthese.rangs) == groupe.nombre
    for rang in synthese.rangs:
        assert sum(rang.nombres) == rang.total == sum(part.nombre for part in rang.parts)
    keys = ("faite", "abandonnee", "reconduite")
    told = {
        name: sum(compte.nombre for compte in synthese.comptes if compte.cle == key)
        for name, key in zip(CLOSED, keys, strict=True)
    }
    passed = sum(compte.nombre for compte in synthese.comptes if compte.cle in ("nouvelles", "confirmer"))
    shown = {groupe.cle: groupe.nombre for groupe in synthese.groupes}
    assert {key: shown.get(key, 0) for key in (*keys, "confirmer")} == dict(
        zip((*keys, "confirmer"), (*told.values(), passed), strict=True)
    )
    return told | {"total": synthese.total, "passées": passed}


def adds_up(complet: Any) -> None:
    """The columns of each responsable add up to what they have; the lines of the budgets to the last one."""
    for one in complet.charges:
        columns = one.realisees, one.passees, one.proches, one.a_venir, one.sans_date, one.abandonnees, one.reconduites
        assert sum(columns) == one.total, one.nom
    *lines, total = complet.budgets.lignes or [(None, "", 0, 0)]
    for rank in (2, 3):
        assert sum(line[rank] for line in lines) == total[rank]
    for amount in ("prevu", "reel", "ecart"):
        sums = [in_dollars(getattr(line, amount)) for line in complet.budgets.lignes]
        assert round(sum(sums[:-1]), 2) == (sums[-1] if sums else 0)
    assert complet.budgets.avec + complet.budgets.sans == complet.synthese.total


def in_dollars(text: str) -> float:
    return 0 if text == "–" else float(re.sub(r"[^\d,−]", "", text).replace(",", ".").replace("−", "-"))


def of_sommaire(made: Any) -> Iterator[tuple[str, Figures]]:
    yield "sommaire", of_synthesis(made.synthese)
    told = " ".join(made.constats)
    yield (
        "sommaire, en mots",
        {key: found(told, f"(?:actions? )?{VERB[key]}") for key in VERB}
        | {"consignées": found(made.entete.consigne, "action sur|actions sur")},
    )
    number, passed = made.bilan_engagements.split(" ")[0], found(made.bilan_engagements, VERB["passées"])
    assert passed <= int(number.split("\N{NO-BREAK SPACE}")[0] or 0)


VERB = {
    "réalisées": r"(?:est|sont) réalisée",
    "abandonnées": r"(?:est|sont) abandonnée",
    "reconduites": r"(?:est|sont) reconduite",
    "passées": r"échéances? (?:est|sont) passée",
}


def found(text: str, words: str) -> int:
    """The number that stands before these words, 0 where they are not said."""
    told = re.search(rf"(\d+) (?:{words})", text.replace("\N{NO-BREAK SPACE}", " "))
    return int(told[1]) if told else 0


def of_bilan(made: Any) -> Figures:
    """The table: each action in one line. The page leaves out the lines that are empty, and nothing else."""
    table = as_data(made)["tableau"]
    lines = {line["nom"]: line["nombre"] for line in table["lignes"]}
    assert sum(lines.values()) == table["total"] == made.total == sum(one.nombre for one in made.chiffres)
    assert [(one.nom.lower(), one.nombre) for one in made.chiffres] == [line for line in lines.items() if line[1]]
    objectifs = [objectif for orientation in made.orientations for objectif in orientation.objectifs]
    titles = [objectif.titre for objectif in objectifs]
    assert len(titles) == len(set(titles))

    def starts(word: str) -> int:
        return sum(number for name, number in lines.items() if name.startswith(word))

    def under(heading: str) -> int:
        return sum(len(getattr(objectif, heading)) for objectif in objectifs)

    during = "pendant le plan" if "pendant le plan" in made.tableau.lignes[0].nom else "pendant l'exercice"
    whole = during == "pendant le plan"
    for heading, word in (("realisees", "réalisées"), ("abandonnees", "abandonnées")):
        assert under(heading) == lines[f"{word} {during}"] + (lines[f"{word} sans date"] if whole else 0)
    unknown = sum(orientation.sans_information for orientation in made.orientations)
    assert unknown <= lines["échéance passée sans information consignée"]
    headings = ("realisees", "refaites", "en_cours", "en_attente", "deplacees", "a_venir", "reconduites", "abandonnees")
    told = sum(map(under, headings)) + unknown
    closed = {name: starts(name) for name in CLOSED}
    assert told == made.total if whole else made.total - sum(closed.values()) <= told <= made.total
    recorded = made.total - (found(made.reserve.lower(), "actions? sur") or made.total * ("Rien n'est" in made.reserve))
    return closed | {"total": made.total, "passées": starts("échéance passée"), "consignées": recorded}


def of_agenda(made: Any) -> Figures:
    """What the item that tells where the plan stands says."""
    points = [part for point in made.points for part in (point, *point.parties)]
    text = " ".join(phrase for point in points for phrase in point.paragraphes).replace("\N{NO-BREAK SPACE}", " ")
    told = {name: found(text, f"{VERB[name]}") for name in CLOSED}
    total = re.search(r"(?:^|\. |compte )(\d+) actions?(?:, dont|\.)", text)
    assert total, text
    if "L'échéance de " in text or "Le plan compte" in text:  # an assembly
        passed = re.search(r"L'échéance de (\d+) est passée", text)
        unknown = re.search(r"[Pp]our (\d+) actions? sur", text)
        nothing = "Rien n'est encore consigné" in text
        recorded = 0 if nothing else int(total[1]) - (int(unknown[1]) if unknown else 0)
        return told | {"total": int(total[1]), "passées": int(passed[1]) if passed else 0, "consignées": recorded}
    return told | {
        "total": int(total[1]),
        "passées": found(text, VERB["passées"]),
        "consignées": found(text, "actions? sur"),
    }
