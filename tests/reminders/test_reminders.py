"""A reminder is kind, whole and ready to send; nothing is sent."""

from __future__ import annotations

import email
import re
import shutil
from datetime import date
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from support import SHIPPED, SMALL, load_shipped, load_texts, pivot, write_plan

from pivot_cli.outputs.reminders import FORMS, Rappel, as_eml, as_markdown, as_text, body, reminders, without_address
from pivot_cli.plan.model import Plan
from pivot_cli.suivi.etat import portrait

NB = "\N{NO-BREAK SPACE}"
AU = date(2020, 1, 15)
ADDRESSED = SMALL | {
    "responsables.yaml": SMALL["responsables.yaml"].replace(
        "    nom: Direction générale\n", "    nom: Direction générale\n    courriel: dg@exemple.org\n"
    )
}


def of(plan: Plan, code: str, au: date = AU) -> Rappel:
    who = plan.registre.find(code)
    assert who is not None
    (rappel,) = reminders(portrait(plan, au), [who])
    return rappel


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(NB, " "))


def test_everyone_with_something_passed_or_near_gets_one_and_nobody_else() -> None:
    plan, _ = load_shipped()
    seen = portrait(plan, AU)
    rappels = reminders(seen, plan.registre)
    expected = {who.code for who in plan.registre if any(one.etat.passed or one.prochaine for one in seen.of(who))}
    assert {rappel.responsable.code for rappel in rappels} <= expected
    due = sum(len([s for s in seen.of(who) if s.etat.passed or s.etat == "échéance proche"]) for who in plan.registre)
    assert sum(len(rappel.situations) for rappel in rappels) == due
    assert reminders(portrait(plan, date(2018, 1, 1)), plan.registre) == ()


@pytest.mark.parametrize("form", FORMS)
def test_every_action_is_there_in_the_words_of_the_plan_with_its_answers(form: str) -> None:
    plan, _ = load_shipped()
    for rappel in reminders(portrait(plan, AU), plan.registre):
        made = FORMS[form][0](rappel)
        if form == "eml":
            made = email.message_from_string(made, policy=default).get_content()
        said = plain(made.replace("\\", ""))
        for one in rappel.situations:
            assert plain(one.action.description) in said
            assert f"Échéance au plan : {plain(one.action.echeance.texte)}" in said
        for dossier in rappel.dossiers:
            assert plain(dossier.place.objectif.titre) in said
        for answer in ("en cours", "nouvelle échéance : ___", "ne se fera pas", "autre : ___", "faite "):
            assert said.count(f"[ ] {answer}") == len(rappel.situations)
        assert said.count("[ ]") == 5 * len(rappel.situations)
        assert not re.search("pivot |--|`", said.replace("_" * 14, ""))


UNKIND = re.compile(
    r"\bretard|\bpas fait|depuis|\bjours?\b|\bmois\b|\ban(?:s|nées?)?\b|urgent|impérati|exig|sans délai|"
    r"négligé|oubli|manqu|devez|faute|dernier avis|toujours pas",
    re.IGNORECASE,
)


@pytest.mark.parametrize("au", [AU, date(2021, 6, 1), date(2026, 11, 23)], ids=str)
def test_no_blame_no_duration_no_threat(au: date) -> None:
    """What the program says, once the plan's own words are taken out."""
    plan, _ = load_shipped()
    for rappel in reminders(portrait(plan, au), plan.registre):
        said = plain(as_text(rappel))
        for one in rappel.situations:
            said = said.replace(plain(one.action.description), "").replace(plain(one.place.objectif.titre), "")
            said = said.replace(f"Échéance au plan : {plain(one.action.echeance.texte)}", "")
        assert not UNKIND.search(said), UNKIND.findall(said)


def test_a_reminder_whole() -> None:
    plan, _ = load_texts(ADDRESSED)
    assert plain(as_text(of(plan, "DG", date(2020, 3, 15)))) == plain("""\
À : Direction générale <dg@exemple.org>
Objet : Plan stratégique : où en est votre action?

Bonjour,

Voici une action du plan stratégique (L'Essai) qui vous est confiée et dont l'échéance approche.

Rien n'y est encore consigné : elle est peut-être déjà faite. Une réponse de quelques mots suffit.

Un objectif

  1.adm.1.1 Former un comité
    Échéance au plan : Mars 2020
    Avec : Conseil d'administration
    [ ] faite le ______________
    [ ] en cours
    [ ] nouvelle échéance : ______________
    [ ] ne se fera pas
    [ ] autre : ______________

Merci! Il suffit de répondre à ce message.
""")


KNOWN = [
    ("statut: en cours", "en cours"),
    ("statut: en cours\nstatut_le: 12 mars 2020", "en cours (12 mars 2020)"),
    ("statut: en attente\nmotif: la subvention", "en attente : la subvention"),
    ("statut: en attente\nmotif: la subvention\nstatut_le: mars 2020", "en attente : la subvention (mars 2020)"),
    ("statut: partiellement réalisée", "faite en partie"),
    ("statut: à faire", "à faire"),
    ("suivi: [{date: 2020-03-03, note: À nous deux}]", "une note du 3 mars 2020"),
    ("recurrence: annuel\nrealisations: [mai 2019, 2020-02-03]", "faite le 3 février 2020"),
    ("recurrence: annuel\nrealisations: [mai 2019]\nstatut: en cours", "en cours; faite en mai 2019"),
]


@pytest.mark.parametrize(("fields", "said"), KNOWN, ids=[row[0] for row in KNOWN])
def test_what_is_recorded_is_said_with_its_day(fields: str, said: str) -> None:
    written = "".join(f"            {line}\n" for line in fields.split("\n"))
    text = SMALL["orientation-1.yaml"].replace("Mars 2020\n", f"Mars 2020\n{written}")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    made = plain(as_text(of(plan, "CA", date(2023, 6, 1))))
    assert f"Déjà consigné : {said} [ ]" in made
    assert "À nous deux" not in made
    assert "Rien n'y est encore consigné" not in made


ASKED_AGAIN = [
    ("echeance: Mars 2020", "Mars 2020 Avec"),
    ("echeance: Annuel", "Annuel; cette fois, pour le 31 décembre 2022 Avec"),
    ("echeance: Mars 2020\nrecurrence: annuel", "Mars 2020, puis annuel; cette fois, pour le 31 décembre 2022 Avec"),
    ("echeance: Mars 2023\nrecurrence: annuel", "Mars 2023, puis annuel Avec"),
]


@pytest.mark.parametrize(("fields", "said"), ASKED_AGAIN, ids=[row[0] for row in ASKED_AGAIN])
def test_what_comes_back_says_how_often_and_which_time_is_asked_about(fields: str, said: str) -> None:
    text = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", fields.replace("\n", "\n            "))
    text = text.replace("echeance: En continu", "echeance: Février 2019")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    assert f"Échéance au plan : {said}" in plain(as_text(of(plan, "CA", date(2023, 6, 1))))


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "elle est peut-être"), (2, "l'une ou l'autre est peut-être"), (3, "plusieurs sont peut-être")],
)
def test_what_may_be_done_already_is_said_of_as_many(number: int, said: str) -> None:
    before, _, action = SMALL["orientation-1.yaml"].partition("          - numero: 1\n")
    action = action.partition("          - numero: 2\n")[0]
    actions = "".join(f"          - numero: {rank + 1}\n{action}" for rank in range(number))
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": before + actions})
    assert f"consigné : {said}" in plain(as_text(of(plan, "CA", date(2023, 6, 1))))


def test_what_comes_back_is_answered_by_the_day_of_one_more_time() -> None:
    text = SMALL["orientation-1.yaml"].replace("echeance: En continu", "echeance: Annuel")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    answers = re.findall(r"\[ \] (.*)", body(of(plan, "DG", date(2023, 6, 1))).replace(NB, " "))
    rest = ["en cours", "nouvelle échéance : ______________", "ne se fera pas", "autre : ______________"]
    assert answers == ["faite le ______________", *rest, "faite encore une fois le ______________", *rest]


@pytest.mark.parametrize(
    ("au", "said"),
    [
        (date(2020, 3, 15), "qui vous est confiée et dont l'échéance approche."),
        (date(2020, 4, 1), "qui vous est confiée et dont l'échéance est passée."),
    ],
    ids=str,
)
def test_the_opening_is_true_of_the_list(au: date, said: str) -> None:
    plan, _ = load_texts(SMALL)
    assert said in plain(as_text(of(plan, "DG", au)))


def test_the_opening_is_true_of_a_list_of_both() -> None:
    plan, _ = load_shipped()
    for rappel in reminders(portrait(plan, AU), plan.registre):
        passed = {one.etat.passed for one in rappel.situations}
        assert ("est passée" in plain(as_text(rappel)), "approche." in plain(as_text(rappel))) == (
            True in passed,
            False in passed,
        )


def test_lines_are_short_enough_for_mail() -> None:
    plan, _ = load_shipped()
    for rappel in reminders(portrait(plan, AU), plan.registre):
        assert max(len(line) for line in body(rappel).splitlines()) <= 76


def test_a_draft_is_a_message_that_mail_programs_read() -> None:
    plan, _ = load_texts(ADDRESSED)
    rappel = of(plan, "DG", date(2020, 5, 1))
    raw = as_eml(rappel)
    assert raw == as_eml(rappel)
    assert raw.isascii()
    assert all(len(line) <= 79 and line.endswith("\r") for line in raw.split("\n")[:-1])
    message = email.message_from_string(raw, policy=default)
    assert (message["To"], message["X-Unsent"], message["Date"]) == ("dg@exemple.org", "1", None)
    assert message["Subject"] == f"Plan stratégique{NB}: où en est votre action?"
    assert message.get_content().replace("\r\n", "\n") == body(rappel)
    assert without_address([rappel]) == ""
    assert "Sans adresse" in without_address([of(plan, "CA", date(2020, 5, 1))])


def test_an_address_that_is_none_is_a_fault_and_goes_in_no_header() -> None:
    for address in ("dg", "dg@exemple.org, ca@exemple.org", '"dg@exemple.org\\nBcc: x@y.z"', "a b@c.d"):
        files = ADDRESSED | {"responsables.yaml": ADDRESSED["responsables.yaml"].replace("dg@exemple.org", address)}
        plan, findings = load_texts(files)
        assert [finding.code for finding in findings if finding.gravite == "erreur"][:1] == ["PIV106"], address
        assert "To:" not in as_eml(of(plan, "DG", date(2020, 5, 1)))


def test_markdown_shows_the_words_of_the_plan_as_they_are() -> None:
    text = SMALL["orientation-1.yaml"].replace("Former un comité", "'Former *un* <b>comité</b> | [x](y) `z` # 1'")
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": text})
    assert r"Former \*un\* \<b\>comité\</b\> \| \[x\](y) \`z\` \# 1" in as_markdown(of(plan, "DG", date(2020, 5, 1)))


# --- the command ------------------------------------------------------------------------------------------


def test_a_file_for_each_responsable(tmp_path: Path) -> None:
    write_plan(tmp_path, ADDRESSED)
    done = pivot("relance", "--format", "eml", "-o", "rappels/mai", "--au", "2020-05-01", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(path.name for path in (tmp_path / "rappels" / "mai").iterdir()) == ["rappel-CA.eml", "rappel-DG.eml"]
    assert done.stderr.replace(NB, " ").splitlines()[0] == "Écrit : 2 rappels dans rappels/mai. Rien n'est envoyé."
    assert "Sans adresse : CA." in done.stderr.replace(NB, " ")


def test_on_the_screen_one_after_the_other_and_nothing_when_nothing_is_due(tmp_path: Path) -> None:
    write_plan(tmp_path)
    both = pivot("remind", "--au", "2020-05-01", cwd=tmp_path).stdout
    assert both.count("Bonjour,") == 2
    assert both.count("-" * 72) == 1
    told = pivot("remind", "--au", "2020-05-01", cwd=tmp_path).stderr.replace(NB, " ")
    assert told.startswith('Pour consigner une réponse : pivot note 1.adm.1.1 --statut réalisée --le "…".')
    one = pivot("remind", "-r", "conseil d'administration", "--au", "2020-05-01", "--format", "eml", cwd=tmp_path)
    assert one.stdout.count("Subject: ") == 1
    many = pivot("remind", "--au", "2020-05-01", "--format", "eml", cwd=tmp_path)
    assert (many.returncode, many.stdout) == (2, "")
    none = pivot("remind", "--au", "2018-05-01", cwd=tmp_path)
    assert (none.returncode, none.stdout) == (0, "")
    assert "Rien à rappeler" in none.stderr
    assert pivot("remind", "-r", "Personne", cwd=tmp_path).returncode == 2
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    assert pivot("remind", "--au", "2020-05-01", "-o", "fichier", cwd=tmp_path).returncode == 3


def test_a_draft_may_have_the_sheet_to_fill_in(tmp_path: Path) -> None:
    folder = tmp_path / "ici"
    shutil.copytree(SHIPPED, folder / "plan")
    words = ("remind", "-r", "CA", "--au", "2020-01-15", "--format", "eml", "--avec-feuille")
    for name in ("un", "deux"):
        done = pivot(*words, "-o", name, cwd=folder)
        assert done.returncode == 0, done.stderr
    first, second = ((folder / name / "rappel-CA.eml").read_bytes() for name in ("un", "deux"))
    assert first == second
    message: Any = email.message_from_bytes(first, policy=default)
    (joined,) = message.iter_attachments()
    assert joined.get_filename() == "Suivi - Conseil d'administration.xlsx"
    assert "remplir la feuille jointe" in message.get_body().get_content()
    (folder / "suivi.xlsx").write_bytes(joined.get_content())
    back = pivot("note", "--de", "suivi.xlsx", cwd=folder)
    assert (back.returncode, back.stdout.splitlines()[-1]) == (0, "Rien à écrire.")
    refused = pivot("remind", "--avec-feuille", cwd=folder)
    assert (refused.returncode, "Ajoutez --format eml." in refused.stderr) == (2, True)
