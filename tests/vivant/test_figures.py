"""One figure everywhere: on each day of the living plan, every output counts the same, and every table adds up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import pytest
from living import RECORDED
from pace import everything, examples, one_in

from pivot_cli.documents.agenda import AgendaRequest
from pivot_cli.documents.bilan import HEADINGS
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.values import Request, as_data
from pivot_cli.outputs.exports import OVERDUE, export_object, status_object
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Action, Place, Plan
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import Etat, Portrait, Situation, due, portrait, situation
from pivot_cli.suivi.horizon import Look
from pivot_cli.suivi.selection import Selection

DAY = timedelta(days=1)
FIRST, LAST = date(2019, 1, 1), date(2023, 1, 31)
DAYS = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
EACH = examples(2, 1)
EVERY = 1 if everything() else 2
ROUNDS = [DAYS[rank * 75 : (rank + 1) * 75 : EVERY] if EACH == 1 else DAYS[rank::500] for rank in range(0, 20, EACH)]
"""Together every other day, or every day, or one in fifty; the first is what one sees while one works."""
WHOLE = examples(1, 10)
"""One day in so many is tried whole, and each on which a figure may not be that of the day before and after."""

Figures = dict[str, int]
CLOSED = {"réalisées": Etat.REALISEE, "abandonnées": Etat.ABANDONNEE, "reconduites": Etat.RECONDUITE}


@cache
def recorded() -> Plan:
    return load(read_folder(RECORDED, "plan"))[0]


@pytest.fixture
def _situations_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an action of the plan stands on a day is found once, and not by each output: half the time otherwise."""
    told: dict[tuple[int, date, date], Situation] = {}

    def once(place: Place, look: Look) -> Situation:
        asked = id(place), look.day, look.horizon_end
        if (found := told.get(asked)) is None:
            found = told[asked] = situation(place, look)
        return found

    for module in ("etat", "changes"):
        monkeypatch.setattr(f"pivot_cli.suivi.{module}.situation", once)


@pytest.mark.usefixtures("_situations_told_once")
@pytest.mark.parametrize("days", one_in(20, ROUNDS), ids=lambda days: f"à partir du {days[0]}")
def test_every_output_of_a_day_counts_the_same(days: list[date]) -> None:
    for rank, day in enumerate(days):
        seen = portrait(recorded(), day)
        wanted = of_status(seen)
        whole = rank % WHOLE == 0 or not figured_from(day - DAY) == figured_from(day) == figured_from(day + DAY)
        for name, told in (*said(seen), *(said_by_documents(seen) if whole else ())):
            assert {key: wanted[key] for key in told} == told, f"{name}, {day}"


@lru_cache(maxsize=8)
def figured_from(day: date) -> tuple[object, ...]:
    """All that the figures of a day are made from: in four years, it changes 111 times."""
    plan, reunions = recorded(), recorded().reunions
    since = [max((met for met in some.days if met < day), default=None) for some in (reunions.ca, reunions.aga)]
    near = [one.id for one in portrait(plan, day, 365).situations if one.etat is Etat.PROCHE]
    return day.year, since, near, [one._replace(jours_retard=None) for one in portrait(plan, day).situations]


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
    """What each of the other screens and exports says, by its name."""
    overdue = json.loads(OVERDUE["json"](seen, due(seen.situations), Selection()))["actions"]
    yield "overdue", {"passées": len(overdue)}
    yield "export", of_actions(export_object(seen)["actions"])
    kept = {name: len(Selection(etats=(etat,)).keep(seen)) for name, etat in CLOSED.items()}
    yield "list --etat", kept | {"passées": len(Selection(etats=(Etat.EN_RETARD, Etat.A_CONFIRMER)).keep(seen))}


def said_by_documents(seen: Portrait) -> Iterator[tuple[str, Figures]]:
    """What each document says, by its name, and its lists."""
    asked = Request(seen.plan, (), seen.au, seen.au, Selection())
    complet = DOCUMENTS["complet"].build(asked)
    yield "complet", of_synthesis(complet.synthese) | {"passées": complet.nb_passees}
    yield "complet, données", {"consignées": int(complet.donnees[0].valeur.split()[0])}
    yield "complet, passées", {"passées": sum(len(group.lignes) for group in complet.passees)}
    adds_up(complet)
    sommaire = DOCUMENTS["sommaire"].build(asked)
    yield from of_sommaire(sommaire)
    lists_of_sommaire(sommaire, seen)
    for exercice in (None, str(seen.au.year)):
        yield f"bilan {exercice or 'du plan'}", of_bilan(DOCUMENTS["bilan"].build(asked._replace(exercice=exercice)))
    for type_ in ("ca", "aga"):
        made = DOCUMENTS["agenda"].build(AgendaRequest(seen.plan, seen.au, type_, seen.au))
        yield f"agenda, {type_}", of_agenda(made)
        (lists_of_board if type_ == "ca" else lists_of_assembly)(made, seen)


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


def lists_of_sommaire(made: Any, seen: Portrait) -> None:
    """What a list leaves out is said, and what changed since a meeting is what one would find by comparing."""
    near = [one for one in seen.situations if one.etat is Etat.PROCHE]
    assert len(made.a_venir) + made.autres_a_venir == len(near)
    for change in made.evolution.changements:
        assert change.nombre == len(change.lignes) + change.autres > 0
    told = "; ".join(f"{change.nombre} {change.nom.lower()}" for change in made.evolution.changements)
    check_since(seen, f"Depuis: {told}. {made.evolution.reserve}" if made.evolution.depuis else "")


def check_since(seen: Portrait, text: str) -> None:
    """Since the meeting before, its day included: what is done now and was not then, what has passed of which nothing
    was recorded in between, what nothing dates.
    """
    since = max((day for day in seen.plan.reunions.ca.days if day < seen.au), default=None)
    told, _, rest = text.partition("Depuis")[2].partition(". ")
    if since is None:
        assert not told
        return
    then = {one.id: one for one in portrait(seen.plan, since - DAY).situations}
    done = sum(one.etat is Etat.REALISEE is not then[one.id].etat for one in seen.situations)
    assert found(told, "réalisées?(?! en)") == done
    eve = since - DAY
    passed = [one for one in seen.situations if one.etat.passed and one.passee_le and one.passee_le >= eve]
    assert found(told, "échéances? passées?") == sum(one.action == then[one.id].action for one in passed)
    actions = [one.action for one in seen.situations]
    dates = [(a.statut_le, a.realisee_le) for a in actions if a.statut]
    assert found(rest, "statuts? n") == sum(not any(of_one) for of_one in dates)


def lists_of_board(made: Any, seen: Portrait) -> None:
    """The parts of the item, its annex and what it says of them."""
    parts = [part for point in made.points for part in point.parties]
    text = " ".join(phrase for part in parts for phrase in part.paragraphes)
    check_since(seen, text)
    annexed = {group.id: len(group.lignes) for group in made.annexe}
    assert sum(annexed.values()) == found(text, "autres? échéances? passées?")
    passed = {one.id for one in seen.situations if one.etat.passed} - {"2.gou.3.2"}  # which an item carries out
    lines = [line for part in parts for line in part.cases]
    lines += [line for part in parts for group in part.dossiers for line in group.lignes]
    shown = [line.id for line in (*lines, *(line for group in made.annexe for line in group.lignes))]
    assert sorted(passed) == sorted(passed.intersection(shown))
    assert len(shown) == len(set(shown))
    changed = re.search(r"Depuis la réunion du [^:.]* : (.*?)\.", text.replace("\N{NO-BREAK SPACE}", " "))
    told = re.findall(r"(\d+) (?!échéance|à confirmer)", changed[1]) if changed else []
    since = max((day for day in seen.plan.reunions.ca.days if day < seen.au), default=date.max)
    assert sum(map(int, told)) == sum(any(day >= since for day in days_of(one.action)) for one in seen.situations)


def days_of(action: Action) -> Iterator[date]:
    """The days of all that was recorded of an action and is dated, as it was known."""
    dated = (action.statut_le, action.realisee_le, *action.realisations, *(note.date for note in action.suivi))
    yield from (when.debut for when in (*dated, *(one.decide_le for one in action.echeances_precedentes)) if when)


def lists_of_assembly(made: Any, seen: Portrait) -> None:
    """What was done in the year: as many as the sentence says; what comes: what `overdue` says is near in a year."""
    (point,) = (point for point in made.points if point.titre == "Rapport d'activités")
    _, *groups = point.dossiers  # the account of the bilan comes first
    text, facts = " ".join(point.paragraphes), sum(len(group.faits) for group in groups)
    again = found(text, "actions? (?:a|ont) été faites?")
    done = found(text, "actions? du plan y (?:a|ont) été réalisées?")
    if "Aucune assemblée précédente" in text:
        done = sum(one.etat is Etat.REALISEE for one in seen.situations)
    recurring = [
        one for one in seen.situations if one.etat is Etat.REALISEE and one.action.realisations
    ]  # told once, with their times
    assert done + again - len(recurring) <= facts <= done + again
    (point,) = (point for point in made.points if point.titre.startswith("Priorités"))
    planned = sum(int(fact.quand.split()[0]) for group in point.dossiers for fact in group.faits)
    near = [one.id for one in portrait(seen.plan, seen.au, 365).situations if one.etat is Etat.PROCHE]
    assert planned == len(set(near) - {"1.par.1.4"})  # an item of the assembly carries that one out


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
    if not made.final:  # which has one figure for each end
        assert [(one.nom.lower(), one.nombre) for one in made.chiffres] == [line for line in lines.items() if line[1]]
    objectifs = [objectif for orientation in made.orientations for objectif in orientation.objectifs]
    titles = [objectif.titre for objectif in objectifs]
    assert len(titles) == len(set(titles))

    def starts(word: str) -> int:
        return sum(number for name, number in lines.items() if name.startswith(word))

    def under(heading: str) -> int:
        return sum(len(getattr(objectif, heading)) for objectif in objectifs)

    told, closed = sum(map(under, HEADINGS)), {name: starts(name) for name in CLOSED}
    figures = closed | {"total": made.total, "passées": starts("échéance passée")}
    if made.final:
        ends = {one.nom.lower(): one.nombre for one in made.chiffres}
        silent = ends.get("sans information consignée", 0)
        assert {name: ends.get(name, 0) for name in CLOSED} == closed
        assert (told, under("sans_information")) == (made.total, silent)  # each action once, silence too
        return figures | {"consignées": made.total - silent}
    during = "pendant le plan" if "pendant le plan" in made.tableau.lignes[0].nom else "pendant l'exercice"
    whole = during == "pendant le plan"
    for heading, word in (("realisees", "réalisées"), ("abandonnees", "abandonnées")):
        assert under(heading) == lines[f"{word} {during}"] + (lines[f"{word} sans date"] if whole else 0)
    unknown = sum(orientation.sans_information for orientation in made.orientations)
    assert unknown == lines["échéance passée sans information consignée"]
    assert told + sum(one.nombre for orientation in made.orientations for one in orientation.comptees) == made.total
    assert made.total - unknown - (0 if whole else sum(closed.values())) <= told <= made.total - unknown
    times = [fact.quand.count(",") + 1 for one in objectifs for fact in one.refaites]
    again = found(made.fois, "actions? (?:a|ont) été faites?")
    assert len(times) <= again
    assert len(times) < again or again < 2 or sum(times) == found(made.fois, "fois en tout")
    recorded = made.total - (found(made.reserve.lower(), "actions? sur") or made.total * ("Rien n'est" in made.reserve))
    return figures | {"consignées": recorded}


def of_agenda(made: Any) -> Figures:
    """What the item that tells where the plan stands says."""
    points = [part for point in made.points for part in (point, *point.parties)]
    text = " ".join(phrase for point in points for phrase in point.paragraphes).replace("\N{NO-BREAK SPACE}", " ")
    told = {name: found(text, f"{VERB[name]}") for name in CLOSED}
    total = re.search(r"(?:^|\. |compte )(\d+) actions?(?:, dont|\.)", text)
    assert total, text
    if "Le plan compte" in text:  # an assembly
        unknown = re.search(r"[Pp]our (\d+) actions? sur", text)
        nothing = "Rien n'est encore consigné" in text
        recorded = 0 if nothing else int(total[1]) - (int(unknown[1]) if unknown else 0)
        return told | {"total": int(total[1]), "passées": found(text, VERB["passées"]), "consignées": recorded}
    return told | {
        "total": int(total[1]),
        "passées": found(text.partition("Depuis")[0], VERB["passées"]),
        "consignées": found(text, "actions? sur"),
    }


SINCE = [  # a meeting, the one before, what its agenda says happened in between
    (
        "2020-01-15",
        "20 novembre 2019",
        "3 réalisées, 1 reportée, 1 statut changé, 2 avec des nouvelles et 18 échéances",
    ),
    ("2021-01-20", "18 novembre 2020", "2 réalisées, 1 reportée, 2 statuts changés, 1 avec des nouvelles et 11"),
    ("2022-01-01", "17 novembre 2021", "9 échéances passées (5 à confirmer)."),
    ("2023-01-10", "17 novembre 2021", "12 échéances passées (6 à confirmer)."),
]


@pytest.mark.parametrize(("day", "since", "said"), SINCE)
def test_what_changed_since_a_meeting(day: str, since: str, said: str) -> None:
    meeting = date.fromisoformat(day)
    made = DOCUMENTS["agenda"].build(AgendaRequest(recorded(), meeting, "ca", meeting))
    (text,) = (text for point in made.points for part in point.parties for text in part.paragraphes if "Depuis" in text)
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"Depuis la réunion du {since} : {said}" in text
    assert "6 statuts n'ont pas de date" in text


AIMED_AT = [  # a meeting, a dossier that is decided there, what is said of it, what its resolutions ask
    ("2021-04-08", "3.gou.2", "1 échéance passée, depuis juin 2019.", "de reporter cette action"),
    ("2021-04-08", "2.gou.1", "2 échéances passées, la première depuis décembre 2019", "de reporter ces actions"),
    ("2021-12-03", "2.gou.2", "2 échéances passées, la première depuis décembre 2019", "de reporter ces actions"),
]


@pytest.mark.parametrize(("day", "dossier", "said", "asked"), AIMED_AT)
def test_a_resolution_says_of_which_actions_it_counts(day: str, dossier: str, said: str, asked: str) -> None:
    meeting = date.fromisoformat(day)
    made = DOCUMENTS["agenda"].build(AgendaRequest(recorded(), meeting, "ca", meeting))
    (one,) = (part.decision for part in made.decisions if part.decision.id == dossier)
    assert one.contexte.replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    assert any(text.startswith(asked) for text in one.resolutions)


@pytest.mark.parametrize(("day", "done", "again"), [("2019-06-12", 8, 2), ("2020-09-30", 12, 5), ("2021-06-09", 8, 3)])
def test_an_assembly_lists_as_many_actions_as_it_says(day: str, done: int, again: int) -> None:
    meeting = date.fromisoformat(day)
    made = DOCUMENTS["agenda"].build(AgendaRequest(recorded(), meeting, "aga", meeting))
    (point,) = (point for point in made.points if point.titre == "Rapport d'activités")
    assert sum(len(group.faits) for group in point.dossiers[1:]) == done + again
    said = " ".join(point.paragraphes).replace("\N{NO-BREAK SPACE}", " ")
    assert f"{again} actions ont été faites" in said
    assert day == "2019-06-12" or f"{done} actions du plan y ont été réalisées" in said
