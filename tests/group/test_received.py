"""What a federation may be sent: read, or told in words that can be sent back; nothing stops, nobody is misjudged."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import SMALL, load_texts, pivot, write_plan

from group.members import AU, HERE
from pivot_cli.outputs.exports import export_object, shared, to_json
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.exported import Envoi, NotReadError, from_export
from pivot_cli.suivi.group import FRESH, Membre, Recu, Regroupement, gathered, received
from pivot_cli.text import fold

DAY = date.fromisoformat(AU)
GOOD = (HERE / "envois" / "amis-du-quai.json").read_bytes()


def changed(*path: str | int, to: Any) -> bytes:
    """The export of the Amis du quai, with something else in one place."""
    made = json.loads(GOOD)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return json.dumps(made).encode()


def without(*path: str | int) -> bytes:
    made = json.loads(GOOD)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return json.dumps(made).encode()


BROKEN = "le fichier est coupé, ou n'est pas un export de pivot"
OTHER = "ce n'est pas un export de pivot"
FORM = "sa 1re action n'a pas la forme attendue"
TWICE = "une même clé y est écrite deux fois"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "le fichier est vide"),
    "white space": (b" \n\t\r\n", "le fichier est vide"),
    "text": (b"Bonjour, voici notre plan.", BROKEN),
    "a csv": (b"id,orientation\n1.1,1\n", BROKEN),
    "a page": (b"<!DOCTYPE html><title>x</title>", BROKEN),
    "a zip": (b"PK\x03\x04\x14\x00\x06\x00", BROKEN),
    "cut": (GOOD[:3000], BROKEN),
    "two": (GOOD + GOOD, BROKEN),
    "latin": (GOOD.decode().encode("latin-1", "replace"), BROKEN),
    "zeros": (b"\0" * 5000, BROKEN),
    "deep lists": (b"[" * 200_000, OTHER),
    "deep objects": (b'{"a":' * 100_000, OTHER),
    "deep inside": (GOOD.rstrip()[:-1] + b', "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", OTHER),
    "digits": (GOOD.rstrip()[:-1] + b', "x": ' + b"9" * 6000 + b"}", BROKEN),
    "not a number": (GOOD.rstrip()[:-1] + b', "x": NaN}', BROKEN),
    "infinite": (GOOD.rstrip()[:-1] + b', "x": -Infinity}', BROKEN),
    "a list": (b"[]", OTHER),
    "a number": (b"7", OTHER),
    "null": (b"null", OTHER),
    "an empty object": (b"{}", OTHER),
    "a key twice": (GOOD.rstrip()[:-1] + b', "actions": []}', TWICE),
    "a key of an action twice": (GOOD.replace(b'"statut": null', b'"statut": null, "statut": null'), TWICE),
    "a key of the organisation twice": (GOOD.replace(b'"nom": "Les', b'"nom": "x", "nom": "Les'), TWICE),
    "newer": (changed("version", to=2), "il vient d'une version de pivot plus récente que celle qui le lit"),
    "no version": (without("version"), OTHER),
    "version as text": (changed("version", to="1"), OTHER),
    "version true": (changed("version", to=True), OTHER),
    "version 0": (changed("version", to=0), OTHER),
    "no name": (without("organisme", "nom"), OTHER),
    "name as list": (changed("organisme", "nom", to=["x"]), OTHER),
    "organisation as text": (changed("organisme", to="x"), OTHER),
    "no actions": (without("actions"), OTHER),
    "actions as object": (changed("actions", to={}), OTHER),
    "an action as text": (changed("actions", 0, to="x"), FORM),
    "no id": (without("actions", 0, "id"), FORM),
    "id as number": (changed("actions", 0, "id", to=1), FORM),
    "a sentence as id": (changed("actions", 0, "id", to="Julie Tremblay"), FORM),
    "a long id": (changed("actions", 0, "id", to="1" * 81), FORM),
    "description as object": (changed("actions", 0, "description", to={}), FORM),
    "unknown état": (changed("actions", 0, "etat", to="en péril"), FORM),
    "état as number": (changed("actions", 0, "etat", to=3), FORM),
    "unknown statut": (changed("actions", 0, "statut", to="Julie"), FORM),
    "statut as list": (changed("actions", 0, "statut", to=[]), FORM),
    "no échéance": (without("actions", 0, "echeance"), FORM),
    "échéance as text": (changed("actions", 0, "echeance", to="Mars 2020"), FORM),
    "words of an échéance as number": (changed("actions", 0, "echeance", "texte", to=5), FORM),
    "a day that is none": (
        changed("actions", 0, "echeance", "fin", to="2024-02-31"),
        "sa 1re action a une échéance sans date qui se lise",
    ),
    "a day as number": (changed("actions", 1, "echeance", "debut", to=20240201), "sa 2e action a une échéance sans"),
    "no day": (without("au"), "le jour de ses données n'y est pas"),
    "au as words": (changed("au", to="hier"), "le jour de ses données n'y est pas"),
    "recorded more than there are": (changed("consignees", to=4), "le nombre de ses actions consignées"),
    "recorded as text": (changed("consignees", to="1"), "le nombre de ses actions consignées"),
    "recorded less than none": (changed("consignees", to=-1), "le nombre de ses actions consignées"),
    "half a plan": (
        changed("incomplet", to=["a/b/orientation-2.yaml"]),
        "1\u00a0fichier à réparer (orientation-2.yaml",
    ),
    "incomplete as text": (changed("incomplet", to="x"), OTHER),
    "a part": (changed("filtre", to=None), "il n'a qu'une partie du plan"),
}


@table("name", HOSTILE)
def test_what_is_hostile_or_broken_is_told_in_words_and_stops_nothing(name: str) -> None:
    data, why = HOSTILE[name]
    with pytest.raises(NotReadError) as refused:
        from_export(data)
    assert why in refused.value.why
    assert refused.value.nom in ("", "Les Amis du quai")


def test_each_of_them_is_a_member_to_ask_and_the_others_are_read(tmp_path: Path) -> None:
    for rank, (data, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{rank}.json").write_bytes(data)
    (tmp_path / "bon.json").write_bytes(changed("organisme", "nom", to="Bon"))
    for form in ("texte", "json", "csv", "html"):
        done = pivot("group", str(tmp_path), "--au", AU, "--format", form, cwd=tmp_path)
        assert done.returncode == 0
        assert "interne" not in done.stderr
    answer = json.loads(pivot("group", str(tmp_path), "--au", AU, "--format", "json", cwd=tmp_path).stdout)
    states = [one["etat"] for one in answer["organismes"]]
    assert (states.count("lu"), states.count("à renvoyer")) == (1, len(HOSTILE))
    for one in answer["organismes"]:
        assert one["etat"] == "lu" or (one["pourquoi"] and (one["demande"] or "plus récente" in one["pourquoi"]))


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are those of POSIX")
def test_links_pipes_and_folders_are_not_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "exports"
    place.mkdir()
    (tmp_path / "secret.json").write_bytes(changed("organisme", "nom", to="SECRET"))
    (place / "lien.json").symlink_to(tmp_path / "secret.json")
    (place / "rien.json").symlink_to("nulle part")
    (place / "boucle.json").symlink_to("boucle.json")
    (place / "zero.json").symlink_to("/dev/zero")
    os.mkfifo(place / "tube.json")
    (place / "dossier.json").mkdir()
    (place / "long.json").write_bytes(b" " * (20 * 1024 * 1024 + 1))
    (place / "bon.json").write_bytes(GOOD)
    done = pivot("group", "exports", "--au", AU, "--format", "json", cwd=tmp_path)
    found = {one["nom"]: one["etat"] for one in json.loads(done.stdout)["organismes"]}
    wrong = ("lien", "rien", "boucle", "zero", "tube", "dossier", "long")
    assert found == {"Les Amis du quai": "lu"} | dict.fromkeys(wrong, "à renvoyer")
    assert "SECRET" not in done.stdout


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


PLACES = [path for path in places(json.loads(GOOD)) if path]


@pytest.mark.lent
@settings(max_examples=examples(100, 500))
@given(st.sampled_from(PLACES), json_values)
def test_whatever_stands_anywhere_it_is_read_or_refused(path: tuple[str | int, ...], value: Any) -> None:
    with suppress(NotReadError):
        read = from_export(changed(*path, to=value))
        assert read is None or read.consignees <= len(read.actions)


@settings(max_examples=examples(100, 500))
@given(st.integers(0, len(GOOD)), st.binary(max_size=4))
def test_whatever_is_broken_it_is_read_or_refused(at: int, data: bytes) -> None:
    with suppress(NotReadError):
        from_export(GOOD[:at] + data + GOOD[at + len(data) :])


@table("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_that_json_may_have_is_read(encoding: str) -> None:
    read = from_export(GOOD.decode().encode(encoding))
    assert read
    assert read.nom == "Les Amis du quai"


def test_an_export_is_read_as_the_plan_that_it_is_of() -> None:
    """The same figures from the plan's own files, from a whole export and from one for sharing."""
    note = "            suivi: [{date: 2019-05-12, note: Vu}, {date: 2019-06-01, note: 'Correction : le mois'}]\n"
    files = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + note}
    plan, _ = load_texts(files)
    seen = portrait(plan, date(2020, 6, 1))
    whole = export_object(seen)
    found = [from_export(to_json(one).encode()) for one in (whole, shared(whole, plan))]
    assert found[0] == found[1]
    assert found[0]
    assert found[0].consignees == seen.consignees == 1
    assert [one.etat for one in found[0].actions] == [one.etat for one in seen.situations]
    del whole["consignees"]
    earlier = from_export(to_json(whole).encode())
    assert earlier
    assert earlier.consignees == 1


@table("layout", [{}, {"indent": 2}, {"indent": 4}, {"indent": 2, "sort_keys": True}, {"separators": (",", ":")}])
def test_an_export_says_the_same_however_it_is_laid_out(layout: dict[str, Any]) -> None:
    assert from_export(json.dumps(json.loads(GOOD), **layout).encode()) == from_export(GOOD)
    assert from_export(GOOD.replace(b"\n", b"\r\n")) == from_export(GOOD)


def test_of_an_export_as_pivot_writes_it_the_half_that_says_the_same_again_is_not_parsed() -> None:
    written = to_json(json.loads(GOOD)).encode()
    start, end = written.index(b'\n  "orientations": [\n'), written.index(b'\n  ],\n  "actions": [\n')
    again = written[:start] + b'\n  "orientations": [\n    ...' + written[end:]
    assert from_export(again) == from_export(GOOD)
    with pytest.raises(NotReadError):
        from_export(again.replace(b"\n  ],\n", b"\n  ],\n  "))  # no more as pivot writes it: the whole is read


# --- who sent what, and when ----------------------------------------------------------------------------------


def sent(nom: str, days: int, titre: str | None = "", mark: int = 1, fichier: str = "") -> Membre:
    """A plan whose data are so many days old."""
    au = DAY - timedelta(days)
    made = received(Envoi(nom, titre, au, 0, ()), fichier or f"{nom}-{au}.json", "", vivant=False)
    return made._replace(empreinte=mark)


def unread(fichier: str, nom: str = "") -> Membre:
    return Membre(nom, Recu.A_RENVOYER, pourquoi="le fichier est vide", fichier=fichier)


def absent(fichier: str) -> Membre:
    return Membre("", Recu.PAS_RECU, fichier=fichier)


def told(group: Regroupement) -> list[tuple[str, str]]:
    return [(one.nom, one.etat.value) for one in group.membres]


@table(
    ("found", "expected", "wanted"),
    [
        ([sent("A", 0)], [], [("A", "lu")]),
        ([sent("A", FRESH)], [], [("A", "lu")]),
        ([sent("A", FRESH + 1)], [], [("A", "ancien")]),
        ([sent("A", -1)], [], [("A", "pas reçu")]),
        ([sent("A", -1), sent("A", 30)], [], [("A", "lu")]),
        ([sent("A", 100), sent("A", 30)], [], [("A", "lu")]),
        ([sent("A", 30), sent("a", 30)], [], [("a", "lu")]),
        ([sent("A", 30, mark=1, fichier="x"), sent("A", 30, mark=2, fichier="y")], [], [("A", "à renvoyer")]),
        ([sent("A", 30, "Un"), sent("A", 30, "Deux", 2)], [], [("A", "lu"), ("A", "lu")]),
        ([sent("A", 60, None), sent("A", 30, "Un")], [], [("A", "lu")]),
        ([sent("A", 60, None), sent("A", 3, "Un"), sent("A", 3, "Deux")], [], [("A", "lu")] * 3),
        ([sent("Zoé", 0), sent("Éva", 0), sent("abc", 0)], [], [("abc", "lu"), ("Éva", "lu"), ("Zoé", "lu")]),
        ([], ["Le Pivot"], [("Le Pivot", "pas reçu")]),
        ([sent("LE  pivot", 0)], ["Le Pivot"], [("LE  pivot", "lu")]),
        ([unread("le-pivot.json")], ["Le Pivot"], [("Le Pivot", "à renvoyer")]),
        ([unread("plan(3).json")], ["Le Pivot"], [("Le Pivot", "pas reçu"), ("plan(3)", "à renvoyer")]),
        ([unread("x.json", "Le Pivot")], ["Le Pivot"], [("Le Pivot", "à renvoyer")]),
        ([absent("le_pivot.json")], ["Le Pivot"], [("Le Pivot", "pas reçu")]),
        ([absent("le_pivot.json")], [], [("le_pivot", "pas reçu")]),
        ([absent("le_pivot.json"), sent("Le Pivot", 0)], ["Le Pivot"], [("Le Pivot", "lu")]),
        ([], ["A", "A", "", " a "], [("A", "pas reçu")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_is_what_it_is_at_the_day(found: list[Membre], expected: list[str], wanted: list[Any]) -> None:
    assert told(gathered(found, expected, DAY)) == wanted
    back = gathered(found[::-1], expected[::-1], DAY)
    assert [(fold(nom), etat) for nom, etat in told(back)] == [(fold(nom), etat) for nom, etat in wanted]


@table(
    ("found", "expected", "said"),
    [
        ([sent("A", 0), sent("A", 3)], [], "« A-2024-04-27.json » est remplacé par ce que le même organisme"),
        ([sent("A", n) for n in range(7)], [], "et 3 autres sont remplacés"),
        ([sent("A", 0)], ["B"], "« A » n'est pas parmi les organismes attendus."),
        ([sent("Le Pivot inc.", 0)], ["Le Pivot"], "C'est peut-être « Le Pivot », attendu sous ce nom."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_who_gathers_them_is_told(found: list[Membre], expected: list[str], said: str) -> None:
    assert said in " ".join(gathered(found, expected, DAY).avis).replace("\N{NO-BREAK SPACE}", " ")


# --- the command ----------------------------------------------------------------------------------------------


@table(
    ("data", "names"),
    [
        (b"nom\nLe Pivot\nMaison A, Montr\xc3\xa9al\n", ["Le Pivot", "Maison A, Montréal"]),
        (b"\xef\xbb\xbfnom\r\n\r\nLe Pivot\r\n", ["Le Pivot"]),
        (b"Ville;NOM\nQu\xe9bec;\xc9rables\n", ["Érables"]),
        ('nom,ville\n"A, B",Québec\n,Québec\n'.encode(), ["A, B"]),
        (b'nom\n"Le ""Pivot"""\n', ['Le "Pivot"']),
        ("nom\nÉrables\n".encode("utf-16"), ["Érables"]),
        (b"nom\n'=Plan\n", ["=Plan"]),
        (b"nom\n", []),
        (b"nom\n" + b"A\n" * 3, ["A"]),
    ],
)
def test_the_members_that_are_expected_are_read_from_any_csv(data: bytes, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "membres.csv").write_bytes(data)
    (tmp_path / "vide.json").write_bytes(b"")
    done = pivot("group", "vide.json", "--attendus", "membres.csv", "--format", "json", cwd=tmp_path)
    found = [one["nom"] for one in json.loads(done.stdout)["organismes"] if one["etat"] == "pas reçu"]
    assert found == names


def test_exit_codes_and_what_is_said(tmp_path: Path) -> None:
    write_plan(tmp_path / "un")
    (tmp_path / "bon.json").write_bytes(GOOD)
    (tmp_path / "vide.json").write_bytes(b"")
    (tmp_path / "sans.csv").write_text("organisme\nA\n", encoding="utf-8")
    (tmp_path / "creux").mkdir()
    rows: list[tuple[tuple[str, ...], int, str]] = [
        (("bon.json",), 0, ""),
        (("bon.json", "vide.json", "absent.json"), 0, ""),
        (("un",), 0, ""),
        (("un/plan",), 0, ""),
        ((".",), 0, ""),
        (("*.json",), 0, ""),
        (("b*.json", "rien/*.json"), 0, "Rien ne répond à « rien/*.json »."),
        (("vide.json",), 3, "vide.json : le fichier est vide. Aucun plan n'a pu être lu."),
        (("absent.json",), 3, "Aucun plan n'a pu être lu."),
        (("creux",), 3, "ce dossier ne contient ni export, ni plan"),
        ((), 2, "CHEMIN"),
        (("bon.json", "--attendus", "sans.csv"), 3, "« sans.csv » n'a pas de colonne « nom »."),
        (("bon.json", "--attendus", "nulle.csv"), 3, "fichier ou dossier introuvable"),
        (("bon.json", "--attendus", "creux"), 3, "« creux » n'est pas lu."),
        (("bon.json", "--format", "md"), 2, "--format"),
        (("bon.json", "-o", "bon.json"), 2, "est un des exports à lire"),
        (("bon.json", "-o", "x.docx"), 2, "ne s'écrit pas dans un fichier .docx"),
        (("bon.json", "--separateur", ";"), 2, "--separateur est celui d'un CSV."),
        (("bon.json", "--nom", "La Fédération"), 0, "La Fédération Le plan d'un organisme"),
        (("bon.json", "--nom", "La Fédération", "--format", "csv"), 2, "--nom est en tête d'une page"),
        (("bon.json", "--nom", "La Fédération", "--format", "json"), 0, '"nom": "La Fédération"'),
        (("bon.json", "--nom", "La Fédération", "--format", "html"), 0, '<p class="organisme">La Fédération</p>'),
    ]
    for words, code, said in rows:
        done = pivot("group", *words, "--au", AU, cwd=tmp_path)
        text = " ".join((done.stderr + done.stdout).replace("\N{NO-BREAK SPACE}", " ").split())
        assert done.returncode == code, (words, text)
        assert said in text, words
    assert (tmp_path / "bon.json").read_bytes() == GOOD


def test_what_the_command_wrote_is_no_member_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "bon.json").write_bytes(GOOD)
    for name in ("tout.csv", "tout.json"):
        assert pivot("group", "*.json", "--au", AU, "-o", name, cwd=tmp_path).returncode == 0
    first = (tmp_path / "tout.json").read_bytes()
    done = pivot("group", "*.json", "--au", AU, "-o", "tout.json", cwd=tmp_path)
    assert "« tout.schema.json » est un résultat de pivot group" in done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert (tmp_path / "tout.json").read_bytes() == first
    assert [one["nom"] for one in json.loads(first)["organismes"]] == ["Les Amis du quai"]


def test_a_csv_for_a_french_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "bon.json").write_bytes(GOOD)
    done = pivot("group", "bon.json", "--format", "csv", "--separateur", ";", "--au", AU, cwd=tmp_path)
    assert done.stdout.startswith("organisme;plan;id;description;")


def test_where_things_are_kept_is_not_said(tmp_path: Path) -> None:
    """A folder may have the name of a person."""
    place = tmp_path / "julie.tremblay"
    write_plan(place / "plans" / "un")
    (place / "bon.json").write_bytes(GOOD)
    (place / "vide.json").write_bytes(b"")
    for form in ("texte", "json", "csv", "html"):
        done = pivot("group", str(place), str(place / "plans" / "un"), "--format", form, "--au", AU, cwd=tmp_path)
        assert done.returncode == 0
        assert "tremblay" not in done.stdout + done.stderr
