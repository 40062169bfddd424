"""What whoever keeps a plan's files may meet there, and what `validate` answers: one table for each kind of fault.

Each row changes one thing in a small plan, and says what must be read of it.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest
from edits.repository import git, replace, repository
from pace import table
from support import SMALL, load_texts, pivot, write_plan

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


# --- what lies in the folder, and looks like a part of the plan -------------------------------------------------------

COPY = "Si c'est une copie de « orientation-1.yaml », reportez-y ce que celle-ci a de plus"
OF_TWO = SMALL[FILE].replace("numero: 1\nenjeu", "numero: 2\nenjeu")


@pytest.mark.lent
@table(
    ("name", "remedy"),
    [
        # named by an editor, a system, a hand
        ("orientation-2.yaml.txt", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml ", "Renommez-le « orientation-2.yaml »."),
        (" orientation-2.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml\u00a0", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml\u200b", "Renommez-le « orientation-2.yaml »."),
        ("orie\u00adntation-2.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yml", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.YAML", "Renommez-le « orientation-2.yaml »."),
        ("Orientation 2.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation\u00a02.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation\u20112.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation-２.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation_02.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation no 2.yaml", "Renommez-le « orientation-2.yaml »."),
        ("2e orientation.yaml", "Renommez-le « orientation-2.yaml »."),
        ("oreintation-2.yaml", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml.bak", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml (1)", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml_old", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yaml.docx", "Enregistrez-le en texte seulement (UTF-8), sous le nom « orientation-2.yaml »."),
        ("orientation-2.yaml.lnk", "le fichier lui-même, sous le nom « orientation-2.yaml », et non un raccourci"),
        (".orientation-2.yaml.icloud", "Il est dans iCloud, et pas encore sur cet ordinateur"),
        # without what says that it is YAML: what it holds does
        ("orientation-2", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.txt", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2.yalm", "Renommez-le « orientation-2.yaml »."),
        ("orientation-2,yaml", "Renommez-le « orientation-2.yaml »."),
        # in a folder
        ("orientations/orientation-2.yaml", "Déplacez-le dans le dossier du plan, sous le nom « orientation-2.yaml »."),
        ("orientations/Orientation 2.yml", "sous le nom « orientation-2.yaml »."),
        ("orientations/2.yaml", "sous le nom « orientation-2.yaml »."),
        ("orientation-2/orientation.yaml", "sous le nom « orientation-2.yaml »."),
        ("a/b/orientation-2.yaml", "sous le nom « orientation-2.yaml »."),
        ("Nouveau dossier/réunions.yaml", "sous le nom « reunions.yaml »."),
        # the other files
        ("réunions.yaml", "Renommez-le « reunions.yaml »."),
        ("re\u0301union.yml", "Renommez-le « reunions.yaml »."),
        ("reunions 2020.yaml", "Renommez-le « reunions.yaml »."),
        ("Organisme.yaml", "Si c'est une copie de « organisme.yaml »"),
        ("responsable.yaml", "Si c'est une copie de « responsables.yaml »"),
        ("respnsables.yaml", "Si c'est une copie de « responsables.yaml »"),
        # the copies of those who share a folder
        ("orientation-1-PC-Julie.yaml", COPY),
        ("orientation-1 (conflicted copy 2020-01-02).yaml", COPY),
        ("orientation-1 (copie en conflit de Julie 2020-01-02).yaml", COPY),
        ("orientation-1.sync-conflict-20200102-101010-ABCDEFG.yaml", COPY),
        ("orientation-1 (1).yaml", COPY),
        ("orientation-1 2.yaml", COPY),
        ("orientation-1 - Copie.yaml", COPY),
        ("Copie de orientation-1.yaml", COPY),
        ("Copie en conflit de orientation-1.yaml", COPY),
        ("orientation-1_BACKUP_1234.yaml", COPY),
        ("orientation-1.yaml~", COPY),
        ("orientation-1~", COPY),
        ("orientation-1.orig", COPY),
        ("orientation-1.yaml.orig", COPY),
        ("archives/orientation-1.yaml", COPY),
        ("orientation-1.yaml.rej", "Git n'a pas pu faire ces changements dans « orientation-1.yaml »"),
        # of no known kind
        ("docker-compose.yml", "Un plan se compose de"),
        ("orientation-0.yaml", "Un plan se compose de"),
        ("orientation-10000.yaml", "Un plan se compose de"),
        ("axe-2.yaml", "Un plan se compose de"),
    ],
)
def test_what_looks_like_a_part_of_the_plan_is_named(name: str, remedy: str, rows: Rows) -> None:
    answer = rows.checked({name: OF_TWO})
    assert answer.code == 0
    assert answer.text.count(" PIV") == answer.text.count("PIV010") == 1
    shown = " ".join(name.split())
    assert f"« {shown}" in answer.text or name.strip() != name
    assert remedy in answer.text


@table(
    ("names", "told"),
    [
        (
            ["orientation-2.yaml.txt"],
            "plan/orientation-2.yaml.txt n'est pas lu. Pour savoir quoi en faire : pivot validate",
        ),
        (["orientation-1-PC-Julie.yaml", "réunions.yaml"], "Julie.yaml et plan/réunions.yaml ne sont pas lus."),
        (
            [f"orientation-1 ({n}).yaml" for n in range(1, 8)],
            "plan/orientation-1 (3).yaml et 4 autres ne sont pas lus.",
        ),
        (["docker-compose.yml"], ""),
    ],
)
def test_every_command_says_what_is_not_read(names: list[str], told: str, rows: Rows) -> None:
    for words in (["status"], ["overdue"], ["list", "comité"], ["note", "1.adm.1.1", "--note", "Vu"]):
        answer = rows.checked(dict.fromkeys(names, OF_TWO), *words)
        assert answer.code == 0
        assert told in answer.text
        assert ("pas lu" in answer.text) == (told != "")


@table("data", ["\ufeff" + OF_TWO, OF_TWO.replace("\n", "\r\n"), OF_TWO.encode("utf-16")])
def test_what_a_file_holds_is_seen_however_it_is_encoded(data: str | bytes, rows: Rows) -> None:
    assert "PIV010" in rows.checked({"orientation-2.txt": data}).text


def test_a_copy_that_says_the_same_is_said_to(rows: Rows) -> None:
    answer = rows.checked({"orientation-1 (1).yaml": SMALL[FILE]})
    assert "C'est une copie de « orientation-1.yaml », qui dit la même chose : effacez-la." in answer.text


@table(
    "name",
    [
        *(
            ".gitkeep",
            "LISEZMOI.md",
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            ".gitignore",
            ".yamllint.yaml",
            "notes.txt",
        ),
        *(".~lock.orientation-1.yaml#", "~$orientation-1.docx", ".#orientation-1.yaml", "#orientation-1.yaml#", "4913"),
        *(
            "._orientation-1.yaml",
            ".orientation-1.yaml.swp",
            "orientation-2.docx",
            "Orientation 2.pdf",
            "réunions.xlsx",
        ),
        *(
            "orientation-2.txt",
            "orientations.md",
            "organisme.png",
            "responsables.csv",
            "archives/notes.yaml",
            "img/2.png",
        ),
        "2016-2018/organisme.yaml",
    ],
)
def test_what_is_no_part_of_the_plan_is_nobodys_fault(name: str, rows: Rows) -> None:
    assert rows.checked({name: "Notes prises à la rencontre du comité\n"}) == (0, VALID)


@table(
    ("there", "told"),
    [
        ("Plan", "Renommez « Plan » en « plan », ou nommez-le : --plan Plan"),
        ("plan ", 'ou nommez-le : --plan "plan "'),
        ("plan (1)", 'Le plan semble être dans « plan (1) » : --plan "plan (1)"'),
        ("plan-2019-2021", "Le plan semble être dans « plan-2019-2021 » : --plan plan-2019-2021"),
        ("Plan stratégique", 'Le plan semble être dans « Plan stratégique » : --plan "Plan stratégique"'),
        ("le-pivot/plan", "Le plan semble être dans « le-pivot/plan » : --plan le-pivot/plan"),
    ],
)
def test_a_plan_under_another_name_is_named(there: str, told: str, tmp_path: Path) -> None:
    here = tmp_path / there.replace("/", "-")
    (here / there).parent.mkdir(parents=True)
    write_plan(tmp_path / "un").rename(here / there)
    for words in (["validate"], ["status"]):
        answer = said(here, *words)
        assert answer.code == 3
        assert told in answer.text


@table(
    ("renamed", "told"),
    [
        ({"organisme.yaml": "Organisme.yaml"}, "Renommez « plan/Organisme.yaml » en « plan/organisme.yaml »."),
        ({"organisme.yaml": "organisme.yml"}, "Renommez « plan/organisme.yml » en « plan/organisme.yaml »."),
        ({"organisme.yaml": "organisme.yaml.txt"}, "Renommez « plan/organisme.yaml.txt » en « plan/organisme.yaml »."),
        ({"organisme.yaml": "organisme"}, "Renommez « plan/organisme » en « plan/organisme.yaml »."),
        ({"organisme.yaml": "x"}, "Le dossier « plan » a des fichiers d'un plan, mais pas organisme.yaml."),
        ({"responsables.yaml": "responsable.yaml"}, "Renommez « responsable.yaml » en « responsables.yaml »."),
        ({FILE: "Orientation 1.yaml"}, "Renommez « Orientation 1.yaml » en « orientation-1.yaml »."),
        ({FILE: "orientation-1"}, "Renommez « orientation-1 » en « orientation-1.yaml »."),
        ({FILE: "o/orientation-1.yaml"}, "Déplacez « o/orientation-1.yaml » dans le dossier du plan."),
        ({FILE: ".orientation-1.yaml.icloud"}, "C'est peut-être « .orientation-1.yaml.icloud ». Il est dans iCloud"),
        ({HOUSE: ".organisme.yaml.icloud"}, "C'est peut-être « .organisme.yaml.icloud ». Il est dans iCloud"),
        (
            {NAMES: "responsables.yaml.docx"},
            "Enregistrez-le en texte seulement (UTF-8), sous le nom « responsables.yaml »",
        ),
    ],
)
def test_a_file_that_a_plan_must_have_is_found_under_another_name(
    renamed: dict[str, str], told: str, tmp_path: Path
) -> None:
    plan = write_plan(tmp_path / next(iter(renamed.values())).replace("/", "-"))
    (plan / "o").mkdir()
    for old, new in renamed.items():
        (plan / old).rename(plan / new)
    assert told in said(plan.parent, "validate").text


@table(
    ("typed", "told"),
    [
        ("Plan", "Vouliez-vous dire « plan »?"),
        ("plan ", "Vouliez-vous dire « plan »?"),
        ('"plan"', "Vouliez-vous dire « plan »?"),
        ("plna", "Vouliez-vous dire « plan »?"),
        ("plan/orientation-1.yaml", "Donnez le dossier qui le contient : plan"),
        (".", "Le plan semble être dans « plan »"),
    ],
)
def test_a_folder_that_nearly_has_the_name_typed_is_named(typed: str, told: str, rows: Rows) -> None:
    answer = rows.checked({}, "validate", "--plan", typed)
    assert answer.code == 3
    assert told in answer.text


@table("words", [["--plan=~/plan"], ["--plan", "~/plan"]])
def test_the_home_of_whoever_types_it_is_found(words: list[str], tmp_path: Path) -> None:
    write_plan(tmp_path)
    assert said(Path("/"), "validate", *words, HOME=str(tmp_path), USERPROFILE=str(tmp_path)) == (0, VALID)
    assert said(Path("/"), "validate", PIVOT_PLAN="~/plan", HOME=str(tmp_path), USERPROFILE=str(tmp_path)).code == 0


@table(
    ("words", "made"),
    [
        (["status", "--sortie=~/situation.txt"], "situation.txt"),
        (["status", "-o~/situation.json"], "situation.json"),
        (["export", "-o", "~/plan.csv"], "plan.csv"),
        (["remind", "--sortie=~/rappels"], "rappels"),
    ],
)
def test_what_is_written_at_home_is(words: list[str], made: str, rows: Rows) -> None:
    home = rows.folder / made.replace(".", "-")
    home.mkdir()
    assert rows.checked({}, *words, HOME=str(home), USERPROFILE=str(home)).code == 0
    assert [path.name for path in home.iterdir()] == [made]
    assert not (rows.folder / str(rows.count) / "~").exists()


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


@pytest.mark.lent
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


@pytest.mark.lent
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


# --- a text that a « # » cuts -----------------------------------------------------------------------------------------

CUT = "pour YAML, c'est un commentaire"


@table(
    ("old", "new", "code", "told"),
    [
        ("Former un comité", "Embaucher employé #2 du secteur", "PIV410", f"« #2 du secteur » n'est pas lu : {CUT}"),
        ("Former un comité", "Voir\t#3", "PIV410", "« #3 » n'est pas lu"),
        ("Former un comité", "Former #1 # et dire", "PIV410", "« #1 # et dire » n'est pas lu"),
        ("Une orientation", "Une orientation #1", "PIV410", "« #1 » n'est pas lu"),
        ("Mars 2020", "Mars 2020 #2", "PIV410", "« #2 » n'est pas lu"),
        ("[DG, CA]", "\n              - DG #2\n              - CA", "PIV410", "« #2 » n'est pas lu"),
        ("Former un comité", "Former\n              le comité #2", "PIV410", "« #2 » n'est pas lu"),
        (
            DUE,
            f"{DUE}            suivi:\n              - date: 2020-01-01\n                note: Vu le #3\n",
            "PIV410",
            "« #3 »",
        ),
        (DUE, f"{DUE}            liens:\n              - https://exemple.org #ancre\n", "PIV410", "« #ancre »"),
        ("Former un comité", "Le\n              comité #2\n              du secteur", "PIV005", f"à « #2 » : {CUT}"),
        ("[DG, CA]", "[DG #2, CA]", "PIV005", "Ce qui suit « #2 » n'est pas lu"),
        ("Former un comité", "#2 du secteur", "PIV105", "mettez le texte entre guillemets"),
    ],
)
def test_a_text_that_a_glued_sign_cuts_is_told(old: str, new: str, code: str, told: str, rows: Rows) -> None:
    answer = rows.changed(old, new)
    assert answer.text.count(" PIV") == answer.text.count(code) == 1
    assert answer.code == (0 if code == "PIV410" else 1)
    assert told in answer.text


@table(
    ("old", "new"),
    [
        *(("Former un comité", text) for text in ("Développer en C#", "F# et C#", "Le no#3", "Rouge#f00")),
        *(("Former un comité", text) for text in ('"Embaucher #2"', "'Embaucher #2'", '"Le \\"#2\\" du"')),
        *(("Former un comité", text) for text in ("Former un comité # voir", "Former un comité #", "Faire  ## voir")),
        ("Former un comité", "https://exemple.org/page#ancre"),
        ("Former un comité", "|\n              Former #2 du\n              #3"),
        ("Former un comité", '"Former\n              #2 du"'),
        (FIRST, f"            #description: ancien\n{FIRST}"),
        ("[DG, CA]", "[DG, CA] #à voir"),
        ("volets:\n", "volets: #les volets\n"),
    ],
)
def test_a_sign_that_cuts_nothing_is_let_be(old: str, new: str, rows: Rows) -> None:
    assert rows.changed(old, new) == (0, VALID)


# --- what is written beside the fields of an action -------------------------------------------------------------------


@pytest.mark.lent
@table(
    ("written", "told"),
    [
        ("note: Vu", "suivi: - date: AAAA-MM-JJ note: Vu"),
        ("Commentaires: Vu le 2", "suivi: - date: AAAA-MM-JJ note: Vu le 2"),
        ("remarque: 'Appel : refusé'", 'suivi: - date: AAAA-MM-JJ note: "Appel : refusé"'),
        ("notes: [Vu, Revu]", "suivi: - date: AAAA-MM-JJ note: Vu - date: AAAA-MM-JJ note: Revu"),
        ("note: {date: 2020-01-02, note: Vu}", "suivi: - date: 2020-01-02 note: Vu"),
        ("suivi: Vu", "suivi: - date: AAAA-MM-JJ note: Vu"),
        ("suivi: [{date: 2020-01-02, commentaire: Vu}]", "Ce champ s'appelle « note »"),
        ("suivi: [{date: 2020-01-02, note: Vu, auteur: Jean}]", "Ce champ s'appelle « par »"),
        ("budget: {montant: 1500}", "Ce champ s'appelle « prevu »"),
        ("etat: fait", "Ce champ s'appelle « statut » (où en est l'action)."),
        ("avancement: 50 %", "Ce champ s'appelle « statut »"),
        ("fait_le: 12 mai 2020", "Ce champ s'appelle « realisee_le »"),
        ("coûts: 1500", "Ce champ s'appelle « budget »"),
        ("partenaires: [CDC]", "Ce champ s'appelle « collaborateurs »"),
        ("url: https://exemple.org", "Ce champ s'appelle « liens »"),
        ("titre: Comité", "Ce champ s'appelle « titre_court »"),
        ("titre_cour: Comité", "Vouliez-vous dire « titre_court »?"),
        ("priorite: 1", "Champs possibles : numero, description"),
        ("statut: réalisée le 12 mai 2020", "« statut: réalisée », et « realisee_le: 12 mai 2020 »"),
        ("statut: Complétée (mai 2020).", "« statut: réalisée », et « realisee_le: mai 2020 »"),
        ("statut: réalisée - 2020-05-12", "« statut: réalisée », et « realisee_le: 2020-05-12 »"),
        ("statut: fait le 12 mai", "« statut: réalisée », et « realisee_le: AAAA-MM-JJ »"),
        ("statut: en cours depuis mars 2020", "« statut: en cours », et « statut_le: mars 2020 »"),
        ("statut: abandonnée le 3 juin 2020", "« statut: abandonnée », et « statut_le: 3 juin 2020 »"),
        ("statut: 'en attente : la subvention'", "« statut: en attente », et « motif: la subvention »"),
        ("statut: suspendu (faute de temps)", "« statut: en attente », et « motif: faute de temps »"),
        ("statut: réalisée par le CA", "Écrivez « statut: réalisée »; le reste va dans une note, sous « suivi »."),
        ("statut: à faire en 2024", "Écrivez « statut: à faire »; la date va sous « echeance »."),
        ("statut: reporté à juin 2021", "écrivez « echeance: juin 2021 », et gardez l'ancienne"),
        ("statut: Terminé!", "Vouliez-vous dire « réalisée »?"),
        ("resultat: Douze personnes", "Consignez-le : « statut: réalisée », et quand"),
    ],
)
def test_what_is_written_beside_the_fields_of_an_action_has_an_answer(written: str, told: str, rows: Rows) -> None:
    answer = rows.changed(DUE, f"{DUE}            {written}\n")
    assert answer.text.count(" PIV") == 1
    assert told in answer.text


def test_the_notes_to_paste_are_read_as_they_stand(rows: Rows) -> None:
    for written in ("note: Vu", "notes: ['Appel : refusé', 'Le #2']"):
        text = SMALL[FILE].replace(DUE, f"{DUE}            {written}\n")
        _, findings = load_texts(SMALL | {FILE: text})
        block = findings[0].remedy.split("\n", 1)[1].replace("AAAA-MM-JJ", "2020-05-12")
        assert rows.checked({FILE: text.replace(f"            {written}", block)}) == (0, VALID)
        noted = f"{DUE}            suivi: [{{date: 2020-01-01, note: x}}]\n            {written}\n"
        _, findings = load_texts(SMALL | {FILE: SMALL[FILE].replace(DUE, noted)})
        assert findings[0].remedy.startswith("Une note va sous")
        assert "à la fin de celui-ci" in findings[0].remedy
        assert "suivi:" not in findings[0].remedy


@table(
    ("file", "written", "told"),
    [
        (FILE, "            statut: réalisée\n", "« statut » est un champ d'une action"),
        (FILE, "             statut: réalisée\n", "Le modèle est à recopier sous une action"),
        (FILE, "statut: réalisée\nrealisee_le: 12 mai 2001\n", "remettez « # » devant ces lignes, ou effacez-les"),
        (
            FILE,
            "            suivi:\n              - date: 2001\n                note: x\n",
            "à recopier sous une action",
        ),
        (FILE, "        indicateurs:\n          - libelle: x\n", "Le modèle est à recopier sous un objectif"),
        (HOUSE, "  hiver: décembre\n", "Le modèle est à recopier sous « conventions: »"),
        ("reunions.yaml", "  quorum: 2 membres\n", "Le modèle est à recopier sous « ca: »"),
    ],
)
def test_a_model_that_is_no_comment_any_more_is_told_once(file: str, written: str, told: str, rows: Rows) -> None:
    text = {**SMALL, "reunions.yaml": "ca:\n  heure: 19 h\n"}[file]
    answer = rows.checked({file: f"# MODÈLE\n{written}#\n{text}"})
    assert answer.text.count(" PIV") == 1
    assert told in answer.text


@table(
    ("file", "old", "new", "told"),
    [
        (FILE, "numero: 1\nenjeu: 1\ntitre:", "nom: X\nnumero: 1\nenjeu: 1\n# titre:", "Ce champ s'appelle « titre »"),
        (HOUSE, "nom: L'Essai", "titre: L'Essai", "Ce champ s'appelle « nom »"),
        (FILE, "titre: Un objectif", "description: Un objectif", "Ce champ s'appelle « titre »"),
        (FILE, "nom: Administratif", "titre: Administratif", "Ce champ s'appelle « nom »"),
        (FILE, "description: Former", "mesure: Former", "Ce champ s'appelle « description »"),
        (NAMES, "- code: DG", "- sigle: DG", "Ce champ s'appelle « code »"),
    ],
)
def test_a_field_under_another_name_is_one_fault(file: str, old: str, new: str, told: str, rows: Rows) -> None:
    answer = rows.changed(old, new, file=file)
    assert answer.code == 1
    assert answer.text.count(" PIV") == 1
    assert told in answer.text
    assert "au-dessus de tout" not in answer.text


def test_no_responsable_is_no_fault(rows: Rows) -> None:
    answer = rows.changed("[Directrice générale]", "[]")
    assert answer == (0, VALID)


@table(
    ("old", "new", "remedy"),
    [
        ("responsables: [DG, CA]", "responsables:", "Écrivez une valeur après le deux-points, ou retirez la ligne."),
        ("Former un comité", "", "Écrivez une valeur après le deux-points."),
        (DUE, f"{DUE}            motif:\n", "Écrivez une valeur après le deux-points, ou retirez la ligne."),
        (DUE, f"{DUE}            liens: []\n", "Écrivez au moins une valeur, ou retirez le champ."),
        (DUE, f"{DUE}            suivi: []\n", "Écrivez au moins une valeur, ou retirez le champ."),
        (SMALL[FILE][SMALL[FILE].index("volets:") :], "volets: []\n", "Écrivez au moins une valeur."),
    ],
)
def test_what_is_empty_is_told_to_be_removed_only_where_it_may_be(old: str, new: str, remedy: str, rows: Rows) -> None:
    answer = rows.changed(old, new)
    assert answer.text.count(" PIV") == 1
    assert f" {remedy} " in answer.text


# --- the same files, under git (tests/edits/test_revisions.py has the rest) -------------------------------------------


def test_a_plan_is_checked_before_its_first_commit(rows: Rows) -> None:
    rows.checked({})
    here = rows.folder / "1"
    git(here, "init", "--quiet", "--initial-branch", "main")
    for _ in range(2):
        answer = said(here, "validate", "--depuis", "HEAD")
        assert answer == (0, f"{VALID} Le plan n'a pas encore d'ancienne version : rien n'est comparé.")
        git(here, "add", "--all")


@table("zeros", ["0" * 40, "0" * 64])
def test_the_first_push_of_a_forge_compares_nothing(zeros: str, tmp_path: Path) -> None:
    repository(tmp_path / zeros)
    answer = said(tmp_path / zeros, "validate", "--depuis", zeros)
    assert answer == (0, f"{VALID} Le plan n'a pas encore d'ancienne version : rien n'est comparé.")


@pytest.mark.lent
@table(
    ("was", "now"),
    [
        ("Tenir la fête", unicodedata.normalize("NFD", "Tenir la fête")),
        ("Tenir la fête", "Tenir\u00a0la  fête"),
        ("Tenir l'été", "Tenir l’été"),
    ],
)
def test_the_same_words_are_no_change_of_words(was: str, now: str, tmp_path: Path) -> None:
    plan = repository(tmp_path / f"{now!a}"[:40], SMALL | {FILE: SMALL[FILE].replace("Faire un plan", was)})
    replace(plan, FILE, (was, now))
    assert said(plan.parent, "validate", "--depuis", "HEAD") == (0, VALID)
