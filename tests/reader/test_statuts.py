"""The words that other plans use for where an action stands are answered with ours, in a file and in `pivot note`."""

from __future__ import annotations

from pathlib import Path

import pytest
from pace import table
from support import SMALL, load_texts, pivot, write_plan

from pivot_cli.plan.schema.fields import STATUT

# As they were read in plans and in their reports, in their own gender and number.
WORDS = {
    "réalisée": "déployée, Terminé, TERMINÉES, complétés, Fait, faites, finalisée, mise en place, mises en œuvre, "
    "Implantée, en vigueur, atteinte, close, Réalisés, 100 %, Complétée.",
    "en cours": "Débutée, en progression, démarrés, amorcée, actives, en continu, à poursuivre, En réalisation, "
    "lancée, en révision, non terminée, à finaliser, pas complétées",
    "à faire": "à discuter, à venir, non débutée, pas commencées, planifiée, prévues, À planifier, "
    "non réalisé, non atteintes, À FAIRES",
    "en attente": "bloqué, Bloquées, suspendue, en suspens, sur la glace, reportée, en pause, stand-by, on hold",
    "abandonnée": "annulée, Abandonné, abandon, retirées, non retenue",
    "partiellement réalisée": "en partie, partielle, partiellement complétée, faite en partie, Partiellement réalisé",
    "reconduite": "reconduit, à reconduire, prolongée",
}
PAIRS = [(word, ours) for ours, words in WORDS.items() for word in words.split(", ")]


@table(("word", "ours"), PAIRS, ids=[word for word, _ in PAIRS])
def test_a_word_of_other_plans_is_answered_with_ours(word: str, ours: str) -> None:
    text = SMALL["orientation-1.yaml"].replace("Mars 2020\n", f'Mars 2020\n            statut: "{word}"\n')
    _, findings = load_texts(SMALL | {"orientation-1.yaml": text})
    (told,) = [one for one in findings if one.code == "PIV106"]
    assert f"Vouliez-vous dire « {ours} »?" in told.remedy.replace("\N{NO-BREAK SPACE}", " ")


def test_no_word_has_two_meanings() -> None:
    words = [word for words in STATUT.synonyms.values() for word in words.split(", ")]
    assert len(words) == len(set(words))
    for statut, some in STATUT.synonyms.items():
        assert {STATUT.meant(word) for word in some.split(", ")} == {statut.value}
    assert [STATUT.meant(word) for word in ("bleu", "", ".", "é", "s")] == [None] * 5


@pytest.mark.parametrize(
    ("word", "ours"), [("déployée", "réalisée"), ("bloqué", "en attente"), ("à discuter", "à faire")]
)
def test_note_gives_the_command_with_our_word(word: str, ours: str, tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = pivot("note", "1.adm.1.1", "--statut", word, cwd=tmp_path)
    assert done.returncode == 2
    assert f"Le mot du plan est « {ours} »." in done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    typed = ours if " " not in ours else f'"{ours}"'
    assert f"pivot note 1.adm.1.1 --statut {typed}" in done.stderr
