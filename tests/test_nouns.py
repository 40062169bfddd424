"""What a plan calls its levels, and what agrees with it."""

from __future__ import annotations

from pace import table
from support import SMALL, load_texts

from pivot_cli.plan.nouns import KNOWN, Nom
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
