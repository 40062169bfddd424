"""What a plan calls its levels, and what agrees with it."""

from __future__ import annotations

from pace import table
from support import SMALL, load_texts

from pivot_cli.echeance import Refus, parse
from pivot_cli.plan.nouns import KNOWN, Niveaux, Nom
from pivot_cli.text import fold

NB = "\N{NO-BREAK SPACE}"

AGREED = [  # a noun, what is said of it
    ("fiche", "la fiche|de la fiche|à la fiche|de fiche|une fiche|aucune fiche|cette fiche|2 fiches réalisées"),
    ("jalon", "le jalon|du jalon|au jalon|de jalon|un jalon|aucun jalon|ce jalon|2 jalons réalisés"),
    ("axe", "l'axe|de l'axe|à l'axe|d'axe|un axe|aucun axe|cet axe|2 axes réalisés"),
    ("tâche", "la tâche|de la tâche|à la tâche|de tâche|une tâche|aucune tâche|cette tâche|2 tâches réalisées"),
    ("action", "l'action|de l'action|à l'action|d'action|une action|aucune action|cette action|2 actions réalisées"),
    ("enjeu", "l'enjeu|de l'enjeu|à l'enjeu|d'enjeu|un enjeu|aucun enjeu|cet enjeu|2 enjeux réalisés"),
]


@table(("name", "said"), AGREED)
def test_words_agree_with_a_noun(name: str, said: str) -> None:
    one: Nom = KNOWN[fold(name)]
    made = (one.le, one.du, one.au, one.de, one.un, one.aucun, one.ce, one.counted(2, "réalisé").replace(NB, " "))
    assert "|".join(made) == said


def test_one_and_none_are_singular() -> None:
    fiche = KNOWN["fiche"]
    assert [fiche.counted(number, "confié").replace(NB, " ") for number in (0, 1, 2)] == [
        "0 fiche confiée",
        "1 fiche confiée",
        "2 fiches confiées",
    ]
    assert fiche.agreed("mis", 3) == "mises"
    assert KNOWN["but"].agreed("mis", 3) == "mis"


def test_what_stands_for_a_noun_agrees_with_it() -> None:
    said = {
        name: f"{one.il}|{one.s_il}|{one.son}|{one.said('partiellement réalisée')}|{one.said('reconduite', 2)}"
        for name in ("fiche", "jalon", "activite")
        for one in (KNOWN[name],)
    }
    assert said == {
        "fiche": "elle|si elle|sa fiche|partiellement réalisée|reconduites",
        "jalon": "il|s'il|son jalon|partiellement réalisé|reconduits",
        "activite": "elle|si elle|son activité|partiellement réalisée|reconduites",
    }
    assert KNOWN["jalon"].said("en attente") == "en attente"
    assert [KNOWN["jalon"].named(some) for some in ([2], [2, 3])] == ["jalon", "jalons"]


def test_what_is_said_of_the_usual_levels_is_said_of_those_of_the_plan() -> None:
    own = Niveaux(KNOWN["axe"], KNOWN["objectif"], KNOWN["cible"], KNOWN["jalon"])
    told = (
        "L'action 2 et les actions d'un volet; de l'action écrite à la ligne 3, de l'objectif, « l'action »\nl'action"
    )
    said = "Le jalon 2 et les jalons d'un objectif; du jalon écrit à la ligne 3, de la cible, « l'action »\nl'action"
    assert own.retold(told) == said
    assert Niveaux().retold(told) == told


RETOLD = [  # what is said of an action, of a jalon, of a mesure
    ("bientôt", "s'il revient", "si elle revient"),
    ("jusqu'en mars 2020 et en continu", "Si le jalon est fait à temps", "Si la mesure est faite à temps"),
    (
        "mars 2020 (en cours)",
        "où en est le jalon, et non pour quand il est prévu.",
        "et non pour quand elle est prévue.",
    ),
    ("31 février 2020", "", ""),
]


@table(("wording", "jalon", "mesure"), RETOLD)
def test_a_refusal_is_told_of_what_the_plan_has(wording: str, jalon: str, mesure: str) -> None:
    read = parse(wording)
    assert isinstance(read, Refus)
    for name, said in (("jalon", jalon), ("mesure", mesure)):
        told = " ".join(KNOWN[name].retold(read.message, read.remede))
        assert said in told
        assert "l'action" not in told
    assert KNOWN["action"].retold(read.message, read.remede) == (read.message, read.remede)


READ = [  # what `organisme.yaml` says, the action's noun, the fault
    ("plan: {niveaux: {action: mesure}}", Nom("mesure", "mesures", True), ""),
    ("plan: {niveaux: {action: Résultat attendu}}", Nom("résultat attendu", "résultats attendus", False), ""),
    ("plan: {niveaux: {action: {nom: geste, pluriel: gestes, genre: masculin}}}", Nom("geste", "gestes", False), ""),
    ("plan: {titre: Plan d'action}", Nom("action", "actions", True), ""),
    ("plan: {niveaux: {action: geste}}", Nom("action", "actions", True), "« geste » n'est pas un nom connu."),
    ("plan: {niveaux: {action: {nom: geste}}}", Nom("geste", "", False), "Il manque le champ « pluriel » dans un nom"),
]


@table(("lines", "noun", "fault"), READ)
def test_a_plan_says_what_it_calls_its_levels(lines: str, noun: Nom, fault: str) -> None:
    plan, findings = load_texts(SMALL | {"organisme.yaml": f"{SMALL['organisme.yaml']}{lines}\n"})
    assert plan.niveaux.action == noun
    assert bool(findings) is bool(fault)
    assert fault in " ".join(finding.message for finding in findings).replace(NB, " ")
