"""What each page shows: held whole for three plans, as text and structure; and what it answers to what is asked.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/page`, then read the difference, aloud.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from documents.reading import Page
from living import RECORDED
from pace import one_in, table
from support import SMALL, golden, pivot, write_plan

from page.doors import Door, copied, opened, outline

HERE = Path(__file__).parent
FLAT = HERE.parent / "autres" / "petit" / "plan"
PLANS = {"livre": date(2020, 1, 15), "vivant": date(2021, 3, 15), "plat": date(2024, 4, 15)}
PAGES = {
    "accueil": "/",
    "passees": "/liste?etat=échéance passée&tri=echeance",
    "fiche": "/action/{first}",
    "niveau": "/plan/1",
    "plan": "/plan",
    "responsables": "/responsables",
    "reunions": "/reunions",
    "documents": "/documents",
    "changements": "/changements?depuis=2019-12-01",
}
HELD = [
    *((plan, page) for page in ("accueil", "fiche", "reunions") for plan in PLANS),
    *(("plat", page) for page in ("passees", "niveau", "plan", "responsables")),
    *(("livre", page) for page in ("documents", "changements")),
]
"""Of the pages, those of which a person can read what changed."""


@cache
def door_of(plan: str) -> Door:
    """The page of one of the plans, outside of any repository: what git tells is in `test_the_past.py`."""
    from support import SHIPPED, kept_folder

    source = {"livre": SHIPPED, "vivant": RECORDED, "plat": FLAT}[plan]
    return opened(copied(kept_folder(), source), PLANS[plan])


@pytest.fixture(autouse=True)
def _a_browser_that_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page offers depends on it."""
    monkeypatch.setattr("pivot_cli.page.papers.installed", lambda: iter([Path("chromium")]))


@pytest.mark.parametrize(("plan", "page"), one_in(3, HELD), ids=[f"{page}-{plan}" for plan, page in HELD])
def test_a_page_is_as_it_was(plan: str, page: str) -> None:
    shown = outline(door_of(plan).text(PAGES[page].format(first="1.2" if plan == "plat" else "1.adm.2.1")))
    assert len(shown.encode()) < 60_000
    assert shown == golden(HERE / "golden" / f"{page}-{plan}.txt", shown)


@table("plan", PLANS)
def test_a_page_is_well_formed(plan: str) -> None:
    for path in PAGES.values():
        page = Page(door_of(plan).get(path.format(first="1.2" if plan == "plat" else "1.adm.2.1")).text)
        assert page.problems == []
        ids = page.values("id")
        assert len(ids) == len(set(ids))
        assert page.headings[0] == 1
        assert all(next_ <= last + 1 for last, next_ in zip(page.headings, page.headings[1:], strict=False))


@pytest.mark.lent
@table("plan", PLANS)
def test_no_link_leads_nowhere(plan: str) -> None:
    door, seen, left = door_of(plan), set[str](), ["/"]
    while left and len(seen) < 60:
        path = left.pop()
        seen.add(path.partition("?")[0])
        answer = door.get(path)
        assert answer.status_code == 200, path
        if answer.mimetype == "text/html" and not path.startswith("/document/"):
            links = [link for link in Page(answer.text).values("href", "a") if link.startswith("/")]
            left += [link for link in dict.fromkeys(links) if link.partition("?")[0] not in seen]
    assert {"/", "/liste", "/plan", "/responsables", "/reunions", "/documents", "/changements"} <= seen


# --- what a coordinator looks for -------------------------------------------------------------------------


def test_what_is_late_is_what_the_command_line_says() -> None:
    told = pivot("overdue", "-r", "DG", "--au", "2020-01-15", "--format", "json").stdout
    ids = [one["id"] for one in json.loads(told)["actions"]]
    shown = door_of("livre").text("/liste?responsable=DG&etat=échéance+passée")
    assert sorted(re.findall(r'href="/action/([^"?]+)', shown)) == sorted(ids)
    assert "Direction générale, échéance passée : 17 actions sur 93." in shown


FILTERS = [
    ("-r DG", {"responsable": "DG"}),
    ("-r 'direction generale' -r CA", {"responsable": ["direction generale", "CA"]}),
    ("--orientation 3", {"orientation": "3"}),
    ("--objectif 3.gou.2", {"objectif": "3.gou.2"}),
    ("--etat réalisée", {"etat": "réalisée"}),
    ('--etat "échéance passée" --avant "mars 2020"', {"etat": "échéance passée", "avant": "mars 2020"}),
    ("--apres 2020 --avant 2020-12-31", {"apres": "2020", "avant": "2020-12-31"}),
    ("--sans-nouvelles 6", {"sans-nouvelles": "6"}),
    ("--a-completer", {"a-completer": "oui"}),
    ("--a-fermer -r DG", {"a-fermer": "oui", "responsable": "DG"}),
    ("comité travail --tri echeance", {"mots": "comité travail", "tri": "echeance"}),
    ("--au 2019-06-30 --tri responsable", {"au": "2019-06-30", "tri": "responsable"}),
]


@pytest.mark.lent
@table(("typed", "asked"), FILTERS)
def test_a_filter_is_that_of_the_command_line(typed: str, asked: dict[str, str | list[str]]) -> None:
    import shlex

    words = shlex.split(typed)
    au = [] if "--au" in words else ["--au", "2020-01-15"]
    told = json.loads(pivot("list", *words, *au, "--format", "json").stdout)
    shown = door_of("livre").text(f"/liste?{urlencode(asked, doseq=True)}")
    assert re.findall(r'href="/action/([^"?]+)', shown) == [one["id"] for one in told["actions"]]
    for name, value in asked.items():  # the form holds what was asked, to be asked otherwise
        for one in [value] if isinstance(value, str) else value:
            assert f'value="{one}"' in shown or "direction" in one, name  # said here by its code


REFUSED = [
    ("responsable=personne", "« personne » n'est pas un responsable du plan."),
    ("etat=vert", "Il n'y a pas d'état « vert »."),
    ("orientation=abc", "« abc » n'est pas un numéro d'orientation."),
    ("orientation=9", "Il n'y a pas d'orientation 9 dans le plan."),
    ("objectif=9.x", "« 9.x »"),
    ("avant=bientôt", "La date « bientôt » n'est pas comprise."),
    ("responsables=DG", "« responsables » n'est pas une question de cette page."),
    ("responsables=DG", "Vouliez-vous dire « responsable »?"),
    ("tri=zz", "Il n'y a pas d'ordre « zz »."),
    ("page=2", "La liste n'a pas de page « 2 » : elle en a 1."),
    ("page=x", "La liste n'a pas de page « x » : elle en a 1."),
    ("apres=2021&avant=2020", "Aucun jour n'est à la fois après « 2021 » et avant « 2020 »."),
    ("sans-nouvelles=x", "attend un nombre de mois"),
    ("au=hier", "La date « hier » n'est pas comprise."),
]


def assert_no_terminal(shown: str) -> None:
    """What is refused is said in the words of the forms."""
    told = re.search(r'(?s)role="alert">(.*?)</div>', shown)
    assert told
    assert not re.search(r'--|pivot |"|&#34;|\.yaml', told[1]), told[1]


@table(("asked", "said"), REFUSED)
def test_what_cannot_be_asked_is_said_without_an_option(asked: str, said: str) -> None:
    shown = door_of("livre").text(f"/liste?{asked}", 400).replace("&#39;", "'")
    assert said in shown
    assert_no_terminal(shown)


def test_a_list_is_given_a_hundred_at_a_time(tmp_path: Path) -> None:
    rows = "".join(f"          - {{numero: {n}, description: Faire {n}, echeance: Mars 2020}}\n" for n in range(3, 254))
    door = opened(write_plan(tmp_path, SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + rows}))
    first, last = door.text("/liste"), door.text("/liste?page=3&mots=faire")
    assert ("Page 1 sur 3" in first, "Page suivante" in first, "Page précédente" in first) == (True, True, False)
    assert ("Page 3 sur 3" in last, "Page suivante" in last, "Page précédente" in last) == (True, False, True)
    assert "mots=faire" in last
    assert last.count("/action/") == 52
    assert "Et 153 autres" in door.text("/plan/1")
    assert "elle en a 3" in door.text("/liste?page=99", 400)


def test_a_page_speaks_of_what_the_plan_calls_its_levels(tmp_path: Path) -> None:
    door = door_of("plat")
    sheet, lists = door.text("/action/1.2").replace("&#39;", "'"), door.text("/liste")
    assert "Sa place dans le plan" in sheet
    assert "Le plan n'est pas gardé dans un historique (git)." in sheet
    assert lists.count("<label>Priorité ") == 1
    assert '<option value="">Toutes</option>' in lists
    assert "Cherchez le projet par un mot" in door.text("/rien", 404)
    named = "plan:\n  niveaux: {orientation: priorité, objectif: cible, action: jalon}\n"
    organisme = SMALL["organisme.yaml"].split("plan:")[0] + named
    shown = opened(write_plan(tmp_path, SMALL | {"organisme.yaml": organisme})).text("/liste")
    assert re.findall(r'<label>(Priorité|Cible) <select[^>]*><option value="">(\w+)', shown) == [
        ("Priorité", "Toutes"),
        ("Cible", "Toutes"),
    ]


def test_what_is_good_to_know_and_what_could_be_decided_are_at_hand() -> None:
    shown = door_of("livre").text("/").replace("&#39;", "'")
    said = re.search(r'<a href="/fautes[^"]*">(\d+) remarques sur le plan</a>', shown)
    assert said
    assert door_of("livre").text("/fautes").count('<li class="faute">') == int(said[1])
    more = re.search(r"(?s)<summary>(\d+) autres dossiers.*?</details>", shown)
    assert more
    others = re.findall(r'<a href="([^"]+)">', more[0])
    assert len(others) == min(int(more[1]), 20)
    assert all(door_of("livre").get(link).status_code == 200 for link in others)


def test_what_is_left_to_close_is_listed_once_the_plan_is_over() -> None:
    shown = door_of("livre").text("/?au=2031-01-01")
    link = re.search(r'<a href="(/liste[^"]*)">(\d+) actions à fermer</a>', shown)
    assert link
    assert f"{link[2]} actions sur 93" in door_of("livre").text(link[1].replace("&amp;", "&"))
    assert "à fermer</a>" not in door_of("livre").text("/")


def test_a_day_that_is_left_empty_is_today() -> None:
    emptied = door_of("livre").text("/liste?au=&mots=comité")
    assert "Vous voyez la situation" not in emptied
    assert '<a href="/?au=2031-01-01">' in emptied  # the page was opened on another day: links keep this one
    assert 'name="au" value="2031-01-01"' in door_of("livre").text("/?au=")
    assert "Vous voyez la situation au 15 janvier 2020" in door_of("livre").text("/liste?mots=comité")


# --- what is taken away -----------------------------------------------------------------------------------


def test_a_list_is_taken_away_as_a_spreadsheet() -> None:
    given = door_of("livre").get("/liste.csv?responsable=DG")
    assert given.headers["Content-Disposition"] == "attachment; filename=actions-2020-01-15.csv"
    rows = list(
        csv.DictReader(io.StringIO(given.data.decode("utf-8-sig")), delimiter=";")
    )  # as a French Excel reads it
    assert len(rows) == 31
    assert {"id", "budget_prevu"} <= set(rows[0])


def test_a_list_is_taken_away_as_a_sheet_to_fill_in_and_as_a_calendar() -> None:
    door = door_of("livre")
    given = door.get("/liste.xlsx?responsable=DG")
    assert given.headers["Content-Disposition"] == "attachment; filename=actions-2020-01-15.xlsx"
    assert zipfile.is_zipfile(io.BytesIO(given.data))
    assert door.get("/liste.ics").text.count("BEGIN:VEVENT") > 50
    assert door.get("/liste.pdf").status_code == 404
    assert "à mettre dans une feuille" in door_of("vivant").text("/liste.xlsx?mots=flash", 400)


def test_what_is_proposed_is_seen_at_once_and_with_its_action(tmp_path: Path) -> None:
    folder = copied(tmp_path, FLAT)
    file = folder / "orientation-1.yaml"
    note = "suivi: [{date: 2024-01-10, propose: Juin 2025, note: 'Propose juin 2025 : le poste est vacant.'}]"
    before, echeance, after = re.split(r"(?m)^( +echeance: .*\n)", file.read_text(encoding="utf-8"), maxsplit=1)
    indent = " " * (len(echeance) - len(echeance.lstrip()))
    file.write_text(f"{before}{echeance}{indent}{note}\n{after}", encoding="utf-8")
    door = opened(folder, PLANS["plat"])
    for page in (door, opened(folder, PLANS["plat"], reading_only=True)):
        first = re.search(r'<a href="([^"?]+)[^"]*">Proposé, à décider\b[^<]*</a> · Propose juin', page.get("/").text)
        assert first
        assert "Propose juin 2025 : le poste est vacant." in page.text(first[1])


DOCUMENTS = [
    ("sommaire", "", "text/html", "Sommaire pour le conseil"),
    ("complet", "responsable=DG", "text/html", "Direction générale"),
    ("bilan", "exercice=2019", "text/html", "Bilan 2019"),
    ("ordre-du-jour", "date=15 janvier 2020&heure=19 h&duree=2 h", "text/html", "mercredi"),
    ("ordre-du-jour", "type=aga&date=2020-06-15", "text/html", "Assemblée"),
]


@pytest.mark.lent
@table(("name", "asked", "kind", "said"), DOCUMENTS)
def test_a_document_is_made_on_the_spot(name: str, asked: str, kind: str, said: str) -> None:
    door = door_of("livre")
    read, taken = door.get(f"/document/{name}?{asked}"), door.get(f"/document/{name}?{asked}&forme=html")
    assert (read.mimetype, said in read.text, read.data) == (kind, True, taken.data)
    assert "Content-Disposition" not in read.headers
    assert re.fullmatch(rf"attachment; filename={name}-\d{{4}}-\d\d-\d\d.html", taken.headers["Content-Disposition"])


@pytest.mark.lent
def test_a_document_is_taken_away_in_word() -> None:
    given = door_of("livre").get("/document/ordre-du-jour?date=2020-01-15&forme=docx")
    assert given.data.startswith(b"PK")
    assert given.headers["Content-Disposition"] == "attachment; filename=ordre-du-jour-2020-01-15.docx"
    assert door_of("livre").get("/document/sommaire?forme=docx").status_code == 404


UNMADE = [
    ("ordre-du-jour", "date=jamais", "La date « jamais » n'est pas comprise."),
    ("ordre-du-jour", "date=2020-01-15&heure=tôt", "« tôt » n'est pas compris."),
    ("ordre-du-jour", "date=2020-01-15&dossier=9.x", "« 9.x »"),
    ("ordre-du-jour", "type=x&date=2020-01-15", "« x » n'est pas une sorte de réunion."),
    ("ordre-du-jour", "type=aga&date=", "Aucune réunion à venir n'est inscrite au plan"),
    ("ordre-du-jour", "date=2020-01-15&precedente=2021-01-01", "Corrigez « Réunion précédente » ou « Date »."),
    ("bilan", "exercice=x", "l'exercice « x »"),
    ("bilan", "exercice=2030", "Choisissez un exercice commencé."),
    ("bilan", "exercice=2019&du=2019-01-01", "« Depuis le » et « Exercice » disent chacun une période."),
    ("complet", "orientation=abc", "« abc » n'est pas un numéro d'orientation."),
    ("sommaire", "changements-depuis=2030-01-01", "n'est pas avant"),
]


@table(("name", "asked", "said"), UNMADE)
def test_what_no_document_can_be_made_of_is_said(name: str, asked: str, said: str) -> None:
    shown = door_of("livre").text(f"/document/{name}?{asked}", 400).replace("&#39;", "'")
    assert said.lower() in shown.lower()
    assert_no_terminal(shown)
    assert '<form class="filtre" action="/document/' in shown


def test_what_was_written_stays_in_the_form_that_is_refused() -> None:
    asked = {"type": "aga", "date": "jamais", "heure": "19 h", "duree": "3 h", "exercice": "2019"}
    shown = door_of("livre").text(f"/document/ordre-du-jour?{urlencode(asked)}", 400)
    board, assembly = re.findall(r'(?s)<form class="filtre" action="/document/ordre-du-jour".*?</form>', shown)
    for name, value in asked.items():
        assert f'name="{name}" value="{value}"' in assembly
        assert f'value="{value}"' not in board
    shown = door_of("livre").text("/document/complet?responsable=DG&orientation=x", 400)
    assert '<option value="DG" selected>' in shown


@table("kind", ["ca", "aga"])
def test_an_agenda_is_had_without_writing_a_date(kind: str) -> None:
    page = door_of("livre").text("/documents").replace("&#39;", "'")
    form = page[page.index(f'name="type" value="{kind}"') :]
    assert "Aucun jour n'est encore inscrit au plan" in page
    day = re.search(r'name="date" value="([^"]+)"', form)
    assert day
    assert day[1] == "29 janvier 2020"
    answer = door_of("livre").get(f"/document/ordre-du-jour?{urlencode({'type': kind, 'date': day[1]})}")
    assert answer.status_code == 200
    assert 'name="date" value="17 mars 2021"' in door_of("vivant").text("/documents")


# --- texts of the plan stay texts -------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script> {{ 7*7 }} {% raw %} "><img src=x onerror=alert(1)> javascript:alert(1) &amp;'


def test_a_text_of_the_plan_is_text(tmp_path: Path) -> None:
    named = json.dumps(HOSTILE)
    action = SMALL["orientation-1.yaml"].replace("Former un comité", named).replace("Un objectif", named)
    noted = (
        f"            suivi: [{{note: {named}}}]\n            liens: ['javascript:alert(1)', 'https://exemple.org/']\n"
    )
    files = {
        "organisme.yaml": SMALL["organisme.yaml"].replace("L'Essai", named),
        "responsables.yaml": SMALL["responsables.yaml"].replace("Direction générale", named),
        "orientation-1.yaml": action.replace("echeance: Mars 2020\n", f"echeance: Mars 2020\n{noted}"),
        "reunions.yaml": f"ca:\n  reunions:\n    - {{date: 2020-01-20, titre: {named}, dossiers: [1.adm.1.1]}}\n",
    }
    door = opened(write_plan(tmp_path, files))
    for path in ("/", "/liste", "/plan", "/plan/1.adm.1", "/action/1.adm.1.1", "/responsables", "/reunions"):
        shown = door.get(path).text
        assert "<script" not in shown
        assert "<img" not in shown
        assert "{{ 7*7 }}" in shown.replace("&#34;", '"')
        assert "49" not in re.sub(r"[\w-]{43}", "", shown)
        assert 'href="javascript:' not in shown
    assert 'href="https://exemple.org/" rel="noopener noreferrer"' in door.get("/action/1.adm.1.1").text
    for path in (f"/liste?mots={HOSTILE}", f"/liste?responsable={HOSTILE}", f"/changements?depuis={HOSTILE}"):
        assert "<script" not in door.client.get(path, base_url=door.guard.origin).text


# --- the faults of the plan -------------------------------------------------------------------------------


def test_a_fault_is_on_top_with_its_line_and_what_to_write(tmp_path: Path) -> None:
    faulty = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", "echeance: Marz 2020")
    door = opened(write_plan(tmp_path, SMALL | {"orientation-1.yaml": faulty}))
    page = door.text("/").replace("&#39;", "'")
    assert page.index("plan/orientation-1.yaml, ligne 14") < page.index("Avancement consigné")
    assert "Le mot « Marz » n'est pas compris" in page
    assert "<mark>Marz</mark> 2020" in page
    assert "Écrivez « mars 2020 »." in page
    assert "1 faute à corriger" in door.text("/liste").replace("\n", " ")
    assert "<mark>Marz</mark>" in door.text("/fautes")


def test_half_a_plan_is_shown_with_what_is_missing(tmp_path: Path) -> None:
    door = opened(write_plan(tmp_path, SMALL | {"orientation-2.yaml": "numero: [2\n"}))
    for path in ("/", "/liste", "/responsables"):
        assert "Plan incomplet : plan/orientation-2.yaml n'a pas pu être lu" in door.text(path).replace("&#39;", "'")
    assert "Former un comité" in door.text("/liste")
    for path in ("/liste.csv", "/liste.ics", "/document/sommaire?forme=html"):  # what leaves says it too
        assert "plan-incomplet" in door.get(path).headers["Content-Disposition"]


def test_a_plan_that_cannot_be_read_is_its_faults_and_no_error(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    door = opened(plan)
    (plan / "orientation-1.yaml").write_bytes(b"\xff\xfe")
    assert "plan/orientation-1.yaml" in door.text("/")
    for file in plan.iterdir():
        file.unlink()
    for path in ("/liste.csv", "/document/sommaire", "/document/ordre-du-jour?forme=pdf"):
        assert "ne contient aucun fichier YAML" in door.text(path, 404).replace("&#39;", "'")
    assert "ne contient aucun fichier YAML" in door.text("/liste").replace("&#39;", "'")
    plan.rmdir()
    assert "Le plan ne peut pas être lu" in door.text("/")
    write_plan(tmp_path)
    assert "Former un comité" in door.text("/liste")
