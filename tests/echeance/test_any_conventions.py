"""Whatever stands under `conventions:` is read, or told at its place; whatever is then read is sound."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise

import pytest
from dateutil.rrule import rrulestr
from echeance.settings_drawn import FIELDS, VALUES
from echeance.test_echeance_properties import CALM, LONG_SENTENCES, RANGES, SENTENCES
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, few, one_in, table
from support import SMALL, load_texts

from pivot_cli.echeance import Conventions, Echeance, Refus, parse, parse_mois, parse_recurrence, windows
from pivot_cli.echeance.wording import recurrence_in_words
from pivot_cli.outputs.exports import actions_csv, export_object, status_object, to_json
from pivot_cli.screens.deadline import deadline_page
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.when import meaning_in_words, reading_in_words

HEAD = SMALL["organisme.yaml"] + "conventions:\n"
LINE = HEAD.count("\n") + 1
DAYS = [date(1900, 1, 1), date(2020, 2, 29), date(2024, 8, 15), date(2199, 12, 31)]


def with_conventions(text: str) -> dict[str, str]:
    return SMALL | {"organisme.yaml": HEAD + text}


@pytest.mark.parametrize(
    "values", [VALUES[::9], pytest.param(few(9, VALUES[1:]), marks=pytest.mark.lent)], ids=["some", "others"]
)
@pytest.mark.parametrize("field", one_in(3, FIELDS))
def test_each_value_of_a_convention_is_read_or_told_at_its_place(field: str, values: tuple[str, ...]) -> None:
    for value in values:
        plan, findings = load_texts(with_conventions(f"  {field}: {value}\n"))
        if not findings:
            continue
        assert {one.location.file for one in findings} == {"plan/organisme.yaml"}, value
        assert all(one.location.line >= LINE for one in findings), value
        (first, *_) = findings
        assert first.code in {"PIV004", "PIV005", "PIV008", "PIV102", "PIV104", "PIV105", "PIV106", "PIV306"}, value
        if first.code == "PIV106":
            assert (first.location.line, first.location.column) == (LINE, len(field) + 5), value
            assert f"« {field}: " in first.remedy.replace("\N{NO-BREAK SPACE}", " ") or "Valeurs" in first.remedy
            assert getattr(plan.organisme.conventions, field) == getattr(Conventions(), field)


UNREAD = [
    ("ete", "05/06/2021"), ("fin_annee", "2020-13-01"), ("printemps", "l'août"), ("automne", "2010-12"),
    ("debut_exercice", "13/2021"), ("mi_annee", "2021-2020"), ("debut_exercice", "2020-02-30"),
    ("ete", "juillet et décembre"), ("debut_annee", "x" * 100_000), ("court_terme", "05/06/2021"),
]  # fmt: skip


@table(("field", "value"), UNREAD)
def test_a_convention_that_cannot_be_read_is_one_fault_and_the_others_hold(field: str, value: str) -> None:
    plan, findings = load_texts(with_conventions(f"  hiver: décembre\n  {field}: {value}\n"))
    assert [(one.code, one.location.line, one.location.column) for one in findings] == [
        ("PIV106", LINE + 1, len(field) + 5)
    ]
    assert plan.organisme.conventions == Conventions(hiver="décembre")


SEASONS = ["août", "juillet à août", "juin à août", "janvier à décembre", "janvier", "décembre", "mars à décembre"]
PARTS = ["{} 2024", "début {} 2024", "mi-{} 2024", "fin {} 2024", "début à mi-{0} 2024", "mi à fin {} 2024"]


@table("months", SEASONS)
@table("season", ["printemps", "été", "automne"])
def test_a_season_of_any_length_has_its_three_parts_in_order(season: str, months: str) -> None:
    conventions = Conventions()._replace(**{season.replace("é", "e"): parse_mois(months)})  # type: ignore[arg-type]
    whole, *parts = [parse(part.format(season), conventions) for part in PARTS]
    assert isinstance(whole, Echeance)
    assert whole.debut is not None
    assert whole.fin is not None
    for part in parts:
        assert isinstance(part, Echeance)
        assert part.debut is not None
        assert part.fin is not None
        assert whole.debut <= part.debut <= part.fin <= whole.fin
    starts = [str(part.debut) for part in parts[:3] if isinstance(part, Echeance)]
    assert starts == sorted(starts)


READINGS = [
    ("mi-été 2024", {"ete": (8, 8)}, "2024-08-11/2024-08-20"),
    ("début été 2024", {"ete": (8, 8)}, "2024-08-01/2024-08-10"),
    ("fin été 2024", {"ete": (8, 8)}, "2024-08-21/2024-08-31"),
    ("mi-été 2024", {"ete": (7, 8)}, "2024-07-16/2024-08-15"),
    ("fin été 2024", {"ete": (7, 8)}, "2024-08-01/2024-08-31"),
    ("mi-été 2024", {"ete": (1, 12)}, "2024-02-01/2024-11-30"),
    ("mi-mars 2021", {"debut_mois": 27}, "2021-03-20/2021-03-20"),
    ("fin février 2021", {"mi_mois": 28}, "2021-02-28/2021-02-28"),
    ("fin mars 2021", {"mi_mois": 28}, "2021-03-29/2021-03-31"),
]


@table(("texte", "values", "edtf"), READINGS)
def test_parts_under_unusual_conventions(texte: str, values: dict[str, object], edtf: str) -> None:
    found = parse(texte, Conventions()._replace(**values))  # type: ignore[arg-type]
    assert isinstance(found, Echeance)
    assert found.edtf == edtf


def test_a_season_of_one_month_is_said_as_such() -> None:
    found = parse("mi-été 2024", Conventions(ete=(8, 8)))
    assert isinstance(found, Echeance)
    assert (
        found.raisons[0].replace("\N{NO-BREAK SPACE}", " ") == "Saison (convention « ete ») : été 2024 est août 2024."
    )


# --- conventions and wordings together ------------------------------------------------------------------------

LINES = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), max_size=5)
PERIODS = st.sampled_from(
    ["", "periode: {debut: 2019, fin: 2021}\n", "periode: {debut: 1900-01-01, fin: 2199-12-31}\n", "adopte_le: 2199\n"]
)
MONTH = st.integers(1, 12)
SPANS = st.tuples(MONTH, MONTH).map(lambda two: (min(two), max(two)))
SOUND = st.fixed_dictionaries(
    {
        **dict.fromkeys(("printemps", "ete", "automne", "debut_annee", "mi_annee", "fin_annee"), SPANS),
        "hiver": st.sampled_from(("janvier", "décembre")),
        "annees_jumelees": st.sampled_from(("civiles", "exercice")),
        "trimestres": st.sampled_from(("civils", "exercice")),
        "debut_exercice": st.sampled_from((None, (1, 31), (2, 28), (4, 1), (12, 31))),
        "debut_mois": st.integers(1, 27),
        "mi_mois": st.integers(2, 28),
        "periode_debut": st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "periode_fin": st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "court_terme": st.sampled_from((None, "1 an", "2021", "fin été 2021", "dès 2020", "50 ans")),
        "mi_parcours": st.sampled_from((None, "mi-été 2021", "1 à 3 ans", "fin du plan")),
    }
).map(lambda values: Conventions()._replace(**values))  # type: ignore[arg-type]
NAMED = st.sampled_from(
    ("janvier", "mars", "juin", "juillet", "décembre", "l'hiver", "le printemps", "l'été", "l'automne", "T1", "S2",
     "le 29 février", "le 31 mai", "le premier lundi de mars")
)  # fmt: skip
PART = st.sampled_from(("", "début ", "mi-", "fin "))
SOME = st.builds("{}{}".format, PART, NAMED)
JOINED = st.lists(SOME, min_size=1, max_size=3).flatmap(
    lambda some: st.sampled_from((" à ", " - ", " et ", " ou ", " jusqu'à ", ", ")).map(lambda join: join.join(some))
)
RHYTHM = st.sampled_from(
    ("chaque année", "annuel", "mensuel", "aux 2 semaines", "chaque trimestre", "un an sur deux", "3 fois par année",
     "aux 5 mois", "hebdomadaire", "2 fois par mois", "chaque exercice", "quotidien")
)  # fmt: skip
LIMIT = st.sampled_from(("", "", " jusqu'en 2028", " dès 2019", " de 2019 à 2031", " à partir de mi-été 2020"))
RHYTHMS = st.builds("{}, {}{}".format, RHYTHM, JOINED, LIMIT) | st.builds("{}, {}{}".format, JOINED, RHYTHM, LIMIT)
YEARS = st.sampled_from(("1900", "2020", "2024", "2199", "2020-2021", "2019-2023", "An 2", "exercice 2020-2021"))
DATED = st.builds("{} {}".format, JOINED, YEARS) | st.builds("{} {} {}".format, PART, SOME, YEARS)
TERMS = st.sampled_from(("court terme", "mi-parcours", "fin du plan", "d'ici 3 ans", "An 50", "début court terme"))
WORDINGS = st.text(max_size=220) | SENTENCES | LONG_SENTENCES | RANGES | RHYTHMS | DATED | TERMS


def sound(texte: str, conventions: Conventions) -> None:
    """What holds of any wording under any conventions."""
    parse_recurrence(texte, conventions)
    found = parse(texte, conventions)
    for day in DAYS:
        assert deadline_page(found, day, 80, conventions).render(colour=False)
    if isinstance(found, Refus):
        assert found.message
        assert found.remede
        assert 0 <= found.debut_mot <= found.fin_mot <= len(texte)
        return
    if found.debut is not None and found.fin is not None:
        assert found.debut <= found.fin
    assert meaning_in_words(found, conventions)
    reading_in_words(found, conventions)
    if found.recurrence is not None:
        sound_rule(found.recurrence, found.fois, conventions)


def sound_rule(rule: str, fois: int | None, conventions: Conventions) -> None:
    """An RRULE that others read too, of which each part has a value; windows that follow one another."""
    assert re.fullmatch(r"[A-Z]+=[^=;,]+(?:,[^=;,]+)*(?:;[A-Z]+=[^=;,]+(?:,[^=;,]+)*)*", rule), rule
    rrulestr(f"DTSTART:20200101T000000\nRRULE:{rule}")  # raises for what is no rule
    for part in rule.split(";"):
        values = part.partition("=")[2].split(",")
        assert len(set(values)) == len(values), rule
    assert fois is None or fois > 1
    assert recurrence_in_words(rule, fois, conventions)
    for start, end in ((date(1900, 1, 1), date(1903, 1, 1)), (date(2020, 2, 29), date(2030, 1, 1))):
        found = windows(rule, start, end, conventions)
        assert all(window.debut <= window.fin for window in found), rule
        assert all(one.fin < other.debut for one, other in pairwise(found)), rule


@pytest.mark.lent
@settings(CALM, max_examples=examples(150, 1000))
@given(WORDINGS, SOUND)
def test_any_wording_under_any_conventions_is_read_soundly_or_refused(texte: str, conventions: Conventions) -> None:
    sound(texte, conventions)


@pytest.mark.lent
@settings(CALM, max_examples=examples(60, 150))
@given(LINES, PERIODS, st.lists(WORDINGS, max_size=4), st.sampled_from(DAYS))
def test_a_plan_under_any_conventions_is_followed_and_exported(
    lines: dict[str, str], period: str, wordings: list[str], day: date
) -> None:
    written = "".join(f"  {name}: {value}\n" for name, value in lines.items())
    actions = "".join(
        f"          - {{numero: {n}, description: x, {key}: {json.dumps(texte, ensure_ascii=False)}}}\n"
        for n, (texte, key) in enumerate(zip(wordings, ("echeance", "recurrence") * 2, strict=False), 3)
    )
    files = with_conventions(written or "  {}\n") | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + actions}
    files["organisme.yaml"] += period
    plan, _ = load_texts(files)
    conventions = plan.organisme.conventions
    for texte in wordings:
        sound(texte, conventions)
    seen = portrait(plan, day)
    assert {one.action.numero for one in seen.situations} <= set(range(1, len(wordings) + 3))
    assert json.loads(to_json(export_object(seen)))
    assert json.loads(to_json(status_object(seen)))
    assert actions_csv(seen.situations, plan)
