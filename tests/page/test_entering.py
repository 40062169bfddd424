"""What the page adds to the plan, gives to somebody, convenes, takes back from a sheet: as a careful person would."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheets.making import as_csv, fill
from support import SMALL, pivot, write_plan
from werkzeug.test import TestResponse

from page.doors import HERE, Door, opened
from page.hands import Held, followed, git, kept
from pivot_cli.page.guard import MOST_WITH_A_FILE

pytestmark = pytest.mark.usefixtures("git_of_nobody")

AU = date(2020, 1, 15)


def words(answer: TestResponse) -> str:
    """What a page says, on one line, with ordinary spaces."""
    bare = re.sub(r"(?s)<head.*?</head>|<header.*?</header>|<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(bare).replace("\N{NO-BREAK SPACE}", " "))


def shown(door: Door, to: str, **typed: Any) -> TestResponse:
    """The form of an address, once it is sent."""
    return Held(door, door.get(to), to.partition("?")[0]).send(**typed)


def written(door: Door, answer: TestResponse) -> str:
    """What was shown, once it is written: the title and the lines that the history keeps."""
    assert answer.status_code == 200, words(answer)
    followed(door, Held(door, answer).send(etape="enregistrer"))
    return git(door.site.desk.folder, "log", "-1", "--format=%B").strip()


def added_lines(plan: Path) -> dict[str, list[str]]:
    """The lines that the last commit added, by file; it took none away."""
    found, here = dict[str, list[str]](), list[str]()
    for line in git(plan, "show", "--format=", "--unified=0").splitlines():
        if line.startswith("+++ b/plan/"):
            here = found.setdefault(line.removeprefix("+++ b/plan/"), [])
        elif line.startswith("+"):
            here.append(line[1:])
        assert not line.startswith("-") or line.startswith("---"), line
    return found


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return opened(kept(tmp_path), AU)


# --- actions ----------------------------------------------------------------------------------------------


def test_an_action_is_added_where_it_belongs_with_somebody_new(door: Door) -> None:
    plan = door.site.desk.folder
    answer = shown(
        door, "/ajouter?ajouter=1.adm.1", description="Tenir: un kiosque #2 🎪", attribuer=["DG"],
        nouveau_nom="Comité du kiosque", nouveau_alias="Kiosque; Le kiosque", porteur="+", echeance="Juin 2021",
        note="Adoptée", par="Léa",
    )  # fmt: skip
    assert "Échéance passée" in words(answer)  # as it is today, whatever the day that is looked at
    assert git(plan, "status", "--porcelain") == ""  # nothing is written yet
    assert written(door, answer).splitlines() == [
        "Ajouter l'action 1.adm.1.3 : Tenir: un kiosque #2 🎪",
        "",
        "- DG, CK, « Juin 2021 »",
        "- note du 1er janvier 2031, Léa : Adoptée",
        "- porteur : à attribuer → CK",
        "- nouveau responsable : Comité du kiosque (CK)",
    ]
    assert added_lines(plan) == {
        "responsables.yaml": ["  - code: CK", "    nom: Comité du kiosque", "    alias: [Kiosque, Le kiosque]"],
        "orientation-1.yaml": [
            "          - numero: 3",
            "            description: 'Tenir: un kiosque #2 🎪'",
            "            responsables: [Direction générale, Comité du kiosque]",
            "            echeance: Juin 2021",
            "            porteur: Comité du kiosque",
            "            suivi:",
            "              - date: 1er janvier 2031",
            "                par: Léa",
            "                note: Adoptée",
        ],
    }


@pytest.mark.lent
def test_a_number_that_was_once_given_is_not_given_again(door: Door) -> None:
    plan = door.site.desk.folder
    file = plan / "orientation-1.yaml"
    text = file.read_text()
    added = "          - numero: 7\n            description: Tenir un salon\n"
    file.write_text(text + added)
    git(plan, "commit", "-qam", "Ajouter")
    file.write_text(text)
    git(plan, "commit", "-qam", "Retirer")
    assert "1.adm.1.8 Tenir un kiosque" in words(
        shown(door, "/ajouter?ajouter=1.adm.1", description="Tenir un kiosque")
    )
    assert pivot("note", "--ajouter", "1.adm.1", "Tenir un kiosque", cwd=plan.parent).returncode == 0
    assert "numero: 8" in file.read_text()
    text = "numero: 1\ntitre: Autre\nvolets:\n  - {code: adm, nom: V, objectifs: [{numero: 1, titre: O, actions: ["
    file.write_text(text + "{numero: 1, description: Un nouveau plan}]}]}\n")  # of which nothing was there before
    git(plan, "commit", "-qam", "Commencer")
    assert "1.adm.1.2 Tenir un kiosque" in words(
        shown(door, "/ajouter?ajouter=1.adm.1", description="Tenir un kiosque")
    )


@pytest.mark.lent
def test_what_is_written_is_what_was_shown(door: Door) -> None:
    plan = door.site.desk.folder
    one, other = (Held(door, shown(door, "/ajouter?ajouter=1.adm.1", description=what)) for what in ("Voir", "Lire"))
    followed(door, other.send(etape="enregistrer"))  # in another tab, under the number that was shown
    again = one.send(etape="enregistrer")
    assert (again.status_code, "Le plan a changé depuis que vous avez vu" in words(again)) == (400, True)
    assert "1.adm.1.4 Voir" in words(again)
    assert git(plan, "log", "--format=%s").splitlines()[0] == "Ajouter l'action 1.adm.1.3 : Lire"
    followed(door, Held(door, again).send(etape="enregistrer"))
    assert git(plan, "log", "--format=%s").splitlines()[0] == "Ajouter l'action 1.adm.1.4 : Voir"


FLAT = {name: text for name, text in SMALL.items() if name != "orientation-1.yaml"} | {
    "organisme.yaml": 'nom: X\nplan: {titre: "Plan MADA", niveaux: {orientation: axe, action: mesure}}\n',
    "orientation-1.yaml": "numero: 1\ntitre: Un axe\nactions:\n  - numero: 4\n    description: Voir\n",
}


def test_an_action_is_added_to_a_flat_plan_without_any_history(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, FLAT)
    door = opened(plan, AU)
    assert "Ajouter une mesure" in words(door.get("/plan/1"))
    answer = shown(door, "/ajouter?ajouter=1", description="Tenir un kiosque")
    Held(door, answer).send(etape="enregistrer")
    before = FLAT["orientation-1.yaml"]
    assert (plan / "orientation-1.yaml").read_text() == before + "  - numero: 5\n    description: Tenir un kiosque\n"


def test_what_nobody_has_is_given(door: Door) -> None:
    plan = door.site.desk.folder
    file = plan / "orientation-1.yaml"
    text = file.read_text().replace("            responsables: [DG, CA]\n", "")
    file.write_text(text)
    git(plan, "commit", "-qam", "x")
    assert "1 action à attribuer." in words(door.get("/attribuer"))
    answer = shown(door, "/attribuer", id=["1.adm.1.1"], attribuer=["CA"])
    assert written(door, answer) == (
        "Attribuer 1.adm.1.1 à Conseil d'administration\n\nFormer un comité\n- responsables : à attribuer → CA"
    )
    assert file.read_text() == text.replace(
        "comité\n", "comité\n            responsables: [Conseil d'administration]\n"
    )
    assert "Aucune action n'est à attribuer." in words(door.get("/attribuer"))


@pytest.mark.lent
def test_several_are_given_at_once_and_taken_back(door: Door) -> None:
    plan = door.site.desk.folder
    before = {file.name: file.read_bytes() for file in plan.iterdir()}
    answer = shown(
        door, "/attribuer?id=1.adm.1.1&id=1.adm.1.2", id=["1.adm.1.1", "1.adm.1.2"], attribuer=[],
        nouveau_nom="Coordonnatrice", nouveau_code="coord",
    )  # fmt: skip
    told = Held(door, answer).send(etape="enregistrer").headers["Location"].removeprefix(HERE)
    assert git(plan, "log", "-1", "--format=%s") == "Attribuer 2 actions à Coordonnatrice\n"
    followed(door, Held(door, door.get(told), "/annuler/").send())
    assert {file.name: file.read_bytes() for file in plan.iterdir()} == before


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    # the form, what is typed in it, the field that is told, what is said
    ("/ajouter", {"ajouter": "1.adm.1"}, "description", "Il reste à dire ce qui est à faire."),
    ("/ajouter", {"ajouter": "9.x", "description": "X"}, "ajouter", "Il n'y a pas d'objectif « 9.x » dans le plan."),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "former un COMITÉ"}, "", "dit déjà cela"),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "echeance": "bientôt"}, "echeance", "« bientôt »"),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "budget-prevu": "beaucoup"}, "budget-prevu", "montant"),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "attribuer": ["DG"], "porteur": "CA"}, "porteur", "CA"),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "porteur": "+"}, "porteur", "aucune ne l'est."),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "nouveau-code": "x"}, "nouveau-nom", "Il reste à dire"),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "nouveau-nom": "C.A.", "nouveau-code": "CA"},
     "nouveau-code", "« CA » désigne déjà Conseil d'administration (CA)."),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "nouveau-nom": "Y", "nouveau-courriel": "y"},
     "nouveau-courriel", "« y » ne peut pas servir de courriel."),
    ("/attribuer", {"attribuer": ["DG"]}, "", "Rien n'est coché."),
    ("/attribuer", {"id": ["1.adm.1.1"]}, "attribuer", "Il reste à dire à qui."),
    ("/attribuer", {"id": ["1.adm.1.9"], "attribuer": ["DG"]}, "", "Il n'y a pas d'action « 1.adm.1.9 »"),
    ("/reunion", {"type": "ca", "date": "bientôt"}, "date", "La date « bientôt » n'est pas comprise."),
    ("/reunion", {"type": "ca", "date": "mars 2021"}, "date", "« mars 2021 » n'est pas un jour."),
    ("/reunion", {"type": "ca", "date": "2021-03-17", "heure": "tantôt"}, "heure", "« tantôt » n'est pas compris."),
    ("/reunion", {"type": "ca", "date": "2021-03-17", "lieu": "Salle\x1b[1m"}, "lieu", "un caractère invisible"),
    ("/ajouter", {"ajouter": "1.adm.1", "description": "X", "nouveau-nom": "Y\x07"}, "nouveau-nom", "invisible"),
    ("/dossiers", {"date": "2021-03-17", "empreinte": "aucune", "dossier": ["9.z"]}, "", "n'est pas dans le plan."),
    ("/dossiers", {"date": "2021-03-17", "empreinte": "aucune", "dossier": ["9.y", "9.z"]}, "", "ne sont pas dans"),
    ("/feuille", {}, "feuille", "Il reste à choisir le fichier."),
    ("/feuille", {"cle": "x"}, "feuille", "Cette feuille n'est plus ici."),
    ("/propositions", {"id": "1.adm.1.1", "choix": "accepter"}, "", "ou c'est déjà décidé."),
]  # fmt: skip


def test_what_cannot_be_is_told_beside_its_field(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    door, mark = opened(plan, AU), ""
    for to, typed, field, said in REFUSED:
        mark = mark or door.mark()
        answer = door.client.post(to, base_url=HERE, data={"jeton": mark, **typed}, headers={"Origin": HERE})
        assert (answer.status_code, said in words(answer)) == (400, True), (to, typed, words(answer))
        if field:
            assert re.search(rf'aria-describedby="faute-{field}"', answer.text), (to, typed)
        for name, value in typed.items():  # what was typed is still there
            if not isinstance(value, str) or not value.isprintable():
                continue
            if to in ("/ajouter", "/reunion") and name not in ("ajouter", "type", "porteur"):
                assert f'name="{name}" value="{value}"' in unescape(answer.text), (to, name)
        assert "pivot note" not in answer.text
    assert git(plan, "status", "--porcelain") == ""


# --- meetings ---------------------------------------------------------------------------------------------


@pytest.mark.lent
def test_a_meeting_is_entered_changed_and_its_dossiers_chosen(door: Door) -> None:
    plan = door.site.desk.folder
    answer = shown(door, "/reunion", date="17 mars 2020", heure="19 h", lieu="Salle: 2", titre="Budget #1")
    name = "la réunion du conseil d'administration du mardi"
    assert written(door, answer) == f"Inscrire {name} 17 mars 2020"
    assert (plan / "reunions.yaml").read_text().splitlines()[2:] == [
        *("ca:", "  reunions:", "    - date: 2020-03-17", "      heure: 19 h", "      lieu: 'Salle: 2'"),
        "      titre: 'Budget #1'",
    ]
    to = "/reunion?type=ca&connue=2020-03-17"
    form = Held(door, door.get(to), "/reunion")
    assert (form.fields["heure"], form.fields["lieu"]) == (["19\N{NO-BREAK SPACE}h"], ["Salle: 2"])
    moved = form.send(date="24 mars 2020", lieu="", proces_verbal="pv.pdf")
    assert written(door, moved) == f"Déplacer {name} 17 mars 2020 au 24 mars 2020"
    lines = ["    - date: 2020-03-24", "      heure: 19 h", "      titre: 'Budget #1'", "      proces_verbal: pv.pdf"]
    assert (plan / "reunions.yaml").read_text().splitlines()[4:] == lines
    stale = form.send(date="24 mars 2020")  # a second tab, opened before
    assert (stale.status_code, "Rien n'est écrit." in words(stale)) == (400, True)
    answer = shown(door, "/dossiers", dossier=["1.adm.1.2", "", "1.ADM.1", "1.adm.1.2"])
    told = "- 1.adm.1.2 Faire un plan\n- 1.adm.1 Un objectif"
    assert written(door, answer) == f"Choisir les dossiers de {name} 24 mars 2020\n\n{told}"
    assert "      dossiers: [1.adm.1.2, 1.adm.1]" in (plan / "reunions.yaml").read_text().splitlines()
    form = Held(door, door.get("/dossiers"), "/dossiers")
    assert len(form.fields["dossier"]) == 5
    assert written(door, form.send(dossier=[""])).startswith("Laisser la règle proposer les dossiers")
    assert "dossiers:" not in (plan / "reunions.yaml").read_text()


@pytest.mark.lent
def test_the_dossiers_of_a_meeting_that_the_plan_has_not_are_kept_with_it(door: Door) -> None:
    plan = door.site.desk.folder
    page = words(door.get("/dossiers?date=2020-02-05"))
    assert "Cette réunion n'est pas encore au plan : elle y sera inscrite." in page
    written(door, shown(door, "/dossiers?date=2020-02-05", dossier=["1.adm.1"]))
    assert added_lines(plan)["reunions.yaml"][-2:] == ["    - date: 2020-02-05", "      dossiers: [1.adm.1]"]


@pytest.mark.lent
def test_an_assembly_is_entered(door: Door) -> None:
    answer = shown(door, "/reunion?type=aga", type="aga", date="2020-06-15")
    assert written(door, answer) == "Inscrire l'assemblée générale annuelle du lundi 15 juin 2020"


# --- a sheet ----------------------------------------------------------------------------------------------


def filled(door: Door, *, csv: bool = False) -> bytes:
    """The sheet that the page sends, as it comes back."""
    book = openpyxl.load_workbook(io.BytesIO(door.get("/liste.xlsx").data))
    page = book.worksheets[0]
    said = [("1.adm.1.1", heading, text) for heading, text in SAID.items()]
    fill(page, [*said, ("1.adm.1.2", "Quand", "bientôt")])
    if csv:
        return as_csv(page)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


SAID = {
    "Où en est-on?": "en cours",
    "Date proposée": "Juin 2021",
    "Pourquoi": "le poste est vacant",
    "Note interne": "Vu <b>#1</b>",
}


def deposited(door: Door, data: bytes, name: str, **typed: str) -> TestResponse:
    """What is shown of a file that is given."""
    form = Held(door, door.get("/feuille"), "/feuille")
    fields: Any = {**form.fields, **typed, "feuille": (io.BytesIO(data), name)}
    return door.client.post("/feuille", base_url=HERE, data=fields, headers={"Origin": HERE})


def test_a_sheet_is_read_line_by_line_recorded_answered_and_its_proposal_decided(door: Door) -> None:
    plan = door.site.desk.folder
    answer = deposited(door, filled(door), "../../suivi.xlsx", par="Jeanne")
    page = words(answer)
    assert "suivi.xlsx : 2 actions : 1 à consigner, 1 case à revoir." in page
    assert "« Quand » (1.adm.1.2) : « bientôt » n'est pas une date." in page
    assert "1.adm.1.1 : Propose juin 2021 : le poste est vacant" in page
    assert git(plan, "status", "--porcelain") == ""
    again = Held(door, answer)
    assert "À laisser de côté" in words(again.send(etape="reprendre"))
    left = again.send(sauf="1.adm.1.1")
    assert "Cette feuille ne change rien au plan." in words(left)
    assert 'name="accepter" value="1.adm.1.1"' in again.send(etape="reprendre").text
    agreed = again.send(accepter="1.adm.1.1")
    assert "echeance: Juin 2021" in words(agreed)
    assert "Proposé, à décider" not in words(agreed)
    assert "Décidé - Former un comité (1.adm.1.1) : échéance : Juin 2021" in words(
        door.get(f"/feuille/reponse?cle={again.fields['cle'][0]}")
    )
    again = Held(door, again.send())  # as it was: to be decided
    done = again.send(etape="enregistrer")
    assert "Consigner la feuille « suivi.xlsx »" in followed(door, done)
    told = words(door.get(f"/feuille/reponse?cle={again.fields['cle'][0]}"))
    assert "Former un comité (1.adm.1.1) : en cours; proposé : Juin 2021 (à décider); note : « Vu <b>#1</b> »" in told
    assert door.get(f"/feuille/reponse?cle={again.fields['cle'][0]}&forme=md").mimetype == "text/markdown"
    assert door.get("/feuille/reponse?cle=x").status_code == 404
    waiting = door.get("/propositions")
    assert "Propose juin 2021 : le poste est vacant (Jeanne, le 1er janvier 2031)" in words(waiting)
    form = Held(door, waiting, "/propositions")
    assert written(door, form.send(choix="accepter", resolution="CA-2021-3")).splitlines()[2:] == [
        "Former un comité",
        "- reportée : Mars 2020 → Juin 2021, une première fois, décidé le 1er janvier 2031, résolution CA-2021-3",
        "- motif : le poste est vacant",
    ]
    assert "resolution: CA-2021-3" in git(plan, "show")
    assert "Rien n'est proposé" in words(door.get("/propositions"))
    assert form.send(choix="accepter").status_code == 400  # it is decided already


def _shown(door: Door) -> str:
    """The last commit, its non-breaking spaces as « ~ »."""
    return git(door.site.desk.folder, "show").replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.lent
def test_what_is_proposed_is_set_aside(door: Door) -> None:
    written(door, deposited(door, filled(door, csv=True), "suivi.csv"))
    form = Held(door, door.get("/propositions"), "/propositions")
    written(door, form.send(choix="ecarter", motif="le CA y tient"))
    assert "note: 'Proposition écartée (Juin 2021)~: le CA y tient'" in _shown(door)
    assert "Rien n'est proposé" in words(door.get("/propositions"))


def bomb() -> bytes:
    """A workbook of which a part unpacks to a thousand times its size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(20):
                part.write(b" " * 1024 * 1024)
    return packed.getvalue()


def bad_sheets() -> Iterator[tuple[str, bytes, str]]:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xl/workbook.xml", entity)
        file.writestr("../../../evil.xml", "x")
    yield "suivi.xlsx", bomb(), "est démesuré"
    yield "suivi.xlsx", packed.getvalue(), "est abîmé"
    yield "suivi.xlsx", b"PK\x03\x04" + b"x" * 5000, "est abîmé"
    yield "suivi.exe", b"MZ", "« suivi.exe » n'est pas une feuille."
    yield "suivi.docx", b"PK", "n'est pas une feuille."
    yield "suivi.csv", b"%PDF-1.7", "est en fait un fichier .pdf"
    yield "suivi.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "enregistrez-le en"
    yield "suivi.csv", b"a;b\n1;2\n", "n'est pas une feuille de suivi"
    yield "suivi.csv", b"\0" * 100, ""
    yield "../../../../etc/passwd", b"x", "« passwd » n'est pas une feuille."
    yield "..\\..\\plan\\organisme.yaml", b"x", "n'est pas une feuille."
    yield "<script>x</script>.csv", b"a;b\n", "« script>.csv » n'est pas une feuille de suivi"


FORM = "multipart/form-data; boundary=x"


@pytest.mark.lent
def test_a_file_that_is_no_sheet_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    before = {file: file.read_bytes() for file in plan.rglob("*") if file.is_file()}
    door = opened(plan, AU)
    for name, data, said in bad_sheets():
        answer = deposited(door, data, name)
        assert (answer.status_code, said in words(answer)) == (400, True), (name, words(answer))
        assert "<script" not in answer.text
    for body in (b"x" * (MOST_WITH_A_FILE + 1), b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 3000):
        long = door.client.post("/feuille", base_url=HERE, data=body, headers={"Origin": HERE}, content_type=FORM)
        assert (long.status_code, "trop long" in words(long)) == (400, True)
    elsewhere = door.client.post(
        "/ajouter", base_url=HERE, headers={"Origin": HERE},
        data={"jeton": door.mark(), "feuille": (io.BytesIO(b"x" * 100_000), "x.csv")},
    )  # fmt: skip
    assert elsewhere.status_code == 400
    assert {file: file.read_bytes() for file in plan.rglob("*") if file.is_file()} == before
    assert git(plan, "status", "--porcelain", "--ignored") == ""


def test_a_sheet_is_taken_from_this_session_alone(door: Door) -> None:
    fields = {"jeton": door.mark(), "feuille": (io.BytesIO(b"x"), "suivi.csv")}
    stranger = door.stranger.post("/feuille", base_url=HERE, data=fields, headers={"Origin": HERE})
    assert stranger.status_code == 401
    for forged in ({"Origin": "http://exemple.org"}, {}, {"Origin": "null"}):
        fields = {"jeton": door.mark(), "feuille": (io.BytesIO(b"x"), "suivi.csv")}
        assert door.client.post("/feuille", base_url=HERE, data=fields, headers=forged).status_code == 403
    fields = {"jeton": "x", "feuille": (io.BytesIO(b"x"), "suivi.csv")}
    assert door.client.post("/feuille", base_url=HERE, data=fields, headers={"Origin": HERE}).status_code == 403


# --- questions, and consulting only -----------------------------------------------------------------------

ASKED = SMALL["orientation-1.yaml"].replace(
    "            echeance: Mars 2020\n", "            # À COMPLÉTER : « Cet automne »\n"
)


def test_a_question_of_the_plan_is_answered_and_its_remark_goes(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    (plan / "orientation-1.yaml").write_text(ASKED, encoding="utf-8")
    git(plan, "commit", "-qam", "x")
    door = opened(plan, AU)
    assert re.search(r'href="/questions[^"]*">1.action à compléter<', door.get("/").text)
    page = door.get("/questions")
    assert "« Cet automne »" in words(page)
    form = Held(door, page, "/consigner")
    assert set(form.fields) == {"jeton", "id", "empreinte", "liste", "echeance"}
    form = Held(door, form.send(echeance="Automne 2020"))
    assert "Les questions du plan" in followed(door, form.send(etape="enregistrer"))
    assert (plan / "orientation-1.yaml").read_text() == SMALL["orientation-1.yaml"].replace("Mars 2020", "Automne 2020")
    assert "Le plan ne demande rien." in words(door.get("/questions"))


def test_to_consult_only_no_form_is_shown_nor_taken(tmp_path: Path) -> None:
    door = opened(write_plan(tmp_path), AU, reading_only=True)
    pages = [door.get(f"/{to}").text for to in ("", "plan", "plan/1.adm.1", "responsables", "reunions", "questions")]
    pages.append(door.text("/action/1.adm.1.1"))
    for to in ("/ajouter", "/attribuer", "/reunion", "/dossiers", "/feuille", "/propositions"):
        assert (to, door.get(to).status_code, door.post(to).status_code) == (to, 403, 403)
        assert not any(re.search(rf'"{to}["?]', page) for page in pages), to
