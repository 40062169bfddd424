"""A change touches its own lines and nothing else, in whatever style a file is written; or it is refused."""

from __future__ import annotations

import copy
import random
import re
from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples
from support import SHIPPED, load_bytes

from editing.held import TODAY, action_in, basic, held, note, noted, small
from editing.styles import DATES, WORDS, orientation
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.record.filing import Held, file_record, file_undoing
from pivot_cli.record.recording import Typed
from pivot_cli.text import fold

NB = "\N{NO-BREAK SPACE}"
SETTINGS = settings(derandomize=True, deadline=None, max_examples=examples(10, 100))

# One thing recorded, and what another reader must then find in the action.
RECORDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"statut": "réalisée", "le": "mai 2019"}, {"statut": "réalisée", "realisee_le": "mai 2019"}),
    ({"statut": "en cours"}, {"statut": "en cours"}),
    ({"statut": "en attente", "motif": "Le bail: à signer"}, {"statut": "en attente", "motif": "Le bail: à signer"}),
    ({"note": "Vu l'équipe #2", "le": "2020"}, {"suivi": [{"date": "2020", "note": "Vu l'équipe #2"}]}),
    (
        {"note": "- tiret", "par": "Jeanne, DG", "le": "1er mai 2019"},
        {"suivi": [{"date": "1er mai 2019", "par": "Jeanne, DG", "note": "- tiret"}]},
    ),
    ({"resultat": "Huit: « oui », {deux} [et] l'autre"}, {"resultat": "Huit: « oui », {deux} [et] l'autre"}),
    ({"realisation": "3 mars 2020"}, {"realisations": ["3 mars 2020"]}),
    ({"budget_prevu": "12 000 $"}, {"budget": {"prevu": "12000"}}),
    ({"budget_prevu": "7", "budget_reel": "7,25"}, {"budget": {"prevu": "7", "reel": "7.25"}}),
    ({"porteur": "dg"}, {"porteur": "…"}),
    ({"resolution": "CA-2020: 3"}, {"resolution": "CA-2020: 3"}),
    ({"decision": "Choisir: A, ou B"}, {"decision": "Choisir: A, ou B"}),
    (
        {"reporter": "Juin 2021", "motif": "Vacance", "le": "2020", "resolution": "CA-3"},
        {"echeance": "Juin 2021", "echeances_precedentes": [{"motif": "Vacance", "decide_le": "2020"}]},
    ),
]


CLOSED = {fold(statut) for statut in Statut if statut.closed}


def expected(before: dict[str, Any], change: dict[str, Any], echeance: str) -> dict[str, Any]:
    """The action as another reader must find it."""
    after = copy.deepcopy(before)
    for key, value in change.items():
        if key == "porteur":
            after[key] = next(name for name in before["responsables"] if name in {"DG", "Directrice générale"})
        elif key == "echeances_precedentes":
            entry = {"echeance": echeance, **value[0], "resolution": "CA-3"}
            after[key] = [*after.get(key, []), entry]
        elif isinstance(value, list):
            after[key] = [*after.get(key, []), *value]
        elif isinstance(value, dict):
            after[key] = after.get(key, {}) | value
        else:
            after[key] = value
    if {"statut", "motif"} & change.keys() == {"statut"} and before.get("statut", change["statut"]) != change["statut"]:
        after.pop("motif", None)  # it was that of the statut before
    if "resolution" in change and fold(after.get("statut", "")) not in CLOSED:
        after.pop("decision", None)  # it is taken
    return after


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: stripped(one) for key, one in value.items()}
    return [stripped(one) for one in value] if isinstance(value, list) else value.strip()


def lines_of(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data)


def only_its_lines(old: bytes, new: bytes, span: tuple[int, int]) -> None:
    """Every line outside the action is there to the byte, and hardly one of its own is replaced."""
    before, after = lines_of(old), lines_of(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    last = span[1]
    while last < len(before) and not before[last].strip():  # the blank lines of a text that keeps them
        last += 1
    for tag, first, end, _, _ in matcher.get_opcodes():
        assert tag == "equal" or (span[0] <= first + 1 and end <= last), (tag, first, end, span)
    assert len(before) - sum(block.size for block in matcher.get_matching_blocks()) <= 4


def one_change(held_plan: Held, data: bytes, rank: int, options: dict[str, Any], change: dict[str, Any]) -> None:
    """Make one change and check it."""
    place = held_plan.plan.places[rank]
    tree = basic(data)
    before = action_in(tree, place.id)
    try:
        filed = file_record(Typed(**options), [place.id], held_plan, TODAY)
    except PivotError as refused:
        if refused.code is ExitCode.USAGE:  # the action contradicts the record (done already, not recurrent…)
            return
        raise
    if not filed.files:
        return
    new = filed.files[0].new
    after = basic(new)
    found = action_in(after, place.id)
    assert stripped(found) | {"_": 0} == stripped(expected(before, change, place.action.echeance.texte)) | {"_": 0}
    found.clear()
    action_in(tree, place.id).clear()
    assert after == tree
    at = place.action.origin.at()
    only_its_lines(data, new, (at.line, at.end_line))
    assert new.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
    assert new.endswith((b"\n", b"\r")) == data.endswith((b"\n", b"\r"))
    assert re.findall(rb"\r\n|\r|\n", new)[0] == re.findall(rb"\r\n|\r|\n", data)[0]
    assert len(set(re.findall(rb"\r\n|\r|\n", new))) == 1


@pytest.mark.lent
@SETTINGS
@given(st.integers(0, 2**32))
def test_any_change_to_a_file_in_any_style_touches_its_own_lines_only(seed: int) -> None:
    """250 files, some 6,000 edits, none of them refused for the way the file is written."""
    draw = random.Random(seed)
    data = orientation(draw)
    plan = held(small(data))
    assert [finding.message for finding in plan.findings if finding.gravite == "erreur"] == []
    for rank in range(len(plan.plan.places)):
        for options, change in RECORDS:
            one_change(plan, data, rank, options, change)


@pytest.mark.lent
@settings(SETTINGS, max_examples=examples(10, 60))
@given(st.integers(0, 2**32))
def test_change_after_change_the_plan_says_all_of_them(seed: int) -> None:
    draw = random.Random(seed)
    files = small(orientation(draw))
    notes = []
    for number in range(6):
        text = f"{draw.choice(WORDS)} {number}"
        files = noted(files, "1.adm.1.1", note=text, le=draw.choice(DATES))
        notes.append(text)
    found = action_in(basic(files["orientation-1.yaml"]), "1.adm.1.1")
    assert [one["note"] for one in found["suivi"]][-6:] == notes


SHIPPED_FILES = {path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.yaml"))}


@pytest.mark.lent
def test_every_action_of_the_adopted_plan_can_be_recorded_in_the_lines_of_a_careful_person() -> None:
    plan = held(SHIPPED_FILES)
    assert len(plan.plan.places) == 93
    again = 0
    for place in plan.plan.places:
        options: dict[str, Any] = {"statut": "réalisée", "le": "mai 2019"}
        try:
            filed = file_record(Typed(**options), [place.id], plan, TODAY)
        except PivotError:
            options = {"realisation": "mai 2019"}
            filed = file_record(Typed(**options), [place.id], plan, TODAY)
            again += 1
        (file,) = filed.files
        lines = ["realisations: [mai 2019]"] if len(options) == 1 else ["statut: réalisée", "realisee_le: mai 2019"]
        (hunk,) = file.hunks
        assert (hunk.removed, hunk.added) == ((), tuple(" " * 12 + line for line in lines))
        assert "echeance: " in hunk.before
        assert set(lines_of(file.old or b"")) <= set(lines_of(file.new))
    assert again == 8  # one that recurs, and seven that go on


@pytest.mark.lent
def test_all_the_actions_of_the_adopted_plan_at_once() -> None:
    ids = [place.id for place in load_bytes(SHIPPED_FILES)[0].places]
    after = noted(SHIPPED_FILES, *ids, note="Vue avec la DG", par="Jeanne", le="mai 2020")
    plan, findings = load_bytes(after)
    assert all(place.action.suivi[0].note == "Vue avec la DG" for place in plan.places)
    assert [finding for finding in findings if finding.gravite == "erreur"] == []
    added = sum(len(after[name].splitlines()) - len(SHIPPED_FILES[name].splitlines()) for name in after)
    assert added == 93 * 4


HEAD = "numero: 1\nenjeu: 1\ntitre: T\nvolets:\n- code: adm\n  nom: N\n  objectifs:\n  - numero: 1\n    titre: T\n"


def one_action(text: str) -> dict[str, bytes]:
    return small(f"{HEAD}{text}")


ODD = [
    # name, the actions, what is recorded, the actions then
    (
        "liste sans retrait",
        "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n",
        {"note": "Vu", "le": "2020"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
            "      suivi:\n      - date: 2020\n        note: Vu\n"
        ),
    ),
    (
        "sur une ligne",
        "    actions: [{numero: 1, description: D, responsables: [DG], echeance: Mars 2020}]\n",
        {"statut": "réalisée", "le": "mai 2020", "note": "a, b"},
        (
            "    actions: [{numero: 1, description: D, responsables: [DG], echeance: Mars 2020, statut: réalisée, "
            "realisee_le: mai 2020, suivi: [{date: mai 2020, note: 'a, b'}]}]\n"
        ),
    ),
    (
        "sans fin de ligne",
        "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020",
        {"statut": "en cours"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
            "      statut: en cours"
        ),
    ),
    (
        "sous une liste vide",
        "    actions:\n    - numero: 1\n      description: D\n      echeance: 2020\n      responsables: [ ]\n",
        {"statut": "en cours"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      echeance: 2020\n      responsables: [ ]\n"
            "      statut: en cours\n"
        ),
    ),
    (
        "commentaires",
        (
            "    actions:\n    - numero: 1 # un\n      # avant\n      description: D\n      responsables: [DG]\n"
            "      echeance: 2020   # selon le CA\n      # après\n\n"
        ),
        {"reporter": "2021", "motif": "M", "le": "2020"},
        (
            "    actions:\n    - numero: 1 # un\n      # avant\n      description: D\n      responsables: [DG]\n"
            "      echeance: 2021   # selon le CA\n      echeances_precedentes:\n      - echeance: 2020\n"
            "        motif: M\n        decide_le: 2020\n      # après\n\n"
        ),
    ),
    (
        "guillemets gardés",
        (
            '    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: "2020"\n'
            "      resultat: 'L''an'\n"
        ),
        {"resultat": "L'été", "reporter": "2021", "motif": "M", "le": "2020"},
        (
            '    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: "2021"\n'
            "      resultat: 'L''été'\n      echeances_precedentes:\n      - echeance: 2020\n        motif: M\n"
            "        decide_le: 2020\n"
        ),
    ),
    (
        "texte en bloc",
        (
            "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
            "      resultat: >-  # public\n          Un\n          deux\n\n\n      liens: [a]\n"
        ),
        {"resultat": "Trois", "statut": "en cours"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
            "      statut: en cours\n      resultat: >-  # public\n          Trois\n\n\n      liens: [a]\n"
        ),
    ),
    (
        "texte qui garde ses lignes vides",
        (
            "    actions:\n    - numero: 1\n      description: |+\n        D\n\n\n      responsables: [DG]\n"
            "      echeance: |+\n        2020\n\n\n"
        ),
        {"statut": "en cours"},
        (
            "    actions:\n    - numero: 1\n      description: |+\n        D\n\n\n      responsables: [DG]\n"
            "      echeance: |+\n        2020\n\n\n      statut: en cours\n"
        ),
    ),
    (
        "réouverte",
        (
            "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
            "      realisee_le: 2019\n      statut: réalisée\n"
        ),
        {"statut": "en cours", "note": "À reprendre", "le": "2020"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
            "      statut: en cours\n      statut_le: 2020\n      suivi:\n"
            "      - date: 2020\n        note: À reprendre (était réalisée, 2019)\n"
        ),
    ),
    (
        "réouverte, sur une ligne",
        (
            "    actions: [{numero: 1, description: D, responsables: [DG], echeance: 2020, statut: réalisée, "
            "realisee_le: 2019}]\n"
        ),
        {"statut": "en cours", "note": "Oui", "le": "2020"},
        (
            "    actions: [{numero: 1, description: D, responsables: [DG], echeance: 2020, statut: en cours, "
            "statut_le: 2020, suivi: [{date: 2020, note: 'Oui (était réalisée, 2019)'}]}]\n"
        ),
    ),
    (
        "un montant de moins",
        (
            "    actions:\n    - numero: 1\n      description: D\n      budget:\n        prevu: 5  # voté\n"
            "        reel: 4\n        precision: 3 ETP\n"
        ),
        {"corriger": "Faux", "budget_prevu": "aucun", "budget_reel": "aucun"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      budget:\n        # voté\n"
            "        precision: 3 ETP\n      suivi:\n      - date: 15 juin 2020\n"
            "        note: 'Correction~: Faux (budget~: prévu 5~$, réel 4~$, 3 ETP → 3 ETP)'\n"
        ),
    ),
    (
        "deux montants de moins, sur une ligne",
        "    actions: [{numero: 1, description: D, budget: {prevu: 5, reel: 4, source: CA}}]\n",
        {"corriger": "Faux", "budget_prevu": "aucun", "budget_reel": "aucun"},
        (
            "    actions: [{numero: 1, description: D, budget: {source: CA}, suivi: [{date: 15 juin 2020, "
            "note: 'Correction~: Faux (budget~: prévu 5~$, réel 4~$, source~: CA → source~: CA)'}]}]\n"
        ),
    ),
    (
        "la seule note de moins",
        (
            "    actions:\n    - numero: 1\n      description: D\n      suivi:\n      -  par: DG\n"
            "         date: 2020  # le 3?\n         note: |\n           Vu\n      liens: [a]\n"
        ),
        {"corriger": "Faux", "note": "aucune"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      suivi:\n      -  date: 15 juin 2020  # le 3?\n"
            "         note: |\n           Correction~: Faux (note~: Vu → rien)\n      liens: [a]\n"
        ),
    ),
    (
        "la seule note de moins, sur une ligne",
        "    actions: [{numero: 1, description: D, suivi: [{date: 2020, note: Vu, par: DG}]}]\n",
        {"corriger": "Faux", "note": "aucune"},
        (
            "    actions: [{numero: 1, description: D, suivi: [{date: 15 juin 2020, "
            "note: 'Correction~: Faux (note~: Vu → rien)'}]}]\n"
        ),
    ),
]


@pytest.mark.parametrize(("before", "options", "after"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_odd_styles(before: str, options: dict[str, Any], after: str, newline: str) -> None:
    files = {name: data.replace(b"\n", newline.encode()) for name, data in one_action(before).items()}
    assert noted(files, "1.adm.1.1", **options)["orientation-1.yaml"].decode() == (HEAD + after).replace(
        "~", NB
    ).replace("\n", newline)


ITEMS = "    actions:\n    - numero: 1\n      description: D\n      echeance: Annuel\n      realisations:\n"
NOTED = "      suivi:\n      - date: 15 juin 2020\n        note: 'Correction~: Faux (réalisation~: {} → rien)'\n"
ODD += [
    (
        "un élément de moins, à côté d'une remarque",
        f"{ITEMS}      - mai 2019   # c11\n      - novembre 2019   # c12\n",
        {"corriger": "Faux", "realisation": "aucune", "au_lieu_de": "novembre 2019"},
        f"{ITEMS}      - mai 2019   # c11\n      # c12\n{NOTED.format('novembre 2019')}",
    ),
    (
        "le premier de moins, à côté d'une remarque",
        f"{ITEMS}      - mai 2019   # c11\n      - novembre 2019   # c12\n",
        {"corriger": "Faux", "realisation": "aucune", "au_lieu_de": "mai 2019"},
        f"{ITEMS}      # c11\n      - novembre 2019   # c12\n{NOTED.format('mai 2019')}",
    ),
    (
        "une note de moins, à côté d'une remarque",
        (
            "    actions:\n    - numero: 1\n      description: D\n      suivi:\n        - date: 2019\n"
            "          note: |\n            Vu\n        - {date: 2020, note: Lu}  # c1\n"
        ),
        {"corriger": "Faux", "note": "aucune", "au_lieu_de": "Lu"},
        (
            "    actions:\n    - numero: 1\n      description: D\n      suivi:\n        - date: 2019\n"
            "          note: |\n            Vu\n        # c1\n        - date: 15 juin 2020\n"
            "          note: 'Correction~: Faux (note~: Lu → rien)'\n"
        ),
    ),
]

WAITING = (
    "    actions:\n    - numero: 1\n      description: D\n      echeance: 2020\n      statut: en attente   # c5\n"
    "      statut_le: 2020-02-03   # c6\n      motif: Le bail   # c7\n"
)
KEPT = (
    "    actions:\n    - numero: 1\n      description: D\n      echeance: En continu\n      suivi:\n"
    "      - date: 2020-02-03\n        note: |+\n          Vu\n"
)
NEXT = "    - numero: 2\n      description: E\n"
UNDONE: list[tuple[str, str, list[dict[str, Any]]]] = [
    # name, the actions, what is recorded and then undone
    ("remarques à côté de ce qui s'en va", WAITING, [{"statut": "en cours"}]),
    ("suivies d'une autre action", WAITING + NEXT, [{"statut": "en cours"}, {"note": "Vu"}]),
    ("suivies d'une remarque", f"{WAITING}      # à revoir\n\n{NEXT}", [{"statut": "en cours"}]),
    (
        "la dernière réalisation",
        f"{KEPT}      realisations: [2019]   # c8\n",
        [{"corriger": "X", "realisation": "aucune"}],
    ),
    ("lignes vides d'un texte", f"{KEPT}\n\n{NEXT}", [{"note": "Encore"}, {"realisation": "mai 2020"}]),
    ("lignes vides d'un texte, à la fin", f"{KEPT}\n", [{"note": "Encore"}]),
    ("lignes vides et remarque", f"{KEPT}\n    # suite\n{NEXT}", [{"note": "Encore"}]),
]


@pytest.mark.parametrize(("before", "records"), [row[1:] for row in UNDONE], ids=[row[0] for row in UNDONE])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_was_recorded_is_undone_to_the_byte(before: str, records: list[dict[str, Any]], newline: str) -> None:
    files = {name: data.replace(b"\n", newline.encode()) for name, data in one_action(before).items()}
    after = files
    for options in records:
        after = noted(after, "1.adm.1.1", **options)
    assert after != files
    undone = file_undoing(["1.adm.1.1"], held(after), held(files).files)
    assert after | {file.name: file.new for file in undone.files} == files


def test_a_remark_that_somebody_wrote_since_under_an_action_is_not_undone() -> None:
    files = one_action(f"{WAITING}{NEXT}")
    after = noted(files, "1.adm.1.1", statut="en cours")
    text = after["orientation-1.yaml"].replace(b"      # c6", b"      # vu\n      # c6")
    undone = file_undoing(["1.adm.1.1"], held(after | {"orientation-1.yaml": text}), held(files).files)
    assert b"      # vu\n" in undone.files[0].new


REFUSED = [
    # what cannot be changed without a doubt is left, and the lines to write are given
    (
        "clés annoncées",
        (
            "    actions:\n    - ? numero\n      : 1\n      ? description\n      : D\n"
            "      ? responsables\n      : [DG]\n      ? echeance\n      : 2020\n"
        ),
        {"statut": "en cours"},
        "statut: en cours",
    ),
    (
        "un montant de moins, dans un groupe sur plusieurs lignes",
        ("    actions:\n    - numero: 1\n      description: D\n      budget: {prevu: 5, # voté\n        reel: 4}\n"),
        {"corriger": "Faux", "budget_prevu": "aucun"},
        "    (la ligne « prevu » à retirer)",
    ),
    (
        "une note de moins, et une remarque dedans",
        (
            "    actions:\n    - numero: 1\n      description: D\n      suivi:\n      - date: 2019  # c1\n"
            "        note: Vu\n      - date: 2020\n        note: Lu\n"
        ),
        {"corriger": "Faux", "note": "aucune", "au_lieu_de": "Vu"},
        "  (l'élément 1 de « suivi » (2019 : Vu), à retirer)",
    ),
    (
        "la seule réalisation de moins, sous une remarque",
        ITEMS.replace("realisations:", "realisations:  # c0") + "      - novembre 2019\n",
        {"corriger": "Faux", "realisation": "aucune"},
        "  (l'élément 1 de « realisations » (novembre 2019), à retirer)",
    ),
]


def test_a_remark_beside_a_field_that_goes_away_stays_alone_on_its_line() -> None:
    before = (
        "    actions:\n    - numero: 1\n      description: D\n      responsables: [DG]\n      echeance: 2020\n"
        "      statut: réalisée\n      realisee_le: 2019 # selon Jeanne\n"
    )
    filed = file_record(Typed(statut="en cours", note="Oui", le="2020"), ["1.adm.1.1"], held(one_action(before)), TODAY)
    text = filed.files[0].new.decode()
    assert "\n      # selon Jeanne\n" in text
    assert "realisee_le" not in text


@pytest.mark.parametrize(("before", "options", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_says_what_to_write_by_hand(before: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(PivotError) as caught:
        note(one_action(before), "1.adm.1.1", **options)
    assert caught.value.code is ExitCode.UNREADABLE
    assert "n'a pas été touché" in caught.value.message
    assert "À la main, dans l'action 1.adm.1.1 (ligne 11)" in caught.value.remedy
    assert said.replace(NB, " ") in caught.value.remedy.replace(NB, " ")
