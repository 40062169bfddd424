"""`pivot note` from end to end, as a member of staff meets it; and the commented models that editors copy from."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pace import one_in
from support import LIVING, SHIPPED, SMALL, clean_environment, load_texts, pivot, write_plan

from pivot_cli.plan.model import LABELS
from pivot_cli.plan.schema import fields as schema

NB = "\N{NO-BREAK SPACE}"


def said(text: str) -> str:
    return text.replace(NB, " ")


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=Essai", "-c", "user.email=essai@exemple.org", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def test_a_note_shows_the_lines_and_what_they_change_and_git_sees_nothing_else(tmp_path: Path) -> None:
    write_plan(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Le plan")
    done = pivot("noter", "1.adm.1.1", "--statut", "réalisée", "--le", "12 mai 2020", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert said(done.stdout) == (
        "1.adm.1.1 Former un comité\n"
        "  Échéance passée, à confirmer → réalisée le 12 mai 2020\n"
        "\n"
        "plan/orientation-1.yaml, ligne 15\n"
        "  sous   echeance: Mars 2020\n"
        "  ajouté statut: réalisée\n"
        "         realisee_le: 12 mai 2020\n"
        "\n"
        "C'est écrit.\n"
        "À garder dans l'historique (1 fichier du plan) :\n"
        '  git commit -m "Suivi du plan" plan\n'
        "Pour défaire :\n  pivot note 1.adm.1.1 --annuler\n"
    )
    changed = [line for line in git(tmp_path, "diff", "-U0").splitlines() if re.match(r"[+-](?![+-])", line)]
    assert changed == ["+            statut: réalisée", "+            realisee_le: 12 mai 2020"]
    assert git(tmp_path, "status", "--porcelain") == " M plan/orientation-1.yaml\n"
    again = pivot("note", "1.adm.1.1", "--statut", "réalisée", "--le", "12 mai 2020", cwd=tmp_path)
    assert again.returncode == 0
    assert "Rien à écrire : le plan le dit déjà." in said(again.stdout)


def test_a_trial_shows_and_writes_nothing(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    done = pivot("note", "1.adm.1.1", "--reporter", "Juin 2020", "--motif", "Vacance", "--essai", cwd=tmp_path)
    assert done.returncode == 0
    assert "  avant  echeance: Mars 2020\n  après  echeance: Juin 2020\n" in done.stdout
    assert "Essai : rien n'est écrit." in said(done.stdout)
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8") == SMALL["orientation-1.yaml"]


def test_an_action_with_a_fault_is_mended_first(tmp_path: Path) -> None:
    faulty = SMALL["orientation-1.yaml"].replace("[DG, CA]", "[DG, Trésorière]")
    plan = write_plan(tmp_path, SMALL | {"orientation-1.yaml": faulty})
    done = pivot("note", "1.adm.1.1", "--statut", "en cours", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "plan/orientation-1.yaml:13 :" in said(done.stderr)
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8") == faulty
    other = pivot("note", "1.adm.1.2", "--statut", "en cours", cwd=tmp_path)
    assert other.returncode == 0


def test_half_a_plan_is_never_green(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"orientation-2.yaml": "numero: [2\n"})
    done = pivot("note", "1.adm.1.1", "--statut", "en cours", cwd=tmp_path)
    assert done.returncode == 3
    assert "C'est écrit." in done.stdout
    assert "Plan incomplet" in done.stderr


@pytest.mark.parametrize(
    ("unread", "words", "unknown"),
    [
        ("orientation-2.yaml", ("show", "2.adm.1.1"), "« 2.adm.1.1 » dans le plan."),
        ("orientation-2.yaml", ("note", "2.adm.1.1", "--statut", "en cours"), "« 2.adm.1.1 » dans le plan."),
        ("orientation-2.yaml", ("note", "2.adm.1.1", "--statut", "en cours", "--essai"), "« 2.adm.1.1 » dans le plan."),
        ("responsables.yaml", ("overdue", "-r", "DG"), "« DG » n'est pas un responsable du plan."),
        ("responsables.yaml", ("note", "1.adm.1.1", "--porteur", "DG"), "« DG » n'est pas un responsable du plan."),
    ],
)
def test_what_may_be_in_a_file_that_cannot_be_read_is_not_a_wrong_command(
    tmp_path: Path, unread: str, words: tuple[str, ...], unknown: str
) -> None:
    write_plan(tmp_path, SMALL | {unread: "numero: [2\n"})
    done = pivot(*words, cwd=tmp_path, columns=200)
    assert (done.returncode, done.stdout) == (3, "")
    assert unknown in said(done.stderr)
    why = f"Mais plan/{unread} n'a pas pu être lu. Pour savoir pourquoi : pivot validate\n"
    assert said(done.stderr).endswith(why)


def test_show_then_reads_like_the_history_of_the_action(tmp_path: Path) -> None:
    write_plan(tmp_path)
    for words in (
        ("--note", "Comité formé", "--par", "Jeanne", "--le", "3 mars 2020"),
        ("--reporter", "Juin 2020", "--motif", "Vacance", "--resolution", "CA-4", "--le", "15 avril 2020"),
        ("--note", "Reprise", "--le", "mai 2020"),
        ("--statut", "réalisée", "--le", "12 juin 2020", "--resultat", "Huit personnes y siègent."),
    ):
        assert pivot("note", "1.adm.1.1", *words, cwd=tmp_path).returncode == 0
    shown = said(pivot("show", "1.adm.1.1", cwd=tmp_path, columns=120).stdout)
    history = shown[shown.index("Résultat") : shown.index("Cette action est")].rstrip()
    assert history.splitlines() == [
        "Résultat       Huit personnes y siègent.",
        "Suivi          3 mars 2020, Jeanne : Comité formé",
        "Reportée       de « Mars 2020 » à « Juin 2020 », décidé le 15 avril 2020 (Vacance; résolution CA-4)",
        "Suivi          mai 2020 : Reprise",
        "Réalisée       12 juin 2020",
    ]


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_screen_fits_its_width(tmp_path: Path, columns: int) -> None:
    write_plan(tmp_path)
    words = ("note", "1.adm.1.1", "--note", "Une note bien longue, " * 12, "--essai")
    lines = pivot(*words, cwd=tmp_path, columns=columns).stdout.splitlines()
    assert max(map(len, lines)) <= columns


# --- for those who never leave their editor ---------------------------------------------------------------

BLOCK = re.compile(r"(?:^# {5,}.*\n)+", re.MULTILINE)


@pytest.mark.parametrize("number", one_in(3, range(1, 6)))
def test_the_commented_model_is_read_as_what_it_says(number: int) -> None:
    """Each block pasted under an échéance, as the head of the file tells to do, and every field of the table shown.

    The models are those of the plan that people edit; they are pasted in the plan as it was adopted.
    """
    mark = f"\nnumero: {number}\n"
    head, _ = (LIVING / f"orientation-{number}.yaml").read_text(encoding="utf-8").split(mark)
    files = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
    _, body = files[f"orientation-{number}.yaml"].split(mark)
    blocks = ["".join(line[2:] + "\n" for line in block.splitlines()) for block in BLOCK.findall(f"{head}\n")]
    shown: set[str] = set()
    for block in blocks:
        of_objectif = block.startswith("        indicateurs:")
        line = re.search(r"\n        titre: .*\n" if of_objectif else r"\n            echeance: .*\n", body)
        assert line
        pasted = body[: line.end()] + block + body[line.end() :]
        _, findings = load_texts(files | {f"orientation-{number}.yaml": f"numero: {number}\n{pasted}"})
        # The examples name a year before the plan and responsables of other actions: those are said by rules.
        assert [one for one in findings if one.code.startswith(("PIV0", "PIV1", "PIV3"))] == [
            one for one in findings if one.code == "PIV302"
        ]
        shown |= set() if of_objectif else {match[1] for match in re.finditer(r"^ {12}(\w+):", block, re.MULTILINE)}
    optional = {field.key for field in schema.ACTION.fields if field.key in LABELS}
    assert shown == optional - {"suite_de"}  # the adopted plan follows none


# --- a screen that cannot be written to -------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
@pytest.mark.parametrize(
    ("redirected", "code", "answer"),
    one_in(
        6,
        [
            (">/dev/full", 3, "disque plein"),
            (">&-", 3, "la sortie est fermée"),
            (">/dev/full 2>&1", 3, ""),
            (">&- 2>&-", 3, ""),
            ("| true", 0, ""),
        ],
    ),
)
def test_what_is_written_is_told_when_it_cannot_be_shown(
    tmp_path: Path, redirected: str, code: int, answer: str
) -> None:
    plan = write_plan(tmp_path)
    line = (
        f'"$@" {redirected}' if "|" not in redirected else f'{{ "$@"; echo $? >code; }} {redirected}; exit $(cat code)'
    )
    words = [sys.executable, "-m", "pivot_cli", "note", "1.adm.1.1", "--note", "Vu"]
    done = subprocess.run(
        ["sh", "-c", line, "sh", *words],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8").count("note: Vu") == 1
    assert (done.returncode, done.stdout) == (code, "")
    wanted = (
        f"Erreur : impossible d'écrire le résultat : {answer}.\n"
        "Mais c'est écrit dans plan/orientation-1.yaml : seul l'affichage a échoué. Ne recommencez pas.\n"
    )
    assert said(done.stderr) == (wanted if answer else "")


def test_what_contradicts_what_is_recorded_never_leaves_a_fault(tmp_path: Path) -> None:
    done = "\n            statut: réalisée\n            realisee_le: mai 2020"
    orientation = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", f"echeance: Mars 2020{done}")
    plan = write_plan(tmp_path, SMALL | {"orientation-1.yaml": orientation})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Le plan")
    words = ("note", "1.adm.1.1", "--statut", "abandonnée")
    refused = pivot(*words, cwd=tmp_path, columns=200)
    assert refused.returncode == 2
    assert "elle est « réalisée » : dites pourquoi elle ne l'est plus." in said(refused.stderr)
    assert 'pivot note 1.adm.1.1 --statut abandonnée --note "…" --motif "…"' in said(refused.stderr)
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8") == orientation
    written = pivot(*words, "--note", "C'était une autre", "--motif", "Refusée", cwd=tmp_path, columns=200)
    assert written.returncode == 0
    assert "La date de sa réalisation (mai 2020) reste écrite dans la note." in said(written.stdout)
    assert pivot("validate", "--depuis", "HEAD", cwd=tmp_path).returncode == 0


def test_a_record_is_undone_as_git_keeps_the_action(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    outside = pivot("note", "1.adm.1.1", "--annuler", cwd=tmp_path, columns=200)
    assert (outside.returncode, outside.stdout) == (2, "")
    assert "ce plan n'y est pas encore enregistré." in said(outside.stderr)
    git(tmp_path, "init", "-q")
    assert pivot("note", "1.adm.1.1", "--annuler", cwd=tmp_path).returncode == 2
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Le plan")
    pivot("note", "1.adm.1.2", "--note", "Gardée", cwd=tmp_path)
    pivot("note", "1.adm.1.1", "--statut", "en cours", "--note", "Vu", cwd=tmp_path)
    pivot("note", "--ajouter", "1.adm.1", "Tenir un kiosque", cwd=tmp_path)
    done = pivot("note", "1.adm.1.1", "1.adm.1.3", "--annuler", cwd=tmp_path, columns=200)
    assert (done.returncode, done.stderr) == (0, "")
    assert said(done.stdout).splitlines()[:5] == [
        "1.adm.1.1 Former un comité",
        "  Échéance passée, en cours → échéance passée, à confirmer",
        "1.adm.1.3 Tenir un kiosque",
        "  Retirée : elle n'était pas encore dans l'historique",
        "",
    ]
    assert "défaire" not in done.stdout
    changed = (plan / "orientation-1.yaml").read_text(encoding="utf-8").removeprefix(SMALL["orientation-1.yaml"])
    assert re.fullmatch(r" {12}suivi:\n {14}- date: .*\n {16}note: Gardée\n", changed)
    again = pivot("note", "1.adm.1.1", "--annuler", cwd=tmp_path)
    assert "Rien à défaire : git a déjà ce qui est écrit." in said(again.stdout)
    both = pivot("note", "1.adm.1.1", "--annuler", "--note", "Vu", cwd=tmp_path)
    assert (both.returncode, both.stdout) == (2, "")


@pytest.mark.lent
def test_what_is_told_to_undo_names_the_plan_and_what_goes_with_it(tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "org", SMALL)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Le plan")):
        git(plan.parent, *words)
    first = said(pivot("note", "1.adm.1.1", "--note", "Un", "--plan", "org/plan", cwd=tmp_path, columns=200).stdout)
    assert first.endswith("Pour défaire :\n  pivot note 1.adm.1.1 --annuler --plan org/plan\n")
    assert f'  git -C {plan.parent} commit -m "Suivi du plan" plan\n' in first
    second = said(pivot("note", "1.adm.1.1", "--note", "Deux", cwd=plan.parent, columns=200).stdout)
    assert "Pour défaire (et ce qui n'était pas encore gardé de 1.adm.1.1) :\n" in second
    refused = pivot("note", "1.adm.1.1", "--statut", "fini", "--plan", "org/plan", cwd=tmp_path, columns=200)
    assert "pivot note --plan org/plan 1.adm.1.1 --statut réalisée" in refused.stderr
    assert pivot("note", "1.adm.1.1", "--annuler", "--plan", "org/plan", cwd=tmp_path).returncode == 0
    assert (plan / "orientation-1.yaml").read_text(encoding="utf-8") == SMALL["orientation-1.yaml"]


def test_a_command_to_copy_stays_on_its_line(tmp_path: Path) -> None:
    write_plan(tmp_path)
    text = "Une note assez longue pour passer la fin de la ligne"
    done = pivot("note", "1.adm.1.1", "--statut", "fait", "--note", text, cwd=tmp_path, columns=40)
    assert f'  pivot note 1.adm.1.1 --statut réalisée --note "{text}"' in done.stderr.splitlines()
