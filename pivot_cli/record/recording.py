"""What a person records of an action: what it means for the action, and what it may not contradict.

A record is understood first (`understand`: dates, statut, amounts, in the words of the plan), then applied to each
action (`Recorded`): the fields that change in its file, and the action as it must be read again. Whatever cannot be
right raises PivotError, with what to write instead; nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance, parse, parse_date
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Budget, EcheancePrecedente, Place, Plan, Responsable, Statut, Suivi
from pivot_cli.plan.not_found import not_in_plan
from pivot_cli.plan.schema.fields import MONEY, STATUT
from pivot_cli.record.outcome import Outcome
from pivot_cli.record.surgery import Change
from pivot_cli.suivi.horizon import plan_start
from pivot_cli.suivi.phrases import recurrent
from pivot_cli.text import NBSP, capitalized, day_in_words, did_you_mean, fold, listed, nearest, one_line, quoted
from pivot_cli.yaml_tree.decoding import forbidden

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal


class Typed(NamedTuple):
    """What is recorded, as it was typed; the fields are the options of `pivot note`, in their order."""

    statut: str | None = None
    le: str | None = None
    note: str | None = None
    par: str | None = None
    resultat: str | None = None
    realisation: str | None = None
    reporter: str | None = None
    echeance: str | None = None
    motif: str | None = None
    resolution: str | None = None
    decision: str | None = None
    attribuer: tuple[str, ...] | None = None
    porteur: str | None = None
    budget_prevu: str | None = None
    budget_reel: str | None = None
    ajouter: str | None = None
    corriger: str | None = None
    au_lieu_de: str | None = None


class Understood(NamedTuple):
    """A record once read: texts on one line, and what those of the same name mean."""

    typed: Typed
    ids: tuple[str, ...]
    plan: Plan
    today: date
    statut: Statut | None = None
    le: DateConsignee | None = None
    realisation: DateConsignee | None = None
    reporter: Echeance | None = None
    budget_prevu: Decimal | None = None
    budget_reel: Decimal | None = None
    attribuer: tuple[Responsable, ...] = ()
    echeance: Echeance | None = None
    withdrawn: frozenset[str] = frozenset()  # the options by which a correction says that nothing was to be recorded

    def command(self, **other: Any) -> str:
        """The command that records this, some of its options changed."""
        return command_line(self.ids, self.typed._replace(**other))


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def command_line(ids: tuple[str, ...], typed: Typed) -> str:
    """`pivot note 1.adm.1.1 --statut réalisée --le "mai 2019"`, ready to run in the usual shells."""
    given = [(_option(name), value) for name, value in typed._asdict().items() if value is not None]
    words = [word for name, value in given for one in ((value,) if isinstance(value, str) else value)
             for word in (name, one)]  # fmt: skip
    return shell_line("pivot", "note", *ids, *words)


def _wrong(message: str, remedy: str = "") -> PivotError:
    return PivotError(message, remedy, ExitCode.USAGE)


def _ways(*ways: tuple[str, str]) -> str:
    return "\n".join(f"{case}{NBSP}:\n  {command}" for case, command in ways)


def understand(typed: Typed, ids: tuple[str, ...], plan: Plan, today: date) -> Understood:
    """The meaning of what was typed. Raises PivotError for what is ill-formed or contradicts itself."""
    known = Understood(_onplain_line(typed), ids, plan, today)
    typed = known.typed
    if typed.corriger is None and (typed.au_lieu_de is not None or typed == Typed(ajouter=typed.ajouter)):
        _refuse_nothing(typed, ids)
    nothing = frozenset(name for name, value in typed._asdict().items() if typed.corriger and _says_nothing(value))
    meant: dict[str, Any] = {
        name: meaning(known, name, value)
        for name, meaning in _MEANINGS.items()
        if (value := getattr(typed, name)) is not None and name not in nothing
    }
    known = known._replace(**meant, withdrawn=nothing)
    statut = known.statut
    if typed.par and not (typed.note or typed.attribuer or typed.corriger):
        raise _wrong("--par dit qui a écrit la note, et il n'y a pas de note.", 'Ajoutez --note "…".')
    if typed.reporter and typed.echeance:
        remedy = "--reporter garde celle d'avant; --echeance est pour qui n'en avait pas. Gardez l'un des deux."
        raise _wrong("--reporter et --echeance donnent tous deux une échéance.", remedy)
    if known.reporter and statut and statut.closed:
        nom = plan.niveaux.action
        message = f"{nom.un} {nom.said(statut)} n'a plus d'échéance à reporter."
        raise _wrong(message, "Gardez --statut ou --reporter, pas les deux.")
    if known.realisation and statut and statut.closed:
        closes = f"--statut {statut.value} ferme {plan.niveaux.action.le} pour de bon."
        message = f"--realisation consigne une fois de plus, et {closes}"
        raise _wrong(message, "Gardez l'un des deux.")
    return known


def _refuse_nothing(typed: Typed, ids: tuple[str, ...]) -> None:
    """Raise PivotError for a record of nothing; an action that is added needs no more than its description."""
    if typed.au_lieu_de is not None:
        raise _wrong("--au-lieu-de dit ce qui est à corriger.", 'Il accompagne --corriger "…".')
    if typed.ajouter is None:
        examples = (
            Typed(statut="réalisée", le="mai 2019"),
            Typed(note="Première rencontre tenue", par="Jeanne"),
            Typed(reporter="Juin 2020", motif="Le poste était vacant"),
        )
        lines = "\n  ".join(command_line(ids, one) for one in examples)
        raise _wrong("il reste à dire ce qui s'est passé.", _ways(("Par exemple", lines)))


def _onplain_line(typed: Typed) -> Typed:
    """The same, each text on one line."""
    given: dict[str, Any] = {name: value for name, value in typed._asdict().items() if value is not None}
    names = given.pop("attribuer", None)
    some = {name: plain_line(value, name) for name, value in given.items()}
    return Typed(**some, attribuer=names and tuple(plain_line(name, "attribuer") for name in names))


def _says_nothing(value: str | tuple[str, ...] | None) -> bool:
    return isinstance(value, str) and fold(value) in {"aucun", "aucune"}


def plain_line(value: str, name: str) -> str:
    """The text on one line, as a note is written; no character that a plan may not hold."""
    text = re.sub("[ \t\r\n\f\v\x85\u2028\u2029]+", " ", value.replace("\ufeff", "")).strip()
    if not text:
        raise _wrong(f"il manque un texte après {_option(name)}.")
    if forbidden().search(text):
        message = f"le texte de {_option(name)} contient un caractère invisible qu'un plan ne peut pas contenir."
        raise _wrong(message, "Retapez ce texte plutôt que de le coller.")
    return text


def _statut(known: Understood, _: str, typed: str) -> Statut:
    statut: Statut | None = STATUT.parse(typed)
    if statut:
        return statut
    remedy = f"Statuts possibles{NBSP}: {', '.join(Statut)}."
    if meant := STATUT.meant(typed) or nearest(typed, Statut):
        remedy = _ways((f"Le mot du plan est {quoted(meant)}. Écrivez", known.command(statut=meant)))
    raise _wrong(f"{quoted(typed)} n'est pas un statut.", remedy)


def _date(known: Understood, name: str, typed: str) -> DateConsignee:
    read, what = parse_date(typed), f"--{name}{NBSP}: {quoted(typed)}"
    if isinstance(read, Refus):
        remedy = f"Écrivez ce que vous savez{NBSP}: 2019-05-12, 12 mai 2019, mai 2019 ou 2019."
        raise _wrong(f"{what} n'est pas une date.", f"{read.message} {remedy}")
    if read.debut > known.today:
        remedy = "On consigne ce qui a eu lieu. Pour déplacer une échéance, employez --reporter."
        raise _wrong(f"{what} est dans l'avenir.", remedy)
    start = plan_start(known.plan)
    # A start deduced from the échéances is not the day of adoption: what is due first may have been done before.
    earliest = start and (start if known.plan.organisme.periode.debut else start.replace(year=start.year - 1, day=1))
    if start and earliest and read.fin < earliest:
        by_hand = f"écrivez-la vous-même dans le fichier {known.plan.niveaux.action.du}."
        remedy = f"Vérifiez l'année. Si la date est juste, {by_hand}"
        raise _wrong(f"{what} vient avant le plan (le plan commence le {day_in_words(start)}).", remedy)
    return read


def _echeance(known: Understood, _: str, typed: str) -> Echeance:
    if isinstance(read := parse(typed, known.plan.organisme.conventions), Refus):
        why = " ".join(known.plan.niveaux.action.retold(read.message, read.remede)).strip()
        raise _wrong(f"l'échéance {quoted(typed)} n'est pas comprise.", why)
    return read


def _responsables(known: Understood, _: str, typed: tuple[str, ...]) -> tuple[Responsable, ...]:
    """Whom the names stand for, each once."""
    registre, found = known.plan.registre, []
    for name in typed:
        if (who := registre.find(name)) is None:
            hint = did_you_mean(name, [one for who in registre for one in who.names])
            codes = ", ".join(who.code for who in registre)
            remedy = f"{hint}Responsables du plan{NBSP}: {codes}. Un nouveau s'ajoute dans responsables.yaml."
            raise not_in_plan(known.plan, f"{quoted(name)} n'est pas un responsable du plan.", remedy)
        found.append(who)
    return tuple(dict.fromkeys(found))


def _dollars(_: Understood, name: str, typed: str) -> Decimal:
    amount: Decimal | None = MONEY.parse(typed)
    if amount is None:
        remedy = f"Écrivez des dollars, en chiffres et sans signe moins{NBSP}: {_option(name)} 1500"
        raise _wrong(f"{_option(name)}{NBSP}: {quoted(typed)} n'est pas un montant.", remedy)
    return amount


_MEANINGS: dict[str, Callable[[Understood, str, Any], object]] = {
    "statut": _statut,
    "le": _date,
    "realisation": _date,
    "reporter": _echeance,
    "budget_prevu": _dollars,
    "budget_reel": _dollars,
    "attribuer": _responsables,
    "echeance": _echeance,
}


_ASK_WHY = (Statut.EN_ATTENTE, Statut.ABANDONNEE)
# What is added to a note: of a statut that is over, of those who had the action.
_STATUTS = "|".join(f"{one}?" if one.endswith(("ée", "ite")) else one for one in Statut)  # of a jalon: « réalisé »
_FORMER = re.compile(rf" \((?:était (?:{_STATUTS})[,{NBSP}]|passe de ).*\)$")


class Recorded(Outcome):
    """What becomes of an action, and what is worth saying of it; raises PivotError when the record contradicts it."""

    def __init__(self, known: Understood, place: Place) -> None:
        super().__init__(place)
        self.known = known
        self.typed = known.typed
        self.nom = known.plan.niveaux.action
        self.if_it = capitalized(self.nom.s_il)
        self.today = DateConsignee(day_in_words(known.today).replace(NBSP, " "), known.today, known.today)
        self.day = known.le or self.today
        self._change()

    def _change(self) -> None:
        """All that is recorded, in an order in which each can rely on what comes before."""
        self._assign()
        self._postpone()
        self._set_statut()
        self._date_it()
        self._explain()
        self._repeat()
        self._note()
        self._porteur()
        self._budget()
        self._state()

    def _state(self) -> None:
        """What is said of it in a sentence."""
        for key in ("resultat", "decision"):
            if (text := getattr(self.typed, key)) and key not in self.known.withdrawn:
                self._put(key, text)

    def _put(self, key: str, text: Any, value: Any = None) -> None:
        """Give a field its text, or none, unless it already says so."""
        value = text if value is None else value
        if getattr(self.action, key) != value:
            self.changes.append(Change(key, text))
            self.action = self.action._replace(**{key: value})

    def _add(self, key: str, text: str | dict[str, str | None], value: Any) -> None:
        """Add an item to a list: a text, or the texts of those of its fields that are given."""
        given = text if isinstance(text, str) else {name: one for name, one in text.items() if one}
        self.changes.append(Change(key, given, more=True))
        items: Any = (*getattr(self.action, key), value)
        self.action = self.action._replace(**{key: items})

    def _refusal(self, message: str, *ways: tuple[str, str]) -> PivotError:
        return _wrong(f"{self.place.id}{NBSP}: {message}", _ways(*ways))

    def _is(self, statut: Statut) -> str:
        return f"{self.nom.il} est {quoted(self.nom.said(statut))}"

    def _command(self, **options: Any) -> str:
        return command_line((self.place.id,), Typed(**options))

    def _assign(self) -> None:
        """Who is to do it from now on, in the place of those who were; the note says from whom to whom.

        They are written as the action's others are: by their codes where all of them are.
        """
        find = self.known.plan.registre.find
        before = {who.code if (who := find(name)) else name: name for name in reversed(self.old.responsables)}
        if not (now := self.known.attribuer) or [who.code for who in now] == [*before][::-1]:
            return
        coded = bool(before) and all(find(name) and fold(name) == fold(code) for code, name in before.items())
        names = tuple(before.get(who.code) or (who.code if coded else who.nom) for who in now)
        self._put("responsables", list(names), names)
        if self.old.porteur and (who := find(self.old.porteur)) not in now and not self.typed.porteur:
            self._put("porteur", None)
            self.remarks.append(f"Qui en répondait ({who.nom if who else self.old.porteur}) n'est plus nommé.")

    def _handed_over(self) -> str:
        """« passe de Directrice générale à Agent de communication », where it had others."""
        if not self.old.responsables or self.action.responsables == self.old.responsables:
            return ""
        return f"passe de {listed(self.old.responsables)} à {listed(self.action.responsables)}"

    def _postpone(self) -> None:
        """The échéance moved, and the old one kept with why, when and by what resolution; or set, where none was."""
        new, old = self.known.reporter or self.known.echeance, self.old
        if new is None or fold(new.texte) == fold(old.echeance.texte):
            return
        unknown = isinstance(old.echeance, Refus) or old.echeance.type is TypeEcheance.INDETERMINEE
        if self.known.echeance and not unknown:
            message = f"{self.nom.il} a déjà une échéance ({quoted(old.echeance.texte)})."
            moved, badly = (f"{self.if_it} est {self.nom.agreed(word)}" for word in ("reporté", "mal écrit"))
            ways = [(moved, self._command(reporter=new.texte, motif=self.typed.motif or "…"))]
            ways += [(badly, self._command(corriger="…", echeance=new.texte))]
            raise self._refusal(message, *ways)
        if isinstance(old.echeance, Refus) or not old.echeance.texte:
            self._put("echeance", new.texte, new)
            return
        if old.statut and old.statut.closed and self.known.statut is None:
            message = f"{self._is(old.statut)}{NBSP}: il n'y a plus d'échéance à reporter."
            raise self._refusal(
                message, (f"{self.if_it} est à reprendre", self.known.command(statut="en cours", note="…"))
            )
        motif, resolution = self.typed.motif, self.typed.resolution
        if not motif and not unknown:
            why = f"dites pourquoi {self.nom.il} est {self.nom.agreed('reporté')}."
            raise self._refusal(why, ("Écrivez", self.known.command(motif="…")))
        fields = {"echeance": old.echeance.texte, "motif": motif, "decide_le": self.day.texte, "resolution": resolution}
        self._add("echeances_precedentes", fields, EcheancePrecedente(old.echeance, motif, self.day, resolution))
        self._put("echeance", new.texte, new)
        if new.avis:
            self.remarks.append(new.avis)

    def _set_statut(self) -> None:
        """The statut; a closed action is taken up again, or closed otherwise, with a note that says why. The day when
        it was closed no longer holds, and is kept in that note.
        """
        statut, old = self.known.statut, self.old.statut
        if statut is None or statut is old:
            return
        if statut is Statut.REALISEE:
            self._refuse_to_close()
        if old and old.closed:
            self._reopen(old, statut)
        self._put("statut", statut.value, statut)

    def _refuse_to_close(self) -> None:
        """Raise PivotError for « réalisée » said of what comes again or goes on: one time of it was done."""
        it = self.nom.il
        closes = f"{quoted('réalisée')} {self.nom.pick('le', 'la')} fermerait pour de bon."
        if recurrent(self.action):
            rhythm = quoted((self.old.recurrence or self.old.echeance).texte)
            raise self._refusal(
                f"{it} revient ({rhythm}){NBSP}: {closes}",
                ("Consignez chaque fois", self._command(realisation=self.typed.le or "DATE")),
                (f"{self.if_it} ne doit plus revenir", self._command(statut="abandonnée", motif="…")),
            )
        if self._goes_on() and not self.typed.note:
            raise self._refusal(
                f"{it} se poursuit ({quoted(self.old.echeance.texte)}){NBSP}: {closes}",
                ("Consignez chaque fois", self._command(realisation=self.typed.le or "DATE")),
                (
                    f"{self.if_it} est {self.nom.agreed('fini')}, dites-le",
                    self._command(statut="réalisée", le=self.typed.le or "DATE", note="…"),
                ),
            )

    def _goes_on(self) -> bool:
        return isinstance(self.old.echeance, Echeance) and self.old.echeance.type is TypeEcheance.CONTINU

    def _reopen(self, old: Statut, statut: Statut) -> None:
        if not self.typed.note:
            now = "ne l'est plus" if statut.closed else "reprend"
            why = f"{self.nom.il} {now}"
            motif = "…" if statut in _ASK_WHY else None
            command = self.known.command(note="…", motif=self.typed.motif or motif)
            message = f"{self._is(old)}{NBSP}: dites pourquoi {why}."
            raise self._refusal(message, ("Ajoutez une note", command))
        self._put("realisee_le", None)
        if when := self.old.closed_on:
            what = "sa réalisation" if old is Statut.REALISEE else f"son statut {quoted(old.value)}"
            self.remarks.append(f"La date de {what} ({when.texte}) reste écrite dans la note.")

    def _date_it(self) -> None:
        """`--le` is the day of what is recorded: of the statut, of the note, of the decision.

        The day of a former statut goes with it. The day that something was done may be made more precise, and that of
        another statut more recent; neither is otherwise written again: the check of edits would refuse it.
        """
        when, statut, done = self.known.le, self.known.statut, self.action.statut is Statut.REALISEE
        changed = self.action.statut is not self.old.statut
        if changed and (when is None or done):
            self._put("statut_le", None)
        if when is None and statut is Statut.REALISEE and not self.action.closed_on:
            add = self._command(le="mai 2019").replace("mai 2019", "…")
            self.remarks.append(f"Sans date. Si vous la connaissez, même à peu près{NBSP}: {add}")
        dated = self.typed.note or self.known.reporter or self.known.echeance or self.known.attribuer
        if when is None or (statut is None and dated):
            return
        if self.action.statut is None:
            raise self._refusal(
                "--le donne une date, sans dire de quoi.",
                (f"{self.if_it} est {self.nom.agreed('fait')}", self.known.command(statut=Statut.REALISEE.value)),
                ("Sinon, dites ce qui s'est passé ce jour-là", self.known.command(note="…")),
            )
        key = "realisee_le" if done else "statut_le"
        known: DateConsignee | None = getattr(self.action, key)
        if known and done and not (known.debut <= when.debut and when.fin <= known.fin):
            raise self._dated_already(key, f"sa réalisation est déjà consignée ({known.texte})")
        if known and not done and not changed and when.fin < known.debut:
            if self.typed.note or self.known.reporter:
                return  # what happened that day; since then, the statut was confirmed
            raise self._dated_already(key, f"son statut est déjà d'une date plus récente ({known.texte})")
        self._put(key, when.texte, when)

    def _dated_already(self, key: str, message: str) -> PivotError:
        where = self.old.origin.at(key)
        mend = f"Si elle vient d'être écrite par erreur, corrigez-la dans {where.file}, à la ligne {where.line}. "
        note = (f"{mend}Sinon, dites ce qui en est dans une note", self._command(note="…"))
        return self._refusal(f"{message} et ne se réécrit pas.", note)

    def _explain(self) -> None:
        """`--motif`: why an action waits, is moved, given up or left to the next plan; `--resolution`, the board's.

        The motif of a former statut goes with it, as its day does; a note that is typed keeps it.
        """
        statut, changed = self.action.statut, self.known.statut is not None
        set_since = self.known.echeance is not None and bool(self.action.echeances_precedentes)
        moved = self.known.reporter is not None or set_since
        told, motif = statut is not None and statut.has_motif, self.typed.motif
        if motif and told and (changed or not moved):
            self._put("motif", motif)
        elif motif and not moved:
            ways = '--statut "en attente", --statut abandonnée, --statut reconduite ou --reporter'
            given_up, left, moved_on = map(self.nom.agreed, ("abandonné", "reconduit", "reporté"))
            message = f"--motif dit pourquoi {self.nom.un} attend, est {given_up}, {left} ou {moved_on}."
            raise _wrong(f"{self.place.id}{NBSP}: {message}", f"Il accompagne {ways}. Sinon, employez --note.")
        elif self.old.motif and statut and statut.outdates(self.old.statut):
            self._put("motif", None)
            kept = "reste écrit dans la note" if self.typed.note else "est retiré"
            self.remarks.append(f"Le motif d'avant {kept}{NBSP}: {quoted(self.old.motif)}.")
        if statut in _ASK_WHY and changed and not self.action.motif:
            word = f"est {self.nom.said(statut)}" if statut is Statut.ABANDONNEE else "attend"
            raise self._refusal(f"dites pourquoi {self.nom.il} {word}.", ("Écrivez", self.known.command(motif="…")))
        if not self.typed.resolution or moved:
            return
        self._put("resolution", self.typed.resolution)
        if self.old.decision and not self.typed.decision and not (statut and statut.closed):
            self._put("decision", None)
            self.remarks.append(f"Ce qui était à décider l'est, et est retiré{NBSP}: {quoted(self.old.decision)}.")

    def _repeat(self) -> None:
        """One more time for what is done again and again."""
        when, action = self.known.realisation, self.action
        if when is None:
            return
        if action.statut and action.statut.closed:
            message = f"{self._is(action.statut)}{NBSP}: {self.nom.il} ne revient plus."
            raise self._refusal(
                message, (f"{self.if_it} revient encore", self.known.command(statut="en cours", note="…"))
            )
        once = (TypeEcheance.PERIODE, TypeEcheance.INDETERMINEE)
        if not action.recurrence and isinstance(action.echeance, Echeance) and action.echeance.type in once:
            command = self._command(statut="réalisée", le=when.texte)
            command += f"\n{self.if_it} revient, écrivez d'abord à quel rythme dans son fichier, par exemple "
            command += f"{quoted('recurrence: annuel')}."
            message = f"--realisation est pour ce qui revient, et {self.nom.ce} se fait une fois."
            raise self._refusal(message, (f"{self.if_it} est {self.nom.agreed('fait')}", command))
        if when[1:] not in [known[1:] for known in action.realisations]:
            self._add("realisations", when.texte, when)

    def _note(self) -> None:
        """A dated note; the same one twice is written once, but for what it keeps of a statut that is over."""
        typed, handed = self.typed, self._handed_over()
        if not (text := typed.note or capitalized(handed)):
            return
        if typed.note and handed:
            text += f" ({handed})"
        old, motif = self.old, self.old.motif if self.old.motif != self.action.motif else None
        over = old.statut if old.statut and old.statut is not self.action.statut else None
        day = old.closed_on or (old.statut_le if motif else None)
        kept = f"{f', {day.texte}' if day else ''}{f'{NBSP}: {one_line(motif)}' if motif else ''}"
        former = f" (était {self.nom.said(over)}{kept})" if over and kept else ""
        written = [(one.date and one.date[1:], one.par, _FORMER.sub("", one.note)) for one in old.suivi]
        if former or handed or (over and over.closed) or (self.day[1:], typed.par, text) not in written:
            note = Suivi(f"{text}{former}", self.day, typed.par)
            self._add("suivi", {"date": self.day.texte, "par": typed.par, "note": note.note}, note)

    def _porteur(self) -> None:
        """The porteur, written as the responsables of the action write it."""
        typed, find = self.typed.porteur, self.known.plan.registre.find
        if typed is None or "porteur" in self.known.withdrawn:
            return
        names = {who.code: name for name in reversed(self.action.responsables) if (who := find(name))}
        allowed = f"Ses responsables{NBSP}: {', '.join(self.action.responsables)}."
        who, what = find(typed), f"{self.place.id}{NBSP}: {quoted(typed)}"
        if who is None:
            hint = did_you_mean(typed, names.values())
            raise not_in_plan(self.known.plan, f"{what} n'est pas un responsable du plan.", f"{hint}{allowed}")
        if who.code not in names:
            raise _wrong(f"{what} n'est pas responsable de {self.nom.ce}.", allowed)
        if not self.old.porteur or find(self.old.porteur) != who:
            self._put("porteur", names[who.code])

    def _budget(self) -> None:
        """Amounts in dollars, written as the plan writes them: 1500, 1500.50."""
        budget = self.action.budget or Budget()
        amounts = {"prevu": self.known.budget_prevu, "reel": self.known.budget_reel}
        new: Any = {key: one for key, one in amounts.items() if one is not None and one != getattr(budget, key)}
        if new:
            written = {key: f"{one:.{0 if one == one.to_integral_value() else 2}f}" for key, one in new.items()}
            self._put("budget", written, budget._replace(**new))
