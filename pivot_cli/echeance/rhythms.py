"""What is done again and again, goes on, begins at once or has no date yet.

    recurrent    := [free | anchor | limit] rhythm {[sep] (anchor | limit)} [free] | first ("puis" | "et") rhythm
    continu      := [free | limit] ongoing {[sep] (ongoing | limit)} [free]
    immediat     := "immédiat" | "immédiatement" | … [[sep] ongoing]
    indeterminee := ["date" | …] ("à déterminer" | "à évaluer" | "n. d." | …)
    rhythm       := adjective | every | "aux" number unit | count | "un an sur deux" | day of the month | weekday
    adjective    := ["bi" | "semi"] ("annuel" | "mensuellement" | …)
    every        := ["à"] ("chaque" | "tous les") ([number] unit | part unit | suite | weekdays)
    count        := ["au moins"] number ["à" number] ["fois" | noun] ("par" | "/" | every | "aux" …) unit
    anchor       := a dated wording without a year; limit := one with a year; first := one point with a year

The core is the leftmost rhythm or ongoing phrase. Free text holds no word that says when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import Intervalle, Suite, intervalle, suite
from pivot_cli.echeance.dates import needs_year
from pivot_cli.echeance.lexer import Cursor, Phrases, Record, Token
from pivot_cli.echeance.points import Unite, part_alone

if TYPE_CHECKING:
    from collections.abc import Callable


class Rythme(Record):
    """A frequency and interval as in an RRULE, how many times in each, and what pins it down.

    `by` is the part of the RRULE that names days (« BYDAY=MO »), `part` the part of each window (« debut »),
    `anchor` the dates of every year, `warning` what is worth checking.
    """

    __slots__ = ("anchor", "by", "fois", "freq", "interval", "part", "warning")

    def __init__(self, freq: str, interval: int = 1, fois: int | None = None, by: str = "", warning: str = "") -> None:
        self.freq = freq
        self.interval = interval
        self.fois = fois
        self.by = by
        self.part = ""
        self.anchor: Intervalle | None = None
        self.warning = warning


class Noyau(Record):
    """A core and what stands around it: its anchor and limit, and the offsets of the free text before and after.

    `opened` says that the limit is where it begins: « 2021 et en continu », « mars 2020 puis annuellement ».
    """

    __slots__ = ("anchor", "free", "limit", "opened", "part", "rythme")

    def __init__(self, rythme: Rythme) -> None:
        self.rythme = rythme
        self.anchor = rythme.anchor
        self.limit: Intervalle | None = None
        self.part = rythme.part
        self.opened = False
        self.free: tuple[tuple[int, int], ...] = ()


# --- rhythms ------------------------------------------------------------------------------------------------

_ENDINGS = {
    "el": ("el", "els", "elle", "elles", "ellement"),
    "aire": ("aire", "aires", "airement"),
    "ennal": ("ennal", "ennale", "ennaux", "ennales"),
}
_STEMS: dict[str, dict[str, tuple[str, int] | tuple[str, int, int]]] = {
    "el": {
        "annu": ("YEARLY", 1), "mensu": ("MONTHLY", 1), "trimestri": ("MONTHLY", 3), "semestri": ("MONTHLY", 6),
        "bimestri": ("MONTHLY", 2), "quadrimestri": ("MONTHLY", 4), "bimensu": ("MONTHLY", 1, 2),
        "biannu": ("YEARLY", 1, 2), "triannu": ("YEARLY", 1, 3), "bisannu": ("YEARLY", 2), "trisannu": ("YEARLY", 3),
        "semiannu": ("MONTHLY", 6), "semimensu": ("MONTHLY", 1, 2),
    },
    "aire": {"hebdomad": ("WEEKLY", 1), "bihebdomad": ("WEEKLY", 1, 2)},
    "ennal": {
        "bi": ("YEARLY", 2), "tri": ("YEARLY", 3), "quadri": ("YEARLY", 4), "quinqu": ("YEARLY", 5),
        "dec": ("YEARLY", 10),
    },
}  # fmt: skip
_DAILY = (
    "quotidien", "quotidienne", "quotidiens", "quotidiennes", "quotidiennement", "journalier", "journaliere",
)  # fmt: skip
ADJECTIFS: dict[str, tuple[str, int] | tuple[str, int, int]] = {
    stem + end: pace for kind, stems in _STEMS.items() for stem, pace in stems.items() for end in _ENDINGS[kind]
} | dict.fromkeys(_DAILY, ("DAILY", 1))
"""Each adjective as an RRULE frequency, an interval and how many times."""
_DOUBTFUL = {
    "bimensu": "« Bimensuel » est lu deux fois par mois; on l'écrit parfois pour « tous les deux mois ».",
    "biannu": "« Biannuel » est lu deux fois par année; on l'écrit parfois pour « tous les deux ans ».",
    "bisannu": "« Bisannuel » est lu tous les deux ans; on l'écrit parfois pour « deux fois par année ».",
    "bihebdomad": "« Bihebdomadaire » est lu deux fois par semaine; on l'écrit parfois pour « aux deux semaines ».",
    "trisannu": "« Trisannuel » est lu tous les trois ans; on l'écrit parfois pour « trois fois par année ».",
}
_PREFIXES = frozenset(("bi", "semi", "tri"))
_EVERY = Phrases({"": "chaque | tous les | toutes les | à chaque | à tous les | à toutes les | tout les"})
_AT_LEAST = Phrases({"": "au moins | au minimum | minimum | un minimum | environ | à raison de | min"})
_PER = Phrases({"": "par | / | à l'intérieur de | dans | durant | en"})
_YEAR_KINDS = ("civile", "financiere", "scolaire", "budgetaire", "fiscale", "financier", "budgetaires")
_LONGEST_INTERVAL = 60
_LAST_DAY = 31
_SHORTEST_NOUN = 4  # letters


def rhythm(cursor: Cursor) -> Rythme | None:
    """The rhythm that begins at the current token, or None; the cursor then stays where it was."""
    return cursor.first(_RHYTHMS)


def _adjective(cursor: Cursor) -> Rythme | None:
    word, length = cursor.peek().text, 1
    if word in _PREFIXES:
        dash = int(cursor.peek(1).text == "-")
        word, length = word + cursor.peek(1 + dash).text, 2 + dash
    pace = ADJECTIFS.get(word)
    if pace is None:
        return None
    cursor.advance(length)
    warning = next((said for stem, said in _DOUBTFUL.items() if word.startswith(stem)), "")
    fois = pace[2] if len(pace) == 3 else None
    return Rythme(pace[0], pace[1], fois, warning=warning)


def number(cursor: Cursor) -> int:
    """A small number in figures or words, 0 when there is none."""
    token = cursor.peek()
    value = token.value if token.value >= 0 else words.CARDINAUX.get(token.text, 0)
    if not 1 <= value <= _LONGEST_INTERVAL or token.width > 2:
        return 0
    cursor.advance()
    return value


def _unit(cursor: Cursor, times: int = 1) -> Rythme | None:
    """A unit of time, `times` of them: « trimestre », « année financière »."""
    unit = words.UNITES.get(cursor.peek().text)
    if unit is None:
        return None
    fortnight = cursor.peek().text.startswith("jour") and times == 15
    cursor.advance()
    if unit[0] == "YEARLY":
        cursor.take(*_YEAR_KINDS)
    # « Quinze jours » is two weeks in French, as « huit jours » is one.
    return Rythme("WEEKLY", 2) if fortnight else Rythme(unit[0], unit[1] * times)


def _every(cursor: Cursor) -> Rythme | None:
    return None if cursor.phrase(_EVERY) is None else cursor.first(_AFTER_EVERY)


def _numbered_unit(cursor: Cursor) -> Rythme | None:
    return _unit(cursor, number(cursor) or 1)


def _part_of_unit(cursor: Cursor) -> Rythme | None:
    """« chaque début d'année », « chaque fin de mois »."""
    part = part_alone(cursor)
    unit = _unit(cursor) if part else None
    return None if unit is None else unit.but(part=part)


def _anchored(cursor: Cursor) -> Rythme | None:
    """« chaque printemps », « tous les 30 juin », « chaque printemps et chaque automne »."""
    anchor = _anchor(cursor)
    if anchor is None:
        return None
    while True:
        mark = cursor.position
        again = _anchor(cursor) if cursor.take("et", ",") and cursor.phrase(_EVERY) is not None else None
        if again is None:
            cursor.position = mark
            return Rythme("YEARLY").but(anchor=Intervalle(anchor))
        anchor = Suite((*anchor.points, *again.points), (*anchor.connectors, "et", *again.connectors))


def _anchor(cursor: Cursor) -> Suite | None:
    anchor = suite(cursor)
    if anchor is None or any(one.year or one.unit in (Unite.ANNEE, Unite.AN_DU_PLAN) for one in anchor.points):
        return None
    last = anchor.points[-1]
    return anchor if last.unit is Unite.SAISON or last.month > 0 else None


def _days_of_week(cursor: Cursor) -> Rythme | None:
    """« tous les lundis », « tous les mardis et jeudis », « chaque premier mardi du mois »."""
    rank = _weekday_rank(cursor)
    days = [_weekday(cursor)]
    while not rank and days[-1]:
        mark = cursor.position
        following = _weekday(cursor) if cursor.take("et", ",") else ""
        if not following:
            cursor.position = mark
            return Rythme("WEEKLY", by=f"BYDAY={','.join(days)}")
        days.append(following)
    if not days[-1]:
        return None
    cursor.take("de")
    cursor.take("chaque")
    return Rythme("MONTHLY", by=f"BYDAY={rank}{days[-1]}") if cursor.take("mois") else None


def _weekday(cursor: Cursor) -> str:
    token = cursor.peek().text
    day = words.JOURS.get(token, words.PLURIELS_JOURS.get(token))
    if day is None:
        return ""
    cursor.advance()
    return words.CODES_JOURS[day]


def _ranked_weekday(cursor: Cursor) -> Rythme | None:
    """« le premier lundi du mois »."""
    mark = cursor.position
    ranked = _weekday_rank(cursor) != 0
    cursor.position = mark
    return _days_of_week(cursor) if ranked else None


def _weekday_rank(cursor: Cursor) -> int:
    """« premier », « 2e », « dernier » before a day of the week: 1, 2, -1; 0 when there is none."""
    mark = cursor.position
    token = cursor.peek()
    rank = token.value if token.value >= 0 else words.ORDINAUX.get(token.text, words.ORDINAUX.get(token.text[:-1], 0))
    cursor.advance()
    cursor.take(*words.SUFFIXES)
    if rank in (-1, 1, 2, 3, 4) and cursor.peek().text in words.JOURS:
        return rank
    cursor.position = mark
    return 0


def _days_of_month(cursor: Cursor) -> Rythme | None:
    """« le 15 du mois », « le 1er et le 15 de chaque mois », « le dernier jour du mois »."""
    days = []
    while True:
        day = _day_of_month(cursor)
        if not day:
            return None
        days.append(day)
        if not cursor.take("et", ","):
            break
    if not (cursor.take("de") and (cursor.take("chaque"), cursor.take("mois"))[1]):
        return None
    return Rythme("MONTHLY", by=f"BYMONTHDAY={','.join(map(str, days))}")


def _day_of_month(cursor: Cursor) -> int:
    token = cursor.peek()
    if token.text in ("dernier", "premier") and cursor.peek(1).text in ("jour", "de"):
        cursor.advance()
        cursor.take("jour")
        return words.ORDINAUX[token.text]
    if not (1 <= token.value <= _LAST_DAY and token.width <= 2):
        return 0
    cursor.advance()
    cursor.take(*words.SUFFIXES)
    return token.value


def _every_n(cursor: Cursor) -> Rythme | None:
    """« aux 3 mois », « aux deux semaines »."""
    if not cursor.take("a"):
        return None
    times = number(cursor)
    return _unit(cursor, times) if times else None


def _one_in(cursor: Cursor) -> Rythme | None:
    """« un an sur deux », « 1 année sur 3 »."""
    if number(cursor) != 1:
        return None
    unit = _unit(cursor)
    if unit is None or not cursor.take("sur"):
        return None
    times = number(cursor)
    return unit.but(interval=unit.interval * times) if times else None


def _counted(cursor: Cursor) -> Rythme | None:
    """« 2 fois par année », « une fois aux 3 mois », « 4x/an », « 3 rencontres par année »."""
    cursor.phrase(_AT_LEAST)
    cursor.take("de")
    times = number(cursor)
    if not times:
        return None
    mark = cursor.position
    # « 2 à 3 fois »: the action is done once the smaller number is reached.
    if not (cursor.take("a", "-", "ou") and number(cursor)):
        cursor.position = mark
    counted = cursor.take("fois", "x") or _noun(cursor)
    window = _window(cursor, counted=counted) or _things(cursor)
    if window is None:
        return None
    return window.but(fois=times if times > 1 else None)


def _things(cursor: Cursor) -> Rythme | None:
    """« (6) rencontres annuelles »."""
    token = cursor.peek()
    if len(token.text) < _SHORTEST_NOUN or not token.text.isalpha() or says_when(token.text):
        return None
    cursor.advance()
    found = _adjective(cursor)
    return None if found is None or found.fois else found


def _noun(cursor: Cursor) -> bool:
    """What is counted: any word that does not say when."""
    token = cursor.peek()
    if len(token.text) < _SHORTEST_NOUN or not token.text.isalpha() or token.text == "chaque" or says_when(token.text):
        return False
    if cursor.peek(1).text not in ("par", "/", "chaque"):
        return False
    cursor.advance()
    return True


def _window(cursor: Cursor, *, counted: bool) -> Rythme | None:
    mark = cursor.position
    per = cursor.take("par", "/") if not counted else cursor.phrase(_PER) is not None
    if per or counted:
        window = _numbered_unit(cursor)
        if window is not None:
            return window
    cursor.position = mark
    return (_every(cursor) or _every_n(cursor)) if counted else None


_RHYTHMS = (_adjective, _one_in, _counted, _every, _every_n, _ranked_weekday, _days_of_month)
_AFTER_EVERY = (_anchored, _days_of_week, _numbered_unit, _part_of_unit)


# --- what goes on, begins at once, or has no date -------------------------------------------------------------

_ONGOING = Phrases({
    "": (
        "en continu | en continue | continu | continue | continus | continues | continuel | continuelle | continuels |"
        "continuelles | continuellement | continument | en permanence | permanent | permanente | permanents |"
        "permanentes | constamment | constant | constante | toujours | perpetuel | perpetuelle | en tout temps |"
        "tout temps | en tous temps | tout le temps | a l'annee longue | a longueur d'annee | toute l'annee |"
        "a toute l'annee | sur toute l'annee | tout au long de | tout au long de l'annee | tout au long |"
        "tout le long de | durant toute l'annee | pendant toute l'annee | au long de | au long de l'annee |"
        "tout au long du mandat | durant tout le mandat | pendant tout le mandat | tout au long de l'annee scolaire |"
        "pendant toute la duree de | durant toute la duree de | toute la duree de | pour toute la duree de |"
        "pour la duree de | pendant la duree de | durant la duree de | sur toute la duree de | duree du plan |"
        "duree du projet | duree du mandat | pendant tout | durant tout | pendant toute | durant toute | au besoin |"
        "si besoin | au gre des besoins | si necessaire | lorsque necessaire | quand necessaire | lorsque requis |"
        "si requis | au cas par cas | en cas de besoin | ad hoc | selon besoin | selon les besoins | selon le besoin |"
        "selon besoins | selon les opportunites | selon opportunites | selon l'opportunite | selon les demandes |"
        "selon la demande | selon demande | selon les occasions | selon les disponibilites | selon la disponibilite |"
        "suivant les besoins | en fonction des besoins | en fonction des opportunites | en fonction des demandes |"
        "sur demande | a la demande | au fil de | au fil des | au fil de l'eau | tout au long de la periode |"
        "pendant toute la periode | durant toute la periode | au fil du temps | au gre de | au fur et a mesure |"
        "sans interruption | indefiniment | duree indeterminee | sans arret"
    ),
    "alone": "a l'annee",
})  # fmt: skip
_NOW = Phrases({"": (
    "immediat | immediate | immediats | immediates | immediatement | dans l'immediat | maintenant | des maintenant |"
    "des a present | tout de suite | sans delai | sans tarder | sans attendre | des immediatement | effet immediat |"
    "avec effet immediat | a partir de maintenant | a compter de maintenant | debut immediat |"
    "a faire immediatement | a realiser immediatement | a commencer immediatement"
)})  # fmt: skip
_TO_BE = (
    "determiner", "evaluer", "preciser", "venir", "confirmer", "definir", "etablir", "fixer", "planifier", "voir",
    "convenir", "valider", "discuter", "identifier", "decider", "statuer", "specifier", "completer", "prevoir",
    "analyser", "etudier", "estimer", "choisir", "arreter", "reevaluer",
)  # fmt: skip
_NOT_YET = (
    "determine", "determinee", "defini", "definie", "precise", "precisee", "fixe", "fixee", "etabli", "etablie",
    "planifie", "planifiee", "confirme", "confirmee", "specifie", "specifiee",
)  # fmt: skip
_OPEN = Phrases({"": (
    "nd | n d | na | n a | n / a | n / d | so | s o | s / o | sans objet | indetermine | indeterminee | indetermines |"
    "inconnu | inconnue | tbd | tbc | aucun | aucune | aucune echeance | aucune date | sans echeance | sans date |"
    "pas de date | pas d'echeance | aucun echeancier | sans echeancier | non requis |"
    "non connu | non connue | non disponible | non applicable | ne s'applique pas |"
    + "|".join([f"a {verb}" for verb in _TO_BE] + [f"non {state} | a etre {state}" for state in _NOT_YET])
)})  # fmt: skip
_OPEN_LABELS = Phrases({"": (
    "date | dates | echeance | echeancier | echeances | calendrier | moment | delai | date: | echeance: | periode |"
    "date encore | encore | reste"
)})  # fmt: skip


def immediat(tokens: list[Token]) -> bool:
    """« Immédiat », « Immédiatement et en continu »."""
    cursor = Cursor(tokens)
    if cursor.phrase(_NOW) is None:
        return False
    if not cursor.at_end():
        cursor.phrase(_SEPARATORS)
        if cursor.phrase(_ONGOING) is None:
            return False
    return cursor.at_end()


def indeterminee(tokens: list[Token]) -> bool:
    """« À déterminer », « date à préciser », « n. d. »."""
    return opens(tokens) == len(tokens)


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
        if not cursor.take("ou"):
            cursor.phrase(_SEPARATORS)
        if cursor.phrase(_ONGOING) is None:
            cursor.position = mark
            return Rythme("")


# --- what stands around a core --------------------------------------------------------------------------------

_SEPARATORS = Phrases({
    ",": ", | - | / | ; | :",
    "et": (
        "et | puis | ensuite | et ensuite | et puis | et par la suite | , puis | , et | , ensuite | , et ensuite |"
        "et ce | , et ce"
    ),
})  # fmt: skip
_THEREAFTER = Phrases({"": "par la suite | ensuite | par apres"})
_TRAILING = frozenset(("de", "des", ",", "-", ":", ";", "et", "/", "puis", "ensuite"))
_LINKS = frozenset(("et", "puis", "ensuite"))
_EACH = frozenset(("chaque", "tous", "toutes"))
_MOST_INTERVALS = 2


def is_free(tokens: list[Token]) -> bool:
    """Whether none of the tokens says when."""
    return blamed(tokens) is None


def blamed(tokens: list[Token]) -> Token | None:
    """The first token that free text may not hold: a number, a month, a season, a bound, a unit of time."""
    before = ("", "")
    for rank, token in enumerate(tokens):
        # « Mise à jour » and « ordre du jour » are no units of time.
        idiom = token.text == "jour" and (before[1] == "a" or before == ("ordre", "de"))
        if token.value >= 0 or token.text == ".." or (says_when(token.text) and not idiom):
            return token
        if token.text == "des" and _is_bound(tokens[rank + 1 :]):
            return token
        before = (before[1], token.text)
    return None


def _is_bound(following: list[Token]) -> bool:
    """Whether « des » is « dès », which it is once accents are dropped: an article stands before a plural, and
    before no other article.
    """
    if not following:
        return True
    return bool(following[0].article) or following[0].text[-1:] not in ("s", "x")


def says_when(word: str) -> bool:
    """Whether a word belongs to the language of dates: free text may not hold it."""
    return any(word in table for table in _RESERVED) and word not in ("un", "une")


_RESERVED = (
    words.MOIS, words.SAISONS, words.CARDINAUX, words.ORDINAUX, words.UNITES, words.AUTRES_UNITES, words.PARTIES,
    words.BORNES, words.JOURS, words.PLURIELS_JOURS, ADJECTIFS, words.CONTINUS, words.IMMEDIATS,
)  # fmt: skip


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
    noyau = Noyau(rythme)
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
            return found.but(opened=linked, free=_free_span(kept[:start]))
    return noyau.but(free=_free_span(tokens)) if is_free(tokens) else None


def _placed(tokens: list[Token], noyau: Noyau, *, every: bool) -> Noyau | None:
    """The tokens as one anchor or limit of the core."""
    cursor = Cursor(tokens)
    part = part_alone(cursor)
    if part and every and cursor.at_end():
        return noyau.but(part=part)
    cursor.position = 0
    found = intervalle(cursor)
    return _attach(noyau, found) if found is not None and cursor.at_end() else None


def _attach(noyau: Noyau, found: Intervalle) -> Noyau | None:
    points = found.points()
    if noyau.rythme.freq and all(needs_year(point) for point in points):
        last = points[-1]
        lone_day = last.unit is Unite.JOUR and not last.month
        return None if noyau.anchor is not None or (lone_day and len(points) > 1) else noyau.but(anchor=found)
    return None if noyau.limit is not None else noyau.but(limit=found)


def _after(cursor: Cursor, noyau: Noyau) -> Noyau | None:
    if cursor.phrase(_THEREAFTER) is not None:
        noyau = noyau.but(opened=noyau.limit is not None)
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
    return noyau.but(free=(*noyau.free, *_free_span(rest)))


def _free_span(tokens: list[Token]) -> tuple[tuple[int, int], ...]:
    lettered = [token for token in tokens if token.text.isalnum()]
    return ((lettered[0].start, lettered[-1].end),) if lettered else ()
