"""The documents of the corpus, in the structure of real ones; all that they say is invented.

`python tests/intake/make.py` writes them again, where a document changes: they are kept as files. In a table, « < » is a
cell merged with the one at its left, « ^ » with the one above; « # » before a text shades the cell, « ! » makes it bold.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell

HERE = Path(__file__).parent / "corpus"
Rows = list[list[str]]
Block = tuple[str, str] | Rows


def word(blocks: Sequence[Block], header: str = "") -> Doc:
    """A document of headings (« h0 » is the title), paragraphs (« p », bold « b », items « - ») and tables."""
    made = Document()
    if header:
        made.sections[0].header.paragraphs[0].text = header
    made.sections[0].orientation = WD_ORIENT.LANDSCAPE
    for block in blocks:
        if isinstance(block, list):
            table(made, block)
            continue
        kind, text = block
        if kind.startswith("h"):
            made.add_heading(text, int(kind[1]))
        elif kind == "-":
            made.add_paragraph(text, style="List Bullet")
        elif kind == "1":
            made.add_paragraph(text, style="List Number")
        else:
            made.add_paragraph().add_run(text).bold = kind == "b" or None
    return made


def drawn(blocks: Sequence[Block], header: str = "") -> Callable[[], Doc]:
    """What makes such a document: whoever imports this module waits for none."""
    return partial(word, blocks, header)


def table(made: Doc, rows: Rows) -> None:
    """A table, with its merged, bold and shaded cells."""
    grid = made.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text in ("<", "^"):
                at = (y, x - 1) if text == "<" else (y - 1, x)
                merges[y, x] = merges.get(at, at)
            else:
                _write(grid.cell(y, x), text)
    for (y, x), (top, left) in merges.items():
        grid.cell(top, left).merge(grid.cell(y, x))
        merged = grid.cell(top, left)
        for paragraph in [one for one in merged.paragraphs[1:] if not one.text]:
            paragraph._p.getparent().remove(paragraph._p)


def _write(cell: _Cell, text: str) -> None:
    if text.startswith("#"):
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="92D050"/>'))
        text = text[1:]
    bold = text.startswith("!")
    for rank, line in enumerate(text.removeprefix("!").split("\n")):
        paragraph = cell.paragraphs[0] if not rank else cell.add_paragraph()
        item = line.startswith("- ")
        if item:
            paragraph.style = "List Bullet"
        paragraph.add_run(line.removeprefix("- ")).bold = bold or None


MADA = drawn(
    [
        ("h0", "Plan d'action MADA 2023-2027"),
        ("p", "Municipalité de Rivière-aux-Pins, adopté par le conseil municipal le 5 décembre 2022."),
        ("h1", "Introduction"),
        ("p", "La démarche a réuni 14 aînés et trois organismes."),
        ("h1", "Plan d'action"),
        ("h2", "1. Espaces extérieurs et bâtiments"),
        [
            ["Mesures", "Responsable", "Partenaires", "Échéance", "Coût", "Indicateurs"],
            [
                "Ajouter des bancs le long des sentiers",
                "Travaux publics",
                "Club de l'âge d'or, Maison des jeunes",
                "Automne 2023",
                "18 000 $",
                "Nombre de bancs",
            ],
            [
                "Rendre l'hôtel de ville accessible",
                "Travaux publics et direction générale",
                "",
                "2024",
                "120 000 $ (60 % subvention)",
                "",
            ],
            [
                "Éclairer le stationnement",
                "Direction générale",
                "Hydro-Québec",
                "Printemps prochain",
                "",
                "- Lampadaires posés\n- Plaintes reçues",
            ],
        ],
        ("h2", "2. Habitation"),
        [
            ["Mesures", "Responsable", "Partenaires", "Échéance", "Coût", "Indicateurs"],
            ["Tenir un salon du logement", "Comité MADA", "OMH", "En continu", "À déterminer", "Visiteurs"],
        ],
        ("p", "* Les coûts sont ceux de 2022."),
    ],
    header="Municipalité de Rivière-aux-Pins",
)

FICHES = drawn(
    [
        ("h0", "Contrat local de santé 2022-2026"),
        ("h1", "Axe A – L'accès aux soins"),
        ("h2", "Objectif A1 : Attirer et garder des médecins"),
        ("b", "Fiche action A1-1 : Ouvrir une maison de santé"),
        [
            ["Contexte", "Deux médecins partent à la retraite en 2023."],
            ["Porteur", "Agence régionale de santé (ARS)"],
            ["Partenaires", "CCAS\nCentre hospitalier"],
            [
                "Étapes",
                "- Choisir le terrain (mars 2023)\n- Signer le bail (octobre 2023)\n- Recruter la coordination (janvier 2024)",
            ],
            ["Budget", "230 000 € par année"],
            ["Indicateurs", "- Médecins installés\n- Patients inscrits"],
        ],
        ("b", "Fiche action A1-2 : Accueillir des internes"),
        [
            ["Contexte", "L'université cherche des lieux de stage."],
            ["Porteur", "Centre hospitalier"],
            ["Partenaires", "ARS"],
            ["Calendrier", "chaque année"],
            ["Indicateurs", "Internes accueillis"],
        ],
        ("h2", "Objectif A2 : Aller vers les publics éloignés"),
        [
            ["Fiche action A2-1 : Faire circuler un bus de dépistage", "<", "<", "<"],
            ["Porteur", "ARS", "Échéance", "Printemps 2023"],
            ["Public visé", "Habitants des hameaux", "Budget", "15 000 €"],
            ["Étape", "Responsable", "Échéance", "<"],
            ["Acheter le bus", "ARS", "Janvier 2023", "<"],
            ["Former l'équipe", "CCAS", "Février 2023", "<"],
        ],
    ]
)

CPE = drawn(
    [
        ("h1", "CPE Les Petits Castors"),
        ("b", "Projet éducatif"),
        [
            ["Chantier", "Volet", "Moyens", "Responsable"],
            ["1. Bien grandir", "Le jeu extérieur", "Sortir chaque jour", "Équipe éducative"],
            ["^", "^", "Aménager un coin de sable", ""],
            ["^", "Bien manger", "Faire goûter un aliment nouveau", "Équipe éducative"],
            ["^", "^", "Revoir le menu", "Direction"],
            ["2. Accueillir les familles", "Les parents", "Tenir une fête des familles", "Conseil d'administration"],
        ],
    ]
)

OUVERT = drawn(
    [
        ("h0", "Plan d'action pour un gouvernement ouvert 2024-2026"),
        ("h1", "Thème 1 : La transparence"),
        ("h2", "Engagement C01. Publier les données qui servent"),
        [
            ["Jalon", "<", "Calendrier", "<", "Ministère", "Personne-ressource", "Statut"],
            ["N°", "Description", "Début", "Fin", "^", "^", "^"],
            [
                "C01.1.1",
                "Recenser les jeux de données",
                "2024-01-15",
                "2024-06-30",
                "Secrétariat",
                "Anne Roy",
                "Réalisé",
            ],
            [
                "C01.1.2",
                "Publier cent jeux de données",
                "Juillet 2024",
                "Décembre 2024",
                "Secrétariat\nInstitut de la statistique",
                "Luc Côté",
                "En cours",
            ],
            ["C01.1.3", "Évaluer leur usage", "", "T1 2026", "Institut de la statistique", "Luc Côté", "À venir"],
        ],
        ("h2", "Engagement C02. Répondre plus vite aux demandes d'accès"),
        [
            ["N°", "Jalon", "Début", "Fin", "Ministère", "Personne-ressource", "Statut"],
            ["C02.1.1", "Former les répondants", "Janvier 2025", "Mars 2025", "Justice", "Ève Gagné", "Déployé"],
        ],
    ]
)

CALENDRIER = drawn(
    [
        ("h0", "Plan quadriennal de la Fédération des maisons de quartier"),
        ("p", "(R) : responsable; (P) : partenaire"),
        [
            ["N°", "Actions", "Qui", "Échéancier", "<", "<", "<", "Commentaires"],
            ["^", "^", "^", "2021", "2022", "2023", "2024", "^"],
            ["#!AXE 1 : LA CONCERTATION", "<", "<", "<", "<", "<", "<", "<"],
            ["1.1", "Tenir une table par région", "Fédération (R), CDC (P)", "X", "X", "X", "X", ""],
            ["1.2", "Écrire un guide d'accueil", "Permanence", "", "X", "", "", "Voir la version de 2018"],
            ["1.3", "Revoir le guide", "idem", "X", "", "X", "", ""],
            ["Sous-total", "", "", "2", "2", "2", "1", ""],
            ["#!AXE 2 : LA RELÈVE", "<", "<", "<", "<", "<", "<", "<"],
            ["N°", "Actions", "Qui", "2021", "2022", "2023", "2024", "Commentaires"],
            ["2.1", "Former les conseils", "Fédération", "", "", "oui", "VRAI", ""],
            ["2.2", "Jumeler les directions", "″", "FAUX", "", "", "", "À discuter avec le CA"],
            ["* Sous réserve du financement.", "<", "<", "<", "<", "<", "<", "<"],
        ],
    ]
)

TRIMESTRES = drawn(
    [
        ("b", "Calendrier de mise en œuvre"),
        [
            ["Objectifs", "Activités", "Responsables", "2023", "<", "<", "<", "2024", "<"],
            ["^", "^", "^", "T1", "T2", "T3", "T4", "T1", "T2"],
            ["Se faire connaître", "Tenir un kiosque", "DG", "", "#", "#", "", "", ""],
            ["^", "Refaire le dépliant", "DG / CA", "", "", "", "#", "#", ""],
            ["Accueillir", "Former l'équipe", "DG", "#", "", "", "#", "", ""],
        ],
    ]
)

LISTES = drawn(
    [
        ("b", "Orientation 1 – Soutenir les familles"),
        [
            ["Objectifs", "Moyens", "Qui", "Quand", "Résultats attendus"],
            [
                "1.1 Rejoindre les parents isolés",
                "- Visiter les familles du quartier\n- Tenir une halte-répit\n- Traduire le dépliant",
                "Intervenante famille; bénévoles",
                "D'ici juin 2026",
                "30 familles rejointes",
            ],
            [
                "1.2 Outiller les parents",
                "Offrir des ateliers :\n- choisir les thèmes\n- trouver les animatrices",
                "Coordination",
                "2 fois par année",
                "Participants\nSatisfaction",
            ],
        ],
        ("b", "Orientation 2 – Consolider l'équipe"),
        [
            ["Objectifs", "Moyens", "Qui", "Quand", "Résultats attendus"],
            [
                "2.1 Garder nos employés",
                "1. Revoir l'échelle salariale\n2. Adopter une politique de télétravail",
                "CA\nCoordination",
                "Mars 2026\nSeptembre 2026",
                "",
            ],
        ],
    ]
)

NIVEAUX = drawn(
    [
        ("h0", "Planification stratégique 2024-2029"),
        ("b", "Mission : Soutenir les proches aidants de la région."),
        ("h1", "Nos valeurs"),
        ("-", "Le respect"),
        ("-", "L'entraide"),
        ("h1", "Diagnostic"),
        [
            ["Forces\n- Une équipe stable\n- Des locaux neufs", "Faiblesses\n- Peu de relève"],
            ["Opportunités\n- Un fonds régional", "Menaces\n- La pénurie de main-d'œuvre"],
        ],
        ("h1", "Plan d'action"),
        [
            ["Actions", "Responsables", "Échéance", "Priorité"],
            ["Enjeu 1 : La notoriété", "<", "<", "<"],
            ["Orientation 1.1 : Se faire connaître", "<", "<", "<"],
            ["Objectif 1.1.1 : Être présent dans les médias", "<", "<", "<"],
            ["a) Écrire une chronique mensuelle", "Agente de communication", "Mensuel", "Haute"],
            ["b) Rencontrer les journalistes", "DG", "Hiver 2025", "Moyenne"],
            ["Objectif 1.1.2 : Refaire le site", "<", "<", "<"],
            ["a) Choisir une firme", "DG", "T3 2024", "Haute"],
            ["Enjeu 2 : La relève", "<", "<", "<"],
            ["Orientation 2.1 : Accueillir de nouveaux membres", "<", "<", "<"],
            ["Objectif 2.1.1 : Rajeunir le conseil", "<", "<", "<"],
            ["a) Visiter les cégeps", "CA", "Automne 2025", ""],
            ["Actions", "Responsables", "Échéance", "Priorité"],
            ["b) Jumeler les administrateurs", "CA", "Quand possible", "Basse"],
        ],
    ]
)

SOUS_ACTIONS = drawn(
    [
        ("h1", "Axe 1 : Mobilité"),
        [
            ["Action", "Description", "Sous-actions", "Échéance", "Responsable", "État d'avancement"],
            [
                "Prolonger la piste cyclable",
                "Relier l'école au parc par la rue des Érables, sur 2,4 km.",
                "- Tracer le parcours\n- Poser les balises",
                "2025",
                "Service des loisirs, de la culture et de la vie communautaire",
                "Partiellement réalisée",
            ],
            [
                "Offrir un transport collectif",
                "Une navette le samedi.",
                "",
                "2026",
                "MRC (service du transport)",
                "Terminé",
            ],
        ],
    ]
)

SANS_NIVEAU = drawn(
    [
        ("b", "Plan d'action 2026"),
        [
            ["Quoi", "Qui", "Quand", "Fait"],
            ["Repeindre les bancs", "Équipe du quai", "Mars 2026", "☒"],
            ["Tenir la fête de juin", "Équipe du quai", "Juin 2026", "☐"],
            ["Trouver deux bénévoles", "", "dès que possible", ""],
            ["...", "", "", ""],
        ],
    ]
)

INDICATEURS = drawn(
    [
        [
            ["Orientation", "Objectif", "Indicateur", "Cible", "Service responsable", "Échéance"],
            [
                "1 Améliorer l'accueil",
                "1.1 Réduire l'attente",
                "Délai moyen de réponse",
                "5 jours",
                "Service à la clientèle",
                "2026-2027",
            ],
            ["^", "^", "Part des demandes en ligne", "60 %", "^", "31 mars 2027"],
            ["^", "1.2 Mieux informer", "Pages mises à jour", "100 %", "Communications", "31 mars 2027"],
        ],
    ]
)

PERSONNES = drawn(
    [
        ("b", "Orientation 1 : Le milieu de vie"),
        ("b", "Objectif 1 : Des lieux accueillants"),
        [
            ["Actions", "Responsable", "Collaborateurs", "Échéancier"],
            [
                "Trier les matières",
                "Service de la réduction et de la collecte des déchets",
                "Écoles, CPE et garderies",
                "Septembre à décembre 2026",
            ],
            ["Verdir la cour", "Ville de Saint-Loup (service de l'urbanisme, des parcs)", "CISSS", "31 octobre 2026"],
            ["Ouvrir les gymnases", "Centre de services scolaire (CSS) et Ville de Saint-Loup", "", "Cet automne"],
            ["Publier le bilan", "CSS", "ville de saint-loup", "Annuel"],
        ],
        ("p", ""),
        [["Poser des abreuvoirs", "Ville de Saint-Loup", "", "d'ici le 1er juin 2027"]],
    ]
)

PARAGRAPHES = drawn(
    [
        ("h0", "Plan d'action 2026-2028 du Comité citoyen"),
        ("h1", "Priorité 1 : La sécurité"),
        ("h2", "Action 1 : Demander une brigade scolaire"),
        ("p", "Responsable : Comité d'école"),
        ("p", "Échéance : Septembre 2026"),
        ("h2", "Action 2 : Abaisser la vitesse"),
        ("p", "Responsable : Ville"),
        ("p", "Échéance : 2027"),
        ("h1", "Priorité 2 : Les parcs"),
        ("h2", "Action 3 : Planter cent arbres"),
        ("p", "Échéance : Printemps 2028"),
    ]
)


FUSION = drawn(
    [
        [
            ["Axe", "Objectif", "Action", "Étape", "Responsable", "Échéance"],
            ["A. Vie citoyenne", "A1. Consulter", "Tenir des assises", "Réserver la salle", "Greffe", "Janvier 2025"],
            ["^", "^", "^", "Inviter les citoyens", "Communications", "Février 2025"],
            ["^", "^", "^", "Animer", "Firme externe", "Mars 2025"],
            ["^", "A2. Informer", "Refaire le bulletin", "", "Communications", "Juin 2025"],
            ["B. Finances", "B1. Prévoir", "Adopter un plan quinquennal", "", "Trésorerie", "Décembre 2025"],
        ]
    ]
)

MATRICE = drawn(
    [
        ("h1", "Thème 1 : Les parcs"),
        [
            ["Actions", "Ville", "<", "CISSS", "<", "OBNL", "<", "Échéance"],
            ["^", "R", "P", "R", "P", "R", "P", "^"],
            ["Aménager un parc", "X", "", "", "X", "", "", "2025"],
            ["Offrir des cours", "", "", "X", "", "", "X", "2026"],
        ],
        ("h1", "Thème 2 : Les sentiers"),
        [
            ["Actions", "Ville", "CISSS", "Club de marche", "Échéance"],
            ["Baliser les sentiers", "R", "", "P", "Mai 2026"],
            ["Tenir des marches", "P", "P", "R", "Chaque semaine"],
        ],
    ]
)

CONTRAT = drawn(
    [
        ("h0", "Contrat local de santé du Pays vert"),
        ("h1", "AXE 1 : PROMOTION DE LA SANTÉ"),
        ("h2", "Fiche action 1.1 : Bouger"),
        [
            ["Référent(s)", "Mairie – service des sports"],
            ["Objectifs", "- Augmenter la pratique sportive\n- Réduire la sédentarité"],
            ["Publics visés", "Enfants, aînés"],
            ["Descriptif", "Ateliers hebdomadaires."],
            ["Partenaires", "Clubs ; écoles"],
            ["Calendrier de mise en œuvre", "1er trimestre 2023 : diagnostic\n2e trimestre 2023 : ateliers"],
            ["Moyens / financement", "ARS 10 000 €, commune 5 000 €"],
            ["Indicateurs de suivi", "Nombre d'ateliers"],
        ],
        ("h2", "Fiche action 1.2 : Manger"),
        [
            ["Référent(s)", "CPTS"],
            ["Objectifs", "- Cuisiner"],
            ["Descriptif", "Un jardin partagé."],
            ["Calendrier de mise en œuvre", "2023-2025"],
        ],
    ]
)


PREVENTION = drawn(
    [
        ("h1", "Axe 2 : Prévention"),
        [
            ["FICHE ACTION N° 4", "<"],
            ["Intitulé de l’action", "Former les intervenants"],
            ["Axe stratégique", "Axe 2 : Prévention"],
            ["Objectif opérationnel", "Outiller les professionnels"],
            ["Description de l’action", "Trois sessions de formation par année."],
            ["Pilote", "CISSS"],
            ["Partenaires", "Écoles, CPE"],
            ["Calendrier", "2024-2026"],
            ["Coût prévisionnel", "12 000 €"],
            ["Indicateurs d’évaluation", "Nombre de personnes formées"],
        ],
        ("p", ""),
        [
            ["FICHE ACTION N° 5", "<"],
            ["Intitulé de l’action", "Créer une ligne d’écoute"],
            ["Axe stratégique", "Axe 2 : Prévention"],
            ["Objectif opérationnel", "Soutenir les proches"],
            ["Description de l’action", "Une ligne ouverte 24 h."],
            ["Pilote", "Centre de crise"],
            ["Partenaires", ""],
            ["Calendrier", "Dès 2025"],
            ["Coût prévisionnel", "à définir"],
            ["Indicateurs d’évaluation", "Appels reçus"],
        ],
    ]
)

PROJETS = drawn(
    [
        ("h1", "Priorité 1. Transport"),
        [
            ["Projet", "Échéancier", "Budget"],
            [
                "Navette du samedi\nOffrir une navette gratuite entre le village et la ville chaque samedi de l’année, en partenariat avec la MRC.",
                "2025 - 2027",
                "15 000 $/an",
            ],
            [
                "Covoiturage\nUne application pour les résidents qui travaillent à l’extérieur du territoire de la municipalité.",
                "Automne 2025",
                "",
            ],
        ],
    ]
)

DOUBLES = drawn(
    [
        [
            ["Objectifs", "<", "Actions", "<", "Qui", "Quand"],
            ["1", "Rayonner", "1.1", "Acheter une enseigne", "DG", "2025"],
            ["^", "^", "1.2", "Peindre", "DG", "2026"],
            ["2", "Grandir", "2.1", "Embaucher", "CA", "2026"],
        ]
    ]
)

DEUX_CASES = drawn(
    [
        [
            ["Orientation 1", "Contribuer au mieux-être", "<", "<"],
            ["Objectif 1.1", "Rejoindre les aînés isolés", "<", "<"],
            ["Moyens", "Responsable", "Échéance", "Résultat visé"],
            ["Visites à domicile", "Bénévoles", "En continu", "20 visites"],
            ["Appels amicaux", "Agente", "Hebdomadaire", ""],
            ["Objectif 1.2", "Briser l’isolement", "<", "<"],
            ["Dîners communautaires", "Cuisinière", "1 fois par mois", "40 convives"],
        ]
    ]
)

RESUME = drawn(
    [
        ("h0", "Plan stratégique 2025-2030"),
        ("h1", "Sommaire des orientations"),
        [
            ["Orientations", "Objectifs"],
            ["1. Développer nos services", "1.1 Élargir l’offre\n1.2 Améliorer la qualité"],
            ["2. Assurer la pérennité", "2.1 Diversifier le financement"],
        ],
        ("h1", "ORIENTATION 1 : DÉVELOPPER NOS SERVICES"),
        ("h2", "Objectif 1.1 : Élargir l’offre"),
        [
            ["Actions", "Responsables", "Échéancier", "Indicateurs de réussite"],
            ["1.1.1 Ouvrir une halte-garderie", "Direction", "Septembre 2025", "Nombre d’enfants"],
            ["1.1.2 Offrir des ateliers le soir", "Coordonnatrice des activités", "D’ici mars 2026", ""],
        ],
        ("h2", "Objectif 1.2 : Améliorer la qualité"),
        [
            ["Actions", "Responsables", "Échéancier", "Indicateurs de réussite"],
            ["1.2.1 Sonder les membres", "Coordonnatrice", "Chaque année", "Taux de réponse"],
        ],
        ("h1", "ORIENTATION 2 : ASSURER LA PÉRENNITÉ"),
        ("h2", "Objectif 2.1 : Diversifier le financement"),
        [
            ["Actions", "Responsables", "Échéancier", "Indicateurs de réussite"],
            ["2.1.1 Créer un comité de financement", "CA", "Hiver 2026", "Comité actif"],
        ],
        ("h1", "Annexe – Membres du comité"),
        [["Nom", "Organisme"], ["Anne Roy", "CDC"], ["Luc Côté", "CLSC"]],
    ]
)

GOUVERNEMENT = drawn(
    [
        ("b", "Enjeu 1 : Des services accessibles"),
        ("b", "Orientation 1 : Simplifier les démarches"),
        [
            ["Objectif", "Indicateur", "Cible 2023-2024", "Cible 2024-2025", "Cible 2025-2026"],
            ["1. Améliorer l’accès aux services en ligne", "1. Taux de services en ligne", "60 %", "70 %", "80 %"],
            ["", "2. Taux de satisfaction", "75 %", "78 %", "80 %"],
            ["2. Réduire les délais", "3. Délai moyen", "10 jours", "8 jours", "6 jours"],
        ],
    ]
)

PRIORITES = drawn(
    [
        ("h1", "Organisation des loisirs"),
        ("p", "Texte d’introduction au thème."),
        [
            ["Priorité", "Actions", "Responsable", "Échéance"],
            ["1", "Ouvrir le gymnase", "Loisirs", "Mai 2025"],
            ["2", "Tenir un camp", "Loisirs", "Été 2025"],
        ],
        ("h1", "Culture"),
        [["Priorité", "Actions", "Responsable", "Échéance"], ["Haute", "Refaire la bibliothèque", "Culture", "2026"]],
    ]
)

PORTRAIT = drawn(
    [
        ("h1", "Notre mission"),
        ("p", "Accueillir les familles."),
        ("p", "Les outiller."),
        [["Vision", "Un quartier où l'on se connaît"], ["Valeurs", "Respect, entraide, plaisir"]],
        ("b", "Nos forces :"),
        ("-", "Une équipe stable"),
        ("b", "Nos enjeux :"),
        ("-", "La relève"),
        ("-", "Le financement"),
        ("h1", "Plan d'action"),
        [
            ["Orientation", "Action", "Qui", "Quand", "Résultat", "Lien", "Dépenses"],
            ["Aider", "Tenir une halte", "DG (R), CA (P)", "Mai 2026", "Dix familles", "la page", "s/o"],
        ],
    ]
)


def automatic() -> Doc:
    """Levels, actions and even the numbers of a column, numbered by Word itself: no number is in any text."""
    made = Document()
    numbering = made.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1.", "%1.%2", "%1.%2.%3"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

    def number(paragraph: object, level: int) -> None:
        settings = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
        xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        settings.append(parse_xml(xml))

    for orientation, actions in (
        ("La vie associative", ["Tenir l'assemblée", "Fêter les bénévoles"]),
        ("Le financement", ["Écrire à Centraide"]),
    ):
        number(made.add_heading(orientation, 2), 0)
        grid = made.add_table(1 + len(actions), 4, style="Table Grid")
        for cell, text in zip(grid.rows[0].cells, ("No", "Action", "Responsable", "Échéance"), strict=True):
            cell.text = text
        for row, action in zip(grid.rows[1:], actions, strict=True):
            number(row.cells[0].paragraphs[0], 1)
            row.cells[1].text, row.cells[2].text, row.cells[3].text = action, "CA", "Mai 2026"
    return made


def revised() -> bytes:
    """Text inserted and deleted under revision, content controls, a text box, a note, a comment, hidden characters."""
    made = word(
        [
            ("b", "Orientation 1 : Les jeunes"),
            [
                ["Action", "Responsable", "Échéance"],
                ["Ouvrir le local ‹INS›‹DEL›", "‹SDT›", "Mai\u00ad 2026"],
                ["Tenir un bal\u200b", "DG", "2026\u20112027"],
            ],
        ]
    )
    made.add_paragraph("‹BOX›")
    buffer = io.BytesIO()
    made.save(buffer)
    run = "<w:r><w:t>{}</w:t></w:r>"
    changes = {
        "<w:t>Ouvrir le local ‹INS›‹DEL›</w:t></w:r>": '<w:t xml:space="preserve">Ouvrir le local </w:t></w:r>'
        f'<w:ins w:id="1" w:author="a">{run.format("le samedi")}</w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>le lundi</w:delText></w:r></w:del>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> et le soir</w:t></w:r>',
        "<w:t>‹SDT›</w:t></w:r>": f"</w:r><w:sdt><w:sdtPr/><w:sdtContent>{run.format('Maison des jeunes')}</w:sdtContent></w:sdt>",
        "<w:t>‹BOX›</w:t>": '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>'
        f"{run.format('Version du 3 mai')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict>",
    }
    return rewritten(buffer.getvalue(), {"word/document.xml": changes})


def rewritten(data: bytes, changes: dict[str, dict[str, str]], added: dict[str, str] | None = None) -> bytes:
    """An archive with texts of its parts replaced, and parts added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in changes.get(name, {}).items():
                assert before.encode() in text, before
                text = text.replace(before.encode(), after.encode())
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
        for name, more in (added or {}).items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), more, zipfile.ZIP_DEFLATED)
    return made.getvalue()


SUIVI = """\
Suivi du plan d'action;;;;;;;;;
;;;;;;;;;
Axe;Objectif;N°;Action;Responsable;Échéance;Statut;Date du suivi;Commentaires;Budget réel
(nommer l'axe);(nommer l'objectif);;(décrire l'action);(qui?);(quand?);(choisir);;;
1. Gouvernance;1.1 Un CA qui décide;1;Former les administrateurs;DG;Juin 2020;À faire;2020-03-31;;
1. Gouvernance;1.1 Un CA qui décide;2;Adopter un code d'éthique;CA;Décembre 2020;En attente;2020-03-31;Modèle reçu du CDC;
1. Gouvernance;1.1 Un CA qui décide;1;Former les administrateurs;DG;Juin 2021;En cours;2021-03-31;Deux séances données;1 200 $
1. Gouvernance;1.1 Un CA qui décide;2;Adopter un code d'éthique;CA;Décembre 2020;Réalisée;2021-03-31;Adopté le 12 janvier;
;;;;;;;;;
;1.2 Des finances saines;3;Diversifier les revenus;idem;44348;Réalisé à 50 %;2021-03-31;;5 000 $ à 8 000 $
2. Visibilité;2.1 Être connus;4;Refaire le logo;Agente de communication;2021-09-01;;;;
;;5;Refaire le site;Agente de communication;2021-09-02;;;;
;;6;Refaire l'affiche;Agente de communication;2021-09-03;;;;
Total;;6;;;;;;;
"""

EN_LIGNES = """\
Orientation\tObjectif\tAction\tResponsables\tDébut\tFin\tRéalisé
Le territoire\tProtéger la rivière\tPlanter des arbres\t['Ville', 'OBV']\tavril 2024\toctobre 2024\tVRAI
\t\tNettoyer les berges\tComité citoyen\t\tmai 2025\tFAUX
\tFaire connaître la rivière\tPoser des panneaux\tVille + OBV\t2025-06-01\t\t
"""

MARKDOWN = """\
| Priorité | Projet | Qui | Pour quand |
| --- | --- | --- | :---: |
| Garder le quai vivant | Repeindre les bancs | Équipe du quai | Mars 2027 |
| | Tenir la fête de juin | Équipe du quai | Juin 2027 |
"""


def anglais() -> str:
    """A CSV with commas, quotation marks, line breaks inside cells, a byte order mark and more levels than a plan has."""
    return (
        "\ufeffAxe,Orientation,Objectif général,Objectif spécifique,Mesure,Ministère,Mise en œuvre,Lien\n"
        '"A, L\'eau","O1 Protéger","G1 Les lacs","S1 Les berges","Replanter\n les ""bandes riveraines""","Environnement (MELCCFP), MAMH","2024 à 2026",https://exemple.org/eau\n'
        '"A, L\'eau","O1 Protéger","G1 Les lacs","S2 Les quais","Recenser les quais","MAMH",2025,\n'
        '"B, L\'air","O2 Mesurer","G2 La ville","S1 Les capteurs","Poser dix capteurs","Environnement (MELCCFP)","d\'ici décembre 2025",\n'
    )


STATUTS = '\ufeff"Orientation","Action","Responsable","Échéance","% avancement","État","Coût estimé","Coût réel","Source"\n"1 - Gouvernance","Réviser les règlements","CA","2024-06-30","100 %","Complété","0 $","0 $","—"\n"1 - Gouvernance","Évaluer la direction","CA","juin 2025","50%","En cours","2,500.00 $","","Fonds propres"\n"2 - Services","Ouvrir le samedi","DG","à déterminer","0","Non débuté","1 000 $ - 2 000 $","","PSOC"\n"2 - Services","Fermer le point de service B","DG","2024","","Abandonné","","",""\n'


def _climat(number: str, title: str, priority: str, when: str) -> list[Block]:
    rows = [["Pilote", "Service des bâtiments"], ["Calendrier", when], ["Priorité", priority]]
    return [[[f"Fiche-action n° {number}", title], *rows, ["Étapes", "Diagnostic\nTravaux"]], ("p", "")]


CLIMAT = drawn(
    [
        ("h0", "Plan climat"),
        ("h1", "Axe 1 : Bâtiments sobres"),
        *_climat("1.1", "Rénover l'école", "Haute", "2027"),
        *_climat("1.2", "Former les artisans", "1", "Dès 2028"),
        ("h1", "Axe 2 : Déplacements"),
        *_climat("2.1", "Ouvrir une piste cyclable", "Moyenne", "Automne 2028"),
    ]
)

ANNEES = drawn(
    [
        [
            ["Axe", "Mesure", "Responsable", "Échéancier", "<", "<"],
            ["^", "^", "^", "2027", "2028", "2029"],
            ["1. Déplacements", "Poser des bancs", "Travaux publics", "X", "X", ""],
            ["^", "Ajuster les feux", "Travaux publics", "En continu", "<", "<"],
            ["2. Loisirs", "Tenir un club de marche", "Service des loisirs", "En continu", "En continu", "En continu"],
            ["^", "Animer le parc", "Service des loisirs", "", "En continu", "<"],
            ["^", "Prêter des raquettes", "Service des loisirs", "À chaque hiver", "<", "<"],
        ]
    ]
)

ACTEURS = drawn(
    [
        ("p", "Légende : (R) = responsable, (P) = partenaire"),
        [
            ["Objectif", "Action", "Acteurs", "Quand"],
            ["Vendre", "Ouvrir un comptoir", "Gérance (R)\nCLD (P)", "2027"],
            ["^", "Lancer la boutique en ligne", "Gérance (R), Webmestre (R), BDC (P)", "2028"],
            ["Former", "Jumeler les recrues", "Centre de formation, Atelier (R)", "2028"],
        ],
    ]
)

REFERENCES = """\
Réf.;Axe;Action;Pilote;Début;Fin
A1;Santé;Ouvrir une clinique;ARS;2027;2028
A2;Santé;Mettre un autobus en service;CPAM;mars 2027;
B1;Entraide;Tenir un groupe;ARS;;juin 2028
B2;Entraide;Tenir une semaine;ARS;2027-09-01;2028-06-30
"""


def _reussite(number: str, orientation: str, under: str, objectif: str, action: str) -> list[Block]:
    titles: list[Block] = [("b", f"Orientation {number} : {orientation}"), ("b", f"Objectif {under} : {objectif}")]
    return [*titles, [["Stratégies", "Responsable", "Échéance"], [action, "Direction", "2028"]]]


ENJEUX = drawn(
    [
        [
            ["Enjeux", "Orientations", "Objectifs"],
            ["La réussite", "1. Accompagner chacun", "1.1 Augmenter la diplomation"],
            ["^", "2. Accueillir autrement", "2.1 Ouvrir le soir"],
            ["3. La relève", "3. Attirer le personnel", "3.1 Se faire connaître"],
        ],
        *_reussite("1", "Accompagner chacun", "1.1", "Augmenter la diplomation", "Offrir du tutorat"),
        *_reussite("2", "Accueillir autrement", "2.1", "Ouvrir le soir", "Former une équipe"),
        *_reussite("3", "Attirer le personnel", "3.1", "Se faire connaître", "Participer à des salons"),
    ]
)

ENONCES = """\
No;Engagement;Énoncé;Responsable;Période de reddition;État;Échéance;Commentaires
A-1;Créer un guichet unique;Regrouper les demandes des citoyens;Greffe;2023 T4;En cours;2024-06-30;Plan reçu
A-1;Créer un guichet unique;Regrouper les demandes des citoyens;Greffe;2024 T2;En cours;2024-12-31;Fournisseur choisi
A-2;Publier les données ouvertes;;Communications;2023 T4;À venir;2025;
A-2;Publier les données ouvertes;;Communications;2024 T2;Abandonné;2025;Faute de budget
B-1;Réviser le règlement;;Urbanisme;2024 T4;En cours;2025-03;Voir le registre
B-2;;;Loisirs;2024 T4;En cours;2026;Titre à venir
"""

RIENS = """\
Action;Responsable;Partenaires;Échéance;Budget;Statut;Fait?;Notes
Tenir un kiosque;?;n/d;2025;n/d;✓;Oui;s/o
Peindre la salle;s.o.;N/A;N/A;à venir;—;VRAI;—
Former le comité;Comité (É&É);?;?;—;s/o;n/a;Vu
Planter un arbre;n.d.;—;…;-;?;non;N/D
"""

WHO = ["Action", "Responsable", "Échéance"]
SOUS_TABLEAUX = drawn(
    [
        ("h1", "Orientation 1 : Rejoindre"),
        [WHO, ["Tenir un kiosque", "DG", "2026"]],
        ("p", "Objectif 1.1 : Faire connaître l'organisme"),
        [WHO, ["Visiter les écoles", "DG", "2027"]],
        ("p", "Objectif 1.2 : Joindre les jeunes"),
        ("h1", "Orientation 2 : Gérer"),
        [WHO, ["Réviser la politique", "CA", "2026"]],
        ("p", "Objectif 2.1 : Tenir nos politiques à jour"),
    ]
)

PRESENTATION = drawn(
    [
        ("h0", "Planification stratégique 2024-2027"),
        [
            ["Axe", "Description"],
            ["Rejoindre", "L'organisme veut rejoindre des jeunes de tous les milieux"],
            ["Gérer", "L'organisme veut une gestion saine et durable"],
        ],
        ("h1", "Axe 1 : Rejoindre"),
        ("h2", "Objectif 1.1 : Être visible"),
        ("p", "Résultat attendu : 20 % plus de jeunes"),
        [
            WHO,
            ["Tenir un kiosque", "Animateurs, coordonnatrice et bénévoles", "2026"],
            ["Publier un dépliant", "″", ""],
        ],
        ("h2", "Objectif 1.2 : Être entendu"),
        ("h1", "Axe 2 : Gérer"),
        ("h2", "Objectif 2.1 : Durer"),
        ("p", "Résultat attendu : Six mois de réserve"),
        [WHO, ["Réviser la politique", "Présidente et trésorière", "Hiver 2025"]],
    ]
)

PARTAGES = drawn(
    [
        ("h1", "Orientation 1 : L'aide directe"),
        [
            ["Objectifs", "Moyens", "Responsables", "Échéancier", "Budget", "Cible", "Remarques"],
            [
                "Accueillir",
                "- Tenir un kiosque\n- Visiter les écoles\n- Publier un dépliant",
                "- Nadia\n- Luc",
                "- Mars 2026\n- Juin 2026\n- 2027",
                "900 $",
                "50 jeunes",
                "À voir en équipe",
            ],
            [
                "Soutenir",
                "1. Ouvrir un local\n- Trouver un lieu\n- L'aménager\n2. Former l'équipe",
                "DG",
                "2026",
                "- 500 $\n- 200 $",
                "",
                "",
            ],
            ["Mesurer", "Sonder les membres", "DG", "2026", "1 000 $", "80 %", ""],
            ["^", "Publier les résultats", "DG", "2027", "^", "^", ""],
        ],
    ]
)

MOIS = drawn(
    [
        ("h0", "Plan de travail annuel 2025-2026"),
        ("h2", "Priorité 1 : Persévérance"),
        [
            ["Tâches", "Responsable", "Échéance", "Suivi"],
            ["Rencontrer les écoles", "Agent", "Septembre", "Réalisé"],
            ["Offrir de l'aide aux devoirs", "Agent", "Octobre à mai", "En cours"],
            ["Produire le bilan", "Direction", "Juin", "À venir"],
        ],
        ("h2", "Priorité 2 : Emploi"),
        [["Tâches", "Responsable", "Échéance"], ["Tenir un salon", "Conseillère", "Mars"]],
    ]
)  # fmt: skip

INITIALES = drawn(
    [
        [
            ["Calendrier de travail 2026", *["<"] * 13],
            ["Activités", "Qui", *"JFMAMJJASOND"],
            ["Recruter des bénévoles", "Coordonnatrice", "x", "x", *[""] * 6, "x", "x", "", ""],
            ["Tenir l'assemblée générale", "CA", *[""] * 5, "x", *[""] * 6],
            ["Livrer les repas", "Bénévoles", *["x"] * 12],
        ],
    ]
)

COUTS = drawn(
    [
        [
            ["", "Action", "Responsable", "Échéancier", "<", "<", "Coûts", "<", "Financement"],
            ["^", "^", "^", "An 1\n(2025-2026)", "An 2\n(2026-2027)", "En continu", "2025", "2026", "^"],
            [
                "ORIENTATION 1\nL'ENTRETIEN",
                "Refaire la toiture",
                "Direction",
                "X",
                "",
                "",
                "",
                "85 000 $",
                "SHQ, réserve",
            ],
            ["^", "Remplacer les fenêtres", "Direction", "X", "X", "", "40 000 $", "40 000 $", "Réserve"],
            ["ORIENTATION 2\nLA VIE COMMUNAUTAIRE", "Tenir un jardin", "Comité", "", "", "X", "", "", ""],
        ]
    ]
)


ACCUEIL = drawn(
    [
        ("h1", "Axe 1 : Accueillir"),
        ("h2", "Objectif 1.1 : Rendre les lieux accessibles"),
        [
            ["Actions", "Responsable", "Période", "Atteint", "<"],
            ["^", "^", "^", "Oui", "Non"],
            ["Installer une rampe", "DG", "Court terme (0-2 ans)", "X", ""],
            ["Revoir l'affichage", "Adjointe", "Court terme (0-2 ans)", "", "X"],
            ["Indicateurs : 500 visites; 4 plaintes", "<", "<", "<", "<"],
        ],
        ("h2", "Objectif 1.2 : Former l'équipe"),
        [["Actions", "Responsable", "Période", "%"], ["Offrir une formation", "Nadia et Luc", "Automne 2025", "50 %"]],
    ]
)

PUCES = drawn(
    [
        ("h0", "Plan stratégique 2025-2028"),
        ("h1", "Orientation stratégique 1. Mieux accueillir"),
        ("p", "Nous voulons que chacun se sente chez lui."),
        ("h2", "Objectif 1.1 Rendre les lieux accessibles"),
        ("-", "Installer une rampe – Responsable : DG – Échéance : juin 2025"),
        ("-", "Revoir l'affichage (Responsables : DG, CA; Échéance : 2026)"),
        ("h2", "Objectif 1.2 Former l'équipe"),
        ("-", "Offrir une formation : secourisme, écoute"),
    ]
)


CASES = drawn(
    [
        ("h1", "Axe 1 : Milieu de vie"),
        ("p", "Responsable : Travaux publics"),
        [
            ["Mesures", "Échéance", "Statut"],
            ["Poser des bancs", "2025", "#"],
            ["Éclairer le parc", "2026", "☐ À faire\n☒ En cours\n☐ Réalisé"],
            ["Ouvrir un sentier", "2026", "☐ À faire ☐ En cours ☑ Réalisé"],
        ],
        ("h1", "Axe 2 : Transport"),
        [["Mesures", "Responsable", "Échéance"], ["Ajouter un arrêt", "☒ Greffe\n☐ Loisirs", "2027"]],
    ]
)


def numbered() -> Doc:
    """Numbered paragraphs only, some by Word, and what is said of each under it."""
    return word(
        [
            ("h0", "Plan d'action 2025-2027"),
            ("p", "Ce plan a été adopté par les membres."),
            ("b", "1. Enrichir la programmation"),
            ("p", "1.1 Proposer de nouvelles activités"),
            ("p", "1.1.1 Sonder les membres"),
            ("p", "Responsable : Coordonnatrice"),
            ("p", "Échéance : Automne 2025"),
            ("p", "1.1.2 Offrir un club de lecture"),
            ("b", "2. Consolider les finances"),
            ("p", "2.1 Diversifier les revenus"),
            ("p", "2.1.1 Tenir une vente de livres"),
        ]
    )


DATES = """\
Action;Responsable;Début;Date limite;Date de réalisation;Statut
Publier un guide;Nadia, Luc et Omar;01/09/2024;30/06/2025;;
Tenir un forum;Luc;03/04/2025;04/05/2025;05/05/2025;Réalisé
Ouvrir un local;Comité des fêtes, Sports et loisirs;;06/07/2026;;
"""

RENVOIS = """\
Plan d'action 2024-2027;;
Action;Responsable;Échéance
Tenir un kiosque;Léa¹;2025
"Publier un dépliant;Léa;2026²
Aménager 50 m²;Marc*;2027
Mis à jour le 12 mai 2024;;
¹ Léa remplace Marc;;
² S'il y a lieu;;
"""

EMPLOI = drawn(  # who and when in one column, a)… b)… under an objectif that a row numbers
    [
        ("h0", "Plan d'action 2025-2026"),
        ("b", "Carrefour jeunesse-emploi de la Pointe"),
        [
            ["!ENJEU 1 : L'ATTRACTION DES JEUNES", "<", "<", "<"],
            ["Objectifs", "Moyens / actions", "Responsable / échéance", "Indicateurs de réussite"],
            [
                "1. Être présents où sont les jeunes",
                "a) Kiosques au cégep\nb) Compte TikTok",
                "Chargée de projet – septembre 2025",
                "15 kiosques\n1 000 abonnés",
            ],
            ["2. Simplifier l'inscription", "a) Formulaire en ligne", "Adjointe / 31 octobre 2025", "Formulaire actif"],
            ["!ENJEU 2 : LA RÉTENTION DU PERSONNEL", "<", "<", "<"],
            [
                "3. Améliorer les conditions",
                "a) Réviser l'échelle salariale\nb) Offrir le télétravail",
                "Direction – hiver 2026",
                "Roulement sous 10 %",
            ],
        ],
    ]
)

ZONE = drawn(  # a fiche of which each cell has its label; « Enjeu 1 » and its title below it
    [
        ("h0", "Plan de développement de la zone 2025-2028, Municipalité de Lac-Clair"),
        ("h1", "Enjeu 1"),
        ("h2", "La dévitalisation"),
        [
            ["Projet 1 : Incubateur d'entreprises", "<"],
            ["Responsable : Agent de développement", "Échéance : décembre 2026"],
            ["Partenaires : SADC, MRC", "Budget : 150 000 $"],
            ["Description : Convertir l'ancienne école.", "<"],
        ],
        [
            ["Projet 2 : Marché public", "<"],
            ["Responsable : Comité marché", "Échéance : été 2025"],
            ["Partenaires :", "Budget : à déterminer"],
            ["Description : Douze samedis.", "<"],
        ],
        ("h1", "Enjeu 2"),
        ("h2", "Le logement"),
        [
            ["Projet 3 : Terrains municipaux", "<"],
            ["Responsable : Direction générale", "Échéance : 2027"],
            ["Partenaires : UPA", "Budget : 12 000 $"],
            ["Description : Lotir dix terrains.", "<"],
        ],
    ]
)

TOUT_PETITS = drawn(  # the objectif and what is aimed at above the headers
    [
        ("h0", "Plan d'action 2025-2026 – Table petite enfance de l'Est"),
        ("h2", "Axe 1. Éveil à la lecture"),
        [
            ["Objectif :", "Donner le goût des livres aux tout-petits", "<", "<"],
            ["Résultat attendu :", "200 enfants rejoints", "<", "<"],
            ["Activités", "Responsables", "Calendrier", "Moyens d'évaluation"],
            ["Croque-livres dans les parcs", "R : Bibliothèque\nC : CPE, CLSC", "Été 2025", "Nombre de livres pris"],
            [
                "Heure du conte en pyjama",
                "Bibliothèque (R) et CPE (C)",
                "1 fois / mois, oct. à avril",
                "Fiches de présence",
            ],
        ],
        ("h2", "Axe 2. Soutien aux parents"),
        [
            ["Objectif :", "Rejoindre les pères", "<", "<"],
            ["Résultat attendu :", "30 pères", "<", "<"],
            ["Activités", "Responsables", "Calendrier", "Moyens d'évaluation"],
            ["Samedis papa-enfant", "Coord. des services", "Automne 2025", "Sondage"],
            ["Capsules vidéo", "Coordination des services", "D'ici le 31 janvier 2026", ""],
        ],
        ("p", "R : responsable; C : collaborateur"),
    ]
)

COOPERANTS = drawn(  # lists, and under each who and when, for all its items
    [
        ("h0", "Plan stratégique 2026-2029 de la Coopérative jeunesse de services"),
        ("h1", "Axe 1 : Recrutement"),
        ("h2", "Objectif 1 : Recruter 15 coopérants chaque été"),
        ("p", "Actions :"),
        ("-", "Tournée des classes de 3e secondaire"),
        ("-", "Page Instagram"),
        ("p", "Responsable : Comité local"),
        ("p", "Échéancier : mars à mai de chaque année"),
        ("h1", "Axe 2 : Financement"),
        ("h2", "Objectif 2 : Atteindre 20 000 $"),
        ("p", "Responsable : Trésorier"),
        ("-", "Solliciter 10 commanditaires"),
        ("-", "Vendre des certificats-cadeaux"),
    ]
)


WORDS = {
    "mada": MADA, "fiches": FICHES, "cpe": CPE, "ouvert": OUVERT, "calendrier": CALENDRIER, "trimestres": TRIMESTRES,
    "listes": LISTES, "niveaux": NIVEAUX, "sous-actions": SOUS_ACTIONS, "sans-niveau": SANS_NIVEAU,
    "indicateurs": INDICATEURS, "personnes": PERSONNES, "paragraphes": PARAGRAPHES,
    "prevention": PREVENTION, "projets": PROJETS, "doubles": DOUBLES, "deux-cases": DEUX_CASES, "resume": RESUME,
    "gouvernement": GOUVERNEMENT, "priorites": PRIORITES, "portrait": PORTRAIT,
    "fusion": FUSION, "matrice": MATRICE, "contrat": CONTRAT, "climat": CLIMAT, "annees": ANNEES, "acteurs": ACTEURS, "enjeux": ENJEUX,
    "sous-tableaux": SOUS_TABLEAUX, "presentation": PRESENTATION, "partages": PARTAGES, "mois": MOIS,
    "initiales": INITIALES, "couts": COUTS, "numeros": numbered, "accueil": ACCUEIL, "puces": PUCES, "cases": CASES,
    "emploi": EMPLOI, "zone": ZONE, "tout-petits": TOUT_PETITS, "cooperants": COOPERANTS,
}  # fmt: skip
SAVED_BY_LIBREOFFICE = ("calendrier", "cpe", "niveaux")


def written(made: Doc) -> bytes:
    """The bytes of a document, dated of no day."""
    buffer = io.BytesIO()
    made.save(buffer)
    return rewritten(buffer.getvalue(), {})


def saved_by_libreoffice(data: bytes) -> bytes:
    """The same document, as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "in.docx").write_bytes(data)
        words = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/p", "--convert-to", "odt", "in.docx"]
        subprocess.run(words, cwd=folder, check=True, capture_output=True)
        (folder / "in.docx").unlink()
        words[-2:] = ["docx", "in.odt"]
        subprocess.run(words, cwd=folder, check=True, capture_output=True)
        return rewritten((folder / "in.docx").read_bytes(), {})


def main(only: list[str]) -> None:
    """Write the documents, or some of them."""
    HERE.mkdir(exist_ok=True)
    documents = {f"{name}.docx": written(make()) for name, make in WORDS.items()}
    documents |= {"automatique.docx": written(automatic()), "revision.docx": revised()}
    documents |= {
        "statuts.csv": f"sep=,\n{STATUTS.lstrip(chr(0xFEFF))}".encode(),
        "suivi.csv": SUIVI.encode("cp1252"),
        "en-lignes.tsv": EN_LIGNES.encode("utf-16"),
        "colle.txt": MARKDOWN.encode(),
        "virgules.csv": anglais().encode(),
        "enonces.csv": ENONCES.encode(),
        "references.csv": REFERENCES.encode(),
        "riens.csv": RIENS.encode(),
        "dates.csv": DATES.encode(),
        "renvois.csv": RENVOIS.encode("cp1252"),
    }
    if shutil.which("soffice"):
        for name in SAVED_BY_LIBREOFFICE:
            if not only or f"{name}-libreoffice.docx" in only:
                documents[f"{name}-libreoffice.docx"] = saved_by_libreoffice(documents[f"{name}.docx"])
    for name, data in documents.items():
        if not only or name in only:
            (HERE / name).write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
