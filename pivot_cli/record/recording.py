"""What a person records of an action: what it means for the action, and what it may not contradict.

A record is understood first (`understand`: dates, statut, amounts, in the words of the plan), then applied to each
action (`recorded`): the fields that change in its file, and the action as it must be read again. Whatever cannot be
right raises PivotError, with what to write instead; nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance, parse, parse_date
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError, SourceText
from pivot_cli.plan.model import Action, Budget, EcheancePrecedente, Statut, Suivi
from pivot_cli.plan.not_found import not_in_plan
from pivot_cli.plan.schema.fields import ACTION, BUDGET
from pivot_cli.plan.schema.kinds import Reader
from pivot_cli.record.surgery import Add, Change, Drop, Put
from pivot_cli.suivi.horizon import plan_start
from pivot_cli.suivi.phrases import recurrent
from pivot_cli.text import NBSP, day_in_words, fold, nearest, quoted
from pivot_cli.yaml_tree import Scalar
from pivot_cli.yaml_tree.decoding import forbidden

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from pivot_cli.plan.model import Place, Plan


class Typed(NamedTuple):
    """What is recorded, as it was typed; the fields are the options of `pivot note`, in their order."""

    statut: str | None = None
    le: str | None = None
    note: str | None = None
    par: str | None = None
    resultat: str | None = None
    realisation: str | None = None
    reporter: str | None = None
    motif: str | None = None
    resolution: str | None = None
    porteur: str | None = None
    budget_prevu: str | None = None
    budget_reel: str | None = None


class Understood(NamedTuple):
    """A record once read: texts on one line, and what they mean."""

    typed: Typed
    ids: tuple[str, ...]
    plan: Plan
    today: date
    statut: Statut | None = None
    le: DateConsignee | None = None
    realisation: DateConsignee | None = None
    reporter: Echeance | None = None
    prevu: Decimal | None = None
    reel: Decimal | None = None

    def command(self, **other: str | None) -> str:
        """The command that records this, some of its options changed."""
        return command_line(self.ids, self.typed._replace(**other))

    def wrong(self, message: str, remedy: str = "") -> PivotError:
        """What stops the command."""
        return PivotError(message, remedy, ExitCode.USAGE)


class Recorded(NamedTuple):
    """What an action becomes: the fields to change in its file, the action meant, and what is worth saying of it."""

    place: Place
    changes: list[Change]
    action: Action
    remarks: tuple[str, ...] = ()


def _options(typed: Typed) -> list[tuple[str, str | None]]:
    return [(f"--{name.replace('_', '-')}", value) for name, value in zip(Typed._fields, typed, strict=True)]


def command_line(ids: tuple[str, ...], typed: Typed) -> str:
    """`pivot note 1.adm.1.1 --statut réalisée --le "mai 2019"`, ready to run in the usual shells."""
    words = ["pivot", "note", *ids]
    for option, value in _options(typed):
        if value is not None:
            words += [option, value]
    return shell_line(*words)


# --- what was typed ---------------------------------------------------------------------------------------


def understand(typed: Typed, ids: tuple[str, ...], plan: Plan, today: date) -> Understood:
    """The meaning of what was typed. Raises PivotError for an ill-formed value, with the right one."""
    cleaned = Typed(*(None if value is None else _one_line(value, option) for option, value in _options(typed)))
    known = Understood(cleaned, ids, plan, today)
    if not any(value is not None for value in cleaned):
        raise _nothing_said(known)
    known = known._replace(
        statut=_statut(known),
        le=_date(known, "le"),
        realisation=_date(known, "realisation"),
        reporter=_echeance(known),
        prevu=_dollars(known, "budget_prevu"),
        reel=_dollars(known, "budget_reel"),
    )
    _refuse_contradictions(known)
    return known


def _one_line(value: str, option: str) -> str:
    """The text on one line, as a note is written; no character that a plan may not hold."""
    text = re.sub("[ \t\r\n\f\v\x85\u2028\u2029]+", " ", value.replace("\ufeff", "")).strip()
    if not text:
        raise PivotError(f"il manque un texte après {option}.", code=ExitCode.USAGE)
    if forbidden().search(text):
        message = f"le texte de {option} contient un caractère invisible qu'un plan ne peut pas contenir."
        raise PivotError(message, "Retapez ce texte plutôt que de le coller.", ExitCode.USAGE)
    return text


def _nothing_said(known: Understood) -> PivotError:
    examples = (
        Typed(statut="réalisée", le="mai 2019"),
        Typed(note="Première rencontre tenue", par="Jeanne"),
        Typed(reporter="Juin 2020", motif="Le poste était vacant"),
    )
    lines = "\n".join(f"  {command_line(known.ids, one)}" for one in examples)
    return known.wrong("il reste à dire ce qui s'est passé.", f"Par exemple{NBSP}:\n{lines}")


def _statut(known: Understood) -> Statut | None:
    typed = known.typed.statut
    if typed is None:
        return None
    by_word = {fold(statut.value): statut for statut in Statut}
    if fold(typed) in by_word:
        return by_word[fold(typed)]
    words = tuple(statut.value for statut in Statut)
    synonyms = dict(getattr(ACTION.by_key["statut"].kind, "synonyms", ()))
    meant = synonyms.get(fold(typed)) or nearest(typed, words)
    remedy = f"Statuts possibles{NBSP}: {', '.join(words)}."
    if meant:
        remedy = f"Le mot du plan est {quoted(meant)}. Écrivez{NBSP}:\n  {known.command(statut=meant)}"
    raise known.wrong(f"{quoted(typed)} n'est pas un statut.", remedy)


def _date(known: Understood, name: str) -> DateConsignee | None:
    typed = getattr(known.typed, name)
    if typed is None:
        return None
    read = parse_date(typed)
    if isinstance(read, Refus):
        remedy = f"Écrivez ce que vous savez{NBSP}: 2019-05-12, 12 mai 2019, mai 2019 ou 2019."
        raise known.wrong(f"--{name}{NBSP}: {quoted(typed)} n'est pas une date.", f"{read.message} {remedy}")
    if read.debut > known.today:
        remedy = "On consigne ce qui a eu lieu. Pour déplacer une échéance, employez --reporter."
        raise known.wrong(f"--{name}{NBSP}: {quoted(typed)} est dans l'avenir.", remedy)
    start = plan_start(known.plan)
    # A start deduced from the échéances is not the day of adoption: what is due first may have been done before.
    earliest = start and (start if known.plan.organisme.periode.debut else start.replace(year=start.year - 1, day=1))
    if start is not None and earliest is not None and read.fin < earliest:
        remedy = "Vérifiez l'année. Si la date est juste, écrivez-la vous-même dans le fichier de l'action."
        began = f"le plan commence le {day_in_words(start)}"
        raise known.wrong(f"--{name}{NBSP}: {quoted(typed)} vient avant le plan ({began}).", remedy)
    return read


def _echeance(known: Understood) -> Echeance | None:
    typed = known.typed.reporter
    if typed is None:
        return None
    read = parse(typed, known.plan.organisme.conventions)
    if isinstance(read, Refus):
        raise known.wrong(f"l'échéance {quoted(typed)} n'est pas comprise.", f"{read.message} {read.remede}".strip())
    return read


def _dollars(known: Understood, name: str) -> Decimal | None:
    typed = getattr(known.typed, name)
    if typed is None:
        return None
    reader = Reader(SourceText("", typed), known.plan.organisme.conventions)
    field = BUDGET.by_key[name.removeprefix("budget_")]
    amount: Decimal | None = field.kind.read(Scalar(typed, 0, len(typed), None), name, reader)
    if amount is None:
        option = f"--{name.replace('_', '-')}"
        remedy = f"Écrivez des dollars, en chiffres et sans signe moins{NBSP}: {option} 1500"
        raise known.wrong(f"{option}{NBSP}: {quoted(typed)} n'est pas un montant.", remedy)
    return amount


def _refuse_contradictions(known: Understood) -> None:
    """What no action can be told at once."""
    typed, statut = known.typed, known.statut
    if typed.par and not typed.note:
        raise known.wrong("--par dit qui a écrit la note, et il n'y a pas de note.", 'Ajoutez --note "…".')
    if known.reporter and statut is not None and statut.closed:
        message = f"une action {statut.value} n'a plus d'échéance à reporter."
        raise known.wrong(message, "Gardez --statut ou --reporter, pas les deux.")
    if known.realisation and statut is not None and statut.closed:
        message = f"--realisation consigne une fois de plus, et --statut {statut.value} ferme l'action pour de bon."
        raise known.wrong(message, "Gardez l'un des deux.")
    if statut not in (None, Statut.REALISEE) and known.le and not (typed.note or known.reporter):
        message = f"une action {quoted(statut.value)} n'a pas de date à elle." if statut else ""
        remedy = f"Si elle est faite{NBSP}:\n  {known.command(statut=Statut.REALISEE.value)}\n"
        remedy += f"Sinon, dites ce qui s'est passé ce jour-là{NBSP}:\n  {known.command(note='…')}"
        raise known.wrong(message, remedy)


# --- what it does to an action ----------------------------------------------------------------------------


def recorded(known: Understood, place: Place) -> Recorded:
    """What an action becomes. Raises PivotError when the record contradicts what is written of it."""
    work = _Work(known, place)
    work.postpone()
    work.set_statut()
    work.date_it()
    work.explain()
    work.repeat()
    work.note()
    work.porteur()
    work.budget()
    work.text("resultat")
    return Recorded(place, work.changes, work.action, tuple(work.remarks))


_WITH_MOTIF = (Statut.EN_ATTENTE, Statut.ABANDONNEE)
_WAS_DONE = " (était réalisée, "  # begins what a note keeps of the day when an action was done, before a parenthesis


class _Work:
    """One action being recorded: the changes so far, and the action as they make it."""

    def __init__(self, known: Understood, place: Place) -> None:
        self.known = known
        self.typed = known.typed
        self.place = place
        self.old = place.action
        self.action = place.action
        self.changes: list[Change] = []
        self.remarks: list[str] = []
        self.was_done: str | None = None  # once reopened, what its note keeps

    def put(self, key: str, text: str, value: Any = None) -> None:
        """Give a field its text, unless it already says so."""
        value = text if value is None else value
        if getattr(self.action, key) != value:
            self.changes.append(Put(key, text))
            self.action = self.action._replace(**{key: value})

    def wrong(self, message: str, remedy: str = "") -> PivotError:
        return self.known.wrong(f"{self.place.id}{NBSP}: {message}", remedy)

    def command(self, **options: str | None) -> str:
        return command_line((self.place.id,), Typed(**options))

    def text(self, key: str) -> None:
        typed = getattr(self.typed, key)
        if typed is not None:
            self.put(key, typed)

    def postpone(self) -> None:
        """The échéance moved, and the old one kept with why, when and by what resolution."""
        new, old = self.known.reporter, self.old
        if new is None or fold(new.texte) == fold(old.echeance.texte):
            return
        if old.statut is not None and old.statut.closed and self.known.statut is None:
            message = f"elle est {quoted(old.statut.value)}{NBSP}: il n'y a plus d'échéance à reporter."
            remedy = f"Si elle est à reprendre{NBSP}:\n  {self.known.command(statut='en cours', note='…')}"
            raise self.wrong(message, remedy)
        motif, resolution = self.typed.motif, self.typed.resolution
        if not motif:
            raise self.wrong("dites pourquoi elle est reportée.", f"Écrivez{NBSP}:\n  {self.known.command(motif='…')}")
        decided = self.known.le or self._today()
        fields = {"echeance": old.echeance.texte, "motif": motif, "decide_le": decided.texte, "resolution": resolution}
        self.changes.append(Add("echeances_precedentes", {key: text for key, text in fields.items() if text}))
        former = EcheancePrecedente(old.echeance, motif, decided, resolution)
        self.action = self.action._replace(echeances_precedentes=(*self.action.echeances_precedentes, former))
        self.put("echeance", new.texte, new)
        if new.avis:
            self.remarks.append(new.avis)

    def _today(self) -> DateConsignee:
        texte = day_in_words(self.known.today).replace(NBSP, " ")
        return DateConsignee(texte, self.known.today, self.known.today)

    def set_statut(self) -> None:
        statut, old = self.known.statut, self.old.statut
        if statut is None or statut is old:
            return
        if statut is Statut.REALISEE and recurrent(self.action):
            when = self.typed.le or "DATE"
            message = f"elle revient ({quoted((self.old.recurrence or self.old.echeance).texte)})."
            remedy = f"Consignez chaque fois{NBSP}:\n  {self.command(realisation=when)}\n"
            remedy += f"Si elle ne doit plus revenir{NBSP}:\n  {self.command(statut='abandonnée', motif='…')}"
            raise self.wrong(f"{message[:-1]}{NBSP}: « réalisée » la fermerait pour de bon.", remedy)
        if old is Statut.REALISEE or (old is not None and old.closed and not statut.closed):
            self._reopen(old, statut)
        self.put("statut", statut.value, statut)

    def _reopen(self, old: Statut, statut: Statut) -> None:
        """A closed action is taken up again, or was not done after all: somebody must say why. The day when it was
        done no longer holds, and is kept in that note.
        """
        if not self.typed.note:
            why = "elle ne l'est plus" if statut.closed else "elle reprend"
            motif = "…" if statut in _WITH_MOTIF and not self.old.motif else None
            command = self.known.command(note="…", motif=self.typed.motif or motif)
            message = f"elle est {quoted(old.value)}{NBSP}: dites pourquoi {why}."
            raise self.wrong(message, f"Ajoutez une note{NBSP}:\n  {command}")
        self.was_done, when = "", self.old.realisee_le
        if when:
            self.changes.append(Drop("realisee_le"))
            self.action = self.action._replace(realisee_le=None)
            self.was_done = f"{_WAS_DONE}{when.texte})"
            self.remarks.append(f"La date de sa réalisation ({when.texte}) reste écrite dans la note.")

    def date_it(self) -> None:
        """`--le` is the day of what is recorded: of the statut, of the note, of the decision."""
        when = self.known.le
        if when is None:
            if self.known.statut is Statut.REALISEE and not self.action.realisee_le:
                add = self.command(le="mai 2019").replace("mai 2019", "…")
                self.remarks.append(f"Sans date. Si vous la connaissez, même à peu près{NBSP}: {add}")
            return
        done = self.known.statut is Statut.REALISEE
        if not done and not self.typed.note and not self.known.reporter:
            if self.old.statut is not Statut.REALISEE:
                remedy = f"Si elle est faite{NBSP}:\n  {self.known.command(statut='réalisée')}\n"
                remedy += f"Sinon, dites ce qui s'est passé ce jour-là{NBSP}:\n  {self.known.command(note='…')}"
                raise self.wrong("--le donne une date, sans dire de quoi.", remedy)
            done = True
        if done:
            self._refuse_another_date(when)
            self.put("realisee_le", when.texte, when)

    def _refuse_another_date(self, when: DateConsignee) -> None:
        """The day that something was done may be made more precise, and is not written again: the check of edits
        would refuse it.
        """
        known = self.action.realisee_le
        if known is None or (known.debut <= when.debut and when.fin <= known.fin):
            return
        where = self.old.origin.at("realisee_le")
        remedy = f"Si elle vient d'être écrite par erreur, corrigez-la dans {where.file}, à la ligne {where.line}. "
        remedy += f"Sinon, dites ce qui en est dans une note{NBSP}:\n  {self.command(note='…')}"
        raise self.wrong(f"sa réalisation est déjà consignée ({known.texte}) et ne se réécrit pas.", remedy)

    def explain(self) -> None:
        """`--motif` says why an action waits, is given up or is moved; `--resolution` is the board's."""
        statut, moved = self.action.statut, self.known.reporter is not None
        waits = statut in _WITH_MOTIF
        motif = self.typed.motif
        if motif and waits and (self.known.statut is not None or not moved):
            self.put("motif", motif)
        elif motif and not moved:
            remedy = 'Il accompagne --statut "en attente", --statut abandonnée ou --reporter. Sinon, employez --note.'
            raise self.wrong("--motif dit pourquoi une action attend, est abandonnée ou est reportée.", remedy)
        if waits and self.known.statut is not None and not self.action.motif:
            word = "elle est abandonnée" if statut is Statut.ABANDONNEE else "elle attend"
            raise self.wrong(f"dites pourquoi {word}.", f"Écrivez{NBSP}:\n  {self.known.command(motif='…')}")
        if self.old.motif and not waits and self.old.statut is not statut:
            self.remarks.append(f"Le motif d'avant reste écrit{NBSP}: {quoted(self.old.motif)}.")
        if self.typed.resolution and not moved:
            self.put("resolution", self.typed.resolution)

    def repeat(self) -> None:
        """One more time for what is done again and again."""
        when = self.known.realisation
        if when is None:
            return
        action = self.action
        if action.statut is not None and action.statut.closed:
            message = f"elle est {quoted(action.statut.value)}{NBSP}: elle ne revient plus."
            remedy = f"Si elle revient encore{NBSP}:\n  {self.known.command(statut='en cours', note='…')}"
            raise self.wrong(message, remedy)
        once = (TypeEcheance.PERIODE, TypeEcheance.INDETERMINEE)
        if not action.recurrence and isinstance(action.echeance, Echeance) and action.echeance.type in once:
            remedy = f"Si elle est faite{NBSP}:\n  {self.command(statut='réalisée', le=when.texte)}\n"
            remedy += (
                "Si elle revient, écrivez d'abord à quel rythme dans son fichier, par exemple « recurrence: annuel »."
            )
            raise self.wrong("--realisation est pour ce qui revient, et cette action se fait une fois.", remedy)
        if all((when.debut, when.fin) != (known.debut, known.fin) for known in action.realisations):
            self.changes.append(Add("realisations", when.texte))
            self.action = action._replace(realisations=(*action.realisations, when))

    def note(self) -> None:
        """A dated note; the same one twice is written once, but for the one that reopens an action."""
        if self.typed.note is None:
            return
        when = self.known.le or self._today()
        note = Suivi(f"{self.typed.note}{self.was_done or ''}", when, self.typed.par)
        days = (when.debut, when.fin)

        def same(one: Suivi) -> bool:
            dated = one.date is not None and (one.date.debut, one.date.fin) == days
            return dated and (one.note.partition(_WAS_DONE)[0], one.par) == (note.note, note.par)

        if self.was_done is None and any(map(same, self.action.suivi)):
            return
        fields = {"date": when.texte, "par": self.typed.par, "note": note.note}
        self.changes.append(Add("suivi", {key: text for key, text in fields.items() if text}))
        self.action = self.action._replace(suivi=(*self.action.suivi, note))

    def porteur(self) -> None:
        """The porteur, written as the responsables of the action write it."""
        typed, registre = self.typed.porteur, self.known.plan.registre
        if typed is None:
            return
        names = {who.code: name for name in reversed(self.old.responsables) if (who := registre.find(name))}
        listed = ", ".join(self.old.responsables)
        who = registre.find(typed)
        if who is None:
            meant = nearest(typed, tuple(names.values()))
            hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
            message = f"{self.place.id}{NBSP}: {quoted(typed)} n'est pas un responsable du plan."
            raise not_in_plan(self.known.plan, message, f"{hint}Ses responsables{NBSP}: {listed}.")
        if who.code not in names:
            message = f"{quoted(typed)} n'est pas responsable de cette action."
            raise self.wrong(message, f"Ses responsables{NBSP}: {listed}.")
        current = None if self.old.porteur is None else registre.find(self.old.porteur)
        if current is None or current.code != who.code:
            self.put("porteur", names[who.code])

    def budget(self) -> None:
        """Amounts in dollars, written as the plan writes them: 1500, 1500.50."""
        budget, fields = self.action.budget or Budget(), {}
        prevu, reel = self.known.prevu, self.known.reel
        if prevu is not None and budget.prevu != prevu:
            budget, fields["prevu"] = budget._replace(prevu=prevu), _written(prevu)
        if reel is not None and budget.reel != reel:
            budget, fields["reel"] = budget._replace(reel=reel), _written(reel)
        if fields:
            self.changes.append(Put("budget", fields))
            self.action = self.action._replace(budget=budget)


def _written(amount: Decimal) -> str:
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"
