"""Plans for the tests of agendas: a small one with every état and every place, and how one is made."""

from __future__ import annotations

from datetime import date
from typing import Any

from support import load_shipped, load_texts

from pivot_cli.documents.agenda import AgendaRequest, OrdreDuJour, build

DAY = date(2020, 1, 15)

ORGANISME = """\
nom: L'Essai
enjeux:
  - {numero: 1, titre: Un enjeu}
"""

RESPONSABLES = """\
responsables:
  - {code: DG, nom: Direction générale}
  - {code: CA, nom: Conseil d'administration}
  - {code: equipe, nom: Équipe des essais, nom_court: Équipe}
"""

ORIENTATION = """\
numero: 1
enjeu: 1
titre: Essayer ce qui peut l'être
volets:
  - code: gou
    nom: Gouvernance
    objectifs:
      - numero: 1
        titre: Ce que le conseil fait seul
        actions:
          - {numero: 1, description: Se former, responsables: [CA], echeance: Mai 2019}
          - {numero: 2, description: Se parler, responsables: [CA], echeance: Mars 2019, statut: en cours}
          - {numero: 3, description: Se réunir à huis clos, responsables: [CA], echeance: Mars 2020}
          - {numero: 4, description: Se montrer, responsables: [CA], echeance: Immédiat}
          - {numero: 5, description: Se relire, responsables: [CA], echeance: Annuel, realisations: [2019-12-20]}
          - {numero: 6, description: Faire un tour de table, responsables: [CA], echeance: Décembre 2019}
          - {numero: 7, description: Se fixer un but, responsables: [CA], echeance: À déterminer}
      - numero: 2
        titre: Ce que le conseil partage
        actions:
          - {numero: 1, description: Embaucher, responsables: [CA, DG], echeance: Juin 2019}
          - {numero: 2, description: Accueillir, responsables: [CA, DG], echeance: Septembre 2019}
          - {numero: 3, description: Évaluer, responsables: [CA, DG], echeance: À évaluer}
      - numero: 3
        titre: Ce que le conseil partage un peu
        actions:
          - {numero: 1, description: Saluer, responsables: [CA, equipe], echeance: Octobre 2019}
          - {numero: 2, description: Remercier, responsables: [equipe], echeance: Octobre 2020}
          - {numero: 3, description: Décorer, responsables: [equipe], echeance: En continu}
          - {numero: 4, description: Répondre, responsables: [equipe, CA], porteur: CA, echeance: Novembre 2019}
  - code: adm
    nom: Administration
    objectifs:
      - numero: 1
        titre: Ce que l'équipe fait
        actions:
          - numero: 1
            description: Ouvrir le local
            responsables: [DG]
            echeance: Octobre 2019
            statut: en cours
            decision: Choisir entre deux baux
          - numero: 2
            description: Former un comité
            responsables: [DG]
            echeance: Mars 2019
            statut: réalisée
            realisee_le: 2019-12-10
            resultat: Huit personnes le forment.
          - {numero: 3, description: Écrire un guide, responsables: [equipe], echeance: Juin 2019, statut: abandonnée,
             motif: Manque de temps}
          - {numero: 4, description: Acheter des chaises, responsables: [equipe], echeance: Avril 2019}
          - {numero: 5, description: Peindre, responsables: [equipe], echeance: Mai 2019}
          - {numero: 6, description: Chauffer, responsables: [equipe], echeance: Hiver 2020}
          - {numero: 7, description: Éclairer, responsables: [DG], echeance: À déterminer}
          - {numero: 8, description: Inviter des partenaires, responsables: [DG], echeance: Juin 2020}
          - {numero: 9, description: Nettoyer, responsables: [equipe], echeance: Immédiat}
          - {numero: 10, description: Fêter, responsables: [DG], echeance: Février 2019, statut: réalisée,
             realisee_le: mars 2019}
"""

REUNIONS = """\
ca:
  membres: [Ana, Benoît, Carole]
  quorum: 2 membres
  heure: 18 h 30
  duree: 1 h 30
  lieu: Salle d'essai
  reunions:
    - {date: 2019-11-20, proces_verbal: Classeur bleu}
    - date: 2020-01-15
      titre: Réunion d'hiver
      lien: https://exemple.org/reunion
      points:
        - {titre: Achat de chaises, presente_par: Ana, duree: 15 min, but: décision, precision: Deux soumissions.}
    - {date: 2020-02-19}
  points:
    - {code: comites, consentement: oui}
    - {code: divers, titre: Divers}
  points_permanents:
    - {titre: Tour de table, action: 1.gou.1.6}
aga:
  heure: 19 h
  reunions:
    - {date: 2019-06-12}
  points:
    - {code: auditeur, titre: Nomination pour la mission d'examen}
  points_permanents:
    - {titre: Minute du partenaire, action: 1.adm.1.8, presente_par: Un partenaire}
"""

EVERY_PLACE = {
    "organisme.yaml": ORGANISME,
    "responsables.yaml": RESPONSABLES,
    "orientation-1.yaml": ORIENTATION,
    "reunions.yaml": REUNIONS,
}
"""A plan that, on 15 January 2020, has every état and an action in every place of an agenda."""


def agenda(files: dict[str, str] | None = None, **asked: Any) -> OrdreDuJour:
    """An agenda of a plan made of texts, or of the shipped one, on 15 January 2020 unless another day is asked."""
    plan, _ = load_shipped() if files is None else load_texts(files)
    return build(AgendaRequest(plan, **{"today": DAY, "day": DAY} | asked))
