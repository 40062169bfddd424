"""Which word of an unread wording is at fault, and what its writer can type instead."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.lexer import Cursor, Phrases, UnreadError, tokenize
from pivot_cli.echeance.points import is_year
from pivot_cli.echeance.reading import EXEMPLES
from pivot_cli.echeance.rhythms import ADJECTIFS, blamed, core_span, opens
from pivot_cli.text import MONTHS, NBSP, fold, nearest, quoted

if TYPE_CHECKING:
    from pivot_cli.echeance.lexer import Token

_ALIKE = 0.75
_SHORTEST_SLIP = 3  # letters
_UNTIL = "en continu jusqu'en 2022"
_VAGUE = (
    "sous peu | d'ici peu | peu | bientôt | prochainement | ultérieurement | plus tard | éventuellement | rapidement |"
    "dès que possible |"
    "que possible | plus tôt possible | le plus tôt possible | aussitôt que possible | au plus tôt | au plus vite |"
    "le plus rapidement possible | meilleurs délais | les plus brefs délais | asap | en temps opportun |"
    "en temps voulu | en temps utile | urgent | urgente | urgence | prioritaire | priorité | régulier | régulière |"
    "régulièrement | périodique | périodiquement | récurrent | récurrente | récurrents | récurrentes | fréquemment |"
    "occasionnel | occasionnellement | ponctuel | ponctuelle | ponctuels | ponctuellement | parfois | souvent |"
    "progressif | progressive | progressivement | graduellement | un jour | variable | variables | plusieurs fois |"
    "quelques fois | quelques mois | quelques semaines | quelques années | tôt | tard | selon"
)
_RELATIVE = (
    "prochain | prochaine | prochains | prochaines | cet | cette | ce | ces | hier | demain | aujourd'hui | courante |"
    "année en cours | mois en cours | semaine en cours | exercice en cours | année courante | passé | passée | actuel |"
    "actuelle | présente | présent | suivant | suivante | suivants | suivantes | précédent | précédente | dernier |"
    "dernière"
)
_STATUS = {
    "réalisée": (
        "terminé | terminée | terminés | terminées | fait | faite | faits | faites | réalisé | réalisée | réalisés |"
        "réalisées | complété | complétée | complétés | complétées | achevé | achevée | fini | finie | livré | livrée |"
        "atteint | atteinte | complet | ok | clos"
    ),
    "en cours": (
        "en cours | en cours de réalisation | amorcé | amorcée | débuté | débutée | entamé | entamée | commencé |"
        "commencée | déjà en cours"
    ),
    "en attente": "en attente | suspendu | suspendue | en suspens | reporté | reportée | en pause",
    "abandonnée": "abandonné | abandonnée | annulé | annulée",
    "à faire": "à faire | non débuté | non débutée | non commencé | non commencée | à réaliser",
}
_OCCASIONS = {
    "décembre 2020": "noël | temps des fêtes | fêtes",
    "avril 2020": "pâques | ramadan",
    "septembre 2020": "rentrée",
    "juin 2020": "saint jean | saint-jean",
    "novembre 2020": "toussaint",
    "1er janvier 2020": "jour de l'an",
    "31 octobre 2020": "halloween",
    "mars 2020": "relâche | semaine de relâche",
    "été 2020": "vacances",
    "automne 2020": "session",
}
_EVENTS = (
    "réunion | réunions | rencontre | rencontres | ca | aga | assemblée | adoption | embauche | conseil | dépôt |"
    "réception | approbation | signature | élections | événement | suite | lancement"
)
_CLOCK = "heure | heures | h | midi | minuit | avant midi | avant-midi | matin | soir | soirée"

_TABLES = (
    ("relative", Phrases({"": _RELATIVE})),
    ("vague", Phrases({"": _VAGUE})),
    ("status", Phrases(_STATUS)),
    ("occasion", Phrases(_OCCASIONS)),
    ("clock", Phrases({"": _CLOCK})),
)
# After a slip in the name of a month: « Dépôt en marz 2020 » is refused for « marz ».
_LAST_TABLES = (("event", Phrases({"": _EVENTS})),)


def _said(message: str, remedy: str, start: int, end: int) -> UnreadError:
    return UnreadError("said", start, end, message, remedy)


def explain(texte: str, tokens: list[Token]) -> UnreadError:
    """The refusal of a wording that has no form of the grammar."""
    for explanation in (
        _counted_from, _after_open, _year_apart, _word_of_time, _beside_a_core, _short_year, _slip, _written_twice,
        _beside_a_date, _event_named, _unknown_word, _unfinished, _no_end, _too_many, _duration, _wrong_rank,
    ):  # fmt: skip
        found = explanation(texte, tokens)
        if found is not None:
            return found
    return _misplaced(texte, tokens)


def _word_of_time(texte: str, tokens: list[Token]) -> UnreadError | None:
    return _in_tables(texte, tokens, _TABLES)


def _event_named(texte: str, tokens: list[Token]) -> UnreadError | None:
    return _in_tables(texte, tokens, _LAST_TABLES)


def _in_tables(texte: str, tokens: list[Token], tables: tuple[tuple[str, Phrases], ...]) -> UnreadError | None:
    for kind, table in tables:
        for rank in range(len(tokens)):
            found = table.match(tokens, rank)
            if found is not None:
                first = rank - 1 if kind == "clock" and rank and tokens[rank - 1].width in (1, 2) else rank
                start, end = tokens[first].start, tokens[found[1] - 1].end
                return _SAID[kind](texte[start:end], found[0], start, end)
    return None


def _slip(texte: str, tokens: list[Token]) -> UnreadError | None:
    """The first word that is a slip of the keyboard away from the name of a month or a season."""
    for token in tokens:
        if len(token.text) >= _SHORTEST_SLIP and token.text.isalpha() and token.text not in _known():
            close = _nearest(texte[token.start : token.end])
            if close is not None and fold(close) in (words.MOIS | words.SAISONS):
                return _unknown(token, texte)
    return None


def _after_open(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« à confirmer par la direction »: what follows is a remark."""
    beyond = opens(tokens)
    if not 0 < beyond < len(tokens):
        return None
    start, end = tokens[beyond].start, tokens[-1].end
    head = texte[: tokens[beyond - 1].end].strip()
    return _said(
        f"{quoted(texte[start:end])} n'est pas compris après {quoted(head)}.",
        f"Si c'est une remarque, mettez-la entre parenthèses, par exemple {quoted(f'{head} (par la direction)')}.",
        start,
        end,
    )


_BEFORE_A_YEAR = frozenset(
    ("en", "a", "dans", "pour", "durant", "pendant", "sur", "an", "annee", "exercice", "de", "ici", "avant", "des")
)
_AFTER_A_YEAR = frozenset((":", ";", ",", "-", "/", "en", "a", "dans", "de"))


def _year_apart(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 2020 automne », « 2020 : mars à juin »: a year before what is in it."""
    first = next((rank for rank, token in enumerate(tokens) if is_year(token)), None)
    if first is None or any(token.text not in _BEFORE_A_YEAR for token in tokens[:first]):
        return None
    years, named = [tokens[first].value], tokens[first + 1 :]
    if len(named) > 1 and named[0].text in ("-", "/") and is_year(named[1]):
        years, named = [*years, named[1].value], named[2:]
    while named and named[0].text in _AFTER_A_YEAR:
        named = named[1:]
    if not named or any(map(is_year, named)) or not _is_dated([*named, tokens[first]]):
        return None
    start, end = named[0].start, named[-1].end
    return UnreadError("year_apart", tokens[first].start, end, tuple(years), texte[start:end])


def _short_year(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mars 21 », « T3-21 »: a year in two digits could be a day or a month."""
    for earlier, year in pairwise(tokens):
        named = earlier.text in words.MOIS or earlier.text in words.SAISONS
        if named and year.width == 2 and year is tokens[-1]:
            full = f"{texte[: year.start]}20{texte[year.start : year.end]}".strip()
            return _said(
                f"L'année {quoted(texte[year.start : year.end])} n'est pas écrite au complet.",
                f"Écrivez-la en quatre chiffres, par exemple {quoted(full)}.",
                year.start,
                year.end,
            )
    return None


def _beside_a_date(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mars 2021 avec le CA », « dépôt en mars 2021 »: a date that is read, and what may be a remark."""
    for rank in range(1, len(tokens)):
        for date, rest in ((tokens[:rank], tokens[rank:]), (tokens[rank:], tokens[:rank])):
            if blamed(rest) is None and _says_something(rest) and _is_dated(date):
                while rest[-1].text in _TRAILING:
                    rest.pop()
                start, end = rest[0].start, rest[-1].end
                read = texte[date[0].start : date[-1].end]
                if date[0].text in ("en", "a", "de"):
                    read = texte[date[1].start : date[-1].end]
                return _said(
                    f"{quoted(texte[start:end])} n'est pas compris à côté de la date.",
                    "Si c'est une remarque, mettez-la entre parenthèses, par exemple "
                    f"{quoted(f'{read} ({texte[start:end]})')}.",
                    start,
                    end,
                )
    return None


_TRAILING = frozenset((":", ",", ";", "-", "de", "a", "en"))


def _says_something(tokens: list[Token]) -> bool:
    """Whether one of the tokens is more than a word that joins others."""
    return any(one.text.isalpha() and one.text not in _FUNCTION_WORDS for one in tokens)


_LINKS = frozenset(("a", "de", "des", "en"))


def _written_twice(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mois de mois de mars 2020 », « mars mars 2021 »: with the word written once, the wording is read."""
    for rank, token in enumerate(tokens):
        if len(token.text) < _SHORTEST_SLIP or token.value >= 0:
            continue
        again = rank + 1
        while again < len(tokens) and tokens[again].text in _LINKS:
            again += 1
        twice = again < len(tokens) and tokens[again].text == token.text
        if twice and _is_dated([*tokens[:rank], *tokens[again:]]):
            once = f"{texte[: token.start]}{texte[tokens[again].start :]}".strip()
            return _said(
                f"{quoted(texte[token.start : token.end])} est écrit deux fois.",
                f"Écrivez {quoted(once)}.",
                token.start,
                tokens[again].end,
            )
    return None


def _too_many(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« en en 2021 », « mars à en juin 2021 », « mars 2021 – »: without one of its words, the wording is read."""
    for token in reversed(tokens):
        if token.value >= 0 or token.text in words.MOIS:
            continue
        rest = " ".join(f"{texte[: token.start]} {texte[token.end :]}".split())
        if _is_dated(tokenize(rest)):
            written = texte[token.start : token.end]
            return _said(
                f"{quoted(written)} n'est pas compris à cet endroit.",
                f"Enlevez-le, et écrivez {quoted(rest)}.",
                token.start,
                token.end,
            )
    return None


def _is_dated(tokens: list[Token]) -> bool:
    """Whether the tokens say when by themselves."""
    cursor = Cursor(tokens)
    try:
        found = intervalle(cursor)
    except UnreadError:
        return False
    return found is not None and cursor.at_end() and any(point.year for point in found.points())


def _is_figure(token: Token) -> bool:
    return token.width <= 2 or is_year(token)


def _counted_from(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« d'ici un mois », « dans 6 semaines »: counted from a day that is not written."""
    for rank, (before, count, unit) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        number = count.value if count.value >= 0 else words.CARDINAUX.get(count.text, 0)
        if before.text in ("ici", "dans", "sous", "apres") and number and unit.text in words.UNITES:
            start = tokens[rank].start if before.text != "ici" else tokens[max(rank - 1, 0)].start
            return _relative(texte[start : unit.end], "", start, unit.end)
    return None


def _vague(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return _said(
        f"{quoted(word)} ne dit pas quand.",
        f"Écrivez une date ou une période, par exemple {quoted('mars 2020')} ou {quoted('automne 2020')}; "
        f"{quoted('immédiat')} si l'action peut commencer maintenant; {quoted('au besoin')}, {quoted('en continu')} ou "
        f"{quoted('annuel')} si elle revient; {quoted('à déterminer')} si la date n'est pas connue.",
        start,
        end,
    )


def _relative(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return _said(
        f"{quoted(word)} dépend du jour où on lit le plan.",
        f"Écrivez la date avec son année, par exemple {quoted('automne 2020')} ou {quoted('mars 2020')}.",
        start,
        end,
    )


def _status(word: str, meaning: str, start: int, end: int) -> UnreadError:
    ongoing = f" Si l'action n'a pas de fin, écrivez {quoted('en continu')}." if meaning == "en cours" else ""
    return _said(
        f"{quoted(word)} dit où en est l'action, et non pour quand elle est prévue.",
        f"Écrivez `statut: {meaning}`, et gardez ici la date prévue, par exemple {quoted('mars 2020')}.{ongoing}",
        start,
        end,
    )


def _occasion(word: str, meaning: str, start: int, end: int) -> UnreadError:
    return _said(
        f"{quoted(word)} n'a pas de dates fixées dans les conventions.",
        f"Écrivez le mois ou le jour, par exemple {quoted(meaning)}.",
        start,
        end,
    )


def _clock(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return _said(
        f"{quoted(word)}{NBSP}: une échéance se compte en jours, sans heure.",
        f"Écrivez le jour seulement, par exemple {quoted('15 janvier 2020')}.",
        start,
        end,
    )


def _event(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return _said(
        f"{quoted(word)} désigne un événement dont la date n'est pas dite.",
        f"Écrivez sa date, par exemple {quoted('mars 2020')}, ou {quoted('à déterminer')}; l'événement peut suivre "
        f"entre parenthèses, par exemple {quoted(f'mars 2020 ({word})')}.",
        start,
        end,
    )


_SAID = {
    "vague": _vague,
    "relative": _relative,
    "status": _status,
    "occasion": _occasion,
    "clock": _clock,
    "event": _event,
}
_FUNCTION_WORDS = frozenset((
    "a", "de", "des", "en", "et", "ou", "pour", "dans", "sur", "par", "entre", "le", "la", "les", "l",
    "pendant", "durant", "cours", "courant", "chaque", "tous", "toutes", "fois", "x", "plus", "moins", "an",
    "ans", "-", "/", ",", "+", ".", "..", "er", "re", "e", "eme", "ieme", "nd", "t", "q", "s", "besoin", "tout",
    "au", "long", "que", "pas", "venir", "mais", "main", "mise", "le", "la", "les",
    "prevu", "prevue", "prevus", "prevues", "depuis", "avant", "apres", "ici", "jusque", "debut", "mi", "fin",
))  # fmt: skip
_SUGGESTED = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre", "hiver", "printemps", "été", "automne", "trimestre", "semestre", "année", "début", "fin",
    "continu", "annuel", "annuellement", "mensuel", "mensuellement", "trimestriel", "semestriel",
    "hebdomadaire", "quotidien", "immédiat", "immédiatement", "déterminer", "évaluer", "préciser", "confirmer",
    "avant", "après", "jusqu'en", "depuis", "semaine", "mois", "premier", "deuxième", "besoin", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi",
)  # fmt: skip


# The months as some spreadsheets write them.
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_EXPECTING = frozenset(
    ("ici", "et", "ou", "a", "de", "en", "debut", "fin", "mi", "avant", "depuis", "jusque", "pour", "/", "-")
)


@cache
def _known() -> frozenset[str]:
    tables = (
        words.MOIS, words.SAISONS, words.JOURS, words.PLURIELS_JOURS, words.CARDINAUX, words.ORDINAUX, words.UNITES,
        words.AUTRES_UNITES, words.PARTIES, words.BORNES, words.CONTINUS, words.IMMEDIATS, ADJECTIFS,
    )  # fmt: skip
    return _FUNCTION_WORDS.union(("etre", "peut"), *tables, (fold(word) for word in _SUGGESTED))


def _unknown_word(texte: str, tokens: list[Token]) -> UnreadError | None:
    for token in tokens:
        if (token.value < 0 and token.text not in _known()) or (token.value >= 0 and not _is_figure(token)):
            return _unknown(token, texte)
    return None


def _unknown(token: Token, texte: str) -> UnreadError:
    written = texte[token.start : token.end]
    if token.value >= 0:
        return _number(token, written)
    if not token.text.isalpha():
        return _said(
            f"Le signe {quoted(written)} n'est pas compris.",
            f"Enlevez-le; une remarque se met entre parenthèses, par exemple {quoted('mars 2020 (à confirmer)')}.",
            token.start,
            token.end,
        )
    close = _nearest(written)
    if close is None:
        remedy = f"Écrivez par exemple {EXEMPLES}; une remarque se met entre parenthèses."
    else:
        corrected = f"{texte[: token.start]}{close}{texte[token.end :]}".strip()
        remedy = f"Vouliez-vous dire {quoted(close)}? {_once_corrected(corrected)}"
    return _said(f"Le mot {quoted(written)} n'est pas compris.", remedy, token.start, token.end)


def _once_corrected(texte: str) -> str:
    """What to write once a slip is corrected, which may not be enough."""
    tokens = tokenize(texte)
    if _is_dated(tokens) or core_span(tokens) is not None or len(tokens) == 1:
        return f"Écrivez {quoted(texte)}."
    beside = _beside_a_date(texte, tokens)
    if beside is not None:
        return str(beside.details[1])
    return f"Gardez la date seulement, par exemple {quoted('mars 2020')}; une remarque se met entre parenthèses."


def _nearest(written: str) -> str | None:
    """The known word a slip of the keyboard away; a merely similar one would puzzle its reader."""
    from difflib import SequenceMatcher

    if fold(written) in _ENGLISH:
        return MONTHS[_ENGLISH.index(fold(written))]
    close = nearest(written, _SUGGESTED)
    if close is None or SequenceMatcher(None, fold(written), fold(close)).ratio() < _ALIKE:
        return None
    return close


def _number(token: Token, written: str) -> UnreadError:
    if token.width == 4 and is_year(token):
        message = f"On ne comprend pas {quoted(written)} à cet endroit."
    elif token.width == 4:
        message = f"{quoted(written)} n'est pas une année entre 1900 et 2199."
    else:
        message = f"Le nombre {quoted(written)} n'est pas compris."
    return _said(
        message,
        f"Écrivez la date en lettres et l'année en quatre chiffres, par exemple {quoted('12 mars 2020')}.",
        token.start,
        token.end,
    )


class _Farthest(Cursor):
    """A cursor that remembers how far the grammar could go."""

    __slots__ = ("farthest",)

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.farthest = 0

    def peek(self, ahead: int = 0) -> Token:
        if not ahead:
            self.farthest = max(self.farthest, self.position)
        return super().peek(ahead)


def _misplaced(texte: str, tokens: list[Token]) -> UnreadError:
    """Every word is known, and together they make no form of the grammar."""
    cursor = _Farthest(tokens)
    try:
        intervalle(cursor)
    except UnreadError as error:
        return error
    at = tokens[min(cursor.farthest, len(tokens) - 1)]
    return _said(
        f"On ne comprend pas {quoted(texte[at.start : at.end])} à cet endroit.",
        f"Écrivez une seule échéance, par exemple {EXEMPLES}; une période s'écrit "
        f"{quoted('septembre 2020 à mars 2021')}.",
        at.start,
        at.end,
    )


def _duration(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 3 ans », « sur 18 mois »."""
    if tokens[-1].text not in words.UNITES or len(tokens) < 2:
        return None
    count = tokens[-2]
    if count.value < 0 and count.text not in words.CARDINAUX:
        return None
    return _said(
        f"{quoted(texte[count.start : tokens[-1].end])} est une durée, et ne dit pas à partir de quel jour.",
        f"Écrivez la fin, par exemple {quoted('décembre 2021')}, ou les deux bouts, par exemple "
        f"{quoted('janvier 2020 à décembre 2021')}.",
        count.start,
        tokens[-1].end,
    )


def _wrong_rank(_texte: str, tokens: list[Token]) -> UnreadError | None:
    """« T5 2020 », « 3e semestre 2020 »."""
    for token in tokens:
        if token.text in ("t", "q", "trimestre", "trim", "semestre", "s"):
            return _said(
                "Les trimestres vont de 1 à 4 et les semestres de 1 à 2.",
                f"Écrivez par exemple {quoted('T4 2020')} ou {quoted('2e semestre 2020')}.",
                tokens[0].start,
                tokens[-1].end,
            )
    return None


def _no_end(_texte: str, tokens: list[Token]) -> UnreadError | None:
    """« du 1er avril 2020 »."""
    if tokens[0].text not in ("de", "entre") or not _is_dated(tokens[1:]):
        return None
    return _said(
        "Il manque la fin de la période.",
        f"Écrivez les deux bouts, par exemple {quoted('du 1er avril 2020 au 31 mars 2021')}.",
        tokens[0].start,
        tokens[-1].end,
    )


def _beside_a_core(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« annuel et en continu »: two rhythms, or one with a word that says when and does not go with it."""
    found = core_span(tokens)
    if found is None:
        return None
    first, last = found
    if first == 0 and last == len(tokens):
        return None
    core = texte[tokens[first].start : tokens[last - 1].end]
    before = blamed(tokens[:first])
    at = before or blamed(tokens[last:]) or tokens[-1]
    end = at.end if before else tokens[-1].end
    return _said(
        f"{quoted(core)} est compris, mais pas {quoted(texte[at.start : end])} à côté.",
        f"Gardez-en un seul, ou écrivez par exemple {quoted('annuel, en juin')}, {quoted('chaque année dès 2021')} ou "
        f"{quoted(_UNTIL)}.",
        at.start,
        end,
    )


def _unfinished(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« d'ici », « 2020 et », « fin »: something is missing at the end."""
    last = tokens[-1]
    if last.text not in _EXPECTING or (last.text in "-/" and _is_dated(tokens[:-1])):
        return None
    return _said(
        f"Il manque une date après {quoted(texte.strip())}.",
        f"Ajoutez-la, par exemple {quoted(f'{texte.strip()} mars 2021')}.",
        tokens[0].start,
        last.end,
    )
