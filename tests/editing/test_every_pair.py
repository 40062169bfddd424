"""`pivot note` leaves a valid plan or refuses: for every recorded state of an action, and every option.

What is refused changes nothing; what is written has no fault that was not there before, of itself or as an edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Any

import pytest
from pace import few
from support import SMALL, load_bytes

from editing.held import action_in, basic, noted, small
from pivot_cli.checks.edition import Edition
from pivot_cli.checks.edits import check_edit
from pivot_cli.finding import ExitCode, Gravite, PivotError
from pivot_cli.plan.model import Statut

HEAD = SMALL["orientation-1.yaml"].partition("          - numero: 1\n")[0]
ECHEANCES = ("Mars 2020", "2019-2020", "Immédiat", "Annuel", "2 fois par année", "En continu", "À évaluer", "bientôt")
STATUTS = ("", *(statut.value for statut in Statut))
RECORDED = {
    "realisee_le": "mai 2019",
    "statut_le": "juin 2019",
    "motif": "Le bail n'est pas signé",
    "resolution": "CA-1",
    "resultat": "Cinq familles",
    "recurrence": "annuel",
    "realisations": "[mars 2019, mai 2019]",
    "porteur": "DG",
    "budget": "{prevu: 100, reel: 50}",
    "suivi": "[{date: 2019-05-12, par: Jeanne, note: Vu}, {date: 15 juin 2020, note: Reprise}]",
    "echeances_precedentes": "[{echeance: Juin 2019, motif: Vacance, decide_le: mai 2019}]",
}
ALONE = ("realisee_le", "statut_le", "motif", "recurrence", "realisations", "suivi", "echeances_precedentes")
SETS: tuple[tuple[str, ...], ...] = ((), *((key,) for key in ALONE), tuple(RECORDED))
OPTIONS: tuple[dict[str, str], ...] = (
    *({"statut": statut} for statut in STATUTS[1:]),
    {"le": "mai 2020"},
    {"le": "12 mai 2019"},
    {"note": "Reprise"},
    {"par": "Jeanne"},
    {"resultat": "Huit familles"},
    {"realisation": "mai 2019"},
    {"realisation": "juin 2020"},
    {"reporter": "Juin 2021"},
    {"reporter": "En continu"},
    {"reporter": "Annuel"},
    {"motif": "Le poste était vacant"},
    {"resolution": "CA-2"},
    {"porteur": "CA"},
    {"budget_prevu": "10"},
    {"budget_reel": "1000"},
)
WITH: tuple[dict[str, str], ...] = (
    {},
    {"note": "Reprise"},
    {"motif": "Le poste était vacant"},
    {"note": "Parce que", "motif": "Le poste était vacant"},
    {"note": "Parce que", "motif": "Le poste était vacant", "le": "mai 2020"},
    {"le": "juin 2020"},
)
TYPED = few(3, [one | more for one in OPTIONS for more in (WITH if "statut" in one else WITH[::4])])


def state(statut: str, echeance: str, keys: tuple[str, ...]) -> dict[str, bytes]:
    """A plan of one action, with what is recorded of it."""
    said = {"description": "D", "responsables": "[DG, CA]", "echeance": echeance}
    said |= {"statut": statut} if statut else {}
    said |= {key: RECORDED[key] for key in keys}
    lines = "".join(f"            {key}: {value}\n" for key, value in said.items())
    return small(f"{HEAD}          - numero: 1\n{lines}")


def faults(files: dict[str, bytes], was: dict[str, bytes] | None = None) -> Counter[str]:
    """The codes of the errors of a plan, and of what was changed in it: nothing of a former statut is left, either."""
    plan, findings = load_bytes(files)
    if was is not None:
        findings += check_edit(Edition(load_bytes(was)[0], plan))
    return Counter(one.code for one in findings if one.gravite is Gravite.ERREUR or one.code == "PIV508")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def tried(files: dict[str, bytes], options: dict[str, str]) -> dict[str, bytes] | PivotError:
    try:
        return noted(files, "1.adm.1.1", **options)
    except PivotError as error:
        return error


def judge(files: dict[str, bytes], before: Counter[str], options: dict[str, str]) -> bool:
    """Whether it was written; what is refused says what to do, and what is written adds no fault."""
    after = tried(files, options)
    if isinstance(after, PivotError):
        assert after.code in (ExitCode.FINDINGS, ExitCode.USAGE), (options, after.message, after.remedy)
        assert after.remedy, (options, after.message)
        assert "une fois cela écrit" not in after.message, "the answer says what to type instead"
        return False
    assert faults(after, files) - before == Counter(), (options, after["orientation-1.yaml"].decode())
    was, now = (action_in(basic(one["orientation-1.yaml"]), "1.adm.1.1") for one in (files, after))
    kept = "\n".join(texts(now))
    for key in ("realisee_le", "realisations", "suivi", "echeances_precedentes"):
        assert all(text in kept for text in texts(was.get(key, ""))), (options, kept)
    if "note" in options and options.get("statut", was.get("statut")) != was.get("statut", options.get("statut")):
        assert was.get("motif", "") in kept, (options, kept)
    return True


def every(states: Iterable[dict[str, bytes]], typed: Iterable[dict[str, str]]) -> Counter[bool]:
    """How many records were written, and refused, each option on each state."""
    options = tuple(typed)
    seen: Counter[bool] = Counter()
    for files in states:
        before = faults(files)
        seen.update(judge(files, before, one) for one in options)
    return seen


SHORT = ((), ("realisee_le",), ("statut_le",), tuple(RECORDED))


@pytest.mark.lent
def test_the_states_that_contradict_the_most() -> None:
    statuts = ("réalisée", "abandonnée", "reconduite", "en attente")
    seen = every((state(one, "Mars 2020", keys) for one, keys in product(statuts, SHORT)), TYPED)
    assert min(seen[True], seen[False]) > 50


@pytest.mark.lent
@pytest.mark.parametrize("statut", few(4, STATUTS))
def test_every_recorded_field_and_every_option(statut: str) -> None:
    seen = every((state(statut, "Mars 2020", keys) for keys in SETS), TYPED)
    assert min(seen[True], seen[False]) > 50


@pytest.mark.lent
@pytest.mark.parametrize("echeance", few(4, ECHEANCES[::-1]))
def test_every_kind_of_echeance_and_every_option(echeance: str) -> None:
    seen = every((state(statut, echeance, keys) for statut, keys in product(STATUTS, (SHORT[0], SHORT[-1]))), OPTIONS)
    assert (seen[True] > 50) == (echeance != "bientôt")


@pytest.mark.lent
def test_every_two_options() -> None:
    states = [state(statut, "Mars 2020", ("motif", "suivi")) for statut in ("", "en cours", "abandonnée")]
    done = [state("réalisée", "Mars 2020", keys) for keys in SHORT]
    every([*states, *done], (one | other for one, other in few(3, combinations(OPTIONS, 2))))
