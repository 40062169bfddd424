"""The ways that documents have of saying what is to be done: of each, a small document and what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pace import table

from intake.make import Block, word, written
from pivot_cli.echeance import Conventions
from pivot_cli.intake.plan import read_plan
from pivot_cli.received.delimited import read_delimited
from pivot_cli.received.word import read_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.intake.draft import ActionDraft, NodeDraft
    from pivot_cli.intake.plan import Read


def of_word(blocks: list[Block]) -> Read:
    return read_plan(read_word(written(word(blocks)), "t.docx"), Conventions())


def of_text(rows: str) -> Read:
    return read_plan(read_delimited(rows.encode(), "t.csv"), Conventions())


def told(action: ActionDraft) -> str:
    """« what | who | when », where each is said."""
    return " | ".join(filter(None, (action.description, ", ".join(action.responsables), action.echeance)))


def actions(read: Read) -> list[str]:
    return [told(one) for one in read.draft.actions()]


def asked(read: Read) -> list[str]:
    """What is asked, anywhere."""
    draft = read.draft
    nodes = [node for one in draft.orientations for node in one.nodes()]
    pistes = [draft.organisation, *nodes, *draft.actions()]
    return [ask.comment.replace("\xa0", " ") for ask in (*draft.asks, *(ask for one in pistes for ask in one.asks))]


def levels(read: Read) -> list[str]:
    """« title / title | action | who | when », of each action."""
    return [
        f"{' / '.join(above)} | {told(action)}"
        for one in read.draft.orientations
        for above, node in _nodes(one, ())
        for action in node.actions
    ]


def _nodes(node: NodeDraft, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], NodeDraft]]:
    path = (*above, node.titre)
    yield path, node
    for child in node.children:
        yield from _nodes(child, path)


# --- the levels, and the columns that name them -----------------------------------------------------------

LEVELS = [  # the rows, and each action under its levels
    ("Tâche;Projet;Assigné;Pour le\nAgir;Vert > Cour;Léo;2026", ["Vert / Cour | Agir | Léo | 2026"]),
    (
        (
            "Action;Qui;Rattachement\nLire;Luc;Axe 1 Les mots > Obj. 1.1 Aimer lire\n"
            "Dire;Ève;Axe 1 Les mots > Obj. 1.2 Oser\nAgir;Ève;Axe 2 Le faire > Obj. 2.1 Bâtir"
        ),
        ["Les mots / Aimer lire | Lire | Luc", "Les mots / Oser | Dire | Ève", "Le faire / Bâtir | Agir | Ève"],
    ),
    (
        "Priorité;Changement visé;Activité;Qui\nLa faim;On mange;Frigo;Ève\n;;Jardin;Luc\n;On sait;Cours;Ève",
        ["La faim / On mange | Frigo | Ève", "La faim / On mange | Jardin | Luc", "La faim / On sait | Cours | Ève"],
    ),
    (
        "But;Sous-but;Action;Qui pilote\nLoger;Savoir;Lire;Ève\n;;Voir;Ève\n;Bâtir;Tracer;Luc\nManger;Semer;Bêcher;Ève",
        [
            "Loger / Savoir | Lire | Ève",
            "Loger / Savoir | Voir | Ève",
            "Loger / Bâtir | Tracer | Luc",
            "Manger / Semer | Bêcher | Ève",
        ],
    ),
    (
        "Sujet;À faire;Resp.\nLogement;Clinique;Ève\nLogement;Marche;Luc\nÉquipe;Paie;CA\nÉquipe;Rencontres;CA",
        ["Logement | Clinique | Ève", "Logement | Marche | Luc", "Équipe | Paie | CA", "Équipe | Rencontres | CA"],
    ),
    (
        "Axe;Objectifs et actions;Qui\nEau;1.1 Boire;\n;1.1.1 Puits;Ève\n;1.2 Laver;\n;1.2.1 Lavoir;Luc",
        ["Eau / Boire | Puits | Ève", "Eau / Laver | Lavoir | Luc"],
    ),
    (
        "Objectif;Action;Qui\nBâtir;Act 0;DG\n;Act 1;DG\nLire;Act 2;CA",
        ["Bâtir | Act 0 | DG", "Bâtir | Act 1 | DG", "Lire | Act 2 | CA"],
    ),
    ("Nom;Axe;Assigné à;Statut\nLogo;Voir;Ève;\nSite;Dire;Luc;", ["Voir | Logo | Ève", "Dire | Site | Luc"]),
    (
        "Thème;Formation;Clientèle;Date prévue\nSécurité;RCR;Tous;2026\n;SIMDUT;Tous;2027\nGestion;Écoute;Cadres;2026",
        ["Sécurité | RCR | 2026", "Sécurité | SIMDUT | 2027", "Gestion | Écoute | 2026"],
    ),
    ("Axe;;Action;;Qui\nA;Eau;A1;Puits;Ève\n;;A2;Lavoir;Luc", ["Eau | Puits | Ève", "Eau | Lavoir | Luc"]),
    ("Objectif;Action;Qui\nA;Été;DG", ["A | Été | DG"]),
    (
        "Objectif;Action;Qui;Partenaires;2025\nA;Voir;Travaux publics / Loisirs;Ministère (PAFI);X\n;Dire;Loisirs;;",
        ["A | Voir | Travaux publics, Loisirs | 2025", "A | Dire | Loisirs"],
    ),
    (
        "Axe;Actions clés;Étapes de réalisation;Responsable / échéance\nA - Eau;Puits;Creuser;Ève – mars 2026",
        ["Eau | Puits | Ève | mars 2026"],
    ),
    (
        "Comité responsable;Mandat;Date de tombée\nFinances;Budget;15 mars 2026",
        ["Sans titre (à compléter) | Budget | Finances | 15 mars 2026"],
    ),
    (
        "Plan d'action 2026 – La Table\nMois;Activité;Qui\nJanvier;Bilan;DG\nmars;AGA;CA",
        [
            "Plan d'action 2026 – La Table | Bilan | DG | Janvier 2026",
            "Plan d'action 2026 – La Table | AGA | CA | mars 2026",
        ],
    ),
    (
        "Action;Qui;Mois\n2026;;\nBoucle;Ève;Octobre\n2027;;\nLoppet;Luc;Février",
        ["2026 | Boucle | Ève | Octobre 2026", "2027 | Loppet | Luc | Février 2027"],
    ),
    (
        "Objectif;Action;Personne désignée;Qui contribue;Comment on mesure\nA;Voir;Ève;Luc;Dix;",
        ["A | Voir | Ève"],
    ),
]


@table(("rows", "given"), LEVELS)
def test_each_action_is_under_its_levels(rows: str, given: list[str]) -> None:
    assert levels(of_text(rows)) == given


OUTLINES = [  # the signs before the paragraphs, a paragraph a letter, and each action under its levels
    ("I. A. 1. 2. B. 1. II. A. 1.", ["a / b | c", "a / b | d", "a / e | f", "g / h | i"]),
    ("1) a) b) 2) a)", ["a | b", "a | c", "d | e"]),
]


@table(("signs", "given"), OUTLINES)
def test_paragraphs_may_be_numbered_by_a_sign_a_level(signs: str, given: list[str]) -> None:
    lines = [("p", f"{sign} {letter}") for sign, letter in zip(signs.split(), "abcdefghi", strict=False)]
    assert levels(of_word([*lines])) == given


def test_a_cell_may_hold_the_fields_a_line_each() -> None:
    details = "Responsable : trésorier\nÉchéance : décembre 2026"
    made = of_word([[["Action", "Détails"], ["Semer", details], ["Lire", "Ici : là"]]])
    assert actions(made) == ["Semer | trésorier | décembre 2026", "Lire"]


def test_a_level_alone_has_the_only_heading_below_it_for_title() -> None:
    rows = [["Action", "Qui"], ["Lire", "DG"]]
    one = of_word([("h1", "Axe 1"), ("h2", "Savoir"), rows, ("h1", "Axe 2"), ("h2", "Faire"), rows])
    assert levels(one) == ["Savoir | Lire | DG", "Faire | Lire | DG"]
    two = of_word(
        [("h1", "Axe 1"), ("h2", "Savoir"), rows, ("h2", "Faire"), rows, ("h1", "Axe 2"), ("h2", "Être"), rows]
    )
    assert [line.partition(" | ")[0].rpartition(" / ")[2] for line in levels(two)] == ["Savoir", "Faire", "Être"]


# --- who and when, in the words of what is to be done ---------------------------------------------------

BULLETS = ["1. Recruter", "1.1 Rejoindre", "{}", "2. Durer", "2.1 Économiser", "• Revoir les contrats"]
WITHIN = [  # an item, and what it gives
    ("• Faire une campagne (resp. : Sophie; échéance : mars 2024)", "Faire une campagne | Sophie | mars 2024"),
    ("• Faire une campagne (échéance : mars 2024)", "Faire une campagne | mars 2024"),
    ("• Faire une campagne – DG – 2025", "Faire une campagne | DG | 2025"),
    ("• Faire une campagne (CA, 14 février 2025) ; la dire", "Faire une campagne ; la dire | CA | 14 février 2025"),
    ("• Faire une campagne (à Québec, en 2 temps)", "Faire une campagne (à Québec, en 2 temps)"),
    ("• Faire une campagne – Web – papier", "Faire une campagne – Web – papier"),
]


@pytest.mark.lent
@table(("item", "given"), WITHIN)
def test_who_and_when_are_taken_from_the_words_of_a_bullet(item: str, given: str) -> None:
    read = of_word([("p", line.format(item)) for line in BULLETS])
    assert actions(read) == [given, "Revoir les contrats"]
    assert asked(read) == []


def test_lines_with_labels_under_an_action_are_its_fields() -> None:
    cell = "Tenir six rencontres\nResponsable : DG\nÉchéance : juin 2026"
    table = [["Objectif", "Action", "Suivi"], ["1.1 Se parler", cell, ""]]
    assert actions(of_word([table])) == ["Tenir six rencontres | DG | juin 2026"]


def test_a_name_that_nothing_else_says_is_asked() -> None:
    rows = "Objectif;Action\nA;Écrire un bulletin (Lise, mars 2026)\n{}"
    read = of_text(rows.format(""))
    assert actions(read) == ["Écrire un bulletin (Lise, mars 2026)"]
    assert asked(read) == ["« Lise » et « mars 2026 »"]
    again = of_text(rows.format("A;Lire (Omar, avril 2026)\n"))
    assert actions(again) == ["Écrire un bulletin | Lise | mars 2026", "Lire | Omar | avril 2026"]


# --- what is not of the plan ------------------------------------------------------------------------------

PLAN: Block = [["Objectif", "Action", "Responsable", "Échéance"], ["1.1 Se parler", "Se réunir", "DG", "2026"]]
BESIDE: list[tuple[list[Block], str, list[str]]] = [  # blocks before a plan, why they are left out, what is asked
    ([("h1", "Qui sommes-nous ?"), [["Membre", "Secteur", "Année"], ["Le Tremplin", "Santé", "1998"]]], "sous", []),
    ([[["Organisme", "Activités", "Année de fondation"], ["Le Tremplin", "Santé", "1998"]]], "colonne", []),
    ([("h1", "Réalisations 2021-2024"), [["Activité", "Date"], ["Colloque", "Mai 2022"]]], "sous", []),
    ([("h1", "Bilan du plan précédent"), [["Orientation", "Action", "Résultat"], ["Un", "Deux", "Fait"]]], "sous", []),
    ([[["Orientation", "Action", "Résultat"], ["Un", "Deux", "Trois"]]], "tableau qui ne dit ni qui ni quand", []),
    ([("h1", "Bilan"), PLAN], "sous", ["le tableau 1, sous « Bilan »"]),
]


@pytest.mark.lent
@table(("blocks", "why", "questions"), BESIDE)
def test_a_table_of_what_was_or_is_makes_no_action(blocks: list[Block], why: str, questions: list[str]) -> None:
    read = of_word([*blocks, ("h1", "Axe 1 – Concertation"), PLAN])
    assert actions(read) == ["Se réunir | DG | 2026"]
    assert {one.pourquoi.startswith(why) for one in read.left if one.endroit.startswith("tableau 1")} == {True}
    assert asked(read) == questions


def test_the_only_table_is_the_plan_whatever_is_above_it() -> None:
    assert actions(of_word([("h1", "Bilan"), PLAN])) == ["Se réunir | DG | 2026"]


# --- what stands under years ----------------------------------------------------------------------------------


def test_what_stands_under_a_year_is_to_be_done_that_year() -> None:
    years = ["Objectifs", "An 1 (2024-2025)", "2025-2026", "2026"]
    read = of_word([[years, ["1.1 Aller", "Réviser le guide\nSonder l'équipe", "Visiter 30 familles", "Idem"]]])
    assert [one.titre for one in read.draft.orientations] == ["Aller"]
    assert actions(read) == [
        "Réviser le guide | 2024-2025",
        "Sonder l'équipe | 2024-2025",
        "Visiter 30 familles | 2025-2026",
    ]
    assert asked(read) == ["« Idem » (2026)"]


def test_what_marks_or_measures_a_year_is_not_to_be_done() -> None:
    rows = (
        "Objectif;2025;2026\nBâtir une maison;X;\nVisiter les familles;10 %;20 visites\nPlanter;En continu;En continu\n"
    )
    assert [one.description for one in of_text(rows).draft.actions()] == [
        "Bâtir une maison",
        "Visiter les familles",
        "Planter",
    ]


def test_targets_under_years_are_targets() -> None:
    top, below = ["Objectif", "Mesures", "Cibles", "<", "Responsable"], ["^", "^", "2024-2025", "2025-2026", "^"]
    one = next(of_word([[top, below, ["1. Durer", "Rénover", "10 %", "20 %", "DG"]]]).draft.actions())
    assert (told(one), one.fields["indicateurs"]) == (
        "Rénover | DG",
        [{"libelle": "Cibles", "cible": "2024-2025\xa0: 10 %; 2025-2026\xa0: 20 %"}],
    )


# --- where it stands --------------------------------------------------------------------------------------

BOXES = [  # what is ticked, the statut, the question
    ("☐;☒;☐", "en cours", []),
    (";;X", None, ["« X » (Fait)"]),
    ("X;;", "à faire", []),
]


@pytest.mark.lent
@table(("boxes", "statut", "questions"), BOXES)
def test_one_column_a_statut_says_the_statut_that_is_ticked(
    boxes: str, statut: str | None, questions: list[str]
) -> None:
    read = of_text(f"Objectif;Action;Responsable;À faire;En cours;Fait\nA;Lire;DG;{boxes}\n")
    grouped = [["Action", "Responsable", "État", "<", "<"], ["^", "^", "À faire", "En cours", "Fait"]]
    under = of_word([[*grouped, ["Lire", "DG", *boxes.split(";")]]])
    for one in (*read.draft.actions(), *under.draft.actions()):
        assert one.fields.get("statut") == statut
    assert asked(read) == questions


@table(("said", "statut", "question"), [("🟡 En cours", "en cours", []), ("✅ Fait", None, ["« Fait » (statut)"])])
def test_a_picture_beside_a_statut_is_kept_beside_it(said: str, statut: str | None, question: list[str]) -> None:
    read = of_text(f"Objectif;Action;Statut\nA;Lire;{said}\n")
    one = next(read.draft.actions())
    assert (one.fields.get("statut"), asked(read), one.comments) == (statut, question, [f"Statut\xa0: {said}"])


# --- levels and steps -------------------------------------------------------------------------------------


def test_a_level_that_goes_on_is_the_same() -> None:
    read = of_text("Objectif;Action\n1.1 Bâtir;Trouver\n1.1 Bâtir (suite);Monter\n1.2 Rénover;Visiter\n")
    assert [(one.titre, len(one.actions)) for one in read.draft.orientations] == [("Bâtir", 2), ("Rénover", 1)]


STEPS = [  # rows under headers, and what they give
    ("1. Peindre;DG\na) choisir;\nb) acheter;\n2. Laver;CA", ["Peindre | DG", "Laver | CA"], ["choisir", "acheter"]),
    ("1. Peindre;DG\na) choisir;CA\n", ["Peindre | DG", "choisir | CA"], None),
    ("a) choisir;\nb) acheter;\n", ["choisir", "acheter"], None),
]


@table(("rows", "given", "steps"), STEPS)
def test_letters_alone_under_a_number_are_its_steps(rows: str, given: list[str], steps: list[str] | None) -> None:
    read = of_text(f"Action;Responsable\n{rows}\n")
    assert actions(read) == given
    assert next(read.draft.actions()).fields.get("etapes") == steps


def test_the_same_headers_are_read_the_same_way_in_a_document() -> None:
    heads = ["Quoi", "Comment", "Qui", "Quand"]
    one = [heads, ["Caractériser", "Visites", "OBV", "2024"], ["Planter", "Avec les écoles", "CZ", "2025"]]
    one.append(["", "Entretenir", "CZ", "2026"])
    read = of_word([one, ("p", ""), [heads, ["Recenser", "", "OBV", "2027"]]])
    assert [what.description for what in read.draft.actions()] == ["Caractériser", "Planter", "Recenser"]
    assert {how for _, header, how in read.draft.understood if header == "Comment"} == {"étapes"}


def test_the_second_of_two_columns_of_actions_is_asked() -> None:
    assert asked(of_text("Objectif;Action;Action;Qui\nA;Lire;Écrire;DG\n")) == [
        "deux colonnes « Action » : est-ce juste?"
    ]


def test_a_level_without_a_noun_is_told_without_one() -> None:
    read = of_text("Projets;Activités;Qui\nUn;Lire;DG\n;Écrire;CA\n")
    assert [how for _, _, how in read.draft.understood if "None" in how] == []


# --- who --------------------------------------------------------------------------------------------------


def test_years_of_an_unknown_first_month_are_asked_once_and_a_sign_under_etat_with_a_statut() -> None:
    rows = "Action;Responsable;Échéance;État\nPeindre;DG et CA;T1 2025-2026;✔\nLaver;DG et CA;T3 2025-2026;en cours\n"
    texts = [ask.texte for one in of_text(rows).draft.actions() for ask in one.asks]
    assert sum("premier mois" in text for text in texts) == 1
    assert "Le document dit «\xa0✔\xa0» (État)\xa0: statut\xa0: réalisée?" in texts
    assert any("DG et CA" in one and "un seul, ou deux" in one for one in asked(of_text(rows)))


WHO = [  # the cells of a column, and the names
    ("Table des aînés (TA)\nClub Lions et TA", [["Table des aînés"], ["Club Lions", "TA"]]),
    ("M. Côté (MRC)\nMRC", [["M. Côté (MRC)"], ["MRC"]]),
]


@table(("cells", "names"), WHO)
def test_names_and_acronyms_are_told_apart(cells: str, names: list[list[str]]) -> None:
    rows = "".join(f"A;{n};{cell}\n" for n, cell in enumerate(cells.split("\n")))
    read = of_text(f"Objectif;Action;Responsable\n{rows.replace('0', 'Lire').replace('1', 'Écrire')}")
    assert [one.responsables for one in read.draft.actions()] == names


def test_a_legend_names_those_whose_acronyms_are_written() -> None:
    legend = "DG = directrice générale, AC : agente de communication, CA : adopter le budget"
    read = of_text(f"Objectif;Action;Responsable\nA;Lire;DG\nA;Dire;AC, CA\n{legend};;\n")
    assert [(who.code, who.nom) for who in read.draft.responsables] == [
        ("DG", "Directrice générale"),
        ("AC", "Agente de communication"),
        ("CA", "CA"),
    ]


def test_how_many_participants_there_are_helps_nobody() -> None:
    one = next(of_text("Objectif;Action;Responsable;Participants\nA;Lire;DG;120\n").draft.actions())
    assert (one.collaborateurs, one.comments) == ([], ["Participants\xa0: 120"])


@table("cell", ["🙂", "*ref ~ DG"])
def test_each_sign_of_a_responsable_is_kept(cell: str) -> None:
    one = next(of_text(f"Objectif;Action;Responsable\nA;Lire;{cell}\n").draft.actions())
    assert f"Responsable\xa0: {cell}" in one.comments


LOISIRS = "Loisirs, culture et vie communautaire"
SERVICES = [  # the cells of a column, the names, and what is asked
    (["Comité Communications, marketing et événements"], [["Comité Communications, marketing et événements"]], []),
    ([LOISIRS], [[LOISIRS]], [f"« {LOISIRS} », un seul nom : est-ce juste?"]),
    ([LOISIRS, f"{LOISIRS}\nDG"], [[LOISIRS], [LOISIRS, "DG"]], []),
    ([LOISIRS, "culture"], [["Loisirs", "culture", "vie communautaire"], ["culture"]], []),
    (["DG, bénévoles et parents"], [["DG", "bénévoles", "parents"]], []),
    (["Direction, comité des loisirs et urbanisme"], [["Direction", "comité des loisirs", "urbanisme"]], []),
    (["Nadia, Luc et Omar"], [["Nadia", "Luc", "Omar"]], []),
]


@pytest.mark.lent
@table(("cells", "names", "questions"), SERVICES)
def test_a_service_named_with_commas_is_one(cells: list[str], names: list[list[str]], questions: list[str]) -> None:
    rows = [["Objectif", "Action", "Responsable"], *(["A", f"Lire {n * 'x'}", cell] for n, cell in enumerate(cells))]
    read = of_word([rows])
    assert [one.responsables for one in read.draft.actions()] == names
    assert asked(read) == questions


@table("order", ["utf-16-le", "utf-16-be", "utf-16"])
def test_a_text_in_utf_16_is_read_without_its_mark(order: str) -> None:
    assert actions(read_plan(read_delimited("Action;Qui\nÉcrire;DG\n".encode(order), "t.csv"), Conventions())) == [
        "Écrire | DG"
    ]


# --- whose plan it is -------------------------------------------------------------------------------------

OPENINGS = [  # the first lines, the name and the title that are proposed
    (["Plan d'action 2024-2025", "Centre de femmes La Marée"], "Centre de femmes La Marée", "Plan d'action 2024-2025"),
    (["Maison L'Escale – Plan d'action 2024"], "Maison L'Escale", "Plan d'action 2024"),
    (
        ["MUNICIPALITÉ DE VAL", "Politique familiale — Plan d'action"],
        "MUNICIPALITÉ DE VAL",
        "Politique familiale — Plan d'action",
    ),
    (
        ["Plan stratégique 2024-2029 de la Bibliothèque régionale"],
        "Bibliothèque régionale",
        "Plan stratégique 2024-2029 de la Bibliothèque régionale",
    ),
    (["Plan d'action 2024", "Fondée en 1996, elle aide."], "", "Plan d'action 2024"),
    (["Bonjour à tous"], "", ""),
]


@pytest.mark.lent
@table(("lines", "nom", "titre"), OPENINGS)
def test_the_first_lines_propose_a_name_and_a_title(lines: list[str], nom: str, titre: str) -> None:
    table = [["Objectif", "Action", "Qui"], ["A", "Lire", "DG"]]
    text = "\n".join([*(f"{line};;" for line in lines), *(";".join(row) for row in table)])
    for read in (of_word([*(("p", line) for line in lines), table]), of_text(text)):
        assert read.draft.organisation.proposed == (nom, titre)


LABELLED = [  # the first lines, and the name, the first and last days, and the day of adoption that they say
    (["Nom de l'organisme : La Ruche", "Période : 2025-2028"], ("La Ruche", "2025-01-01", "2028-12-31", None)),
    (["Adopté par le conseil d'administration le 5 décembre 2022"], (None, None, None, "5 décembre 2022")),
    (["Période : bientôt", "Adopté le plus tôt possible"], (None, None, None, None)),
]


@table(("lines", "said"), LABELLED)
def test_what_a_label_says_above_the_table_is_written(lines: list[str], said: tuple[str | None, ...]) -> None:
    made = of_text("\n".join([*(f"{line};;" for line in lines), "Objectif;Action;Qui", "A;Lire;DG"])).draft.organisation
    assert (made.nom, made.periode.get("debut"), made.periode.get("fin"), made.adopte_le) == said
