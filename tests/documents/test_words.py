"""Documents in the words of another plan: none of the usual ones is left, and what is said agrees with those."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from agenda.plans import EVERY_PLACE
from agenda.test_word import texts
from living import RECORDED
from pace import few, one_in, table
from support import SMALL, load_texts
from vocabularies import VOCABULARIES, Vocabulary, disagreements, in_words, words_of_others

from documents.making import AU, NAMES
from documents.plans import EVERY_ETAT
from documents.reading import Page
from pivot_cli.documents.agenda import AgendaRequest, build
from pivot_cli.documents.listing import told_apart
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.rendering.word import render_word
from pivot_cli.documents.values import Request
from pivot_cli.documents.words import commitment, mots
from pivot_cli.finding import PivotError
from pivot_cli.plan.bodies import assembly, board
from pivot_cli.plan.model import Plan
from pivot_cli.plan.nouns import KNOWN
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.selection import Selection
from pivot_cli.text import fold

NB = "\N{NO-BREAK SPACE}"
LIVING = {path.name: path.read_text(encoding="utf-8") for path in RECORDED.glob("*.yaml")}
PLANS = {"vivant": LIVING, "etats": EVERY_ETAT, "places": EVERY_PLACE}
DAYS = {"vivant": date(2021, 3, 15), "etats": date(2020, 1, 15), "places": date(2020, 1, 15)}
AGENDA = DOCUMENTS["agenda"].templates


@cache
def plan_of(name: str, words: Vocabulary) -> Plan:
    return in_words(PLANS[name], words)


Made = list[tuple[str, Any]]


def built(plan: Plan, day: date) -> Made:
    """What each document holds about a plan on a day, by its template; the two agendas last."""
    asked: list[tuple[str, dict[str, Any]]] = [(name, {}) for name in NAMES]
    asked += [("complet", {"selection": Selection(orientations=(1,))}), ("bilan", {"exercice": "2019-2020"})]
    documents: Made = [
        (name, DOCUMENTS[name].build(Request(plan, (), day, day, **{"selection": Selection()} | more)))
        for name, more in asked
    ]
    before = date(2019, 12, 1) if day.year == 2020 else None
    agendas = [build(AgendaRequest(plan, day, kind, day, before, heure=19 * 60)) for kind in ("ca", "aga")]
    return documents + [(AGENDA, agenda) for agenda in agendas]


def documents(plan: Plan, day: date) -> Iterator[tuple[str, str]]:
    """Everything that can be read about a plan on a day: which document it is, and its text."""
    for name, values in built(plan, day):
        if name == AGENDA:
            yield f"{name}.docx", texts(render_word(name, values))
        yield f"{name}.md", render(name, values, "md")
        page = Page(html := render(name, values, "html"))
        labels = [said for which in ("aria-label", "data-l") for said in page.values(which)]
        yield f"{name}.html", "\n".join([page.text, *labels])
        for script in re.findall(r"(?s)<script>(.*?)</script>", html):
            yield f"{name}.js", " ".join(map(str, map(json.loads, re.findall(r'"(?:\\.|[^"\\])*"', script))))


ROWS = [(name, words, day) for name, day in DAYS.items() for words in VOCABULARIES]
ROWS += [("vivant", words, day) for words in VOCABULARIES for day in (date(2019, 6, 12), date(2022, 6, 1))]


@pytest.mark.lent
@pytest.mark.parametrize(("name", "words", "day"), one_in(9, few(24, ROWS)))
def test_a_plan_is_told_in_its_own_words(name: str, words: Vocabulary, day: date) -> None:
    plan = plan_of(name, words)
    others = words_of_others(plan)
    nouns = {*plan.niveaux, commitment(plan.niveaux)}
    for which, text in documents(plan, day):
        said = text.replace(words.titre, "")
        assert others.findall(said) == [], which
        assert [*disagreements(said, nouns)] == [], which


@pytest.mark.parametrize("rank", one_in(2, [4, 1]))
def test_what_stands_without_its_noun_agrees_too(rank: int) -> None:
    """« Réalisés », « prévu en continu »: of masculine actions, nothing is feminine."""
    feminine = re.compile(r"\b(?:[Rr]éalisées?|[Aa]bandonnées?|[Rr]econduites?|[Ff]aites?|prévue en continu)\b")
    for name, day in DAYS.items():
        for which, values in built(plan_of(name, VOCABULARIES[rank]), day):
            said = [line for line in render(which, values, "md").splitlines() if "--statut" not in line]
            assert [line for line in said if feminine.search(line)] == [], which


WRONG = [  # a noun, what does not agree with it, what does
    ("mesure", "3 mesures réalisés", "3 mesures réalisées"),
    ("mesure", "un mesure", "une mesure"),
    ("mesure", "4 mesure", "14 mesures et 1 mesure"),
    ("mesure", "1 mesures", "la mesure 1"),
    ("mesure", "tous les mesures", "toutes les mesures"),
    ("mesure", "d'aucun mesure", "d'aucune mesure"),
    ("mesure", "2 mesures ont été faite", "2 mesures ont été faites"),
    ("axe", "de axe", "d'axes"),
    ("axe", "ce axe", "cet axe"),
    ("axe", "du axe", "de l'axe"),
    ("axe", "L'axes", "l'axe"),
    ("activité", "Le activité", "l'activité"),
    ("activité", "la activité", "Une activité"),
    ("jalon", "la jalon", "le jalon"),
    ("jalon", "ces jalon", "ces jalons"),
    ("jalon", "de l'jalon", "du jalon"),
    ("jalon", "Toutes les jalons visés", "tous les jalons visés"),
    ("jalon", "1 jalon réalisée", "1 jalon réalisé"),
    ("résultat attendu", "3 résultat attendu", "3 résultats attendus abandonnés"),
]


@table(("noun", "wrong", "right"), WRONG)
def test_what_does_not_agree_is_found(noun: str, wrong: str, right: str) -> None:
    nouns = [KNOWN[fold(noun)]]
    assert [*disagreements(f"Il y a {wrong} ici.", nouns)] != []
    assert [*disagreements(f"Il y a {right} ici.", nouns)] == []


BODIES = [  # what is written of a board or an assembly; in a heading, in a sentence, for short
    ("ca", "", "Conseil d'administration|le conseil d'administration|du conseil|au conseil"),
    ("ca", "nom: Conseil municipal", "Conseil municipal|le conseil municipal|du conseil|au conseil"),
    ("ca", "nom: Table de concertation", "Table de concertation|la table de concertation|de la table|à la table"),
    ("ca", "nom: Équipe de direction", "Équipe de direction|l'équipe de direction|de l'équipe|à l'équipe"),
    ("ca", "nom: Agora", "Agora|l'Agora|de l'Agora|à l'Agora"),
    ("ca", "responsable: DG", "Direction générale|la direction générale|de la direction|à la direction"),
    ("ca", "nom: Comité, responsable: DG", "Comité|le comité|du comité|au comité"),
    ("aga", "", "Assemblée générale annuelle|l'assemblée générale|de l'assemblée|à l'assemblée"),
    (
        "aga",
        "nom: Assemblée générale annuelle",
        "Assemblée générale annuelle|l'assemblée générale|de l'assemblée|à l'assemblée",
    ),
    (
        "aga",
        "nom: Forum des membres",
        "Forum des membres|le Forum des membres|du Forum des membres|au Forum des membres",
    ),
]


@table(("kind", "lines", "said"), BODIES)
def test_a_body_that_meets_has_its_own_name(kind: str, lines: str, said: str) -> None:
    plan, _ = load_texts(SMALL | {"reunions.yaml": f"{kind}: {{{lines}}}\n"})
    body = (board if kind == "ca" else assembly)(plan)
    assert f"{body.titre}|{body.entier.le}|{body.court.du}|{body.court.au}" == said


def test_the_board_is_the_one_that_the_plan_names() -> None:
    """Its commitments are those of that responsable, and the messages about its meetings call it so."""
    plan, _ = load_texts(SMALL | {"reunions.yaml": "ca: {nom: Conseil municipal, responsable: DG}\n"})
    made = DOCUMENTS["sommaire"].build(Request(plan, (), AU, AU, Selection()))
    assert made.conseil == "Direction générale"
    assert made.bilan_engagements.startswith(f"2{NB}engagements")
    assert made.entete.sorte == "Sommaire pour le conseil municipal"
    with pytest.raises(PivotError, match="pour le conseil municipal"):
        build(AgendaRequest(plan, AU))
    with pytest.raises(PivotError, match="pour l'assemblée générale"):
        build(AgendaRequest(plan, AU, "aga"))


def in_these(levels: str) -> Plan:
    plan, findings = load_texts(
        SMALL | {"organisme.yaml": f"{SMALL['organisme.yaml']}plan: {{niveaux: {{{levels}}}}}\n"}
    )
    assert findings == []
    return plan


SENTENCES = [  # the levels, and what templates say: of actions, then of what the board has to do
    ("action: mesure", "Toutes les mesures|Une mesure partagée|Réalisées|Faite|engagements"),
    (
        "action: jalon, orientation: engagement",
        "Tous les jalons|Un jalon partagé|Réalisés|Fait|jalons",
    ),
    (
        "action: tâche, volet: engagement",
        "Toutes les tâches|Une tâche partagée|Réalisées|Faite|tâches",
    ),
    ("action: engagement", "Tous les engagements|Un engagement partagé|Réalisés|Fait|engagements"),
]


@table(("levels", "said"), SENTENCES)
def test_the_sentences_of_templates_agree(levels: str, said: str) -> None:
    plan = in_these(levels)
    made = mots(plan)
    words = (made.toutes, made.partagee, made.realisees, made.faite, made.engagement.pluriel)
    assert "|".join(words) == said


TWICE = [  # the lines of an orientation, of which two have one title; what tells its actions apart in public
    ("actions: [{numero: 1, description: Planter}]", "Verdir (axe 1)|Verdir (axe 2)"),
    (
        "objectifs: [{numero: 3, titre: La rue, actions: [{numero: 1, description: Planter}]}]",
        "La rue (axe 1)|La rue (axe 2)",
    ),
    (
        "volets: [{code: rue, nom: La rue, actions: [{numero: 1, description: Planter}]}]",
        "La rue (axe 1)|La rue (axe 2)",
    ),
]


@table(("lines", "said"), TWICE)
def test_a_level_that_a_plan_has_not_tells_nothing_apart(lines: str, said: str) -> None:
    files = {name: text for name, text in SMALL.items() if not name.startswith("orientation")}
    files["organisme.yaml"] += "plan: {niveaux: {orientation: axe}}\n"
    files |= {f"orientation-{n}.yaml": f"numero: {n}\ntitre: Verdir\n{lines}\n" for n in (1, 2)}
    plan, _ = load_texts(files)
    assert "|".join(told_apart(portrait(plan, AU)).values()) == said


def test_what_a_template_imports_or_includes_knows_the_words(tmp_path: Path) -> None:
    (tmp_path / "mes-macros.html").write_text("{% macro une() %}{{ mots.action.un }}{% endmacro %}", encoding="utf-8")
    (tmp_path / "inclus.html").write_text("{{ mots.objectif.du }}", encoding="utf-8")
    page = '{% import "mes-macros.html" as mes %}<p>{{ mes.une() }} {% include "inclus.html" without context %}</p>'
    for format_ in ("html", "md"):
        for name in ("mes-macros", "inclus"):
            (tmp_path / f"{name}.{format_}").write_text((tmp_path / f"{name}.html").read_text(), encoding="utf-8")
        (tmp_path / f"sommaire.{format_}").write_text(page.replace(".html", f".{format_}"), encoding="utf-8")
        made = DOCUMENTS["sommaire"].build(Request(in_these("action: jalon"), (), AU, AU, Selection()))
        assert render("sommaire", made, format_, tmp_path) == "<p>un jalon de l'objectif</p>"


def test_the_name_of_a_level_stays_a_text() -> None:
    noun = '{nom: "<b>l\'acte</b> *a*", pluriel: "<i>actes</i>", genre: masculin}'
    plan = in_these(f"action: {noun}")
    for name in NAMES:
        made = DOCUMENTS[name].build(Request(plan, (), AU, AU, Selection()))
        page, text = render(name, made, "html"), render(name, made, "md")
        assert "<i>actes" not in page
        assert "<b>l'acte" not in page
        assert Page(page).problems == []
        assert "<i>" not in text
        assert "*a*" not in text.replace(r"\*", "")
