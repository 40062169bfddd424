"""PIV3xx: échéances are understood, stand within the plan, and agree with one another."""

from collections.abc import Iterator

from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, INFO, Breach, Breaches, rule
from pivot_cli.checks.subject import Subject
from pivot_cli.echeance import DEFAUT, Echeance, Refus
from pivot_cli.escaping import shell_word
from pivot_cli.plan.model import Origin
from pivot_cli.plan.names import ORGANISME
from pivot_cli.text import capitalized, cited, day_in_words, interval_in_words, quoted


def _wordings(subject: Subject) -> Iterator[tuple[Echeance | Refus, Origin, str]]:
    """Every échéance and recurrence of the plan that a rule may have something to say of, with its place."""
    for place in subject.plan.places:
        read = place.action.echeance
        if read.texte and (isinstance(read, Refus) or read.avis):
            yield read, place.action.origin, "echeance"
    for _, action in subject.enriched:
        if action.recurrence:
            yield action.recurrence, action.origin, "recurrence"
        for former in action.echeances_precedentes:
            if former.echeance.texte:
                yield former.echeance, former.origin, "echeance"
        for note in action.suivi:
            if isinstance(note.propose, Refus):
                yield note.propose, note.origin, "propose"


@rule("PIV301", ERREUR, "échéance non comprise")
def refused_wording(subject: Subject) -> Breaches:
    """Chaque échéance se lit en entier, sans rien deviner.

    Le message dit quel mot n'est pas compris; `pivot deadline "Automne 2020"` montre comment une échéance est lue.

    Fautif :
        echeance: cet automne
    Correct :
        echeance: Automne 2020
    """
    nom = subject.plan.niveaux.action
    for read, origin, key in _wordings(subject):
        if isinstance(read, Refus):
            location, source = origin.at(key), origin.source
            start = source.text.find(read.texte, *origin.span(key))
            if start >= 0 and read.debut_mot < read.fin_mot:  # the file holds the wording as it is: the word at fault
                location = source.location(start + read.debut_mot, start + read.fin_mot)
            message, remedy = nom.retold(read.message, read.remede)
            yield Breach(location, message, remedy, read.message)


@rule("PIV302", INFO, "échéance qui se lit de plus d'une façon")
def ambiguous_wording(subject: Subject) -> Breaches:
    """Une échéance qui se lit de plus d'une façon est lue selon les conventions, et le dit.

    Ce n'est pas une faute. Les conventions se changent dans organisme.yaml, sous « conventions ».

    Fautif :
        echeance: Hiver 2020
    Correct :
        echeance: janvier à mars 2020
    """
    for read, origin, key in _wordings(subject):
        if not isinstance(read, Refus) and read.avis:
            remedy = f"Pour voir comment elle est lue : pivot deadline {shell_word(read.texte, bare=False)}"
            yield Breach(origin.at(key), f"{quoted(read.texte)} se lit de plus d'une façon. {read.avis}", remedy)


@rule("PIV303", AVERTISSEMENT, "échéance hors de la période du plan")
def outside_the_plan(subject: Subject) -> Breaches:
    """Une échéance datée tombe dans la période du plan, là où le plan en donne une.

    Seule celle qui tombe tout entière avant ou après est signalée.

    Fautif :
        periode: {debut: 2020-04-01, fin: 2023-03-31}
        echeance: Mars 2032
    Correct :
        periode: {debut: 2020-04-01, fin: 2023-03-31}
        echeance: Mars 2023
    """
    periode = subject.plan.organisme.periode
    first, last = periode.debut and periode.debut.debut, periode.fin and periode.fin.fin
    if not (first or last) or (first and last and last < first):
        return
    outside: list[Breach] = []
    dated = 0
    for action in (place.action for place in subject.plan.places):
        read = action.echeance
        if not isinstance(read, Echeance) or not (read.debut or read.fin):
            continue
        dated += 1
        after, before = last and (read.debut or read.fin) > last, first and read.fin and read.fin < first  # type: ignore[operator]
        if after or before:
            side = "après la fin" if after else "avant le début"
            message = f"{cited(read.texte)} tombe {side} du plan ({interval_in_words(first, last)})."
            remedy = "Corrigez l'échéance, ou la période dans organisme.yaml."
            outside.append(Breach(action.origin.at("echeance"), message, remedy))
    if len(outside) > 2 and 2 * len(outside) > dated:  # it is the period that is wrong
        message = f"{len(outside)} des {dated} échéances datées tombent hors de cette période."
        at = subject.plan.organisme.origin.at("periode")
        outside = [Breach(at, message, "Vérifiez le début et la fin de la période.")]
    yield from outside


@rule("PIV304", AVERTISSEMENT, "action due avant celle dont elle dépend")
def due_before_what_it_needs(subject: Subject) -> Breaches:
    """Une action n'est pas due avant celles dont elle dépend.

    Seule est signalée celle dont le dernier jour vient avant le premier jour de l'autre, tant que les deux restent à
    faire.

    Fautif :
        - numero: 1
          echeance: Juin 2021
        - numero: 2
          echeance: Mars 2021
          depend_de: [1.adm.1.1]
    Correct :
        - numero: 1
          echeance: Juin 2021
        - numero: 2
          echeance: Septembre 2021
          depend_de: [1.adm.1.1]
    """
    for place, rank, other in subject.dependencies:
        mine, theirs = place.action.echeance, other.action.echeance
        closed = [one.action.statut is not None and one.action.statut.closed for one in (place, other)]
        if any(closed) or isinstance(mine, Refus) or isinstance(theirs, Refus) or mine.fin is None:
            continue
        needed = theirs.debut or theirs.fin
        # What waits for itself is told so (PIV210), and has no right order.
        if needed and mine.fin < needed and subject.loops.groups[place.id] != subject.loops.groups[other.id]:
            nom = subject.plan.niveaux.action
            is_due = f"est {nom.pick('dû', 'due')} avant {other.id}"
            due = f"{capitalized(nom.le)} {place.id} ({cited(mine.texte)}) {is_due}"
            message = f"{due} ({cited(theirs.texte)}), dont {nom.il} dépend."
            remedy = "Revoyez l'une des deux échéances, ou retirez la dépendance."
            yield Breach(place.action.origin.at("depend_de", rank), message, remedy)


@rule("PIV305", ERREUR, "période qui finit avant de commencer")
def backward_period(subject: Subject) -> Breaches:
    """Le plan finit après avoir commencé.

    Fautif :
        periode:
          debut: 2023-04-01
          fin: 2020-03-31
    Correct :
        periode:
          debut: 2020-04-01
          fin: 2023-03-31
    """
    periode = subject.plan.organisme.periode
    if periode.debut and periode.fin and periode.fin.fin < periode.debut.debut:
        message = f"La période finit le {day_in_words(periode.fin.fin)}, avant de commencer."
        remedy = f"Écrivez une fin qui suit le {day_in_words(periode.debut.debut)}, ou corrigez le début."
        yield Breach(periode.origin.at("fin"), message, remedy)


@rule("PIV306", ERREUR, "conventions qui se contredisent")
def clashing_conventions(subject: Subject) -> Breaches:
    """Les conventions d'organisme.yaml s'accordent entre elles.

    Ce qui se compte par exercice demande que l'on dise quand l'exercice commence; le début d'un mois finit avant son
    milieu.

    Fautif :
        conventions:
          annees_jumelees: exercice
    Correct :
        conventions:
          annees_jumelees: exercice
          debut_exercice: 1er avril
    """
    if ORGANISME in subject.lost:
        return
    conventions, origin = subject.plan.organisme.conventions, subject.plan.organisme.origin
    fiscal = [key for key in ("annees_jumelees", "trimestres") if getattr(conventions, key) == "exercice"]
    if fiscal and conventions.debut_exercice is None:
        message = f"{quoted(f'{fiscal[0]}: exercice')} demande de savoir quand l'exercice commence."
        yield Breach(origin.at("conventions", fiscal[0]), message, "Ajoutez par exemple « debut_exercice: 1er avril ».")
    if conventions.debut_mois >= conventions.mi_mois:
        key = "debut_mois" if conventions.debut_mois != DEFAUT.debut_mois else "mi_mois"
        message = f"Le début d'un mois finirait le {conventions.debut_mois}, et son milieu le {conventions.mi_mois}."
        remedy = "Écrivez un « debut_mois » plus petit que « mi_mois », par exemple 10 et 20."
        yield Breach(origin.at("conventions", key), message, remedy)
