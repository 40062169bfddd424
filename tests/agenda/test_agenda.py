"""What holds of any agenda: one place for each action, hours that add up, and which meeting it is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import SMALL, load_shipped, load_texts

from agenda.plans import DAY, EVERY_PLACE, REUNIONS, agenda
from pivot_cli.documents.agenda import AgendaRequest, OrdreDuJour, build
from pivot_cli.documents.agenda.items import USUAL_AGA, USUAL_CA
from pivot_cli.documents.agenda.places import Places, sort_actions
from pivot_cli.echeance import parse, parse_date
from pivot_cli.finding import PivotError
from pivot_cli.plan.hours import hour_in_words, length_in_words, parse_hour, parse_length
from pivot_cli.plan.model import (
    POINTS_AGA,
    POINTS_CA,
    Action,
    But,
    Instance,
    Objectif,
    Orientation,
    Plan,
    Point,
    PointPermanent,
    Registre,
    Responsable,
    Reunions,
    Statut,
    Suivi,
    Volet,
)
from pivot_cli.suivi.changes import by_dates
from pivot_cli.suivi.decisions import answered, to_decide
from pivot_cli.suivi.etat import Etat, Portrait, portrait

NB = "\N{NO-BREAK SPACE}"

# --- one place for each action ----------------------------------------------------------------------------

REGISTRE = Registre(
    [
        Responsable("CA", "Conseil d'administration"),
        Responsable("DG", "Direction générale"),
        Responsable("eq", "Équipe"),
    ]
)
WORDINGS = (
    "Mars 2019",
    "Décembre 2019",
    "Mars 2020",
    "2021",
    "Immédiat",
    "En continu",
    "À évaluer",
    "Annuel",
    "bientôt",
)


def recorded(text: str) -> Any:
    return parse_date(text)


def action(**fields: Any) -> Action:
    """With these fields alone: a class would have its others drawn too."""
    return Action(**fields)


actions = st.builds(
    action,
    numero=st.just(1),
    description=st.sampled_from(("Faire", "Refaire")),
    responsables=st.sampled_from((("CA",), ("CA", "DG"), ("DG",), ("eq",), ("eq", "CA"), ("inconnu",))),
    echeance=st.sampled_from([parse(text) for text in WORDINGS]),
    porteur=st.sampled_from((None, "CA", "DG")),
    statut=st.sampled_from((None, *Statut)),
    realisee_le=st.sampled_from((None, recorded("2019-12-10"), recorded("mai 2019"), recorded("2020-02-01"))),
    decision=st.sampled_from((None, None, "Choisir")),
    realisations=st.sampled_from(((), (recorded("2019-12-10"),))),
    suivi=st.sampled_from(((), (Suivi("Vu", recorded("2019-12-01")),))),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    volets = []
    for code in ("gou", "adm"):
        objectifs = []
        for numero in range(1, draw(st.integers(1, 3)) + 1):
            some = draw(st.lists(actions, min_size=1, max_size=5))
            numbered = tuple(action._replace(numero=rank) for rank, action in enumerate(some, start=1))
            objectifs.append(Objectif(numero, f"Objectif {code} {numero}", numbered))
        volets.append(Volet(code, code, tuple(objectifs)))
    standing = (PointPermanent("Tour de table", "1.gou.1.1"), PointPermanent("Perdu", "9.zzz.9.9"))
    instance = Instance(points_permanents=standing if draw(st.booleans()) else ())
    return Plan(
        registre=REGISTRE,
        orientations=(Orientation(1, "Une orientation", 1, tuple(volets)),),
        reunions=Reunions(ca=instance, aga=instance),
    )


def flat(places: Places) -> list[str]:
    named = (places.referred, places.done, places.decided, places.dates, places.own, places.shared, places.others)
    return [one.id for some in (*named, places.coming) for one in some]


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(40, 120))
@given(plans(), st.sampled_from((None, date(2019, 11, 20))))
def test_an_action_has_one_place_and_what_is_due_has_one(plan: Plan, since: date | None) -> None:
    seen = portrait(plan, DAY)
    standing = [point.action or "" for point in plan.reunions.ca.points_permanents]
    decisions = to_decide(seen, (), answered(plan.reunions.ca))
    places = sort_actions(seen, by_dates(seen, since) if since else None, decisions, standing)
    found = flat(places)
    assert len(found) == len(set(found))
    due = {one.id for one in seen.situations if one.etat.passed or one.etat in (Etat.PROCHE, Etat.A_COMMENCER)}
    assert due <= set(found)
    check_order(seen, places, standing)
    check_document(build(AgendaRequest(plan, DAY, day=DAY, precedente=since)), places)


def check_order(seen: Portrait, places: Places, standing: list[str]) -> None:
    """Each stands in the first place that suits it."""
    codes = {one.id: seen.plan.registre.codes(one.action.responsables) for one in seen.situations}
    assert {one.id for one in places.referred} == {one.id for one in seen.situations if one.id in standing}
    for one in places.own:
        assert codes[one.id] == ("CA",) or (one.action.porteur == "CA" and "CA" in codes[one.id])
    for one in places.shared:
        assert "CA" in codes[one.id]
        assert len(codes[one.id]) > 1
    for one in (*places.others, *places.coming):
        assert "CA" not in codes[one.id]
    assert all(one.etat.passed for one in places.others)


def check_document(made: OrdreDuJour, places: Places) -> None:
    """The values of the templates show each place whole, and no action twice; a short plan has no annexe."""
    parts = [part for point in made.points for part in point.parties]
    ticked = [line.id for part in parts for line in part.cases]
    ticked += [line.id for part in parts for dossier in part.dossiers for line in dossier.lignes]
    dated = [line.id for part in parts for line in part.dates]
    coming = [line.id for part in parts for line in part.prochains]
    annexed = [line.id for dossier in made.annexe for line in dossier.lignes]
    assert sorted(ticked) == sorted(one.id for one in (*places.decided, *places.own, *places.shared))
    assert sorted(dated) == sorted(one.id for one in places.dates)
    assert sorted(coming) == sorted(one.id for one in places.coming)
    assert sorted(annexed) == sorted(one.id for one in places.others if made.annexe)
    shown = [*ticked, *dated, *coming, *annexed]
    assert len(shown) == len(set(shown))
    told = (*places.done, *(() if made.annexe else places.others))
    assert sorted(fact.texte for part in parts for fact in part.faits) == sorted(
        one.place.action.description for one in told
    )
    noted = [one.id for one in made.suites]
    assert len(noted) == len(set(noted))
    assert {one.id for one in places.asked} <= set(noted)


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(20, 60))
@given(plans(), st.sampled_from((None, date(2019, 4, 1))))
def test_an_assembly_tells_an_action_once_as_done_and_once_as_to_come(plan: Plan, since: date | None) -> None:
    made = build(AgendaRequest(plan, DAY, "aga", day=DAY, precedente=since))
    groups = [group for point in made.points for group in point.dossiers if not group.titre.startswith("Bilan")]
    facts = [fact for dossier in groups for fact in dossier.faits]
    priorities = next(point for point in made.points if point.titre.startswith("Priorités"))
    counted = sum(int(fact.quand.split(NB)[0]) for dossier in priorities.dossiers for fact in dossier.faits)
    done = len(facts) - sum(len(dossier.faits) for dossier in priorities.dossiers)
    assert max(done, counted) <= len(plan.places)
    assert all("gou.1.1" not in fact.texte for fact in facts)


def test_every_place_of_the_sketch_on_the_adopted_plan() -> None:
    plan, _ = load_shipped()
    seen = portrait(plan, DAY)
    decisions = to_decide(seen, (), answered(plan.reunions.ca))
    places = sort_actions(seen, None, decisions, ["2.gou.3.2"])
    assert [one.id for one in places.referred] == ["2.gou.3.2"]
    assert [one.id for one in decisions.dossiers] == ["2.gou.2", "3.gou.1", "5.gou.2"]
    passed = [one.id for one in places.own if one.etat.passed]
    assert sorted(passed) == ["2.gou.1.1", "2.gou.1.2", "2.gou.3.3"]
    assert [one.id for one in places.shared if one.etat.passed] == ["3.gou.2.1", "3.gou.2.2", "3.gou.3.1", "3.gou.3.4"]
    assert len(places.others) == 30
    every = (*places.decided, *places.own, *places.shared, *places.others, *places.referred)
    assert sum(one.etat.passed for one in every) == 45
    assert [one.id for one in places.coming] == ["1.adm.1.1", "4.adm.1.1"]


# --- hours ------------------------------------------------------------------------------------------------

LENGTHS = {"5 min": 5}


def in_minutes(text: str) -> int:
    return parse_length(text.replace(NB, " ")) or 0


@settings(derandomize=True, deadline=None, max_examples=examples(26, 80))
@given(
    st.integers(0, 24 * 60 - 1),
    st.lists(st.tuples(st.sampled_from(("finances", "divers", "plan", None)), st.integers(1, 240)), max_size=6),
    st.sampled_from(("ca", "aga")),
)
def test_hours_add_up(starts: int, written: list[tuple[str | None, int]], type_: str) -> None:
    points = tuple(Point(code=code, titre=None if code else "Ajouté", duree=length) for code, length in written)
    plan, _ = load_texts(EVERY_PLACE)
    instance = Instance(points=points)
    held = Plan(plan.organisme, plan.registre, plan.orientations, Reunions(ca=instance, aga=instance))
    made = build(AgendaRequest(held, DAY, type_, day=DAY, heure=starts, duree=1))
    elapsed = 0
    for point in made.points:
        assert point.heure == hour_in_words(starts + elapsed)
        elapsed += in_minutes(point.duree) if point.duree else 0
        lengths = [in_minutes(part.duree) for part in point.parties if part.duree]
        assert not lengths or sum(lengths) == in_minutes(point.duree)
    assert made.entete.duree == length_in_words(elapsed)
    assert made.entete.fin == hour_in_words(starts + elapsed)
    assert length_in_words(elapsed - 1) in made.entete.depassement


@table(
    ("text", "minutes"),
    [
        ("19 h", 1140), ("19h", 1140), ("19 h 30", 1170), ("19h30", 1170), ("19:05", 1145), ("19 h 5", 1145),
        ("9 heures", 540), ("à 19 h", 1140), ("midi", 720), ("minuit", 0), ("0 h", 0), (f"19{NB}h{NB}5", 1145),
        ("19", None), ("25 h", None), ("24 h", None), ("19 h 60", None), ("ce soir", None), ("", None), ("7 pm", None),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(text: str, minutes: int | None) -> None:
    assert parse_hour(text) == minutes
    if minutes is not None:
        assert parse_hour(hour_in_words(minutes)) == minutes


@table(
    ("text", "minutes"),
    [
        ("2 h", 120), ("2h", 120), ("1 h 30", 90), ("1h30", 90), ("90 min", 90), ("10", 10), ("2 heures", 120),
        ("1 h 5 min", 65), ("90 minutes", 90), ("0", None), ("", None), ("longtemps", None), ("25 h", None),
    ],
)  # fmt: skip
def test_a_length_is_read_as_people_write_it(text: str, minutes: int | None) -> None:
    assert parse_length(text) == minutes
    if minutes is not None:
        assert parse_length(length_in_words(minutes).replace(NB, " ")) == minutes


def test_a_meeting_longer_than_asked_says_so() -> None:
    assert agenda(duree=120).entete.depassement == ""
    said = agenda(duree=90).entete.depassement
    assert said == f"Les points prennent ensemble 2{NB}h, soit 30{NB}min de plus que les 1{NB}h{NB}30{NB}min prévues."


# --- items ------------------------------------------------------------------------------------------------


def titles(*points: Point, type_: str = "ca", standing: tuple[PointPermanent, ...] = ()) -> list[str]:
    plan, _ = load_texts(SMALL)
    instance = Instance(points=points, points_permanents=standing)
    held = Plan(plan.organisme, plan.registre, plan.orientations, Reunions(ca=instance, aga=instance))
    return [point.titre for point in build(AgendaRequest(held, DAY, type_, day=DAY)).points]


def test_the_codes_that_a_file_may_write_are_those_of_the_usual_items() -> None:
    assert tuple(item.code for item in USUAL_CA) == POINTS_CA
    assert tuple(item.code for item in USUAL_AGA) == POINTS_AGA


def test_the_usual_items_of_a_board() -> None:
    assert titles() == [
        "Ouverture et constatation du quorum",
        "Adoption de l'ordre du jour",
        "Adoption du procès-verbal de la réunion du ____________",
        "Affaires découlant du procès-verbal",
        "Plan stratégique",
        "Rapport de la direction générale",
        "Situation financière",
        "Rapports des comités",
        "Questions diverses",
        "Date de la prochaine réunion",
        "Levée de la séance",
    ]


def test_the_usual_items_of_an_assembly() -> None:
    assert titles(type_="aga", standing=(PointPermanent("Minute du partenaire"),)) == [
        "Ouverture de l'assemblée et constatation du quorum",
        "Nomination à la présidence et au secrétariat d'assemblée",
        "Adoption de l'ordre du jour",
        "Adoption du procès-verbal de l'assemblée du ____________",
        "Rapport de la présidence",
        "Rapport d'activités",
        "Minute du partenaire",
        "Présentation des états financiers",
        "Nomination de l'auditeur",
        "Priorités de l'année et prévisions budgétaires",
        "Élection des administratrices et des administrateurs",
        "Période de questions",
        "Levée de l'assemblée",
    ]


USUAL = titles()


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        pytest.param([Point(code="divers", titre="Varia")], [*USUAL[:8], "Varia", *USUAL[9:]], id="renamed"),
        pytest.param([Point(code="comites", retire=True)], [*USUAL[:7], *USUAL[8:]], id="removed"),
        pytest.param([Point(titre="A"), Point(titre="B")], [*USUAL[:8], "A", "B", *USUAL[8:]], id="added"),
        pytest.param(
            [Point(titre="A", apres="ouverture"), Point(titre="B", apres="ouverture")],
            [USUAL[0], "A", "B", *USUAL[1:]],
            id="added where it is asked",
        ),
        pytest.param(
            [Point(code="finances", apres="ordre-du-jour")],
            [*USUAL[:2], USUAL[6], *USUAL[2:6], *USUAL[7:]],
            id="moved",
        ),
        pytest.param(
            [Point(code="comites", consentement=True)],
            [*USUAL[:4], "Ordre du jour de consentement", *USUAL[4:7], *USUAL[8:]],
            id="adopted without discussion",
        ),
        pytest.param(
            [Point(code="consentement", retire=True), Point(code="comites", consentement=True)],
            USUAL,
            id="adopted one by one where nothing adopts them together",
        ),
        pytest.param(
            [Point(titre="A", apres="permanents")], [*USUAL[:5], "A", *USUAL[5:]], id="after the standing ones"
        ),
        pytest.param([Point(code="inconnu", titre="X")], USUAL, id="a code of the other instance"),
    ],
)
def test_an_organisation_arranges_its_items(points: list[Point], expected: list[str]) -> None:
    assert titles(*points) == expected


def test_what_is_adopted_together_is_named_as_it_would_be_alone() -> None:
    plan, _ = load_texts(SMALL)
    instance = Instance(points=(Point(code="proces-verbal", consentement=True),))
    held = Plan(plan.organisme, plan.registre, plan.orientations, Reunions(ca=instance))
    made = build(AgendaRequest(held, DAY, day=DAY, precedente=date(2019, 12, 18)))
    (point,) = (one for one in made.points if one.en_bloc)
    assert point.en_bloc == (f"Adoption du procès-verbal de la réunion du 18{NB}décembre{NB}2019",)


def test_an_item_takes_what_is_written_of_it() -> None:
    plan, _ = load_texts(SMALL)
    written = Point(code="plan", titre="Le plan", presente_par="Ana", duree=20, but=But.DISCUSSION, precision="Lire.")
    held = Plan(plan.organisme, plan.registre, plan.orientations, Reunions(ca=Instance(points=(written, Point()))))
    made = build(AgendaRequest(held, DAY, day=DAY))
    point = next(one for one in made.points if one.titre == "Le plan")
    assert (point.presente_par, point.duree, point.but, point.precision) == ("Ana", f"20{NB}min", "discussion", "Lire.")
    assert all(part.duree == "" for part in point.parties)
    assert made.avis[:1] == (f"Un point de reunions.yaml n'a ni titre ni code{NB}: il n'est pas à l'ordre du jour.",)


# --- which meeting ----------------------------------------------------------------------------------------


def test_the_next_known_meeting_is_prepared() -> None:
    made = agenda(EVERY_PLACE, day=None, today=date(2019, 12, 1))
    assert made.entete.reunion == f"Réunion du mercredi{NB}15{NB}janvier{NB}2020, à 18{NB}h{NB}30"
    assert (made.entete.nom, made.entete.lieu, made.entete.quorum) == ("Réunion d'hiver", "Salle d'essai", "2 membres")
    assert made.entete.membres == ("Ana", "Benoît", "Carole")
    assert any(
        point.titre == f"Adoption du procès-verbal de la réunion du 20{NB}novembre{NB}2019" for point in made.points
    )
    assert made.points[2].precision == f"Procès-verbal{NB}: Classeur bleu"
    assert agenda(EVERY_PLACE, day=None, today=DAY + timedelta(days=1)).entete.au == f"19{NB}février{NB}2020"


def test_what_is_asked_wins_over_what_is_written() -> None:
    made = agenda(EVERY_PLACE, heure=600, duree=600, precedente=date(2019, 10, 1))
    assert made.entete.reunion.endswith(f"à 10{NB}h")
    assert made.entete.depassement == ""
    assert any(f"réunion du 1er{NB}octobre{NB}2019" in point.titre for point in made.points)


IMPRECISE = REUNIONS.replace("{date: 2020-02-19}", "{date: mars 2020}")


@pytest.mark.parametrize(
    ("files", "asked", "message"),
    [
        (None, {"day": None}, "aucune réunion à venir n'est inscrite dans reunions.yaml pour le conseil"),
        (
            None,
            {"day": None, "type": "aga"},
            "aucune réunion à venir n'est inscrite dans reunions.yaml pour l'assemblée",
        ),
        (None, {"precedente": date(2020, 2, 1)}, "n'est pas avant celle du 15"),
        (None, {"precedente": DAY}, "n'est pas avant celle du 15"),
        (
            EVERY_PLACE | {"reunions.yaml": IMPRECISE},
            {"day": None, "today": date(2020, 2, 1)},
            "n'est pas un jour précis",
        ),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(files: Any, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(PivotError, match=message) as refused:
        agenda(files, **asked)
    assert refused.value.remedy
    assert refused.value.code == 2


def test_nothing_is_said_to_have_changed_where_no_meeting_is_known() -> None:
    said = " ".join(agenda().points[4].parties[0].paragraphes)
    assert f"Aucune réunion précédente n'étant connue, ce portrait regarde tout le plan, depuis février{NB}2019" in said
    said = " ".join(agenda(precedente=date(2019, 12, 18)).points[4].parties[0].paragraphes)
    assert f"Depuis la réunion du 18{NB}décembre{NB}2019{NB}: 26{NB}échéances passées (à confirmer)." in said


def test_a_standing_item_that_points_nowhere_is_said_to_who_prepares_the_meeting() -> None:
    files = SMALL | {"reunions.yaml": "ca:\n  points_permanents:\n    - {titre: Tour, action: 9.zzz.1.1}\n"}
    made = agenda(files)
    assert "« Tour »" in made.avis[0].replace(NB, " ")
    assert "9.zzz.1.1" in made.avis[0]
    assert "9.zzz.1.1" not in str(made.points)


def test_a_plan_without_a_board_has_an_agenda() -> None:
    responsables = "responsables:\n  - {code: DG, nom: Direction générale, alias: [Directrice générale, X]}\n"
    orientation = SMALL["orientation-1.yaml"].replace("[DG, CA]", "[X]")
    made = agenda(SMALL | {"responsables.yaml": responsables, "orientation-1.yaml": orientation})
    parts = made.points[4].parties
    assert [part.titre for part in parts] == ["Où en sommes-nous?", "Les autres dossiers, et ce qui vient"]
    assert re.fullmatch(r"Mars 2020", parts[-1].prochains[0].echeance)


@pytest.mark.parametrize(
    ("asked", "conventions", "expected"),
    [
        (
            {},
            "",
            "Aucune assemblée précédente n'étant connue, la période regardée est tout le plan, jusqu'au 15 janvier",
        ),
        ({"precedente": date(2019, 6, 12)}, "", "Période regardée : du 13 juin 2019 au 15 janvier 2020."),
        ({}, "1er avril", "Période regardée : du 1er avril 2018 au 31 mars 2019."),
        ({"exercice": "2019"}, "", "Période regardée : du 1er janvier au 31 décembre 2019."),
        ({"exercice": "2019-2020"}, "", "Période regardée : du 1er janvier 2019 au 15 janvier 2020."),
        ({"exercice": "2019-2020"}, "1er avril", "Période regardée : du 1er avril 2019 au 15 janvier 2020."),
    ],
)
def test_an_assembly_says_which_period_it_looks_at(asked: dict[str, Any], conventions: str, expected: str) -> None:
    organisme = EVERY_PLACE["organisme.yaml"] + (
        f"conventions: {{debut_exercice: {conventions}}}\n" if conventions else ""
    )
    files = {**EVERY_PLACE, "organisme.yaml": organisme, "reunions.yaml": "ca: {quorum: 2}\n"}
    made = agenda(files, type="aga", **asked)
    assert made.points[5].paragraphes[0].replace(NB, " ").startswith(expected)
    doubtful = asked.get("exercice") == "2019-2020" and not conventions
    assert [notice for notice in made.avis if "lu comme deux années civiles" in notice] == [*made.avis[:1]] * doubtful
