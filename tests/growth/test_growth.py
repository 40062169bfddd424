"""What a plan costs grows as it does: four times as much of anything takes four times the steps, or is stopped.

Steps are the calls that Python makes, counted, so that the same plan always takes as many.
"""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from datetime import date
from pathlib import Path

import pytest
from pace import few
from support import SMALL

from pivot_cli import text
from pivot_cli.checks.plan import check
from pivot_cli.checks.subject import Loops, Subject
from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.echeance import windows
from pivot_cli.finding import in_order
from pivot_cli.plan.loader import load, source_texts
from pivot_cli.plan.model import Origin
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.screens.faults import faults_page
from pivot_cli.text import Suggestions, day_in_words, fold

Files = dict[str, str]
TODAY = date(2020, 1, 15)
MOST = 6  # times the steps, for four times as much
ORIENTATION, ORGANISME, RESPONSABLES = (
    SMALL[f"{name}.yaml"] for name in ("orientation-1", "organisme", "responsables")
)
TOP = "numero: 1\nenjeu: 1\ntitre: T\nvolets:\n"


def action(number: int, *fields: str, who: str = "[DG]") -> str:
    lines = [f"          - numero: {number}", f"            description: Action {number}"]
    return "\n".join([*lines, f"            responsables: {who}", *(f"            {field}" for field in fields), ""])


def orientation(written: str) -> Files:
    return SMALL | {"orientation-1.yaml": written}


def each(n: int, *fields: str, who: str = "[DG]") -> Files:
    """So many actions, « {n} » in their fields being their number, « {m} » that of the one after, « {d} » before."""
    rows = []
    for number in range(3, n + 3):
        one = {"n": str(number), "m": str(number + 1), "d": str(number - 1)}
        made = [_filled(field, one) for field in fields]
        rows.append(action(number, *made, who=_filled(who, one)))
    return orientation(ORIENTATION + "".join(rows))


def _filled(field: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        field = field.replace(f"<{name}>", value)
    return field


def listed(n: int, value: str) -> str:
    return "[" + ", ".join(value.replace("<n>", str(rank)) for rank in range(n)) + "]"


def many(n: int, field: str, value: str, *others: str) -> Files:
    """One action with so many values in a field."""
    return orientation(ORIENTATION + action(3, f"{field}: {listed(n, value)}", *others))


def registre(n: int) -> str:
    return RESPONSABLES + "".join(f"  - code: R{rank}\n    nom: Nom {rank}\n" for rank in range(3, n + 3))


def nested(n: int, field: str, *lines: str) -> Files:
    rows = ("\n".join(f"              {line}" for line in lines).replace("<n>", str(rank)) for rank in range(n))
    return orientation(ORIENTATION + action(3, "echeance: Mensuel", f"{field}:\n" + "\n".join(rows)))


def meetings(n: int, field: str, *lines: str) -> Files:
    rows = ("\n".join(f"    {line}" for line in lines).replace("<n>", str(rank)) for rank in range(n))
    return SMALL | {"reunions.yaml": f"ca:\n  {field}:\n" + "\n".join(rows) + "\n"}


def volets(n: int, depends: str = "") -> Files:
    rows = []
    for rank in range(n):
        code = "".join(chr(97 + rank // 26**power % 26) for power in range(4))
        objectif = (
            f"  - code: {code}\n    nom: V\n    objectifs:\n      - numero: 1\n        titre: O\n        actions:\n"
        )
        rows.append(objectif + action(1, "echeance: Mars 2020", *([depends.replace("<c>", code)] if depends else [])))
    return orientation(TOP + "".join(rows))


def objectifs(n: int) -> Files:
    one = "      - numero: {0}\n        titre: O\n        actions:\n"
    rows = (one.format(rank + 1) + action(1, "echeance: Mars 2020") for rank in range(n))
    return orientation(TOP + "  - code: adm\n    nom: V\n    objectifs:\n" + "".join(rows))


def dense(n: int) -> Files:
    """Actions that all depend on each other: `n` dependencies in all."""
    side = int(n**0.5)
    rows = ([f"1.adm.1.{other + 3}" for other in range(side) if other != one] for one in range(side))
    return orientation(ORIENTATION + "".join(action(3 + k, f"depend_de: [{', '.join(r)}]") for k, r in enumerate(rows)))


def one_loop(n: int) -> Files:
    """Actions that each depend on the one after, and the last on the first."""
    files = each(n, "depend_de: [1.adm.1.<m>]", "echeance: Mars 2020")
    return orientation(files["orientation-1.yaml"].replace(f"depend_de: [1.adm.1.{n + 3}]", "depend_de: [1.adm.1.3]"))


def raw(n: int, line: str) -> Files:
    return orientation(ORIENTATION + "".join(line.replace("<n>", str(rank)) for rank in range(n)))


GROWING: dict[str, Callable[[int], Files]] = {
    "actions": lambda n: each(n, "echeance: Mars 2020"),
    "champs inconnus d'une action": lambda n: raw(n, "            x<n>: 1\n"),
    "champs presque connus": lambda n: raw(n, "            statu<n>: 1\n"),
    "champs inconnus du fichier": lambda n: raw(n, "x<n>: {a: 1}\n"),
    "champs inconnus de l'organisme": lambda n: (
        SMALL | {"organisme.yaml": ORGANISME + "".join(f"x{k}: 1\n" for k in range(n))}
    ),
    "champs inconnus d'un responsable": lambda n: (
        SMALL | {"responsables.yaml": RESPONSABLES + "".join(f"    x{k}: 1\n" for k in range(n))}
    ),
    "champs inconnus d'un groupe": lambda n: orientation(
        ORIENTATION + action(3, "budget: {" + ", ".join(f"a{k}: b" for k in range(n)) + "}")
    ),
    "un champ inconnu par action": lambda n: each(n, "y<n>: 1"),
    "un champ écrit plusieurs fois": lambda n: raw(n, "            statut: en cours\n"),
    "responsables inconnus": lambda n: orientation(ORIENTATION + action(3, who=listed(n, "Nom <n>"))),
    "responsables répétés": lambda n: orientation(ORIENTATION + action(3, who=listed(n, "DG"))),
    "responsables inconnus, registre plein": lambda n: each(n, who="[Comité <n>]") | {"responsables.yaml": registre(n)},
    "responsables et registre": lambda n: each(n, who="[R<n>]") | {"responsables.yaml": registre(n)},
    "responsables d'une action": lambda n: (
        orientation(ORIENTATION + action(3, who=listed(n, "R<n>"))) | {"responsables.yaml": registre(n)}
    ),
    "porteurs inconnus": lambda n: each(n, "porteur: P<n>"),
    "alias": lambda n: SMALL | {"responsables.yaml": RESPONSABLES + f"    alias: {listed(n, 'Nom <n>')}\n"},
    "alias répétés": lambda n: SMALL | {"responsables.yaml": RESPONSABLES + f"    alias: {listed(n, 'DG')}\n"},
    "codes répétés": lambda n: SMALL | {"responsables.yaml": RESPONSABLES + "  - code: R\n    nom: Nom\n" * n},
    "collaborateurs": lambda n: many(n, "collaborateurs", "Nom <n>"),
    "liens": lambda n: many(n, "liens", "https://exemple.org/<n>"),
    "dépendances d'une action": lambda n: many(n, "depend_de", "1.adm.1.1"),
    "dépendances inconnues d'une action": lambda n: many(n, "depend_de", "1.adm.9.<n>"),
    "dépendances inconnues": lambda n: each(n, "depend_de: [1.adm.<n>.1]"),
    "chaîne": lambda n: each(n, "depend_de: [1.adm.1.<d>]", "echeance: Mars 2020"),
    "chaîne vers l'avant": lambda n: each(n, "depend_de: [1.adm.1.<m>]", "echeance: Mars 2020"),
    "boucle": lambda n: raw(0, "") | each(n, "depend_de: [1.adm.1.<m>, 1.adm.1.3]", "echeance: Mars 2020"),
    "une boucle": one_loop,
    "boucles en chaîne": lambda n: each(n, "depend_de: [1.adm.1.<m>, 1.adm.1.<d>]", "echeance: Mars 2020"),
    "toutes de toutes": dense,
    "volets": volets,
    "volets qui dépendent": lambda n: volets(n, "depend_de: [1.<c>.1.2, 1.<c>.1.1]"),
    "objectifs": objectifs,
    "numéros répétés": lambda n: orientation(ORIENTATION + action(3) * n),
    "enjeux": lambda n: (
        SMALL | {"organisme.yaml": ORGANISME + "".join(f"  - numero: {k}\n    titre: E\n" for k in range(2, n + 2))}
    ),
    "valeurs": lambda n: SMALL | {"organisme.yaml": ORGANISME + f"valeurs: {listed(n, 'v<n>')}\n"},
    "réunions": lambda n: meetings(n, "reunions", "- date: 2020-01-15"),
    "points": lambda n: meetings(n, "points", "- titre: Point <n>", "  apres: divers"),
    "points permanents": lambda n: meetings(n, "points_permanents", "- titre: Point <n>", "  action: 1.adm.7.<n>"),
    "suivi": lambda n: nested(n, "suivi", "- date: 2019-01-15", "  note: N<n>"),
    "échéances précédentes": lambda n: nested(
        n, "echeances_precedentes", "- echeance: Mars 2020", "  motif: M", "  decide_le: 2029-01-15"
    ),
    "réalisations": lambda n: many(n, "realisations", "2019-05-12", "echeance: Mensuel"),
    "réalisations de chaque jour": lambda n: many(n, "realisations", "2019-05-12", "echeance: chaque jour, dès 1900"),
    "échéances refusées": lambda n: each(n, "echeance: Marz<n> 2020"),
    "échéances à remarque": lambda n: each(n, "echeance: Hiver 2020"),
    "chaque jour dès 1900": lambda n: each(n // 8, "echeance: chaque jour, dès 1900"),
    "chaque mois dès 1900": lambda n: each(n // 8, "echeance: le 15 de chaque mois, dès 1900"),
    "statuts inconnus": lambda n: each(n, "statut: termine<n>"),
    "dates inconnues": lambda n: each(n, "realisee_le: 31 fevrer <n>"),
    "réalisées": lambda n: each(n, "statut: réalisée", "realisee_le: mai 2019", "resultat: R<n>"),
    "statuts et ce qui suit": lambda n: each(1, "statut: " + "fait " * n),
    "notes hors de suivi": lambda n: many(n, "note", "Vu <n>"),
    "champs d'un autre plan": lambda n: each(n, "avancement: 50 %"),
    "caractères invisibles": lambda n: each(n, "motif\u200b: M", "echeance: Mars\u200b 2020"),
    "accents perdus": lambda n: each(n, "motif: r?union fÃªte", "resultat: https://exemple.org?a=b"),
    "un modèle au-dessus": lambda n: orientation("statut: x\n" + "".join(f"x{k}: 1\n" for k in range(n)) + ORIENTATION),
    "débuts de fusion": lambda n: orientation(ORIENTATION + "<<<<<<< a\n" * n + "=======\n" * n),
    "fusions": lambda n: orientation(ORIENTATION + "<<<<<<< a\n=======\n>>>>>>> b\n" * n),
    "textes coupés": lambda n: each(n, "motif: M #<n>"),
    "lignes de travers": lambda n: each(n, "     motif: m<n>"),
    "lignes de travers, à gauche": lambda n: raw(n, "   statut: en cours\n"),
    "crochets ouverts": lambda n: each(n, "liens: [a, b"),
    "guillemets ouverts": lambda n: each(n, 'motif: "a b'),
    "deux-points": lambda n: each(n, "motif: a : b"),
    "raccourcis": lambda n: each(n, "motif: *a<n>"),
    "étiquettes": lambda n: each(n, "motif: !a<n> x"),
    "champs vides": lambda n: each(n, "motif:"),
    "caractères interdits": lambda n: orientation(ORIENTATION.replace("Former un", '"' + "a\x07" * n + '"', 1)),
    "un texte": lambda n: orientation(ORIENTATION.replace("Former un comité", "mot " * 50 * n)),
    "des lignes": lambda n: orientation(ORIENTATION.replace("Former un comité", "|\n" + "              mot\n" * n)),
    "fichiers de trop": lambda n: SMALL | {f"autre{k}.yaml": "a: 1\n" for k in range(n)},
}

SIZE = 32


@pytest.fixture(autouse=True)
def _few_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past so many, suggestions stop: here, in a plan of this size already."""
    monkeypatch.setattr(text, "MOST_COMPARED", 1000)


COMMANDS = (("overdue",), ("report", "complet", "--format", "md"))


def steps(work: Callable[[], object]) -> int:
    """The calls that a work takes, those of the texts that it has met before included."""
    for kept in (fold, day_in_words):
        kept.cache_clear()
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def validated(files: Files) -> Callable[[], object]:
    """All that `validate` does of a plan once it is read from the disk."""
    folder = PlanFiles("plan", {name: written.encode() for name, written in files.items()}, [])

    def work() -> None:
        plan, findings = load(folder)
        findings = in_order([*findings, *check(plan, TODAY)])
        faults_page(plan, findings, 80, source_texts(folder, [one.location.file for one in findings])).render(
            colour=False
        )

    return work


@pytest.mark.lent
@pytest.mark.parametrize("made", few(24, GROWING.values()), ids=few(24, GROWING))
def test_the_steps_of_validate_grow_as_the_plan_does(made: Callable[[int], Files]) -> None:
    steps(validated(made(8)))  # what is only loaded once
    few, more = (steps(validated(made(size))) for size in (SIZE, 4 * SIZE))
    assert more < MOST * few


@pytest.mark.lent
@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
@pytest.mark.parametrize("made", few(27, GROWING.values()), ids=few(27, GROWING))
def test_the_steps_of_a_command_grow_as_the_plan_does(
    made: Callable[[int], Files],
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted = []
    for size in (8, SIZE, 4 * SIZE):
        plan = tmp_path / str(size) / "plan"
        plan.mkdir(parents=True)
        for name, written in made(size).items():
            (plan / name).write_text(written, encoding="utf-8", newline="")
        monkeypatch.chdir(plan.parent)
        counted.append(steps(lambda: run(app, [*words, "--au", "2020-01-15"])))
    capsys.readouterr()
    assert counted[2] < MOST * counted[1]


def test_suggestions_are_looked_for_as_long_as_it_costs_little() -> None:
    suggestions = Suggestions([f"nom {rank}" for rank in range(300)])
    assert [suggestions.nearest("nim 12") for _ in range(6)] == ["nom 12"] * 4 + [None] * 2


def test_a_long_list_is_looked_up_and_not_gone_through() -> None:
    files = many(500, "liens", "a<n>")
    plan, _ = load(PlanFiles("plan", {name: written.encode() for name, written in files.items()}, []))
    origin: Origin = plan.places[-1].action.origin
    places = [origin.at("liens", rank) for rank in range(500)]
    assert steps(lambda: origin.at("liens", 499)) == steps(lambda: origin.at("liens", 0))
    assert places == sorted(set(places))
    assert origin.at("liens", 500) == origin.at("liens")


@pytest.mark.lent
def test_a_loop_is_found_in_as_many_steps_as_it_is_long() -> None:
    counted = []
    for n in (500, 2000):
        plan, _ = load(PlanFiles("plan", {name: text.encode() for name, text in one_loop(n).items()}, []))
        (loop,) = Loops(Subject(plan).dependencies).told
        assert len(loop) == n
        counted.append(steps(lambda subject=Subject(plan): Loops(subject.dependencies)))  # type: ignore[misc]
    assert counted[1] < 4.1 * counted[0]


def test_the_windows_of_centuries_are_few() -> None:
    assert len(windows("FREQ=DAILY", date(1000, 1, 1), date(2030, 1, 1), au=TODAY)) < 20
