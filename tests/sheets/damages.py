"""What happens to a sheet in the hands of people and of their programs: filled in at random, then damaged."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheets.making import headings


def a_day(year: int, month: int, day: int) -> datetime:
    """As spreadsheets have it: of no time zone."""
    return datetime.fromisoformat(f"{year}-{month:02}-{day:02}")


CHOICES = (
    *("en cours", "faite", "pas commencée", "en attente", "faite en partie", "faite encore une fois"),
    *("ne se fera pas (à décider)", "Terminé", "EN COURS", "presque", "abandonnée", "?"),
)
DAYS: tuple[object, ...] = (
    *("août 2020", "17 mars 2020", "2020-03-12", "2017", "31 février 2020", "hier", "mars 2040"),
    *(a_day(2020, 5, 1), 43952, "43952", "12/03/2020", 2018),
)
PROPOSED: tuple[object, ...] = (
    "Juin 2035",
    "Automne 2034",
    "bientôt",
    a_day(2034, 6, 30),
    "2035-06-30",
    "à déterminer",
)
AMOUNTS: tuple[object, ...] = (1250, "1 250,50 $", 12.5, "cher", -3)


class Page:
    """A sheet as it is being damaged."""

    def __init__(self, book: Workbook, seed: int) -> None:
        self.book = book
        self.chance = random.Random(seed)
        self.count = 0

    @property
    def page(self) -> Worksheet:
        return next(one for one in self.book.worksheets if one.title == "Suivi")

    def word(self, kind: str) -> str:
        """A text that is nowhere else."""
        self.count += 1
        return f"{kind} numéro {self.count}"

    def rows(self) -> list[list[Any]]:
        return [[cell.value for cell in row] for row in self.page.iter_rows()]

    def rewrite(self, rows: list[list[Any]]) -> None:
        self.page.delete_rows(1, self.page.max_row)
        for number, row in enumerate(rows, 1):
            for rank, value in enumerate(row, 1):
                cell = self.page.cell(number, rank)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"

    def head(self) -> int:
        return next((rank for rank, row in enumerate(self.rows()) if "Où en est-on?" in row or "Quand" in row), 3)

    def some_row(self) -> int:
        """The number of a line of the table."""
        return self.chance.randint(self.head() + 2, max(self.page.max_row - 2, self.head() + 2))

    def some_filled(self) -> int:
        """The number of a column to fill in."""
        return self.chance.randint(6, max(6, min(11, self.page.max_column - 1)))


def fill(one: Page) -> None:
    """Type things, as people do."""
    page, chance = one.page, one.chance
    head, columns = headings(page)
    for row in range(head + 1, page.max_row - 1):
        if chance.random() < 0.5:
            continue
        values: dict[str, object] = {}
        if chance.random() < 0.7:
            values["Où en est-on?"] = chance.choice(CHOICES)
        if chance.random() < 0.4:
            values["Quand"] = chance.choice(DAYS)
        if chance.random() < 0.25:
            values["Date proposée"] = chance.choice(PROPOSED)
        for heading, odds in (("Pourquoi", 0.4), ("Note interne", 0.4), ("Résultat (public)", 0.3)):
            if chance.random() < odds:
                values[heading] = one.word(heading.split()[0].lower())
        if "Dépensé\N{NO-BREAK SPACE}$" in columns and chance.random() < 0.2:
            values["Dépensé\N{NO-BREAK SPACE}$"] = chance.choice(AMOUNTS)
        for heading, value in values.items():
            page.cell(row, columns[heading]).value = value  # type: ignore[assignment]


def move_a_column(one: Page) -> None:
    rows, width = one.rows(), one.page.max_column
    order = list(range(width))
    order.insert(one.chance.randrange(width), order.pop(one.chance.randrange(width)))
    one.rewrite([[row[rank] for rank in order] for row in rows])


def rename_a_heading(one: Page) -> None:
    rank = one.chance.randint(1, one.page.max_column)
    one.page.cell(one.head() + 1, rank).value = one.chance.choice(
        ["Avancement", "Statut", "Mes notes", "Truc", "No", "Date"]
    )


def delete_a_column(one: Page) -> None:
    one.page.delete_cols(one.chance.randint(1, one.page.max_column))


def delete_the_stamp(one: Page) -> None:
    row = one.rows()[one.head()]
    rank = next((rank for rank, value in enumerate(row, 1) if str(value).startswith("Empreinte")), None)
    if rank:
        one.page.delete_cols(rank)


def sort_the_lines(one: Page) -> None:
    rows, head = one.rows(), one.head()
    body = rows[head + 1 :]
    one.chance.shuffle(body)
    one.rewrite(rows[: head + 1] + body)


def delete_lines(one: Page) -> None:
    for _ in range(3):
        one.page.delete_rows(one.some_row())


def double_a_line(one: Page) -> None:
    one.page.append([cell.value for cell in one.page[one.some_row()]])


def add_a_line(one: Page) -> None:
    one.page.append(
        [one.chance.choice(["", "9.zz.9", "À part"]), "", one.word("idée"), "", "", "en cours", "17 mars 2020"]
    )


def mistype_an_id(one: Page) -> None:
    cell = one.page.cell(one.some_row(), 1)
    others: list[str | float] = [f"{cell.value}9", str(cell.value).replace(".", ","), "", 1.2, "x"]
    cell.value = one.chance.choice(others)


def swap_ids(one: Page) -> None:
    first, second = one.page.cell(one.some_row(), 1), one.page.cell(one.some_row(), 1)
    first.value, second.value = second.value, first.value


def write_a_formula(one: Page) -> None:
    one.page.cell(one.some_row(), one.some_filled()).value = f'=CONCATENATE("{one.word("formule")}")'


def write_an_error(one: Page) -> None:
    cell = one.page.cell(one.some_row(), one.some_filled())
    cell.value, cell.data_type = one.chance.choice(["#REF!", "#N/A"]), "e"


def write_a_day(one: Page) -> None:
    cell = one.page.cell(one.some_row(), one.chance.choice([7, 8]))
    cell.value = a_day(2020, 1, 1) + timedelta(days=one.chance.randint(0, 3000))
    cell.number_format = one.chance.choice(["yyyy-mm-dd", "mmm yyyy", "General", "d mmmm yyyy"])


def merge_cells(one: Page) -> None:
    row, column = one.some_row(), one.some_filled()
    one.page.cell(row, column).value = one.word("fusion")
    if one.chance.random() < 0.5:
        one.page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    else:
        one.page.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)


def contradict(one: Page) -> None:
    """Answers that do not go together, in each column."""
    row, (_, columns) = one.some_row(), headings(one.page)
    said: dict[str, object] = {
        "Où en est-on?": one.chance.choice(["ne se fera pas", "faite", "en attente", "faite encore une fois"]),
        "Quand": one.chance.choice(["mai 2020", "mars 2040", "2017", a_day(2020, 5, 1)]),
        "Date proposée": one.chance.choice(["Juin 2035", "bientôt", a_day(2034, 6, 30)]),
        "Pourquoi": one.word("raison"),
    }
    for heading in one.chance.sample([*said], 3):
        if heading in columns:
            one.page.cell(row, columns[heading]).value = said[heading]  # type: ignore[assignment]


def hide_a_line(one: Page) -> None:
    one.page.row_dimensions[one.some_row()].hidden = True


def hide_a_column(one: Page) -> None:
    one.page.column_dimensions["FGHIJ"[one.chance.randrange(5)]].hidden = True


def write_beside(one: Page) -> None:
    one.page.cell(one.some_row(), one.page.max_column + 1).value = one.word("à côté")


def write_over_what_is_given(one: Page) -> None:
    one.page.cell(one.some_row(), one.chance.randint(2, 5)).value = one.word("dessus")


def comment_on_a_cell(one: Page) -> None:
    one.page.cell(one.some_row(), one.some_filled()).comment = Comment(one.word("commentaire"), "Léa")


def put_a_sheet_first(one: Page) -> None:
    other = one.book.create_sheet(f"Feuil{one.chance.randint(1, 99)}", 0)
    other["B2"] = one.word("ailleurs")
    other["A1"] = one.word("ailleurs")


def write_above(one: Page) -> None:
    one.page.cell(one.chance.randint(1, 2), 4).value = one.word("en haut")


def write_below(one: Page) -> None:
    one.page.cell(one.page.max_row + 2, 3).value = one.word("en bas")


def put_empty_lines(one: Page) -> None:
    one.page.insert_rows(one.some_row())


def repeat_the_headings(one: Page) -> None:
    rows, head = one.rows(), one.head()
    one.rewrite([*rows[: head + 4], rows[head], *rows[head + 4 :]])


DAMAGES: tuple[Callable[[Page], None], ...] = (
    *(move_a_column, rename_a_heading, delete_a_column, delete_the_stamp, sort_the_lines, delete_lines, double_a_line),
    *(
        add_a_line,
        mistype_an_id,
        swap_ids,
        write_a_formula,
        write_an_error,
        write_a_day,
        merge_cells,
        hide_a_line,
        contradict,
    ),
    *(hide_a_column, write_beside, write_over_what_is_given, comment_on_a_cell, put_a_sheet_first, write_above),
    *(write_below, put_empty_lines, repeat_the_headings),
)


def damaged(book: Workbook, seed: int) -> list[str]:
    """Fill in a sheet, then damage it one to four times; the names of what was done to it."""
    one = Page(book, seed)
    fill(one)
    done = []
    for _ in range(one.chance.randint(1, 4)):
        damage = one.chance.choice(DAMAGES)
        damage(one)
        done.append(damage.__name__)
    return done
