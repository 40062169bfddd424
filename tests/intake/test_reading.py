"""How the rows of a text and the blocks of a document are put in order, before what they say is understood."""

from __future__ import annotations

from pace import table

from intake.make import Block, word, written
from pivot_cli.echeance import Conventions
from pivot_cli.intake.plan import read_plan
from pivot_cli.received.delimited import read_delimited
from pivot_cli.received.word import read_word

TABLES = [  # a text, its rows, and those where a quotation mark is never closed
    ('A;B\n"un;deux\ntrois;quatre\n', [["A", "B"], ["un", "deux"], ["trois", "quatre"]], ["ligne 2"]),
    ('A;B\n"un;deux\ntrois;"quatre"\n', [["A", "B"], ["un", "deux"], ["trois", "quatre"]], ["ligne 2"]),
    ('A;B\n"un\ndeux";trois\n', [["A", "B"], ["un\ndeux", "trois"]], []),
    ('A;B;C\n"un\ndeux";trois\n1;2;3\n', [["A", "B", "C"], ["un\ndeux", "trois", ""], ["1", "2", "3"]], []),
    ('A;B\ntuyau de 5";deux\n', [["A", "B"], ['tuyau de 5"', "deux"]], []),
    ("A\tB\n•\tun\tdeux\n", [["A", "B"], ["• un", "deux"]], []),
]


@table(("text", "rows", "told"), TABLES)
def test_a_table_is_read_whatever_its_quotation_marks(text: str, rows: list[list[str]], told: list[str]) -> None:
    read = read_delimited(text.encode(), "t.csv")
    assert [[cell.text for cell in row] for row in read.tables[0].rows] == rows
    assert [line.place for line in read.aside] == told


def test_an_objectif_above_the_orientation_that_it_is_of_is_read_under_it() -> None:
    blocks: list[Block] = []
    for number, action in (("1", "Tenir un kiosque"), ("2", "Visiter les écoles")):
        blocks += [("p", f"Objectif {number} : Rejoindre"), ("p", f"Orientation {number} : Accueillir")]
        blocks.append([["Action", "Responsable", "Échéance"], [action, "DG", "2026"]])
    draft = read_plan(read_word(written(word(blocks)), "t.docx"), Conventions()).draft
    assert [(one.number, [under.number for under in one.children]) for one in draft.orientations] == [
        ("1", ["1"]),
        ("2", ["2"]),
    ]
