"""How the words of a document are understood: its headers, its titles, its names, its échéances, its statuts."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from pace import table

from pivot_cli.echeance import Conventions
from pivot_cli.intake import dates, wordings
from pivot_cli.intake.people import gathered, is_person, names_in
from pivot_cli.intake.roles import Role, is_period, role_of
from pivot_cli.intake.titles import number_alone, read_title
from pivot_cli.intake.values import legend_in, lines_of, own_statut
from pivot_cli.received.numbering import Lists

HEADERS = """
numéro       | N° · No · # · Réf. · Numéro de l'action · Code
niveau       | Orientations · Axe stratégique · Objectifs · Objectif spécifique · Enjeux · Volet · Thème
niveau       | Champ d'intervention
action       | Action · Actions à poser · Mesures · Quoi · Intitulé de l'action · Actions 2023-2024
action       | Projet · Gestes à poser
étapes       | Sous-actions · Étapes · Jalons · Moyens · Tâches
responsables | Responsable(s) · Qui · Porteur · Pilote de l'action · Service responsable
responsables | Ministère ou organisme responsable · Resp.
collaborateurs | Partenaires · Collaborateurs · En soutien · Acteurs impliqués
échéance     | Échéancier · ÉCHÉANCE · Quand · Date limite · Calendrier prévisionnel · Pour quand · Date de réalisation
début        | Début · Date de début
fin          | Fin · Date de fin prévue
statut       | Statut · État d'avancement · Avancement
indicateurs  | Indicateurs de résultat · Indicateur · Résultats attendus · Livrables attendus
cible        | Cibles · Cible 2025
budget prévu | Budget ($) · Coût estimé · Moyens financiers · $
budget réel  | Coût réel · Dépenses
résultat     | Résultats obtenus · Bilan
notes        | Commentaires · Suivi au 31 mars 2021 · Remarques
période du suivi | Date du suivi · Trimestre de reddition
gardée en commentaire | Public cible · Contexte · Ressources nécessaires
"""


@table("row", HEADERS.strip().split("\n"))
def test_a_header_says_what_its_column_holds(row: str) -> None:
    wanted, _, headers = row.partition("|")
    for header in headers.split("·"):
        found = role_of(header.strip())
        assert found is not None, header
        assert found[0] is Role(wanted.strip()), header


@table(
    "text",
    ["Directrice générale", "Responsable de la vie communautaire", "Avril 2019", "Former un comité", "CA + DG", ""],
)
def test_what_stands_under_a_header_is_none(text: str) -> None:
    assert role_of(text) is None


@table("text", ["2021", "2023-2024", "T1", "An 2", "Automne 2022", "Mars", "Court terme", "1er trimestre", "jan."])
def test_a_column_may_be_a_time(text: str) -> None:
    assert is_period(text)


TITLES = [  # what is written, the noun, the number, the title
    ("Orientation 1", "orientation", "1", ""),
    ("Volet : administratif", "volet", None, "administratif"),
    ("Volet partenariat", "volet", None, "partenariat"),
    ("Objectif 2 Renforcer l'adhésion", "objectif", "2", "Renforcer l'adhésion"),
    ("AXE STRATÉGIQUE N° 3 : L'EAU", "axe", "3", "L'EAU"),
    ("Axe A – L'accès aux soins", "axe", "A", "L'accès aux soins"),
    ("Objectif spécifique 1.2 : Bâtir", "objectif specifique", "1.2", "Bâtir"),
    ("1.2 Objectif : Bâtir", "objectif", "1.2", "Bâtir"),
    ("Fiche action n° 3 : Ouvrir", "fiche", "3", "Ouvrir"),
    ("C01.1.2 Publier", None, "C01.1.2", "Publier"),
    ("A-3. Bâtir", None, "A-3", "Bâtir"),
    ("3) Faire", None, "3", "Faire"),
    ("1 : Faire connaître", None, "1", "Faire connaître"),
    ("3 ateliers par année", None, None, "3 ateliers par année"),
    ("2.5 millions de dollars", None, None, "2.5 millions de dollars"),
    ("Priorité à l'emploi", None, None, "Priorité à l'emploi"),
    ("CO2 Réduire", None, None, "CO2 Réduire"),
]


@table(("text", "noun", "number", "titre"), TITLES)
def test_a_title_is_parted_from_what_numbers_it(text: str, noun: str | None, number: str | None, titre: str) -> None:
    assert tuple(read_title(text, loose=True)) == (noun, number, titre)


@table(
    ("text", "number"),
    [("3", "3"), ("3.", "3"), ("A-3", "A-3"), ("Action 4", "4"), ("N° 12", "12"), ("Douze", None), ("12 mois", None)],
)
def test_a_cell_may_be_a_number_alone(text: str, number: str | None) -> None:
    assert number_alone(text) == number


NAMES = [
    ("DG + CA", ["DG", "CA"]),
    ("CA/DG; CDC", ["CA", "DG", "CDC"]),
    ("CISSS, CLSC, Table des aînés", ["CISSS", "CLSC", "Table des aînés"]),
    (
        "Service de la réduction et de la collecte des déchets",
        ["Service de la réduction et de la collecte des déchets"],
    ),
    ("Service de l'urbanisme, des parcs et des loisirs", ["Service de l'urbanisme, des parcs et des loisirs"]),
    ("Ville (service des loisirs, de la culture); MRC", ["Ville (service des loisirs, de la culture)", "MRC"]),
    ("Travaux publics et direction générale", ["Travaux publics", "direction générale"]),
    ("Responsable de la\nvie communautaire\nDG", ["Responsable de la vie communautaire", "DG"]),
    ("['Ville', 'OBV']", ["Ville", "OBV"]),
    ("Comité com.", ["Comité com."]),
    ("Nadia, Luc et Omar", ["Nadia", "Luc", "Omar"]),
    ("DG, adjointe et intervenantes", ["DG", "adjointe", "intervenantes"]),
    ("Direction, animatrice et bénévoles", ["Direction", "animatrice", "bénévoles"]),
    ("Comité vert, CLSC et organismes du milieu", ["Comité vert", "CLSC", "organismes du milieu"]),
    ("DG; M. Roy, Mme Cyr et M. Côté", ["DG", "M. Roy", "Mme Cyr", "M. Côté"]),
    ("MRC, Sports et loisirs", ["MRC", "Sports et loisirs"]),
    ("Ville, Ressources humaines et matérielles", ["Ville", "Ressources humaines et matérielles"]),
    ("Ville, Service des loisirs et de la culture", ["Ville", "Service des loisirs et de la culture"]),
    ("Nadia et Luc", ["Nadia et Luc"]),
    ("À déterminer", []),
    ("s.o.", []),
    ("S. O.", []),
    ("N/D", []),
    ("sans objet", []),
    ("?", []),
    ("″", []),
]


@table(("text", "names"), NAMES)
def test_a_cell_names_who_is_responsible(text: str, names: list[str]) -> None:
    assert list(names_in(text, frozenset({"direction generale"}))) == names


def test_another_way_of_writing_a_name_is_proposed() -> None:
    names = ["Directrice générale", "DG", "Direction générale", "CA", "Coordonnatrice des activités"]
    names += ["Agence de santé (ADS)", "Technicien en informatique", "Tech. en informatique"]
    people, doubts = gathered([*names, "Adjoint de projets", "Adjoint aux projets"])
    assert [(who.code, who.nom, who.alias) for who in people] == [
        ("DG", "Direction générale", ("Directrice générale",)),
        ("CA", "CA", ()),
        ("CA2", "Coordonnatrice des activités", ()),
        ("ADS", "Agence de santé", ()),
        ("TI", "Technicien en informatique", ("Tech. en informatique",)),
        ("AP", "Adjoint de projets", ()),
        ("AP2", "Adjoint aux projets", ()),
    ]
    apart = [(one.name, one.other) for one in doubts if not one.merged]
    assert apart == [("Coordonnatrice des activités", "CA"), ("Adjoint aux projets", "Adjoint de projets")]


CODES = [
    ("DRH & DRM", "DD"),
    ("A.C.E.F. & amis", "AA"),
    ("R&D", "RD"),
    ("&Élan vert", "EV"),
    ("Comité vert", "CV"),
    ("Léa", "Lea"),
    ("北京", "R"),
    ("&& & 2", "2"),
    ("_-", "R"),
]


@table(("name", "code"), CODES)
def test_the_code_of_a_name_is_one_that_a_plan_may_hold(name: str, code: str) -> None:
    assert [who.code for who in gathered([name])[0]] == [code]


@table(
    ("name", "person"),
    [("Marie Tremblay", True), ("M. Roy", True), ("Travaux Publics", False), ("Comité MADA", False), ("DG", False)],
)
def test_a_person_is_told_from_a_structure(name: str, person: bool) -> None:
    assert is_person(name) is person


def test_a_legend_says_what_a_letter_means() -> None:
    assert legend_in(["(P) : pilote; (A) = appui"]) == {"R": True, "P": True, "C": False, "S": False, "A": False}
    assert legend_in(["Responsables (R) et partenaires (P)"])["P"] is False


ECHEANCES = [  # an échéance column; what is written of it
    ("Mars 2020", "Mars 2020"),
    ("47727", "2030-09-01"),
    ("2030-09-01 00:00:00", "2030-09-01"),
    ("Décembre 2025.", "Décembre 2025."),
    ("à déterminer", "à déterminer"),
    ("-", None),
    ("cet automne", None),
]


@table(("text", "written"), ECHEANCES)
def test_an_echeance_keeps_its_words(text: str, written: str | None) -> None:
    assert wordings.from_wording(text, Conventions()).texte == written


BOUNDS = [
    ("2024-01-15", "2024-06-30", "du 2024-01-15 au 2024-06-30"),
    ("Avril 2024", "Octobre 2024", "d'Avril 2024 à Octobre 2024"),
    ("2025", "2026", "2025 à 2026"),
    ("", "mai 2025", "mai 2025"),
    ("mai 2025", "", "dès mai 2025"),
    ("mai 2025", "Mai 2025", "mai 2025"),
]


@table(("debut", "fin", "written"), BOUNDS)
def test_two_columns_make_a_period(debut: str, fin: str, written: str) -> None:
    assert wordings.from_bounds(debut, fin, Conventions()).texte == written


@table(
    ("marks", "written"),
    [
        ("XXXX", "2021 à 2024"),
        ("X.X.", "2021 et 2023"),
        (".X..", "2022"),
        ("XX.X", "2021 à 2022 et 2024"),
        ("....", None),
    ],
)
def test_marks_make_a_period(marks: str, written: str | None) -> None:
    years = ["2021", "2022", "2023", "2024"]
    assert wordings.from_marks(years, [mark == "X" for mark in marks], Conventions()).texte == written


@table(
    ("text", "marked"),
    [("X", True), ("✓", True), ("VRAI", True), ("5 000 $", True), ("FAUX", False), ("non", False), ("", False)],
)
def test_a_cell_of_a_calendar_says_yes(text: str, marked: bool) -> None:
    assert wordings.is_mark(text) is marked


YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SCHOOL = (date(2025, 9, 1), date(2026, 8, 31))
LACKING = [  # an échéance, what is known around it, and the échéance as it is completed
    ("01/09/2024", True, None, "2024-09-01"),
    ("01/09/2024", False, None, "2024-01-09"),
    ("01/09/2024", None, None, "01/09/2024"),
    ("30/06/2025", False, None, "30/06/2025"),
    ("du 01/09/2024 au 02/10/2024", True, None, "du 2024-09-01 au 2024-10-02"),
    ("Mars", None, YEAR, "Mars 2026"),
    ("Oct. à déc.", None, YEAR, "Oct. à déc. 2026"),
    ("T3", None, YEAR, "T3 2026"),
    ("Mars", None, SCHOOL, "Mars 2026"),
    ("octobre à mai", None, SCHOOL, "octobre 2025 à mai 2026"),
    ("Automne", None, SCHOOL, "Automne 2025"),
    ("Mars", None, None, "Mars"),
    ("Mars 2024", None, YEAR, "Mars 2024"),
    ("bientôt", True, YEAR, "bientôt"),
]


@table(("text", "day_first", "fenetre", "written"), LACKING)
def test_what_an_echeance_lacks_is_said_around_it(
    text: str, day_first: bool | None, fenetre: dates.Fenetre | None, written: str
) -> None:
    assert dates.completed(text, Conventions(), day_first=day_first, fenetre=fenetre) == written


def test_a_date_tells_the_order_of_its_column_then_of_the_others() -> None:
    said = [("Fin", "30/06/2025"), ("Fin", "01/02/2025"), ("Début", "03/04/2025")]
    assert dates.orders(said) == {"Fin": True, "Début": True}
    assert dates.orders([*said, ("Reçu", "06/30/2025")]) == {"Fin": True, "Reçu": False}
    assert dates.orders([("Fin", "01/02/2025"), ("Début", "Mars 2025")]) == {}


@table(
    ("text", "year"),
    [
        ("Plan d'action 2026", 2026),
        ("Année 2026 :", 2026),
        ("2026", 2026),
        ("Plan d'action 2025-2026", None),
        ("Adopté le 5 mai 2026", None),
    ],
)
def test_a_title_may_name_the_year_of_what_is_under_it(text: str, year: int | None) -> None:
    said = dates.year_said(text)
    assert (said[0].year if said else None) == year


def test_a_fill_handle_is_seen() -> None:
    days = ["2021-09-01", "2021-09-02", "2021-09-03", "2022-01-01", "2022-01-02", None]
    assert wordings.days_in_a_row(days) == [(0, 2)]


@table(
    ("text", "nothing"),
    [
        *((text, True) for text in ("s.o.", "S/O", "n/d", "N/A", "n.a.", "nd", "?", "—", "- -", "…")),
        *((text, False) for text in ("✓", "x", "0", "aucun", "SO", "non", "à venir", "No 5")),
    ],
)
def test_some_words_only_say_that_there_is_nothing(text: str, nothing: bool) -> None:
    assert wordings.is_nothing(text) is nothing


@table(
    ("text", "statut"),
    [
        ("Réalisé", "réalisée"),
        ("En cours.", "en cours"),
        ("abandonnés", "abandonnée"),
        ("Terminé", None),
        ("à venir", None),
    ],
)
def test_only_our_statuts_are_ours(text: str, statut: str | None) -> None:
    assert own_statut(text) == statut


def test_the_lines_of_a_cell_are_its_items() -> None:
    assert lines_of("• Un\n• Deux et\nla suite\n• Trois") == ["Un", "Deux et la suite", "Trois"]
    assert lines_of("Un\nsuite\nDeux") == ["Un suite", "Deux"]


def test_word_counts_its_lists() -> None:
    forms = ("upperRoman", "lowerLetter", "decimalZero", "bullet")
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
        for n, form in enumerate(forms)
    )
    xml = (
        f'<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride/></w:num></w:numbering>'
    )
    lists = Lists(ET.fromstring(xml))
    shown = [lists.mark("7", level) for level in "0010123"]
    assert shown == ["I.", "II.", "a.", "III.", "a.", "01.", "•"]
    assert [lists.mark(ident, "0") for ident in ("7", "8", "9")] == ["IV.", "I.", ""]
    assert Lists(None).mark("7", "0") == ""


def test_a_list_that_begins_too_far_begins_at_one() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="99999999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
    kind = f'<w:abstractNum w:abstractNumId="1">{level}</w:lvl></w:abstractNum>'
    said = f'<w:numbering xmlns:w="w">{kind}<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    assert Lists(ET.fromstring(said)).mark("7", "0") == "I."
