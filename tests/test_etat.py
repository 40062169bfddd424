"""Where an action stands: the whole table, type of échéance × what is recorded × day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pace import table

from pivot_cli.echeance import Echeance, parse, parse_date, parse_recurrence
from pivot_cli.plan.model import (
    Action,
    Budget,
    EcheancePrecedente,
    Instance,
    Objectif,
    Organisme,
    Orientation,
    Periode,
    Plan,
    Registre,
    Responsable,
    Reunion,
    Reunions,
    Statut,
    Suivi,
    Volet,
)
from pivot_cli.suivi.etat import Etat, by_objectif, count, due, known_at, portrait
from pivot_cli.suivi.horizon import plan_end
from pivot_cli.suivi.phrases import etat_in_words
from pivot_cli.suivi.selection import Selection
from pivot_cli.suivi.when import echeance_in_words


def recorded(text: str) -> Any:
    read = parse_date(text)
    assert hasattr(read, "debut"), read
    return read


def note(day: str = "2019-01-10") -> Suivi:
    return Suivi("Une rencontre a eu lieu.", recorded(day))


def plan_of(*actions: Action, reunions: Reunions = Reunions(), organisme: Organisme = Organisme()) -> Plan:
    objectif = Objectif(1, "Un objectif", actions)
    orientation = Orientation(1, "Une orientation", 1, (Volet("adm", "Administratif", (objectif,)),))
    return Plan(organisme, Registre([Responsable("DG", "Direction générale")]), (orientation,), reunions)


# Each record that someone can leave, and how the plan's files say it.
RECORDS: dict[str, dict[str, Any]] = {
    "rien": {},
    "à faire": {"statut": Statut.A_FAIRE},
    "en cours": {"statut": Statut.EN_COURS},
    "en attente": {"statut": Statut.EN_ATTENTE},
    "partielle": {"statut": Statut.PARTIELLE},
    "suivi": {"suivi": (note(),)},
    "réalisée": {"statut": Statut.REALISEE},
    "abandonnée": {"statut": Statut.ABANDONNEE},
    "reconduite": {"statut": Statut.RECONDUITE},
}
UNDER_WAY = ("en cours", "partielle")

# For each kind of wording, at each day that matters: the état with nothing recorded, then with something recorded
# that leaves the action open. « = » is the same.
DAYS = [
    # wording            day           rien                     consigné, ouverte   days late
    ("Mars 2020", "2019-06-01", "à venir", "=", None),
    ("Mars 2020", "2020-01-01", "échéance proche", "=", None),  # 90 days before the last one
    ("Mars 2020", "2019-12-31", "à venir", "=", None),  # 91 days before
    ("Mars 2020", "2020-03-31", "échéance proche", "=", None),  # its last plausible day
    ("Mars 2020", "2020-04-01", "à confirmer", "en retard", 1),
    ("Mars 2020", "2021-03-31", "à confirmer", "en retard", 365),
    ("31 mars 2020", "2020-03-31", "échéance proche", "=", None),
    ("31 mars 2020", "2020-04-01", "à confirmer", "en retard", 1),
    ("d'ici juin 2020", "2020-06-30", "échéance proche", "=", None),
    ("d'ici juin 2020", "2020-07-01", "à confirmer", "en retard", 1),
    ("avant juin 2020", "2020-06-01", "à confirmer", "en retard", 1),
    ("2020", "2020-12-31", "échéance proche", "=", None),
    ("2020", "2021-01-01", "à confirmer", "en retard", 1),
    ("Automne 2020", "2020-12-31", "échéance proche", "=", None),
    ("Hiver 2020", "2020-04-01", "à confirmer", "en retard", 1),
    ("2020-2021", "2021-12-31", "échéance proche", "=", None),
    ("dès octobre 2023", "2023-09-30", "à venir", "=", None),
    ("dès octobre 2023", "2023-10-01", "en continu", "=", None),
    ("dès octobre 2023", "2030-10-01", "en continu", "=", None),
    ("En continu", "2030-01-01", "en continu", "=", None),
    ("En continu selon les opportunités", "2030-01-01", "en continu", "=", None),
    ("À évaluer", "2030-01-01", "échéance à déterminer", "=", None),
    ("Marz 2020", "2030-01-01", "échéance à déterminer", "=", None),
]


@table(("wording", "day", "unrecorded", "open_", "late"), DAYS)
@table("record", RECORDS)
def test_one_etat_applies(wording: str, day: str, unrecorded: str, open_: str, late: int | None, record: str) -> None:
    action = Action(1, "Une action", ("DG",), parse(wording), **RECORDS[record])
    one = portrait(plan_of(action), date.fromisoformat(day)).situations[0]
    if record in ("réalisée", "abandonnée", "reconduite"):
        expected, days = record, None
    elif record in UNDER_WAY and unrecorded == "à venir":
        expected, days = "en cours", None
    else:
        expected, days = unrecorded if record == "rien" or open_ == "=" else open_, late
    assert (one.etat.value, one.jours_retard) == (expected, days)


@table(
    ("record", "expected"),
    [
        ("rien", "à commencer"),
        ("à faire", "à commencer"),
        ("en attente", "à commencer"),
        ("en cours", "en continu"),
        ("partielle", "en continu"),
        ("suivi", "en continu"),
        ("réalisée", "réalisée"),
        ("abandonnée", "abandonnée"),
    ],
)
def test_immediat_is_to_begin_until_something_says_that_it_has(record: str, expected: str) -> None:
    action = Action(1, "Participer aux activités", ("CA",), parse("Immédiat"), **RECORDS[record])
    one = portrait(plan_of(action), date(2030, 1, 1)).situations[0]
    assert (one.etat.value, one.jours_retard) == (expected, None)


# What comes back every year, in a plan that starts on 1 February 2019: the first window counted is 2020.
ANNUAL = [
    # realisations          day           état                days late
    ((), "2020-01-15", "à venir", None),
    ((), "2020-10-15", "échéance proche", None),
    ((), "2020-12-31", "échéance proche", None),
    ((), "2021-01-01", "à confirmer", 1),
    (("2020-06-01",), "2021-01-01", "à venir", None),
    (("2021-01-10",), "2021-01-15", "à venir", None),  # held in January for the year before
    (("2020-06-01",), "2022-01-01", "en retard", 1),
    (("2020-06-01", "2021-06-01"), "2022-01-01", "à venir", None),
    (("2020",), "2020-12-31", "à venir", None),
]


@table(("done", "day", "expected", "late"), ANNUAL)
def test_a_recurrent_action_waits_for_its_last_completed_window(
    done: tuple[str, ...], day: str, expected: str, late: int | None
) -> None:
    first = Action(1, "La première du plan", ("DG",), parse("Février 2019"), statut=Statut.REALISEE)
    annual = Action(2, "Former", ("CA",), parse("Annuel"), realisations=tuple(recorded(text) for text in done))
    one = portrait(plan_of(first, annual), date.fromisoformat(day)).situations[1]
    assert (one.etat.value, one.jours_retard) == (expected, late)


def test_missed_windows_are_told_with_those_that_were_not() -> None:
    annual = Action(1, "Former", ("CA",), parse("Annuel"), realisations=(recorded("2020-06-01"), recorded("2022")))
    organisme = Organisme(periode=Periode(recorded("2019-01-01"), recorded("2025-12-31")))
    one = portrait(plan_of(annual, organisme=organisme), date(2023, 5, 1)).situations[0]
    told = [(window.debut.year, done) for window, done in one.fenetres]
    assert told == [(2019, False), (2020, True), (2021, False), (2022, True)]


def test_how_many_of_the_last_eight_windows_have_nothing_recorded() -> None:
    done = ("2016-03-01", "2018-03-01", "2020-03-01")
    annual = Action(1, "Former", ("CA",), parse("Annuel"), realisations=tuple(recorded(text) for text in done))
    plan = plan_of(annual, organisme=Organisme(periode=Periode(recorded("2010-01-01"))))
    seen = portrait(plan, date(2023, 5, 1))
    assert (len(seen.situations[0].fenetres), seen.situations[0].sans_realisation) == (8, 5)
    assert "5 des 8 dernières périodes sans réalisation consignée" in etat_in_words(seen.situations[0], seen)


@table(
    ("day", "told"),
    [
        ("2019-12-31", []),
        ("2020-03-01", [("2019-12-31", True)]),
        ("2021-03-01", [("2019-12-31", True), ("2020-12-31", False)]),
    ],
)
def test_the_first_time_beside_a_rhythm_is_one_of_its_windows(day: str, told: list[tuple[str, bool]]) -> None:
    survey = Action(
        1,
        "Sonder",
        ("CA",),
        parse("Automne 2019"),
        recurrence=parse("chaque automne"),
        realisations=(recorded("novembre 2019"),),
    )
    windows = portrait(plan_of(survey), date.fromisoformat(day)).situations[0].fenetres
    assert [(each.fin.isoformat(), done) for each, done in windows] == told


# « mars 2020 puis annuellement »: a first time, then every year from the year after.
FIRST_THEN = [
    # realisations       day           état                days late
    ((), "2020-01-15", "échéance proche", None),
    ((), "2020-03-31", "échéance proche", None),
    ((), "2020-04-01", "à confirmer", 1),
    ((), "2021-12-31", "à confirmer", 640),
    (("2020-03-12",), "2020-04-01", "à venir", None),
    (("2020-03-12",), "2022-01-01", "en retard", 1),
    (("2020-03-12", "2021-03-12"), "2022-01-01", "à venir", None),
]


@pytest.mark.parametrize(("done", "day", "expected", "late"), FIRST_THEN)
def test_a_first_time_that_is_dated_counts_before_the_windows(
    done: tuple[str, ...], day: str, expected: str, late: int | None
) -> None:
    wording = parse("mars 2020 puis annuellement")
    action = Action(1, "Former", ("CA",), wording, realisations=tuple(recorded(text) for text in done))
    one = portrait(plan_of(action), date.fromisoformat(day)).situations[0]
    assert (one.etat.value, one.jours_retard) == (expected, late)


def test_what_comes_back_from_a_later_day_on_is_to_come() -> None:
    action = Action(1, "Former", ("CA",), parse("annuel dès 2030"))
    one = portrait(plan_of(action), date(2020, 1, 15)).situations[0]
    assert (one.etat.value, one.prochaine) == ("à venir", date(2030, 1, 1))


REPEATED = [
    # « Mai 2019 », then every two weeks
    ((), "2019-04-30", "échéance proche", None),
    ((), "2019-05-20", "à confirmer", None),
    (("2019-05-02", "2019-05-16"), "2019-05-20", "échéance proche", None),
    ((), "2020-01-15", "à confirmer", None),
    (("2019-05-02",), "2020-01-15", "en retard", None),
    (("2020-01-08",), "2020-01-15", "échéance proche", None),
]


@pytest.mark.parametrize(("done", "day", "expected", "late"), REPEATED)
def test_a_recurrence_begins_with_its_dated_echeance(
    done: tuple[str, ...], day: str, expected: str, late: None
) -> None:
    del late
    action = Action(
        1,
        "Flash info",
        ("CA",),
        parse("Mai 2019"),
        recurrence=parse_recurrence("aux 2 semaines"),
        realisations=tuple(recorded(text) for text in done),
    )
    one = portrait(plan_of(action), date.fromisoformat(day)).situations[0]
    assert one.etat.value == expected
    assert (one.jours_retard is not None) == one.etat.passed


def test_what_is_dated_after_the_day_is_not_known_yet() -> None:
    action = Action(
        1,
        "Créer un document",
        ("CA",),
        parse("Décembre 2020"),
        statut=Statut.REALISEE,
        realisee_le=recorded("mai 2020"),
        realisations=(recorded("2019-03-01"), recorded("2020-03-01")),
        suivi=(note("2019-06-01"), note("2020-02-01")),
        echeances_precedentes=(
            EcheancePrecedente(parse("Mars 2019"), "Poste vacant", recorded("2019-04-01")),
            EcheancePrecedente(parse("Décembre 2019"), "Pandémie", recorded("2020-04-01")),
        ),
    )
    then = known_at(action, date(2020, 1, 15))
    assert then.statut is None
    assert then.realisee_le is None
    assert [when.texte for when in then.realisations] == ["2019-03-01"]
    assert len(then.suivi) == 1
    assert then.echeance == parse("Décembre 2019")
    assert [former.echeance.texte for former in then.echeances_precedentes] == ["Mars 2019"]
    assert known_at(action, date(2020, 6, 1)) == action


@pytest.mark.parametrize("statut", [Statut.EN_COURS, Statut.EN_ATTENTE, Statut.ABANDONNEE, Statut.RECONDUITE])
def test_a_statut_is_not_known_before_its_day(statut: Statut) -> None:
    action = Action(1, "Créer", ("CA",), parse("2021"), statut=statut, statut_le=recorded("mai 2020"), motif="Un motif")
    assert known_at(action, date(2020, 5, 1)) == action
    before = known_at(action, date(2020, 4, 30))
    assert (before.statut, before.statut_le, before.motif) == (None, None, None)


# What is dated of an action, and what is known of it on 31 December 2020 of its statut, and of what was written with it
# (motif, résolution, résultat, dollars spent).
THEN = [
    ({"statut": "réalisée", "realisee_le": "2020-05-12"}, "réalisée", True),
    ({"statut": "réalisée", "realisee_le": "2020-05-12", "statut_le": "2021-02-01"}, "réalisée", True),
    ({"statut": "réalisée", "realisee_le": "2021-01-01", "statut_le": "2020-05-12"}, None, False),
    ({"statut": "réalisée", "realisee_le": "2021-01-01"}, None, False),
    ({"statut": "réalisée", "statut_le": "2021-01-01"}, None, False),
    ({"statut": "réalisée"}, "réalisée", True),
    ({"statut": "abandonnée", "statut_le": "2021-01-01"}, None, False),
    ({"statut": "en cours", "statut_le": "2021-01-01"}, None, False),
    ({"statut": "en cours", "statut_le": "2021-01-01", "realisations": "2020-03-01"}, None, True),
    ({"realisations": "2021-03-01"}, None, False),
    ({}, None, True),
]


@table(("dated", "statut", "spent"), THEN)
def test_what_goes_with_a_statut_is_known_with_it(dated: dict[str, str], statut: str | None, spent: bool) -> None:
    read: dict[str, Any] = {key: recorded(text) for key, text in dated.items() if key.endswith("_le")}
    read["realisations"] = tuple(recorded(text) for key, text in dated.items() if key == "realisations")
    read["statut"] = Statut(dated["statut"]) if "statut" in dated else None
    told: dict[str, Any] = {"motif": "Un motif", "resolution": "CA-2021-24", "resultat": "Trois ententes"}
    action = Action(1, "Créer", ("CA",), parse("2019"), budget=Budget(Decimal(900), Decimal(700)), **read, **told)
    then = known_at(action, date(2020, 12, 31))
    assert then.statut == statut
    assert then.budget == Budget(Decimal(900), Decimal(700) if spent else None)
    assert then.resultat == ("Trois ententes" if spent else None)
    if "statut" in dated:
        assert (then.motif, then.resolution) == (("Un motif", "CA-2021-24") if statut else (None, None))
    assert all(when is None or when.debut <= date(2020, 12, 31) for when in (then.statut_le, then.realisee_le))


def test_a_budget_that_only_says_what_was_spent_later_is_none() -> None:
    action = Action(1, "Créer", ("CA",), parse("2019"), statut=Statut.REALISEE, realisee_le=recorded("2021"))
    assert known_at(action._replace(budget=Budget(reel=Decimal(0))), date(2020, 12, 31)).budget is None
    said = Budget(reel=Decimal(0), precision="3 ETP")
    assert known_at(action._replace(budget=said), date(2020, 12, 31)).budget == Budget(precision="3 ETP")


BEGUN = [
    # wording            day           it is to be done from now on
    ("2021", "2021-01-01", True),
    ("2021", "2020-09-30", False),
    ("d'ici décembre 2021", "2020-01-01", True),
    ("septembre à décembre 2021", "2021-08-31", False),
    ("septembre à décembre 2021", "2021-09-01", True),
    ("31 décembre 2021", "2021-09-01", True),
    ("dès octobre 2023", "2021-09-01", False),
    ("Annuel", "2021-09-01", False),
]


@pytest.mark.parametrize(("wording", "day", "begun"), BEGUN)
def test_an_action_to_come_says_whether_its_period_has_begun(wording: str, day: str, begun: bool) -> None:
    one = portrait(plan_of(Action(1, "Une action", ("DG",), parse(wording))), date.fromisoformat(day)).situations[0]
    assert one.entamee is begun


SET = (
    "Correction\N{NO-BREAK SPACE}: Autre action (statut\N{NO-BREAK SPACE}: réalisée → rien)",
    "correction : budget adopté (budget : rien → prévu 500 $)",
    "Responsables\N{NO-BREAK SPACE}: Agent (remplaçant) → Les intervenantes; le CA",
    "Échéance fixée à «\N{NO-BREAK SPACE}Juin 2021\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: Décidé",
)
TOLD = (
    "Correction des textes finie",
    "Responsables : rencontrés en mai",
    "Au conseil (responsables : DG → CA)",
    "Échéance maintenue : Le CA maintient",
    "Responsables : DG → CA; échéance maintenue : Le CA y tient",
)

SAID = [
    # record                                                                    état, on 31 mars 2021 for « 2020 »
    ({}, "échéance passée depuis 3 mois, à confirmer"),
    ({"statut": Statut.EN_COURS}, "échéance passée depuis 3 mois, en cours"),
    (
        {"statut": Statut.EN_ATTENTE, "motif": "la subvention"},
        "échéance passée depuis 3 mois, en attente : la subvention",
    ),
    ({"statut": Statut.EN_ATTENTE}, "échéance passée depuis 3 mois, en attente"),
    ({"statut": Statut.PARTIELLE}, "échéance passée depuis 3 mois, faite en partie"),
    ({"statut": Statut.A_FAIRE}, "échéance passée depuis 3 mois, à faire"),
    ({"suivi": (note(),)}, "échéance passée depuis 3 mois, note du 10 janvier 2019"),
    # a note that corrects or hands over is no news, and hides none
    *(({"suivi": (Suivi(text, recorded("mai 2020")),)}, "échéance passée depuis 3 mois, à confirmer") for text in SET),
    *(
        (
            {"suivi": (note(), Suivi(text, recorded("mai 2020")))},
            "échéance passée depuis 3 mois, note du 10 janvier 2019",
        )
        for text in SET
    ),
    *(
        ({"suivi": (Suivi(text, recorded("mai 2020")),)}, "échéance passée depuis 3 mois, note de mai 2020")
        for text in TOLD
    ),
    (
        {"realisations": (recorded("mai 2019"),), "suivi": (Suivi(SET[0], recorded("mai 2020")),)},
        "échéance passée depuis 3 mois, faite en mai 2019",
    ),
    ({"realisations": (recorded("mai 2020"),)}, "échéance passée depuis 3 mois, faite en mai 2020"),
    ({"statut": Statut.REALISEE, "realisee_le": recorded("2020-05-12")}, "réalisée le 12 mai 2020"),
    ({"statut": Statut.ABANDONNEE, "statut_le": recorded("mai 2020")}, "abandonnée en mai 2020"),
    ({"statut": Statut.RECONDUITE}, "reconduite"),
]


@table(("record", "said"), SAID)
def test_a_passed_echeance_is_told_with_what_is_recorded_and_never_as_late(record: dict[str, Any], said: str) -> None:
    actions = Action(1, "Une action", ("DG",), parse("2020"), **record), Action(2, "Une autre", ("DG",), parse("2025"))
    seen = portrait(plan_of(*actions), date(2021, 3, 31))
    assert etat_in_words(seen.situations[0], seen).replace("\N{NO-BREAK SPACE}", " ") == said


# What is recorded of an action that is not passed, and how its état is told on 31 March 2021, with 90 days of horizon.
TO_COME = [
    # échéance             record                                               told
    ("2021", {}, "à mener d'ici le 31 décembre 2021"),
    ("2021", {"statut": Statut.EN_COURS}, "en cours, à mener d'ici le 31 décembre 2021"),
    ("2021", {"statut": Statut.PARTIELLE}, "faite en partie, à mener d'ici le 31 décembre 2021"),
    ("2021", {"statut": Statut.A_FAIRE}, "à mener d'ici le 31 décembre 2021; à faire"),
    ("2021", {"statut": Statut.EN_ATTENTE, "motif": "bail"}, "à mener d'ici le 31 décembre 2021; en attente : bail"),
    ("2021", {"suivi": (note(),)}, "à mener d'ici le 31 décembre 2021; note du 10 janvier 2019"),
    ("2021", {"suivi": (note("avril 2020"),)}, "à mener d'ici le 31 décembre 2021; note d'avril 2020"),
    ("2021", {"suivi": (Suivi("Vu"),)}, "à mener d'ici le 31 décembre 2021; note sans date"),
    ("2021", {"realisee_le": recorded("mai 2020")}, "à mener d'ici le 31 décembre 2021; faite en mai 2020"),
    ("Juin 2022", {}, "à venir : 30 juin 2022"),
    ("Juin 2022", {"statut": Statut.EN_COURS}, "en cours, prévue pour le 30 juin 2022"),
    ("Juin 2022", {"statut": Statut.PARTIELLE}, "faite en partie, prévue pour le 30 juin 2022"),
    ("Juin 2022", {"suivi": (note(),)}, "à venir : 30 juin 2022; note du 10 janvier 2019"),
    ("Avril 2021", {}, "échéance proche : 30 avril 2021"),
    ("mars à mai 2021", {}, "échéance proche : 31 mai 2021"),
    ("mars à mai 2021", {"statut": Statut.EN_COURS}, "échéance proche : 31 mai 2021; en cours"),
    ("En continu", {"realisations": (recorded("mai 2020"),)}, "en continu; faite en mai 2020"),
    ("À évaluer", {"suivi": (note(),)}, "échéance à déterminer; note du 10 janvier 2019"),
]  # fmt: skip


@table(("wording", "record", "told"), TO_COME)
def test_what_is_recorded_is_told_before_its_echeance_too(wording: str, record: dict[str, Any], told: str) -> None:
    seen = portrait(plan_of(Action(1, "Une action", ("DG",), parse(wording), **record)), date(2021, 3, 31))
    assert etat_in_words(seen.situations[0], seen).replace("\N{NO-BREAK SPACE}", " ") == told


# How the échéance of what comes again is told: as written for its first time, then with the time that is due.
AGAIN = [
    # échéance               revient           faite         day           told
    ("Automne 2019", "chaque automne", "", "2019-10-01", "Automne 2019"),
    ("Automne 2019", "chaque automne", "", "2020-02-01", "Automne 2019"),  # passed, and nothing is done since
    ("Automne 2019", "chaque automne", "2019-11-01", "2020-02-01", "chaque automne (31 décembre 2020)"),
    ("Automne 2019", "chaque automne", "2019-11-01", "2021-02-01", "chaque automne (31 décembre 2020)"),
    ("Automne 2019", "chaque automne", "2020-11-01", "2021-02-01", "chaque automne (31 décembre 2021)"),
    ("Juin 2019", "2 fois par année", "2019-06-14", "2021-02-01", "2 fois par année (31 décembre 2020)"),
    ("Juin 2019", "", "", "2021-02-01", "Juin 2019"),
    ("dès juin 2022", "trimestriel", "", "2021-02-01", "dès juin 2022"),
    ("Annuel", "", "2020-05-01", "2021-02-01", "Annuel (31 décembre 2021)"),
    ("mars 2019 puis annuellement", "", "", "2019-02-01", "mars 2019 puis annuellement (31 mars 2019)"),
    ("En continu", "", "2020-05-01", "2021-02-01", "En continu"),
]


@table(("wording", "often", "done", "day", "told"), AGAIN)
def test_what_comes_again_is_told_by_the_time_that_is_due(
    wording: str, often: str, done: str, day: str, told: str
) -> None:
    recurrence = parse_recurrence(often) if often else None
    action = Action(1, "Sonder", ("DG",), parse(wording), recurrence=recurrence)
    first = Action(2, "Former", ("DG",), parse("Février 2019"))
    action = action._replace(realisations=(recorded(done),) if done else ())
    one = portrait(plan_of(action, first), date.fromisoformat(day)).situations[0]
    assert echeance_in_words(one).replace("\N{NO-BREAK SPACE}", " ") == told
    assert echeance_in_words(one, day=False) == told.partition(" (")[0]


def test_a_statut_without_a_date_is_kept_whatever_the_day() -> None:
    action = Action(1, "Créer", ("CA",), parse("2021"), statut=Statut.REALISEE)
    assert portrait(plan_of(action), date(2000, 1, 1)).situations[0].etat is Etat.REALISEE


@pytest.mark.parametrize(
    ("meetings", "horizon", "expected"),
    [
        ((), None, "2020-04-14"),  # 90 days
        (("2020-02-12", "2020-03-11"), None, "2020-04-14"),  # the next known meeting is nearer
        (("2020-05-20", "2020-06-17"), None, "2020-05-20"),  # the next known meeting is farther
        (("2019-12-11",), None, "2020-04-14"),  # it has been held
        (("2020-01-15",), None, "2020-04-14"),  # it is today's
        (("2020-02-12",), 10, "2020-01-25"),
        ((), 0, "2020-01-15"),
        ((), 9_999_999, "9999-12-31"),
    ],
)
def test_the_horizon_is_the_farther_of_the_next_known_meeting_and_90_days(
    meetings: tuple[str, ...], horizon: int | None, expected: str
) -> None:
    reunions = Reunions(ca=Instance(tuple(Reunion(recorded(day)) for day in meetings)))
    assert portrait(plan_of(reunions=reunions), date(2020, 1, 15), horizon).look.horizon_end.isoformat() == expected


def test_the_plan_runs_from_its_first_to_its_last_echeance() -> None:
    wordings = ("En continu", "Décembre 2020", "2019", "Février 2019", "d'ici juin 2022", "dès mars 2023", "Marz 2018")
    plan = plan_of(*(Action(n, "…", ("DG",), parse(text)) for n, text in enumerate(wordings, 1)))
    assert (plan.debut, plan_end(plan)) == (date(2019, 2, 1), date(2023, 3, 1))
    assert portrait(plan, date(2023, 3, 2)).over
    assert not portrait(plan, date(2023, 3, 1)).over
    assert Plan().debut is None
    assert not portrait(Plan(), date(2023, 3, 1)).over


def test_a_given_period_is_the_plan_s() -> None:
    organisme = Organisme(periode=Periode(recorded("2018"), recorded("mars 2022")))
    plan = plan_of(Action(1, "…", ("DG",), parse("Mai 2019")), organisme=organisme)
    assert (plan.debut, plan_end(plan)) == (date(2018, 1, 1), date(2022, 3, 31))


def test_the_objectif_that_waits_longest_comes_first_and_so_inside_it() -> None:
    def objectif(numero: int, *wordings: str) -> Objectif:
        actions = tuple(Action(n, "…", ("DG",), parse(text)) for n, text in enumerate(wordings, 1))
        return Objectif(numero, "…", actions)

    volet = Volet(
        "adm",
        "Administratif",
        (
            objectif(1, "Mars 2019", "Décembre 2018", "2030"),
            objectif(2, "2030"),
            objectif(3, "Janvier 2018"),
            objectif(4, "Décembre 2018"),
        ),
    )
    plan = Plan(orientations=(Orientation(1, "…", 1, (volet,)),))
    dossiers = by_objectif(due(portrait(plan, date(2020, 1, 15)).situations))
    assert [[one.id for one in dossier.situations] for dossier in dossiers] == [
        ["1.adm.3.1"],
        ["1.adm.1.2", "1.adm.1.1"],
        ["1.adm.4.1"],
    ]


def test_counts_name_every_etat() -> None:
    counted = count(portrait(plan_of(Action(1, "…", ("DG",), parse("En continu"))), date(2020, 1, 1)).situations)
    assert list(counted) == list(Etat)
    assert sum(counted.values()) == counted[Etat.EN_CONTINU] == 1


def test_a_shared_action_is_each_responsable_s() -> None:
    ca, dg = Responsable("CA", "Conseil d'administration"), Responsable("DG", "Direction générale", ("Directrice",))
    shared = Action(1, "…", ("CA", "Directrice"), parse("2019"))
    plan = Plan(
        registre=Registre([ca, dg]),
        orientations=(Orientation(1, "…", 1, (Volet("adm", "…", (Objectif(1, "…", (shared,)),)),)),),
    )
    seen = portrait(plan, date(2020, 1, 15))
    assert seen.of(ca) == seen.of(dg) == seen.situations
    assert Selection((dg,)).keep(seen) == seen.situations
    assert Selection((dg,), (2,)).keep(seen) == ()
    assert Selection().keep(seen) == seen.situations


def test_a_last_day_is_not_late_and_the_day_after_is() -> None:
    for wording in ("Mars 2020", "Hiver 2020", "2020", "d'ici le 3 mai 2021", "T3 2020", "début 2021"):
        echeance = parse(wording)
        assert isinstance(echeance, Echeance)
        assert echeance.fin is not None
        plan = plan_of(Action(1, "…", ("DG",), echeance))
        assert not portrait(plan, echeance.fin).situations[0].etat.passed, wording
        next_day = date.fromordinal(echeance.fin.toordinal() + 1)
        assert portrait(plan, next_day).situations[0].jours_retard == 1, wording
