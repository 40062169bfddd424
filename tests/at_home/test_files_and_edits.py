"""What whoever keeps a plan's files may meet there, and what `validate` answers: one table for each kind of fault.

Each row changes one thing in a small plan, and says what must be read of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from pace import table
from support import SMALL, pivot, write_plan

FILE = "orientation-1.yaml"
NAMES = "responsables.yaml"
HOUSE = "organisme.yaml"
FIRST = "            description: Former un comité\n"
DUE = "            echeance: Mars 2020\n"
VALID = "Le plan est valide : 2 actions lues, aucune erreur."


class Said(NamedTuple):
    """What a run answered: its code, and all that was shown, on one line."""

    code: int
    text: str


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    return Rows(tmp_path)


class Rows:
    """A folder for each row of a table, with a plan in which something was changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def checked(self, files: dict[str, str | bytes], *words: str, name: str = "plan", **env: str) -> Said:
        self.count += 1
        here = self.folder / str(self.count)
        plan = write_plan(here).rename(here / name)
        for file, text in files.items():
            (plan / file).parent.mkdir(parents=True, exist_ok=True)
            (plan / file).write_bytes(text if isinstance(text, bytes) else text.encode())
        return said(here, *(words or ("validate", "--remarques")), **env)

    def changed(self, old: str, new: str, *words: str, file: str = FILE) -> Said:
        assert old in SMALL[file]
        return self.checked({file: SMALL[file].replace(old, new, 1)}, *words)


def said(here: Path, *words: str, **env: str) -> Said:
    done = pivot(*words, cwd=here, columns=400, **env)
    text = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in text
    assert "interne" not in text
    return Said(done.returncode, text)


# --- a character that nobody sees, in a code, a name, an échéance -----------------------------------------------------


@table(
    ("file", "old", "new", "character", "remedy"),
    [
        (NAMES, "code: DG", "code: D\u200bG", "« code » (U+200B, espace sans largeur)", "retapez-la : « DG »"),
        (NAMES, "nom: Direction", "nom: Di\u00adrection", "« nom » (U+00AD, trait", "« Direction générale »"),
        (FILE, "[DG, CA]", "[D\u200bG, CA]", "« responsables » (U+200B", "« DG »"),
        (FILE, "[DG, CA]", "[DG\u3164, CA]", "(U+3164, blanc qui n'est pas un espace)", "« DG »"),
        (FILE, "Mars 2020", "Mars\u2060 2020", "« echeance » (U+2060, liant de mots)", "« Mars 2020 »"),
        (FILE, "Mars 2020", "Mars\u061c 2020", "(U+061C, marque de sens d'écriture)", "« Mars 2020 »"),
        (FILE, "Mars 2020", "\u200b", "« echeance » (U+200B", "écrivez une valeur"),
        (FILE, "code: adm", "code: ad\u200em", "« code » (U+200E", "« adm »"),
        (FILE, "numero: 1\nenjeu", "numero: 1\u200b\nenjeu", "« numero » (U+200B", "« 1 »"),
        (FILE, DUE, f"{DUE}            statut: en\u200b cours\n", "« statut » (U+200B", "« en cours »"),
        (FILE, DUE, f"{DUE}            depend_de: [1.adm.1.\u200b2]\n", "« depend_de » (U+200B", "« 1.adm.1.2 »"),
        (
            HOUSE,
            "enjeux",
            "conventions: {debut_exercice: 1er\u200b avril}\nenjeux",
            "« debut_exercice »",
            "« 1er avril »",
        ),
        (FILE, "description: Former", "descri\u200bption: Former", "le nom du champ (U+200B", "« description »"),
        (FILE, "echeance: Mars", "eche\u00adance: Mars", "le nom du champ (U+00AD", "« echeance »"),
        (FILE, "Mars 2020", "Mars\ufeff 2020", "(U+FEFF, marque d'ordre des octets)", "effacez ce qui l'entoure"),
    ],
)
def test_a_character_that_nobody_sees_is_named(
    file: str, old: str, new: str, character: str, remedy: str, rows: Rows
) -> None:
    answer = rows.changed(old, new, file=file)
    assert answer.code == 1
    assert answer.text.count(" PIV") == answer.text.count("PIV004") == 1
    assert character in answer.text
    assert remedy in answer.text


@table(
    ("old", "new"),
    [
        ("Former un", "For\u00admer un"),
        (DUE, DUE + '            suivi: [{date: 2020-01-01, note: "Équipe 👩\u200d💻 prête"}]\n'),
        ("Former un comité", "می\u200cخواهم"),
        ("[Directrice générale]", "[Directrice\u00a0générale]"),
        ("Mars 2020", "Mars\u00a02020\u00a0"),
        ("[DG, CA]", "[ＤＧ, CA]"),
    ],
)
def test_a_text_that_is_only_shown_may_hold_any(old: str, new: str, rows: Rows) -> None:
    assert rows.changed(old, new) == (0, VALID)


@table(
    ("words", "shown"),
    [
        (["show", "1.adm.1.\u200b1"], "Action 1.adm.1.1"),
        (["show", "\u200e1.adm.1.1\u00a0"], "Action 1.adm.1.1"),
        (["overdue", "-r", "D\u00adG"], "Direction générale (DG)"),
        (["list", "com\u200bité"], "1 action sur 2"),
        (["deadline", "Ma\u00adrs\u200b 2020"], "du 1er au 31 mars 2020"),
        (["overdue", "--au", "2021-01-\u206201"], "au 1er janvier 2021"),
        (["note", "1.adm.1.1\u200b", "--statut", "en\u200b cours"], "ajouté statut: en cours"),
    ],
)
def test_what_is_pasted_in_a_command_is_read_without_them(words: list[str], shown: str, rows: Rows) -> None:
    answer = rows.checked({}, *words)
    assert answer.code == 0
    assert shown in answer.text


# --- a merge that is not finished -------------------------------------------------------------------------------------

SIDES = f"<<<<<<< HEAD\n{FIRST}=======\n            description: Autre\n>>>>>>> julie\n"
BASE = SIDES.replace("=======", "||||||| 1a2b3c\n            description: Avant\n=======")
LEFT = "Une fusion git n'est pas finie : il en reste la ligne qui commence par"


@table(
    ("written", "line", "told"),
    [
        (SIDES, 12, "les lignes 12 à 16 disent la même chose de deux façons"),
        (SIDES, 12, "Gardez l'une ou l'autre (la ligne 14 les sépare)"),
        (SIDES.replace("HEAD", "Updated upstream").replace("julie", "Stashed changes"), 12, "lignes 12 à 16"),
        (BASE, 12, "les lignes 12 à 18 disent"),
        (BASE, 12, "Ce qui suit ||||||| jusqu'à la ligne 16 est ce qu'il y avait avant"),
        (SIDES.replace(FIRST, ""), 12, "les lignes 12 à 15"),
        (SIDES.replace("<<<<<<<", "<" * 9).replace("=======", "=" * 9).replace(">>>>>>>", ">" * 9), 12, "12 à 16"),
        (f"{SIDES}            motif: x\n{SIDES}", 12, "Le fichier en compte 1 de plus du même genre."),
        (FIRST + SIDES.replace(FIRST, "            motif: |\n              x\n"), 13, "les lignes 13 à 18"),
        (f"{FIRST}>>>>>>> julie\n", 13, f"{LEFT} >>>>>>>."),
        (f"<<<<<<< HEAD\n{FIRST}", 12, f"{LEFT} <<<<<<<."),
        (f"{FIRST}=======\n", 13, f"{LEFT} =======."),
        (f"{FIRST}||||||| 1a2b3c\n", 13, f"{LEFT} |||||||."),
        (f"            <<<<<<< HEAD\n{FIRST}", 12, "puis effacez cette ligne"),
    ],
)
def test_a_merge_that_is_not_finished_is_told_for_what_it_is(written: str, line: int, told: str, rows: Rows) -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = SMALL[FILE].replace(FIRST, written).replace("\n", newline)
        for before in ("", "\ufeff"):
            answer = rows.checked({FILE: before + text})
            assert answer.code == 1
            assert answer.text.count(" PIV") == 1
            assert f"plan/{FILE}:{line}:" in answer.text
            assert "PIV011" in answer.text
            assert told in answer.text


@table(
    "text",
    [
        "# <<<<<<< HEAD\n# =======\n# >>>>>>> julie\n" + FIRST,
        "# ===================\n" + FIRST,
        FIRST.replace("Former", "<<<<<<< Former =======") + "            # >>>>>>>\n",
        "            description: |\n              Titre\n              =======\n              <<<<<<< voir\n",
    ],
)
def test_what_is_no_mark_of_a_merge_is_not_taken_for_one(text: str, rows: Rows) -> None:
    assert rows.changed(FIRST, text) == (0, VALID)


# --- a file that is no text, or in another encoding -------------------------------------------------------------------

PLAIN = SMALL[FILE].replace("Mars 2020", "Été 2020")


@table(
    ("data", "told"),
    [
        (PLAIN.encode("cp1252"), "sans doute « é » enregistré dans un autre encodage"),
        (PLAIN.encode("mac-roman"), "sans doute « é » enregistré dans un autre encodage"),
        (PLAIN.encode("cp850"), "l'octet 82 ne s'y lit pas. "),
        (PLAIN.encode("utf-16"), "Le fichier est enregistré en UTF-16"),
        (PLAIN.encode("utf-16-le"), "Le fichier est enregistré en UTF-16"),
        (PLAIN.encode("utf-16-be"), "Le fichier est enregistré en UTF-16"),
        (PLAIN.encode("utf-32"), "Le fichier est enregistré en UTF-32"),
        (b"PK\x03\x04\x14\0\x06\0" + bytes(range(256)), "c'est un document Word, Excel ou LibreOffice"),
        (rb"{\rtf1\ansi\deff0 numero: 1\par}", "c'est un document RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "c'est un ancien document Word ou Excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "c'est un document PDF"),
        (b"\x1f\x8b\x08\0" + bytes(range(256)), "c'est un fichier compressé"),
        (f"<!DOCTYPE html>\n<html><pre>{PLAIN}</pre></html>".encode(), "c'est une page web"),
        (f"\n<html><pre>{PLAIN}</pre></html>".encode(), "c'est une page web"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "git lfs pull"),
    ],
)
def test_a_file_that_is_no_text_is_told_for_what_it_is(data: bytes, told: str, rows: Rows) -> None:
    answer = rows.checked({FILE: data})
    assert answer.code == 1
    assert answer.text.count(" PIV") == 1
    assert f"plan/{FILE}:" in answer.text
    assert "PIV003" in answer.text
    assert told in answer.text


@table("data", [b"\xef\xbb\xbf" + PLAIN.encode(), PLAIN.replace("\n", "\r\n").encode(), PLAIN.encode()])
def test_a_mark_and_line_breaks_of_windows_do_not_matter(data: bytes, rows: Rows) -> None:
    assert rows.checked({FILE: data}).text.endswith(VALID)


# --- a text that lost its accents -------------------------------------------------------------------------------------


def _read_as(text: str, encoding: str) -> str:
    return text.encode().decode(encoding)


@table(
    ("damaged", "meant"),
    [
        ("fÃªte", "fête"),
        ("r\ufffdunion", ""),
        ("Lâ€™Ã©tÃ©", "L’été"),
        ("Å“uvre", "œuvre"),
        ("Ã la fête", "à"),
        ("1Â½", "1½"),
        *((_read_as(word, "cp1252"), word) for word in ("fête", "Élargir", "aîné", "ça", "où", "Noël", "«", "5€")),
        *((_read_as(word, "mac-roman"), word) for word in ("fête", "l’été", "œuvre", "ÉTÉ", "À", "«")),
        *((_read_as(word, "cp850"), word) for word in ("fête", "l’été", "œuvre", "ÉTÉ", "À", "…")),
        (_read_as(_read_as("été", "cp1252"), "cp1252"), "Ã©tÃ©"),
        ("réunion".encode("cp1252").decode("mac-roman"), ""),
        ("réunion".encode("cp1252").decode("cp850"), ""),
        ("réunion".encode("mac-roman").decode("cp1252"), ""),
        ("r?union", ""),
        ("r&eacute;union", "réunion"),
        ("L&rsquo;&#233;t&#xE9;", "L’été"),
    ],
)
def test_a_text_that_lost_its_accents_is_a_remark(damaged: str, meant: str, rows: Rows) -> None:
    for old in ("Former un comité", "Un objectif"):
        answer = rows.changed(old, f'"Tenir {damaged} bientôt"')
        assert answer.code == 0
        assert answer.text.count(" PIV") == answer.text.count("PIV409") == 1
        assert f"Ce mot a perdu ses accents : « {damaged.split(maxsplit=1)[0]} »." in answer.text
        assert ("C'est sans doute" in answer.text) == (meant != "")
        assert f"C'est sans doute « {meant} »." in answer.text or not meant


@table(
    "text",
    [
        "São Paulo, MARANHÃO et la maison AMANHÃ",
        "ÂGE D’OR, Ô joie, Îles, ÊTRE, MODÈLE, GÉRÉ, À L'ÉTÉ, NOËL",
        "Åse, Ångström, ≈ 12 %, √2, ¬ facile, 30 °C, « à », HÂ",
        "Qui? Quoi? Où? Pourquoi?",
        "https://exemple.org/p?id=3&amp=2 et www.exemple.org?a",
        "R&D, J&B; café & thé; S&P;",
        "Le CÉGEP et l’École McÉwan",
        "Fête à « Québec » — 2 000 $…",
    ],
)
def test_an_honest_text_keeps_its_accents(text: str, rows: Rows) -> None:
    assert rows.changed("Former un comité", f'"{text}"') == (0, VALID)
