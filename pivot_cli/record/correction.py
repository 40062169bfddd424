"""What becomes of an action of which something was recorded by mistake: the right value takes the place of the wrong
one, and a note of suivi says so, with both and why. PIV504 lets what such a note tells be rewritten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pivot_cli.echeance import DateConsignee, Echeance, Refus, parse_date
from pivot_cli.plan.model import NO_ECHEANCE, EcheancePrecedente, Statut, Suivi, noun_of
from pivot_cli.record.recorded import Recorded, note_in_words
from pivot_cli.suivi.phrases import budget_in_words
from pivot_cli.text import NBSP, cited, fold, listed, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_AS_THEY_ARE = ("motif", "resolution", "resultat", "decision", "porteur")


class Corrected(Recorded):
    """An action of which what was recorded is mended: `--corriger` says why, the other options what is right, and
    « aucun » that there was nothing to record.
    """

    def _change(self) -> None:
        self.mended: list[str] = []
        self.author = (
            None if "par" in self.known.withdrawn else self.typed.par
        )  # of the correction, unless it is that of the note that is mended
        given = {name for name, value in self.typed._asdict().items() if value is not None}
        self.only_named = given <= {"corriger", "par", "au_lieu_de", "le"} and {"au_lieu_de"} < given - {"corriger"}
        if given <= {"corriger", "par", "au_lieu_de"} and not self.only_named:
            raise self._refusal(
                "dites ce qui est juste, avec la même option que pour le consigner.",
                ("Par exemple", self._command(corriger=self.typed.corriger, le="juin 2019")),
                ("S'il n'y avait rien à consigner", self._command(corriger=self.typed.corriger, statut="aucun")),
            )
        self._refuse_unnamed()
        self._mend_echeance()
        self._mend_statut()
        self._mend_day()
        for key in _AS_THEY_ARE:
            if key in self.known.withdrawn and not (self.typed.reporter and key in {"motif", "resolution"}):
                self._replace(key, None)
        self._mend_motif_and_resolution()
        self._mend_times()
        self._mend_note()
        self._unassign()
        self._assign()
        self._porteur()
        self._mend_budget()
        self._state()
        if self.mended:
            text = f"Correction{NBSP}: {self.typed.corriger} ({'; '.join(self.mended)})"
            note = Suivi(text, self.today, self.author)
            self._add("suivi", {"date": self.today.texte, "par": self.author, "note": text}, note)

    def _refuse_unnamed(self) -> None:
        """Raise PivotError where `--au-lieu-de` names none of what is mended."""
        typed = self.typed
        if typed.au_lieu_de is None or self.only_named or typed.note or typed.realisation or typed.reporter:
            return
        named: tuple[tuple[str, dict[str, str]], ...] = (
            ("Pour une note", {"note": "…"}),
            ("Pour une réalisation", {"realisation": "DATE"}),
            ("Pour un report", {"reporter": "…"}),
        )
        keep = {"corriger": typed.corriger, "au_lieu_de": typed.au_lieu_de}
        raise self._refusal(
            "--au-lieu-de nomme la note, la réalisation ou le report à corriger.",
            *((case, self._command(**keep, **one)) for case, one in named),
        )

    def _put(self, key: str, text: Any, value: Any = None) -> None:
        """As a record does, and remember what was there."""
        before = getattr(self.action, key)
        super()._put(key, text, value)
        self._tell(noun_of(key), before, getattr(self.action, key))

    def _replace(self, key: str, text: str | None, value: Any = None) -> None:
        if text is None and getattr(self.action, key) is None:
            return
        self._put(key, text, value)

    def _tell(self, what: str, before: Any, now: Any) -> None:
        """« date de réalisation : mai 2019 → juin 2019 »."""
        was, becomes = _said(before), _said(now)
        if was != becomes:
            self.mended.append(f"{what}{NBSP}: {was or 'rien'} → {becomes or 'rien'}")

    # --- each thing that may have been recorded ---

    def _mend_echeance(self) -> None:
        """`--echeance`: the wording in force; `--reporter`: what the last move gave, or that there was no move."""
        old, moved = self.old, self.old.echeances_precedentes
        if self.typed.reporter is None:
            new = self.known.echeance
            if "echeance" in self.known.withdrawn:
                self._unset_echeance()
            elif new is not None and one_line(new.texte) != one_line(old.echeance.texte):
                self._put("echeance", new.texte, new)
            return
        if not moved and "reporter" in self.known.withdrawn:
            return
        if not moved:
            ways = ("Si c'est le cas", self._command(reporter=self.typed.reporter, motif=self.typed.motif or "…"))
            raise self._refusal("son échéance n'a pas été déplacée.", ways)
        rank = last = len(moved) - 1
        if self.typed.au_lieu_de is not None:
            rank = self._rank(moved, _former, "report", lambda one: [one.decide_le] if one.decide_le else [])
        former, new = moved[rank], self.known.reporter
        if new is None or fold(new.texte) == fold(former.echeance.texte):
            self._undo_move(rank)
            return
        if rank == last:
            if one_line(new.texte) != one_line(old.echeance.texte):
                self._put("echeance", new.texte, new)
        else:
            self._item("echeances_precedentes", rank + 1, {"echeance": (new.texte, new)}, "")
        given = self._given(motif="motif", decide_le="le", resolution="resolution")
        self._item("echeances_precedentes", rank, given, f" du report de {quoted(_former(former))}")

    def _unset_echeance(self) -> None:
        """There was none; what was moved is first what it was before."""
        if self.old.echeances_precedentes:
            ways = ("Pour revenir à celle d'avant", self._command(corriger=self.typed.corriger, reporter="aucun"))
            raise self._refusal("son échéance a été déplacée, et celle d'avant est gardée.", ways)
        if self.old.echeance.texte:
            self._put("echeance", None, NO_ECHEANCE)

    def _unassign(self) -> None:
        if "attribuer" in self.known.withdrawn and self.action.responsables:
            self._put("responsables", None, ())
            self._replace("porteur", None)

    def _undo_move(self, rank: int) -> None:
        """There was no such move: the échéance is what it was before it, and so is that of the move that followed."""
        moved, typed = self.old.echeances_precedentes, self.typed
        former = moved[rank]
        if typed.motif or typed.resolution or typed.le:
            alone = {"motif": None, "resolution": None, "le": None}
            others = [one for one in moved if one is not former]
            raise self._refusal(
                f"le report de {quoted(_former(former))} serait retiré, et ce qui n'a pas eu lieu n'a ni motif, "
                "ni jour, ni résolution.",
                ("Pour le retirer", self.known.command(**alone)),
                *(
                    (f"Pour corriger celui de {quoted(_former(one))}", self.known.command(au_lieu_de=_key(one)))
                    for one in others
                ),
            )
        if rank == len(moved) - 1:
            self._put("echeance", former.echeance.texte, former.echeance)
        else:
            why = f" ({one_line(motif)})" if (motif := moved[rank + 1].motif) else ""
            given = {"echeance": (former.echeance.texte, former.echeance)}
            self._item("echeances_precedentes", rank + 1, given, f" d'avant le report suivant{why}")
        for name in ("motif", "decide_le", "resolution"):
            self._tell(f"{_ITEM_NOUNS.get(name, name)} du report", getattr(former, name), None)
        self._change_at("echeances_precedentes", rank, None, None)

    def _given(self, **options: str) -> dict[str, tuple[Any, Any]]:
        """What the fields of an item become, by the options that were typed: a text and a value, or none."""
        typed = {name: option for name, option in options.items() if getattr(self.typed, option) is not None}
        gone = self.known.withdrawn
        values = {
            name: None if option in gone else getattr(self.known, option, None) or getattr(self.typed, option)
            for name, option in typed.items()
        }
        return {name: (getattr(value, "texte", value), value) for name, value in values.items()}

    def _item(self, key: str, rank: int, given: dict[str, tuple[Any, Any]], of: str) -> None:
        """The fields of an item that say something else."""
        item = getattr(self.action, key)[rank]
        new = {name: one for name, one in given.items() if _said(one[1]) != _said(getattr(item, name))}
        for name, (_, value) in new.items():
            self._tell(f"{_ITEM_NOUNS.get(name, name)}{of}", getattr(item, name), value)
        if new:
            mended = item._replace(**{name: value for name, (_, value) in new.items()})
            self._change_at(key, rank, {name: text for name, (text, _) in new.items()}, mended)

    def _mend_statut(self) -> None:
        if self.typed.statut is None:
            return
        statut, old = self.known.statut, self.old.statut
        if statut is old:
            return
        if statut is Statut.REALISEE:
            self._refuse_to_close()
        else:
            self._replace("realisee_le", None)
        if not self._day_of_statut or statut in {None, Statut.REALISEE}:
            self._replace("statut_le", None)
        # The motif and the resolution of what was not so go with it.
        told = {key for key in ("motif", "resolution") if getattr(self.typed, key) and not self.typed.reporter}
        if "motif" not in told - self.known.withdrawn:
            if self.typed.reporter and statut in {Statut.EN_ATTENTE, Statut.ABANDONNEE}:
                alone = self.known.command(statut=None)
                raise self._refusal("corrigez à part son statut et son report.", ("D'abord le report", alone))
            self._ask_why(statut)
        if "motif" not in told or statut is None or not statut.has_motif:
            self._replace("motif", None)
        if old and old.closed and "resolution" not in told:
            self._replace("resolution", None)
        self._replace("statut", statut and statut.value, statut)

    @property
    def _day_of_statut(self) -> bool:
        """Whether `--le` is that of the statut: it goes with no note and no move that is mended."""
        typed = self.typed
        return typed.le is not None and not (typed.note or typed.reporter or self.only_named)

    def _mend_day(self) -> None:
        when, typed = self.known.le, self.typed
        if not self._day_of_statut:
            return
        if self.action.statut is None:
            raise self._refusal(
                "--le corrige la date d'un statut, et aucun n'est consigné.",
                ("Pour celle d'une note", self._command(corriger=typed.corriger, le=typed.le, note="…")),
            )
        key = "realisee_le" if self.action.statut is Statut.REALISEE else "statut_le"
        self._replace(key, when and when.texte, when)

    def _mend_motif_and_resolution(self) -> None:
        statut, typed = self.action.statut, self.typed
        if typed.reporter:
            return
        if typed.motif and "motif" not in self.known.withdrawn:
            if statut is None or not statut.has_motif:
                ways = [("Pour celui d'un report", self.known.command(reporter=self.old.echeance.texte))]
                raise self._refusal(
                    "aucun de ses statuts n'a de motif.", *(ways if self.old.echeances_precedentes else ())
                )
            self._replace("motif", typed.motif)
        if typed.resolution and "resolution" not in self.known.withdrawn:
            self._replace("resolution", typed.resolution)

    def _mend_budget(self) -> None:
        """Other amounts; one that was not to be there goes, and the group with it where it held nothing else."""
        self._budget()
        gone = [key for key in ("prevu", "reel") if f"budget_{key}" in self.known.withdrawn]
        if gone and self.action.budget and any(getattr(self.action.budget, key) is not None for key in gone):
            none: Any = dict.fromkeys(gone)
            left: Any = self.action.budget._replace(**none)
            self._put("budget", none if left.written else None, left if left.written else None)

    def _mend_times(self) -> None:
        """One of the times when it was done: another day, or none."""
        if self.typed.realisation is None:
            return
        when, times = self.known.realisation, self.old.realisations
        if when in times or not (when or times):
            return
        rank = self._rank(times, lambda one: one.texte, "réalisation", lambda one: [one])
        self._tell("réalisation", times[rank], when)
        self._change_at("realisations", rank, when and when.texte, when)

    def _mend_note(self) -> None:
        """The text, the day or the author of a note, known by `--au-lieu-de` or by its own text."""
        typed, notes = self.typed, self.old.suivi
        gone = "note" in self.known.withdrawn
        wrong = [one for one in notes if not one.corrects]
        if not (typed.note or self.only_named) or (gone and not wrong):
            return
        if "le" in self.known.withdrawn and not gone:
            raise self._refusal(
                "une note garde une date.", ("Donnez la bonne, même à peu près", self.known.command(le="juin 2019"))
            )
        same = [] if gone else [rank for rank, one in enumerate(wrong) if one_line(one.note) == typed.note]
        if (same or typed.au_lieu_de is not None) and not gone:
            self.author = None
        fields = {"note": "note", "date": "le", "par": "par"} if self.author is None else {"note": "note", "date": "le"}
        given = self._given(**fields)
        if typed.au_lieu_de is None and len(same) == 1:
            named = same[0]
        elif len(self._named(wrong, note_in_words, _day_of)) != 1 and any(_says(wrong[rank], given) for rank in same):
            return
        else:
            named = self._rank(wrong, note_in_words, "note", _day_of)
        rank = notes.index(wrong[named])
        if gone:
            self._tell("note", notes[rank].note, None)
            self._change_at("suivi", rank, None, None)
            return
        text = one_line(notes[rank].note)
        self._item("suivi", rank, given, f" de la note {quoted(text)}" if typed.note in {None, text} else "")

    def _rank(
        self, items: Sequence[Any], shown: Callable[[Any], str], noun: str, days: Callable[[Any], list[DateConsignee]]
    ) -> int:
        """Which item of a list is wrong: the only one, or the one that `--au-lieu-de` names by its day or its words.

        Raises PivotError, with them all, where that names none or several.
        """
        e, le = ("", "") if noun == "report" else ("e", "le")
        if not items:
            raise self._refusal(f"aucun{e} {noun} n'est consigné{e}{NBSP}: il n'y a rien à corriger.")
        asked = self.typed.au_lieu_de
        named = self._named(items, shown, days)
        if len(named) == 1:
            return named[0]
        among = [items[rank] for rank in named] or items
        ways = [(cited(shown(one)), self.known.command(au_lieu_de=_key(one))) for one in among]
        none = (
            f"aucun{e} {noun} consigné{e} n'est {cited(asked)}."
            if asked and not named
            else f"dites quel{le} {noun} corriger."
        )
        raise self._refusal(none, *ways)

    def _named(
        self, items: Sequence[Any], shown: Callable[[Any], str], days: Callable[[Any], list[DateConsignee]]
    ) -> list[int]:
        """Which items `--au-lieu-de` names by their day or their words: all of them where it is not given."""
        if (asked := self.typed.au_lieu_de) is None:
            return [*range(len(items))]
        day = parse_date(asked)
        return [
            rank
            for rank, one in enumerate(items)
            if fold(asked) in fold(shown(one))
            or (isinstance(day, DateConsignee) and any(day[1:] == known[1:] for known in days(one)))
        ]


_ITEM_NOUNS = {"decide_le": "date", "resolution": "résolution", "par": "auteur", "echeance": "échéance"}


def _former(moved: EcheancePrecedente) -> str:
    return one_line(moved.echeance.texte)


def _day_of(note: Suivi) -> list[DateConsignee]:
    return [note.date] if note.date else []


def _says(item: Suivi, given: dict[str, tuple[Any, Any]]) -> bool:
    return all(_said(value) == _said(getattr(item, name)) for name, (_, value) in given.items())


def _key(item: Any) -> str:
    """What names a note, a day or a move in a command."""
    if isinstance(item, EcheancePrecedente):
        return _former(item)
    when = item.date if isinstance(item, Suivi) else item
    return str(when.texte) if when else one_line(item.note)[:40]


def _said(value: Any) -> str:
    """A value as it is written in the plan, on one line."""
    if value is None:
        return ""
    if isinstance(value, DateConsignee | Echeance | Refus):
        return one_line(value.texte)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return listed([_said(one) for one in value])
    return budget_in_words(value) if hasattr(value, "prevu") else one_line(str(value))
