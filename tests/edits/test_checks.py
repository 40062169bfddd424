"""What an edit may not do: each check, with what it lets pass and what it catches, at its line in the new file."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from cli_french.english import english, misspaced
from hypothesis import given, settings
from hypothesis import strategies as st
from once import loaded
from pace import examples, table
from support import SHIPPED, SMALL

from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.checks.edition import Edition
from pivot_cli.checks.edits import as_yaml, check_edit
from pivot_cli.finding import Finding, Gravite, in_order
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import PlanFiles

NB = "\N{NO-BREAK SPACE}"
FILE = "orientation-1.yaml"

RECORDED = SMALL[FILE].replace(
    "            echeance: Mars 2020\n",
    """\
            echeance: Juin 2021
            statut: réalisée
            realisee_le: mai 2021
            realisations: [2020-01-15, avril 2020]
            echeances_precedentes:
              - echeance: Mars 2020
                motif: Le poste était vacant.
            suivi:
              - date: 2020-02-03
                note: Première rencontre tenue.
              - date: 2020-03-04
                par: Jeanne
                note: "Deuxième : reportée."
""",
)

STATED = SMALL[FILE].replace(
    "            echeance: Mars 2020\n",
    """\
            echeance: Mars 2020
            statut: en cours
            statut_le: mai 2020
""",
)

GIVEN_UP = SMALL[FILE].replace(
    "            echeance: Mars 2020\n",
    """\
            echeance: Mars 2020
            statut: abandonnée
            statut_le: mai 2020
            motif: Plus utile.
""",
)
ABANDON = "            statut: abandonnée\n            statut_le: mai 2020\n            motif: Plus utile.\n"
STOPPED = GIVEN_UP.replace("abandonnée", "en attente")
NOTED = "            suivi: [{date: 2020-09-01, note: Repensée.}]\n"

SECOND = """\
          - numero: 2
            description: Faire un plan
            responsables: [Directrice générale]
            echeance: En continu
"""
FIRST = """\
          - numero: 1
            description: Former un comité
            responsables: [DG, CA]
            echeance: Mars 2020
"""

FORMER = """\
Juin 2021
            echeances_precedentes:
              - echeance: mars 2020
                motif: Vacance.
"""


MOVE = RECORDED[RECORDED.index("            echeances_precedentes") : RECORDED.index("            suivi")]


class Edit(NamedTuple):
    """An edit of `before` by texts replaced, and what is found: code, line, column, and a part of what is said."""

    name: str
    changes: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, int, int, str], ...] = ()
    before: str = SMALL[FILE]


def noting(text: str) -> tuple[str, str]:
    """What adds a note to the action that has some."""
    return "            suivi:\n", f'            suivi:\n              - {{date: 2021-09-01, note: "{text}"}}\n'


EDITS = [
    # --- what is allowed ----------------------------------------------------------------------------------
    Edit("rien", ()),
    Edit("un commentaire et des guillemets", (("titre: Un objectif", "titre: 'Un objectif'  # le premier"),)),
    Edit("consigner", (("En continu\n", "En continu\n            statut: en cours\n"),)),
    Edit(
        "abandonner",
        (("Mars 2020\n", "Mars 2020\n            statut: abandonnée\n            motif: Faute de temps.\n"),),
    ),
    Edit("ajouter une action", ((SECOND, SECOND + SECOND.replace("numero: 2", "numero: 3")),)),
    Edit("changer l'ordre", ((FIRST, ""), (SECOND, SECOND + FIRST))),
    Edit("nommer le même responsable autrement", (("[Directrice générale]", "[dg]"), ("[DG, CA]", "[ca, DG]"))),
    Edit(
        "déplacer une échéance en gardant l'ancienne",
        (
            (
                "Mars 2020\n",
                FORMER,
            ),
        ),
    ),
    Edit("préciser une date", (("mai 2021", "12 mai 2021"), ("avril 2020]", "2020-04-30]")), before=RECORDED),
    Edit("écrire une date autrement", (("2020-01-15", "15 janvier 2020"),), before=RECORDED),
    Edit(
        "compléter une note",
        (("date: 2020-02-03\n", "date: 2020-02-03\n                par: Jean\n"),),
        before=RECORDED,
    ),
    Edit(
        "ajouter une note",
        (("            suivi:\n", "            suivi:\n              - {date: 2021-01-01, note: x}\n"),),
        before=RECORDED,
    ),
    Edit(
        "rouvrir avec une note",
        (
            ("statut: réalisée\n            realisee_le: mai 2021", "statut: en cours"),
            ("            suivi:\n", "            suivi:\n              - {date: 2021-09-01, note: À refaire.}\n"),
        ),
        before=RECORDED,
    ),
    # --- PIV501 -------------------------------------------------------------------------------------------
    Edit(
        "retirer une action",
        ((SECOND, ""),),
        (("PIV501", 8, 17, "L'action 1.adm.1.2 «~Faire un plan~» a été retirée du plan."),),
    ),
    Edit(
        "retirer toutes les actions d'un objectif",
        (("        actions:\n" + FIRST + SECOND, "        actions: []\n"),),
        (("PIV501", 8, 17, "Les 2 actions de l'objectif 1.adm.1 ont été retirées du plan."),),
    ),
    Edit(
        "retirer le seul objectif d'un volet",
        (
            (SMALL[FILE][SMALL[FILE].index("      - numero: 1\n        titre") :], "      []\n"),
            ("objectifs:\n      []", "objectifs: []"),
        ),
        (("PIV501", 5, 11, "Les 2 actions du volet «~adm~» de l'orientation 1 ont été retirées"),),
    ),
    Edit(
        "retirer et ajouter sous un autre texte",
        ((SECOND, SECOND.replace("numero: 2", "numero: 3").replace("Faire un plan", "Autre chose")),),
        (("PIV501", 8, 17, "1.adm.1.2"),),
    ),
    # --- PIV502 -------------------------------------------------------------------------------------------
    Edit(
        "renuméroter une action",
        (("numero: 2\n", "numero: 3\n"),),
        (("PIV502", 15, 21, "L'action 1.adm.1.2 «~Faire un plan~» est devenue 1.adm.1.3."),),
    ),
    Edit(
        "glisser une action devant les autres",
        (
            (
                FIRST + SECOND,
                FIRST.replace("Former un comité", "Du nouveau").replace("[DG, CA]", "[CA]")
                + FIRST.replace("numero: 1", "numero: 2")
                + SECOND.replace("numero: 2", "numero: 3"),
            ),
        ),
        (("PIV502", 15, 21, "2 actions ont changé de numéro~: 1.adm.1.1 est devenue 1.adm.1.2, 1.adm.1.2"),),
    ),
    Edit(
        "changer le code d'un volet",
        (("code: adm", "code: ges"),),
        (("PIV502", 5, 11, "Le volet «~adm~» de l'orientation 1 est devenu le volet «~ges~»"),),
    ),
    Edit(
        "renuméroter un objectif",
        (("numero: 1\n        titre", "numero: 4\n        titre"),),
        (("PIV502", 8, 17, "L'objectif 1.adm.1 est devenu l'objectif 1.adm.4"),),
    ),
    Edit(
        "renuméroter une orientation",
        (("numero: 1\nenjeu", "numero: 7\nenjeu"),),
        (("PIV502", 1, 9, "L'orientation 1 est devenue l'orientation 7"),),
    ),
    # --- PIV503 -------------------------------------------------------------------------------------------
    Edit(
        "déplacer une échéance",
        (("Mars 2020", "Juin 2021"),),
        (("PIV503", 14, 23, "L'échéance de 1.adm.1.1 était «~Mars 2020~» et devient «~Juin 2021~»"),),
    ),
    Edit(
        "déplacer encore une échéance, sans garder celle d'avant",
        (("Juin 2021", "Juin 2022"),),
        (("PIV503", 14, 23, "était «~Juin 2021~»"),),
        before=RECORDED,
    ),
    Edit(
        "remettre l'échéance d'avant",
        (
            ("Juin 2021", "Mars 2020"),
            ("echeance: Mars 2020\n                motif", "echeance: Mars 2020\n                motif"),
        ),
        (("PIV503", 14, 23, "était «~Juin 2021~»"),),
        before=RECORDED,
    ),
    # --- what was recorded by mistake, told in a note of correction ------------------------------------------
    Edit(
        "corriger une date de réalisation, avec une note qui le dit",
        (
            ("mai 2021", "juin 2021"),
            noting("Correction, c'était en juin et non en mai 2021."),
        ),
        before=RECORDED,
    ),
    Edit(
        "corriger une réalisation et une note",
        (
            ("2020-01-15", "2020-01-16"),
            ("Première rencontre tenue", "Rencontre reportée"),
            noting("correction: le 2020-01-15, « Première rencontre tenue. », par erreur"),
        ),
        before=RECORDED,
    ),
    Edit(
        "revenir sur un report qui n'a pas eu lieu",
        (
            (MOVE, ""),
            ("echeance: Juin 2021", "echeance: Mars 2020"),
            noting("Correction : jamais reportée (Juin 2021 → Mars 2020; Le poste était vacant.)"),
        ),
        before=RECORDED,
    ),
    Edit(
        "corriger sans dire ce qu'il y avait",
        (
            ("mai 2021", "juin 2021"),
            noting("Correction : une erreur de mois."),
        ),
        (("PIV504", 16, 26, "la date de réalisation"),),
        before=RECORDED,
    ),
    Edit(
        "réécrire avec une note qui n'est pas une correction",
        (
            ("mai 2021", "juin 2021"),
            noting("En mai 2021, ou en juin."),
        ),
        (("PIV504", 16, 26, "la date de réalisation"),),
        before=RECORDED,
    ),
    Edit(
        "corriger une date qui a d'abord été précisée",
        (
            ("mai 2021", "2021-06-03"),
            ("avril 2020]", "2020-03-31]"),
            noting("Correction : c'était juin (date de réalisation : 2021-05-12 → 2021-06-03)"),
            noting("Correction : la veille (réalisation : 1er avril 2020 → 2020-03-31)"),
        ),
        before=RECORDED,
    ),
    Edit(
        "corriger une date, et dire un autre jour que celui qu'il y avait",
        (
            ("mai 2021", "2021-06-03"),
            noting("Correction : c'était juin (date de réalisation : 2021-04-30 → 2021-06-03)"),
        ),
        (("PIV504", 16, 26, "la date de réalisation"),),
        before=RECORDED,
    ),
    Edit(
        "corriger le jour d'un report, celui d'une note et son auteur",
        (
            (MOVE, f"{MOVE}                decide_le: 2020-02-04\n"),
            ("date: 2020-03-04", "date: 2020-03-05"),
            ("par: Jeanne", "par: Jean"),
            noting("Correction : relu (2020-02-03 → 2020-02-04; 2020-03-04 → 2020-03-05; Jeanne → Jean)"),
        ),
        before=RECORDED.replace(MOVE, f"{MOVE}                decide_le: 2020-02-03\n"),
    ),
    Edit(
        "corriger le jour d'un report et son motif, et ne dire que le jour",
        (
            (MOVE, f"{MOVE}                decide_le: 2020-02-04\n"),
            ("Le poste était vacant", "Autre"),
            noting("Correction : relu (2020-02-03 → 2020-02-04)"),
        ),
        (("PIV504", 19, 27, "une échéance précédente a été réécrite"),),
        before=RECORDED.replace(MOVE, f"{MOVE}                decide_le: 2020-02-03\n"),
    ),
    # --- PIV504 -------------------------------------------------------------------------------------------
    Edit(
        "retirer une réalisation",
        ((", avril 2020", ""),),
        (("PIV504", 17, 27, "la réalisation d'avril 2020 a été retirée"),),
        before=RECORDED,
    ),
    Edit(
        "changer une réalisation",
        (("2020-01-15", "2020-01-16"),),
        (("PIV504", 17, 28, "Avant~: «~2020-01-15~»"),),
        before=RECORDED,
    ),
    Edit(
        "changer la date de réalisation",
        (("mai 2021", "juin 2021"),),
        (("PIV504", 16, 26, "la date de réalisation"),),
        before=RECORDED,
    ),
    Edit(
        "effacer la date de réalisation",
        (("            realisee_le: mai 2021\n", ""),),
        (("PIV504", 11, 21, "la date de réalisation a été retirée. Avant~: «~mai 2021~»"),),
        before=RECORDED,
    ),
    Edit(
        "réécrire une note",
        (("Première", "Autre"),),
        (("PIV504", 23, 23, "la note de suivi du 2020-02-03"),),
        before=RECORDED,
    ),
    Edit(
        "retirer une note",
        (("              - date: 2020-02-03\n                note: Première rencontre tenue.\n", ""),),
        (("PIV504", 22, 15, "a été retirée. Avant~: «~Première rencontre tenue.~»"),),
        before=RECORDED,
    ),
    Edit(
        "réécrire le motif d'une échéance précédente",
        (("Le poste était vacant.", "Autre chose."),),
        (("PIV504", 19, 27, "une échéance précédente a été réécrite. Avant~: «~Mars 2020, Le poste était vacant.~»"),),
        before=RECORDED,
    ),
    Edit(
        "dater un statut d'un jour d'avant",
        (("mai 2020", "avril 2020"),),
        (("PIV504", 16, 24, "la date du statut a été réécrite. Avant~: «~mai 2020~»"),),
        before=STATED,
    ),
    Edit(
        "effacer la date d'un statut",
        (("            statut_le: mai 2020\n", ""),),
        (("PIV504", 11, 21, "la date du statut a été retirée"),),
        before=STATED,
    ),
    Edit("dater un statut d'un jour plus précis", (("mai 2020", "12 mai 2020"),), before=STATED),
    Edit("confirmer un statut plus tard", (("mai 2020", "juin 2020"),), before=STATED),
    Edit(
        "changer de statut, sans date",
        (("en cours\n            statut_le: mai 2020", "reconduite"),),
        before=STATED,
    ),
    Edit("changer de statut, d'un jour d'avant", (("en cours", "à faire"), ("mai 2020", "2019")), before=STATED),
    Edit(
        "abandonner ce qui attendait, pour la même raison",
        (("en attente", "abandonnée"), ("mai", "juin")),
        before=STOPPED,
    ),
    # --- PIV505 -------------------------------------------------------------------------------------------
    Edit(
        "rouvrir sans note",
        (("statut: réalisée\n            realisee_le: mai 2021", "statut: en cours"),),
        (("PIV505", 15, 21, "était réalisée (mai 2021); elle est maintenant «~en cours~»"),),
        before=RECORDED,
    ),
    Edit(
        "effacer le statut",
        (("            statut: réalisée\n            realisee_le: mai 2021\n", ""),),
        (("PIV505", 11, 21, "elle n'a plus de statut"),),
        before=RECORDED,
    ),
    Edit(
        "effacer un abandon",
        ((ABANDON, ""),),
        (("PIV505", 11, 21, "était abandonnée (mai 2020); elle n'a plus de statut, sans note qui dise pourquoi."),),
        before=GIVEN_UP,
    ),
    Edit(
        "reprendre ce qui était abandonné, sans note",
        ((ABANDON, "            statut: en cours\n"),),
        (("PIV505", 15, 21, "était abandonnée (mai 2020); elle est maintenant «~en cours~»"),),
        before=GIVEN_UP,
    ),
    Edit(
        "reprendre ce qui était abandonné, avec une note",
        ((ABANDON, f"            statut: en cours\n{NOTED}"),),
        before=GIVEN_UP,
    ),
    Edit(
        "dire faite une action abandonnée, sans note",
        ((ABANDON, "            statut: réalisée\n            realisee_le: juin 2020\n"),),
        (("PIV505", 15, 21, "elle est maintenant «~réalisée~», sans note qui dise pourquoi."),),
        before=GIVEN_UP,
    ),
    Edit(
        "reprendre ce qui était reconduit, sans note",
        (("reconduite\n            statut_le: mai 2020", "à faire"),),
        (("PIV505", 15, 21, "était reconduite (mai 2020); elle est maintenant «~à faire~»"),),
        before=STATED.replace("en cours", "reconduite"),
    ),
    Edit(
        "effacer un statut en cours",
        (("            statut: en cours\n            statut_le: mai 2020\n", ""),),
        (("PIV505", 11, 21, "était en cours (mai 2020); elle n'a plus de statut, sans note qui dise pourquoi."),),
        before=STATED,
    ),
    Edit(
        "mettre des réalisations à la place d'un statut",
        (
            (
                "            statut: en cours\n            statut_le: mai 2020\n",
                "            realisations: [mai 2020]\n",
            ),
        ),
        before=STATED,
    ),
    Edit(
        "effacer un statut écrit par erreur, avec une note",
        (("            statut: en cours\n            statut_le: mai 2020\n", NOTED),),
        before=STATED,
    ),
    # --- PIV506, PIV507 -----------------------------------------------------------------------------------
    Edit(
        "changer une description",
        (("Faire un plan", "Faire des plans"),),
        (("PIV506", 16, 26, "Avant~: «~Faire un plan~»"),),
    ),
    Edit(
        "échanger deux descriptions",
        (("Faire un plan", "…"), ("Former un comité", "Faire un plan"), ("…", "Former un comité")),
        (("PIV506", 12, 26, "1.adm.1.1"), ("PIV506", 16, 26, "1.adm.1.2")),
    ),
    Edit(
        "changer le titre de l'orientation",
        (("Une orientation", "Autre"),),
        (("PIV506", 3, 8, "Le titre de l'orientation 1"),),
    ),
    Edit("changer le nom d'un volet", (("Administratif", "Gestion"),), (("PIV506", 6, 10, "Le nom du volet «~adm~»"),)),
    Edit(
        "changer le titre d'un objectif",
        (("Un objectif", "Autre"),),
        (("PIV506", 9, 16, "Le titre de l'objectif 1.adm.1"),),
    ),
    Edit(
        "écrire la même échéance autrement",
        (("Mars 2020", "2020-03"),),
        (("PIV506", 14, 23, "L'échéance de 1.adm.1.1"),),
    ),
    Edit(
        "retirer un responsable", (("[DG, CA]", "[DG]"),), (("PIV507", 13, 27, "Avant~: DG et CA; maintenant~: DG."),)
    ),
    Edit(
        "confier une action à d'autres, avec une note qui le dit",
        (
            ("[DG, CA]", "[DG]"),
            noting("Responsables : DG et CA → DG"),
        ),
        before=RECORDED,
    ),
    Edit(
        "confier une action à d'autres, avec une note qui ne le dit pas",
        (
            ("[DG, CA]", "[DG]"),
            noting("Vu"),
        ),
        (("PIV507", 13, 27, "Avant~: DG et CA; maintenant~: DG."),),
        before=RECORDED,
    ),
    # --- PIV508 -------------------------------------------------------------------------------------------
    Edit(
        "dire faite une action abandonnée, sans toucher au reste",
        (("abandonnée", "réalisée"),),
        (
            ("PIV505", 15, 21, "était abandonnée (mai 2020); elle est maintenant «~réalisée~»"),
            ("PIV508", 16, 24, "avec la date (mai 2020) et le motif («~Plus utile.~») de l'ancien statut."),
        ),
        before=GIVEN_UP,
    ),
    Edit(
        "dire faite une action abandonnée, avec une note et le jour de l'abandon",
        (("abandonnée", "réalisée"), ("            motif: Plus utile.\n", NOTED)),
        (("PIV508", 16, 24, "est maintenant «~réalisée~», avec la date (mai 2020) de l'ancien statut."),),
        before=GIVEN_UP,
    ),
    Edit(
        "reprendre une action en attente, avec son motif et son jour",
        (("en attente", "en cours"),),
        (("PIV508", 16, 24, "avec la date (mai 2020) et le motif («~Plus utile.~») de l'ancien statut."),),
        before=STOPPED,
    ),
    Edit(
        "reprendre une action en attente, avec son motif",
        (("en attente\n            statut_le: mai 2020", "en cours"),),
        (("PIV508", 16, 20, "était en attente et est maintenant «~en cours~», avec le motif («~Plus utile.~»)"),),
        before=STOPPED,
    ),
    Edit(
        "remettre en attente une action abandonnée, pour la raison de l'abandon",
        (("abandonnée", "en attente"), ("statut_le: mai 2020\n", f"statut_le: juin 2020\n{NOTED}")),
        (("PIV508", 18, 20, "avec le motif («~Plus utile.~»)"),),
        before=GIVEN_UP,
    ),
    Edit(
        "changer de statut, le même jour",
        (("en cours", "à faire"),),
        (("PIV508", 16, 24, "avec la date (mai 2020) de l'ancien statut"),),
        before=STATED,
    ),
    Edit(
        "changer de statut et de motif",
        (("en attente\n            statut_le: mai 2020", "en cours"), ("Plus utile", "Sans local")),
        before=STOPPED,
    ),
    # --- ce qui ne peut être lu n'est pas jugé ------------------------------------------------------------
    Edit("un fichier illisible", (("numero: 1\n", "numero: [1\n"),)),
    Edit("un numéro d'action illisible", (("numero: 2\n", "numero: deux\n"),)),
    Edit("un code de volet illisible", (("code: adm", "code: ADM 1"),)),
    Edit("un numéro d'objectif illisible", (("numero: 1\n        titre", "numero: un\n        titre"),)),
    Edit("un numéro d'orientation illisible", (("numero: 1\nenjeu", "numero: un\nenjeu"),)),
    Edit("une échéance refusée", (("Mars 2020", "Marz 2020"),)),
    Edit("un statut illisible", (("statut: réalisée", "statut: peut-être"),), before=RECORDED),
]


def edited(before: str, changes: tuple[tuple[str, str], ...]) -> str:
    after = before
    for old, new in changes:
        assert old in after, old
        after = after.replace(old, new, 1)
    return after


def plan_of(files: dict[str, str]) -> Plan:
    return loaded(PlanFiles("plan", {name: text.encode() for name, text in files.items()}))[0]


def found_in(before: str, after: str) -> list[Finding]:
    old = plan_of(SMALL | {FILE: before})
    new = plan_of(SMALL | {FILE: after})
    return in_order(check_edit(Edition(old, new)))


@table("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_an_edit_is_judged_at_its_line(edit: Edit) -> None:
    found = found_in(edit.before, edited(edit.before, edit.changes))
    assert [(one.code, one.location.line, one.location.column) for one in found] == [row[:3] for row in edit.found]
    for one, row in zip(found, edit.found, strict=True):
        assert row[3].replace("~", NB) in one.message
        assert one.location.file == f"plan/{FILE}"
        own = re.sub(r"«\u00a0.*?\u00a0»|\n.*", "…", f"{one.message} {one.remedy}", flags=re.DOTALL)
        assert english(own) == []
        assert misspaced(own) == []


@table(
    ("was", "now", "same"),
    [
        ("Faire un plan", "Faire un\u00a0plan", True),
        ("Faire un plan", '"Faire  un plan "', True),
        ("Faire un plan", ">-\n              Faire\n              un plan", True),
        ("Faire un plan", "Fai\u00adre un pl\u200ban", True),
        ("Bâtir l'été", "Ba\u0302tir l’e\u0301te\u0301", True),
        ("La rentre\u0301e", "La rentrée", True),
        ("« Un » plan : oui!", "'\"Un\" plan\u202f: oui\u202f!'", True),
        ("Un “plan” – le 5e", "Un «\u00a0plan\u00a0» - le 5e", True),
        ("Le plan 2020-2021...", "Le plan 2020–2021…", True),
        ("Faire un plan", "Faire un plân", False),
        ("Faire un plan", "Faire un Plan", False),
        ("Faire un plan", "Faire un plan.", False),
        ("Faire un plan", "Faire unplan", False),
        ("Faire un plan, et dire", "Faire un plan et dire", False),
    ],
)
def test_the_same_words_laid_out_otherwise_have_not_changed(was: str, now: str, same: bool) -> None:
    before, after = (SMALL[FILE].replace("Faire un plan", text) for text in (was, now))
    assert [one.code for one in found_in(before, after)] == ([] if same else ["PIV506"])
    before, after = (SMALL[FILE].replace("Un objectif", text) for text in (was, now))
    assert [one.code for one in found_in(before, after)] == ([] if same else ["PIV506"])


def test_each_check_is_in_the_catalogue_documented_and_tried() -> None:
    of_an_edit = {code: rule for code, rule in CATALOGUE.items() if code.startswith("PIV5")}
    assert {row[0] for edit in EDITS for row in edit.found} == set(of_an_edit)
    assert all(rule.explanation != rule.title for rule in of_an_edit.values())
    warnings = [code for code, rule in of_an_edit.items() if rule.gravite is Gravite.AVERTISSEMENT]
    assert warnings == ["PIV506", "PIV507", "PIV508"]


def test_what_was_removed_is_given_back_ready_to_paste() -> None:
    [one] = found_in(SMALL[FILE], edited(SMALL[FILE], ((FIRST, ""),)))
    block = one.remedy.split("\n", 1)[1]
    assert block == FIRST + "            statut: abandonnée\n            motif: Écrire ici pourquoi."
    assert found_in(SMALL[FILE], edited(SMALL[FILE], ((FIRST, block + "\n"),))) == []


@pytest.mark.parametrize("before", [SMALL[FILE], RECORDED])
def test_the_block_of_a_moved_echeance_mends_it_when_pasted(before: str) -> None:
    was = "Mars 2020" if before == SMALL[FILE] else "Juin 2021"
    after = edited(before, ((f"echeance: {was}", "echeance: Automne 2022"),))
    [one] = found_in(before, after)
    block = one.remedy.split("\n", 1)[1] + "\n"
    under = "                motif: Le poste était vacant.\n" if before == RECORDED else "echeance: Automne 2022\n"
    pasted = after.replace(under, under + block, 1)
    assert found_in(before, pasted) == []
    _, faults = load(PlanFiles("plan", {FILE: pasted.encode()}))
    assert faults == []


def test_an_objectif_or_a_volet_that_is_gone_is_told_once() -> None:
    objectif = SMALL[FILE][SMALL[FILE].index("      - numero: 1\n        titre") :]
    two = SMALL[FILE] + objectif.replace("numero: 1", "numero: 2", 1)
    [one] = found_in(two, SMALL[FILE])
    assert (one.code, one.location.line) == ("PIV501", 5)
    assert one.message == "L'objectif 1.adm.2 a été retiré du plan, avec ses 2 actions."
    volets = SMALL[FILE] + SMALL[FILE][SMALL[FILE].index("  - code") :].replace("adm", "act")
    [one] = found_in(volets, SMALL[FILE])
    assert (one.code, one.location.line) == ("PIV501", 1)
    assert one.message.startswith(f"Le volet «{NB}act{NB}» de l'orientation 1 a été retiré du plan")


def test_an_orientation_that_is_gone_is_told_once() -> None:
    second = SMALL[FILE].replace("numero: 1", "numero: 2", 1)
    old = plan_of(SMALL | {"orientation-2.yaml": second})
    new = plan_of(SMALL)
    [one] = check_edit(Edition(old, new))
    assert (one.code, str(one.location)) == ("PIV501", "plan/orientation-2.yaml:1:1")
    assert one.message == "L'orientation 2 a été retirée du plan, avec ses 2 actions."


def test_a_list_of_responsables_that_cannot_be_read_is_not_a_change_of_responsables() -> None:
    old = plan_of(SMALL)
    new = plan_of(SMALL | {"responsables.yaml": "["})
    assert check_edit(Edition(old, new)) == []


def test_a_responsable_under_a_new_code_is_the_same() -> None:
    old = plan_of(SMALL)
    coded = SMALL["responsables.yaml"].replace("code: DG", "code: dirgen")
    new = plan_of(SMALL | {"responsables.yaml": coded, FILE: SMALL[FILE].replace("[DG, CA]", "[dirgen, CA]")})
    assert check_edit(Edition(old, new)) == []


def test_a_name_given_to_another_responsable_is_told_once() -> None:
    names = SMALL["responsables.yaml"]
    moved = names.replace("    alias: [Directrice générale]\n", "") + "    alias: [Directrice générale]\n"
    [one] = check_edit(Edition(plan_of(SMALL), plan_of(SMALL | {"responsables.yaml": moved})))
    assert (one.code, str(one.location)) == ("PIV507", "plan/responsables.yaml:4:11")
    assert one.message == f"«{NB}Directrice générale{NB}» désigne maintenant CA; c'était DG."


def test_a_name_that_stands_for_no_one_any_more_is_not_a_change_of_responsables() -> None:
    for broken in (("nom: Direction", "nam: Direction"), ("code: DG", "code: ''"), ("[Directrice générale]", "[]")):
        text = edited(SMALL["responsables.yaml"], (broken,))
        assert check_edit(Edition(plan_of(SMALL), plan_of(SMALL | {"responsables.yaml": text}))) == []


def test_the_mission_and_the_enjeux_are_adopted_texts() -> None:
    old = plan_of(SMALL | {"organisme.yaml": f"{SMALL['organisme.yaml']}mission: Une mission\n"})
    changed = SMALL["organisme.yaml"].replace("Un enjeu", "Autre enjeu")
    new = plan_of(SMALL | {"organisme.yaml": f"{changed}mission: Une autre\n"})
    assert [(one.code, one.location.line) for one in check_edit(Edition(old, new))] == [("PIV506", 5), ("PIV506", 4)]


# --- the shipped plan: one action removed, or one number changed, is one fault ----------------------------

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
OLD = plan_of(TEXTS)


@settings(max_examples=examples(8, 25), derandomize=True, deadline=None)
@given(rank=st.integers(0, len(OLD.places) - 1))
def test_any_action_removed_is_one_fault(rank: int) -> None:
    place = OLD.places[rank]
    name = place.action.origin.source.file.rsplit("/", 1)[-1]
    text = TEXTS[name]
    start, end = place.action.origin.span()
    start = text.rindex("\n", 0, start) + 1
    written = text[start:end].rstrip()
    new = plan_of(TEXTS | {name: text.replace(f"{written}\n", "", 1)})
    assert len(new.places) == len(OLD.places) - 1
    assert [one.code for one in check_edit(Edition(OLD, new))] == ["PIV501"]


@pytest.mark.lent
@settings(max_examples=examples(8, 25), derandomize=True, deadline=None)
@given(rank=st.integers(0, len(OLD.places) - 1))
def test_any_action_renumbered_is_one_fault(rank: int) -> None:
    place = OLD.places[rank]
    name = place.action.origin.source.file.rsplit("/", 1)[-1]
    start, end = place.action.origin.span("numero")
    text = TEXTS[name]
    new = plan_of(TEXTS | {name: f"{text[:start]}99{text[end:]}"})
    assert [one.code for one in check_edit(Edition(OLD, new))] == ["PIV502"]


@pytest.mark.lent
@settings(max_examples=examples(20, 60), derandomize=True, deadline=None)
@given(
    name=st.sampled_from(sorted(TEXTS)),
    rank=st.integers(0, 300),
    how=st.sampled_from("-+ x:#[\"'&"),
    at=st.integers(0, 80),
)
def test_one_damaged_line_is_at_most_three_faults(name: str, rank: int, how: str, at: int) -> None:
    lines = TEXTS[name].split("\n")
    rank %= len(lines)
    line = lines[rank]
    lines[rank : rank + 1] = {"-": [], "+": [line, line]}.get(how, [line[:at] + how + line[at:]])
    new = plan_of(TEXTS | {name: "\n".join(lines)})
    assert len(check_edit(Edition(OLD, new))) <= 3


def test_a_plan_is_no_edit_of_itself() -> None:
    assert check_edit(Edition(OLD, plan_of(TEXTS))) == []


@pytest.mark.lent
@settings(max_examples=examples(25, 200), derandomize=True, deadline=None)
@given(text=st.text(min_size=1, max_size=30))
def test_a_text_to_paste_reads_back_as_it_was(text: str) -> None:
    import yaml

    from pivot_cli.text import first_control

    if first_control(text) is None:
        read = yaml.compose(f"echeance: {as_yaml(text)}\n")
        assert read is not None
        assert read.value[0][1].value == text
