"""A responsable more, a meeting told in full: in the lines of a careful person, and what was typed comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import SMALL

from editing.held import basic
from editing.test_meetings import added, entered
from pivot_cli.cli.edge import check_files
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Responsable
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.record.known import Known
from pivot_cli.record.meetings import Meeting
from pivot_cli.record.people import Enlisted, enlist
from pivot_cli.record.recording import plain_line
from pivot_cli.text import INVISIBLE

NB = "\N{NO-BREAK SPACE}"
LIST = """\
# Ceux du plan.
responsables:
  - code: DG   # depuis 2019
    nom: Direction générale

  - code: CA
    nom: Conseil d'administration
    alias: [C.A.]
  # Le reste viendra.
"""


def enlisted(text: str | bytes | None, nom: str, code: str = "", **more: Any) -> Enlisted:
    files = {name: one.encode() for name, one in SMALL.items() if name != "responsables.yaml"}
    if text is not None:
        files["responsables.yaml"] = text.encode() if isinstance(text, str) else text
    plan_files = PlanFiles("plan", files)
    known = Known(plan_files, *check_files(plan_files), check_files)
    return enlist(Responsable(code, nom, **more), known, "plan/responsables.yaml")


WRITTEN: list[tuple[str | None, dict[str, Any], str]] = [
    # the file (None: LIST), who comes, the lines that are added
    (None, {"nom": "Coordonnatrice"}, "  - code: Coordonnatrice|    nom: Coordonnatrice"),
    (
        None,
        {"nom": "Comité des finances", "alias": ("Finances", "CF"), "courriel": "cf@exemple.org"},
        "  - code: CF|    nom: Comité des finances|    alias: [Finances]|    courriel: cf@exemple.org",
    ),
    (None, {"nom": "Comité d'accueil"}, "  - code: CA2|    nom: Comité d'accueil"),
    (None, {"nom": "Agente: accueil", "code": "agente-acc"}, "  - code: agente-acc|    nom: 'Agente: accueil'"),
    (None, {"nom": "Équipe #2"}, "  - code: E2|    nom: 'Équipe #2'"),
    (LIST.replace("\n", "\r\n"), {"nom": "Équipe"}, "  - code: Equipe|    nom: Équipe"),
    ("\ufeff" + LIST, {"nom": "Équipe"}, "  - code: Equipe|    nom: Équipe"),
    ("responsables:\n- code: DG\n  nom: Direction\n- {code: CA, nom: Conseil}", {"nom": "X"}, "- {code: X, nom: X}"),
    ("responsables: [{code: DG, nom: Direction générale}, {code: CA, nom: Conseil}]\n", {"nom": "X"}, ""),
]


@table(("text", "who", "lines"), WRITTEN)
def test_a_responsable_more_is_all_that_is_written(text: str | None, who: dict[str, Any], lines: str) -> None:
    text = text or LIST
    done = enlisted(text, **who)
    assert [line for hunk in done.file.hunks for line in hunk.added] == lines.split("|") or not lines
    added(text.encode(), done.file.new)
    before, after = basic(text.encode()), basic(done.file.new)
    assert after["responsables"][:-1] == before["responsables"]
    found = done.plan.registre.find(who["nom"])
    assert found is not None
    assert (found.code, found.nom) == (done.who.code, who["nom"])


def test_where_there_is_no_list_it_is_begun() -> None:
    done = enlisted(None, "Direction générale")
    assert done.file.old is None
    assert done.file.new.decode().splitlines()[-3:] == ["responsables:", "  - code: DG", "    nom: Direction générale"]
    assert done.file.hunks[0].added == ("responsables:", "  - code: DG", "    nom: Direction générale")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"nom": "direction generale"}, "« direction generale » désigne déjà Direction générale (DG)."),
    ({"nom": "Conseil", "code": "c.a."}, "« c.a. » ne peut pas servir de code. De 1 à 20 lettres sans accent"),
    ({"nom": "Conseil", "alias": ("C.A.",)}, "« C.A. » désigne déjà Conseil d'administration (CA)."),
    ({"nom": "Conseil", "code": "DG"}, "« DG » désigne déjà Direction générale (DG)."),
    ({"nom": ""}, "le nom de ce responsable n'est pas dit."),
    ({"nom": "X", "courriel": "x"}, "« x » ne peut pas servir de courriel."),
]


@table(("who", "said"), REFUSED)
def test_who_cannot_be_added_is_answered(who: dict[str, Any], said: str) -> None:
    with pytest.raises(PivotError) as caught:
        enlisted(LIST, **who)
    assert said in f"{caught.value.message} {caught.value.remedy}".replace(NB, " ")
    assert caught.value.code is ExitCode.USAGE


def test_a_list_at_fault_is_left_as_it_is() -> None:
    with pytest.raises(PivotError, match="a une faute à corriger d'abord"):
        enlisted(LIST.replace("code: DG", "code: D G"), "Équipe")


TEXTS = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["#", "a: b", "- x", "oui", "~", "2019-12", "'", '"', "a #b", "🦆 fête", "[a", "{a: b}", "& x", "* x", "%", "a\nb"]
)


def line(text: str) -> str | None:
    """A text as the page takes it, None where a plan may not hold it."""
    try:
        return plain_line(text, "nom")
    except PivotError:
        return None


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(60, 800))
@given(TEXTS, TEXTS)
def test_what_is_typed_of_somebody_or_of_a_meeting_comes_back_as_it_was(one: str, other: str) -> None:
    nom, lieu = line(one), line(other)
    if nom is None or lieu is None:
        return
    nom = f"Comité {nom}"  # which names nobody yet
    if set(nom + lieu) & INVISIBLE.keys():
        with pytest.raises(PivotError, match="caractère invisible"):
            enlisted(LIST, nom, alias=(f"{lieu}2",))
        return
    who = enlisted(LIST, nom, alias=(f"{lieu}2",)).plan.registre.find(nom)
    assert who is not None
    assert (who.nom, who.alias) == (nom, (f"{lieu}2",))
    done = entered(None, Meeting("ca", date(2021, 4, 21), 19 * 60, lieu=lieu, titre=nom))
    assert basic(done.new)["ca"]["reunions"] == [{"date": "2021-04-21", "heure": "19 h", "lieu": lieu, "titre": nom}]


# --- a meeting that changes -------------------------------------------------------------------------------

MEETINGS = b"""\
ca:
  lieu: Le Pivot
  heure: 19 h
  reunions:
    - date: 2021-03-17   # au centre
      lieu: Salle 2
      dossiers: [1.adm.1]
    - date: 2021-05-19
aga:
  reunions:
    - date: juin 2021
"""
MEETING = date(2021, 3, 17)
CHANGED: list[tuple[Meeting, str]] = [
    # what is said of a meeting, the lines that change
    (
        Meeting("ca", MEETING, 18 * 60, lieu="En ligne: Zoom", replace=True),
        "+      heure: 18 h|-      lieu: Salle 2|+      lieu: 'En ligne: Zoom'",
    ),
    (
        Meeting("ca", date(2021, 3, 24), known_on=MEETING, replace=True),
        "-    - date: 2021-03-17   # au centre|+    - date: 2021-03-24   # au centre",
    ),
    (
        Meeting("ca", MEETING, without=frozenset({"lieu", "dossiers", "duree"})),
        "-      lieu: Salle 2|-      dossiers: [1.adm.1]",
    ),
    (
        Meeting("ca", MEETING, dossiers=("1.adm.1.2", "1.adm.1"), replace=True),
        "-      dossiers: [1.adm.1]|+      dossiers: [1.adm.1.2, 1.adm.1]",
    ),
    (Meeting("ca", MEETING, lieu="Le Pivot", replace=True), "-      lieu: Salle 2"),
    (
        Meeting("ca", date(2021, 5, 19), proces_verbal="pv/2021-05.pdf", lien="https://x"),
        "+      lien: https://x|+      proces_verbal: pv/2021-05.pdf",
    ),
    (
        Meeting("aga", date(2021, 6, 9), known_on=date(2021, 6, 1), titre="Vingt ans"),
        "-    - date: juin 2021|+    - date: 2021-06-09|+      titre: Vingt ans",
    ),
    (Meeting("ca", MEETING, lieu="Salle 2"), ""),
]


@table(("meeting", "lines"), CHANGED)
def test_what_is_new_of_a_meeting_is_all_that_changes(meeting: Meeting, lines: str) -> None:
    hunks = entered(MEETINGS, meeting).hunks
    shown = [
        f"{sign}{one}" for hunk in hunks for sign, some in (("-", hunk.removed), ("+", hunk.added)) for one in some
    ]
    assert "|".join(shown) == lines


MOVED: list[tuple[Meeting, str]] = [
    (Meeting("ca", date(2021, 5, 19), known_on=MEETING), "est déjà inscrite. Donnez un autre jour"),
    (Meeting("ca", date(2021, 5, 20), known_on=date(2021, 5, 1)), "le plan n'a plus de réunion le 1er mai 2021."),
    (Meeting("ca", MEETING, lieu="Ailleurs"), "est inscrite autrement (plan/reunions.yaml, ligne 6)"),
]


@table(("meeting", "said"), MOVED)
def test_a_meeting_that_cannot_move_there_stays(meeting: Meeting, said: str) -> None:
    with pytest.raises(PivotError) as caught:
        entered(MEETINGS, meeting)
    assert said in f"{caught.value.message} {caught.value.remedy}".replace(NB, " ")
