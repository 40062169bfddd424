"""What a person types of an action: what it means (dates, statut, amounts, in the words of the plan).

What cannot be understood raises PivotError, with what to write instead; nothing is guessed. What becomes of the action
is in `recorded`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import DateConsignee, Echeance, Refus, parse, parse_date
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Plan, Registre, Responsable, Statut
from pivot_cli.plan.not_found import not_in_plan
from pivot_cli.plan.schema.fields import MONEY, STATUT
from pivot_cli.text import NBSP, day_in_words, did_you_mean, fold, nearest, quoted
from pivot_cli.yaml_tree.decoding import forbidden

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal


CLOSED = "Fermée avec le plan"
"""Why what comes again, or goes on, is closed where the time of the plan is over."""


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
    proposer: str | None = None
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
    proposer: Echeance | Statut | None = None
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


def wrong(message: str, remedy: str = "") -> PivotError:
    """The error of a record that cannot be right."""
    return PivotError(message, remedy, ExitCode.USAGE)


def in_ways(*ways: tuple[str, str]) -> str:
    """What to type in each case, a command under each."""
    return "\n".join(f"{case}{NBSP}:\n  {command}" for case, command in ways)


def understand(typed: Typed, ids: tuple[str, ...], plan: Plan, today: date) -> Understood:
    """The meaning of what was typed. Raises PivotError for what is ill-formed or contradicts itself."""
    known = Understood(_onplain_line(typed), ids, plan, today)
    typed = known.typed
    if typed.corriger is None and (typed.au_lieu_de is not None or typed == Typed(ajouter=typed.ajouter)):
        _refuse_nothing(typed, ids)
    if typed.corriger is None:
        _refuse_none(known)
    nothing = frozenset(name for name, value in typed._asdict().items() if typed.corriger and _says_nothing(value))
    meant: dict[str, Any] = {
        name: meaning(known, name, value)
        for name, meaning in _MEANINGS.items()
        if (value := getattr(typed, name)) is not None and name not in nothing
    }
    known = known._replace(**meant, withdrawn=nothing)
    statut = known.statut
    if typed.ajouter is not None and typed.corriger is not None:
        remedy = f"Ajoutez sans --corriger, ou corrigez {plan.niveaux.action.un} qui est là."
        raise wrong(
            f"--corriger est pour ce qui est déjà consigné, et --ajouter pour {plan.niveaux.action.un} de plus.", remedy
        )
    if typed.par and not (typed.note or typed.attribuer or typed.corriger or typed.proposer):
        raise wrong("--par dit qui a écrit la note, et il n'y a pas de note.", 'Ajoutez --note "…".')
    if typed.reporter and typed.echeance:
        remedy = "--reporter garde celle d'avant; --echeance est pour qui n'en avait pas. Gardez l'un des deux."
        raise wrong("--reporter et --echeance donnent tous deux une échéance.", remedy)
    if typed.proposer and (other := next((name for name in _DECIDED if getattr(typed, name)), None)):
        message = f"--proposer attend une décision, et {_option(other)} en est une."
        raise wrong(message, "Gardez l'un des deux.")
    if known.proposer and statut and statut.closed:
        nom = plan.niveaux.action
        raise wrong(f"{nom.un} {nom.said(statut)} n'a plus rien à proposer.", "Gardez --statut ou --proposer.")
    if known.reporter and statut and statut.closed:
        nom = plan.niveaux.action
        message = f"{nom.un} {nom.said(statut)} n'a plus d'échéance à reporter."
        raise wrong(message, "Gardez --statut ou --reporter, pas les deux.")
    if known.realisation and statut and statut.closed:
        closes = f"--statut {statut.value} ferme {plan.niveaux.action.le} pour de bon."
        message = f"--realisation consigne une fois de plus, et {closes}"
        raise wrong(message, "Gardez l'un des deux.")
    return known


def _refuse_nothing(typed: Typed, ids: tuple[str, ...]) -> None:
    """Raise PivotError for a record of nothing; an action that is added needs no more than its description."""
    if typed.au_lieu_de is not None:
        raise wrong("--au-lieu-de dit ce qui est à corriger.", 'Il accompagne --corriger "…".')
    if typed.ajouter is None:
        examples = (
            Typed(statut="réalisée", le="mai 2019"),
            Typed(note="Première rencontre tenue", par="Jeanne"),
            Typed(reporter="Juin 2020", motif="Le poste était vacant"),
        )
        lines = "\n  ".join(command_line(ids, one) for one in examples)
        raise wrong("il reste à dire ce qui s'est passé.", in_ways(("Par exemple", lines)))


def _onplain_line(typed: Typed) -> Typed:
    """The same, each text on one line."""
    given: dict[str, Any] = {name: value for name, value in typed._asdict().items() if value is not None}
    names = given.pop("attribuer", None)
    some = {name: plain_line(value, name) for name, value in given.items()}
    return Typed(**some, attribuer=names and tuple(plain_line(name, "attribuer") for name in names))


def _says_nothing(value: str | tuple[str, ...] | None) -> bool:
    words = (value,) if isinstance(value, str) else value or ()
    return len(words) == 1 and fold(words[0]) in {"aucun", "aucune"}


def _refuse_none(known: Understood) -> None:
    """Raise PivotError for « aucun » where it would be written as it is: nothing is recorded by an option left out."""
    typed = known.typed
    for name in ("note", "par", "resultat", "motif", "resolution", "decision", "porteur"):
        if _says_nothing(value := getattr(typed, name)):
            ways = () if typed.ajouter else (("Pour retirer ce qui l'est", known.command(corriger="…")),)
            message = f"{_option(name)}{NBSP}: {quoted(value)} n'est pas à consigner; laissez plutôt l'option."
            raise wrong(message, in_ways(*ways))


_SPACE = re.compile("[ \t\r\n\f\v\x85\u2028\u2029]+")


def plain_line(value: str, name: str) -> str:
    """The text on one line, as a note is written; no character that a plan may not hold."""
    text = _SPACE.sub(" ", value.replace("\ufeff", "")).strip()
    if not text:
        raise wrong(f"il manque un texte après {_option(name)}.")
    if forbidden().search(text):
        message = f"le texte de {_option(name)} contient un caractère invisible qu'un plan ne peut pas contenir."
        raise wrong(message, "Retapez ce texte plutôt que de le coller.")
    return text


def _statut(known: Understood, _: str, typed: str) -> Statut:
    statut: Statut | None = STATUT.parse(typed)
    if statut:
        return statut
    remedy = f"Statuts possibles{NBSP}: {', '.join(Statut)}."
    if meant := STATUT.meant(typed) or nearest(typed, Statut):
        remedy = in_ways((f"Le mot du plan est {quoted(meant)}. Écrivez", known.command(statut=meant)))
    raise wrong(f"{quoted(typed)} n'est pas un statut.", remedy)


def _date(known: Understood, name: str, typed: str) -> DateConsignee:
    read, what = parse_date(typed), f"--{name}{NBSP}: {quoted(typed)}"
    if isinstance(read, Refus):
        remedy = f"Écrivez ce que vous savez{NBSP}: 2019-05-12, 12 mai 2019, mai 2019 ou 2019."
        raise wrong(f"{what} n'est pas une date.", f"{read.message} {remedy}")
    if read.debut > known.today:
        remedy = "On consigne ce qui a eu lieu. Pour déplacer une échéance, employez --reporter."
        raise wrong(f"{what} est dans l'avenir.", remedy)
    start = known.plan.debut
    # A start deduced from the échéances is not the day of adoption: what is due first may have been done before.
    earliest = start and (start if known.plan.organisme.periode.debut else start.replace(year=start.year - 1, day=1))
    if start and earliest and read.fin < earliest:
        by_hand = f"écrivez-la vous-même dans le fichier {known.plan.niveaux.action.du}."
        remedy = f"Vérifiez l'année. Si la date est juste, {by_hand}"
        raise wrong(f"{what} vient avant le plan (le plan commence le {day_in_words(start)}).", remedy)
    return read


def _echeance(known: Understood, _: str, typed: str) -> Echeance:
    if isinstance(read := parse(typed, known.plan.organisme.conventions), Refus):
        why = " ".join(known.plan.niveaux.action.retold(read.message, read.remede)).strip()
        raise wrong(f"l'échéance {quoted(typed)} n'est pas comprise.", why)
    return read


def _proposition(known: Understood, name: str, typed: str) -> Echeance | Statut:
    """Another échéance, or to give the action up."""
    if fold(typed) == fold(Statut.ABANDONNEE) or STATUT.meant(typed) is Statut.ABANDONNEE:
        return Statut.ABANDONNEE
    return _echeance(known, name, typed)


def _names(text: str, registre: Registre) -> list[str]:
    """The names of a text: itself, or those that « , », « ; » or « et » part in it, where each stands for somebody."""
    parts = [part.strip() for part in re.split(r"[,;+/]|\bet\b", text)]
    return parts if registre.find(text) is None and all(map(registre.find, parts)) else [text]


def _responsables(known: Understood, _: str, typed: tuple[str, ...]) -> tuple[Responsable, ...]:
    """Whom the names stand for, each once."""
    registre, found = known.plan.registre, []
    for name in (one for text in typed for one in _names(text, registre)):
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
        raise wrong(f"{_option(name)}{NBSP}: {quoted(typed)} n'est pas un montant.", remedy)
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
    "proposer": _proposition,
}
_DECIDED = ("reporter", "echeance", "corriger", "ajouter")
