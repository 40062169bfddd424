"""The calendar of `pivot list -o echeances.ics`, as another program reads it, and as it is from one day to the next."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from living import RECORDED
from pace import examples, table
from support import ADOPTED, SMALL, golden, load_texts, pivot, write_plan
from texts.hostile import SEVERAL, plan_of, said, squeezed, tame_ones

from pivot_cli.finding import PivotError
from pivot_cli.outputs.ics import calendar
from pivot_cli.plan.model import Plan
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.selection import Selection
from pivot_cli.text import truncate

PETIT = Path(__file__).parents[1] / "autres" / "petit"
AU = date(2020, 1, 15)


def lines_of(data: bytes) -> list[str]:
    """The lines of a calendar, as RFC 5545 (3.1) asks for them; AssertionError where one is not so."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    rows = data.removesuffix(b"\r\n").split(b"\r\n")
    assert [row for row in rows if len(row) > 75 or b"\r" in row or b"\n" in row] == []
    texts = [row.decode("utf-8") for row in rows]  # no letter is cut
    assert [text for text in texts if not re.match(r"[A-Z-]+[:;]| ", text)] == []
    assert [text for text in texts if re.search("[\0-\x1f\x7f]", text)] == []
    return texts


def events(data: bytes) -> list[Any]:
    """The events that another program finds in a calendar that is well formed, each with what RFC 5545 (3.6.1) asks."""
    lines_of(data)
    (read,) = vobject.readComponents(data.decode("utf-8"))
    assert read.validate()
    assert {one.name for one in read.components()} <= {"VEVENT"}
    found = list(read.components())
    assert [one for event in found for one in event.components()] == []  # no alarm
    assert len({event.uid.value for event in found}) == len(found)
    assert {event.dtstart.value_param for event in found} <= {"DATE"}
    return found


def text_of(event: Any, name: str) -> str:
    """What a property of an event says; nothing where it has none."""
    return event.getChildValue(name, "")  # type: ignore[no-any-return]


def written(folder: Path, *words: str, au: str) -> bytes:
    done = pivot("list", *words, "-o", "echeances.ics", "--au", au, cwd=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "echeances.ics").read_bytes()


def made(plan: Plan, au: date = AU) -> dict[str, Any]:
    """The events of a plan, by what their title says."""
    seen = calendar(portrait(plan, au), Selection())
    return {event.summary.value: event for event in events(seen.data.encode())}


def small(echeance: str, *more: str) -> Plan:
    """The small plan, whose first action falls due then, with more lines about it."""
    lines = "".join(f"            {line}\n" for line in more)
    text = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020\n", f"echeance: {echeance}\n{lines}")
    organisme = SMALL["organisme.yaml"] + "periode: {debut: 2018-01-01, fin: 2021-12-31}\n"
    return load_texts(SMALL | {"organisme.yaml": organisme, "orientation-1.yaml": text})[0]


def first(plan: Plan, au: date = AU) -> Any:
    (event,) = made(plan, au).values()
    return event


# --- as it is ---------------------------------------------------------------------------------------------


def test_the_calendar_of_a_responsable_is_as_it_was() -> None:
    done = pivot("list", "-r", "Agent de communication", "--format", "ics", "--au", "2020-01-15")
    assert done.stdout == golden(Path(__file__).parent / "golden" / "echeances.ics", done.stdout)


@pytest.mark.parametrize(
    ("folder", "au"), [(ADOPTED, "2020-01-15"), (RECORDED.parent, "2021-03-15"), (PETIT, "2024-04-15")]
)
def test_another_program_reads_what_the_export_says(folder: Path, au: str) -> None:
    plan = json.loads(pivot("export", "--au", au, cwd=folder).stdout)
    done = pivot("list", "--format", "ics", "--au", au, cwd=folder)
    found = events(done.stdout.replace("\n", "\r\n").encode())
    by_id = {
        told.rpartition(" ")[2]: event for event in found if "Référence" in (told := text_of(event, "description"))
    }
    dated = {
        one["id"]: one["echeance"]["fin"] if one["echeance"]["type"] == "periode" else one["prochaine_echeance"]
        for one in plan["actions"]
        if one["recurrence"] is None and (one["echeance"]["type"] == "periode" and one["echeance"]["fin"])
    }
    assert dated
    assert {id_: by_id[id_].dtstart.value.isoformat() for id_ in dated} == dated
    closed = {one["id"] for one in plan["actions"] if one["etat"] in ("réalisée", "abandonnée", "reconduite")}
    assert {id_ for id_, event in by_id.items() if event.status.value == "CANCELLED"} == closed & by_id.keys()
    assert {event.dtstamp.value for event in found} == {
        datetime.combine(date.fromisoformat(au), datetime.min.time(), UTC)
    }


def test_its_lines_end_as_the_standard_says(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (event,) = events(written(tmp_path, au="2020-01-15"))
    assert event.summary.value == "Échéance\N{NO-BREAK SPACE}: Former un comité — L'Essai"
    assert event.description.value.replace("\N{NO-BREAK SPACE}", " ").split("\n") == [
        "Former un comité",
        "Objectif : Un objectif",
        "Responsables : Direction générale (DG) et Conseil d'administration (CA)",
        "Échéance au plan : « Mars 2020 » (du 1er au 31 mars 2020)",
        "État au 15 janvier 2020 : échéance proche",
        "Référence : 1.adm.1.1",
    ]


# --- from one day to the next -----------------------------------------------------------------------------

MOVED = "echeances_precedentes: [{echeance: Mars 2020, decide_le: 2020-01-10}]"
DAYS = [
    # the échéance, what else is written, the day of the event and its status, the first word of its title
    ("Mars 2020", (), "2020-03-31", "CONFIRMED", "Échéance"),
    ("Hiver 2020", (), "2020-03-31", "CONFIRMED", "Échéance"),
    ("d'ici juin 2020", (), "2020-06-30", "CONFIRMED", "Échéance"),
    ("Juin 2020", (MOVED,), "2020-06-30", "CONFIRMED", "Échéance"),
    ("Mars 2020", ("statut: réalisée",), "2020-03-31", "CANCELLED", "Réalisée"),
    ("Mars 2020", ("statut: abandonnée", "motif: Pas prioritaire"), "2020-03-31", "CANCELLED", "Abandonnée"),
    ("Mars 2020", ("statut: reconduite",), "2020-03-31", "CANCELLED", "Reconduite"),
    ("À évaluer", (MOVED,), "2020-03-31", "CANCELLED", "Échéance à déterminer"),
    # Of what comes again, the time that is awaited.
    ("le 30 juin de chaque année", (), "2019-06-30", "CONFIRMED", "Échéance"),
    ("le 30 juin de chaque année", ("realisations: [2019-06-12]",), "2020-06-30", "CONFIRMED", "Échéance"),
    ("trimestriel", ("realisations: [2019-11-05]",), "2020-03-31", "CONFIRMED", "Échéance"),
    ("le 30 juin de chaque année", ("statut: réalisée",), "2019-06-30", "CANCELLED", "Réalisée"),
]


@table(("echeance", "more", "day", "status", "word"), DAYS)
def test_the_day_of_an_echeance(echeance: str, more: tuple[str, ...], day: str, status: str, word: str) -> None:
    seen = [
        (event.dtstart.value.isoformat(), event.status.value, event.summary.value.partition("\N{NO-BREAK SPACE}:")[0])
        for event in made(small(echeance, *more)).values()
    ]
    assert seen == [(day, status, word)]


@table("echeance", ["dès mars 2020", "À évaluer", "En continu", "Immédiat", "Marz 2020"])
def test_what_has_no_last_day_is_not_in_it(echeance: str) -> None:
    with pytest.raises(PivotError, match="n'a de date"):
        made(small(echeance))


def test_an_event_keeps_its_name_and_the_latest_version_wins() -> None:
    later = date(2020, 1, 16)
    story = [
        (small("Mars 2020"), AU),
        (small("Juin 2020", MOVED), AU),  # the same day
        (small("Juin 2020", MOVED, "statut: réalisée"), AU),
        (small("Juin 2020", MOVED), later),  # reopened
        (small("Juin 2020", MOVED, "titre_court: Un comité"), date(2020, 1, 17)),
    ]
    told = [first(plan, day) for plan, day in story]
    assert len({event.uid.value for event in told}) == 1
    versions = [int(event.sequence.value) for event in told]
    assert versions == sorted(set(versions))
    assert versions[-1] < 2**31


def test_two_plans_of_one_organisation_do_not_share_their_events() -> None:
    titled = SMALL["organisme.yaml"] + "plan: {titre: Plan 2022-2025}\n"
    one, other = (load_texts(SMALL | {"organisme.yaml": text})[0] for text in (SMALL["organisme.yaml"], titled))
    assert first(one).uid.value != first(other).uid.value
    again = load_texts(SMALL | {"organisme.yaml": SMALL["organisme.yaml"].replace("L'Essai", "L’ESSAI")})[0]
    assert first(again).uid.value == first(one).uid.value


def test_two_actions_of_one_id_are_two_events() -> None:
    text = SMALL["orientation-1.yaml"].replace("numero: 2\n", "numero: 1\n").replace("En continu", "Mai 2020")
    assert len(made(load_texts(SMALL | {"orientation-1.yaml": text})[0])) == 2


# --- meetings, and what is asked for ----------------------------------------------------------------------

REUNIONS = """\
ca:
  heure: 19 h
  lieu: Salle A; au fond
  reunions:
    - date: 2020-01-20
    - date: février 2020
      heure: 18 h 30
      lien: https://exemple.org/r
aga:
  reunions:
    - {date: 2020-06-10, duree: 2 h, titre: Assemblée de fondation}
"""
KEPT = [  # what is asked for, the first words of each event, what is said of it
    ((), ["Éché", "Cons", "Cons", "Asse"], "Au calendrier : 1 échéance; 3 réunions."),
    ((), ["Éché", "Cons", "Cons", "Asse"], "Sans date, et donc hors du calendrier : 1 action."),
    (("--avant", "janvier 2020"), ["Cons"], "Au calendrier : 0 échéance; 1 réunion."),
    (("--apres", "2020-03-01"), ["Éché", "Asse"], "Au calendrier : 1 échéance; 1 réunion."),
    (("-r", "CA"), ["Éché"], "les réunions n'y sont pas."),
    (("-r", "DG", "--avant", "2020"), ["Éché"], "les réunions n'y sont pas."),
]


@table(("words", "begin", "message"), KEPT)
def test_what_is_in_it(words: tuple[str, ...], begin: list[str], message: str, tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"reunions.yaml": REUNIONS})
    done = pivot("list", *words, "-o", "e.ics", "--au", "2020-01-15", cwd=tmp_path)
    assert [event.summary.value[:4] for event in events((tmp_path / "e.ics").read_bytes())] == begin
    assert message in done.stderr.replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")


def test_an_empty_calendar_is_not_written(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"reunions.yaml": REUNIONS})
    done = pivot("list", "plan", "-o", "e.ics", cwd=tmp_path)
    assert (done.returncode, done.stdout, (tmp_path / "e.ics").exists()) == (2, "", False)
    assert "rien de ce qui est demandé n'a de date" in done.stderr.replace("\n", " ")


def test_a_meeting_moves_where_its_day_is_settled() -> None:
    plans = [
        load_texts(SMALL | {"reunions.yaml": REUNIONS.replace("février 2020", when)})[0]
        for when in ("février 2020", "2020-02-19")
    ]
    before, after = ([event.uid.value for event in made(plan).values()] for plan in plans)
    assert before == after


def test_a_meeting() -> None:
    plan, _ = load_texts(SMALL | {"reunions.yaml": REUNIONS})
    told = {event.dtstart.value.isoformat(): event for event in list(made(plan).values())[1:]}
    titles = {day: event.summary.value.replace("\N{NO-BREAK SPACE}", " ") for day, event in told.items()}
    assert titles == {
        "2020-01-20": "Conseil d'administration, 19 h — L'Essai",
        "2020-02-29": "Conseil d'administration, février 2020, jour à préciser, 18 h 30 — L'Essai",
        "2020-06-10": "Assemblée générale annuelle — L'Essai",
    }
    assert told["2020-01-20"].location.value == "Salle A; au fond"
    said_of = {day: text_of(event, "description").replace("\N{NO-BREAK SPACE}", " ") for day, event in told.items()}
    assert said_of["2020-02-29"] == "En ligne : https://exemple.org/r"
    assert said_of["2020-06-10"] == "Assemblée de fondation\nDurée prévue : 2 h"


# --- what a stranger writes -------------------------------------------------------------------------------


def properties(plan: Plan) -> Iterator[tuple[str, ...]]:
    """What each event is made of."""
    for event in events(calendar(portrait(plan, AU), Selection()).data.encode()):
        yield tuple(sorted(one.name for one in event.getChildren()))


@pytest.mark.lent
@settings(max_examples=examples(6, 25), deadline=None, derandomize=True)
@given(SEVERAL)
def test_a_text_of_the_plan_adds_nothing_to_a_calendar(texts: list[str]) -> None:
    tame = tame_ones(len(texts))
    hostile_plan, tame_plan = (load_texts(plan_of(own))[0] for own in (texts, tame))
    assert list(properties(hostile_plan)) == list(properties(tame_plan))
    hostile, calm = (
        squeezed("".join(text_of(one, key) for one in made(plan).values() for key in ("summary", "description")))
        for plan in (hostile_plan, tame_plan)
    )
    lost = [text for text, name in zip(texts, tame, strict=True) if name in calm and said(text) not in hostile]
    assert lost == []


@table(
    "text",
    [
        "C:\\Notes\\New",
        "\\n",
        "\\\\N",
        "a;b,c:d",
        "x\\",
        'x"y',
        "é" * 200,
        "北京" * 60,
        "END:VEVENT",
        "BEGIN:VALARM",
        "^n",
    ],
)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    files = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace("Former un comité", json.dumps(text))}
    event = first(load_texts(files)[0])
    assert event.description.value.split("\n")[0] == text
    assert truncate(text, 72) in event.summary.value


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(PivotError) as refused:
        calendar(portrait(small("Mars 2020"), AU), Selection())
    said_then = 'il manque icalendar, pour un calendrier : pip install "pivot-cli[documents]"'
    assert refused.value.message.replace("\N{NO-BREAK SPACE}", " ") == said_then


@pytest.mark.lent
def test_the_same_plan_gives_the_same_bytes() -> None:
    words = ("list", "--format", "ics", "--au", "2020-01-15")
    assert pivot(*words, PYTHONHASHSEED="1").stdout == pivot(*words).stdout
