"""What staff propose waits until something is decided, and only then."""

from __future__ import annotations

from pace import table
from support import SMALL, load_texts

from pivot_cli.record.deciding import set_aside
from pivot_cli.record.recording import Typed
from pivot_cli.suivi.proposals import motif_of, pending, told_of

NB = "\N{NO-BREAK SPACE}"
ECHEANCE = "            echeance: Mars 2020\n"
MOVE = f"{{date: 10 mars 2020, propose: Juin 2021, note: 'Propose juin 2021{NB}: le poste est vacant'}}"
GIVE_UP = f"{{date: 10 mars 2020, propose: abandonnée, note: 'Propose d''abandonner{NB}: trop cher'}}"


def with_fields(fields: str) -> dict[str, str]:
    """The small plan, its first action having these fields after its échéance."""
    lines = "".join(f"            {line}\n" for line in fields.splitlines())
    return SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace(ECHEANCE, ECHEANCE + lines)}


@table(
    ("fields", "waits"),
    [
        (f"suivi: [{MOVE}]", "Juin 2021"),
        (f"suivi: [{GIVE_UP}]", "abandonnée"),
        (f"suivi: [{MOVE}, {GIVE_UP}]", "abandonnée"),  # the last one
        ("suivi: [{date: 10 mars 2020, note: Vu}]", ""),
        (f"statut: abandonnée\nmotif: Plus utile\nsuivi: [{MOVE}]", ""),
        (f"statut: en cours\nstatut_le: mars 2020\nsuivi: [{MOVE}]", "Juin 2021"),
        (f"statut: en cours\nstatut_le: 12 mars 2020\nsuivi: [{GIVE_UP}]", ""),
        (f"statut: en cours\nstatut_le: 9 mars 2020\nsuivi: [{GIVE_UP}]", "abandonnée"),
        (f"suivi: [{MOVE}, {{date: 12 mars 2020, note: 'Échéance maintenue{NB}: le CA y tient'}}]", ""),
        (f"suivi: [{GIVE_UP}, {{date: 12 mars 2020, note: 'Proposition écartée (abandonnée){NB}: on y tient'}}]", ""),
        (f"suivi: [{{date: 9 mars 2020, note: Proposition écartée}}, {MOVE}]", "Juin 2021"),  # of an earlier one
        (f"echeances_precedentes: [{{echeance: Mai 2019, decide_le: 10 mars 2020}}]\nsuivi: [{MOVE}]", ""),
        (f"echeances_precedentes: [{{echeance: Mai 2019, decide_le: 1er mars 2020}}]\nsuivi: [{MOVE}]", "Juin 2021"),
        (f"suivi: [{MOVE.replace('Juin 2021', 'mars 2020')}]", ""),  # what it has
    ],
)
def test_a_proposal_waits_until_it_is_decided(fields: str, waits: str) -> None:
    plan, findings = load_texts(with_fields(fields))
    assert [one for one in findings if one.code.startswith(("PIV1", "PIV3"))] == []
    note = pending(plan.places[0].action)
    assert (told_of(note) if note else "") == waits


def test_what_is_set_aside_waits_no_more() -> None:
    from editing.held import note as noted

    files = {name: text.encode() for name, text in with_fields(f"suivi:\n  - {GIVE_UP}").items()}
    plan, _ = load_texts({name: data.decode() for name, data in files.items()})
    answer = set_aside(plan, "1.adm.1.1", Typed(motif="on y tient", par="Léa"))
    assert answer.typed is not None
    made = noted(files, *answer.ids, note=answer.typed.note, par=answer.typed.par).actions[0].action
    assert pending(made) is None
    assert made.suivi[-1].note == f"Proposition écartée (abandonnée){NB}: on y tient"


def test_why_is_read_back_from_the_note() -> None:
    plan, _ = load_texts(with_fields(f"suivi: [{MOVE}, {{date: 2020-03-10, propose: Mai 2021, note: Voir Léa}}]"))
    assert [motif_of(note) for note in plan.places[0].action.suivi] == ["le poste est vacant", ""]


def test_a_proposal_that_cannot_be_read_is_a_fault_where_it_stands() -> None:
    _, findings = load_texts(with_fields("suivi: [{date: 2020-03-10, propose: bientôt, note: Vu}]"))
    (fault,) = (one for one in findings if one.code == "PIV301")
    assert "bientôt" in fault.message
    assert fault.location.line == 15
