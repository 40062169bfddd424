"""The sheet that is sent to those who have actions, and comes back filled in: its columns, its words, what it asks.

Whoever writes it and whoever reads it back take them from here. Nothing here knows of a spreadsheet.
"""

from __future__ import annotations

import re
import zlib
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Refus
from pivot_cli.plan.model import Action, Place, Plan, Responsable, Statut
from pivot_cli.suivi.phrases import heading_of, labels, named_title, news_of, text_of
from pivot_cli.suivi.proposals import pending, told_of
from pivot_cli.suivi.when import done_again, echeance_in_words, on, short_day, wording
from pivot_cli.text import NBSP, capitalized, day_in_words, dollars, fold, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pivot_cli.plan.nouns import Nom
    from pivot_cli.suivi.etat import Portrait, Situation
    from pivot_cli.suivi.selection import Selection


class Sorte(Enum):
    """What a sheet is for: where the actions stand, what the plan lacks, its closing, what a meeting decided."""

    SUIVI = "suivi"
    QUESTIONS = "questions"
    FIN = "fin"
    SUITES = "suites"


class Column(NamedTuple):
    """A column: what it is called in the plan's nouns, how many characters wide it is, what is told to who fills it
    in; `given` ones say what the plan has.
    """

    key: str
    heading: str
    width: int
    hint: str = ""
    given: bool = False


class Choice(NamedTuple):
    """A word of the drop-down, said of an action that is `fait`, and what is recorded for it: a statut, one time more,
    or a proposal.
    """

    word: str
    statut: Statut | None = None
    again: bool = False
    proposed: bool = False
    moves: bool | None = None
    """Whether the échéance is decided: moved, or maintained."""

    def said(self, nom: Nom) -> str:
        """The word as it agrees with what the plan calls an action: « fait en partie » of a jalon."""
        words = ("commencé", "fait", "reconduit", "abandonné")
        return re.sub(rf"\b({'|'.join(words)})e\b", lambda found: nom.agreed(found[1]), self.word)


AGAIN = Choice("faite encore une fois", again=True)
PROGRESS = (
    Choice("pas commencée", Statut.A_FAIRE),
    Choice("en cours", Statut.EN_COURS),
    Choice("en attente", Statut.EN_ATTENTE),
    Choice("faite en partie", Statut.PARTIELLE),
    Choice("faite", Statut.REALISEE),
    AGAIN,
    Choice("ne se fera pas (à décider)", proposed=True),
)
OUTCOMES = (
    Choice("faite", Statut.REALISEE),
    Choice("ne se fera pas", Statut.ABANDONNEE),
    Choice("reconduite au prochain plan", Statut.RECONDUITE),
)


DECISIONS = (
    Choice("faite", Statut.REALISEE),
    AGAIN,
    Choice("en cours", Statut.EN_COURS),
    Choice("échéance maintenue", moves=False),
    Choice("nouvelle échéance", moves=True),
    Choice("reconduite au prochain plan", Statut.RECONDUITE),
    Choice("abandonnée", Statut.ABANDONNEE),
)

_WHEN = f"Ce que vous en savez{NBSP}: 12 mars {{an}}, mars {{an}} ou {{an}}."
_HINTS = {
    "avancement": f"Choisissez dans la liste. {quoted('En cours')} est une bonne réponse. Vide{NBSP}: rien de nouveau.",
    "devenu": f"Choisissez dans la liste. Vide{NBSP}: on ne sait pas; ce n'est pas {quoted('pas fait')}.",
    "decision": f"Ce que la réunion a décidé. Vide{NBSP}: rien.",
    "nouvelle": f"Celle qui a été décidée{NBSP}: juin {{an}}, automne {{an}}.",
    "quand": _WHEN,
    "propose": f"Une autre échéance, que la direction décidera{NBSP}: juin {{an}}, automne {{an}}. Dites pourquoi.",
    "motif": "Pourquoi cela attend, change de date ou ne se fera pas.",
    "note": "Ce qui s'est passé, en une phrase. Reste dans l'équipe.",
    "resultat": "Ce que cela a donné, en une phrase que tout le monde peut lire.",
    "depense": f"Le total dépensé, en dollars{NBSP}: 1250 ou 1250,50.",
    "qui": "Le nom ou le code de qui doit la faire.",
    "fixee": f"Quand ce sera fait{NBSP}: mars {{an}}, automne {{an}}, en continu.",
}


def columns(plan: Plan, sorte: Sorte, year: int, *, money: bool = False) -> tuple[Column, ...]:
    """The columns of a sheet, in order; that of what was spent only where dollars are planned."""
    nom, dossier = plan.niveaux.action, plan.dossier
    given = [("ref", "Réf.", 10), ("dossier", capitalized(dossier.nom), 19), ("action", capitalized(nom.nom), 32)]
    given += [("echeance", "Échéance", 13)]
    given += {
        Sorte.SUIVI: [("consigne", "Déjà consigné", 16)],
        Sorte.QUESTIONS: [("responsables", "Responsables", 15), ("question", "À compléter", 24)],
        Sorte.FIN: [("responsables", "Responsables", 16), ("consigne", "Déjà consigné", 16)],
        Sorte.SUITES: [("consigne", "Déjà consigné", 16), ("reunion", "Réunion", 12)],
    }[sorte]
    became = f"{nom.pick('Qu’est-il', 'Qu’est-elle')} {nom.agreed('devenu')}?".replace("’", "'")
    filled = {
        Sorte.SUIVI: [("avancement", "Où en est-on?", 15), ("quand", "Quand", 11), ("propose", "Date proposée", 12),
                      ("motif", "Pourquoi", 18), ("note", "Note interne", 21), ("resultat", "Résultat (public)", 21)],
        Sorte.QUESTIONS: [("qui", "À qui?", 18), ("fixee", "Pour quand?", 15), ("avancement", "Où en est-on?", 15),
                          ("quand", "Quand", 11), ("motif", "Pourquoi", 18), ("note", "Note interne", 20)],
        Sorte.FIN: [("devenu", became, 17), ("quand", "Quand", 11), ("motif", "Pourquoi", 20),
                    ("resultat", "Résultat (public)", 26), ("note", "Note interne", 20)],
        Sorte.SUITES: [("decision", "Décision", 17), ("quand", "Quand", 12), ("nouvelle", "Nouvelle échéance", 16),
                       ("motif", "Pourquoi", 24), ("note", "Note interne", 26), ("resultat", "Résultat (public)", 24)],
    }[sorte]  # fmt: skip
    filled += [("depense", f"Dépensé{NBSP}$", 11)] if money and sorte is not Sorte.QUESTIONS else []
    return (
        *(Column(key, heading, width, given=True) for key, heading, width in given),
        *(Column(key, heading, width, _HINTS[key].format(an=year)) for key, heading, width in filled),
    )


HEADINGS = {
    "ref": ("ref", "reference", "id", "no", "numero"),
    "dossier": ("objectif",),
    "action": ("action",),
    "echeance": ("echeance",),
    "consigne": ("deja consigne",),
    "responsables": ("responsables", "responsable"),
    "question": ("a completer",),
    "avancement": ("ou en est-on", "ou en est on", "ou en sommes-nous", "avancement", "statut", "etat"),
    "reunion": ("reunion",),
    "decision": ("decision",),
    "nouvelle": ("nouvelle echeance",),
    "devenu": ("qu'est-elle devenue", "qu'est-il devenu", "devenue", "devenu"),
    "quand": ("quand", "date"),
    "propose": ("date proposee", "nouvelle date", "echeance proposee"),
    "motif": ("pourquoi", "motif", "raison"),
    "note": ("note interne", "note", "notes", "notes internes"),
    "resultat": ("resultat (public)", "resultat", "resultat public"),
    "depense": ("depense", "depenses", "montant depense"),
    "qui": ("a qui", "responsable a inscrire"),
    "fixee": ("pour quand", "echeance a ecrire"),
    "empreinte": ("empreinte",),
}
"""What heads each column, as it is compared, in our words and in those that people put in their place."""

STAMP = "Empreinte (laisser telle quelle)"
OTHERWISE = "Autre chose à dire?"
NOT_RECORDED = "(lu par la direction, non consigné)"


def ours(text: str, plan: Plan) -> bool:
    """Whether a text is one of those that stand above the table as it is sent."""
    said = fold(text)
    ends = said.endswith(("vide = rien de nouveau.", "ne se distribue pas."))
    return ends or " a renvoyer " in f" {said}" or said.startswith(fold(named_title(plan)))


def key_of(heading: str, plan: Plan, *, ours: bool = False) -> str | None:
    """The column that a heading names, in the words of a sheet and the plan's nouns, or unless `ours`, in others."""
    said = fold(heading).rstrip(" ?.:$")
    own = {fold(plan.dossier.nom): "dossier", fold(plan.niveaux.action.nom): "action", fold(STAMP): "empreinte"}
    return own.get(said) or _OWN_WORDS.get(said) or (None if ours else _IN_OTHERS.get(said))


_OWN_WORDS = {names[0]: key for key, names in reversed(HEADINGS.items())}
_IN_OTHERS = {name: key for key, names in reversed(HEADINGS.items()) for name in names}


class Row(NamedTuple):
    """A line: what each given column says, the choices in the order in which they are offered, its fingerprint."""

    id: str
    given: dict[str, str]
    choices: tuple[str, ...]
    stamp: str


class Sheet(NamedTuple):
    """A sheet as it is sent: the lines above the table, the columns, the lines; `name` is that of its tab."""

    name: str
    title: str
    opening: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    au: date


class Retour(NamedTuple):
    """When a sheet is awaited, and by whom: « la direction »."""

    le: date | None = None
    a: str = ""


def to_fill(situations: Iterable[Situation], selection: Selection) -> list[Situation]:
    """Those of which something is still to be said: what is open, or whatever état is asked for."""
    return [one for one in situations if one.open or selection.etats]


def sheet(
    situations: Sequence[Situation],
    portrait: Portrait,
    sorte: Sorte = Sorte.SUIVI,
    *,
    retour: Retour | None = None,
    who: Responsable | None = None,
    questions: Mapping[str, str] | None = None,
    meeting: date | None = None,
) -> Sheet:
    """The sheet of some actions, addressed to the one who has them, if all are somebody's; `questions` says of each
    what is to be completed, `meeting` when they are decided.
    """
    plan = portrait.plan
    money = any(one.action.budget and one.action.budget.prevu is not None for one in situations)
    own = columns(plan, sorte, portrait.au.year, money=money)
    name = {Sorte.SUIVI: "Suivi", Sorte.QUESTIONS: "À compléter", Sorte.FIN: "Fermeture", Sorte.SUITES: "Suites"}[sorte]
    asked = next(column.heading for column in own if not column.given)
    opening = tuple(_opening(len(situations), portrait, sorte, asked, retour=retour or Retour(), who=who))
    title = f"{named_title(plan)}{f' · {one_line(who.nom)}' if who else ''} · {day_in_words(portrait.au)}"
    more = {"reunion": meeting.isoformat() if meeting else ""}
    rows = tuple(
        _row(one, portrait, sorte, more | {"question": (questions or {}).get(one.id, "")}) for one in situations
    )
    return Sheet(name, title, opening, own, rows, portrait.au)


def _opening(
    number: int, portrait: Portrait, sorte: Sorte, asked: str, *, retour: Retour, who: Responsable | None
) -> Iterable[str]:
    nom = portrait.plan.niveaux.action
    yours = f"Votre {nom.nom}" if number == 1 else f"Vos {number}{NBSP}{nom.pluriel}"
    yield (
        f"{yours if who else nom.counted(number)}. Remplissez à partir de {quoted(asked)} (en jaune); "
        "vide = rien de nouveau."
    )
    back = f"À renvoyer {to_whom(retour.a)}" if retour.a else "À renvoyer"
    back += f" d'ici le {short_day(retour.le, portrait.au)}" if retour.le else ""
    back = f"{back}." if retour.a or retour.le else "À renvoyer à la personne qui vous l'a envoyée."
    said = {
        Sorte.SUIVI: f"{quoted('En cours')} est une bonne réponse.",
        Sorte.QUESTIONS: "Ce que vous ne savez pas peut rester vide.",
        Sorte.SUITES: "Pour la personne qui consigne; cette feuille ne se distribue pas.",
        Sorte.FIN: f"Une case vide veut dire qu'on ne sait pas, et non {quoted('pas fait')}.",
    }[sorte]
    yield said if sorte is Sorte.SUITES else f"{said} {back}"


def may_be_sent(key: str, text: str, place: Place, now: Mapping[str, str]) -> bool:
    """Whether a cell of a line without its fingerprint may be as it was sent, now or before what happened since."""
    said = fold(text)
    if key == "echeance":
        formers = (former.echeance.texte for former in place.action.echeances_precedentes)
        again = place.action.recurrence  # with the period that was running: « aux 3 mois (30 juin 2021) »
        comes_back = again is not None and re.fullmatch(re.escape(fold(again.texte)) + r" \(.*\)", said)
        return bool(comes_back) or said.startswith(tuple(fold(one) for one in (now[key], *formers) if one))
    if key == "reunion":
        return True
    return said == fold(now[key]) or (key == "consigne" and bool(_SAID.match(said)))


_SAID = re.compile(
    "(?:rien encore|en cours|en attente|a faire|faite? |note (?:d|sans)|propose|partiellement|realisee?|abandonnee?|"
    r"reconduite?|[\d ,.]+\$ depense)"
)


def asked_of(noted: Mapping[str, Sequence[str]], situations: Iterable[Situation | Place]) -> dict[str, str]:
    """What is to be completed of each action, a line each: who, when, then what the comments of its file ask, which
    `selection.questions` found.
    """
    asked: dict[str, str] = {}
    for one in situations:
        lines = [] if one.action.responsables else ["à qui"]
        if isinstance(one.action.echeance, Refus):
            lines.append(f"pour quand{NBSP}: {quoted(one_line(one.action.echeance.texte))} ne se lit pas")
        lines += [_COMMENT.sub("", one_line(comment)) for comment in noted.get(one.id, ())]
        asked[one.id] = "\n".join(lines)
    return asked


_COMMENT = re.compile(rf"^#[ \t]*À COMPLÉTER[ {NBSP}]*:?[ {NBSP}]*", re.IGNORECASE)


def to_whom(name: str) -> str:
    """« à la direction », « au secrétariat », « aux membres », « à l'équipe », « à Jeanne »."""
    article, _, rest = one_line(name).partition(" ")
    contracted = {"le": "au", "les": "aux"}.get(article.lower()) if rest else None
    return f"{contracted} {rest}" if contracted else f"à {one_line(name)}"


def _row(one: Situation, portrait: Portrait, sorte: Sorte, more: dict[str, str]) -> Row:
    plan, nom = portrait.plan, portrait.plan.niveaux.action
    given = given_of(one.place, plan, one) | more
    offered = {Sorte.FIN: OUTCOMES, Sorte.SUITES: DECISIONS}.get(sorte, PROGRESS)
    again = done_again(one.action)
    ranked = sorted(offered, key=lambda choice: not choice.again) if again else [o for o in offered if not o.again]
    given = {key: text.replace(NBSP, " ") for key, text in given.items()}  # which would not fit in narrow cells
    return Row(one.id, given, tuple(choice.said(nom) for choice in ranked), stamp(one.place, plan, given))


def given_of(place: Place, plan: Plan, one: Situation | None = None) -> dict[str, str]:
    """What the given columns say of an action, but for what is to be completed."""
    action, nom = place.action, plan.niveaux.action
    return {
        "ref": place.id,
        "dossier": heading_of(place, plan.niveaux),
        "action": one_line(text_of(action)),
        "echeance": echeance_in_words(one) if one else wording(action.echeance),
        "consigne": known_of(action, nom),
        "responsables": labels(action.responsables, plan.registre),
    }


def known_of(action: Action, nom: Nom) -> str:
    """What is recorded of an action, in the words of a cell: « en cours (mars 2021); 1 200 $ dépensés »."""
    parts = []
    if action.statut and action.statut.closed:
        parts.append(nom.said(action.statut) + (f" {on(action.closed_on)}" if action.closed_on else ""))
    elif action.consignee:
        parts.append(news_of(action, nom, dated=True))
    if note := pending(action):
        words = "ne pas donner suite" if note.propose is Statut.ABANDONNEE else told_of(note)
        parts.append(f"proposé{NBSP}: {words} (à décider)")
    if action.budget and action.budget.reel is not None:
        parts.append(f"{dollars(action.budget.reel)} dépensés")
    return "; ".join(parts) or "rien encore"


# --- the fingerprint --------------------------------------------------------------------------------------


def recorded_of(action: Action, plan: Plan) -> dict[str, str]:
    """What each column to fill in may change, as the plan has it."""
    budget = action.budget
    return {
        "statut": action.statut.value if action.statut else "",
        "echeance": action.echeance.texte,
        "motif": action.motif or "",
        "resultat": action.resultat or "",
        "depense": "" if budget is None or budget.reel is None else f"{budget.reel:.2f}",
        "qui": " ".join(plan.registre.codes(action.responsables)),
    }


_GIVEN = ("dossier", "action", "echeance", "consigne", "responsables", "question", "reunion")


def mark(text: str) -> str:
    """A few signs that are the same for texts that read the same, and else are not."""
    return f"{zlib.crc32(fold(text).encode()):08x}"


def stamp(place: Place, plan: Plan, given: Mapping[str, str]) -> str:
    """What a line was when it was sent: its id, and a mark of each thing that the plan and the line itself said."""
    said = recorded_of(place.action, plan) | {f"g.{key}": given[key] for key in _GIVEN}
    return " ".join([place.id, *(f"{key}={mark(text)}" for key, text in said.items() if text)])


def read_stamp(text: str) -> tuple[str, dict[str, str]]:
    """The id of a line when it was sent, and its marks; nothing of a text that is no fingerprint."""
    found = re.fullmatch(r"\s*(\S+)((?: [a-z.]+=[0-9a-f]{8})+)\s*", text)
    return (found[1], dict(part.split("=") for part in found[2].split())) if found else ("", {})
