"""The screens as their users see them, whole, on the adopted plan: golden files, and what holds at any width.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/test_screens.py`, then read the difference.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from pace import one_in, table
from support import SMALL, golden, load_shipped, load_texts, pivot, write_plan

from pivot_cli.screens.action import action_page
from pivot_cli.screens.faults import faults_page
from pivot_cli.screens.level import level_page
from pivot_cli.screens.list import list_page
from pivot_cli.screens.overdue import overdue_page
from pivot_cli.screens.page import Page
from pivot_cli.screens.status import status_page
from pivot_cli.suivi.etat import Etat, portrait
from pivot_cli.suivi.selection import Selection, inside

GOLDEN = Path(__file__).parent / "golden"
AU = ("--au", "2020-01-15")

LONG = "Dépôt du bilan de l'année au conseil d'administration, puis diffusion aux membres en marz 2020 avec le comité"
SCREENS = [
    ("status-80", ("status", *AU), 80),
    ("status-40", ("status", *AU), 40),
    ("status-200", ("status", *AU), 200),
    ("status-plan-ecoule", ("status", "--au", "2026-11-23"), 80),
    ("overdue-80", ("overdue", *AU), 80),
    ("overdue-dg-80", ("overdue", "--responsable", "DG", *AU), 80),
    ("overdue-dg-40", ("overdue", "--responsable", "DG", *AU), 40),
    ("overdue-dg-200", ("overdue", "--responsable", "DG", *AU), 200),
    ("overdue-bientot", ("overdue", "--responsable", "agent-fin", "--bientot", *AU), 80),
    ("overdue-plan-ecoule", ("overdue", "-r", "agent-fin", "--au", "2026-11-23"), 80),
    ("show-80", ("show", "3.gou.2.1", *AU), 80),
    ("show-40", ("show", "3.gou.2.1", *AU), 40),
    ("show-annuel", ("show", "5.gou.2.1", "--au", "2023-01-15"), 80),
    ("deadline-saison", ("deadline", "Hiver 2020", *AU), 80),
    ("deadline-refus", ("deadline", "Marz 2020", *AU), 80),
    ("deadline-annuel", ("deadline", "Annuel", *AU), 40),
    ("deadline-puis", ("deadline", "mars 2020 puis aux 3 mois", *AU), 80),
    ("deadline-passee", ("deadline", "fin 2018", *AU), 200),
    ("deadline-long", ("deadline", LONG, *AU), 40),
    ("validate-80", ("validate",), 80),
    ("note-essai-80", ("note", "2.gou.2.3", "--statut", "réalisée", "--le", "mai 2019", "--essai"), 80),
    (
        "note-essai-40",
        (
            "note",
            "2.gou.2.3",
            "--reporter",
            "Juin 2199",
            "--motif",
            "Un motif",
            "--resolution",
            "CA-2020-02",
            "--le",
            "12 mai 2020",
            "--essai",
        ),
        40,
    ),
    (
        "note-attribuer",
        ("note", "1.par.1.4", "--attribuer", "agent-com", "--porteur", "agent-com", "--le", "mars 2020", "--essai"),
        80,
    ),
    (
        "note-echeance",
        ("note", "3.gou.3.2", "--echeance", "Juin 2199", "--resolution", "CA-1", "--le", "2020", "--essai"),
        40,
    ),
    ("note-decision", ("note", "2.gou.1.1", "--decision", "Qui rédige le document d'adhésion?", "--essai"), 80),
    (
        "note-ajouter",
        ("note", "--ajouter", "2.com.2", "Ouvrir une page", "--attribuer", "DG", "--echeance", "Juin 2199", "--essai"),
        200,
    ),
    ("remind-80", ("remind", "--responsable", "externe", *AU), 80),
    ("list-mots", ("list", "structure", *AU), 80),
    ("list-40", ("list", "structure", "-r", "CA", *AU), 40),
    ("list-200", ("list", "--etat", "échéance passée", "-r", "DG", "--tri", "responsable", *AU), 200),
    ("list-dates", ("list", "--apres", "2020", "--avant", "mars 2020", "--tri", "echeance", *AU), 80),
    ("list-rien", ("list", "trottinette", *AU), 80),
    ("list-a-completer", ("list", "--a-completer", "--sans-nouvelles", "6", *AU), 80),
    ("list-md", ("list", "--objectif", "3.gou.2", "--format", "md", *AU), 80),
    ("status-filtre", ("status", "-r", "DG", "--orientation", "3", *AU), 80),
    ("overdue-filtre", ("overdue", "--objectif", "3.gou.2", "--avant", "2019", *AU), 80),
    ("show-objectif", ("show", "3.GOU.2.", *AU), 80),
    ("show-volet", ("show", "3.gou", *AU), 40),
    ("show-orientation", ("show", "4", *AU), 200),
    ("overdue-md", ("overdue", "-r", "vie-com", "--format", "md", *AU), 80),
]


@pytest.mark.parametrize(("name", "words", "columns"), SCREENS, ids=[screen[0] for screen in SCREENS])
def test_a_screen_is_as_it_was(name: str, words: tuple[str, ...], columns: int) -> None:
    shown = pivot(*words, columns=columns).stdout
    assert shown
    assert shown == golden(GOLDEN / f"{name}.txt", shown)
    assert "\x1b" not in shown


RECORDED = """\
          - numero: 3
            description: Faire deux fois
            responsables: [CA]
            echeance: Mai 2019
            statut: en cours
            recurrence: aux 2 semaines
            realisations: [2019-05-12]
            budget: {prevu: 12500, reel: 1450.50, source: Centraide}
            collaborateurs: [L'équipe]
            depend_de: [1.adm.1.1]
            porteur: CA
            motif: Un motif
            resultat: Un résultat
            decision: Choisir
            resolution: CA-2019-05
            titre_court: Deux fois
            suivi: [{date: 3 février 2019, par: Jeanne, note: Première rencontre}]
            echeances_precedentes: [{echeance: Mars 2019, motif: Vacance, decide_le: 2019-02-15}]
            liens: [https://exemple.org]
          - numero: 4
            description: Terminer
            responsables: [CA]
            echeance: 2019
            statut: réalisée
            realisee_le: mai 2019
          - numero: 5
            description: "Ne plus faire \\e[31mceci\\e[0m [red]cela[/red] [/fin]"
            responsables: [CA, DG]
            echeance: bientôt
            statut: abandonnée
          - numero: 6
            description: Former
            responsables: [Trésorière]
            echeance: Annuel
          - numero: 7
            description: Ouvrir
            responsables: [CA]
            echeance: Automne 2019
          - numero: 8
            description: Commencer
            responsables: [CA]
            echeance: Immédiat
"""
EVERYTHING = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + RECORDED}


def pages(files: dict[str, str] | None, width: int, au: date, today: date) -> list[Page]:
    plan, findings = load_texts(files) if files else load_shipped()
    seen = portrait(plan, au)
    dg = plan.registre.find("DG")
    assert dg is not None
    return [
        status_page(seen, width, today),
        overdue_page(seen, Selection(), width, today),
        overdue_page(seen, Selection((dg,), (1,)), width, today, soon=True),
        list_page(seen, Selection(mots=("comité",), etats=tuple(Etat)), width, today),
        list_page(seen, Selection((dg,)), width, today, "echeance"),
        list_page(seen, Selection(), width, today, "responsable"),
        *(level_page(*inside(seen.situations, id_), seen, width, today) for id_ in ("1", "1.adm", "1.adm.1")),
        faults_page(plan, findings, width),
        *(action_page(one, seen, width, today) for one in seen.situations),
    ]


@pytest.mark.parametrize("width", one_in(4, [40, 60, 80, 120, 200]))
@pytest.mark.parametrize("files", [None, EVERYTHING], ids=["plan adopté", "tout consigné"])
@pytest.mark.parametrize("au", one_in(3, [date(2018, 1, 1), date(2020, 1, 15), date(2026, 11, 23)]), ids=str)
def test_a_page_fits_its_width_and_cuts_no_word(width: int, files: dict[str, str] | None, au: date) -> None:
    plan, _ = load_texts(files) if files else load_shipped()
    texts = [place.action.description for place in plan.places] + [who.nom for who in plan.registre]
    known = {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}
    for page in pages(files, width, au, date(2026, 11, 23)):
        for line in page.lines:
            assert len(line.text) <= width or len(line.text.split()) <= 2, line.text
            assert line.text == line.text.rstrip(" ")
        for cut in re.findall(r"([^\W\d_]{2,})…", page.render(colour=False)):
            assert cut in known or any(cut in place.objectif.titre + place.orientation.titre for place in plan.places)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_passed_action_is_on_the_list_with_its_whole_id(width: int) -> None:
    plan, _ = load_shipped()
    seen = portrait(plan, date(2020, 1, 15))
    shown = overdue_page(seen, Selection(), width, date(2020, 1, 15)).render(colour=False)
    passed = [one.id for one in seen.situations if one.etat.passed]
    assert len(passed) == 45
    for id_ in passed:
        assert re.search(rf"(?m)^  {re.escape(id_)} ", shown), id_


def test_counts_add_up_on_the_screen() -> None:
    shown = pivot("status", *AU).stdout
    table = shown.split("SITUATION")[1].split("PAR ORIENTATION")[0]
    *parts, total = (int(number) for number in re.findall(r"(?m)^.{36,44}? (\d+)(?:   .*)?$", table))
    assert sum(parts) == total == 93


def test_what_is_recorded_comes_before_any_count() -> None:
    for words in (("status",), ("overdue",), ("overdue", "-r", "CA"), ("status", *AU)):
        shown = pivot(*words).stdout
        assert shown.index("Avancement consigné") < shown.index("SITUATION" if words[0] == "status" else "Réf.")


def test_a_plan_whose_time_is_over_counts_no_days() -> None:
    for words in (("status",), ("overdue",), ("overdue", "-r", "DG")):
        shown = pivot(*words, "--au", "2026-11-23").stdout.replace("\N{NO-BREAK SPACE}", " ")
        assert "Le temps du plan est écoulé" in shown
        assert "93 actions restent à fermer" in shown
        assert not re.search(r"\d+ (ans?|mois)\b", shown)


def test_the_past_is_told_as_it_was_known() -> None:
    _, *others = pages(EVERYTHING, 80, date(2019, 4, 1), date(2020, 6, 1))
    del others
    first = pages(EVERYTHING, 80, date(2019, 4, 1), date(2020, 6, 1))[0].render(colour=False)
    assert "Tel que consigné aujourd'hui, sans ce qui porte une date postérieure au" in first
    now = pages(EVERYTHING, 80, date(2020, 6, 1), date(2020, 6, 1))[0].render(colour=False)
    assert "Tel que consigné" not in now


def test_plan_texts_never_drive_the_terminal() -> None:
    for colour in (False, True):
        for page in pages(EVERYTHING, 80, date(2020, 1, 15), date(2020, 1, 15)):
            shown = page.render(colour=colour)
            assert "\x1b[31m" not in shown
    fiche = next(
        page.render(colour=False)
        for page in pages(EVERYTHING, 200, date(2020, 1, 15), date(2020, 1, 15))
        if "1.adm.1.5" in page.lines[0].text
    )
    assert "[red]cela[/red] [/fin]" in fiche
    assert "\N{REPLACEMENT CHARACTER}[31mceci" in fiche


def test_a_history_is_told_in_full() -> None:
    fiche = next(
        page.render(colour=False).replace("\N{NO-BREAK SPACE}", " ")
        for page in pages(EVERYTHING, 80, date(2020, 1, 15), date(2020, 1, 15))
        if "1.adm.1.3" in page.lines[0].text
    )
    for said in (
        "échéance passée depuis",
        "prévu 12 500 $, réel 1 450,50 $, source : Centraide",
        "3 février 2019, Jeanne : Première rencontre",
        "de « Mars 2019 » à « Mai 2019 », décidé le 15 février 2019 (Vacance)",
        "Conseil d'administration (CA)",
        "https://exemple.org",
    ):
        assert said in " ".join(fiche.split())


RHYTHMS = [
    ("Annuel", "1   à refaire (« Annuel »)", "À refaire : 1 « Annuel » (1.adm.1.2)."),
    # Said by the field beside a dated échéance, whether its first time has begun or not: one count on all screens.
    ("dès janvier 2020", "dont 1 à refaire (« trimestriel »)", "À refaire : 1 « trimestriel » (1.adm.1.2)."),
    ("Juin 2020", "1   à refaire (« trimestriel »)", "À refaire : 1 « trimestriel » (1.adm.1.2)."),
]


@pytest.mark.parametrize(("echeance", "counted", "undated"), RHYTHMS, ids=[row[0] for row in RHYTHMS])
def test_what_comes_again_is_told_by_how_often_it_does(echeance: str, counted: str, undated: str) -> None:
    beside = "" if echeance == "Annuel" else "\n            recurrence: trimestriel"
    text = SMALL["orientation-1.yaml"].replace("echeance: En continu", f"echeance: {echeance}{beside}")
    made = pages(SMALL | {"orientation-1.yaml": text}, 120, date(2020, 1, 15), date(2020, 1, 15))
    status, overdue = (page.render(colour=False).replace("\N{NO-BREAK SPACE}", " ") for page in made[:2])
    assert counted in status
    assert undated in overdue
    assert "Sans date" not in overdue


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        ("echeance: Mars 2020", "--statut réalisée --le"),
        ("echeance: Immédiat", "--statut réalisée --le"),
        ("echeance: Dès mars 2019", "--statut réalisée --le"),
        ("echeance: À évaluer", "--statut réalisée --le"),
        ("echeance: En continu", "--realisation"),
        ("echeance: Au besoin", "--realisation"),
        ("echeance: Annuel", "--realisation"),
        ("echeance: Mars 2020\n            recurrence: annuel", "--realisation"),
    ],
)
def test_what_goes_on_or_comes_again_is_recorded_as_one_more_time(fields: str, command: str, tmp_path: Path) -> None:
    """As the command that is proposed, and as the lines to write by hand; the command is one that `note` takes."""
    text = SMALL["orientation-1.yaml"].replace("echeance: En continu", fields)
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text})
    shown = pivot("show", "1.adm.1.2", "--au", "2020-01-15", cwd=tmp_path).stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert f'Consigner : pivot note 1.adm.1.2 {command} "mois année"' in shown
    assert ("realisations: [" in shown) == (command == "--realisation")
    words = shlex.split(command.removesuffix(" --le"))
    given = [*words, "mai 2020"] if command == "--realisation" else [*words, "--le", "mai 2020"]
    assert pivot("note", "1.adm.1.2", *given, "--essai", cwd=tmp_path).returncode == 0


# What is added to the échéance of 1.adm.1.1 (« Mars 2020 »), a command, and what its screen says.
FIELDS_TOLD = [
    ("suivi: [{note: Salle réservée}]", "overdue --au 2021-01-15", "Note sans date : Salle réservée"),
    ("suivi: [{note: Salle réservée}]", "overdue --au 2021-01-15", "1 avec des nouvelles (1 note)"),
    ("suivi: [{note: Salle réservée}]", "list --au 2020-01-15", "Échéance proche : 31 mars 2020; note sans date"),
    ("suivi: [{date: avril 2019, note: Vu}]", "show 1.adm.1 --au 2019-06-15", "31 mars 2020; note d'avril 2019"),
    ("suivi: [{date: 2019-04-03, par: DG, note: Vu}]", "show 1.adm.1.1", "Suivi 3 avril 2019, DG : Vu"),
    ("decision: Louer?", "show 1.adm.1.1", "À décider Louer?"),
    ("decision: Louer?\nstatut: en cours", "show 1.adm.1.1", "À décider Louer?"),
    ("decision: Louer?\nstatut: réalisée", "show 1.adm.1.1", "Était demandé Louer?"),
    ("decision: Louer?\nstatut: abandonnée", "show 1.adm.1.1", "Était demandé Louer?"),
    ("", "show 1 --au 2021-01-15", "2 actions : 1 échéance passée, 1 sans date."),
    ("", "show 1 --au 2020-01-15", "2 actions : 1 échéance proche, 1 sans date."),
    ("statut: réalisée", "overdue --etat réalisée", "Réalisée : 1 action sur 2."),
    ("", "overdue -r CA --etat réalisée", "Réalisée : aucune action sur 2."),
    (
        "",
        "status -r CA --au 2021-01-15",
        "sur total parmi les actions demandées (partagées : comptées pour chacun) DG 1/1 · CA 1/1",
    ),
    ("", "status --au 2021-01-15", "sur total (partagées : comptées pour chacun) DG 1/2 · CA 1/1"),
]


@table(("fields", "command", "told"), FIELDS_TOLD)
def test_what_is_written_of_an_action_is_told(fields: str, command: str, told: str, tmp_path: Path) -> None:
    written = "".join(f"            {line}\n" for line in fields.split("\n"))
    text = SMALL["orientation-1.yaml"].replace("Mars 2020\n", f"Mars 2020\n{written}")
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text})
    shown = pivot(*command.split(), cwd=tmp_path).stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert told in " ".join(shown.split()), shown


@pytest.mark.parametrize("width", [40, 72, 80, 90, 100])
def test_an_orientation_keeps_its_name_whatever_stands_beside(width: int, tmp_path: Path) -> None:
    text = SMALL["orientation-1.yaml"]
    for echeance, statut in (("Mars 2020", "abandonnée"), ("En continu", "reconduite")):
        text = text.replace(f"{echeance}\n", f"{echeance}\n            statut: {statut}\n")
    other = SMALL["orientation-1.yaml"].replace("numero: 1", "numero: 2", 1)
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text, "orientation-2.yaml": other})
    shown = pivot("status", "--au", "2021-01-15", cwd=tmp_path, columns=width).stdout
    rows = shown.partition("PAR ORIENTATION")[2].splitlines()
    assert rows[1].startswith("  1 Une"), shown


# The ids of the actions that have the échéance, and what is said of it.
DOUBTFUL = [
    ("Hiver 2020", "Mars 2020", "« Hiver 2020 » (1.adm.1.1), lu du 1er janvier au 31 mars 2020."),
    ("Hiver 2020", "Hiver 2020", "« Hiver 2020 » (1.adm.1.1 et 1 autre), lu du 1er janvier au 31 mars 2020."),
    ("Hiver 2020", "2018-2019", "31 mars 2020; « 2018-2019 » (1.adm.1.2), lu du 1er janvier 2018 au 31 décembre 2019."),
]


@table(("first", "second", "told"), DOUBTFUL)
def test_a_doubtful_reading_says_of_how_many_it_is(first: str, second: str, told: str) -> None:
    text = SMALL["orientation-1.yaml"].replace("Mars 2020", first).replace("En continu", second)
    organisme = SMALL["organisme.yaml"] + "periode: {debut: 2018, fin: 2025}\n"
    plan, _ = load_texts(SMALL | {"organisme.yaml": organisme, "orientation-1.yaml": text})
    seen = portrait(plan, date(2020, 12, 31))
    shown = status_page(seen, 200, seen.au).render(colour=False).replace("\N{NO-BREAK SPACE}", " ")
    assert told in shown.partition("À vérifier : ")[2], shown


def test_colours_only_underline_what_is_said(tmp_path: Path) -> None:
    write_plan(tmp_path)
    plain = pivot("status", cwd=tmp_path, NO_COLOR="1").stdout
    coloured = pivot("status", cwd=tmp_path, FORCE_COLOR="1").stdout
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b" not in pivot("status", cwd=tmp_path, GITHUB_ACTIONS="true").stdout
