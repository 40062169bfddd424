"""What the cells that a person filled in of an action say together, beside what the plan has: what is recorded, in the
words of `pivot note`; what cannot be, or is held, is told with its cell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import DateConsignee, Refus, TypeEcheance, parse, parse_date
from pivot_cli.finding import PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.plan.schema.fields import MONEY, STATUT
from pivot_cli.record.recording import CLOSED, Typed, command_line, understand
from pivot_cli.suivi import sheets
from pivot_cli.suivi.proposals import motif_of, told_of
from pivot_cli.suivi.when import done_again, recorded_day, recurrent
from pivot_cli.text import NBSP, did_you_mean, fold, listed, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pivot_cli.plan.model import Plan
    from pivot_cli.plan.nouns import Nom
    from pivot_cli.received.cells import Cell


class Sort(StrEnum):
    """Why a value is told rather than recorded: it cannot be, the plan says otherwise since, or it has no place."""

    REFUSED = "refusée"
    HELD = "retenue"
    READ = "lue"


class Told(NamedTuple):
    """What a person typed and that is not recorded: where, in which column, what, why, and what to write instead."""

    sort: Sort
    place: str
    column: str
    text: str
    why: str
    remedy: str = ""


HEADINGS = {
    "decision": "Décision", "nouvelle": "Nouvelle échéance",
    "devenu": "Qu'est-elle devenue?", "avancement": "Où en est-on?", "quand": "Quand", "propose": "Date proposée",
    "motif": "Pourquoi", "note": "Note interne", "resultat": "Résultat (public)", "depense": f"Dépensé{NBSP}$",
    "qui": "À qui?", "fixee": "Pour quand?",
}  # fmt: skip


class Gathered(NamedTuple):
    """What a sheet has of an action: the cells that were filled in, by column (one for each line of it), its
    marks, what its other columns say, and what is told already.
    """

    cells: dict[str, list[Cell]]
    marks: dict[str, str]
    given: dict[str, str]
    told: list[Told]


ERROR = re.compile(r"#(?:REF|N/A|VALUE|VALEUR|NAME|NOM|DIV/0|NUM|NOMBRE|NULL|NUL|SPILL)[!?]?|Err:\d+", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
PARTS = re.compile(r"[,;+/\n]|\bet\b")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]0?0:00(?::00(?:\.0+)?)?")
_DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count days
_SERIALS = range(36526, 73051)  # of the days of 2000 to 2099


def as_day(text: str) -> str:
    """A date as a person would have typed it: of one that a spreadsheet counts in days, or has at midnight."""
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    found = _SERIAL.fullmatch(text)
    if found and int(found[1]) in _SERIALS:
        return (_DAY_ZERO + timedelta(days=int(found[1]))).isoformat()
    return text


_RECORDED_BY = {
    "statut": "statut",
    "echeance": "reporter",
    "motif": "motif",
    "resultat": "resultat",
    "depense": "budget_reel",
    "qui": "attribuer",
}


class One:
    """The cells that were typed of an action, and what they mean beside what the plan has."""

    def __init__(self, id_: str, gathered: Gathered, plan: Plan) -> None:
        place = plan.by_id[fold(id_)]
        self.plan, self.nom, self.action = plan, plan.niveaux.action, place.action
        self.cells, self.marks = dict(gathered.cells), gathered.marks
        self.known = sheets.recorded_of(place.action, plan)
        now = sheets.given_of(place, plan)["consigne"]
        self.as_sent = not self.marks and fold(gathered.given.get("consigne", "")) == fold(now)
        self.id = id_
        self.meeting = gathered.given.get("reunion", "")
        self.told: list[Told] = list(gathered.told)
        self.of_the_line = len(self.told)

    def tell(self, key: str, sort: Sort, why: str, remedy: str = "") -> None:
        """Tell a cell, which is then not recorded."""
        for cell in self.cells.pop(key, ()):
            self.told.append(Told(sort, cell.place, HEADINGS[key], cell.line, why, remedy))

    def text(self, key: str) -> str:
        """What a cell says; the notes of several lines, one after the other."""
        texts = list({fold(cell.line): cell.line for cell in self.cells.get(key, ())}.values())
        return "".join(f"{text} " if text.endswith((".", "!", "?")) else f"{text}. " for text in texts[:-1]) + "".join(
            texts[-1:]
        )

    def moved(self, field: str) -> bool:
        """Whether what the plan has in a field is another thing than when the sheet was sent, as far as one knows."""
        now = self.known[field]
        if self.marks:
            return self.marks.get(field, sheets.mark("")) != sheets.mark(now)
        return bool(now) and not self.as_sent

    def why_is_said(self, key: str, what: str) -> bool:
        """Whether « Pourquoi » says why; else the cell is told."""
        if "motif" in self.cells or (what == "attend" and self.known["motif"]):
            return True
        self.tell(
            key, Sort.REFUSED, f"il manque pourquoi {self.nom.il} {what}", f"Écrivez-le sous {quoted('Pourquoi')}."
        )
        return False

    def is_proposed(self, said: str) -> bool:
        """Whether that was proposed already for that reason, whatever was decided since."""
        motif = fold(self.text("motif"))
        notes = (note for note in self.action.suivi if note.propose)
        return any(fold(told_of(note)) == fold(said) and fold(motif_of(note)) in ("", motif) for note in notes)

    def codes(self, text: str) -> str:
        """The codes of those whom a cell names; nothing where one is not in the plan, and is told."""
        names = [text] if self.plan.registre.find(text) else [part for part in PARTS.split(text) if part.strip()]
        for name in names:
            if self.plan.registre.find(name) is None:
                known = listed([who.code for who in self.plan.registre], "ou")
                hint = did_you_mean(name, [one for who in self.plan.registre for one in who.names])
                why = f"{quoted(name.strip())} n'est pas un responsable du plan"
                self.tell("qui", Sort.REFUSED, why, hint or f"Écrivez {known}.")
                return ""
        return " ".join(self.plan.registre.codes(name.strip() for name in names))

    def _goes_with(self, field: str, said: str) -> dict[str, str]:
        """What `pivot note` asks for beside a field: why, since when, or what happened since it was closed."""
        why = self.text("motif") or "…"
        if field == "echeance":
            return {"motif": why}
        if field != "statut":
            return {}
        now, statut = self.action.statut, Statut(said)
        closed = now is not None and now.closed
        note = self.text("note") or ("…" if closed or (statut is Statut.REALISEE and done_again(self.action)) else "")
        waits = statut in (Statut.EN_ATTENTE, Statut.ABANDONNEE)
        given = {"le": as_day(self.text("quand")), "note": note, "motif": why if waits else ""}
        return {name: text for name, text in given.items() if text}

    def held(self, key: str, field: str, said: str) -> bool:
        """Hold a cell that would replace what the plan has since; whether it is."""
        if not self.moved(field) or fold(said) == fold(self.known[field]):
            return False
        now = quoted(self.known[field]) if self.known[field] else "rien"
        since = "depuis l'envoi" if self.marks else "et rien ne dit ce qu'il disait à l'envoi"
        given: Any = {_RECORDED_BY[field]: (said,) if field == "qui" else said} | self._goes_with(field, said)
        keep = command_line((self.id,), Typed(**given))
        self.tell(key, Sort.HELD, f"le plan dit {now} {since}", f"Si la feuille a raison{NBSP}: {keep}")
        return True


def meaning(one: One, today: date) -> Typed | None:
    """What is recorded of an action; None for nothing. What cannot be, or is held, is told."""
    _refuse_together(one, today)
    when = _when(one, today)
    said: dict[str, Any] = {}
    if "decision" in one.cells:
        said |= _decided(one, when)
    elif "nouvelle" in one.cells:
        remedy = f"Choisissez {quoted('nouvelle échéance')} sous {quoted('Décision')}."
        one.tell("nouvelle", Sort.REFUSED, "rien ne dit qu'elle est décidée", remedy)
    choice = _choice(one)
    if choice:
        said |= _advance(one, choice, when)
    said |= _proposed(one)
    said |= _written_for_good(one)
    said |= _noted(one, said)
    said |= _explained(one, said)
    said |= _dated(one, said, when)
    return Typed(**said) if said else None


def _refuse_together(one: One, today: date) -> None:
    """Tell two cells that cannot both be meant: only who typed them knows which."""
    key = next((name for name in ("devenu", "avancement") if name in one.cells), "")
    choice = choice_of(one.text(key), sheets.OUTCOMES if key == "devenu" else sheets.PROGRESS, one.nom) if key else None
    if choice is None:
        return
    over = choice.proposed or bool(choice.statut and choice.statut.closed)
    if over and "propose" in one.cells and fold(as_day(one.text("propose"))) != fold(one.action.echeance.texte):
        one.tell(key, Sort.REFUSED, "cela ne va pas avec une date proposée", "Gardez l'un des deux.")
        one.tell("propose", Sort.REFUSED, "une date ne va pas avec ce qui est choisi", "Gardez l'un des deux.")
    read = parse_date(as_day(one.text("quand"))) if "quand" in one.cells else None
    if isinstance(read, DateConsignee) and read.debut > today and not choice.proposed:
        one.tell(key, Sort.REFUSED, "ce qui a eu lieu ne va pas avec un jour à venir", "Vérifiez l'un et l'autre.")


def _when(one: One, today: date) -> str:
    """The day of what is recorded, as it is written; nothing where none can be."""
    text = as_day(one.text("quand"))
    read = parse_date(text) if text else None
    if isinstance(read, Refus):
        one.tell("quand", Sort.REFUSED, f"{quoted(text)} n'est pas une date", f"{read.message} {_DATES}".strip())
    elif read and read.debut > today:
        remedy = f"Une date à venir s'écrit sous {quoted('Date proposée')}."
        one.tell("quand", Sort.REFUSED, "ce jour est à venir, et on consigne ce qui a eu lieu", remedy)
    elif read:
        try:
            understand(Typed(note=text, le=text), (one.id,), one.plan, today)
        except PivotError as fault:  # before the plan
            one.tell(
                "quand", Sort.REFUSED, fault.message.removeprefix(f"--le{NBSP}: ").rstrip("."), "Vérifiez l'année."
            )
    return text if "quand" in one.cells else ""


_DATES = f"Écrivez ce que vous savez{NBSP}: 2021-03-12, 12 mars 2021, mars 2021 ou 2021."


def _choice(one: One) -> sheets.Choice | None:
    """What was chosen of where the action stands; None where nothing was, or what is no choice."""
    for key, offered in (("devenu", sheets.OUTCOMES), ("avancement", sheets.PROGRESS)):
        if text := one.text(key):
            if choice := choice_of(text, offered, one.nom):
                return choice
            fitting = [choice for choice in offered if not choice.again or done_again(one.action)]
            words = listed([quoted(choice.said(one.nom)) for choice in fitting], "ou")
            one.tell(key, Sort.REFUSED, f"{quoted(text)} n'est pas un choix", f"Écrivez {words}.")
    return None


_MOVES = {"reporter": True, "reportee": True, "fixer": True, "maintenir": False, "maintenue": False}


def choice_of(text: str, offered: Iterable[sheets.Choice], nom: Nom) -> sheets.Choice | None:
    """The choice that a text is: in its own words, or in others that mean the same statut."""
    said = re.sub(r"\s*\(.*\)$", "", fold(text)).strip(" .!")
    for choice in offered:
        own = {choice.word, choice.said(nom), nom.said(choice.statut) if choice.statut else ""}
        if said in {re.sub(r"\s*\(.*\)$", "", fold(word)) for word in own}:
            return choice
    if said in _MOVES:
        return next((choice for choice in offered if choice.moves is _MOVES[said]), None)
    meant = STATUT.parse(text) or STATUT.parse(STATUT.meant(text) or "")
    by_statut = {choice.statut: choice for choice in offered if choice.statut}
    if meant is Statut.ABANDONNEE and meant not in by_statut:
        return next((choice for choice in offered if choice.proposed), None)
    return by_statut.get(meant) if meant else None


def _advance(one: One, choice: sheets.Choice, when: str) -> dict[str, Any]:
    """Where the action stands: a statut, one time more, or that it is proposed to give it up."""
    key = next(name for name in ("devenu", "decision", "avancement") if name in one.cells)
    if choice.again:
        return _again(one, key, when)
    if choice.proposed:
        said = Statut.ABANDONNEE.value
        new = one.why_is_said(key, "ne se ferait pas") and not one.is_proposed(said)
        return {"proposer": said} if new else {}
    statut = choice.statut or Statut.A_FAIRE  # every other choice has one
    if statut is one.action.statut:
        return {"statut": statut.value} if when else {}
    if one.held(key, "statut", statut.value):
        one.tell("quand", Sort.HELD, "c'est le jour de ce qui précède")
        one.tell("motif", Sort.HELD, "c'est la raison de ce qui précède")
        return {}
    if key == "devenu" and statut is Statut.REALISEE and done_again(one.action) and "note" not in one.cells:
        return {
            "statut": statut.value,
            "note": one.text("note") or CLOSED,
        }  # what came again, or went on, ends with the plan
    return {"statut": statut.value} if _may_become(one, key, statut) else {}


def _again(one: One, key: str, when: str) -> dict[str, Any]:
    if not done_again(one.action):
        word = quoted(sheets.PROGRESS[4].said(one.nom))
        one.tell(key, Sort.REFUSED, f"{one.nom.il} se fait une seule fois", f"Choisissez {word}.")
    elif not when:
        one.tell(key, Sort.REFUSED, "il manque le jour", f"Écrivez-le sous {quoted('Quand')}.")
    return {"realisation": when} if key in one.cells else {}


def _may_become(one: One, key: str, statut: Statut) -> bool:
    """Whether an action gets a statut: what says why is there, where the plan asks for it; else the cell is told."""
    now, note = one.action.statut, "note" in one.cells
    why = {Statut.EN_ATTENTE: "attend", Statut.ABANDONNEE: "ne se fera pas"}.get(statut)
    if now and now.closed and not note:
        remedy = f"Dites pourquoi sous {quoted('Note interne')}."
        one.tell(key, Sort.REFUSED, f"{one.nom.il} est déjà {quoted(one.nom.said(now))} au plan", remedy)
    elif statut is Statut.REALISEE and done_again(one.action) and not note:
        more = f"Choisissez {quoted(sheets.AGAIN.said(one.nom))}, avec le jour"
        remedy = f"{more}; si c'est fini, dites-le sous {quoted('Note interne')}."
        one.tell(key, Sort.REFUSED, f"{one.nom.il} {'revient' if recurrent(one.action) else 'se poursuit'}", remedy)
    elif why:
        one.why_is_said(key, why)
    return key in one.cells


def _decided(one: One, when: str) -> dict[str, Any]:
    """What a meeting decided, of its day and by its resolution; nothing where the cell is told."""
    text, met = one.text("decision"), parse_date(one.meeting) if one.meeting else None
    choice = choice_of(text, sheets.DECISIONS, one.nom)
    day = recorded_day(met).replace(NBSP, " ") if isinstance(met, DateConsignee) else ""
    held_on: dict[str, Any] = {"le": one.meeting, "resolution": f"Réunion du {day}"} if day else {}
    if choice is None:
        words = listed([quoted(choice.said(one.nom)) for choice in sheets.DECISIONS], "ou")
        one.tell("decision", Sort.REFUSED, f"{quoted(text)} n'est pas un choix", f"Écrivez {words}.")
        return {}
    if choice.moves is None:
        said = _advance(one, choice, when)
        over = said.get("statut") in (Statut.ABANDONNEE, Statut.RECONDUITE) or (said and one.action.decision)
        if said.get("statut") == Statut.EN_COURS and day:
            said["le"] = one.meeting
        return said | (held_on if over and not said.get("realisation") else {})
    if not choice.moves:
        note = f"Échéance maintenue à la réunion du {day}" if day else "Échéance maintenue"
        note = f"{note}. {one.text('note')}".rstrip(". ") if "note" in one.cells else note
        known = any(fold(one_line(former.note)) == fold(note) for former in one.action.suivi)
        return {} if known else {"note": note, "le": one.meeting or None}
    return _moved(one, held_on)


def _moved(one: One, held_on: dict[str, Any]) -> dict[str, Any]:
    """Another échéance, once it is decided."""
    new, old = as_day(one.text("nouvelle")), one.action.echeance
    read = parse(new, one.plan.organisme.conventions) if new else None
    if read is None:
        one.tell("decision", Sort.REFUSED, "il manque laquelle", f"Écrivez-la sous {quoted('Nouvelle échéance')}.")
    elif isinstance(read, Refus):
        one.tell("nouvelle", Sort.REFUSED, *one.nom.retold(read.message.rstrip("."), read.remede))
    elif fold(new) != fold(old.texte) and not one.held("nouvelle", "echeance", new):
        unknown = isinstance(old, Refus) or old.type is TypeEcheance.INDETERMINEE
        if unknown and not old.texte:
            return {"echeance": new}
        if unknown or one.why_is_said("nouvelle", f"est {one.nom.agreed('reporté')}"):
            return {"reporter": new} | held_on
    return {}


def _proposed(one: One) -> dict[str, Any]:
    """The échéance that is proposed."""
    if "propose" not in one.cells:
        return {}
    text, old = as_day(one.text("propose")), one.action.echeance
    read = parse(text, one.plan.organisme.conventions)
    if isinstance(read, Refus):
        one.tell("propose", Sort.REFUSED, *one.nom.retold(read.message.rstrip("."), read.remede))
    elif fold(text) != fold(old.texte) and not one.is_proposed(text) and not one.held("propose", "echeance", text):
        unknown = isinstance(old, Refus) or old.type is TypeEcheance.INDETERMINEE
        if unknown or one.why_is_said("propose", f"serait {one.nom.agreed('reporté')}"):
            return {"proposer": text}
    return {}


def _written_for_good(one: One) -> dict[str, Any]:
    """What came of it, what it cost; what the direction answers itself."""
    said: dict[str, Any] = {}
    if (text := one.text("resultat")) and fold(text) != fold(one.known["resultat"]):
        said |= {} if one.held("resultat", "resultat", text) else {"resultat": text}
    if text := one.text("depense"):
        amount = MONEY.parse(text)
        if amount is None:
            one.tell(
                "depense", Sort.REFUSED, f"{quoted(text)} n'est pas un montant", f"Écrivez des dollars{NBSP}: 1250,50."
            )
        elif f"{amount:.2f}" != one.known["depense"] and not one.held("depense", "depense", f"{amount:.2f}"):
            said["budget_reel"] = text
    return said | _answered(one)


def _answered(one: One) -> dict[str, Any]:
    """Who is to do it, and when, where the plan said neither."""
    said: dict[str, Any] = {}
    if text := one.text("qui"):
        codes = one.codes(text)
        if codes and codes != one.known["qui"] and not one.held("qui", "qui", codes):
            said["attribuer"] = (text,)
    if text := as_day(one.text("fixee")):
        old, read = one.action.echeance, parse(text, one.plan.organisme.conventions)
        if isinstance(read, Refus):
            one.tell("fixee", Sort.REFUSED, *one.nom.retold(read.message.rstrip("."), read.remede))
        elif isinstance(old, Refus) or old.type is TypeEcheance.INDETERMINEE:
            said |= {} if fold(text) == fold(old.texte) else {"echeance": text}
        elif fold(text) != fold(old.texte):
            move = command_line((one.id,), Typed(reporter=text, motif="…"))
            one.tell("fixee", Sort.HELD, f"le plan dit {quoted(old.texte)}", f"Pour la déplacer{NBSP}: {move}")
    return said


def _noted(one: One, said: dict[str, Any]) -> dict[str, Any]:
    """A note, unless the action has it already, whenever it was written; one that says why something else changes is
    written again.
    """
    if said.get("note"):
        return {}
    text = one.text("note")
    known = any(without_more(note.note) == fold(text) for note in one.action.suivi)
    return {"note": text} if text and (not known or said.get("statut")) else {}


def without_more(note: str) -> str:
    """A note as it was typed, without what was added of what was over then."""
    return fold(re.sub(rf" \((?:était |responsables{NBSP}:|échéance ).*\)$", "", note))


def _explained(one: One, said: dict[str, Any]) -> dict[str, Any]:
    """Why: of what is chosen or proposed, else of the statut that the action has."""
    text, statut, now = one.text("motif"), said.get("statut"), one.action.statut
    proposed = any(fold(motif_of(note)) == fold(text) for note in one.action.suivi)
    if not text or (proposed and "proposer" not in said and not statut):
        return {}
    if said.keys() & {"proposer", "reporter"} or (statut and Statut(statut).has_motif):
        return {"motif": text}
    if now and now.has_motif and not statut:
        known = fold(text) == fold(one.known["motif"])
        return {} if known or one.held("motif", "motif", text) else {"motif": text}
    if len(one.told) > one.of_the_line:
        one.tell("motif", one.told[-1].sort, "c'est la raison de ce qui précède")
    else:
        remedy = f"Sinon, écrivez-le sous {quoted('Note interne')}."
        one.tell("motif", Sort.REFUSED, "rien ne dit de quoi c'est la raison", remedy)
    return {}


def _dated(one: One, said: dict[str, Any], when: str) -> dict[str, Any]:
    """The day of what is recorded, where something is that has one."""
    if not when or "quand" not in one.cells or said.get("realisation"):
        return {"le": when} if when and said.get("note") else {}
    given_up = "proposer" in said and "propose" not in one.cells
    if given_up or said.keys() & {"statut", "note"}:
        return {"le": when}
    if one.told or "propose" in one.cells or one.text("note") or one.text("motif") or one.action.statut is None:
        return {}  # it is of nothing that is recorded
    return {"le": when}
