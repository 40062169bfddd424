"""Who is responsible: the names that a cell holds, and the list of all of them, each with its code and the other ways
of writing it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.wordings import is_nothing
from pivot_cli.plan.posts import code_for, compared, words_of
from pivot_cli.text import capitalized, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GOES_ON = re.compile(r"(?i)(?:\b(?:de|du|des|la|le|les|à|au|aux|et|en|pour|ou)|[dl]['’]|-)$")
_RESUMES = re.compile(r"(?:de|du|des|d['’]|à|au|aux|et|la|le|les|l['’]|en|ou|pour)\b|\(|[a-zà-ü]['’]")
TWO = re.compile(r"(?i)\set\s(?!(?:de|du|des|à|aux?)\b|d['’])")
"""« et » where it may part two names; in « des loisirs et de la culture », it does not."""
_ACRONYM = re.compile(r"[A-ZÀ-Ü][A-Za-zÀ-ü0-9&.-]{0,15}")
_NOBODY = frozenset(
    (
        *("a determiner", "a venir", "a confirmer", "a preciser", "a attribuer", "aucun", "tbd"),
        *("sans objet", "non applicable", "ne s'applique pas", "non disponible"),
    )
)
_STRUCTURES = frozenset(
    [
        "direction",
        "service",
        "ministere",
        "comite",
        "equipe",
        "conseil",
        "ville",
        "municipalite",
        "mrc",
        "centre",
        "agence",
        "bureau",
        "departement",
        "secretariat",
        "organisme",
        "association",
        "federation",
        "cisss",
        "ciusss",
        "cegep",
        "ecole",
        "universite",
        "office",
        "table",
        "coalition",
        "regroupement",
        "corporation",
        "societe",
        "fondation",
        "commission",
        "maison",
        "college",
        "institut",
        "prefecture",
        "region",
        "loisirs",
        "coordination",
        "administration",
        "communications",
        "urbanisme",
        "travaux",
        "ressources",
        "partenaires",
        "intervenants",
        "employes",
        "benevoles",
        "membres",
        "agent",
        "agente",
        "adjoint",
        "adjointe",
        "technicien",
        "technicienne",
        "responsable",
        "directeur",
        "directrice",
        "coordonnateur",
        "coordonnatrice",
        "charge",
        "chargee",
        "conseiller",
        "conseillere",
        "president",
        "presidente",
        "tresorier",
        "tresoriere",
        "vice-president",
        "vice-presidente",
        "secretaire",
        "developpement",
        "culture",
        "gestion",
    ]
)


def is_nobody(text: str) -> bool:
    """Whether a cell says that it is not known who."""
    return is_nothing(text) or fold(text).strip(" .") in _NOBODY


@lru_cache(maxsize=4096)
def names_in(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The names of a cell, in its words. « et » separates where one side is `known` (folded) elsewhere."""
    if listed := re.fullmatch(r"\s*\[(.*)\]\s*", text, re.DOTALL):
        text = re.sub(r"(?:^|(?<=,))\s*['\"]|['\"]\s*(?=,|$)", "", listed[1])
    found: list[str] = []
    for line in () if is_nobody(text) else _whole_lines(text):
        if compared(_bare(line)) in known and _listed(_bare(line)):
            found.append(line)
            continue
        parts: list[str] = []
        lettered = re.match(r"\s*([A-Z])\s*:\s*(?=\S)", line)  # « C : FADOQ, CLSC »
        for part in _cut(line[lettered.end() :] if lettered else line):
            resumes = parts and part.startswith(",") and _RESUMES.match(part[1:].lstrip())
            if resumes:
                parts[-1] += part
            else:
                parts.append(part)
        listed_by_commas = len(parts) > 1 and parts[-1].startswith(",")
        names = [name for part in parts for name in _around_and(_bare(part), known)]
        names = [*names[:-1], *_last_of_list(names[-1], known)] if listed_by_commas and names else names
        found += [f"{lettered[0].strip()} {name}" for name in names] if lettered else names
    unique = dict.fromkeys(map(_bare, found))
    return tuple(name for name in unique if re.search(r"\w", name) and not is_nobody(name))


def _whole_lines(text: str) -> Iterator[str]:
    """The lines of a cell, those that only break a name joined."""
    kept = ""
    for line in text.split("\n"):
        joined = kept and (_GOES_ON.search(kept) or _RESUMES.match(line))
        if kept and not joined:
            yield kept
        kept = f"{kept} {line}" if joined else line
    yield kept


def _cut(line: str) -> Iterator[str]:
    """The line at « ; », « / », « + », « • » and commas outside parentheses; a comma stays at the start of its part."""
    depth, kept = 0, ""
    for at, sign in enumerate(line):
        depth += (sign == "(") - (sign == ")")
        slash = sign == "/" and fold(line[max(at - 2, 0) : at + 3]) not in ("et/ou", "ou/et")
        if depth <= 0 and (sign in ";+•|" or slash or sign == ","):
            yield kept
            kept = "," if sign == "," else ""
        else:
            kept += sign
    yield kept


_SHORT = 5  # letters of a word cut short, with its period


def _bare(name: str) -> str:
    said = " ".join(name.split()).strip(" ,;:•·–—-*")
    said = re.sub(r"^(?:\d+[.)]|[a-z]\))\s+", "", said)
    last = said.rpartition(" ")[2]
    whole = last.count(".") == 1 and (
        len(last) > _SHORT or (last.isupper() and len(last) > 2)
    )  # « com. » and « Karim B. » keep it
    return said[:-1] if said.endswith(".") and whole else said


def _around_and(name: str, known: frozenset[str]) -> list[str]:
    for found in re.finditer(r"(?i)\s+(?:et(?:/ou)?|ou|avec|&)\s+", name):
        left, right = name[: found.start()], name[found.end() :]
        if compared(left) in known or compared(right) in known or re.search(r"\([A-Z]\)$", left):  # « Ville (R) et »
            return [*_around_and(left, known), *_around_and(right, known)]
    return [name]


def _last_of_list(name: str, known: frozenset[str]) -> list[str]:
    """« Nadia, Luc et Omar »: the « et » that ends a list parts two names, unless it is in the middle of one, as in
    « Sports et loisirs », or « Service des loisirs et de la culture ».
    """
    found = TWO.search(name)
    if found is None or compared(name) in known:
        return [name]
    left, right = name[: found.start()], name[found.end() :]
    one_word = " " not in left and (left.islower() or left.isupper())
    post = left[:1].islower() and fold(right).split(" ")[0] in _STRUCTURES
    return [left, right] if right[:1].isupper() or one_word or post else [name]


_SERVICES = re.compile(r"(?:comites?|services?|direction|departement|table|equipe|bureau|division|commission|unite)\b")
_PEOPLE = re.compile(
    r"(?:benevole|membre|employe|partenaire|intervenant|citoyen|parent|jeune|usager|famille|organisme|participant|agent"
    r"|adjoint|technicien|responsable|direct(?:eur|rice)|coordonnat(?:eur|rice)|conseill|president|tresori|secretaire"
    r"|animat(?:eur|rice)|administrat(?:eur|rice)|stagiaire)"
)


_LEISURE = re.compile(r"(?:loisirs?|cultures?|sports?|vie|bibliotheques?|plein air|evenements?|tourisme)\b")
"""What one service of a municipality is made of, capitals or not: « Loisirs, Culture et Sports »."""


def services_in(cells: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The names with commas and « et » that are each of one service (« Loisirs, culture et vie communautaire »), as
    they are compared; and, in the words of the document, those that only seem so: what they are made of is nowhere
    alone, and names nobody.
    """
    lines = [_bare(line) for cell in cells for line in _whole_lines(cell)]
    listed = {line for line in lines if _listed(line)}
    alone = {compared(name) for line in lines if line not in listed for name in names_in(line)}
    times = Counter(map(compared, lines))
    whole = [line for line in dict.fromkeys(lines) if line in listed and not alone & set(map(compared, _listed(line)))]
    sure = [line for line in whole if _SERVICES.match(fold(line)) or times[compared(line)] > 1]
    return frozenset(map(compared, whole)), tuple(line for line in whole if line not in sure)


def _listed(line: str) -> list[str]:
    """What the name of a service enumerates (« Loisirs », « culture », « vie communautaire »); else nothing."""
    first, *others = (part.strip() for part in line.split(","))
    last = TWO.split(others[-1]) if others else []
    parts = [first, *others[:-1], *last]
    named = (
        re.search("[;/+|()]", line) or is_person(first) or first.isupper() or any(map(_PEOPLE.match, map(fold, parts)))
    )
    lower = all(part[:1].islower() and not _RESUMES.match(part) for part in parts[1:])
    lower |= all(map(_LEISURE.match, map(fold, parts)))
    others_too = any(_SERVICES.match(fold(part)) for part in parts[1:])
    return parts if len(last) > 1 and lower and not named and not others_too else []


def is_person(name: str) -> bool:
    """Whether a name seems that of somebody: « Marie Tremblay », « M. Roy »."""
    words = re.sub(r"\(.*?\)", "", name).replace("-", " ").split()
    if not 2 <= len(words) <= 4 or not all(word[:1].isupper() for word in words):
        return False
    if words[0] in ("M.", "Mme", "Mme.", "Me", "Dr", "Dre"):
        return True
    return not any(fold(word).strip(".,") in _STRUCTURES or word.isupper() for word in words)


def is_post(name: str) -> bool:
    """Whether a name is a post of one word: « trésorière »."""
    return fold(name) in _STRUCTURES


class Qui(NamedTuple):
    """Somebody, as the plan will know them: the code, the name, the other ways of writing it."""

    code: str
    nom: str
    alias: tuple[str, ...]
    nom_court: str = ""
    courriel: str = ""


class Doute(NamedTuple):
    """Two names that may be of one: `name` was taken for an alias of `other` (`merged`), or left apart; why."""

    name: str
    other: str
    why: str
    merged: bool


class Mention(NamedTuple):
    """A name with its acronym, as documents write it once: « Agence régionale de santé (ARS) »."""

    nom: str
    sigle: str | None


@lru_cache(maxsize=4096)
def mention(name: str) -> Mention:
    """The name and the acronym in parentheses after it, where there is one."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name)
    if (
        found
        and not is_person(found[1])
        and _ACRONYM.fullmatch(found[2])
        and sum(sign.isupper() for sign in found[2]) >= 2
    ):
        return Mention(found[1], found[2])
    return Mention(name, None)


class _Group:
    def __init__(self, name: str) -> None:
        self.names = [name]
        self.sigle: str | None = None


def gathered(names: Iterable[str]) -> tuple[list[Qui], list[Doute]]:
    """All the names of a document, in their order: each once, and what was thought of those that resemble another."""
    counts: dict[str, int] = {}
    sigles: dict[str, str] = {}
    written: dict[str, str] = {}
    for name in names:
        nom, sigle = mention(name)
        key = fold(nom)
        counts[key] = counts.get(key, 0) + 1
        if nom[:1].isupper() or key not in written:
            written[key] = nom if key not in written or not written[key][:1].isupper() else written[key]
        if sigle:
            sigles.setdefault(key, sigle)
    groups: list[_Group] = []
    doubts: list[Doute] = []
    for key in counts:
        _place(written[key], sigles.get(key), groups, doubts)
    used = {fold(name) for group in groups for name in group.names}
    found = [_named(group, counts, used) for group in groups]
    return found, doubts


def _place(name: str, sigle: str | None, groups: list[_Group], doubts: list[Doute]) -> None:
    """Put a name with those that it is another writing of, or by itself."""
    for group in groups:
        for other in group.names:
            why, sure = _alike(name, other, sigle, group.sigle)
            if why and why != _SAID:
                doubts.append(Doute(name, other, why, sure))
            if why and sure:
                group.names.append(name)
                group.sigle = group.sigle or sigle
                return
            if why:
                break
    group = _Group(name)
    group.sigle = sigle
    groups.append(group)


_SAID = "sigle"  # by the document itself: nothing to ask
_ABBREVIATED = 3  # letters, from which a word may stand for a longer one


def _alike(one: str, two: str, sigle: str | None, other_sigle: str | None) -> tuple[str, bool]:
    """Why two names may be of one, and whether it is sure enough to write one as an alias of the other."""
    said = (sigle and compared(sigle) == compared(two)) or (other_sigle and compared(other_sigle) == compared(one))
    first, second = words_of(one), words_of(two)
    why, sure = "", True
    if said:
        why = _SAID
    elif short := initials_are(one, two) or initials_are(two, one):
        why, sure = "initiales", short in _KNOWN and _KNOWN[short] in f"{fold(one)} {fold(two)}"
    elif re.sub(r"\s*\(.*?\)", "", compared(one)) == re.sub(r"\s*\(.*?\)", "", compared(two)) != compared(one):
        why, sure = "une parenthèse de différence", False
    elif compared(one) == compared(two):
        why = "article ou ponctuation"
    elif first == second:
        why, sure = "petits mots", len(first) >= 3
    elif len(first) == len(second):
        differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
        if all(_abbreviates(*pair) or _abbreviates(*reversed(pair)) for pair in differing):
            why = "abréviation"
        elif all(_stem(a) == _stem(b) for a, b in differing):
            why = "genre ou nombre"
    return why, bool(why) and sure


_KNOWN = {"CA": "conseil d'administration", "DG": "direct"}
"""What the acronyms that every organisation has stand for: the only initials that are sure enough."""


def initials_are(acronym: str, name: str) -> str:
    """The letters of an acronym, where they are the initials of a name."""
    letters = acronym.replace(".", "").replace(" ", "")
    words = words_of(name)
    fits = 2 <= len(letters) <= 6 and letters.isupper() and len(words) > 1
    return letters if fits and "".join(word[0] for word in words) == fold(letters) else ""


def _abbreviates(short: str, long: str) -> bool:
    return len(short) >= _ABBREVIATED and len(long) > len(short) + 1 and long.startswith(short)


def _cut_short(name: str, other: str) -> bool:
    """« Coord » beside « Coordination »."""
    pairs = list(zip(words_of(name), words_of(other), strict=False))
    return len(words_of(name)) == len(words_of(other)) and any(_abbreviates(*pair) for pair in pairs)


def _stem(word: str) -> str:
    return re.sub(r"(?:trice|teur|teure|tion|ante?|ant|eure?|euse)?(?:e?s?)$", "", word)[:12]


def _named(group: _Group, counts: dict[str, int], used: set[str]) -> Qui:
    """The responsable that a group of names is; the name is the fullest of the most frequent."""

    def worth(name: str) -> tuple[bool, bool, bool, int]:
        short = name.isupper() or "." in name or any(_cut_short(name, other) for other in group.names)
        return not short, fold(name).startswith("direction"), name[:1].isupper(), counts[fold(name)]

    nom = max(group.names, key=worth)
    acronyms = [name for name in group.names if re.fullmatch("[A-Z0-9&-]{2,12}", name)]
    code = code_for(group.sigle or (acronyms[0] if acronyms else ""), nom, used - set(map(fold, group.names)))
    used.add(fold(code))
    written = [group.sigle] if group.sigle and fold(group.sigle) not in used else []  # « É&É » is no code
    alias = [name for name in (*group.names, *written) if fold(name) not in (fold(nom), fold(code))]
    used.update(map(fold, alias))
    return Qui(code, capitalized(nom), tuple(alias))
