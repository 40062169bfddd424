"""What is done again and again, goes on, begins at once or has no date yet.

    recurrent    := [free | anchor | limit] rhythm {[sep] (anchor | limit)} [free]
    continu      := [free | limit] ongoing {[sep] limit} [free]
    immediat     := "immédiat" | "immédiatement" | … [[sep] ongoing]
    indeterminee := ["date"] ("à déterminer" | "à évaluer" | "n. d." | …)
    anchor       := a dated wording without a year; limit := one with a year

The core is the leftmost rhythm or ongoing phrase. Free text holds no word that says when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import needs_year
from pivot_cli.echeance.lexer import Cursor, Phrases, Token
from pivot_cli.echeance.points import part_alone
from pivot_cli.echeance.rhythms import Rythme, rhythm, says_when
from pivot_cli.echeance.syntax import Intervalle, Unite

if TYPE_CHECKING:
    from collections.abc import Callable

_ONGOING = Phrases({**dict.fromkeys((
    "en continu", "en continue", "continu", "continue", "continus", "continues", "continuel", "continuelle",
    "continuels", "continuelles", "continuellement", "continument", "en permanence", "permanent", "permanente",
    "permanents", "permanentes", "constamment", "constant", "constante", "toujours", "perpetuel", "perpetuelle",
    "en tout temps", "tout temps", "en tous temps", "tout le temps", "a l'annee longue", "a longueur d'annee",
    "toute l'annee", "a toute l'annee", "tout au long de", "tout au long de l'annee", "tout au long",
    "tout le long de", "durant toute l'annee", "pendant toute l'annee", "au long de", "au long de l'annee",
    "pendant toute la duree de", "durant toute la duree de", "toute la duree de", "pour toute la duree de",
    "pour la duree de", "pendant la duree de", "durant la duree de", "sur toute la duree de", "pendant tout",
    "durant tout", "pendant toute", "durant toute", "au besoin", "si besoin", "au gre des besoins",
    "si necessaire", "lorsque necessaire", "quand necessaire", "lorsque requis", "si requis", "au cas par cas",
    "en cas de besoin", "selon besoin", "selon les besoins", "selon le besoin", "selon besoins",
    "selon les opportunites", "selon opportunites", "selon l'opportunite", "selon les demandes",
    "selon la demande", "selon demande", "selon les occasions", "selon les disponibilites",
    "selon la disponibilite", "suivant les besoins", "en fonction des besoins", "en fonction des opportunites",
    "en fonction des demandes", "sur demande", "a la demande", "au fil de", "au fil des", "au fil de l'eau",
    "tout au long de la periode", "pendant toute la periode", "durant toute la periode", "au fil du temps",
    "au gre de", "au fur et a mesure", "sans interruption", "indefiniment", "duree indeterminee", "sans arret",
), ""), "a l'annee": "alone"})  # fmt: skip
_NOW = Phrases(dict.fromkeys((
    "immediat", "immediate", "immediats", "immediates", "immediatement", "dans l'immediat", "maintenant",
    "des maintenant", "des a present", "tout de suite", "sans delai", "sans tarder", "sans attendre",
    "des immediatement", "effet immediat", "avec effet immediat", "a partir de maintenant",
    "a compter de maintenant", "debut immediat", "a faire immediatement", "a realiser immediatement",
    "a commencer immediatement",
), ""))  # fmt: skip
_TO_BE = (
    "determiner", "evaluer", "preciser", "venir", "confirmer", "definir", "etablir", "fixer", "planifier",
    "voir", "convenir", "valider", "discuter", "identifier", "decider", "statuer", "specifier", "completer",
    "prevoir", "analyser", "etudier", "estimer", "choisir", "arreter", "reevaluer",
)  # fmt: skip
_UNKNOWN = (
    "nd", "n d", "na", "n a", "n / a", "n / d", "so", "s o", "s / o", "sans objet", "indetermine",
    "indeterminee", "indetermines", "inconnu", "inconnue", "tbd", "tbc", "aucun", "aucune", "aucune echeance",
    "aucune date", "sans echeance", "sans date", "pas de date", "pas d'echeance", "aucun echeancier",
    "sans echeancier", "non requis", "echeance indeterminee", "ne s'applique pas",
)  # fmt: skip
_NOT_YET = (
    "determine", "determinee", "defini", "definie", "precise", "precisee", "disponible", "applicable", "fixe",
    "fixee", "etabli", "etablie", "planifie", "planifiee", "connu", "connue", "confirme", "confirmee",
    "specifie", "specifiee",
)  # fmt: skip
_OPEN = Phrases(
    dict.fromkeys((f"a {verb}" for verb in _TO_BE), "")
    | dict.fromkeys(_UNKNOWN, "")
    | dict.fromkeys((f"non {state}" for state in _NOT_YET), "")
)
_OPEN_LABELS = Phrases(dict.fromkeys((
    "date", "dates", "echeance", "echeancier", "echeances", "calendrier", "moment", "delai", "date :",
    "echeance :", "periode", "date encore", "encore",
), ""))  # fmt: skip
_SEPARATORS = Phrases({",": ",", "-": ",", "et": "et", "puis": "et", ", puis": "et", ", et": "et", "/": ",", ";": ",",
                       "et ce": "et", ", et ce": "et", ":": ","})  # fmt: skip
_TRAILING = frozenset(("de", "des", ",", "-", ":", ";", "et", "/", "puis"))
_LINKS = frozenset(("et", "puis"))
_EACH = frozenset(("chaque", "tous", "toutes"))
_MOST_INTERVALS = 2


class Noyau(NamedTuple):
    """What surrounds a core: its anchor and limit, and the offsets of the free text before and after it."""

    rythme: Rythme | None
    anchor: Intervalle | None = None
    limit: Intervalle | None = None
    part: str = ""
    opened: bool = False
    free: tuple[tuple[int, int], ...] = ()


def is_free(tokens: list[Token]) -> bool:
    """Whether none of the tokens says when."""
    return blamed(tokens) is None


def blamed(tokens: list[Token]) -> Token | None:
    """The first token that free text may not hold: a number, a month, a season, a bound, a unit of time."""
    before = ("", "")
    for token in tokens:
        # « Mise à jour » and « ordre du jour » are no units of time.
        idiom = token.text == "jour" and (before[1] == "a" or before == ("ordre", "de"))
        if token.value >= 0 or token.text == ".." or (says_when(token.text) and not idiom):
            return token
        before = (before[1], token.text)
    return None


def immediat(tokens: list[Token]) -> Noyau | None:
    """« Immédiat », « Immédiatement et en continu »."""
    cursor = Cursor(tokens)
    if cursor.phrase(_NOW) is None:
        return None
    if not cursor.at_end():
        cursor.phrase(_SEPARATORS)
        if cursor.phrase(_ONGOING) is None:
            return None
    return Noyau(None) if cursor.at_end() else None


def indeterminee(tokens: list[Token]) -> Noyau | None:
    """« À déterminer », « date à préciser », « n. d. »."""
    cursor = Cursor(tokens)
    if cursor.phrase(_OPEN_LABELS) is not None and cursor.at_end():
        return None
    return Noyau(None) if cursor.phrase(_OPEN) is not None and cursor.at_end() else None


def opens(tokens: list[Token]) -> int:
    """How many tokens at the beginning say that the date is not known yet."""
    cursor = Cursor(tokens)
    cursor.phrase(_OPEN_LABELS)
    return cursor.position if cursor.phrase(_OPEN) is not None else 0


def continu(tokens: list[Token]) -> Noyau | None:
    """« En continu », with free text or a limit around it."""
    return None if Cursor(tokens).phrase(_NOW) is not None else _around(tokens, _ongoing)


def _ongoing(cursor: Cursor) -> Rythme | None:
    kind = cursor.phrase(_ONGOING)
    # « À l'année » goes on; « à l'année 2020 » is a year.
    if kind is None or (kind == "alone" and cursor.peek().value >= 0):
        return None
    while True:
        mark = cursor.position
        cursor.phrase(_SEPARATORS)
        if cursor.phrase(_ONGOING) is None:
            cursor.position = mark
            return Rythme("")


def recurrent(tokens: list[Token]) -> Noyau | None:
    """A rhythm, with free text, an anchor (« en juin ») or a limit (« jusqu'en 2028 ») around it."""
    return _around(tokens, rhythm)


def _around(tokens: list[Token], core: Callable[[Cursor], Rythme | None]) -> Noyau | None:
    cursor = Cursor(tokens)
    for start in range(len(tokens)):
        cursor.position = start
        rythme = core(cursor)
        if rythme is not None:
            leading = _before(tokens[:start], rythme, every=tokens[start].text in _EACH)
            return None if leading is None else _after(cursor, leading)
    return None


def core_span(tokens: list[Token]) -> tuple[int, int] | None:
    """Where the leftmost rhythm or ongoing phrase stands among the tokens."""
    cursor = Cursor(tokens)
    for start in range(len(tokens)):
        cursor.position = start
        if rhythm(cursor) is not None or _ongoing(cursor) is not None:
            return start, cursor.position
    return None


def _before(tokens: list[Token], rythme: Rythme, *, every: bool) -> Noyau | None:
    """What stands before the core: free text, then an anchor or a limit."""
    noyau = Noyau(rythme, anchor=rythme.anchor)
    kept = list(tokens)
    linked = bool(kept) and kept[-1].text in _LINKS
    while kept and kept[-1].text in _TRAILING:
        kept.pop()
    if not kept:
        return noyau if not tokens else None
    for start in range(len(kept)):
        if not is_free(kept[:start]):
            break
        found = _placed(kept[start:], noyau, every=every)
        if found is not None:
            return found._replace(opened=linked, free=_free_span(kept[:start]))
    return noyau._replace(free=_free_span(tokens)) if is_free(kept) else None


def _placed(tokens: list[Token], noyau: Noyau, *, every: bool) -> Noyau | None:
    """The tokens as one anchor or limit of the core."""
    cursor = Cursor(tokens)
    part = part_alone(cursor)
    if part and every and cursor.at_end():
        return noyau._replace(part=part)
    cursor.position = 0
    found = intervalle(cursor)
    return _attach(noyau, found) if found is not None and cursor.at_end() else None


def _attach(noyau: Noyau, found: Intervalle) -> Noyau | None:
    points = [point for suite in found.suites() for point in suite.points]
    yearless = all(needs_year(point) for point in points) and noyau.rythme is not None and noyau.rythme.freq != ""
    if yearless:
        last = points[-1]
        lone_day = last.unit is Unite.JOUR and not last.month
        return None if noyau.anchor is not None or (lone_day and len(points) > 1) else noyau._replace(anchor=found)
    return None if noyau.limit is not None else noyau._replace(limit=found)


def _after(cursor: Cursor, noyau: Noyau) -> Noyau | None:
    for _ in range(_MOST_INTERVALS):
        mark = cursor.position
        cursor.phrase(_SEPARATORS)
        found = intervalle(cursor)
        if found is None:
            cursor.position = mark
            break
        attached = _attach(noyau, found)
        if attached is None:
            return None
        noyau = attached
    rest = cursor.tokens[cursor.position :]
    if not is_free(rest):
        return None
    return noyau._replace(free=(*noyau.free, *_free_span(rest)))


def _free_span(tokens: list[Token]) -> tuple[tuple[int, int], ...]:
    lettered = [token for token in tokens if token.text.isalnum()]
    return ((lettered[0].start, lettered[-1].end),) if lettered else ()
