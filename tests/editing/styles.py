"""Orientation files as people may write them: every style of YAML, drawn at random, always the same plan inside."""

from __future__ import annotations

import random
import re

WORDS = ("Former un comité", "l'équipe: prête", "À voir #1", 'dit « oui » et "non"', "2020", "non", "R&D, bilan [1]")
DATES = ("2019-05-12", "12 mai 2019", "mai 2019", "2019")
FIELDS = ("titre_court", "resultat", "decision", "realisations", "budget", "suivi", "echeances_precedentes", "liens")


class Writer:
    """Writes one file, each choice of style drawn from `draw`."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.in_block = False  # a comment further to the right would be part of the text

    def chance(self, part: float) -> bool:
        return self.draw.random() < part

    def noise(self, indent: int) -> None:
        """What may stand between two fields."""
        if self.chance(0.12):
            self.lines.append(
                " " * self.draw.choice((indent, 0, indent + 3 * (not self.in_block))) + "# une remarque: entre deux"
            )
        if self.chance(0.1):
            self.lines += [self.draw.choice(("", "  "))] * self.draw.randint(1, 2)

    def comment(self) -> str:
        return self.draw.choice(("", "", "", "", "  # dit le CA", " # a: b", "   "))

    def flow_scalar(self, text: str) -> str:
        plain = re.fullmatch(r"[\wÀ-ÿ][^:#,\[\]{}\"']*", text)
        if plain and self.chance(0.6):
            return text
        single = "'" + text.replace("'", "''") + "'"
        return single if self.chance(0.5) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def scalar(self, key: str, text: str, lead: str, indent: int) -> None:
        """`key: text` after `lead`, in one of the styles; `indent` is the key's column."""
        kind = self.draw.random()
        self.in_block = kind < 0.1
        inner = " " * (indent + self.draw.choice((1, 2, 4)))
        words = text.split(" ")
        if kind < 0.1:
            mark = self.draw.choice(("|", ">", "|-", ">-", "|+", ">+"))
            self.lines += [f"{lead}{key}: {mark}{self.draw.choice(('', '  # à garder'))}", f"{inner}{text}"]
            if self.chance(0.4):
                self.lines += [""] * self.draw.randint(1, 2)
        elif kind < 0.2 and len(words) > 1 and re.fullmatch(r"[\wÀ-ÿ][^:#\"']*", text):
            self.lines += [f"{lead}{key}: {words[0]}", f"{inner}{' '.join(words[1:])}{self.comment()}"]
        elif kind < 0.27:
            self.lines += [f"{lead}{key}:", f"{inner}{self.flow_scalar(text)}{self.comment()}"]
        else:
            gap = self.draw.choice((" ", " ", " ", "   "))
            self.lines.append(f"{lead}{key}:{gap}{self.flow_scalar(text)}{self.comment()}")

    def value(self, key: str, value: object, lead: str, indent: int) -> None:
        self.in_block = False
        if isinstance(value, str):
            self.scalar(key, value, lead, indent)
        elif self.chance(0.35):
            self.lines.append(f"{lead}{key}: {self.flow(value)}{self.comment()}")
        elif isinstance(value, dict):
            self.lines.append(f"{lead}{key}:{self.comment()}")
            column = indent + self.draw.choice((1, 2, 4))
            self.mapping(value, " " * column, column)
        else:
            assert isinstance(value, list)
            self.lines.append(f"{lead}{key}:{self.comment()}")
            self.sequence(value, indent + self.draw.choice((0, 2, 2, 3)))

    def sequence(self, items: list[object], column: int) -> None:
        gap = self.draw.choice((1, 1, 3))
        for item in items:
            dash = " " * column + "-" + " " * gap
            self.in_block = False
            if isinstance(item, str):
                self.lines.append(f"{dash}{self.flow_scalar(item)}{self.comment()}")
            elif self.chance(0.2):
                self.lines.append(f"{dash}{self.flow(item)}{self.comment()}")
            else:
                assert isinstance(item, dict)
                self.mapping(item, dash, column + 1 + gap)
            self.noise(column)

    def mapping(self, fields: dict[str, object], lead: str, column: int) -> None:
        for key, value in fields.items():
            self.value(key, value, lead, column)
            lead = " " * column
            self.noise(column)

    def flow(self, value: object) -> str:
        if isinstance(value, str):
            return self.flow_scalar(value)
        comma = self.draw.choice((", ", ",  "))
        if isinstance(value, list):
            return "[" + comma.join(map(self.flow, value)) + self.draw.choice(("]", " ]", ",]"))
        assert isinstance(value, dict)
        space = self.draw.choice(("", " "))
        return "{" + space + comma.join(f"{key}: {self.flow(one)}" for key, one in value.items()) + space + "}"


def fields_of(number: int, draw: random.Random) -> dict[str, object]:
    """An action, with some of what may be added to one."""
    action: dict[str, object] = {
        "numero": str(number),
        "description": draw.choice(WORDS),
        "responsables": draw.choice((["DG"], ["DG", "CA"], ["Directrice générale"])),
        "echeance": draw.choice(("Mars 2020", "Automne 2019", "Annuel", "En continu", "À évaluer", "2020")),
    }
    some: dict[str, object] = {
        "titre_court": draw.choice(WORDS),
        "resultat": draw.choice(WORDS),
        "decision": draw.choice(WORDS),
        "realisations": draw.sample(DATES, draw.randint(1, 3)),
        "budget": draw.choice(({"prevu": "1500"}, {"reel": "20.50", "source": "Fonds"}, {"prevu": "1", "reel": "2"})),
        "suivi": [{"date": "2019", "note": draw.choice(WORDS)} for _ in range(draw.randint(1, 2))],
        "echeances_precedentes": [{"echeance": "Mars 2019", "motif": draw.choice(WORDS)}],
        "liens": ["https://exemple.org/a", "procès-verbal"],
    }
    statut = draw.choice((None, None, "en cours", "à faire", "réalisée", "en attente"))
    if statut:
        some["statut"] = statut
        some |= {"realisee_le": draw.choice(DATES)} if statut == "réalisée" else {}
        some |= {"motif": draw.choice(WORDS)} if statut == "en attente" else {}
    kept = [key for key in some if key in {"statut", "realisee_le", "motif"} or draw.random() < 0.3]
    draw.shuffle(kept)
    return action | {key: some[key] for key in kept}


def orientation(draw: random.Random) -> bytes:
    """A whole file: one volet, one objectif, from one to three actions."""
    writer = Writer(draw)
    actions = [fields_of(number, draw) for number in range(1, draw.randint(2, 4))]
    tree: dict[str, object] = {
        "numero": "1",
        "enjeu": "1",
        "titre": "Une orientation",
        "volets": [
            {"code": "adm", "nom": "Administratif", "objectifs": [{"numero": "1", "titre": "Un", "actions": actions}]}
        ],
    }
    writer.mapping(tree, "", 0)
    newline = draw.choice(("\n", "\n", "\r\n", "\r"))
    text = newline.join(writer.lines) + draw.choice((newline, newline, "", newline * 2))
    return draw.choice((b"", b"", b"\xef\xbb\xbf")) + text.encode()
