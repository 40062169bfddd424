"""A meeting entered in a file of meetings, in whatever style it is written: every other byte stays as it was."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples
from support import SMALL

from editing.held import basic
from editing.styles import WORDS, Writer
from editing.test_surgery import stripped
from pivot_cli.cli.edge import check_files
from pivot_cli.echeance import parse_date
from pivot_cli.finding import PivotError
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.record.known import Known
from pivot_cli.record.meetings import Entered, Meeting, enter
from pivot_cli.text import day_in_words

NB = "\N{NO-BREAK SPACE}"

DAYS = [date(2021, month, day) for month in (1, 3, 4, 6, 9) for day in (1, 15, 20)]


def in_words(day: date) -> str:
    return day_in_words(day).replace(NB, " ")


def meetings(draw: random.Random) -> bytes:
    """A file of meetings, each choice of style drawn, of what is in it too."""
    writer = Writer(draw)
    tree: dict[str, object] = {}
    for name in draw.sample(["ca", "aga"], draw.randint(1, 2)):
        dates = sorted(draw.sample(DAYS, draw.randint(0, 4)))
        if draw.random() < 0.1:
            draw.shuffle(dates)
        how = draw.choice((date.isoformat, in_words))
        some: dict[str, object] = {
            "heure": draw.choice(("19 h", "18 h 30")),
            "duree": "2 h",
            "lieu": draw.choice(WORDS),
            "membres": ["Ana", "Benoît"],
            "reunions": [one_meeting(how(day), draw) for day in dates],
            "points": [{"code": "levee", "titre": draw.choice(WORDS)}],
            "points_permanents": [{"titre": draw.choice(WORDS)} for _ in range(draw.randint(1, 2))],
        }
        kept = [key for key in some if some[key] and draw.random() < (0.8 if key == "reunions" else 0.4)]
        if draw.random() < 0.3:
            draw.shuffle(kept)
        tree[name] = {key: some[key] for key in kept} or {"quorum": "3 membres"}
    writer.mapping(tree, "", 0)
    newline = draw.choice(("\n", "\n", "\r\n", "\r"))
    text = newline.join(writer.lines) + draw.choice((newline, newline, "", newline * 2))
    return draw.choice((b"", b"", b"\xef\xbb\xbf")) + text.encode()


def one_meeting(day: str, draw: random.Random) -> dict[str, object]:
    more = {"heure": "17 h", "titre": draw.choice(WORDS), "points": [{"titre": draw.choice(WORDS)}]}
    return {"date": day} | {key: more[key] for key in more if draw.random() < 0.3}


def entered(data: bytes | None, meeting: Meeting) -> Entered:
    held = {name: text.encode() for name, text in SMALL.items()} | ({} if data is None else {"reunions.yaml": data})
    files = PlanFiles("plan", held)
    return enter(meeting, Known(files, *check_files(files), check_files), "plan/reunions.yaml")[0]


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(60, 300))
@given(st.integers(0, 2**32))
def test_in_any_style_a_meeting_more_is_all_that_is_written(seed: int) -> None:
    draw = random.Random(seed)
    data = meetings(draw)
    meeting = Meeting(draw.choice(("ca", "aga")), draw.choice(DAYS) + timedelta(days=1), draw.choice((None, 19 * 60)))
    done = entered(data, meeting)
    assert not done.known
    added(data, done.new)
    before, after = basic(data), basic(done.new)
    was = (before.get(meeting.type) or {}).pop("reunions", [])
    now = after[meeting.type].pop("reunions")
    rank = next(rank for rank, one in enumerate(now) if one not in was)
    assert now[:rank] + now[rank + 1 :] == was
    days = [parse_date(one["date"].strip()).debut for one in was]  # type: ignore[union-attr]
    at = sum(day < meeting.day for day in days) if days == sorted(days) else len(days)
    usual = (before.get(meeting.type) or {}).get("heure", "").strip()
    in_figures = not days or any(one["date"].strip()[0:4] == "2021" for one in was)
    written = {"date": meeting.day.isoformat() if in_figures else in_words(meeting.day)}
    assert (rank, now[rank]) == (at, written | ({"heure": "19 h"} if meeting.heure and usual != "19 h" else {}))
    assert stripped({meeting.type: {}} | after) == stripped({meeting.type: {}} | before)
    again = entered(done.new, meeting)
    assert (again.known, again.hunks, again.new) == (True, (), done.new)


def alike(some: bytes, others: bytes) -> int:
    """How many bytes they begin with together."""
    return next((rank for rank, (one, other) in enumerate(zip(some, others, strict=False)) if one != other), len(some))


def added(old: bytes, new: bytes) -> None:
    """Every byte of the old file is in the new one, around what was put in one place of it, which ends lines alike."""
    assert alike(old, new) + alike(old[::-1], new[::-1]) >= len(old)
    assert set(re.findall(rb"\r\n|\r|\n", new)) <= (set(re.findall(rb"\r\n|\r|\n", old)) or {b"\n"})


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(60, 300))
@given(st.integers(0, 2**32))
def test_in_any_style_what_is_new_of_a_meeting_is_all_that_changes(seed: int) -> None:
    draw = random.Random(seed)
    data = meetings(draw)
    before = basic(data)
    known = [(name, rank, one) for name in before for rank, one in enumerate(before[name].get("reunions", []))]
    if not known:
        return
    name, rank, one = draw.choice(known)
    day = parse_date(one["date"].strip()).debut  # type: ignore[union-attr]
    done = entered(data, Meeting(name, day, 20 * 60, 45, replace=True))
    after = basic(done.new)
    assert stripped(after[name]["reunions"][rank]) == stripped(one) | {"heure": "20 h", "duree": "45 min"}
    after[name]["reunions"][rank] = one
    assert stripped(after) == stripped(before)
    if "heure" not in one:
        with pytest.raises(PivotError, match="est inscrite autrement"):
            entered(done.new, Meeting(name, day, 21 * 60))
