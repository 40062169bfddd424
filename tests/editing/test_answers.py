"""Several answers, a line each: `pivot note --de`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pace import table
from support import SMALL, pivot, write_plan

NB = "\N{NO-BREAK SPACE}"

LINES = [  # a line, what is answered (nothing: it is recorded)
    ('1.adm.1.1 --statut réalisée --le "mai 2020"', ""),
    ("pivot note 1.adm.1.1 --note “Vu l'équipe”", ""),
    ("note 1.adm.1.1 --note Vu", ""),
    (f"1.adm.1.2{NB}--realisation{NB}2020-05-12", ""),
    ("--ajouter 1.adm.1 'Tenir un kiosque' --attribuer DG --attribuer CA", ""),
    ('1.adm.1.1 1.adm.1.2 --note "Vu" --PAR Jeanne', ""),
    ("1.adm.9.9 --note Vu", "il n'y a pas d'action « 1.adm.9.9 » dans le plan."),
    ("1.adm.1.1 --statut bleu", "« bleu » n'est pas un statut."),
    ("1.adm.1.1 --statut", "l'option « --statut » demande une valeur"),
    ("1.adm.1.1 --couleur bleue", "l'option « --couleur » n'existe pas."),
    ("1.adm.1.1 --note l'équipe", ""),
    ("1.adm.1.1 --note « l'équipe de l'est »", ""),
    ("1.adm.1.1 --note Vu  # dit au téléphone", ""),
    ('1.adm.1.1 --note "Vu', "un guillemet n'est pas refermé."),
    ("1.adm.1.1 --note “Vu", "un guillemet n'est pas refermé."),
    ("1.adm.1.1", "il reste à dire ce qui s'est passé."),
    ("--note Vu", "il manque l'id de l'action."),
    ("1.adm.1.1 --note Vu --essai", "--essai ne va pas dans une réponse."),
    ("1.adm.1.1 --note Vu --plan ailleurs", "--plan ne va pas dans une réponse."),
    ("1.adm.1.1 --annuler", "--annuler ne va pas dans une réponse."),
    ("1.adm.1.1 --de autre.txt", "--de ne va pas dans une réponse."),
    ("1.adm.1.1 --help", "--help n'a pas sa place ici."),
    ("pivot noter 1.adm.1.1 --note Vu", ""),
    ("show 1.adm.1.1 --note Vu", "il n'y a pas d'action « show » dans le plan."),
]


@pytest.mark.lent
@table(("line", "answered"), LINES)
def test_a_line_is_recorded_or_told(line: str, answered: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("reponses")
    plan = write_plan(folder, SMALL)
    (folder / "reponses.txt").write_text(f"# des réponses\n\n{line}\n", encoding="utf-8")
    done = pivot("note", "--de", "reponses.txt", cwd=folder, columns=200)
    said, written = done.stdout.replace(NB, " "), (plan / "orientation-1.yaml").read_text(encoding="utf-8")
    assert done.stderr == ""
    assert (f"Ligne 3 : {answered}" in said) is bool(answered)
    assert (written == SMALL["orientation-1.yaml"]) is bool(answered)
    assert done.returncode == bool(answered)
    assert pivot("validate", cwd=folder).returncode == 0


TYPED = [  # a line, the text that is recorded
    ("1.adm.1.1 --resultat l'équipe", "resultat: l'équipe"),
    ("1.adm.1.1 --resultat \"l'équipe de l'est\"", "resultat: l'équipe de l'est"),
    (f'1.adm.1.1 --resultat "Vu{NB}: oui"', f"resultat: 'Vu{NB}: oui'"),
    ("1.adm.1.1 --resultat « Aujourd'hui »", "resultat: Aujourd'hui"),
    ("1.adm.1.1 --resultat 'Une phrase'", "resultat: Une phrase"),
    ('1.adm.1.1 --resultat "#1 au Québec"', "resultat: '#1 au Québec'"),
]


@table(("line", "written"), TYPED)
def test_a_text_is_recorded_as_it_was_typed(line: str, written: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("texte")
    plan = write_plan(folder, SMALL)
    (folder / "r.txt").write_text(f"{line}\n", encoding="utf-16")
    assert pivot("note", "--de", "r.txt", cwd=folder).returncode == 0
    text = (plan / "orientation-1.yaml").read_text(encoding="utf-8")
    assert written in text


def test_what_can_be_recorded_is_and_the_rest_is_told_with_its_line(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, SMALL)
    lines = ["1.adm.1.1 --note Un", "1.adm.1.1 --statut bleu", "1.adm.1.1 --note Deux", "1.adm.1.2 --note Trois"]
    (tmp_path / "r.txt").write_bytes("\r\n".join([*lines, "1.adm.1.2 --par Léa"]).encode("cp1252"))
    trial = pivot("note", "--de", "r.txt", "--essai", cwd=tmp_path, columns=200)
    assert "Essai : rien n'est écrit. 3 réponses seraient consignées; 2 à revoir." in trial.stdout.replace(NB, " ")
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8") == SMALL["orientation-1.yaml"]
    done = pivot("note", "--de", "r.txt", cwd=tmp_path, columns=200)
    assert done.returncode == 1
    assert "3 réponses consignées; 2 à revoir." in done.stdout.replace(NB, " ")
    written = (plan / "orientation-1.yaml").read_text(encoding="utf-8")
    assert [written.count(f"note: {word}\n") for word in ("Un", "Deux", "Trois")] == [1, 1, 1]
    again = pivot("note", "--de", "r.txt", cwd=tmp_path)
    assert again.returncode == 1
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8") == written


NO_TEXT = [  # the bytes of the file, the exit code, what is said
    (b"", 2, "il n'y a aucune réponse à consigner."),
    (b"# rien\n\n   \n", 2, "il n'y a aucune réponse à consigner."),
    (b"PK\x03\x04\x00\x00", 2, "n'est pas un texte de quelques pages."),
    (b"1.adm.1.1 --note Vu\n" * 60_000, 2, "n'est pas un texte de quelques pages."),
    (b"1.adm.1.1 --note Vu\n" * 1_500, 2, "il y a plus de 1000 réponses."),
]


@table(("data", "code", "said"), NO_TEXT, ids=["vide", "remarques", "classeur", "lourd", "long"])
def test_a_file_that_holds_no_answer_is_refused(data: bytes, code: int, said: str, tmp_path_factory: Path) -> None:
    folder = tmp_path_factory.mktemp("fichier")  # type: ignore[attr-defined]
    write_plan(folder, SMALL)
    (folder / "r.txt").write_bytes(data)
    done = pivot("note", "--de", "r.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr.replace(NB, " ")


def test_what_is_pasted_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pivot_cli.cli.answers import answers_in

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# vide\n")))
    with pytest.raises(Exception, match="aucune réponse"):
        answers_in("-")
    write_plan(tmp_path, SMALL)
    (tmp_path / "r.txt").write_text("1.adm.1.1 --note Vu\n", encoding="utf-8")
    for words in (("1.adm.1.1",), ("--note", "Vu"), ("--annuler",)):
        done = pivot("note", *words, "--de", "r.txt", cwd=tmp_path)
        assert done.returncode == 2
        assert "--de lit des réponses, et il y en a une autre sur la ligne." in done.stderr.replace(NB, " ")
