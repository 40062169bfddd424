"""The public document: what it says for a year, and what never reaches it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from pace import table
from support import SMALL

from documents import reference
from documents.making import document, values
from documents.plans import EVERY_ETAT, HOSTILE_TEXTS, with_descriptions
from documents.reading import Page
from pivot_cli.documents.values import Fait
from pivot_cli.finding import PivotError

NB = "\N{NO-BREAK SPACE}"


def objectifs(made: Any) -> list[Any]:
    return [objectif for orientation in made.orientations for objectif in orientation.objectifs]


def texts(made: Any, field: str) -> list[str]:
    found = [getattr(objectif, field) for objectif in objectifs(made)]
    return [one if isinstance(one, str) else one.texte for some in found for one in some]


# --- nothing internal -------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["html", "md"])
@pytest.mark.parametrize("exercice", [None, "2019-2020"])
def test_nothing_internal_reaches_the_public(format_: str, exercice: str | None) -> None:
    made = document("bilan", format_, EVERY_ETAT, exercice=exercice)
    assert "INTERNE" not in made
    for name in ("Direction générale", "Directrice", "Responsable des essais", "Resp.", "resp-essai", "(DG)", "CA"):
        assert name not in made.replace("fr-CA", "")
    assert not re.search(r"en retard|à confirmer|depuis \d|\d+ (?:jours|mois)\b|1\.adm\.1", made.replace(NB, " "))
    assert "Document interne" not in made


@pytest.mark.parametrize("format_", ["html", "md"])
def test_every_internal_field_marked_leaves_no_mark(format_: str) -> None:
    """The same plan with other words in every internal field gives the same bytes."""
    other = {name: text.replace("INTERNE", "AUTRE") for name, text in EVERY_ETAT.items()}
    assert other != EVERY_ETAT
    assert document("bilan", format_, other) == document("bilan", format_, EVERY_ETAT)


def test_the_values_of_the_public_document_have_no_place_for_what_is_internal() -> None:
    """A template cannot show what it is not given."""
    classes = reference.value_classes()
    names = {field for used in reference.used_by("Bilan") for field, _, _ in classes[used].fields}
    assert names.isdisjoint(
        {"responsables", "motif", "suivi", "fiche", "budget", "source", "decision", "resolution", "noms", "etat",
         "precision", "note", "id", "liens", "forces", "contraintes", "charges", "anomalies"}
    )  # fmt: skip


def test_hostile_results_are_shown_as_they_are() -> None:
    text = " ".join(Page(document("bilan", "html", with_descriptions(HOSTILE_TEXTS))).text.split())
    for hostile in HOSTILE_TEXTS:
        assert text.count(" ".join(hostile.split())) >= 3  # the objectif, its indicator, its action


# --- what it says -----------------------------------------------------------------------------------------


def test_the_whole_plan() -> None:
    made = values("bilan", EVERY_ETAT)
    assert texts(made, "faites") == ["Former un comité", "Tenir une fête"]
    assert texts(made, "poursuites") == ["Ouvrir le local", "Accueillir les gens", "Refaire la toiture"]
    assert texts(made, "reconduites") == ["Planter des arbres"]
    assert texts(made, "deplacees") == ["Fêter l'ouverture"]
    assert texts(made, "abandonnees") == ["Écrire un guide"]
    assert "Former les bénévoles" in texts(made, "a_faire")
    assert "Faire connaître le local" not in str(made.orientations)  # passed, nothing recorded: counted
    assert [orientation.sans_information for orientation in made.orientations] == [1, 1]
    first = objectifs(made)[0]
    when, result = f"12{NB}mai{NB}2019", "Huit personnes forment le comité."
    assert first.faites[0] == Fait("Former un comité", when, result, precisions=f"{when}; avec un budget")
    assert first.deplacees[0] == Fait(
        "Fêter l'ouverture", "Automne 2020", "", "Juin 2019", f"prévu{NB}: Juin 2019; maintenant{NB}: Automne 2020"
    )
    assert [tuple(one) for one in first.indicateurs] == [
        ("Essais tentés", "100", "40", ""),
        ("Essais réussis", "", "", ""),
    ]
    assert "rien n'est encore consigné" in made.reserve
    assert [objectif.titre for objectif in objectifs(made)] == ["Passer par chaque état", "Revenir régulièrement"]


@pytest.mark.parametrize(
    ("exercice", "done", "moved"),
    [
        ("2018-2019", [], []),
        ("2019-2020", ["Former un comité", "Tenir une fête"], ["Fêter l'ouverture"]),
        ("du 1er juin 2019 au 31 mai 2020", ["Tenir une fête"], ["Fêter l'ouverture"]),
        ("2019", ["Former un comité", "Tenir une fête"], ["Fêter l'ouverture"]),
    ],
)
def test_a_fiscal_year_holds_what_was_done_in_it(exercice: str, done: list[str], moved: list[str]) -> None:
    made = values("bilan", EVERY_ETAT, exercice=exercice)
    assert texts(made, "faites") == done
    assert texts(made, "deplacees") == moved
    assert made.entete.sorte == f"Bilan {exercice}"


def recorded(when: str) -> dict[str, str]:
    text = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", f"echeance: Mars 2020\n            {when}")
    conventions = SMALL["organisme.yaml"] + "conventions:\n  debut_exercice: 1er avril\n"
    return SMALL | {"orientation-1.yaml": text, "organisme.yaml": conventions}


@pytest.mark.parametrize("when", ["statut: réalisée\n            realisee_le: 2020", "realisations: [2020]"])
def test_a_vague_date_belongs_to_one_year_only(when: str) -> None:
    plan, day = recorded(when), date(2023, 1, 1)
    years = [year for year in ("2018-2019", "2019-2020", "2020-2021", "2021-2022")
             if texts(values("bilan", plan, exercice=year, au=day), "faites")]  # fmt: skip
    assert years == ["2019-2020"]  # the first at the end of which it is known


DURING, BEFORE = "pendant l'exercice", "avant"


@pytest.mark.parametrize("statut", ["réalisée", "abandonnée"])
@pytest.mark.parametrize(
    ("starts", "when", "first", "second"),  # its line in the exercice that ends in 2020, and in the next one
    [
        ("1er juillet", "2020", DURING, BEFORE),
        ("1er avril", "2020", DURING, BEFORE),
        ("1er avril", "mars 2020", DURING, BEFORE),
        ("1er avril", "avril 2020", "", DURING),
        ("15 mars", "mars 2020", DURING, BEFORE),
        ("1er avril", "2020-03-31", DURING, BEFORE),
        ("1er avril", "2020-04-01", "", DURING),
    ],
)
def test_what_is_dated_is_never_told_without_a_date(
    statut: str, starts: str, when: str, first: str, second: str
) -> None:
    field = "realisee_le" if statut == "réalisée" else "statut_le"
    plan = recorded(f"statut: {statut}\n            motif: Rien\n            {field}: {when}")
    plan["organisme.yaml"] = plan["organisme.yaml"].replace("1er avril", starts)
    for year, wanted in (("2019-2020", first), ("2020-2021", second)):
        made = values("bilan", plan, exercice=year, au=date(2023, 1, 1))
        lines = [line.nom for line in made.tableau.lignes if line.nombre and line.nom.startswith(statut)]
        assert lines == [f"{statut}s {wanted}"] * bool(wanted)
        assert "sans date consignée" not in made.reserve


def test_a_year_counts_from_the_start_of_the_plan() -> None:
    """A plan that begins with the fiscal year: « 2019 » is not before it."""
    plan = recorded("statut: réalisée\n            realisee_le: 2019")
    plan["organisme.yaml"] += "periode: {debut: 2019-04-01, fin: 2021-03-31}\n"
    assert texts(values("bilan", plan, exercice="2019-2020", au=date(2023, 1, 1)), "realisees") == ["Former un comité"]


@pytest.mark.parametrize(("exercice", "told"), [("2019", True), ("2020", False), (None, True)])
def test_a_result_is_not_told_of_another_time(exercice: str | None, told: bool) -> None:
    fields = "recurrence: chaque année", "realisations: [2019-06-14, 2020-02-14]", "resultat: Le premier."
    made = values("bilan", recorded("\n            ".join(fields)), exercice=exercice, au=date(2021, 1, 1))
    assert [fact.resultat for one in objectifs(made) for fact in one.refaites] == ["Le premier." if told else ""]


def test_a_past_day_is_announced() -> None:
    said = "Tel que consigné aujourd'hui, sans ce qui porte une date postérieure au"
    assert [said in text for text in values("bilan", EVERY_ETAT, au=date(2019, 9, 1)).entete.avertissements] == [True]


def test_what_is_done_without_a_date_is_of_no_year_and_told() -> None:
    plan = recorded("statut: réalisée")
    assert texts(values("bilan", plan), "faites") == ["Former un comité"]
    made = values("bilan", plan, exercice="2019-2020", au=date(2020, 6, 1))
    assert texts(made, "faites") == []
    assert "1\N{NO-BREAK SPACE}action réalisée sans date consignée n'est d'aucun exercice" in made.reserve


# What is said of a period that is no exercice: days, title, what is told done, the names in the table.
PERIODS = [
    (date(2019, 5, 12), date(2019, 6, 24), f"Bilan du 12{NB}mai au 24{NB}juin{NB}2019", 2),  # both days included
    (date(2019, 5, 13), date(2019, 6, 24), f"Bilan du 13{NB}mai au 24{NB}juin{NB}2019", 1),
    (date(2019, 5, 12), date(2019, 6, 23), f"Bilan du 12{NB}mai au 23{NB}juin{NB}2019", 1),
    (date(2019, 6, 24), date(2019, 6, 24), f"Bilan du 24{NB}juin{NB}2019", 1),
    (date(2019, 4, 1), date(2020, 3, 31), f"Bilan du 1er{NB}avril{NB}2019 au 31{NB}mars{NB}2020", 2),
]


@pytest.mark.parametrize(("du", "au", "title", "done"), PERIODS)
def test_any_period_is_told_from_a_day_to_another(du: date, au: date, title: str, done: int) -> None:
    made = values("bilan", EVERY_ETAT, du=du, au=au)
    assert (made.entete.sorte, made.entete.periode, made.entete.au_iso) == (title, "", au.isoformat())
    assert len(texts(made, "faites")) == done
    shown = [one.nom for one in made.chiffres if "pendant" in one.nom]
    assert shown == ["Réalisées pendant la période"] * (du <= date(2019, 5, 12))
    assert made.tableau.lignes[0].nom == "réalisées pendant l'exercice"  # as every program reads it
    assert "n'est d'aucune période" in made.reserve  # « Écrire un guide », abandoned nobody knows when


def test_days_that_name_an_exercice_are_said_once() -> None:
    made = values("bilan", EVERY_ETAT, exercice="du 1er avril 2019 au 31 mars 2020")
    assert (made.entete.sorte, made.entete.periode) == ("Bilan du 1er avril 2019 au 31 mars 2020", "")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"du": date(2020, 1, 16)}, "vient après le dernier jour"),
        ({"du": date(2019, 1, 1), "exercice": "2019"}, "disent chacun une période"),
    ],
)
def test_a_period_that_cannot_be_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(PivotError, match=said) as refused:
        values("bilan", EVERY_ETAT, **asked)
    assert refused.value.code == 2


def test_a_year_that_is_over_is_told_as_at_its_end() -> None:
    made = values("bilan", EVERY_ETAT, exercice="2019-2020", au=date(2026, 11, 23))
    assert made.entete.au == f"31{NB}mars{NB}2020"
    assert "Fêter l'ouverture" in texts(made, "deplacees")
    assert "Publier un bulletin" not in texts(made, "a_faire")


def test_two_years_without_a_fiscal_year_are_read_aloud() -> None:
    made = values("bilan", SMALL, exercice="2019-2020")
    assert "deux années civiles" in made.entete.avertissements[0]
    assert values("bilan", EVERY_ETAT, exercice="2019-2020").entete.avertissements == ()


@pytest.mark.parametrize(
    ("exercice", "said"),
    [("bientôt", "n'est pas compris"), ("En continu", "n'est pas compris"), ("dès 2019", "n'est pas compris"),
     ("2025-2026", "n'est pas commencé")],
)  # fmt: skip
def test_a_year_that_cannot_be_is_refused(exercice: str, said: str) -> None:
    with pytest.raises(PivotError, match=said):
        values("bilan", EVERY_ETAT, exercice=exercice)


def test_a_plan_with_nothing_recorded_says_so_once() -> None:
    made = values("bilan", None)
    assert made.reserve.startswith("Rien n'est encore consigné")
    assert texts(made, "faites") == []
    assert [(chiffre.nom, chiffre.nombre) for chiffre in made.chiffres] == [
        ("En continu", 7),
        ("À commencer", 2),
        ("Échéance passée sans information consignée", 45),
        ("À venir", 37),
        ("Échéance à déterminer", 2),
    ]


# --- each action once, and what is said of it -------------------------------------------------------------

HEADINGS = (
    "realisees", "refaites", "en_cours", "en_attente", "deplacees", "nouvelles", "a_faire", "reconduites",
    "abandonnees",
)  # fmt: skip
MOVED = "echeances_precedentes: [{echeance: Mars 2020, decide_le: 2020-02-01}]"
TWICE = MOVED.replace("Mars 2020", "%s").replace("]", ", {echeance: Mai 2022, decide_le: 2020-05-01}]")
NEWS = "des nouvelles sont consignées"
NOTE = "{date: 2020-01-10, note: 'Pas commencée: personne ne veut'}"
PLACES = (  # what is written of an action, under its échéance; its heading in the bilan of 2020, and what is said there
    ("Mars 2020", "statut: réalisée, realisee_le: 2020-02-01", "realisees", f"1er{NB}février{NB}2020"),
    ("Mars 2020", "statut: réalisée, statut_le: 2020-02-01", "realisees", f"1er{NB}février{NB}2020"),
    ("Mars 2019", "statut: réalisée, realisee_le: 2019-02-01", "", "réalisées avant"),
    ("Mars 2020", "statut: réalisée", "", "réalisées sans date"),
    ("Mars 2020", "statut: abandonnée, motif: Rien, statut_le: 2020-02-01", "abandonnees", ""),
    ("Mars 2020", "statut: abandonnée, motif: Rien, statut_le: 2019-02-01", "", "abandonnées avant"),
    ("Mars 2020", "statut: abandonnée, motif: Rien", "", "abandonnées sans date"),
    ("Mars 2020", "statut: reconduite, statut_le: 2020-02-01", "reconduites", ""),
    ("Annuel", "realisations: [2019-06-01, 2020-02-01, mars 2020]", "refaites",
     f"2{NB}fois{NB}: 1er{NB}février{NB}2020, mars 2020"),
    ("En continu", "realisations: [2020-02-01]", "refaites", f"1er{NB}février{NB}2020"),
    ("En continu", "realisations: [2019-02-01]", "en_cours", "en continu"),
    ("En continu", "numero: 1", "en_cours", "prévue en continu"),
    ("Mars 2020", "statut: partiellement réalisée", "en_cours", "faite en partie"),
    ("Décembre 2021", f"statut: en cours, {MOVED}", "en_cours",
     f"en cours; prévu{NB}: Mars 2020; maintenant{NB}: Décembre 2021"),
    ("Décembre 2021", f"statut: partiellement réalisée, {MOVED}", "en_cours",
     f"faite en partie; prévu{NB}: Mars 2020; maintenant{NB}: Décembre 2021"),
    ("Décembre 2021", f"statut: en attente, motif: Rien, {MOVED}", "en_attente",
     f"prévu{NB}: Mars 2020; maintenant{NB}: Décembre 2021"),
    ("Décembre 2021", f"statut: à faire, {MOVED}", "deplacees", "Décembre 2021"),
    ("2020-03", MOVED, "", "échéance passée sans information consignée"),
    ("avant avril 2021", MOVED.replace("Mars 2020", "Mars 2021"), "a_faire", "avant avril 2021"),
    ("Juin 2021", TWICE % "Juin 2021", "a_faire", "Juin 2021"),
    ("Juin 2021", TWICE % "À évaluer", "deplacees", "Juin 2021"),
    ("Décembre 2021", f"suivi: [{NOTE}]", "a_faire", "Décembre 2021"),
    ("Mars 2020", f"suivi: [{NOTE}]", "nouvelles", NEWS),
    ("Mars 2020", f"statut: à faire, suivi: [{NOTE}]", "a_faire", "à faire"),
    ("Mars 2020", f"suivi: [{NOTE}], {TWICE % 'Juin 2019'}", "nouvelles", NEWS),
    ("Mars 2020", "realisations: [2019-02-01]", "nouvelles", NEWS),
    ("Été 2019", f"recurrence: chaque été, suivi: [{NOTE}]", "nouvelles", NEWS),
    ("Immédiat", f"suivi: [{NOTE}]", "en_cours", "en continu"),
    ("Immédiat", "realisations: [2019-02-01]", "en_cours", "en continu"),
    ("Immédiat", f"statut: à faire, suivi: [{NOTE}]", "a_faire", "Immédiat"),
    ("En continu", f"suivi: [{NOTE}]", "en_cours", "prévue en continu"),
    ("En continu", "statut: à faire", "a_faire", "En continu"),
    ("Été 2019", "recurrence: chaque été, realisations: [juillet 2019]", "a_faire", "à refaire"),
    ("Mars 2019", "recurrence: chaque mars, realisations: [mars 2019, 2019-10-01]", "a_faire",
     f"chaque mars, d'ici le 31{NB}mars{NB}2021"),
    ("Décembre 2021", "statut: en attente, motif: Rien", "en_attente", "en attente"),
    ("Mars 2020", "statut: en attente, motif: Rien", "en_attente", "en attente"),
    ("Juin 2021", "echeances_precedentes: [{echeance: Mars 2020, decide_le: 2020-02-01}]", "deplacees", "Juin 2021"),
    ("Juin 2021", "echeances_precedentes: [{echeance: Immédiat, decide_le: 2020-02-01}]", "deplacees", "Juin 2021"),
    ("Juin 2021", "echeances_precedentes: [{echeance: Mars 2020, decide_le: 2019-02-01}]", "a_faire", "Juin 2021"),
    ("Juin 2021", "echeances_precedentes: [{echeance: À évaluer, decide_le: 2020-02-01}]", "a_faire", "Juin 2021"),
    ("Juin 2021", "echeances_precedentes: [{echeance: En continu, decide_le: 2020-02-01}]", "a_faire", "Juin 2021"),
    ("Mars 2020", "statut: à faire", "a_faire", "à faire"),
    ("Juin 2020", MOVED, "", "échéance passée sans information consignée"),
    ("Juin 2020", f"statut: à faire, {MOVED}", "a_faire", "à faire"),
    ("Juin 2020", f"statut: en cours, {MOVED}", "en_cours", "en cours"),
    ("Juin 2020", f"statut: en attente, motif: Rien, {MOVED}", "en_attente", "en attente"),
    ("Immédiat", "numero: 1", "a_faire", "Immédiat"),
    ("À évaluer", "numero: 1", "a_faire", "À évaluer"),
    ("Mars 2020", "numero: 1", "", "échéance passée sans information consignée"),
)  # fmt: skip


@table(("echeance", "record", "heading", "said"), PLACES)
def test_an_action_is_under_one_heading_or_counted(echeance: str, record: str, heading: str, said: str) -> None:
    fields = "" if record == "numero: 1" else f", {record}"
    action = f"{{numero: 1, description: Agir, responsables: [DG], echeance: '{echeance}'{fields}}}"
    head = SMALL["orientation-1.yaml"].split("actions:")[0]
    made = values(
        "bilan", SMALL | {"orientation-1.yaml": f"{head}actions: [{action}]\n"}, exercice="2020", au=date(2020, 12, 31)
    )
    lines = {line.nom: line.nombre for line in made.tableau.lignes if line.nombre}
    assert sum(lines.values()) == made.total == 1
    told = [(name, one) for objectif in objectifs(made) for name in HEADINGS for one in getattr(objectif, name)]
    if not heading:
        assert (told, list(lines)) == ([], [said])
    else:
        ((where, fact),) = told
        assert where == heading
        assert fact == "Agir" if heading == "abandonnees" else (fact.texte, fact.quand) == ("Agir", said)


RESULT = "resultat: Vingt jeunes sont venus."
COMES_FIRST = (  # what is written of an action; under which heading it is told, its result, and what is beside it
    (f"statut: en cours, {RESULT}", "en_cours", "Vingt jeunes sont venus.", "en cours"),
    (f"statut: partiellement réalisée, {RESULT}, budget: {{reel: 20}}", "en_cours", "Vingt jeunes sont venus.",
     "faite en partie; avec un budget"),
    (f"statut: en attente, motif: Rien, {RESULT}", "en_attente", "Vingt jeunes sont venus.", ""),
    (f"statut: reconduite, statut_le: 2020-02-01, {RESULT}", "reconduites", "Vingt jeunes sont venus.", ""),
    (f"statut: abandonnée, motif: Secret, statut_le: 2020-02-01, {RESULT}", "abandons", "", "Vingt jeunes sont venus."),
    ("statut: abandonnée, motif: Secret, statut_le: 2020-02-01", "abandons", "", ""),
    (f"realisations: [2019-02-01], statut: en cours, {RESULT}", "en_cours", "", "en cours"),  # of another time
    ("statut: à faire, budget: {source: Fonds}", "a_faire", "", "Mars 2021"),
    ("statut: à faire, budget: {prevu: 0}", "a_faire", "", "Mars 2021; avec un budget"),
    (MOVED.replace("Mars 2020", "Juin 2020"), "deplacees", "", f"prévu{NB}: Juin 2020; maintenant{NB}: Mars 2021"),
)  # fmt: skip


@pytest.mark.parametrize(("record", "heading", "result", "beside"), COMES_FIRST)
def test_what_came_of_an_action_is_told_with_it(record: str, heading: str, result: str, beside: str) -> None:
    action = f"{{numero: 1, description: Agir, responsables: [DG], echeance: Mars 2021, {record}}}"
    head = SMALL["orientation-1.yaml"].split("actions:")[0]
    files = SMALL | {"orientation-1.yaml": f"{head}actions: [{action}]\n"}
    made = values("bilan", files, exercice="2020", au=date(2020, 12, 31))
    ((fact,),) = [getattr(one, heading) for one in objectifs(made)]
    assert (fact.resultat, fact.precisions) == (result, beside)
    for format_ in ("html", "md"):
        page = " ".join(document("bilan", format_, files, exercice="2020", au=date(2020, 12, 31)).split())
        assert "Secret" not in page
        assert page.count("Vingt jeunes sont venus.") == bool(result or "Vingt" in beside)
        if result:
            assert page.index(result) < page.index("Agir")


def test_what_has_a_result_is_told_first() -> None:
    actions = ", ".join(
        f"{{numero: {n}, description: Agir {n}, echeance: 2020, statut: réalisée, realisee_le: 2020-0{n}-01{more}}}"
        for n, more in ((1, ""), (2, ", resultat: Deux"), (3, ""), (4, ", resultat: Quatre"))
    )
    head = SMALL["orientation-1.yaml"].split("actions:")[0]
    made = values("bilan", SMALL | {"orientation-1.yaml": f"{head}actions: [{actions}]\n"}, au=date(2020, 12, 31))
    assert texts(made, "realisees") == ["Agir 2", "Agir 4", "Agir 1", "Agir 3"]


def test_indicators_of_actions_are_with_those_of_their_objectif() -> None:
    plan = recorded("titre_court: Comité\n            indicateurs: [{libelle: Personnes, cible: 8, atteint: 5}]")
    ((shown,),) = [one.indicateurs for one in objectifs(values("bilan", plan))]
    assert shown == ("Personnes", "8", "5", "Comité")
    for format_ in ("html", "md"):
        page = document("bilan", format_, plan)
        assert "Indicateur" in page
        assert re.search("Personnes.*Comité.*8.*5", page)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (("statut: réalisée, realisee_le: 2019-02-01", "statut: réalisée, realisee_le: 2020-02-01"),
         "2 actions : 1 ci-dessous, 1 réalisée avant."),
        (("statut: réalisée, realisee_le: 2019",) * 2, "2 actions : 2 réalisées avant."),
        (("statut: abandonnée, motif: x", "statut: reconduite"),
         "2 actions : 1 abandonnée sans date, 1 reconduite avant ou sans date."),
        (("budget: {prevu: 1}", "statut: en cours"),
         "2 actions : 1 ci-dessous, 1 dont l'échéance est passée, sans information consignée."),
        (("statut: en cours", "statut: à faire"), "2 actions."),
    ],
)  # fmt: skip
def test_the_account_of_an_orientation_says_where_its_actions_are(records: tuple[str, ...], said: str) -> None:
    actions = ", ".join(
        f"{{numero: {n}, description: Agir, echeance: 2019, {record}}}" for n, record in enumerate(records, start=1)
    )
    head = SMALL["orientation-1.yaml"].split("actions:")[0]
    plan = SMALL | {"orientation-1.yaml": f"{head}actions: [{actions}]\n"}
    made = values("bilan", plan, exercice="2020", au=date(2020, 12, 31))
    assert made.orientations[0].compte.replace(NB, " ") == said
    mesures = plan | {"organisme.yaml": plan["organisme.yaml"] + "plan: {niveaux: {action: jalon}}\n"}
    said = re.sub("action", "jalon", said.replace("ées ", "és ").replace("ée ", "é ").replace("uite ", "uit "))
    told = values("bilan", mesures, exercice="2020", au=date(2020, 12, 31)).orientations[0].compte.replace(NB, " ")
    assert told == said.replace("passé,", "passée,")


def test_an_abandonment_belongs_to_one_year() -> None:
    plan = recorded("statut: abandonnée\n            motif: Rien\n            statut_le: 2020-06-01")
    told = {
        year: texts(values("bilan", plan, exercice=year, au=date(2023, 1, 1)), "abandonnees")
        for year in ("2019-2020", "2020-2021", "2021-2022")
    }
    assert told == {"2019-2020": [], "2020-2021": ["Former un comité"], "2021-2022": []}


@pytest.mark.parametrize("year", ["2019-2020", "2020-2021", "2021-2022"])
@pytest.mark.parametrize("when", ["2020", "mars 2020", "2020-03-31", "2020-04-01"])
def test_the_table_and_the_headings_say_the_same_of_a_vague_date(when: str, year: str) -> None:
    plan = recorded(f"statut: réalisée\n            realisee_le: {when}")
    made = values("bilan", plan, exercice=year, au=date(2023, 1, 1))
    assert made.tableau.lignes[0].nombre == len(texts(made, "realisees"))


def test_two_objectifs_of_one_title_are_told_apart() -> None:
    action = "actions: [{numero: 1, description: Agir, responsables: [DG], echeance: Mars 2099}]"
    volets = "".join(
        f"  - code: {code}\n    nom: {name}\n    objectifs:\n"
        + "".join(f"      - numero: {n}\n        titre: {title}\n        {action}\n" for n, title in held)
        for code, name, held in (
            ("adm", "Administratif", ((1, "Appartenir"), (2, "Adhérer"))),
            ("com", "Communication", ((1, "appartenir"), (2, "Croître"), (3, "Croître"))),
            ("par", "Parole", ((2, "Dire"),)),
            ("pub", "parole", ((2, "Dire"),)),
        )
    )
    first = SMALL["orientation-1.yaml"].split("volets:")[0] + f"volets:\n{volets}"
    made = values("bilan", SMALL | {"orientation-1.yaml": first})
    assert [objectif.titre for objectif in objectifs(made)] == [
        "Appartenir (volet administratif)",
        "Adhérer",
        "appartenir (volet communication)",
        "Croître (volet communication, orientation 1, objectif 2)",
        "Croître (volet communication, orientation 1, objectif 3)",
        "Dire (volet parole, orientation 1, objectif 2, 1.par.2)",
        "Dire (volet parole, orientation 1, objectif 2, 1.pub.2)",
    ]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].split("          - numero: 2")[0]},
         "Rien n'est encore consigné de son avancement"),
        (SMALL, "Rien n'est encore consigné de leur avancement"),
        (recorded("statut: en cours"),
         f"Pour 1{NB}action sur 2, rien n'est encore consigné, et son avancement n'est pas connu."),
    ],
)  # fmt: skip
def test_what_is_not_recorded_agrees(plan: dict[str, str], said: str) -> None:
    assert values("bilan", plan).reserve.startswith(said)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((), ""),
        (("2020-01-01",), f"1{NB}action a été faite une fois."),
        (("2019-01-01", "2020-01-01"), f"1{NB}action a été faite 2{NB}fois."),
    ],
)
def test_times_are_counted_apart(days: tuple[str, ...], said: str) -> None:
    assert values("bilan", recorded(f"realisations: [{', '.join(days)}]") if days else SMALL).fois == said
