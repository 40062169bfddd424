"""The mistakes that a newcomer makes on a command line, and the line that is then given to type."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from cli_french.sample import ran
from pace import one_in

from at_home.commands import copy_of_the_plan
from pivot_cli.cli import app
from pivot_cli.cli_french import run

DONE = 'note 2.gou.2.3 --statut réalisée --le "mai 2019"'

TO_TYPE = [
    # what is typed, what is answered to type
    ("note 2.gou.2.3 --statut réalisée --le mai 2019", DONE),
    ('note 2.gou.2.3 réalisée "mai 2019"', DONE),
    ("note 2.gou.2.3 Realisee mai 2019", DONE),
    ("note 2.gou.2.3 --statut en cours --essai", 'note 2.gou.2.3 --statut "en cours" --essai'),
    ("note --statut en cours 2.gou.2.3", 'note --statut "en cours" 2.gou.2.3'),
    ("note 2.gou.2.3 --note Vu --par Jeanne Roy", 'note 2.gou.2.3 --note Vu --par "Jeanne Roy"'),
    ("note 2.gou.2.3 --note Flash info 2.gou.2.2", 'note 2.gou.2.3 --note "Flash info" 2.gou.2.2'),
    ("--plan plan note 2.gou.2.3 --statut en cours", 'note --plan plan 2.gou.2.3 --statut "en cours"'),
    ("deadline automne 2020", 'deadline "automne 2020"'),
    ("deadline automne 2020 --au 2020-01-15", 'deadline "automne 2020" --au 2020-01-15'),
    ("deadline --au 2020-01-15 automne 2020", 'deadline --au 2020-01-15 "automne 2020"'),
    ("deadline --au 15 mai 2019 automne 2020", 'deadline --au "15 mai 2019" "automne 2020"'),
    ("echeance d'ici juin", 'echeance "d\'ici juin"'),
    ("remind DG", "remind --responsable DG"),
    ("remind Directrice générale", 'remind --responsable "Directrice générale"'),
    ("remind --responsable Directrice générale", 'remind --responsable "Directrice générale"'),
    ("overdue CA DG", "overdue --responsable CA --responsable DG"),
    ("overdue directrice", 'overdue --responsable "Directrice générale"'),
    ("overdue 3", "overdue --orientation 3"),
    ("overdue --au 15 janvier 2020", 'overdue --au "15 janvier 2020"'),
    ("status 2020-01-15", "status --au 2020-01-15"),
    ("agenda --date 15 mai 2020 --heure 19 h", 'agenda --date "15 mai 2020" --heure "19 h"'),
    ("report sommaire --changements-depuis 1er mai 2019", 'report sommaire --changements-depuis "1er mai 2019"'),
    ("report --au 15 mai 2019", 'report --au "15 mai 2019"'),
    ("DG", "overdue --responsable DG"),
    ("Directrice générale", 'overdue --responsable "Directrice générale"'),
    ("2.gou.2.3", "show 2.gou.2.3"),
    ("2.gou.2.3 --statut réalisée", "note 2.gou.2.3 --statut réalisée"),
    ("bilan --format html", "report bilan --format html"),
    ("rappel", "remind"),
    ("rappels --responsable DG", "remind --responsable DG"),
    ("ordre-du-jour --date 2020-01-15", "agenda --date 2020-01-15"),
    ("Vérifier", "validate"),
    ("agenda aga --date 2020-06-15", "agenda --type aga --date 2020-06-15"),
    ("agenda --aga --date 2020-06-15", "agenda --type aga --date 2020-06-15"),
    ("agenda --au=2020-01-15", "agenda --date 2020-01-15"),
    ("show --date 2020-01-15 2.gou.2.3", "show --au 2020-01-15 2.gou.2.3"),
    ("overdue --json", "overdue --format json"),
    ("chercher structure", "list structure"),
    ("recherche -r DG", "list -r DG"),
    ("3.gou.2", "show 3.gou.2"),
    ("3.gou.2 --etat réalisée", "list --objectif 3.gou.2 --etat réalisée"),
    ('"échéance passée"', 'list --etat "échéance passée"'),
    ("overdue 3.gou.2", "overdue --objectif 3.gou.2"),
    ("status réalisée", "status --etat réalisée"),
    ("export échéance passée DG", 'export --etat "échéance passée" --responsable DG'),
    ("list --état en cours", 'list --état "en cours"'),
    ("list --etat échéance passée structure", 'list --etat "échéance passée" structure'),
    ("list --avant mars 2020 structure firme", 'list --avant "mars 2020" structure firme'),
    ("list structure -r Directrice générale", 'list structure -r "Directrice générale"'),
]


@pytest.mark.parametrize(("typed", "meant"), one_in(10, TO_TYPE), ids=[row[0] for row in TO_TYPE])
def test_the_line_that_was_meant_is_given(
    typed: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    monkeypatch.chdir(copy_of_the_plan(tmp_path))
    done = ran(capsys, shlex.split(typed) if "'" not in typed else typed.split(), app)
    assert (done.code, done.out) == (2, "")
    assert done.plain.endswith(f"Écrivez :\n  pivot {meant}\n")
    words = shlex.split(meant)
    right = run(app, [*words, "--essai"] if words[0] == "note" and "--essai" not in words else words)
    capsys.readouterr()
    assert right == (1 if "d'ici" in meant else 0)


SAID = [
    ("note 2.gou.2.3 --le mai 2019", "« 2019 » n'est pas une action.\nUne valeur de plusieurs mots se met entre"),
    ("note 2.gou.2.3 Réalisée", "« Réalisée » n'est pas une action.\nÉcrivez :"),
    ("remind DG", "« DG » est un responsable.\nÉcrivez :"),
    ("overdue --au 15 mai 2019", "« mai » et « 2019 » sont de trop.\nUne valeur de plusieurs mots se met entre"),
    # What cannot be deduced is not guessed.
    ("note 2.gou.2.3 Flash Info", "il n'y a pas d'action « Flash » dans le plan."),
    ("note 2.gou.2.3 --note Vu 2.gou.2.77", "il n'y a pas d'action « 2.gou.2.77 » dans le plan."),
    ("overdue mot", "« mot » est de trop : cette commande ne prend que des options."),
    ("overdue --horizon 30 jours", "« jours » est de trop : cette commande ne prend que des options."),
    ("note 2.gou.2.3 --statut=en cours -x", "l'option « -x » n'existe pas."),
    ("list structure firme -r Personne", "« Personne » n'est pas un responsable du plan."),
    ("list --etat fini structure", "il n'y a pas d'état « fini »."),
    ("list --avant demain structure", "la date « demain » n'est pas comprise."),
    ("zut", "la commande « zut » n'existe pas.\nAide : pivot --help"),
    ("note", "dites quelle action.\nExemple : pivot note 2.gou.2.3"),
    ("show", "dites quelle action."),
]


@pytest.mark.parametrize(("typed", "said"), one_in(3, SAID), ids=[row[0] for row in SAID])
def test_what_was_typed_is_named_as_it_was_typed(
    typed: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    monkeypatch.chdir(copy_of_the_plan(tmp_path))
    done = ran(capsys, typed.split(), app)
    assert (done.code, done.out) == (2, "")
    assert f"Erreur : {said}" in done.plain


@pytest.mark.parametrize("typed", ["overdue DG", "DG", "remind 3", "2.gou.2.3", "agenda --heure 19 h"])
def test_a_hint_needs_no_plan_and_never_fails(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    monkeypatch.chdir(tmp_path)
    done = ran(capsys, typed.split(), app)
    assert (done.code, done.out) == (2, "")
    assert "Erreur interne" not in done.plain
