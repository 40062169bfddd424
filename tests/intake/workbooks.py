"""The workbooks of the corpus, in the structure of real ones; all that they say is invented.

`python tests/intake/workbooks.py` writes them again, where one changes: they are kept as files. « < » is a cell merged
with the one at its left, « ^ » with the one above; « # » before a text colours the cell, « ! » makes it bold.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from intake.make import HERE, rewritten

Value = str | float | date | None
Sheet = tuple[str, Sequence[Sequence[Value]]]


def workbook(*sheets: Sheet) -> Workbook:
    """A workbook of sheets, each of its name and its rows."""
    book = Workbook()
    book._sheets.clear()  # type: ignore[attr-defined]
    for name, rows in sheets:
        fill(book.create_sheet(name), rows)
    return book


def fill(sheet: Worksheet, rows: Sequence[Sequence[Value]]) -> None:
    """Write the rows of a sheet, with its merged, bold and coloured cells."""
    merges: dict[tuple[int, int], list[int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(rows, 1):
        for x, said in enumerate(row, 1):
            value = said
            if value in ("<", "^"):
                at = (y, x - 1) if value == "<" else (y - 1, x)
                top, left = owner[y, x] = owner.get(at, at)
                corner = merges.setdefault((top, left), [top, left])
                corner[:] = [max(corner[0], y), max(corner[1], x)]
                continue
            cell = sheet.cell(y, x)
            if isinstance(value, str) and value[:1] == "#" and value[1:4].upper() != "REF":
                cell.fill, value = PatternFill("solid", "FF92D050"), value[1:]
            if isinstance(value, str) and value[:1] == "!":
                cell.font, value = Font(bold=True), value[1:]
            cell.value = value if value != "" else None
    for (top, left), (bottom, right) in merges.items():
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook, dated of no day."""
    book.properties.created = book.properties.modified = datetime.fromisoformat("2020-01-01T00:00")
    made = io.BytesIO()
    book.save(made)
    return rewritten(made.getvalue(), {"docProps/core.xml": _dated(made.getvalue())})


def _dated(data: bytes) -> dict[str, str]:
    import re
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        text = packed.read("docProps/core.xml").decode()
    return dict.fromkeys(set(re.findall(r"20[0-9]{2}-[0-9-]{5}T[0-9:]{8}Z", text)), "2020-01-01T00:00:00Z")


def formatted(sheet: Worksheet, form: str, *places: str) -> None:
    """Give some squares a number format."""
    for place in places:
        sheet[place].number_format = form


def suivi() -> Workbook:
    """What a workbook becomes in five years: instructions, a template, lists, a dashboard, comments, two rows of headers."""
    book = workbook(
        ("Mode d'emploi", [["!Comment remplir ce fichier"], ["1. Une action par ligne."], ["2. Ne touchez pas aux listes."]]),
        (
            "Plan d'action",
            [
                ["Maison des familles de l'Anse", "<", "<", "<", "<", "<", "<", "<", "<"],
                ["Plan d'action 2023-2026", "<", "<", "<", "<", "<", "<", "<", "<"],
                [],
                ["Orientation", "Objectif", "Action", "<", "Responsable", "Échéance", "Suivi", "<", "Budget"],
                ["^", "^", "No", "Description", "^", "^", "Statut", "Commentaires", "^"],
                ["(choisir)", "(nommer)", "", "(décrire)", "(choisir)", "(date)", "(choisir)", "", "(en $)"],
                ["1. Les familles", "1.1 Les accueillir", "1", "Ouvrir la halte du samedi", "Coordination", date(2023, 9, 1), "Réalisée", "Ouverte le 2 septembre", 4500],
                ["^", "^", "2", "Traduire le dépliant", "Communications", date(2024, 3, 31), "En cours", "", 800],
                ["^", "1.2 Les outiller", "3", "Offrir dix ateliers", "Coordination et CLSC", "En continu", "À faire", "", 2000],
                ["2. L'équipe", "2.1 La garder", "4", "Revoir l'échelle salariale", "CA", date(2025, 6, 1), "En attente", "Attend le PSOC", ""],
                ["^", "^", "5", "", "", "", "", "", ""],
                ["Total", "", "", "", "", "", "", "", "=SUM(I7:I11)"],
            ],
        ),
        ("Tableau de bord", [["Statut", "Nombre"], ["Réalisée", "=COUNTIF('Plan d''action'!G7:G11,A2)"], ["En cours", 1]]),
        ("Listes", [["Responsables", "Statuts"], ["Coordination", "À faire"], ["Communications", "En cours"], ["CLSC", "Réalisée"], ["CA", "En attente"]]),
    )  # fmt: skip
    plan = book["Plan d'action"]
    formatted(plan, "mmm yyyy", "F7", "F8", "F10")
    formatted(plan, '#,##0 "$"', "I7", "I8", "I9", "I12")
    plan["D8"].comment = Comment("Voir avec Traduction Plus, 418 555-0100", "Ève")
    menu = DataValidation(type="list", formula1="Listes!$B$2:$B$5")
    menu.add("G7:G40")
    plan.add_data_validation(menu)
    book["Listes"].sheet_state = "hidden"
    plan.protection.sheet = True
    return book


HEADS: list[Value] = ["Action", "Responsable", "Échéance", "Statut"]


def feuilles() -> Workbook:
    """A sheet for each axe, whose name is its title; the budget on another."""
    return workbook(
        ("Accueil", [["Plan stratégique 2025-2028 du Centre des aînés"]]),
        ("Axe 1 - Milieu de vie", [["Objectif", *HEADS], ["1.1 Briser l'isolement", "Tenir un café du lundi", "Animation", "Hebdomadaire", "En cours"], [None, "Jumeler les nouveaux", "Bénévoles", date(2026, 3, 31), None]]),
        ("Axe 2 - Santé", [["Objectif", *HEADS], ["2.1 Faire bouger", "Offrir du yoga sur chaise", "Animation", "Automne 2026", None], ["2.2 Bien manger", "Cuisiner ensemble", "Animation / CLSC", "En continu", None]]),
        ("Budget", [["Poste", "2025", "2026"], ["Salaires", 52000, 53500], ["Total", "=SUM(B2)", "=SUM(C2)"]]),
    )  # fmt: skip


def periodes() -> Workbook:
    """The same line for each reporting period: an échéance that moves, notes, a statut that changes."""
    rows: list[list[Value]] = [
        ["Axe", "No", "Action", "Responsable", "Échéance", "Statut", "Date du suivi", "Commentaires"]
    ]
    reported: list[tuple[date, list[tuple[Value, Value, Value]]]] = [
        (date(2023, 3, 31), [("Juin 2023", "En cours", "Devis reçus"), (date(2023, 12, 1), "À faire", None)]),
        (date(2023, 9, 30), [("Décembre 2023", "En cours", "Entrepreneur choisi"), (date(2023, 12, 1), "En cours", "Comité formé")]),
        (date(2024, 3, 31), [("Mars 2024", "Réalisée", "Fini le 12 mars"), (date(2024, 12, 1), "En attente", "Attend la Ville")]),
    ]  # fmt: skip
    for day, lines in reported:
        for number, (action, (when, statut, note)) in enumerate(
            zip(("Refaire le toit", "Aménager la cour"), lines, strict=True), 1
        ):
            rows.append(["Nos lieux", number, action, "Comité des bâtiments", when, statut, day, note])
    book = workbook(("Suivi", rows))
    formatted(book["Suivi"], "yyyy-mm-dd", *(f"{column}{row}" for row in range(2, 8) for column in "EG"))
    return book


def trimestres() -> Workbook:
    """A sheet for each reporting period: the latest wins."""

    def lines(*rows: list[Value]) -> list[list[Value]]:
        return [["Objectif", *HEADS, "Commentaires"], *rows]

    return workbook(
        ("T2 2025", lines(["Se faire connaître", "Refaire le site", "Communications", "Décembre 2025", "En cours", "Maquette acceptée"], ["Grandir", "Recruter dix membres", "CA", "2025", "En cours", None])),
        ("T1 2025", lines(["Se faire connaître", "Refaire le site", "Communications", "Juin 2025", "En cours", "Firme choisie"], ["Grandir", "Recruter dix membres", "CA", "2025", None, None])),
    )  # fmt: skip


def mois() -> Workbook:
    """Columns of months under years, marked by signs, by colours, by a merged bar."""
    return workbook(
        (
            "Échéancier",
            [
                ["Objectif", "Action", "Qui", "2026", "<", "<", "<", "<", "<", "2027", "<", "<"],
                ["^", "^", "^", "Juil", "Août", "Sept", "Oct", "Nov", "Déc", "Janv", "Févr", "Mars"],
                ["1. Accueillir", "Repeindre l'entrée", "Équipe", "x", "X"],
                ["^", "Poser l'enseigne", "Équipe", None, None, "✓"],
                ["^", "Former les bénévoles", "Coordo", None, None, "#", "#", "#"],
                ["2. Rayonner", "Tenir la tournée", "CA", None, None, None, "#", "<", "<", "<"],
                ["^", "Écrire aux élus", "CA", "●", None, None, "●", None, None, "●"],
                ["^", "Publier l'infolettre", "Coordo", "En continu", "<", "<", "<", "<", "<", "<", "<", "<"],
            ],
        )
    )


def annees() -> Workbook:
    """Columns of years with cases to tick, numbers, words; a hidden column; the legend under the table."""
    book = workbook(
        (
            "2024-2027",
            [
                ["Enjeu", "Orientation", "Moyens", "Porteur", "Notes internes", "2024", "2025", "2026", "2027"],
                ["La relève", "Former nos conseils", "Tenir une journée de formation", "Fédération (FEDE)", "Salle réservée", True, False, True, False],
                [None, None, "Écrire un guide", "FEDE", None, False, True, False, False],
                [None, "Attirer des jeunes", "Visiter les cégeps", "FEDE et régions", None, 1, 1, 1, 1],
                ["Le financement", "Diversifier", "Lancer une campagne", "Permanence", "Avec la firme?", None, "Étude", "oui", None],
                [],
                ["Légende : 1 ou VRAI = prévu"],
            ],
        )
    )  # fmt: skip
    book["2024-2027"].column_dimensions["E"].hidden = True
    return book


def depuis_1904() -> Workbook:
    """A workbook that counts its days from 1904, as Excel did on a Mac: dates, and serial numbers without format."""
    book = workbook(
        (
            "Actions",
            [
                ["Axe", "Mesure", "Responsable", "Début", "Fin"],
                ["Eau", "Planter la berge", "Comité", date(2025, 5, 1), date(2025, 6, 30)],
                ["Eau", "Recenser les puits", "Ville", 44682, 44712],
                ["Air", "Mesurer la poussière", "Ville", None, date(2026, 9, 1)],
            ],
        )
    )
    book.epoch = CALENDAR_MAC_1904
    formatted(book["Actions"], "yyyy", "E4")
    return book


def recopie() -> Workbook:
    """Dates that a fill handle ran on, serial numbers, texts that look like numbers, a column of references."""
    days: list[Value] = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3)]
    rows: list[list[Value]] = [["Réf.", "Priorité stratégique", "Projet", "Pilote", "Date limite", "% d'avancement"]]
    for n, (day, done) in enumerate(zip([*days, 46477, "31/12/2026"], [1, 0.5, 0, 0.25, None, None], strict=True), 1):
        rows.append(
            [
                f"P{(n + 2) // 3}-{n}",
                f"Priorité {(n + 2) // 3} : {'Servir' if n < 4 else 'Grandir'}",
                f"Livrer le projet {n}",
                "Direction",
                day,
                done,
            ]
        )
    book = workbook(("Projets", rows))
    formatted(book["Projets"], "dd/mm/yyyy", *(f"E{row}" for row in range(2, 6)))
    formatted(book["Projets"], "0%", *(f"F{row}" for row in range(2, 6)))
    return book


def budget() -> Workbook:
    """Money of every sort: numbers, ranges, words, formulas, sub-totals, a source of funds."""
    book = workbook(
        (
            "Plan 2026",
            [
                ["Axe", "Actions", "Responsable", "Échéancier", "Coût estimé", "Coût réel", "Source de financement"],
                ["#!AXE 1 : LOGEMENT", "<", "<", "<", "<", "<", "<"],
                [None, "Rénover deux logements", "OMH", "2026", 45000, "=E3*1.1", "SHQ"],
                [None, "Tenir un salon", "OMH", "Mai 2026", "2 000 $ à 3 000 $", None, "Ville"],
                [None, "Publier un guide", "OMH", "Automne 2026", "À déterminer", None, None],
                ["Sous-total", None, None, None, "=SUM(E3:E5)", "=SUM(F3:F5)", None],
                ["#!AXE 2 : TRANSPORT", "<", "<", "<", "<", "<", "<"],
                [None, "Acheter un minibus", "MRC", "2027-04-01", 92500.5, 0, "MTQ, MRC"],
                [None, "Payer l'essence", "MRC", "En continu", "500 $/mois", None, None],
                ["Sous-total", None, None, None, "=SUM(E8:E9)", "=SUM(F8:F9)", None],
                ["GRAND TOTAL", None, None, None, "=E6+E10", None, None],
            ],
        )
    )
    formatted(
        book["Plan 2026"],
        '_-* #,##0.00\\ "$"_-;_-* -#,##0.00\\ "$"_-',
        *(f"{c}{r}" for c in "EF" for r in (3, 6, 8, 10, 11)),
    )
    return book


def erreurs() -> Workbook:
    """Errors, formulas that nobody computed, links, a text that is struck, spaces that nobody sees."""
    book = workbook(
        (
            "Feuil1",
            [
                ["Orientation", "Objectif", "Action", "Responsable", "Échéance", "Lien"],
                [
                    "Gouverner",
                    "Décider mieux",
                    "Adopter\u00a0un code\u200b d'éthique",
                    "CA",
                    "#REF!",
                    '=HYPERLINK("https://exemple.org/code","le code")',
                ],
                ["=A2", "Décider mieux", "Former les membres", "=D2", date(2026, 5, 1), "la formation"],
                ["Gouverner", "Se parler", "Tenir un lac-à-l'épaule  ", "DG", "=TODAY()", None],
                ["Gouverner", "Se parler", "Fermer le bureau B", "DG", "2026", None],
            ],
        )
    )
    book["Feuil1"]["F3"].hyperlink = "https://exemple.org/formation"
    book["Feuil1"]["C5"].font = Font(strike=True)
    formatted(book["Feuil1"], "dd mmm yyyy", "E3")
    return book


def masques() -> Workbook:
    """Hidden columns and rows, a filter, a sheet of last time that is hidden, a note in the header of the page."""
    rows: list[list[Value]] = [["Volet", "Objectif", "Activités", "Échéance", "Responsable", "Suivi du DG", "Résultat"]]
    rows += [
        ["Administratif", "Consolider", "Revoir les politiques", "Mars 2026", "DG", "Trois sur cinq", None],
        ["Administratif", "Consolider", "Changer de logiciel", "Septembre 2026", "DG", None, None],
        [
            "Clinique",
            "Aller vers",
            "Tenir une clinique mobile",
            "Été 2026",
            "Infirmière",
            "Camion loué",
            "42 personnes",
        ],
    ]
    book = workbook(
        ("Actions", rows), ("Plan 2020", [rows[0], ["Vieux volet", "Ancien but", "Chose faite", "2021", "DG"]])
    )
    sheet = book["Actions"]
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:G4"
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "Version du 3 mai, à valider"
    book["Plan 2020"].sheet_state = "hidden"
    return book


def rangees() -> Workbook:
    """Levels in rows of their own, coloured, merged, numbered; headers repeated at each page; a frozen title."""
    heads: list[Value] = ["!No", "!Moyens d'action", "!Qui", "!Quand", "!Indicateurs", "!Cible"]
    return workbook(
        (
            "Planif",
            [
                ["PLANIFICATION STRATÉGIQUE 2026-2029", "<", "<", "<", "<", "<"],
                ["#ORIENTATION 1 – CONSOLIDER L'ORGANISME", "<", "<", "<", "<", "<"],
                ["Objectif 1.1 – Assurer la relève", "<", "<", "<", "<", "<"],
                heads,
                ["1.1.1", "Écrire un plan de relève", "CA", date(2026, 12, 31), "Plan adopté", 1],
                ["1.1.2", "Jumeler chaque poste", "DG et CA", "An 2", "Postes jumelés", 0.8],
                ["Objectif 1.2 – Des finances saines", "<", "<", "<", "<", "<"],
                heads,
                ["1.2.1", "Tenir une campagne annuelle", "Comité de financement", "chaque automne", "Dons reçus\nDonateurs", "20 000 $\n150"],
                ["#ORIENTATION 2 – RAYONNER", "<", "<", "<", "<", "<"],
                ["Objectif 2.1 – Se faire voir", "<", "<", "<", "<", "<"],
                heads,
                ["2.1.1", "Refaire le logo", "Communications", "Hiver 2027", None, None],
                ["N.B. Les cibles seront revues chaque année.", "<", "<", "<", "<", "<"],
            ],
        )
    )  # fmt: skip


def retraits() -> Workbook:
    """One column whose levels are indented and bold, as in a document."""
    rows: list[list[Value]] = [["Plan de travail", "Responsable", "Échéance"]]
    rows += [
        ["!Communications"],
        ["Refaire le site", "Agente", "Juin 2026"],
        ["Publier une infolettre", "Agente", "Mensuel"],
        ["!Finances"],
        ["Trouver deux bailleurs", "DG", "2026"],
    ]
    book = workbook(("Feuille 1", rows))
    for row in (3, 4, 6):
        book["Feuille 1"][f"A{row}"].alignment = Alignment(indent=2)
    return book


def taches() -> Workbook:
    """A list of things to do, without any level; cases to tick; dates with their hours."""
    return workbook(
        (
            "Feuil1",
            [
                ["Tâche", "Qui", "Pour quand", "Fait", "Fait le"],
                ["Réserver la salle", "Luc", datetime.fromisoformat("2026-03-01T00:00"), True, date(2026, 2, 12)],
                ["Écrire aux membres", "Ève", datetime.fromisoformat("2026-03-08T17:00"), False, None],
                ["Trouver des bénévoles", None, None, None, None],
                ["...", None, None, None, None],
            ],
        ),
        ("Feuil2", []),
        ("Feuil3", []),
    )


def copies() -> Workbook:
    """The plan, a copy of it that somebody kept, and the instructions of the funder."""
    rows: list[list[Value]] = [
        ["Axe", *HEADS],
        ["Nature", "Planter", "Comité", "2026", "En cours"],
        ["Nature", "Semer", "Comité", "2027", None],
    ]
    lines: list[list[Value]] = [["Consigne", "Page"], ["Remplir chaque colonne", 3]]
    old: list[list[Value]] = [*rows[:2], ["Nature", "Semer", "Ville", "2025", None]]
    return workbook(("Copie de Plan", old), ("Plan", rows), ("Consignes", lines))


def indicateurs() -> Workbook:
    """A logical frame: results, indicators, targets by year; percentages; a title in the header of each group."""
    book = workbook(
        (
            "Cadre de résultats",
            [
                ["Orientation stratégique", "Objectif", "Indicateur", "Situation de départ", "Cible 2026-2027", "Responsable"],
                ["1. Améliorer l'accès", "1.1 Réduire l'attente", "Délai moyen (jours)", 45, 30, "Direction des services"],
                ["^", "^", "Part des demandes en ligne", 0.35, 0.6, "Direction des TI"],
                ["^", "1.2 Mieux informer", "Taux de satisfaction", 0.725, 0.9, "Communications"],
                ["2. Soutenir le personnel", "2.1 Former", "Heures de formation", 12, 20, "Ressources humaines"],
            ],
        )
    )  # fmt: skip
    formatted(book["Cadre de résultats"], "0%", "D3", "E3", "E4")
    formatted(book["Cadre de résultats"], "0.0%", "D4")
    return book


def champs() -> Workbook:
    """Champs d'intervention in rows, years with marks, objectifs merged, a sign of how much it costs, letters."""
    rows: list[list[Value]] = [
        ["PLAN D'ACTION 2025-2030"],
        [],
        [
            "Objectifs",
            "<",
            "Actions",
            "<",
            "Responsable",
            "Partenaires",
            "Échéancier",
            "<",
            "<",
            "Coût",
            "État d'avancement",
        ],
        ["^", "<", "^", "<", "^", "^", "2025", "2026", "2027-2030", "^", "^"],
        ["CHAMP D'INTERVENTION : TRANSPORT"],
        [
            "1",
            "Faciliter les déplacements",
            "a",
            "Offrir un accompagnement",
            "Ville",
            "CAB, MRC",
            "X",
            "X",
            None,
            "$$",
            "En cours",
        ],
        ["^", "^", "b", "Ajouter des bancs", "Travaux publics", None, None, "X", None, "$", "Complété"],
        ["CHAMP D'INTERVENTION : HABITATION"],
        ["2", "Maintenir à domicile", "a", "Adapter les logements", "CLSC", "Ville", None, None, "X", "N/A", "À venir"],
    ]
    return workbook(("Plan d'action", rows))


def annuel() -> Workbook:
    """A sheet for each year: what is carried over is said again in the next."""
    return workbook(
        ("2024", [HEADS, ["Bâtir le site", "DG", "Juin 2024", "Réalisée"], ["Recruter", "CA", "2024", "En attente"]]),
        ("2025", [HEADS, ["Recruter", "CA", "2025", "En cours"], ["Former", "DG", "Mai 2025", None]]),
    )


def groupes() -> Workbook:
    """The name of each group above its own headers; a number that the spreadsheet took for a day."""
    heads: list[Value] = ["No", *HEADS]
    one: list[Value] = [date(2024, 2, 1), "Offrir la halte-garderie", "Coordination", "Juin 2024", "En cours"]
    two: list[Value] = ["1-3", "Former les bénévoles", "Direction", date(2024, 9, 1), None]
    three: list[Value] = ["2-1", "Refaire le site Web", "Agente", "Automne 2024", "Réalisée"]
    rows: list[list[Value]] = [
        ["Maison de la famille"],
        [],
        ["Services"],
        heads,
        one,
        two,
        [],
        ["Communications"],
        heads,
        three,
    ]
    return workbook(("Plan", rows))


def numerotes() -> Workbook:
    """What 1.1 and 1.2 are under is a row as they are."""
    return workbook(
        (
            "Plan",
            [
                ["N°", "Description", "Responsable", "Échéance"],
                ["1", "Améliorer l'accueil", None, None],
                ["1.1", "Former le personnel", "RH", "Mars 2025"],
                ["1.2", "Rénover le hall", "Direction", "2026"],
                ["2", "Diversifier le financement", None, None],
                ["2.1", "Rencontrer les élus", "CA", "Automne 2025"],
                ["2.2", "Lancer une campagne", "Direction", "2026-2027"],
            ],
        )
    )


def plies() -> Workbook:
    """Rows grouped under another, that fold; others indented."""
    book = workbook(
        (
            "Projets",
            [
                ["Tâche", "Responsable", "Début", "Fin"],
                ["Organiser la fête", "Direction", date(2025, 1, 6), date(2025, 6, 30)],
                ["Trouver la salle", "Léa", date(2025, 1, 6), date(2025, 2, 28)],
                ["Inviter les membres", "Ana", date(2025, 3, 3), date(2025, 4, 30)],
                ["Rénover la cuisine", None, None, None],
                ["Demander des soumissions", "Direction", date(2025, 5, 1), date(2025, 6, 1)],
            ],
        )
    )
    sheet = book["Projets"]
    for row in (3, 4):
        sheet.row_dimensions[row].outlineLevel = 1
    sheet["A6"].alignment = Alignment(indent=1)
    return book


def abreges() -> Workbook:
    """A sheet for each follow-up, whose day is abbreviated."""
    return workbook(
        (
            "Suivi au 30 sept. 2024",
            [HEADS, ["Tenir l'AGA", "CA", "Juin 2024", "En cours"], ["Recruter", "CA", "2025", None]],
        ),
        (
            "Suivi au 31 janv. 2025",
            [HEADS, ["Tenir l'AGA", "CA", "Juin 2025", "Réalisée"], ["Recruter", "CA", "2025", None]],
        ),
    )


def durable() -> Workbook:
    """A calendar all in colours, a row of it in every year; an organisation a column, an « R » or a « P » in each."""
    return workbook(
        (
            "Mobilité",
            [
                ["VILLE DE VAL-DES-PRÉS", "<", "<", "<", "<", "<", "<"],
                ["PLAN D'ACTION EN DÉVELOPPEMENT DURABLE 2024-2026", "<", "<", "<", "<", "<", "<"],
                ["Objectif", "Action", "Rôle (R = responsable, P = partenaire)", "<", "Échéancier", "<", "<"],
                ["^", "^", "Ville", "MRC", "2024", "2025", "2026"],
                ["Rouler moins", "Ajouter 12 km de pistes cyclables", "R", "P", "#", "#", "#"],
                ["^", "Électrifier la flotte", "R", None, None, "#", None],
            ],
        ),
        (
            "Eau et biodiversité",
            [
                ["Objectif", "Action", "Rôle (R = responsable, P = partenaire)", "<", "Échéancier", "<", "<"],
                ["^", "^", "Ville", "MRC", "2024", "2025", "2026"],
                ["Verdir", "Planter 5 000 arbres", "P", "R", None, "#", "#"],
            ],
        ),
    )


def maison() -> Workbook:
    """Months that cross a new year, under a plan of two; what boxes and « Bilan » say of where it stands."""
    months = ["Sept", "Oct", "Nov", "Déc", "Janv", "Févr"]
    return workbook(
        (
            "Plan",
            [
                ["Maison des jeunes L'Escale – Plan d'action 2025-2026", *["<"] * 8],
                ["Dossier", "À faire", "Resp.", *months, "Bilan"],
                ["Prévention", "Animer 6 ateliers", "Intervenante", "X", None, "X", None, "X", None, "En cours"],
                ["Prévention", "Aller dans les écoles", "Intervenante", "X", "X", None, None, None, None, "120 jeunes"],
                ["Équipe", "Adopter une échelle salariale", "CA", None, None, None, None, None, "X", None],
                ["Équipe", "Évaluer le personnel", "Coordo", "En continu", "Idem", "Idem", "Idem", "Idem", "Idem", "✓"],
            ],
        )
    )  # fmt: skip


BOOKS = {
    "groupes": groupes, "numerotes": numerotes, "plies": plies, "abreges": abreges,
    "champs": champs, "annuel": annuel,
    "suivi-annuel": suivi, "feuilles": feuilles, "periodes": periodes, "par-trimestre": trimestres, "mois": mois,
    "cases": annees, "depuis-1904": depuis_1904, "recopie": recopie, "budget": budget, "erreurs": erreurs,
    "masques": masques, "rangees": rangees, "retraits": retraits, "taches": taches, "copies": copies,
    "cadre": indicateurs, "durable": durable, "maison": maison,
}  # fmt: skip
BY_LIBREOFFICE = ("suivi-annuel.ods", "budget.ods", "mois.ods", "periodes-libreoffice.xlsx", "budget-libreoffice.xlsx")
"""What LibreOffice saves of some, and keeps as files: it computes the formulas."""


def saved_by_libreoffice(name: str) -> bytes:
    """A workbook as LibreOffice saves it."""
    stem, ending = name.split(".")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "in.xlsx").write_bytes(saved(BOOKS[stem.removesuffix("-libreoffice")]()))
        for form in ("ods", *([ending] if ending != "ods" else [])):
            source = "in.xlsx" if form == "ods" else "in.ods"
            words = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/p", "--convert-to", form, source]
            subprocess.run(words, cwd=folder, check=True, capture_output=True)
            (folder / source).unlink()
        return (folder / f"in.{ending}").read_bytes()


def main(only: list[str]) -> None:
    """Write the workbooks, or some of them."""
    for name, made in BOOKS.items():
        if not only or f"{name}.xlsx" in only:
            (HERE / f"{name}.xlsx").write_bytes(saved(made()))
    for name in BY_LIBREOFFICE if shutil.which("soffice") else ():
        if not only or name in only:
            (HERE / name).write_bytes(saved_by_libreoffice(name))


if __name__ == "__main__":
    main(sys.argv[1:])
