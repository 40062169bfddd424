"""What is read of a workbook: each cell as people read it, with its value and its place; what is hidden, commented, or
in fault; and what cannot be read safely is refused.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from intake.make import HERE, rewritten
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pace import table

from pivot_cli.finding import PivotError
from pivot_cli.received.cells import EPOCH, Cell, Source
from pivot_cli.received.opendocument import read_opendocument
from pivot_cli.received.opening import read_source
from pivot_cli.received.shown import shown
from pivot_cli.received.workbook import read_workbook

MORNING = datetime.fromisoformat("2030-09-01T09:30")


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def cell(source: Source, place: str) -> Cell:
    return next(one for table in source.tables for row in table.rows for one in row if one.place == place)


@table(
    ("value", "form", "text"),
    [
        (date(2030, 9, 1), "yyyy-mm-dd", "2030-09-01"),
        (date(2030, 9, 1), "dd/mm/yyyy", "2030-09-01"),
        (date(2030, 9, 1), "mmm-yy", "septembre 2030"),
        (date(2030, 9, 1), "[$-C0C]mmmm yyyy;@", "septembre 2030"),
        (date(2030, 9, 1), "yyyy", "2030"),
        (MORNING, "yyyy-mm-dd hh:mm", "2030-09-01 09:30"),
        (MORNING, "yyyy-mm-dd", "2030-09-01"),
        (time(9, 30), "h:mm", "09:30"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (True, "General", "VRAI"),
        (False, "General", "FAUX"),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (1.1, "General", "1.1"),
        (1.1, "0.00", "1.10"),
        (0.1 + 0.2, "General", "0.3"),
        (0.5, "0%", "50 %"),
        (0.125, "0%", "12,5 %"),
        (1250, "#,##0 $", "1 250 $"),
        (1250.5, '#,##0.00 "$"', "1 250,50 $"),
        (1250, '_-* #,##0.00\\ "$"_-;_-* -#,##0.00\\ "$"_-;_-* "-"??\\ "$"_-;_-@_-', "1 250 $"),
        (1250, "#,##0\\ [$€-40C]", "1 250 €"),
        (-20, "#,##0 $", "-20 $"),
        (1250, "#,##0", "1250"),
        (3, '"Action "0', "Action 3"),
        (3, '0" jours"', "3 jours"),
        (7, "000", "007"),
        (47727, "@", "47727"),
        ("En continu", "0%", "En continu"),
        (None, "General", ""),
    ],
)
def test_a_value_is_shown_as_a_plan_would_write_it(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text  # type: ignore[arg-type]


def workbook() -> Workbook:
    """A workbook with something of all that a cell may have."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan d'action"
    sheet.append(["Axe", "Action", "Échéance", "Coût", "Fait", "Lien"])
    sheet.append(["L'eau", "Planter", date(2030, 9, 1), 1200, True, "la page"])
    sheet.append([None, "Semer", 47727, "=D2*2", False, '=HYPERLINK("https://exemple.org/b","b")'])
    sheet["D2"].number_format, sheet["F2"].hyperlink = "#,##0 $", "https://exemple.org/a"
    sheet["B3"].font, sheet["B3"].alignment = Font(bold=True, strike=True), Alignment(indent=2)
    sheet["C3"].fill = PatternFill("solid", "FF92D050")
    sheet["B2"].fill = PatternFill("solid", "FFFFFFFF")
    sheet["B2"].comment = Comment("Voir Luc", "Ève")
    sheet["A8"], sheet["B8"] = "Erreur", "#REF!"
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A9:Z9")
    sheet["A9"] = "Note"
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[3].hidden = True
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "Version de mai"
    sheet.protection.sheet = True
    book.create_sheet("Listes").sheet_state = "hidden"
    book["Listes"].append(["Statuts"])
    return book


def test_a_cell_has_all_that_is_known_of_it() -> None:
    source = read_workbook(saved(workbook()), "plan.xlsx")
    plan, lists = source.tables
    assert [(one.name, one.hidden, one.protected) for one in source.tables] == [
        ("Plan d'action", False, True),
        ("Listes", True, False),
    ]
    at = {re.sub(".*, ", "", one.place): one for one in plan.cells()}
    assert plan.rows[1][0] is plan.rows[2][0] is at["A2"]
    assert plan.width == 6
    assert [len(set(map(id, row))) for row in plan.rows[-1:]] == [1]
    assert (at["C2"].text, at["C2"].value) == ("2030-09-01", date(2030, 9, 1))
    assert (at["C3"].text, at["C3"].value, at["C3"].marked, at["C3"].hidden) == ("47727", 47727, True, True)
    assert (at["D2"].text, at["D2"].value, at["D2"].hidden) == ("1 200 $", 1200, True)
    assert (at["D3"].text, at["D3"].formula) == ("=D2*2", "=D2*2")
    assert at["D3"].fault == at["F3"].fault == "formule sans résultat enregistré"
    assert (at["F3"].links, at["F2"].links) == (("https://exemple.org/b",), ("https://exemple.org/a",))
    assert (at["E2"].text, at["E3"].text, at["E3"].value) == ("VRAI", "FAUX", False)
    assert (at["B3"].bold, at["B3"].depth, at["B2"].bold, at["B2"].marked) == (True, 2, False, False)
    assert at["B2"].comment in source.aside
    assert (at["B8"].text, at["B8"].fault) == ("#REF!", "erreur de calcul")
    assert [row[0].text for row in plan.rows] == ["Axe", "L'eau", "L'eau", "", "Erreur", "Note"]
    assert lists.rows[0][0].place == "Listes, A1"


def test_what_is_around_the_cells_is_told() -> None:
    source = read_workbook(saved(workbook()), "plan.xlsx")
    assert [f"{one.place} : {one.text}".replace("\N{NO-BREAK SPACE}", " ") for one in source.aside] == [
        "Plan d'action, B2, commentaire : Voir Luc",
        "Plan d'action, en-tête de page : Version de mai",
        "Plan d'action : 1 colonne masquée, lue comme le reste : D.",
        "Plan d'action : 1 ligne masquée, lue comme le reste : 3.",
        "Plan d'action : Ce qui est barré est lu comme le reste : B3.",
        "Listes : La feuille est masquée.",
    ]


def test_serial_numbers_count_from_the_day_that_the_workbook_says() -> None:
    book = workbook()
    assert read_workbook(saved(book), "a.xlsx").epoch == EPOCH
    book.epoch = CALENDAR_MAC_1904
    source = read_workbook(saved(book), "a.xlsx")
    assert source.epoch == date(1904, 1, 1)
    assert cell(source, "Plan d'action, C2").value == date(2030, 9, 1)


def test_without_the_libraries_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(workbook())
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(PivotError, match=r'openpyxl et defusedxml.*pip install "pivot-cli\[documents\]"'):
        read_workbook(data, "a.xlsx")


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm", ".bin"])
def test_it_is_known_by_its_name_or_by_what_it_holds(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"plan{ending}").write_bytes(saved(workbook()))
    assert len(read_source(f"plan{ending}", tmp_path, bytes).tables) == 2


@pytest.mark.parametrize(
    ("name", "part", "told"),
    [
        ("a.xlsx", "xl/connections.xml", "Les données qui viennent d'ailleurs sont lues telles qu'enregistrées."),
        ("a.xlsx", "xl/media/image1.png", "Les images ne sont pas lues."),
        ("mois.ods", "Pictures/a.png", "Les images ne sont pas lues."),
        ("mois.ods", "Object 1/content.xml", "Les graphiques ne sont pas lus."),
    ],
)
def test_what_no_reader_sees_is_told(name: str, part: str, told: str) -> None:
    book = Workbook()
    book.create_sheet("A")["A1"] = "Action"
    data = (HERE / name).read_bytes() if name.endswith(".ods") else saved(book)
    read = read_opendocument if name.endswith(".ods") else read_workbook
    assert told in [line.text for line in read(rewritten(data, {}, {part: "<a/>"}), name).aside]
