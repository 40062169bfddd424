"""What becomes of an action of which something is recorded, and what that may not contradict.

The fields that change in its file, and the action as it must be read again. Whatever cannot be right raises PivotError,
with what to write instead.
"""

from __future__ import annotations

import re
from typing import Any

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.finding import PivotError
from pivot_cli.plan.model import Budget, EcheancePrecedente, Place, Statut, Suivi
from pivot_cli.plan.not_found import not_in_plan
from pivot_cli.record.outcome import Outcome
from pivot_cli.record.recording import CLOSED, Typed, Understood, command_line, in_ways, wrong
from pivot_cli.record.surgery import Change
from pivot_cli.suivi.horizon import plan_end
from pivot_cli.suivi.proposals import pending, told_of
from pivot_cli.suivi.selection import comments
from pivot_cli.suivi.when import recurrent
from pivot_cli.text import NBSP, capitalized, day_in_words, did_you_mean, fold, listed, one_line, quoted

_ASK_WHY = (Statut.EN_ATTENTE, Statut.ABANDONNEE)
# What is added to a note: of a statut that is over, of those who had the action, of its échéance.
_STATUTS = "|".join(f"{one}?" if one.endswith(("ée", "ite")) else one for one in Statut)  # of a jalon: « réalisé »
_FORMER = re.compile(rf" \((?:était (?:{_STATUTS})[,{NBSP}]|responsables{NBSP}: |échéance (?:fixée à |maintenue)).*\)$")


_ANSWERS = {"echeance": "échéance", "statut": "statut", "realisations": "statut", "responsables": "responsable"}


_CITED = "\xab[^\xbb]*\xbb"  # between guillemets


def asked_by(remark: str) -> str:
    """What a remark « À COMPLÉTER » asks for, as `pivot init` writes it: « Cet automne » alone is an échéance, and
    what is between parentheses is a column that said where the action stood.
    """
    asked = one_line(remark).lstrip("# ").partition(":")[2].strip(f" {NBSP}")
    if "responsable" in fold(asked):
        return "responsable"
    if re.match(rf"{_CITED}(?:$| et les suivantes)", asked) or "echeance" in fold(asked):
        return "échéance"
    return "statut" if re.match(rf"{_CITED} \(.*\)$", asked) else ""


def _holds(one: DateConsignee, other: DateConsignee) -> bool:
    """Whether a date says another, less precisely or as well."""
    return one.debut <= other.debut and other.fin <= one.fin


def note_in_words(note: Suivi) -> str:
    """« 3 mai 2019 : Première rencontre »."""
    return f"{note.date.texte if note.date else 'sans date'}{NBSP}: {one_line(note.note)}"


def _in_short(item: Any) -> str:
    """An item of a list, as whoever looks for it in the file knows it."""
    if isinstance(item, Suivi):
        return note_in_words(item)
    return one_line((item.echeance if isinstance(item, EcheancePrecedente) else item).texte)


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
        self.told: list[str] = []  # what no field keeps: the note says it
        self.resolved = False  # whether the resolution is written with what it decides
        self._change()

    def _change(self) -> None:
        """All that is recorded, in an order in which each can rely on what comes before."""
        self._assign()
        self._postpone()
        self._propose()
        self._set_statut()
        self._date_it()
        self._explain()
        self._repeat()
        self._note()
        self._porteur()
        self._budget()
        self._state()
        self._answer()

    def _answer(self) -> None:
        """What the remarks « À COMPLÉTER » of its file asked for, and is now written: they go."""
        changed = {change.key for change in self.changes}
        kinds = {kind for key, kind in _ANSWERS.items() if key in changed}
        source = self.old.origin.source.text
        if not kinds or "COMPL" not in source:
            return
        asked = comments(self.known.plan).get(self.place.id, ())
        self.answered = tuple(start for start, text in asked if asked_by(text) in kinds)

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

    def _change_at(self, key: str, rank: int, text: Any, value: Any) -> None:
        """Another item, other fields of it, or none, where one stands in a list."""
        items = getattr(self.action, key)
        self.changes.append(Change(key, text, rank=rank, named=_in_short(items[rank])))
        kept: Any = (*items[:rank], *(() if value is None else (value,)), *items[rank + 1 :])
        self.action = self.action._replace(**{key: kept})

    def _refusal(self, message: str, *ways: tuple[str, str]) -> PivotError:
        return wrong(f"{self.place.id}{NBSP}: {message}", in_ways(*ways))

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
        """« responsables : Directrice générale → Agent de communication »; where it had none, if more is said of it."""
        before, now = self.old.responsables, self.action.responsables
        more = not self.added if self.typed.note else self.typed.par or self._day_apart
        if now == before or not (before or more):
            return ""
        return f"responsables{NBSP}: {listed(before) or 'à attribuer'} → {listed(now)}"

    @property
    def _day_apart(self) -> bool:
        """Whether the day is that of no statut and of no note."""
        return self.known.le is not None and self.known.statut is None and not self.typed.note

    def _postpone(self) -> None:
        """The échéance moved, and the old one kept with why, when and by what resolution; or set, where none was."""
        new, old = self.known.reporter or self.known.echeance, self.old
        if new is None:
            return
        if fold(new.texte) == fold(old.echeance.texte):
            self._maintain()
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
            if self._why or self._day_apart:
                self.told.append(self._set_at(new))
            return
        self._refuse_closed()
        motif, resolution = self.typed.motif, self.typed.resolution
        if not motif and not unknown:
            why = f"dites pourquoi {self.nom.il} est {self.nom.agreed('reporté')}."
            raise self._refusal(why, ("Écrivez", self.known.command(motif="…")))
        fields = {"echeance": old.echeance.texte, "motif": motif, "decide_le": self.day.texte, "resolution": resolution}
        self._add("echeances_precedentes", fields, EcheancePrecedente(old.echeance, motif, self.day, resolution))
        self._put("echeance", new.texte, new)
        self.resolved = True
        if new.avis:
            self.remarks.append(new.avis)

    def _propose(self) -> None:
        """What is proposed, in a note that says why: the direction decides. The same thing twice is written once."""
        new, motif = self.known.proposer, self.typed.motif
        if new is None:
            return
        self._refuse_closed("proposer")
        dated = isinstance(new, Echeance)
        said = new.texte if isinstance(new, Echeance) else new.value
        known = self.old.echeance
        waiting = pending(self.old)
        if fold(said) in {fold(known.texte) if dated else "", fold(told_of(waiting)) if waiting else ""}:
            return
        unknown = isinstance(known, Refus) or known.type is TypeEcheance.INDETERMINEE
        if not motif and not (dated and unknown):
            why = f"dites pourquoi {self.nom.il} {'serait' if dated else 'ne se ferait pas'}"
            why += f" {self.nom.agreed('reporté')}." if dated else "."
            raise self._refusal(why, ("Écrivez", self.known.command(motif="…")))
        text = f"Propose {said[:1].lower()}{said[1:]}" if dated else f"Propose d'abandonner {self.nom.le}"
        note = Suivi(f"{text}{NBSP}: {motif}" if motif else f"{text}.", self.day, self.typed.par, new)
        self._add("suivi", {"date": self.day.texte, "par": self.typed.par, "propose": said, "note": note.note}, note)
        if pending(self.action) is not note:
            message = f"{self.nom.il} vient d'être {self.nom.agreed('décidé')} autrement le {self.day.texte}."
            raise self._refusal(message, ("S'il faut y revenir", self._command(reporter=said, motif=motif or "…")))

    def _refuse_closed(self, option: str = "reporter") -> None:
        if (old := self.old.statut) and old.closed and self.known.statut is None:
            left = "plus d'échéance à reporter" if option == "reporter" else "plus rien à proposer"
            message = f"{self._is(old)}{NBSP}: il n'y a {left}."
            raise self._refusal(
                message, (f"{self.if_it} est à reprendre", self.known.command(statut="en cours", note="…"))
            )

    @property
    def _why(self) -> str:
        """« : Le poste est vacant », why the échéance is so; the motif of a statut is not that."""
        statut = self.known.statut
        return f"{NBSP}: {self.typed.motif}" if self.typed.motif and not (statut and statut.has_motif) else ""

    def _set_at(self, echeance: Echeance) -> str:
        return f"échéance fixée à {quoted(one_line(echeance.texte))}{self._why}"

    def _maintain(self) -> None:
        """The same échéance: it is maintained, if why or by what resolution is said, and unless the plan says so."""
        typed, old = self.typed, self.old
        resolution = f" (résolution {typed.resolution})" if typed.resolution else ""
        maintained = f"échéance maintenue{self._why}{resolution}"
        if not (self._why or resolution or self._day_apart):
            return
        for former in old.echeances_precedentes[-1:]:  # it was moved so
            day = self.known.le is None or (former.decide_le is not None and former.decide_le[1:] == self.day[1:])
            if day and typed.motif in {None, former.motif} and typed.resolution in {None, former.resolution}:
                self.resolved = True
                return
        if isinstance(old.echeance, Echeance) and typed.resolution in {None, old.resolution}:  # it was set so
            said = self._set_at(old.echeance)
            if not (self._why or self._day_apart) or self._is_noted(said, self.known.le):
                return
        self._refuse_closed()
        self.resolved = True
        if not self._is_noted(maintained, self.day):
            self.told.append(maintained)

    def _is_noted(self, said: str, day: DateConsignee | None) -> bool:
        """Whether a note, of that day, says so."""
        some = (one for one in self.old.suivi if day is None or (one.date and one.date[1:] == day[1:]))
        return any(fold(said) in fold(one.note) for one in some)

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
        """Raise PivotError for « réalisée » said of what comes again or goes on, of which one time was done, unless a
        note says that it is over, or the plan is.
        """
        comes_back = recurrent(self.action)
        if self.typed.note or not (comes_back or self._goes_on()):
            return
        end = plan_end(self.known.plan)
        if end and end < self.known.today:
            self.told.append(CLOSED)
            return
        goes_on = "revient" if comes_back else "se poursuit"
        rhythm = quoted(((self.old.recurrence if comes_back else None) or self.old.echeance).texte)
        closes = f"{quoted('réalisée')} {self.nom.pick('le', 'la')} fermerait pour de bon."
        raise self._refusal(
            f"{self.nom.il} {goes_on} ({rhythm}){NBSP}: {closes}",
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
        moved = self.known.reporter or self.known.echeance or self.known.proposer
        dated = self.typed.note or moved or self.known.attribuer
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
        if known and (done or not changed) and _holds(when, known):
            self._say_known(when, known)
            return
        if known and done and not _holds(known, when):
            raise self._dated_already(f"sa réalisation est déjà consignée ({known.texte})")
        if known and not done and not changed and when.fin < known.debut:
            if self.typed.note or self.known.reporter:
                return  # what happened that day; since then, the statut was confirmed
            raise self._dated_already(f"son statut est déjà d'une date plus récente ({known.texte})")
        self._put(key, when.texte, when)

    def _dated_already(self, message: str) -> PivotError:
        mend = ("Si c'est une erreur", self._command(corriger="…", le=self.typed.le))
        note = ("Sinon, dites ce qui en est dans une note", self._command(note="…"))
        return self._refusal(f"{message} et ne se réécrit pas.", mend, note)

    def _explain(self) -> None:
        """`--motif`: why an action waits, is moved, given up or left to the next plan; `--resolution`, the board's.

        The motif of a former statut goes with it, as its day does; a note that is typed keeps it.
        """
        statut, changed = self.action.statut, self.known.statut is not None
        moved = any(one is not None for one in (self.known.reporter, self.known.echeance, self.known.proposer))
        told, motif = statut is not None and statut.has_motif, self.typed.motif
        if motif and told and (changed or not moved):
            if self.old.motif and fold(self.old.motif) != fold(motif) and changed and self.old.statut is not statut:
                self.remarks.append(f"Le motif d'avant est remplacé{NBSP}: {quoted(self.old.motif)}.")
            self._put("motif", motif)
        elif motif and not moved:
            ways = '--statut "en attente", --statut abandonnée, --statut reconduite ou --reporter'
            given_up, left, moved_on = map(self.nom.agreed, ("abandonné", "reconduit", "reporté"))
            message = f"--motif dit pourquoi {self.nom.un} attend, est {given_up}, {left} ou {moved_on}."
            raise wrong(f"{self.place.id}{NBSP}: {message}", f"Il accompagne {ways}. Sinon, employez --note.")
        elif self.old.motif and statut and statut.outdates(self.old.statut):
            self._put("motif", None)
            kept = "reste écrit dans la note" if self.typed.note else "est retiré"
            self.remarks.append(f"Le motif d'avant {kept}{NBSP}: {quoted(self.old.motif)}.")
        if changed and not self.action.motif:
            self._ask_why(statut)
        if not self.typed.resolution or self.resolved:
            return
        self._put("resolution", self.typed.resolution)
        if self.old.decision and not self.typed.decision and not (statut and statut.closed):
            self._put("decision", None)
            self.remarks.append(f"Ce qui était à décider l'est, et est retiré{NBSP}: {quoted(self.old.decision)}.")

    def _ask_why(self, statut: Statut | None) -> None:
        """Raise PivotError for what waits or is given up, without why."""
        if statut in _ASK_WHY:
            word = f"est {self.nom.said(statut)}" if statut is Statut.ABANDONNEE else "attend"
            raise self._refusal(f"dites pourquoi {self.nom.il} {word}.", ("Écrivez", self.known.command(motif="…")))

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
        times = action.realisations
        if said := next((known for known in times if _holds(when, known)), None):
            self._say_known(when, said)
        elif vague := [
            rank for rank, known in enumerate(times) if _holds(known, when)
        ]:  # the same time, more precisely
            rank = min(vague, key=lambda rank: times[rank].fin - times[rank].debut)
            self._change_at("realisations", rank, when.texte, when)
        else:
            self._add("realisations", when.texte, when)

    def _say_known(self, when: DateConsignee, known: DateConsignee) -> None:
        if when[1:] != known[1:]:
            self.remarks.append(f"C'est déjà consigné plus précisément{NBSP}: {known.texte}.")

    def _note(self) -> None:
        """A dated note; the same one twice is written once, but for what it keeps of a statut that is over."""
        typed, told = self.typed, "; ".join(filter(None, (self._handed_over(), *self.told)))
        if not (text := typed.note or capitalized(told)):
            return
        if typed.note and told:
            text += f" ({told})"
        old, motif = self.old, self.old.motif if self.old.motif != self.action.motif else None
        over = old.statut if old.statut and old.statut is not self.action.statut else None
        day = old.closed_on or (old.statut_le if motif else None)
        kept = f"{f', {day.texte}' if day else ''}{f'{NBSP}: {one_line(motif)}' if motif else ''}"
        former = f" (était {self.nom.said(over)}{kept})" if over and kept else ""
        written = [(one.date and one.date[1:], one.par, _FORMER.sub("", one.note)) for one in old.suivi]
        if former or told or (over and over.closed) or (self.day[1:], typed.par, text) not in written:
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
            raise wrong(f"{what} n'est pas responsable de {self.nom.ce}.", allowed)
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
