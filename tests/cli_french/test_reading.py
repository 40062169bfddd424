"""How each word of a command line is read: the one reading that faults, hints and the Tab key share."""

from __future__ import annotations

import pytest
import typer

from cli_french.sample import app
from pivot_cli.cli_french.words import CommandLine

READ = [
    # what is typed after « overdue », and what each word is
    ("", ""),
    ("-r DG", "awaiting value"),
    ("--responsable=DG mot", "option loose"),
    ("--RÉSPONSABLE DG", "awaiting value"),
    ("--bientot mot", "option loose"),
    ("-r -r mot", "awaiting value loose"),
    ("-r -- --bientot", "awaiting value option"),
    ("mot -- --bientot -r", "loose end loose loose"),
    ("--zut mot -", "dashed loose dashed"),
    ("-rDG —bientot", "dashed loose"),
    ("mot -r", "loose awaiting"),
]


def _line(words: list[str]) -> CommandLine:
    entry = app.find("overdue")
    assert entry is not None
    return CommandLine(app, entry, typer.Context(app.build(entry), info_name="overdue"), words)


@pytest.mark.parametrize(("typed", "roles"), READ)
def test_each_word_is_read_as_what_it_is(typed: str, roles: str) -> None:
    assert [role for _, role, _ in _line(typed.split()).read()] == roles.split()


@pytest.mark.parametrize(
    ("typed", "misread"),
    [
        ("-r --bientot", "--bientot"),
        ("mot -bientot", "-bientot"),
        ("—bientot", "—bientot"),
        ("—-bientot", "—-bientot"),
        ("-r -bientot", None),
        ("-- -bientot", None),
        ("--bientot -r DG", None),
        ("--horizon 3 -r DG --horizon=4", "--horizon=4"),
        ("--horizon --horizon", "--horizon"),
        ("-r DG -r CA --bientot --bientot", None),
    ],
)
def test_what_typer_would_misread_is_seen(typed: str, misread: str | None) -> None:
    word = _line(typed.split()).misread()
    assert (word and word[0]) == misread


@pytest.mark.parametrize(
    ("typed", "misread"), [("-plan x overdue", "-plan"), ("--plan -plan", None), ("--plan --version", "--version")]
)
def test_before_the_name_of_a_command_too(typed: str, misread: str | None) -> None:
    group = typer.main.get_command(app)
    for words in (typed, f"{typed} overdue -plan"):
        word = CommandLine(app, None, typer.Context(group, info_name="pivot"), words.split()).misread()
        assert (word and word[0]) == misread
