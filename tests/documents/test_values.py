"""The values that documents show: every action is counted once, and told where it belongs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pace import table
from support import SMALL, load_texts

from documents.making import AU, document, request, values
from documents.plans import EVERY_ETAT
from pivot_cli.documents.calendar import calendar
from pivot_cli.documents.exercice import read_exercice
from pivot_cli.documents.listing import Anchors, line
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.plan.model import Plan
from pivot_cli.suivi.changes import Changes, Genre, by_dates
from pivot_cli.suivi.etat import Etat, portrait
from pivot_cli.suivi.selection import Selection

NB = "\N{NO-BREAK SPACE}"


def test_the_plan_of_these_tests_has_every_etat() -> None:
    plan, _ = load_texts(EVERY_ETAT)
    assert {one.etat for one in portrait(plan, AU).situations} == set(Etat)


@pytest.mark.parametrize("plan", [None, EVERY_ETAT], ids=["livré", "chaque état"])
def test_counts_add_up(plan: dict[str, str] | None) -> None:
    made = values("complet", plan)
    total = made.synthese.total
    assert sum(compte.nombre for compte in made.synthese.comptes) == total
    assert sum(rang.total for rang in made.synthese.rangs) == total
    for rang in made.synthese.rangs:
        assert sum(rang.nombres) == rang.total == sum(part.nombre for part in rang.parts)
    assert sum(len(groupe.lignes) for groupe in made.passees) == made.nb_passees
    shown = [a.id for o in made.orientations for v in o.groupes for b in v.groupes for a in b.lignes]
    assert len(shown) == len(set(shown)) == total
    assert made.budgets.avec + made.budgets.sans == total


@pytest.mark.parametrize("plan", [None, EVERY_ETAT], ids=["livré", "chaque état"])
def test_every_action_is_in_the_sections_of_its_etat(plan: dict[str, str] | None) -> None:
    made = values("complet", plan)
    seen = portrait(request(plan).plan, AU)
    of = {one.id: one.etat for one in seen.situations}
    assert {line.id for group in made.passees for line in group.lignes} == {i for i, e in of.items() if e.passed}
    assert {line.id for line in made.arrivent} == {i for i, e in of.items() if e is Etat.PROCHE}
    undated = {i for i, e in of.items() if e in (Etat.A_COMMENCER, Etat.A_DETERMINER)}
    assert {line.id for line in made.sans_date} == undated
    assert {line.id for line in made.continues} == {i for i, e in of.items() if e is Etat.EN_CONTINU}
    assert made.calendrier is not None
    bars = [bar for part in made.calendrier.parties for band in part.bandes for bar in band.barres]
    assert len(bars) == len(of)


def test_what_opens_within_the_horizon() -> None:
    opening = values("complet", None, au=date(2019, 7, 1)).commencent
    assert {one.etat for one in opening} == {"à venir"}


def test_a_selection_cuts_the_document_down() -> None:
    plan = request(None).plan
    dg = plan.registre.find("DG")
    assert dg is not None
    made = values("complet", None, selection=Selection((dg,), ()))
    assert made.synthese.total == 31
    assert made.nb_passees == 17
    assert made.entete.portee == f"Direction générale{NB}: 31{NB}actions sur 93"
    assert made.identite is None
    assert "0 action".replace(" ", NB) in made.entete.consigne
    assert "sur 31" in made.entete.consigne
    both = values("complet", None, selection=Selection((dg,), (2, 3)))
    assert both.entete.portee.startswith("Direction générale, orientations 2 et 3")
    assert {orientation.numero for orientation in both.orientations} == {2, 3}
    one = values("complet", None, selection=Selection((), (4,)))
    assert one.entete.portee == f"Orientation 4{NB}: 6{NB}actions sur 93"


def test_loads_are_those_of_the_screens() -> None:
    loads = {charge.court: charge for charge in values("complet", None).charges}
    assert (loads["DG"].total, loads["DG"].passees) == (31, 17)
    assert (loads["CA"].total, loads["CA"].passees) == (28, 15)
    for charge in (*loads.values(), *values("complet", EVERY_ETAT).charges):
        closed = charge.realisees + charge.abandonnees + charge.reconduites
        assert charge.passees + charge.proches + charge.a_venir + charge.sans_date + closed == charge.total
        assert charge.seul <= charge.total


def test_budgets_compare_only_what_has_both_amounts() -> None:
    made = values("complet", EVERY_ETAT).budgets
    first, second, total = made.lignes
    assert (first.prevu, first.reel, first.ecart) == (f"14{NB}000{NB}$", f"1{NB}450,50{NB}$", f"−49,50{NB}$")
    assert (second.prevu, second.reel, second.ecart) == ("–", "–", "–")
    assert (total.nom, total.avec, total.sans) == ("Total", 2, 15)
    none = values("complet", None).budgets
    assert (none.avec, none.sans, none.lignes) == (0, 93, ())


def test_readings_say_what_words_do_not() -> None:
    readings = {one.texte: one for one in values("complet", None).lectures}
    assert readings["Automne 2020"].lecture == f"du 1er{NB}septembre au 31{NB}décembre{NB}2020"
    assert readings["Hiver 2019"].avis
    assert "Mars 2019" not in readings
    refused = {one.texte: one for one in values("complet", EVERY_ETAT).lectures}["bientôt"]
    assert refused.lecture == "non comprise"
    assert refused.avis


def test_faults_are_in_the_state_of_the_data() -> None:
    made = values("complet", EVERY_ETAT)
    assert len(made.anomalies) == 1
    assert "orientation-1.yaml, ligne" in made.anomalies[0].endroit
    data = {donnee.nom: donnee.valeur for donnee in made.donnees}
    assert data["Erreurs dans les fichiers"] == "1"
    assert data["Réunions du conseil inscrites"] == "2"
    many = dict(SMALL.items())
    many["orientation-1.yaml"] = many["orientation-1.yaml"].replace(
        "responsables: [DG, CA]", f"responsables: [{', '.join(f'inconnu{n}' for n in range(14))}]"
    )
    made = values("complet", many)
    assert (len(made.anomalies), made.autres_anomalies) == (10, 4)


# --- the calendar -----------------------------------------------------------------------------------------


def picture(echeance: str, more: str = "", au: date = AU) -> Any:
    text = SMALL["orientation-1.yaml"].replace("echeance: En continu", f'echeance: "{echeance}"{more}')
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    seen = portrait(plan, au)
    return calendar(seen.situations, seen, Anchors(seen))


BARS = [
    ("En continu", "ouverte", [("0%", "100%")]),
    ("À déterminer", "sans-date", [("0%", "0.9%")]),
    ("Immédiat", "sans-date", [("0%", "0.9%")]),
    ("2020", "intervalle", [("0%", "100%")]),
    ("d'ici le 31 décembre 2020", "borne", [("99.1%", "0.9%")]),
    ("dès juillet 2020", "ouverte", [("49.73%", "50.27%")]),
    ("rien de lisible", "sans-date", [("0%", "0.9%")]),
]


@pytest.mark.parametrize(("echeance", "shape", "marks"), BARS, ids=[row[0] for row in BARS])
def test_a_bar_has_the_shape_of_its_echeance(echeance: str, shape: str, marks: list[tuple[str, str]]) -> None:
    bar = picture(echeance).parties[0].bandes[0].barres[1]
    assert bar.forme == shape
    assert [tuple(mark) for mark in bar.marques] == marks
    assert bar.mots.startswith("2 · ")
    assert "Faire un plan" in bar.titre


def test_what_comes_again_has_a_mark_for_each_window() -> None:
    bar = picture("Trimestriel").parties[0].bandes[0].barres[1]
    assert bar.forme == "repetee"
    assert bar.mots.endswith(", à refaire")
    assert len(bar.marques) == 3  # the plan begins in March
    dated = picture("Mars 2020", "\n            recurrence: mensuel").parties[0].bandes[0].barres[1]
    assert dated.forme == "repetee"
    assert len(dated.marques) == 10


def test_a_calendar_covers_whole_years_and_may_not_hold_the_day() -> None:
    made = picture("2031")
    assert (made.debut, made.fin) == (f"1er{NB}janvier{NB}2020", f"31{NB}décembre{NB}2031")
    assert len(made.annees) == 12
    assert made.aujourdhui
    assert picture("2031", au=date(2019, 1, 1)).aujourdhui == ""
    assert len(picture("2199").annees) <= 12
    undated = SMALL["orientation-1.yaml"].replace("Mars 2020", "À déterminer")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": undated})
    seen = portrait(plan, AU)
    assert calendar(seen.situations, seen, Anchors(seen)) is None
    assert values("complet", SMALL | {"orientation-1.yaml": undated}).calendrier is None


RHYTHMS = [
    ("realisations: [2019-06-24]", "Réalisation consignée pour la dernière période."),
    ("realisations: [2020-06-24]", "Rien de consigné pour la dernière période."),
    ("realisations: [2018-02-01, 2018-05-01, 2019-02-01]", "Réalisation consignée pour 2 des 2 dernières périodes."),
]


@pytest.mark.parametrize(("record", "said"), RHYTHMS)
def test_what_comes_again_says_what_is_recorded_of_it(record: str, said: str) -> None:
    first = SMALL["orientation-1.yaml"].replace("Mars 2020", "Janvier 2018" if "2018" in record else "Janvier 2019")
    text = first.replace("echeance: En continu", f"echeance: Annuel\n            {record}")
    (line,) = values("complet", SMALL | {"orientation-1.yaml": text}).recurrentes
    assert line.precision == said


# --- what changed -----------------------------------------------------------------------------------------


def since(plan: Plan, day: date, au: date = AU) -> Changes:
    return by_dates(portrait(plan, au), day).changes


def told_of(found: Changes) -> dict[str, list[str]]:
    classes = {genre: [one.id for one in found.of(genre)] for genre in Genre if genre is not Genre.INCHANGEE}
    return {genre.value: ids for genre, ids in classes.items() if ids}


def test_changes_between_two_days() -> None:
    plan, _ = load_texts(EVERY_ETAT)
    assert told_of(since(plan, date(2019, 5, 1), date(2019, 7, 1))) == {
        "réalisée": ["1.adm.1.1"],
        "refaite": ["2.com.1.1"],
        "reportée": ["1.adm.1.6"],
    }
    later = told_of(since(plan, date(2019, 10, 1)))
    assert later["échéance passée"] == ["1.adm.1.3", "1.adm.1.4", "2.com.2.1"]  # the last, on 30 September
    undated = f"5{NB}statuts n'ont pas de date{NB}: on ne peut pas dire s'ils ont changé entre-temps."
    assert by_dates(portrait(plan, AU), date(2019, 5, 1)).basis == (undated,)
    assert told_of(since(plan, AU)) == {}
    assert told_of(since(plan, date(2019, 2, 1), date(2019, 3, 1))) == {"nouvelles": ["1.adm.1.1"]}


MOVED = "echeances_precedentes: [{echeance: %s, decide_le: 2019-12-01}]"
TWICE = MOVED.replace("]", ", {echeance: Juin 2020, decide_le: 2019-12-20}]")
MOVES = [  # when an action is due, and what is recorded of it; where it is told on 15 January, since 20 November
    ("Juin 2021", MOVED % "Mars 2020", "reportée"),
    ("2020-03", MOVED % "Mars 2020", "nouvelles"),
    ("Mars 2020", TWICE % "Mars 2020", "nouvelles"),
    ("Mars 2020", MOVED % "À évaluer", "nouvelles"),
    ("Mars 2020", TWICE % "À évaluer", "nouvelles"),
    ("Juin 2020", MOVED.replace("12-01", "10-01") % "Mars 2020", ""),
    ("Mars 2020", "statut: réalisée\n            statut_le: 2019-12-10", "réalisée"),
    ("Mars 2020", "statut: en cours\n            statut_le: 2019-12-10", "statut changé"),
    ("Novembre 2019", "statut: en cours\n            statut_le: 2019-12-10", "statut changé, échéance passée"),
    ("Octobre 2019", "statut: en cours\n            statut_le: 2019-12-10", "statut changé"),
    ("Novembre 2019", "resultat: Rien encore", "échéance passée"),
]


@pytest.mark.parametrize(("echeance", "record", "told"), MOVES)
def test_what_happened_between_two_meetings(echeance: str, record: str, told: str) -> None:
    text = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", f"echeance: {echeance}\n            {record}")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    (one, _) = since(plan, date(2019, 11, 20)).every
    assert ", ".join(dict.fromkeys(fact.genre.value for fact in one.facts if fact.genre.value in told)) == told
    assert one.genre.value == (told.partition(",")[0] or "inchangée")


def test_the_board_is_told_what_changed_since_a_meeting_or_a_day() -> None:
    asked = values("sommaire", EVERY_ETAT, since=date(2019, 5, 1), au=date(2019, 7, 1)).evolution
    assert [one.nom for one in asked.changements] == ["Réalisée", "Faite encore une fois", "Reportée"]
    assert asked.changements[2].lignes[0].precision.startswith("Juin 2019 → ")
    meeting = values("sommaire", EVERY_ETAT).evolution
    assert meeting.depuis == f"20{NB}novembre{NB}2019"
    unknown = values("sommaire", None).evolution
    assert unknown.depuis == ""
    assert "Aucune réunion précédente" in unknown.phrase
    same = values("sommaire", SMALL, since=date(2020, 1, 14)).evolution
    assert same.phrase.startswith("Rien de ce qui est daté")


# --- the board --------------------------------------------------------------------------------------------


def test_decisions_are_those_of_the_plan_or_else_proposed() -> None:
    written = values("sommaire", EVERY_ETAT)
    first = written.decisions[0]
    assert (first.id, first.titre, first.question) == (
        "1.adm.1.3", "Le local", "INTERNE-DECISION choisir entre deux baux",
    )  # fmt: skip
    proposed = values("sommaire", None)
    assert (len(proposed.decisions), proposed.autres_decisions) == (3, 4)
    assert [one.id for one in proposed.decisions] == ["2.gou.2", "3.gou.1", "5.gou.2"]
    over = values("sommaire", None, au=date(2026, 1, 1))
    assert all("depuis" not in one.contexte for one in over.decisions)
    assert {one.resolutions[0] for one in over.decisions} == {"de reconduire ces actions dans le prochain plan"}
    assert [text for text in over.constats if "écoulé" in text or "passées" in text] == [
        f"82{NB}échéances sont passées sur 93."
    ]  # that the plan's time is over is a warning, and said there only


def test_the_commitments_of_the_board() -> None:
    made = values("sommaire", None)
    assert made.bilan_engagements == f"28{NB}engagements{NB}: 15{NB}échéances sont passées."
    assert not made.reunion_connue
    assert made.jusqu_au == f"14{NB}avril{NB}2020"
    near = values("sommaire", EVERY_ETAT)  # its meeting is known, in 35 days: what is near goes farther
    assert (near.reunion_connue, near.jusqu_au) == (False, f"14{NB}avril{NB}2020")
    later = values("sommaire", EVERY_ETAT | {"reunions.yaml": "ca: {reunions: [{date: 2020-06-17}]}\n"})
    assert (later.reunion_connue, later.jusqu_au) == (True, f"17{NB}juin{NB}2020")


def test_what_the_sommaire_leaves_out_is_counted() -> None:
    made = document("sommaire", "md", None, au=date(2019, 12, 20)).replace(NB, " ")
    near = made.partition("## D'ici le 19 mars 2020")[2].partition("\n## ")[0]
    assert near.count("\n| ") == 2 + 5
    assert "\nEt 21 autres, dans le document complet.\n" in near
    proposed = document("sommaire", "md", None).replace(NB, " ")
    assert "\n4 autres objectifs où le conseil a une part attendent aussi.\n" in proposed


def test_the_loads_of_a_part_of_the_plan_say_so() -> None:
    plan, _ = load_texts(EVERY_ETAT)
    one = Selection(orientations=(2,))
    made = DOCUMENTS["complet"].build(Request(plan, (), AU, AU, one))
    said = f"pour chacun de ses responsables, parmi les actions retenues seulement ({made.synthese.total})."
    for format_ in ("md", "html"):
        assert said in render("complet", made, format_)
        assert "parmi les actions retenues" not in document("complet", format_, EVERY_ETAT)


EACH_AUTUMN = "Automne 2018\n            recurrence: chaque automne"
AGAIN = [  # what is due again and again: what stands in its line, and what is recorded
    ("Annuel", "", "Mars 2018", "Annuel", f"jusqu'au 31{NB}décembre{NB}2019", "échéance passée, à confirmer"),
    (EACH_AUTUMN, "realisations: [octobre 2019]", "Mars 2018", "chaque automne",
     f"d'ici le 31{NB}décembre{NB}2020", "à venir; faite en octobre 2019"),
    (EACH_AUTUMN, "realisations: [octobre 2018]", "Mars 2018", "chaque automne",
     f"jusqu'au 31{NB}décembre{NB}2019", "échéance passée, faite en octobre 2018"),
    ("Mars 2020\n            recurrence: chaque mars", "", "Mars 2018", "Mars 2020", "", "échéance proche"),
    ("2020-2021", "statut: en attente", "Mars 2018", "2020-2021", f"jusqu'au 31{NB}décembre{NB}2021",
     "à venir; en attente"),
    ("2021", "statut: en cours", "Mars 2018", "2021", f"jusqu'au 31{NB}décembre{NB}2021", "en cours"),
    ("2021", "statut: partiellement réalisée", "Mars 2018", "2021", f"jusqu'au 31{NB}décembre{NB}2021",
     "faite en partie"),
    ("Mars 2020", "statut: en cours", "Mars 2018", "Mars 2020", "", "échéance proche; en cours"),
]  # fmt: skip


@pytest.mark.parametrize(("echeance", "record", "first", "words", "reading", "etat"), AGAIN)
def test_a_line_says_the_day_that_is_awaited_and_what_is_recorded(
    echeance: str, record: str, first: str, words: str, reading: str, etat: str
) -> None:
    written = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", f"echeance: {first}")
    plan, _ = load_texts(
        SMALL
        | {"orientation-1.yaml": written.replace("echeance: En continu", f"echeance: {echeance}\n            {record}")}
    )
    seen = portrait(plan, AU)
    made = line(seen.situations[1], seen, None)
    assert (made.echeance, made.lecture, made.etat) == (words, reading, etat)


def test_a_plan_without_a_board() -> None:
    alone = {
        name: text.replace("code: CA", "code: EQ")
        .replace("Conseil d'administration", "Équipe")
        .replace("[DG, CA]", "[DG]")
        for name, text in SMALL.items()
    }
    made = values("sommaire", alone)
    assert (made.conseil, made.engagements, made.decisions) == ("", (), ())


# --- fiscal years -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2019-2020", "2019-04-01", "2020-03-31"), (" 2019 – 2020 ", "2019-04-01", "2020-03-31"),
     ("2019", "2019-01-01", "2019-12-31"), ("avril 2019 à mars 2020", "2019-04-01", "2020-03-31")],
)  # fmt: skip
def test_a_fiscal_year_is_read(text: str, first: str, last: str) -> None:
    plan, _ = load_texts(EVERY_ETAT)
    year = read_exercice(text, plan.organisme.conventions)
    assert (year.debut.isoformat(), year.fin.isoformat(), year.avis) == (first, last, "")


@pytest.mark.parametrize(
    ("start", "said"),
    [("mars", "plan de mars"), ("avril", "plan d'avril"), ("août", "plan d'août"), ("octobre", "plan d'octobre")],
)
def test_a_month_takes_the_word_that_it_takes(start: str, said: str) -> None:
    period = f"periode: {{debut: 1er {start} 2018, fin: 31 mars 2021}}\n"
    made = values("sommaire", SMALL | {"organisme.yaml": SMALL["organisme.yaml"] + period})
    assert f"{said}{NB}2018 à mars{NB}2021" in made.entete.etendue


@pytest.mark.parametrize(
    ("day", "said"), [(date(2020, 4, 1), "1 échéance est passée sur 2, depuis moins d'un mois."),
                      (date(2020, 3, 31), "Aucune échéance n'est passée.")]
)  # fmt: skip
def test_one_is_not_the_first_of_several(day: date, said: str) -> None:
    told = " ".join(values("sommaire", SMALL | {"organisme.yaml": SMALL["organisme.yaml"] + PERIOD}, au=day).constats)
    assert said in told.replace(NB, " ")


PERIOD = "periode: {debut: 1er janvier 2019, fin: 31 décembre 2022}\n"


def test_a_date_that_is_set_is_not_moved() -> None:
    first = SMALL["orientation-1.yaml"].replace(
        "echeance: Mars 2020",
        "echeance: Mars 2020\n            echeances_precedentes: [{echeance: À évaluer, decide_le: 2019-12-20}]",
    )
    made = values("sommaire", SMALL | {"orientation-1.yaml": first}, since=date(2019, 12, 1))
    assert [(one.nom, one.nombre) for one in made.evolution.changements] == [("Avec des nouvelles", 1)]
    (fact,) = since(load_texts(SMALL | {"orientation-1.yaml": first})[0], date(2019, 12, 1)).every[0].facts
    assert fact.texte == f"échéance fixée{NB}: À évaluer → Mars 2020"


def test_a_line_says_what_is_recorded_of_it() -> None:
    made = values("complet", EVERY_ETAT)
    lines = {a.id: a for o in made.orientations for v in o.groupes for b in v.groupes for a in b.lignes}
    assert (lines["1.adm.1.3"].consigne, lines["1.adm.1.3"].en_cours) == ("en cours", True)
    assert (lines["2.com.1.4"].consigne, lines["2.com.1.4"].en_cours) == ("à faire", False)
    assert (lines["1.adm.1.4"].consigne, lines["1.adm.1.4"].en_cours) == ("", False)  # nothing is
    assert (lines["1.adm.1.1"].consigne, lines["1.adm.1.1"].en_cours) == ("", False)  # it is done
    assert "retard" not in {line.cle for line in lines.values()}


@table(
    ("written", "shown"),
    [
        ("n/a", "à déterminer"),
        ("N.D.", "à déterminer"),
        ("s.o.", "à déterminer"),
        *((nothing, "à déterminer") for nothing in ("S/O", "NA", "nd", "TBD", "TBA", "Aucune", "sans objet")),
        *((nothing, "à déterminer") for nothing in ("Inconnue", "non applicable", "vide", "s.d.", "à dét.")),
        *((nothing, "à déterminer") for nothing in ("'-'", "—", "'?'", "???", "…", "'...'", "'--'", "/")),
        ("Aucune échéance", "Aucune échéance"),
        ("Date à confirmer", "Date à confirmer"),
        ("À évaluer", "À évaluer"),
        ("Sans date", "Sans date"),
        ("Mars 2020", "Mars 2020"),
    ],
)
def test_an_abbreviation_for_no_date_is_said_in_words(written: str, shown: str) -> None:
    text = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", f"echeance: {written}")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    seen = portrait(plan, AU)
    assert line(seen.situations[0], seen, None).echeance == shown
