"""What the page records: shown before it is written, written as `note` does, kept by git as a careful person would."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from pace import table
from support import kept_folder, pivot, write_plan
from werkzeug.test import TestResponse

from page.doors import HERE, Door, opened
from page.hands import Held, followed, git, kept, previewed, recorded

pytestmark = pytest.mark.usefixtures("git_of_nobody")


def test_an_answer_is_shown_then_written_then_kept(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    before = (plan / "orientation-1.yaml").read_bytes()
    door = opened(plan, None)
    shown = previewed(door, ["1.adm.1.1"], statut="réalisée", le="mars 2020")
    assert (plan / "orientation-1.yaml").read_bytes() == before  # nothing is written yet
    page = followed(door, shown.send(etape="enregistrer"))
    assert "C'est enregistré" in page.replace("&#39;", "'")
    assert git(plan, "log", "-1", "--format=%an <%ae>%n%B").splitlines()[:2] == [
        "Jeanne Roy <jeanne@pivot.org>",
        "Consigner 1.adm.1.1 : réalisée en mars 2020",
    ]
    assert git(plan, "status", "--porcelain") == ""
    other = write_plan(tmp_path / "autre")
    assert pivot("note", "1.adm.1.1", "--statut", "réalisée", "--le", "mars 2020", "--plan", str(other)).returncode == 0
    assert (plan / "orientation-1.yaml").read_bytes() == (other / "orientation-1.yaml").read_bytes()


def test_it_is_taken_back(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    before = (plan / "orientation-1.yaml").read_bytes()
    door = opened(plan, None)
    answer = previewed(door, ["1.adm.1.1"], statut="réalisée", le="mars 2020").send(etape="enregistrer")
    fait = door.get(answer.headers["Location"].removeprefix(HERE))
    page = followed(door, Held(door, fait, "/annuler/").send())
    assert "C'est annulé" in page.replace("&#39;", "'")
    assert (plan / "orientation-1.yaml").read_bytes() == before
    assert git(plan, "log", "--format=%s").splitlines() == [
        "Annuler : Consigner 1.adm.1.1 : réalisée en mars 2020",
        "Consigner 1.adm.1.1 : réalisée en mars 2020",
        "Adopter le plan",
    ]


def test_without_git_it_is_written_and_said(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    before = (plan / "orientation-1.yaml").read_bytes()
    door = opened(plan, None)
    assert "il n'est pas dans un dépôt git" in door.text("/").replace("&#39;", "'")
    answer = previewed(door, ["1.adm.1.1"], statut="en cours").send(etape="enregistrer")
    fait = door.get(answer.headers["Location"].removeprefix(HERE))
    assert fait.text.count("Rien ne garde l") == 1
    assert b"statut: en cours" in (plan / "orientation-1.yaml").read_bytes()
    followed(door, Held(door, fait, "/annuler/").send())
    assert (plan / "orientation-1.yaml").read_bytes() == before


@pytest.mark.lent
def test_who_records_is_asked_once(tmp_path: Path) -> None:
    plan = kept(tmp_path, known=False)
    door = opened(plan, None)
    shown = previewed(door, ["1.adm.1.1"], statut="en cours")
    assert {"nom", "courriel"} <= set(shown.fields)
    good = "jeanne@pivot.org"
    wrong = [("", ""), ("Jeanne <x>", good), ("Jeanne", "jeanne"), ("Jeanne", ""), ("Jeanne", "j\t@pivot.org")]
    for name, mail in (*wrong, ("Jean\0ne", good), ("Jeanne\rRoy", good)):
        refused = shown.send(etape="enregistrer", nom=name, courriel=mail)
        assert refused.status_code == 400
        assert 'aria-invalid="true"' in refused.text
    assert git(plan, "log", "--format=%s").splitlines() == ["Adopter le plan"]
    followed(door, shown.send(etape="enregistrer", nom="Jeanne Roy", courriel="jeanne@pivot.org"))
    assert git(plan, "log", "-1", "--format=%an <%ae>, %cn") == "Jeanne Roy <jeanne@pivot.org>, Jeanne Roy\n"
    again = previewed(door, ["1.adm.1.1"], note="Vu")
    assert "courriel" not in again.fields
    followed(door, again.send(etape="enregistrer"))
    assert git(plan, "log", "-1", "--format=%an") == "Jeanne Roy\n"


def test_a_form_that_is_refused_keeps_what_was_typed(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    before = (plan / "orientation-1.yaml").read_bytes()
    door = opened(plan, None)
    form = Held(door, door.get("/consigner?id=1.adm.1.1"), "/consigner")
    refused = form.send(statut="en attente", note="Le poste est vacant")
    assert refused.status_code == 400
    assert 'value="Le poste est vacant"' in refused.text
    assert re.search(r'name="motif"[^>]*aria-invalid="true"[^>]*aria-describedby="faute-motif-0"', refused.text)
    assert refused.text.count("Dites pourquoi elle attend.") == 2  # at the top of the form, and beside the field
    assert 'href="#motif-0"' in refused.text
    assert "pivot note" not in refused.text
    assert "--" not in re.sub(r"<[^>]+>|<!--.*?-->", "", refused.text)
    assert (plan / "orientation-1.yaml").read_bytes() == before


def test_what_is_told_in_passing_names_a_field_and_no_command(tmp_path: Path) -> None:
    door = opened(write_plan(tmp_path), None)
    shown = Held(door, door.get("/consigner?id=1.adm.1.1"), "/consigner").send(statut="réalisée")
    told = re.sub(r"\s+", " ", shown.text)
    assert "Sans date. Si vous la connaissez, même à peu près, remplissez « Quand »." in told
    assert "pivot note" not in told


def test_where_several_were_ticked_is_gone_back_to(tmp_path: Path) -> None:
    door = opened(write_plan(tmp_path), None)
    listed = unescape(door.get("/liste?etat=échéance passée&tri=echeance&mots=un").text)
    asked = re.search(r'name="liste" value="([^"]+)"', listed)
    assert asked
    form = Held(door, door.get(f"/consigner?id=1.adm.1.1&id=1.adm.1.2&{urlencode({'liste': asked[1]})}"), "/consigner")
    shown = Held(door, form.send(note=["Vu", ""]), "/consigner")
    back = parse_qs(urlsplit(fait_of(door, shown.send(etape="enregistrer"))).query)
    assert back == {"mots": ["un"], "tri": ["echeance"], "etat": ["échéance passée"]}
    form.fields["liste"] = ["//exemple.org/?x=1&mots=%0d%0aX&page=" + "9" * 5000]
    shown = Held(door, form.send(note=["", "Vu"], empreinte=form.fields["empreinte"]), "/consigner")
    assert fait_of(door, shown.send(etape="enregistrer")) == "/liste"


def fait_of(door: Door, answer: TestResponse) -> str:
    """Where the page of what was recorded goes back to."""
    found = re.search(r'href="(/liste[^"]*)">Actions', followed(door, answer).partition("C&#39;est enregistré</h1>")[2])
    assert found
    return unescape(found[1])


def test_to_consult_only_writes_nothing(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    before = (plan / "orientation-1.yaml").read_bytes()
    door = opened(plan, None)
    shown = previewed(door, ["1.adm.1.1"], statut="en cours")
    door.site._reading_only = True
    for path in (shown.to, "/annuler/x", "/envoyer", "/garder"):
        answer = door.client.post(path, base_url=HERE, data=shown.fields, headers={"Origin": HERE})
        assert (answer.status_code, "pour consulter seulement" in answer.text) == (403, True)
    assert (plan / "orientation-1.yaml").read_bytes() == before
    assert "/consigner" not in door.text("/action/1.adm.1.1") + door.text("/liste")


SAID: list[tuple[dict[str, str], str]] = [  # what is typed, and how the history names it
    ({"statut": "réalisée", "le": "mars 2020"}, "réalisée en mars 2020"),
    ({"note": "Vu", "par": "Jeanne", "le": "15 janvier 2020"}, "note du 15 janvier 2020, Jeanne : Vu"),
    ({"reporter": "Juin 2020", "motif": "Absente", "le": "2020-01-15"}, "reportée : Mars 2020 → Juin 2020"),
    ({"attribuer": "CA"}, "responsables : DG, CA → CA"),
    ({"budget-reel": "1250,50"}, "budget : réel 1 250,50 $"),
]


@pytest.mark.lent
@table(("typed", "title"), SAID)
def test_what_is_written_is_what_note_writes(typed: dict[str, str], title: str) -> None:
    plan, other = kept(folder := kept_folder()), write_plan(folder / "autre")
    recorded(opened(plan, None), "1.adm.1.1", **typed)
    words = [word for name, value in typed.items() for word in (f"--{name}", value)]
    assert pivot("note", "1.adm.1.1", *words, "--plan", str(other)).returncode == 0
    assert (plan / "orientation-1.yaml").read_text() == (other / "orientation-1.yaml").read_text()
    assert git(plan, "log", "-1", "--format=%s") == f"Consigner 1.adm.1.1 : {title}\n"
