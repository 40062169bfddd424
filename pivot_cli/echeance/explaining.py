"""Which word of an unread wording is at fault, and what its writer can type instead."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.cores import blamed, core_span, opens
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.lexer import Cursor, Phrases
from pivot_cli.echeance.points import is_year
from pivot_cli.echeance.refusals import EXEMPLES
from pivot_cli.echeance.syntax import UnreadError
from pivot_cli.text import NBSP, fold, nearest, quoted

if TYPE_CHECKING:
    from pivot_cli.echeance.lexer import Token

_ALIKE = 0.75
_UNTIL = "en continu jusqu'en 2022"
_VAGUE = (
    "sous peu", "bientôt", "prochainement", "ultérieurement", "plus tard", "éventuellement", "rapidement",
    "dès que possible", "que possible", "plus tôt possible", "le plus tôt possible", "aussitôt que possible",
    "au plus tôt", "au plus vite", "le plus rapidement possible", "asap", "en temps opportun", "en temps voulu",
    "en temps utile", "urgent", "urgente", "urgence", "prioritaire", "priorité", "régulier", "régulière",
    "régulièrement", "périodique", "périodiquement", "récurrent", "récurrente", "récurrents", "récurrentes",
    "fréquemment", "occasionnel", "occasionnellement", "ponctuel", "ponctuelle", "ponctuels", "ponctuellement",
    "parfois", "souvent", "progressif", "progressive", "progressivement", "graduellement", "un jour",
    "variable", "variables", "plusieurs fois", "quelques mois", "quelques semaines", "quelques années", "tôt",
    "tard", "selon",
)  # fmt: skip
_RELATIVE = (
    "prochain", "prochaine", "prochains", "prochaines", "cet", "cette", "ce", "ces", "hier", "demain",
    "aujourd'hui", "courante", "année en cours", "mois en cours", "semaine en cours", "exercice en cours",
    "année courante", "passé", "passée", "actuel", "actuelle", "présente", "présent", "suivant", "suivante",
    "suivants", "suivantes", "précédent", "précédente", "dernier", "dernière",
)  # fmt: skip
_STATUS = {
    **dict.fromkeys((
        "terminé", "terminée", "terminés", "terminées", "fait", "faite", "faits", "faites", "réalisé",
        "réalisée", "réalisés", "réalisées", "complété", "complétée", "complétés", "complétées", "achevé",
        "achevée", "fini", "finie", "livré", "livrée", "atteint", "atteinte", "complet", "ok", "clos",
    ), "réalisée"),
    **dict.fromkeys((
        "en cours", "en cours de réalisation", "amorcé", "amorcée", "débuté", "débutée", "entamé", "entamée",
        "commencé", "commencée", "déjà en cours",
    ), "en cours"),
    **dict.fromkeys((
        "en attente", "suspendu", "suspendue", "en suspens", "reporté", "reportée", "en pause",
    ), "en attente"),
    **dict.fromkeys(("abandonné", "abandonnée", "annulé", "annulée"), "abandonnée"),
    **dict.fromkeys((
        "à faire", "non débuté", "non débutée", "non commencé", "non commencée", "à réaliser",
    ), "à faire"),
}  # fmt: skip
_OCCASIONS = {
    "noël": "décembre 2020", "pâques": "avril 2020", "rentrée": "septembre 2020",
    "temps des fêtes": "décembre 2020",
    "fêtes": "décembre 2020", "saint jean": "juin 2020", "toussaint": "novembre 2020",
    "jour de l'an": "1er janvier 2020",
    "halloween": "31 octobre 2020", "relâche": "mars 2020", "semaine de relâche": "mars 2020",
    "vacances": "été 2020",
    "ramadan": "avril 2020", "session": "automne 2020",
}  # fmt: skip
_EVENTS = (
    "réunion", "réunions", "rencontre", "rencontres", "ca", "aga", "assemblée", "adoption", "embauche",
    "conseil", "dépôt", "réception", "approbation", "signature", "élections", "événement", "suite",
    "après adoption", "lancement",
)  # fmt: skip
_CLOCK = ("heure", "heures", "h", "midi", "minuit", "avant midi", "matin", "soir", "soirée")


@cache
def _tables() -> tuple[tuple[str, Phrases], ...]:
    """Built at the first refusal only: most runs read every wording."""
    return (
        ("relative", Phrases(dict.fromkeys(_RELATIVE, ""))),
        ("vague", Phrases(dict.fromkeys(_VAGUE, ""))),
        ("status", Phrases(_STATUS)),
        ("occasion", Phrases(_OCCASIONS)),
        ("clock", Phrases(dict.fromkeys(_CLOCK, ""))),
        ("event", Phrases(dict.fromkeys(_EVENTS, ""))),
    )


def explain(texte: str, tokens: list[Token]) -> UnreadError:
    """The refusal of a wording that has no form of the grammar."""
    counted = _counted_from(texte, tokens)
    if counted is not None:
        return counted
    beyond = opens(tokens)
    if 0 < beyond < len(tokens):
        return _aside(texte, tokens, beyond)
    for kind, table in _tables():
        for rank in range(len(tokens)):
            found = table.match(tokens, rank)
            if found is not None:
                start, end = tokens[rank].start, tokens[found[1] - 1].end
                return _SAID[kind](texte[start:end], found[0], start, end)
    for token in tokens:
        if (token.value < 0 and token.text not in _known()) or (token.value >= 0 and not _is_figure(token)):
            return _unknown(token, texte, tokens)
    return _misplaced(texte, tokens)


def _aside(texte: str, tokens: list[Token], beyond: int) -> UnreadError:
    """« à confirmer par la direction »: what follows is a remark."""
    start, end = tokens[beyond].start, tokens[-1].end
    head = texte[: tokens[beyond - 1].end].strip()
    return UnreadError(
        f"{quoted(texte[start:end])} n'est pas compris après {quoted(head)}.",
        f"Si c'est une remarque, mettez-la entre parenthèses, par exemple {quoted(f'{head} (par la direction)')}.",
        start,
        end,
    )


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
    return UnreadError(
        f"{quoted(word)} ne dit pas quand.",
        f"Écrivez une date ou une période, par exemple {quoted('mars 2020')} ou {quoted('automne 2020')}; "
        f"{quoted('immédiat')} si l'action peut commencer maintenant; {quoted('au besoin')}, {quoted('en continu')} ou "
        f"{quoted('annuel')} si elle revient; {quoted('à déterminer')} si la date n'est pas connue.",
        start,
        end,
    )


def _relative(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return UnreadError(
        f"{quoted(word)} dépend du jour où on lit le plan.",
        f"Écrivez l'année, par exemple {quoted('automne 2020')} ou {quoted('mars 2020')}.",
        start,
        end,
    )


def _status(word: str, meaning: str, start: int, end: int) -> UnreadError:
    ongoing = f" Si l'action n'a pas de fin, écrivez {quoted('en continu')}." if meaning == "en cours" else ""
    return UnreadError(
        f"{quoted(word)} dit où en est l'action, et non pour quand elle est prévue.",
        f"Écrivez `statut: {meaning}`, et gardez ici la date prévue, par exemple {quoted('mars 2020')}.{ongoing}",
        start,
        end,
    )


def _occasion(word: str, meaning: str, start: int, end: int) -> UnreadError:
    return UnreadError(
        f"{quoted(word)} n'a pas de dates fixées dans les conventions.",
        f"Écrivez le mois ou le jour, par exemple {quoted(meaning)}.",
        start,
        end,
    )


def _clock(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return UnreadError(
        f"{quoted(word)}{NBSP}: une échéance se compte en jours, sans heure.",
        f"Écrivez le jour seulement, par exemple {quoted('15 janvier 2020')}.",
        start,
        end,
    )


def _event(word: str, _meaning: str, start: int, end: int) -> UnreadError:
    return UnreadError(
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
    "au", "long", "que", "pas", "venir",
))  # fmt: skip
_SUGGESTED = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre", "hiver", "printemps", "été", "automne", "trimestre", "semestre", "année", "début", "fin",
    "continu", "annuel", "annuellement", "mensuel", "mensuellement", "trimestriel", "semestriel",
    "hebdomadaire", "quotidien", "immédiat", "immédiatement", "déterminer", "évaluer", "préciser", "confirmer",
    "avant", "après", "jusqu'en", "depuis", "semaine", "mois", "premier", "deuxième", "besoin", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi",
)  # fmt: skip


_EXPECTING = frozenset(
    ("ici", "et", "ou", "a", "de", "en", "debut", "fin", "mi", "avant", "depuis", "jusque", "pour", "/", "-")
)


@cache
def _known() -> frozenset[str]:
    from pivot_cli.echeance.rhythms import ADJECTIFS

    tables = (
        words.MOIS, words.SAISONS, words.JOURS, words.PLURIELS_JOURS, words.CARDINAUX, words.ORDINAUX, words.UNITES,
        words.AUTRES_UNITES, words.PARTIES, words.BORNES, words.CONTINUS, words.IMMEDIATS, ADJECTIFS,
    )  # fmt: skip
    return _FUNCTION_WORDS.union(*tables, (fold(word) for word in _SUGGESTED))


def _unknown(token: Token, texte: str, tokens: list[Token]) -> UnreadError:
    written = texte[token.start : token.end]
    if token.value >= 0:
        return _number(token, written)
    if not token.text.isalpha():
        return UnreadError(
            f"Le signe {quoted(written)} n'est pas compris.",
            f"Enlevez-le; une remarque se met entre parenthèses, par exemple {quoted('mars 2020 (à confirmer)')}.",
            token.start,
            token.end,
        )
    close = _nearest(written)
    rest = tokens[tokens.index(token) :]
    if close is None and blamed(rest) is None and _is_read(tokens[: tokens.index(token)]):
        aside = f"{texte[: token.start].strip(' ,;-')} ({texte[token.start :].strip()})"
        remedy = f"Si c'est une remarque, mettez-la entre parenthèses, par exemple {quoted(aside)}."
    elif close is None:
        remedy = f"Écrivez par exemple {EXEMPLES}; une remarque se met entre parenthèses."
    else:
        corrected = f"{texte[: token.start]}{close}{texte[token.end :]}".strip()
        remedy = f"Vouliez-vous dire {quoted(close)}? Écrivez {quoted(corrected)}."
    return UnreadError(f"Le mot {quoted(written)} n'est pas compris.", remedy, token.start, token.end)


def _is_read(tokens: list[Token]) -> bool:
    """Whether the tokens say when by themselves, so that what follows them may be a remark."""
    cursor = Cursor(tokens)
    try:
        dated = intervalle(cursor) is not None and cursor.at_end()
    except UnreadError:
        return False
    return dated or core_span(tokens) is not None


def _nearest(written: str) -> str | None:
    """The known word a slip of the keyboard away; a merely similar one would puzzle its reader."""
    from difflib import SequenceMatcher

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
    return UnreadError(
        message,
        f"Écrivez la date en lettres et l'année en quatre chiffres, par exemple {quoted('12 mars 2020')}.",
        token.start,
        token.end,
    )


def _misplaced(texte: str, tokens: list[Token]) -> UnreadError:
    """Every word is known, and together they make no form of the grammar."""
    cursor = Cursor(tokens)
    try:
        intervalle(cursor)
    except UnreadError as error:
        return error
    rank = min(cursor.position, len(tokens) - 1)
    for explanation in (_duration, _wrong_rank, _no_end, _beside_a_core, _unfinished):
        found = explanation(texte, tokens, rank)
        if found is not None:
            return found
    at = tokens[rank]
    return UnreadError(
        f"On ne comprend pas {quoted(texte[at.start : at.end])} à cet endroit.",
        f"Écrivez une seule échéance, par exemple {EXEMPLES}; une période s'écrit "
        f"{quoted('septembre 2020 à mars 2021')}.",
        at.start,
        at.end,
    )


def _duration(texte: str, tokens: list[Token], _rank: int) -> UnreadError | None:
    """« 3 ans », « sur 18 mois »."""
    if tokens[-1].text not in words.UNITES or len(tokens) < 2:
        return None
    count = tokens[-2]
    if count.value < 0 and count.text not in words.CARDINAUX:
        return None
    return UnreadError(
        f"{quoted(texte[count.start : tokens[-1].end])} est une durée, et ne dit pas à partir de quel jour.",
        f"Écrivez la fin, par exemple {quoted('décembre 2021')}, ou les deux bouts, par exemple "
        f"{quoted('janvier 2020 à décembre 2021')}.",
        count.start,
        tokens[-1].end,
    )


def _wrong_rank(_texte: str, tokens: list[Token], _rank: int) -> UnreadError | None:
    """« T5 2020 », « 3e semestre 2020 »."""
    for token in tokens:
        if token.text in ("t", "q", "trimestre", "trim", "semestre", "s"):
            return UnreadError(
                "Les trimestres vont de 1 à 4 et les semestres de 1 à 2.",
                f"Écrivez par exemple {quoted('T4 2020')} ou {quoted('2e semestre 2020')}.",
                tokens[0].start,
                tokens[-1].end,
            )
    return None


def _no_end(_texte: str, tokens: list[Token], _rank: int) -> UnreadError | None:
    """« du 1er avril 2020 »."""
    opener = tokens[0].text in ("de", "des", "entre") and len(tokens) > 1 and tokens[1].text != "ici"
    if not opener:
        return None
    return UnreadError(
        "Il manque la fin de la période.",
        f"Écrivez les deux bouts, par exemple {quoted('du 1er avril 2020 au 31 mars 2021')}.",
        tokens[0].start,
        tokens[-1].end,
    )


def _beside_a_core(texte: str, tokens: list[Token], _rank: int) -> UnreadError | None:
    """« annuel et en continu »: two rhythms, or one with a word that says when and does not go with it."""
    found = core_span(tokens)
    if found is None:
        return None
    first, last = found
    core = texte[tokens[first].start : tokens[last - 1].end]
    at = blamed(tokens[:first]) or blamed(tokens[last:]) or tokens[-1]
    return UnreadError(
        f"{quoted(core)} est compris, mais pas {quoted(texte[at.start : at.end])} à côté.",
        f"Gardez-en un seul, ou écrivez par exemple {quoted('annuel, en juin')}, {quoted('chaque année dès 2021')} ou "
        f"{quoted(_UNTIL)}.",
        at.start,
        at.end,
    )


def _unfinished(texte: str, tokens: list[Token], _rank: int) -> UnreadError | None:
    """« d'ici », « 2020 et », « fin »: something is missing at the end."""
    last = tokens[-1]
    if last.text not in _EXPECTING:
        return None
    return UnreadError(
        f"Il manque une date après {quoted(texte.strip())}.",
        f"Ajoutez-la, par exemple {quoted(f'{texte.strip()} mars 2021')}.",
        tokens[0].start,
        last.end,
    )
