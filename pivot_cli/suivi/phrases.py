"""What screens and documents say of a plan in the same words: what is recorded, readings, people, amounts.

Nothing here knows where it is shown: texts of the plan come out on one line, without control characters, and
whoever shows them escapes what its format asks.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pivot_cli.echeance import DateConsignee, Echeance, Refus
from pivot_cli.plan.model import (
    LABELS,
    Action,
    Budget,
    EcheancePrecedente,
    Indicateur,
    Orientation,
    Place,
    Plan,
    Registre,
    Responsable,
    Statut,
    Suivi,
    Volet,
)
from pivot_cli.plan.nouns import Niveaux, Nom
from pivot_cli.suivi.etat import Etat, Portrait, Situation, by_etat, count, grouped
from pivot_cli.suivi.horizon import last_named, plan_end, years_of
from pivot_cli.suivi.when import (
    decided_on,
    done_again,
    elapsed_since,
    of,
    on,
    recorded_day,
    recurrent,
    rhythms,
    short_day,
    wording,
    wordings,
)
from pivot_cli.text import (
    NBSP,
    capitalized,
    clean,
    counted,
    day_in_words,
    dollars,
    elapsed_in_words,
    figure,
    fold,
    interval_in_words,
    listed,
    month_in_words,
    of_word,
    one_line,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pivot_cli.suivi.selection import Selection, Tri

ACTION = Niveaux().action
"""What an action is called in a plan that does not say."""

ETATS = {
    Etat.REALISEE: "Réalisées",
    Etat.ABANDONNEE: "Abandonnées",
    Etat.RECONDUITE: "Reconduites",
    Etat.EN_RETARD: "Échéance passée, avec des nouvelles",
    Etat.A_CONFIRMER: "Échéance passée, à confirmer",
    Etat.PROCHE: "Échéance proche",
    Etat.EN_COURS: "En cours",
    Etat.A_VENIR: "À venir",
    Etat.EN_CONTINU: "En continu",
    Etat.A_COMMENCER: "À commencer",
    Etat.A_DETERMINER: "Échéance à déterminer",
}
"""What the actions of an état are called together, by that noun; `together` says it by the plan's."""

ETATS_ASKED = {etat: "échéance passée" if etat.passed else etat.value for etat in Etat}
"""What each état is called where one is asked for: both that have passed are one."""


def together(etat: Etat, nom: Nom) -> str:
    """What those of an état are called together: « Réalisés » of jalons."""
    return capitalized(nom.said(etat, 2)) if etat.closed else ETATS[etat]


GROUPS: tuple[tuple[str, str, tuple[Etat, ...]], ...] = (
    ("Réal.", "réalisée", (Etat.REALISEE,)),
    ("Passée", "échéance passée", (Etat.EN_RETARD, Etat.A_CONFIRMER)),
    ("Proche", "échéance proche", (Etat.PROCHE,)),
    ("Plus tard", "plus tard", (Etat.EN_COURS, Etat.A_VENIR)),
    ("Sans date", "sans date", tuple(etat for etat in Etat if etat.undated)),
    ("Aband.", "abandonnée", (Etat.ABANDONNEE,)),
    ("Recond.", "reconduite", (Etat.RECONDUITE,)),
)
"""Where there is little room, états are counted together: a heading, words in a sentence, and what they gather."""


def by_group(situations: Iterable[Situation]) -> list[int]:
    """How many actions are in each of the `GROUPS`; every action is in one."""
    return in_groups(count(situations))


def in_groups(numbers: Mapping[Etat, int]) -> list[int]:
    """As `by_group`, of what is counted already."""
    return [sum(numbers[etat] for etat in etats) for _, _, etats in GROUPS]


def groups_in_words(numbers: Sequence[int], nom: Nom = ACTION) -> str:
    """« 2 réalisées, 5 échéances passées », of how many are in each of the `GROUPS`."""
    told = zip(GROUPS, numbers, strict=True)
    return ", ".join(f"{number}{NBSP}{agreed(word, number, nom)}" for (_, word, _), number in told if number)


def agreed(word: str, number: int, nom: Nom = ACTION) -> str:
    """The words of one of the `GROUPS`, as they agree with so many of what they are said of."""
    if word.startswith(("plus", "sans")):
        return word
    if " " in word:
        return word if number < 2 else f"{word.replace(' ', 's ')}s"
    return nom.said(word, number)


def passed_among(passed: Sequence[Situation], total: int, portrait: Portrait) -> str:
    """« 2 échéances passées sur 5, la première depuis 9 mois »."""
    said = f"{counted(len(passed), 'échéance passée', 'échéances passées')} sur {total}"
    return ", ".join(filter(None, (said, since_first(passed, portrait))))


def since_first(passed: Sequence[Situation], portrait: Portrait) -> str:
    """« depuis 9 mois », « la première depuis 9 mois »; nothing once the plan's time is over."""
    since = elapsed_since(passed, portrait)
    return f"{'la première ' if len(passed) > 1 else ''}depuis {since}" if since else ""


# --- the plan as a whole ----------------------------------------------------------------------------------


def no_action(plan: Plan) -> str:
    """What is said of a plan in which nothing was read."""
    nom = plan.niveaux.action
    return f"{capitalized(nom.aucun)} n'a été {nom.agreed('lu')} dans le plan."


def plan_title(plan: Plan) -> str:
    """What the plan is called, alone or in a heading: « Plan d'action MADA 2021-2024 », « Plan stratégique »."""
    return one_line(plan.organisme.plan.titre or "") or "Plan stratégique"


def plan_inside(plan: Plan) -> str:
    """What it is called inside a sentence, where an article stands before it: « plan », « plan stratégique »."""
    return "plan" if plan.organisme.plan.titre else "plan stratégique"


def named_title(plan: Plan) -> str:
    """Whose plan it is and what it is called, in a title: « Le Pivot · plan stratégique »."""
    name, title = one_line(plan.organisme.nom), plan_title(plan)
    said = title if plan.organisme.plan.titre else f"{plan_inside(plan)} {years_told(plan)}".rstrip()
    return f"{name} · {said}" if name else title


def with_years(name: str, plan: Plan) -> str:
    """What a plan is called, with its years where it has no title and follows another."""
    return name if plan.organisme.plan.titre else f"{name} {years_told(plan)}".rstrip()


def years_told(plan: Plan, au: date | None = None) -> str:
    """The years that tell a plan without a title from the others: of one that follows another, or that is over at a
    day; nothing for the only one.
    """
    end = plan_end(plan)
    over = au is not None and end is not None and end < au
    return years_of(plan) if plan.organisme.plan.suite_de or over else ""


def span_of(plan: Plan) -> str:
    """« 93 actions · échéances de février 2019 à décembre 2021 »."""
    start, end = plan.debut, last_named(plan)
    if start is None or end is None:
        return plan.niveaux.action.counted(len(plan.places))
    said = "plan" if plan.organisme.periode.debut else "échéances"
    span = f"{of_word(month_in_words(start))} à {month_in_words(end)}"
    return f"{plan.niveaux.action.counted(len(plan.places))} · {said} {span}"


def as_recorded_today(portrait: Portrait, today: date) -> str:
    """What a day in the past must be read with; nothing where nothing is recorded."""
    if portrait.au >= today or not any(place.action.consignee for place in portrait.plan.places):
        return ""
    return f"Tel que consigné aujourd'hui, sans ce qui porte une date postérieure au {day_in_words(portrait.au)}."


def incomplete(plan: Plan) -> str:
    """What could not be read of a plan, and is counted nowhere; empty for a whole plan."""
    if not plan.unread:
        return ""
    files = listed([one_line(file) for file in plan.unread])
    several = len(plan.unread) > 1
    read, those = ("n'ont pas pu être lus", "ces fichiers") if several else ("n'a pas pu être lu", "ce fichier")
    return f"Plan incomplet{NBSP}: {files} {read}; rien de {those} n'est compté ici."


def recorded(situations: Sequence[Situation], nom: Nom = ACTION) -> str:
    """What is recorded of some actions and what is not, and how to read what follows."""
    unconfirmed = any(one.etat is Etat.A_CONFIRMER for one in situations)
    return recorded_of(sum(one.action.consignee for one in situations), len(situations), nom, unconfirmed=unconfirmed)


def recorded_of(number: int, total: int, nom: Nom = ACTION, *, unconfirmed: bool) -> str:
    """As `recorded`, of what is counted already."""
    text = f"Avancement consigné{NBSP}: {nom.counted(number)} sur {figure(total)}."
    if not unconfirmed:
        return text
    if number:
        return f"{text} Là où rien n'est écrit, une échéance passée est à confirmer."
    return f"{text} Une échéance passée est donc à confirmer; elle ne veut pas dire {quoted('pas fait')}."


def time_over(portrait: Portrait) -> str:
    """What a plan says once its last échéance has passed: no more counting of days, but what to do."""
    nom = portrait.plan.niveaux.action
    still_open = sum(1 for one in portrait.situations if one.open)
    if not (over := over_since(portrait)):
        return ""
    if not still_open:
        return f"{over} {nom.pick('Tous', 'Toutes')} ses {nom.pluriel} sont {nom.agreed('fermé', 2)}."
    done, given_up, carried_over = (together(etat, nom).lower() for etat in Etat if etat.closed)
    remain = f"{nom.counted(still_open)} {'reste' if still_open == 1 else 'restent'} à fermer"
    return f"{over} {remain}{NBSP}: {done}, {given_up}, ou {carried_over} dans le prochain plan."


def over_since(portrait: Portrait) -> str:
    """Since when the plan's time is over; nothing where it is not."""
    if (end := plan_end(portrait.plan)) is None or not portrait.over:
        return ""
    adopted = " adoptée" if last_named(portrait.plan) != end else ""  # others were moved beyond
    what = "il finissait" if portrait.plan.organisme.periode.fin else f"sa dernière échéance{adopted} était"
    return f"Le temps du plan est écoulé{NBSP}: {what} en {month_in_words(end)}."


def comment_on(etat: Etat, situations: Sequence[Situation], nom: Nom = ACTION) -> str:
    """What is worth knowing of the actions of an état, beside their number."""
    if etat is Etat.EN_RETARD:
        return news_in_words(situations, nom)
    if etat.passed:
        days = Counter(s.passee_le for s in situations if s.passee_le)
        day, number = max(days.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        return f"dont {number} le {day_in_words(day)}" if day and 3 <= number < len(situations) else ""
    if etat in (Etat.A_VENIR, Etat.PROCHE):
        again = [s for s in situations if recurrent(s.action)]
        some = f"dont {len(again)} " if len(again) < len(situations) else ""
        return f"{some}à refaire ({rhythms(again)})" if again else ""
    if etat in (Etat.A_COMMENCER, Etat.A_DETERMINER):
        return wordings(situations)
    return ""


def counts_in_words(situations: Iterable[Situation], portrait: Portrait) -> Iterator[tuple[Etat, str, int, str]]:
    """Each état that applies to an action, and « réalisée » always: what its actions are called together, how many,
    and what is worth knowing of them. Those that are near come with the end of the horizon.
    """
    nom = portrait.plan.niveaux.action
    for etat, some in by_etat(situations).items():
        begun = [one for one in some if one.entamee and etat is Etat.A_VENIR]
        if begun:
            days = sorted(Counter(one.prochaine for one in begun if one.prochaine).items())
            first = f"d'ici le {day_in_words(days[0][0])}"
            name = f"À mener {first}" if len(days) == 1 else "À mener (période commencée)"
            comments = [f"dont {days[0][1]} {first}" if len(days) > 1 else "", comment_on(etat, begun, nom)]
            yield etat, name, len(begun), "; ".join(filter(None, comments))
            some = [one for one in some if not one.entamee]  # noqa: PLW2901 - what is left of it
        if some or etat is Etat.REALISEE:
            near = f" (d'ici le {short_day(portrait.look.horizon_end, portrait.au)})" if etat is Etat.PROCHE else ""
            yield etat, f"{together(etat, nom)}{near}", len(some), comment_on(etat, some, nom)


def asked_in_words(selection: Selection, plan: Plan, *, inside: bool = False) -> str:
    """What is asked for, as the opening of a sentence or as what comes `inside` of one: « structure », Direction
    générale, orientation 3; nothing where everything is.
    """
    niveaux = plan.niveaux
    parts = [" ".join(map(quoted, selection.mots)), listed([one_line(who.nom) for who in selection.responsables], "ou")]
    numbers = list(map(str, selection.orientations))
    parts += [f"{niveaux.orientation.named(numbers)} {listed(numbers)}" if numbers else ""]
    parts += [f"{plan.dossier.nom} {listed(list(selection.objectifs), 'ou')}" if selection.objectifs else ""]
    parts += [listed(list(_etats_asked(selection.etats, niveaux.action)), "ou")]
    if selection.avant or selection.apres:
        parts.append(f"échéance {interval_in_words(selection.apres, selection.avant)}")
    if selection.sans_nouvelles is not None:
        parts.append(f"sans nouvelles depuis {counted(selection.sans_nouvelles, 'mois', 'mois')}")
    if selection.a_completer is not None:
        parts.append("à compléter")
    if selection.a_fermer:
        parts.append("à fermer")
    said = ", ".join(filter(None, parts))
    return said if inside else said[:1].upper() + said[1:]


def kept_in_words(selection: Selection | None, kept: Sequence[Situation], plan: Plan) -> str:
    """« Direction générale, orientation 3 : 9 actions sur 93. »; nothing where everything is asked for."""
    asked = asked_in_words(selection, plan) if selection else ""
    number = plan.niveaux.action.counted(len(kept)) if kept else plan.niveaux.action.aucun
    return f"{asked}{NBSP}: {number} sur {len(plan.places)}." if asked else ""


def _etats_asked(etats: tuple[Etat, ...], nom: Nom) -> dict[str, None]:
    """What the états are called together: one of the two that have passed by its own words."""
    both = all(etat in etats for etat in Etat if etat.passed)
    alone = {etat: ETATS[etat].lower() for etat in Etat if etat.passed and not both}
    return dict.fromkeys(nom.said((ETATS_ASKED | alone)[etat]) for etat in etats)


def under_headings(
    situations: Sequence[Situation], plan: Plan, tri: Tri = "plan"
) -> Iterator[tuple[str, list[Situation]]]:
    """Actions in their order (`selection.in_order`), each under one heading: its objectif in that of the plan, who has
    it in that of the responsables, none in that of the échéances.
    """
    if tri == "echeance":
        yield "", list(situations)
    elif tri == "responsable":
        for codes, together in groupby(situations, key=lambda one: plan.registre.codes(one.action.responsables)):
            yield people(codes, plan) or "À attribuer", list(together)
    else:
        for some in grouped(situations, "objectif"):
            yield f"{some[0].place.objectif_id}  {heading_of(some[0].place, plan.niveaux)}", some


# --- levels -----------------------------------------------------------------------------------------------


def number_in_document(reference: str | None, noun: Nom) -> str:
    """The number that the document itself gives a level, as it follows its noun: « A » of « Axe A »."""
    said = one_line(reference or "")
    noun_too = fold(said).startswith(f"{fold(noun.nom)} ")
    number = (said[len(noun.nom) :] if noun_too else said).strip(" .")
    return number.removesuffix(":").rstrip() if number.count(":") == 1 else number  # « Axe A : »


def number_of(orientation: Orientation, niveaux: Niveaux) -> int | str:
    """What follows the noun of an orientation: its number in the document, else its own."""
    return number_in_document(orientation.reference, niveaux.orientation) or orientation.numero


def heading_of(place: Place, niveaux: Niveaux) -> str:
    """The title of what an action is gathered under, its number in the document first: « A1. Attirer des médecins »."""
    level = place.levels[-1]
    return _headed(number_in_document(level.reference, getattr(niveaux, level.key)), level.titre)


def orientation_heading(orientation: Orientation, niveaux: Niveaux) -> str:
    """The title of an orientation, its number in the document first: « A. L'accès aux soins »."""
    return _headed(number_in_document(orientation.reference, niveaux.orientation), orientation.titre)


def _headed(number: str, title: str) -> str:
    return f"{number}. {one_line(title)}" if number else one_line(title)


def volet_called(volet: Volet, niveaux: Niveaux) -> str:
    """« volet ressources humaines », where its name can follow its noun; « volet V2 : Le jeu », « volet : Le jeu »."""
    noun, name = niveaux.volet, one_line(volet.nom)
    if follows_its_noun(volet):
        return f"{noun.nom} {name.lower()}"
    return f"{f'{noun.nom} {number_in_document(volet.reference, noun)}'.rstrip()}{NBSP}: {name}"


def follows_its_noun(volet: Volet) -> bool:
    """Whether the name of a volet can follow its noun: « volet administratif », but not « volet le jeu »."""
    name = one_line(volet.nom)
    return not (volet.reference or _STANDS_ALONE.match(name) or name[1:].lower() != name[1:])


_STANDS_ALONE = re.compile(
    r"(?:l[ea]s?|une?|des|du|nos|notre|bien|mieux|vers|pour)\b|l['’]|\w+(?:er|ir|re)\b", re.IGNORECASE
)


# --- people -----------------------------------------------------------------------------------------------


def label_of(who: Responsable) -> str:
    """The short name of a responsable, which no line breaks."""
    return one_line(who.label).replace(" ", NBSP)


@lru_cache(maxsize=4096)  # a plan has few teams, each with many actions; to hash a whole plan would take longer
def labels(names: tuple[str, ...], registre: Registre, without: tuple[Responsable, ...] = ()) -> str:
    """Who is responsible, in short names: « CA, Tech. inf. »; a dash when there is nobody (else)."""
    left_out = {who.code for who in without}
    found = [(registre.find(name), name) for name in names]
    kept = [label_of(who) if who else one_line(name) for who, name in found if who is None or who.code not in left_out]
    return ", ".join(dict.fromkeys(kept)) or ("–" if names else "à attribuer")


def unassigned(situations: Iterable[Situation], plan: Plan) -> str:
    """« À attribuer : 2 actions (1.3, 2.2) »; nothing where each has somebody."""
    nobody = of_nobody(situations)
    return f"À attribuer{NBSP}: {plan.niveaux.action.counted(len(nobody))} ({first_ids(nobody)})" if nobody else ""


def of_nobody(situations: Iterable[Situation]) -> list[Situation]:
    """Those that are to be attributed: open, without a responsable."""
    return [one for one in situations if one.open and not one.action.responsables]


def first_ids(some: Sequence[Situation]) -> str:
    """« 1.3, 2.2 », and « … » where there are many."""
    return ", ".join(one.id for one in some[:_MOST_NAMED]) + (", …" if len(some) > _MOST_NAMED else "")


_MOST_NAMED = 8  # ids in a sentence


def short_names(
    situations: Iterable[Situation], plan: Plan, without: Sequence[Responsable] = ()
) -> list[tuple[str, str]]:
    """What each short name that these actions show stands for, by short name."""
    left_out = {who.code for who in without}
    said: dict[str, str] = {}
    for name in dict.fromkeys(name for one in situations for name in one.action.responsables):
        who = plan.registre.find(name)
        if who and who.code not in left_out and who.nom != who.label:
            said.setdefault(label_of(who), one_line(who.nom))
    return sorted(said.items())


def people(names: Iterable[str], plan: Plan) -> str:
    """Who, by full name with the code that commands take."""
    found = [(plan.registre.find(name), name) for name in names]
    return listed([f"{one_line(who.nom)} ({who.code})" if who else one_line(name) for who, name in found])


# --- one action -------------------------------------------------------------------------------------------


def title_of(action: Action) -> str:
    """What an action is called where there is little room, its number in the document first."""
    return _numbered(action, one_line(action.titre_court or action.description))


def text_of(action: Action) -> str:
    """The whole of what is to be done, its number in the document first."""
    return _numbered(action, clean(action.description))


def _numbered(action: Action, said: str) -> str:
    return f"{one_line(action.reference)} {said}" if action.reference else said


def etat_in_words(one: Situation, portrait: Portrait) -> str:
    """The état of an action and what it rests on."""
    since = "" if one.passee_le is None or portrait.over else f" depuis {elapsed_in_words(one.passee_le, portrait.au)}"
    nom = portrait.plan.niveaux.action
    said, news = nom.said(one.etat), news_of(one.action, nom) if one.open and one.action.consignee else ""
    due = day_in_words(one.prochaine) if one.prochaine else ""
    if one.etat.passed:
        said, news = f"échéance passée{since}, {_beside(one, nom)}", ""
    elif one.etat is Etat.EN_COURS:
        until = "à mener d'ici le" if one.entamee else f"{nom.agreed('prévu')} pour le"
        said, news = f"{news}, {until} {due}", ""
    elif due:
        said = f"à mener d'ici le {due}" if one.entamee and one.etat is Etat.A_VENIR else f"{said}{NBSP}: {due}"
    if one.action.closed_on:
        return f"{said} {on(one.action.closed_on)}"
    said = f"{said}; {news}" if news else said
    if not one.sans_realisation:
        return said
    if len(one.fenetres) == 1:
        return f"{said}; rien n'est consigné pour la dernière période"
    return f"{said}; {one.sans_realisation} des {len(one.fenetres)} dernières périodes sans réalisation consignée"


def short_etat(one: Situation, nom: Nom = ACTION) -> str:
    """The état of an action in the words of a cell: « échéance passée, en attente : la subvention »."""
    return f"échéance passée, {_beside(one, nom)}" if one.etat.passed else nom.said(one.etat)


def _beside(one: Situation, nom: Nom) -> str:
    """What stands beside a passed échéance: what is recorded of it, or that nothing is."""
    return one.etat.value if one.etat is Etat.A_CONFIRMER else news_of(one.action, nom)


_UNDER_WAY = {
    Statut.A_FAIRE: "à faire",
    Statut.EN_COURS: "en cours",
    Statut.EN_ATTENTE: "en attente",
    Statut.PARTIELLE: "faite en partie",
}
"""What is recorded of an open action, said of an action: `_done` says it of what the plan has."""


def _done(words: str, nom: Nom, number: int = 1) -> str:
    """What was said to be « faite », as it agrees with so many: « faits en partie » of jalons."""
    return words.replace("faite", nom.agreed("fait", number))


def news_of(action: Action, nom: Nom = ACTION, *, dated: bool = False) -> str:
    """What is recorded of an open action: « en attente : la subvention », « faite en partie »; without a statut, when
    it was last done or last noted. `dated` adds the day of the statut.
    """
    if action.statut:
        day = f" ({recorded_day(action.statut_le)})" if dated and action.statut_le else ""
        why = one_line(action.motif or "") if action.statut is Statut.EN_ATTENTE else ""
        return f"{_done(_UNDER_WAY[action.statut], nom)}{day}{f'{NBSP}: {why}' if why else ''}"
    events = [(f"{nom.agreed('fait')} {on(when)}", when.debut) for when in times_done(action)]
    events += [(noted(note), note.date.debut if note.date else date.min) for note in action.nouvelles]
    return max(events, key=lambda event: event[1])[0]


def times_done(action: Action) -> list[DateConsignee]:
    """The days at which it is recorded as done, once or again and again."""
    return [*action.realisations, *filter(None, (action.realisee_le,))]


def latest_note(action: Action) -> Suivi | None:
    """The note of the latest day that tells something new; those without a day come before."""
    return max(action.nouvelles, key=lambda note: note.date.debut if note.date else date.min, default=None)


def noted(note: Suivi) -> str:
    """« note du 15 février 2019 », « note sans date »."""
    return f"note {of(note.date)}" if note.date else "note sans date"


def news_in_words(situations: Sequence[Situation], nom: Nom = ACTION) -> str:
    """« 5 en cours, 4 en attente, 2 faites en partie »: what is recorded of actions whose échéance has passed."""
    kinds = Counter(_kind_of_news(one.action) for one in situations)
    ranked = sorted(kinds.items(), key=lambda kind: (kind[0] not in _UNDER_WAY.values(), -kind[1]))  # statuts first
    many = {words: words.replace("note", "notes") if number > 1 else words for words, number in ranked}
    return ", ".join(f"{number} {_done(many[words], nom, number)}" for words, number in ranked)


def _kind_of_news(action: Action) -> str:
    """What is recorded of an open action, in the words in which such actions are counted."""
    if action.statut:
        return _UNDER_WAY[action.statut]
    return "déjà faite" if times_done(action) else "note"


def passed_in_words(passed: Sequence[Situation], nom: Nom = ACTION) -> str:
    """« 26 à confirmer, 11 avec des nouvelles (5 en cours, 4 en attente…) »: actions whose échéance has passed."""
    of_etat = by_etat(passed)
    silent, told = of_etat[Etat.A_CONFIRMER], of_etat[Etat.EN_RETARD]
    unknown = f"{len(silent)} à confirmer" if silent else ""
    news = f"{len(told)} avec des nouvelles ({news_in_words(told, nom)})" if told else ""
    return ", ".join(filter(None, (unknown, news)))


_HISTORY = ("echeances_precedentes", "realisations", "realisee_le", "suivi")


def label_of_field(key: str, nom: Nom = ACTION) -> str:
    """What stands before a field of an action; « Réalisé », « Reporté », « Fait » of a jalon."""
    said = LABELS[key]
    return capitalized(nom.agreed(said.lower().removesuffix("e"))) if key in _HISTORY[:3] else said


def record_of(action: Action, plan: Plan, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """What was added to the adopted document, label by label, but for its history and what is shown elsewhere."""
    nom = plan.niveaux.action
    labels_then = LABELS | ({"decision": "Était demandé"} if action.statut and action.statut.closed else {})
    for key, label in labels_then.items():
        value = getattr(action, key)
        if key not in _HISTORY and key not in without and value is not None and value != ():
            yield label, people([value], plan) if key == "porteur" else _in_words(value, nom)


def _in_words(value: Any, nom: Nom) -> str:
    """What is written in a field of an action, whatever its kind."""
    if isinstance(value, Statut):
        return nom.said(value)
    if isinstance(value, DateConsignee):
        return recorded_day(value)
    if isinstance(value, Echeance | Refus):
        return one_line(value.texte)
    if isinstance(value, Budget | Indicateur):
        return budget_in_words(value) if isinstance(value, Budget) else _indicator(value)
    if isinstance(value, tuple):
        return ("; " if isinstance(value[0], Indicateur) else ", ").join(_in_words(one, nom) for one in value)
    return one_line(str(value))


def _indicator(value: Indicateur) -> str:
    """« personnes rejointes, cible : 100, atteint : 40 »."""
    more = (("cible", value.cible), ("atteint", value.atteint))
    return ", ".join([one_line(value.libelle), *(f"{word}{NBSP}: {one_line(text)}" for word, text in more if text)])


def history_of(action: Action, nom: Nom = ACTION) -> Iterator[tuple[str, str]]:
    """What happened to an action, in order: échéances moved, times done, notes; what has no date comes first."""
    told = [("echeances_precedentes", former.decide_le, move) for former, move in _moves(action)]
    told += [("realisations", when, recorded_day(when)) for when in action.realisations]
    told += [("realisee_le", when, recorded_day(when)) for when in (action.realisee_le,) if when]
    told += [("suivi", note.date, _note(note)) for note in action.suivi]
    told.sort(key=lambda event: event[1].debut if event[1] else date.min)
    return ((label_of_field(key, nom), text) for key, _, text in told)


def _moves(action: Action) -> Iterator[tuple[EcheancePrecedente, str]]:
    """« de « Mars 2019 » à « Mai 2019 », décidé le 15 février 2019 (Poste vacant) »."""
    wordings = [*(former.echeance for former in action.echeances_precedentes), action.echeance]
    for former, new in zip(action.echeances_precedentes, wordings[1:], strict=True):
        moved = f"de {quoted(wording(former.echeance))} à {quoted(wording(new))}"
        decided = f", {decided_on(former.decide_le)}" if former.decide_le else ""
        resolution = f"résolution {one_line(former.resolution)}" if former.resolution else ""
        why = "; ".join(filter(None, (one_line(former.motif or ""), resolution)))
        yield former, f"{moved}{decided}{f' ({why})' if why else ''}"


def _note(note: Suivi) -> str:
    when = recorded_day(note.date) if note.date else "sans date"
    who = f", {one_line(note.par)}" if note.par else ""
    return f"{when}{who}{NBSP}: {one_line(note.note)}"


def command_to_record(one: Situation, when: str = "mois année") -> str:
    """The command that says of an action that it was done, its date left to be written."""
    done = "--realisation" if done_again(one.action) else "--statut réalisée --le"
    return f'pivot note {one.id} {done} "{when}"'


def budget_in_words(budget: Budget) -> str:
    """« prévu 1 500 $, réel 1 450 $, source : Centraide »."""
    amounts = (("prévu", budget.prevu), ("réel", budget.reel))
    parts = [f"{word} {dollars(amount)}" for word, amount in amounts if amount is not None]
    parts += [f"source{NBSP}: {one_line(budget.source)}"] if budget.source else []
    parts += [one_line(budget.precision)] if budget.precision else []
    return ", ".join(parts)


def spent_in_words(budget: Budget) -> str:
    """« 1 100 $ dépensés sur 1 200 $ »; of one amount only, as `budget_in_words` says it."""
    if budget.prevu is None or budget.reel is None:
        return budget_in_words(budget)
    beside = budget_in_words(budget._replace(prevu=None, reel=None))
    return ", ".join(filter(None, (f"{dollars(budget.reel)} dépensés sur {dollars(budget.prevu)}", beside)))
