"""Plans that call their levels otherwise: five vocabularies, a plan put in one of them, and what agrees badly there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from support import load_texts

from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import Plan
from pivot_cli.plan.nouns import Niveaux, Nom


class Vocabulary(NamedTuple):
    """What a plan calls its levels, itself, its board and its assembly."""

    orientation: str
    volet: str
    objectif: str
    action: str
    titre: str
    conseil: str
    assemblee: str


VOCABULARIES = (
    Vocabulary(
        *("axe", "sous-axe", "objectif", "mesure"),
        *("Plan d'action MADA 2021-2024", "Conseil municipal", "Assemblée des membres"),
    ),
    Vocabulary(
        *("engagement", "secteur", "but", "jalon"),
        *("Plan pour un gouvernement ouvert", "Comité de pilotage", "Forum annuel"),
    ),
    Vocabulary(
        *("priorité", "programme", "résultat attendu", "activité"),
        *("Contrat local de santé", "Table des élus", "Assemblée publique"),
    ),
    Vocabulary(
        *("champ d'intervention", "chantier", "cible", "tâche"),
        *("Plan d'action MADA 2021-2024", "Assemblée des maires", "Rencontre annuelle"),
    ),
    Vocabulary(
        "{nom: visée, pluriel: visées, genre: féminin}",
        "{nom: pôle, pluriel: pôles, genre: masculin}",
        "{nom: aspiration, pluriel: aspirations, genre: féminin}",
        "{nom: geste, pluriel: gestes, genre: masculin}",
        *("Plan climat", "Bureau exécutif", "Assemblée des membres"),
    ),
)

_LEVELS = "orientation|volet|objectif|action|engagement|plan stratégique|conseil d'administration"
# What a plan's own texts say of levels; « : » after a word is the end of a key.
_OWN = re.compile(
    rf"(?<![\w-])(?:{_LEVELS}|conseil|mesure|tâche|activité|priorité|but|secteur|programme|projet)s?(?![\w:])",
    re.IGNORECASE,
)


def texts_in_words(texts: dict[str, str], words: Vocabulary) -> dict[str, str]:
    """The files of a plan in these words, whose own texts say « machin » of what is a level elsewhere; its board goes
    by « CM ».
    """
    said = {name: re.sub(r"(?<![\w.])CA(?![\w:])", "CM", _OWN.sub("machin", text)) for name, text in texts.items()}
    said["responsables.yaml"] = re.sub(
        r"(code: CM,?\s+nom: )machin", rf"\g<1>{words.conseil}", said["responsables.yaml"], count=1
    )
    named = {"ca": f"  nom: {words.conseil}\n  responsable: CM\n", "aga": f"  nom: {words.assemblee}\n"}
    meetings = said.get("reunions.yaml", "")
    for body, lines in named.items():
        head, found, rest = f"\n{meetings}".partition(f"\n{body}:\n")
        meetings = f"{head[1:]}\n{body}:\n{lines}{rest}" if found else f"{meetings}{body}:\n{lines}"
    said["reunions.yaml"] = meetings
    levels = ", ".join(f"{level}: {getattr(words, level)}" for level in Niveaux._fields)
    named_too = f'titre: "{words.titre}", niveaux: {{{levels}}}'
    own = said["organisme.yaml"]
    follows = own.replace("plan: {", f"plan: {{{named_too}, ", 1)  # that which an example says it continues
    said["organisme.yaml"] = follows if follows != own else f"{own}plan: {{{named_too}}}\n"
    return said


def in_words(texts: dict[str, str], words: Vocabulary) -> Plan:
    """The plan that they make."""
    plan, findings = load_texts(texts_in_words(texts, words))
    assert [one.message for one in findings if one.code.startswith("PIV1")] == []
    assert plan.conseil
    return plan


def words_of_others(plan: Plan) -> re.Pattern[str]:
    """The usual words of levels, of the plan and of its board that this plan does not use."""
    names = {noun.nom for noun in plan.niveaux} | {"engagement"}  # which what the board has to do is called
    usual = [word for word in _LEVELS.split("|") if word not in names]
    usual += [] if board(plan).court.nom == "conseil" else ["conseil"]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(usual)})s?(?!\w)|\bCA\b|assemblée générale", re.IGNORECASE)


_PARTICIPLES = (
    "réalisé|abandonné|reconduit|fait|passé|visé|demandé|retenu|partagé|prévu|mis|confié|attribué|reporté|déplacé|fermé"
)


def disagreements(text: str, nouns: Iterable[Nom]) -> Iterator[str]:
    """Where a text does not agree with one of these nouns: « mesures réalisés », « un mesure », « de axe »."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    for noun in nouns:
        wrong, said = _said_of(noun)
        yield from (found[0] for found in wrong.finditer(plain))
        for found in said.finditer(plain):
            number = 2 if found["noun"].lower() == noun.pluriel else 1
            if noun.agreed(found["root"], number) != f"{found['root']}{found['agreed']}":
                yield found[0]


@cache
def _said_of(noun: Nom) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands badly before a noun, and what is said of it after."""
    one, many = re.escape(noun.nom), re.escape(noun.pluriel)
    wrong = [rf"(?:1 |une? |aucune? |chaque |l'){many}", rf"(?:[2-9]|\d\d+|les|des|ces) {one}"]
    if noun.feminin:
        wrong += [rf"(?:un|le|du|au|aucun|ce|cet|celui|tout) {one}", rf"tous les {many}"]
    else:
        wrong += [rf"(?:une|la|aucune|cette|celle|toute) {one}", rf"toutes les {many}"]
    if noun.elided:
        wrong += [rf"(?:le|la|de|de la|du|à la|au|ce) {one}", rf"de {many}"]
    else:
        wrong += [rf"(?:[ld]'|cet ){one}", rf"d'{many}"]
    linked = r"(?: (?:est|sont|du plan y (?:a|ont) été|a été|ont été))?"
    said = rf"(?<![\w'.-])(?P<noun>{one}|{many}){linked} (?P<root>{_PARTICIPLES})(?P<agreed>e?s?)(?![\w-])"
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(wrong)})(?![\w-])", re.IGNORECASE), re.compile(said, re.IGNORECASE)
