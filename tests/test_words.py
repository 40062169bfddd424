"""Screens, messages and mails in the words of another plan: none of the usual ones is left, and what is said agrees."""

from __future__ import annotations

import re
import shlex
from email import message_from_string
from email.policy import default
from functools import cache
from pathlib import Path

import pytest
from editing.held import note
from editing.test_recording import FILES, REFUSED
from edits.test_checks import EDITS, FILE, Edit, edited
from living import HERE, RECORDED
from once import loaded as read_once
from pace import few, one_in, table
from rules.test_rules import CODES, TODAY, before, example
from support import SMALL, load_texts, pivot, write_plan
from vocabularies import VOCABULARIES, Vocabulary, disagreements, in_words, texts_in_words, words_of_others

from pivot_cli.checks.edition import Edition
from pivot_cli.checks.edits import check_edit
from pivot_cli.checks.plan import check
from pivot_cli.finding import Finding, PivotError
from pivot_cli.outputs.edit_summary import edit_summary
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import PlanFiles

NB = "\N{NO-BREAK SPACE}"
OF = {words.action: words for words in VOCABULARIES}
LIVING = {path.name: path.read_text(encoding="utf-8") for path in RECORDED.glob("*.yaml")}
SCREENS = ("status", "overdue", "show", "validate", "remind", "list", "liste", "note")
ROWS = [line.split("\t")[::3] for line in (HERE / "commandes.tsv").read_text(encoding="utf-8").splitlines()[2:] if line]
SHOWN = [row[1] for row in ROWS if row[1].split()[0] in SCREENS and not row[0].endswith((".json", ".csv"))]
MESSAGES = [
    "status -r DG --etat réalisée --etat abandonnée --au 2021-03-15",
    "overdue --orientation 9",
    "overdue --au 2018-01-01",
    "overdue -r DG --au 2018-01-01",
    "list --objectif 2.gou.9",
    "list --objectif 2.gou",
    "list --objectif 2.gou.2.3",
    "list --etat faite",
    'list --etat "en attente"',
    "list --sans-nouvelles 3 --a-completer --au 2021-03-15",
    "show 9",
    "show 2.zzz",
    "show 2.gou.99",
    "show 2.gou.2.99",
    "note 2.gou --note Vu --essai",
    "note 2.gou.2.99 --note Vu --essai",
    "note zzz --note Vu --essai",
    "note 3.gou.3.5 --statut réalisée --le 1999 --essai",
    "note 3.gou.3.5 --motif Vacant --essai",
    "note 3.gou.3.5 --statut abandonnée --essai",
    'note 3.gou.3.5 --statut "en attente" --essai',
    "note 3.gou.3.5 --statut réalisée --realisation 2021 --essai",
    'note 3.gou.3.5 --statut réalisée --reporter "Juin 2021" --essai',
    'note 3.gou.3.5 --reporter "Juin 2021" --essai',
    'note 3.gou.3.5 --echeance "Juin 2021" --essai',
    "note 3.gou.3.5 --le 2021-03-01 --essai",
    "note 3.gou.3.5 --realisation 2021-03-01 --essai",
    "note 3.gou.3.5 --porteur OE --essai",
    "note 3.gou.3.5 --annuler --essai",
    "note 3.gou.3.5 --corriger Erreur --motif Vacant --essai",
    "note 3.gou.3.5 --attribuer CM --note Vu --essai",
    'note 3.gou.3.5 --statut "partiellement réalisée" --le 2021-03-12 --essai',
    'note 1.act.1.1 --statut "en cours" --essai',
    'note 1.act.1.1 --statut "en cours" --note Reprise --essai',
    'note 1.act.1.1 --reporter "Juin 2021" --motif Vacant --essai',
    "note 1.act.1.1 --realisation 2021-03-01 --essai",
    "note 2.gou.2.3 --statut réalisée --essai",
    "note 2.adm.1.1 --statut réalisée --essai",
    'note --ajouter 3.gou.2 "Tenir un kiosque" --echeance "Juin 2021" --essai',
    'note --ajouter 3.gou.2 "Tenir un kiosque" --corriger Erreur --essai',
    'note --ajouter 3.gou.99 "Tenir un kiosque" --essai',
    "note",
    "3.gou.2",
    "3.gou.2.1",
    "3",
    "remind -r DG --au 2021-03-15 --format md",
    "remind --orientation 3 --au 2018-01-01",
    "remind -r DG --au 2022-06-01",
    "status --au 2022-06-01",
]


@cache
def plan_of(words: Vocabulary) -> Plan:
    return in_words(LIVING, words)


# What commands and files say in the values that they take.
_VALUES = re.compile(
    r"orientation-\d\.yaml|pivot (?:note|show|overdue|list|validate|deadline)\b.*|--[a-z-]+ \S+|«\s[a-z_]+: [^»]+»|"
    r"statut: (?:partiellement )?\S+"
)


def _read(text: str) -> str:
    """A mail as it is read; any other text as it is."""
    if not text.startswith("Subject:"):
        return text
    mail = message_from_string(text.replace("\r\n", "\n"), policy=default)
    return f"{mail['Subject']}\n{mail.get_content()}"


def faults(text: str, plan: Plan) -> list[str]:
    """The words of others in a text, and what agrees badly."""
    plain = re.sub(r"\s+", " ", _VALUES.sub("", _read(text)).replace(str(plan.organisme.plan.titre), ""))
    return [found[0] for found in words_of_others(plan).finditer(plain)] + [*disagreements(plain, plan.niveaux)]


# What is feminine of an action, and is not said of anything else here.
_FEMININE = re.compile(
    r"\b(?:réalisée|abandonnée|reconduite|faite|retirée|ajoutée|reportée|confiée|adoptée|lue|prévue)s?\b|\belle\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(  # an échéance, a date, a note
    r"elle ne veut pas dire|(?:comment elle|si elle|, elle|échéance) est (?:lue|prévue)|date prévue|"
    r"échéance adoptée|réalisée, ou abandonnée\)|"  # values of `--statut`, the latter
    r"Si elle vient d'être écrite|chose est seulement prévue|"
    r"(?:réalisation|date|note|précédente)\b[^.]* a été (?:retirée|réécrite)|"
    r"«\s[^»]*»|(?:Statuts possibles|États)\s: [^.]*\."  # what was typed, what can be
)
MASCULINE = [words for words in VOCABULARIES if words.action == "jalon" or "geste" in words.action]


def feminine(text: str) -> list[str]:
    plain = re.sub(r"\s+", " ", _VALUES.sub("", _read(text)))
    return _FEMININE.findall(_OF_OTHERS.sub("", plain))


@pytest.mark.lent
@pytest.mark.parametrize("action", one_in(3, few(4, [words.action for words in VOCABULARIES[::-1]])))
def test_a_plan_is_told_in_its_own_words(action: str, tmp_path: Path) -> None:
    """None of the usual ones is left; « réalisés », « fait encore une fois », « s'il revient » of what is masculine."""
    words, told = OF[action], {}
    plan = plan_of(words)
    write_plan(tmp_path, texts_in_words(LIVING, words))
    for rank, command in enumerate([*SHOWN, *MESSAGES]):
        columns = 40 if rank % 2 and rank < len(SHOWN) else 80
        done = pivot(*shlex.split(command.replace(" CA", " CM")), cwd=tmp_path, columns=columns)
        text = f"{done.stdout}\n{done.stderr}"
        assert "Traceback" not in text
        if found := [*faults(text, plan), *([] if plan.niveaux.action.feminin else feminine(text))]:
            told[command] = found
    assert told == {}


def test_a_meeting_is_of_the_body_that_the_plan_names(tmp_path: Path) -> None:
    write_plan(tmp_path, texts_in_words(LIVING, OF["jalon"]))
    done = pivot("agenda", "--date", "2022-01-19", "--inscrire", "-o", "odj.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Inscrite : la réunion (Comité de pilotage) du mercredi 19 janvier 2022" in done.stderr.replace(NB, " ")
    again = pivot("agenda", "--date", "2022-01-19", "--heure", "20 h", "--inscrire", cwd=tmp_path)
    assert "la réunion (Comité de pilotage) du mercredi" in again.stderr.replace(NB, " ")


OTHERS = [  # a plan of another shape, what is typed, what is answered
    ("mada", "1", "« 1 » est un axe."),
    ("mada", "1.2", "« 1.2 » est une mesure."),
    ("mada", "list --objectif 9", "il n'y a pas d'axe « 9 » dans le plan."),
    ("mada", "list --objectif 1 --au 2024-04-15", "Axe 1 : 3 mesures sur 8."),
    ("mada", "show 1.99", "Celles de l'axe 1 : 1.1, 1.2, 1.3."),
    ("mada", 'note 1.1 --statut "en cours" --essai', "1.1 : elle est « réalisée » : dites pourquoi elle reprend."),
    ("ouvert", "show 1.99", "il n'y a pas d'engagement « 1.99 » dans le plan."),
    ("contrat", "show 1.1.99", "il n'y a pas de fiche « 1.1.99 » dans le plan."),
    ("cpe", "show 1.zzz", "il n'y a pas de volet « 1.zzz » dans le plan."),
]


@table(("name", "typed", "said"), OTHERS)
def test_a_level_that_a_plan_has_not_is_not_named(name: str, typed: str, said: str) -> None:
    done = pivot(*shlex.split(typed), cwd=HERE.parent / "autres" / name)
    assert said in " ".join(f"{done.stdout}\n{done.stderr}".split())


MADA = HERE.parent / "autres" / "mada" / "plan"
SHAPED = {path.name: path.read_text(encoding="utf-8") for path in MADA.glob("*.yaml")}


def test_a_fault_names_the_levels_that_the_plan_has() -> None:
    first = SHAPED["orientation-1.yaml"]
    third = first[first.index("  - numero: 3") :]
    moved = SHAPED | {
        "orientation-1.yaml": first.replace(third, "").replace("2023\n", "2023\n    depend_de: [1.99]\n", 1),
        "orientation-2.yaml": SHAPED["orientation-2.yaml"] + third.replace("numero: 3", "numero: 33"),
    }
    old, new = load_texts(SHAPED)[0], load_texts(moved)[0]
    told = {
        one.code: f"{one.message} {one.remedy}".replace(NB, " ")
        for one in [*check(new), *check_edit(Edition(old, new))]
    }
    assert "Il n'y a pas de mesure « 1.99 » dans le plan. Un id a deux parties : axe, mesure." in told["PIV203"]
    assert "est devenue 2.33." in told["PIV502"]
    assert "Remettez-la sous l'axe 1, numéro 3;" in told["PIV502"]


def said_of(findings: list[Finding], plan: Plan) -> list[str]:
    """What is wrong in the words of these faults."""
    texts = [f"{one.message} {one.remedy}" for one in findings]
    found = [wrong for text in texts for wrong in faults(text, plan)]
    return found if plan.niveaux.action.feminin else found + [wrong for text in texts for wrong in feminine(text)]


RULES = [code for code in CODES if code != "PIV107"]  # of which the fields of a file are the subject


@table(("code", "words"), [(code, words) for code in RULES for words in VOCABULARIES])
def test_a_fault_is_told_in_the_words_of_the_plan(code: str, words: Vocabulary) -> None:
    plan, read = loaded(example(code, "mauvais"), words)
    former = before(code, "mauvais", plan, lambda texts: loaded(texts, words))
    found = [*read, *check(plan, TODAY, former=former)]
    assert code in {one.code for one in found}
    assert said_of([one for one in found if one.code != "PIV106"], plan) == []  # which lists values


READ = [  # what is changed in a file, what is said of it
    ("            description: Former un comité\n", "", "dans un jalon (numero: 1)"),
    ("Mars 2020\n", "Mars 2020\n          statut: réalisée\n", "est un champ du jalon 1.adm.1.1, mais"),
    ("volets:\n", "volet:\n", "Le champ « volet » n'existe pas dans un engagement."),
    ("        titre: Un objectif\n", "", "Il manque le champ « titre » dans un but (numero: 1)."),
    ("nom: Administratif\n", "nom: Administratif\n    but: 2\n", "n'existe pas dans un secteur."),
]


@table(("there", "instead", "said"), READ)
def test_a_fault_of_reading_names_levels_as_the_plan_does(there: str, instead: str, said: str) -> None:
    _, found = loaded(SMALL | {FILE: SMALL[FILE].replace(there, instead, 1)}, OF["jalon"])
    assert said in " ".join(f"{one.message} {one.remedy}" for one in found).replace(NB, " ")


@pytest.mark.lent
@table(("edit", "words"), [(edit, words) for edit in EDITS if edit.found for words in VOCABULARIES])
def test_an_edit_is_told_in_the_words_of_the_plan(edit: Edit, words: Vocabulary) -> None:
    now = edited(edit.before, edit.changes)
    old, new = (loaded(SMALL | {FILE: text}, words)[0] for text in (edit.before, now))
    edition = Edition(old, new)
    found = check_edit(edition)
    assert said_of(found, new) == []
    summary = edit_summary(new, edition, found)
    assert summary.startswith(f"## {words.titre}")
    assert faults(summary, new) == []


@pytest.mark.lent
@table(("refused", "words"), [(row, words) for row in REFUSED for words in [*MASCULINE, VOCABULARIES[0]]])
def test_a_record_is_refused_in_the_words_of_the_plan(
    refused: tuple[str, dict[str, str], str], words: Vocabulary
) -> None:
    texts = {name: data.decode() for name, data in FILES.items()}
    files = {name: text.encode() for name, text in texts_in_words(texts, words).items()}
    plan, _ = loaded(texts, words)
    id_, options, _ = refused
    try:
        note(files, id_, **options)
    except PivotError as told:
        text = f"{told.message} {told.remedy}".replace("CA", "CM")  # as it was typed
        assert faults(text, plan) == []
        assert plan.niveaux.action.feminin or feminine(text) == []


def loaded(texts: dict[str, str], words: Vocabulary) -> tuple[Plan, list[Finding]]:
    """The plan that these files make in these words, and how they are faulty."""
    files = {name: text.encode() for name, text in texts_in_words(texts, words).items()}
    return read_once(PlanFiles("plan", files, []))


TYPED = [  # a command line, what is said of it in a plan of jalons
    (("deadline", "terminé"), "dit où en est le jalon, et non pour quand il est prévu"),
    (("show",), "dites quel jalon.\nExemple : pivot show 1.adm.1.1"),
    (("note",), 'dites quel jalon.\nExemple : pivot note 1.adm.1.1 --statut réalisée --le "mai 2019"'),
    (("list", "--etat", "suspendu"), "à côté de l'état d'un jalon"),
]


@table(("words", "said"), TYPED)
def test_what_is_typed_is_answered_in_the_words_of_the_plan(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    levels = "plan: {niveaux: {action: jalon}}\n"
    write_plan(tmp_path, SMALL | {"organisme.yaml": SMALL["organisme.yaml"] + levels})
    done = pivot(*words, cwd=tmp_path, columns=200)
    assert said in (done.stdout + done.stderr).replace(NB, " ")
