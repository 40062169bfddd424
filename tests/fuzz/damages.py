"""A plan damaged where its structure is: one to four damages a case, always the same for the same number."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from agenda.plans import EVERY_PLACE
from documents.plans import EVERY_ETAT
from echeance.settings_drawn import VALUES
from support import ROOT, SHIPPED, SMALL
from test_every_field import ECHEANCE, FILE, MARKED

from fuzz.nasty import BYTES, KEYS, RAW_KEYS, SHAPES, TEMPLATES, TEXTS, VALUES_AS_THEY_ARE
from fuzz.trees import Fields, Tree, copied, places, put, tree_of, value_at, written
from pivot_cli.plan.schema import fields as schema
from pivot_cli.plan.schema.kinds import ListOf, Record

Files = dict[str, bytes]


ORGANISME = """\
mission: Essayer
vision: Que tout soit essayé
presentation: Un organisme
valeurs: [Essai, Erreur]
diagnostic: {forces: [Oser], points_amelioration: [Finir], contraintes: [Le temps], opportunites: [Tout]}
periode: {debut: 2019-01-01, fin: 31 décembre 2021}
adopte_le: janvier 2019
conventions:
  hiver: décembre
  printemps: mars à mai
  ete: juin à août
  automne: septembre à novembre
  debut_exercice: 1er avril
  annees_jumelees: exercice
  trimestres: exercice
  debut_annee: janvier à mars
  mi_annee: avril à septembre
  fin_annee: octobre à décembre
  debut_mois: 10
  mi_mois: 20
  echeance_proche: 60
  court_terme: 1 an
  moyen_terme: 1 à 2 ans
  long_terme: décembre 2021
  mi_parcours: juin 2020
"""


def _every_field() -> dict[str, str]:
    """The plan with every place of an agenda, and an orientation of which an action has every field."""
    fields = "".join(f"            {key}: {mark.written}\n" for key, mark in MARKED.items() if key != "motif")
    text = (
        SMALL[FILE]
        .replace(ECHEANCE, ECHEANCE + fields.replace("en attente", "réalisée"))
        .replace("Directrice", "Direction")
    )
    organisme = EVERY_PLACE["organisme.yaml"] + ORGANISME
    return EVERY_PLACE | {
        "organisme.yaml": organisme,
        "orientation-2.yaml": text.replace("numero: 1\nenjeu", "numero: 2\nenjeu"),
    }


@cache
def bases() -> tuple[dict[str, Tree], ...]:
    """The plans that are damaged: with every field, every état, every place of an agenda, and the adopted one."""
    adopted = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
    plans = (_every_field(), EVERY_ETAT, EVERY_PLACE, adopted)
    return tuple({name: tree_of(text) for name, text in sorted(plan.items())} for plan in plans)


@cache
def field_names() -> tuple[str, ...]:
    """Every field that some file of a plan may have."""
    found: dict[str, None] = {}

    def walk(kind: Any) -> None:
        if isinstance(kind, ListOf):
            walk(kind.item)
        elif isinstance(kind, Record):
            for field in kind.fields:
                found.setdefault(field.key)
                walk(field.kind)

    for record in (schema.ORGANISME, schema.RESPONSABLES, schema.ORIENTATION, schema.REUNIONS):
        walk(record)
    return tuple(found)


# --- one damage to the tree of a file -------------------------------------------------------------------------


def _any(rng: Random) -> Tree:
    """Any value at all."""
    table = rng.choice((TEXTS, TEXTS, VALUES_AS_THEY_ARE, SHAPES))
    return copied(rng.choice(table))


def _place(rng: Random, tree: Tree) -> tuple[Any, int]:
    found = places(tree)
    return rng.choice(found) if found else ([tree], 0)


def drop(rng: Random, tree: Tree) -> None:
    holder, rank = _place(rng, tree)
    del holder[rank]


def double(rng: Random, tree: Tree) -> None:
    holder, rank = _place(rng, tree)
    holder.insert(rng.randint(0, len(holder)), copied(holder[rank]))


def many(rng: Random, tree: Tree) -> None:
    holder, rank = _place(rng, tree)
    holder += [copied(holder[rank])] * rng.choice((3, 30))


def rename(rng: Random, tree: Tree) -> None:
    holder, rank = _place(rng, tree)
    if isinstance(holder, Fields):
        name = rng.choice((*KEYS, *RAW_KEYS, *field_names(), str(holder[rank][0]).upper(), str(holder[rank][0])[:-1]))
        holder[rank] = (name, holder[rank][1])


def replace(rng: Random, tree: Tree) -> None:
    put(*_place(rng, tree), _any(rng))


def revalue(rng: Random, trees: dict[str, Tree]) -> str:
    """Another text in some field: each field of the plan as often as any other, however seldom it is written."""
    by_name: dict[str, list[tuple[Any, int]]] = {}
    for tree in trees.values():
        for holder, rank in places(tree):
            if isinstance(holder, Fields) and isinstance(value_at(holder, rank), str):
                by_name.setdefault(str(holder[rank][0]), []).append((holder, rank))
    name = rng.choice(sorted(by_name))
    put(*rng.choice(by_name[name]), rng.choice(rng.choice((TEXTS, VALUES))))
    return f"revalue {name}"


def reshape(rng: Random, tree: Tree) -> None:
    holder, rank = _place(rng, tree)
    value = value_at(holder, rank)
    wrapped = [value], Fields([("x", value)]), [[value]], Fields([(rng.choice(field_names()), value)])
    unwrapped = [value_at(value, 0)] if isinstance(value, list) and value else []
    put(holder, rank, rng.choice((*wrapped, *unwrapped)))


def move(rng: Random, tree: Tree) -> None:
    put(*_place(rng, tree), copied(value_at(*_place(rng, tree))))


def exchange(rng: Random, tree: Tree) -> None:
    one, other = _place(rng, tree), _place(rng, tree)
    first, second = copied(value_at(*one)), copied(value_at(*other))
    put(*one, second)
    put(*other, first)


def add(rng: Random, tree: Tree) -> None:
    groups = [holder for holder, _ in places(tree) if isinstance(holder, Fields)]
    if groups:
        group = rng.choice(groups)
        group.insert(rng.randint(0, len(group)), (rng.choice(field_names()), _any(rng)))


def _named(tree: Tree, names: frozenset[str]) -> list[tuple[Any, int]]:
    """The places of the fields of these names."""
    return [
        (holder, rank)
        for holder, rank in places(tree)
        if isinstance(holder, Fields) and isinstance(holder[rank][0], str) and holder[rank][0] in names
    ]


def number(rng: Random, tree: Tree) -> None:
    """The numbers and codes of a file, repeated, huge or odd: two things then have one id, or none."""
    found = _named(tree, _IDS)
    if found:
        put(*rng.choice(found), rng.choice((*TEXTS, "1", "1", "adm", "DG")))


_IDS = frozenset(("numero", "code", "enjeu", "depend_de", "action", "porteur", "responsables", "alias", "nom"))


def cycle(rng: Random, tree: Tree) -> None:
    """Actions that wait for each other, or for themselves."""
    actions = [holder for holder, _ in _named(tree, frozenset(("description",)))]
    for action in rng.sample(actions, min(len(actions), rng.choice((1, 2, 5)))):
        action.append(("depend_de", [rng.choice(("1.adm.1.1", "1.adm.1.2", "1.gou.1.1", "1.adm.1.3")) for _ in "ab"]))


ON_A_TREE = (
    drop,
    double,
    many,
    rename,
    rename,
    replace,
    replace,
    replace,
    reshape,
    move,
    exchange,
    add,
    add,
    number,
    cycle,
)

# --- one damage to the files ----------------------------------------------------------------------------------


def _bytes(rng: Random, files: Files, name: str) -> None:
    data = files[name]
    at = rng.randint(0, len(data))
    piece = rng.choice(BYTES)
    within, whole = (data[:at] + piece + data[at:], data[:at], data[at:]), (data * 2, b"", piece)
    files[name] = rng.choice((*within, piece + data, data + piece, *whole))


def _lines(rng: Random, files: Files, name: str) -> None:
    lines = files[name].split(b"\n")
    at = rng.randrange(len(lines))
    line = lines[at]
    changed = b"  " + line, line[1:], b"\t" + line, line + b" #x", line.rstrip() + b":", b"- " + line
    lines[at : at + 1] = rng.choice(([], [line, line], *([one] for one in changed), [line, b""]))
    files[name] = b"\n".join(lines)


def _whole(rng: Random, files: Files, name: str) -> None:
    data = files[name]
    files[name] = rng.choice(
        (b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"), data.replace(b" ", b"\t"),
         data.decode("utf-8", "replace").encode("utf-16"), data.decode("utf-8", "replace").encode("latin-1",
         "replace"),
         data.replace(b":", b" :"), data.replace(b": ", b":"), data.replace(b"'", b'"'), data.upper(),
         data.swapcase())
    )  # fmt: skip


def _names(rng: Random, files: Files, name: str) -> None:
    other = rng.choice(
        ("orientation-01.yaml", "orientation-9999.yaml", "orientation-0.yaml", "orientation-1.yml",
        "Orientation-1.yaml",
         "organisme.yaml", "responsables.yaml", "reunions.yaml", "orientation-2.yaml", "orientation-x.yaml", "é.yaml",
         "x")
    )  # fmt: skip
    files[other] = files.get(name, b"")
    if rng.random() < 0.7:
        files.pop(name, None)


def _missing(_rng: Random, files: Files, name: str) -> None:
    files.pop(name, None)


def _template(rng: Random, files: Files, _name: str) -> None:
    own = rng.choice(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.*")))
    data = (ROOT / own).read_bytes()
    at = rng.randint(0, len(data))
    piece = rng.choice(TEMPLATES)
    files[f"../{own}"] = rng.choice((piece, data[:at] + piece + data[at:], data[:at], data + piece))


ON_FILES = (_bytes, _bytes, _lines, _lines, _whole, _names, _missing, _template, _template)


def damaged(case: int) -> tuple[Files, list[str]]:
    """The files of a case, by their paths from the plan's folder, and the damages that were done."""
    rng = Random(case)
    trees = {name: copied(tree) for name, tree in rng.choices(bases(), (16, 12, 12, 1))[0].items()}
    done = [revalue(rng, trees) for _ in range(rng.choice((0, 0, 2, 6, 12)))]
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        if rng.random() < (0.4 if done else 0.75):
            name, damage = rng.choice(sorted(trees)), rng.choice(ON_A_TREE)
            damage(rng, trees[name])
            done.append(f"{damage.__name__} {name}")
    files = {name: written(tree).encode("utf-8", "replace") for name, tree in trees.items()}
    if not done or rng.random() < 0.2:
        name, change = rng.choice(sorted(files)), rng.choice(ON_FILES)
        change(rng, files, name)
        done.append(f"{change.__name__} {name}")
    return files, done
