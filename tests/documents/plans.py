"""Plans for the tests of documents: one with every état and every field, and what a hostile one would say."""

from __future__ import annotations

from support import SMALL

ORGANISME = """\
nom: L'Essai
mission: Essayer ensemble
vision: Que tout soit essayé
valeurs: [L'essai, L'erreur]
presentation: |-
  Premier paragraphe.

  Second paragraphe.
diagnostic:
  forces: [On essaie]
  points_amelioration: [INTERNE-DIAGNOSTIC à améliorer]
  contraintes: [Le temps]
  opportunites: [Tout]
enjeux:
  - {numero: 1, titre: Un enjeu}
  - {numero: 2, titre: Un autre enjeu}
conventions:
  debut_exercice: 1er avril
"""

RESPONSABLES = """\
responsables:
  - code: DG
    nom: Direction générale
    alias: [Directrice générale]
  - code: CA
    nom: Conseil d'administration
  - code: resp-essai
    nom: Responsable des essais
    nom_court: Resp. ess.
"""

ORIENTATION_1 = """\
numero: 1
enjeu: 1
titre: Essayer ce qui peut l'être
volets:
  - code: adm
    nom: Administratif
    objectifs:
      - numero: 1
        titre: Passer par chaque état
        indicateurs:
          - {libelle: Essais tentés, cible: 100, atteint: 40}
          - {libelle: Essais réussis}
        actions:
          - numero: 1
            description: Former un comité
            responsables: [DG, CA]
            echeance: Mars 2019
            statut: réalisée
            realisee_le: 12 mai 2019
            resultat: Huit personnes forment le comité.
            resolution: INTERNE-RESOLUTION
            budget: {prevu: 1500, reel: 1450.50, source: INTERNE-FONDS}
            suivi: [{date: 3 février 2019, par: INTERNE-JEANNE, note: INTERNE-NOTE première rencontre}]
            collaborateurs: [INTERNE-COLLABORATION]
            liens: ["https://exemple.org/compte-rendu", "javascript:alert(1)", "INTERNE-LIEN"]
          - numero: 2
            description: Écrire un guide
            responsables: [resp-essai]
            echeance: Juin 2019
            statut: abandonnée
            motif: INTERNE-MOTIF manque de temps
          - numero: 3
            description: Ouvrir le local
            responsables: [DG]
            echeance: Octobre 2019
            statut: en cours
            porteur: DG
            titre_court: Le local
            decision: INTERNE-DECISION choisir entre deux baux
            budget: {prevu: 12500}
          - numero: 4
            description: Faire connaître le local
            responsables: [CA]
            echeance: Décembre 2019
          - numero: 5
            description: Former les bénévoles
            responsables: [DG]
            echeance: 10 février 2020
            depend_de: [1.adm.1.3]
          - numero: 6
            description: Fêter l'ouverture
            responsables: [CA, DG]
            echeance: Automne 2020
            echeances_precedentes: [{echeance: Juin 2019, motif: INTERNE-REPORT, decide_le: 2019-06-15}]
          - numero: 7
            description: Accueillir les gens
            responsables: [DG]
            echeance: En continu
          - numero: 8
            description: Trouver une marraine
            responsables: [CA]
            echeance: Immédiat
          - numero: 9
            description: Évaluer l'essai
            responsables: [resp-essai]
            echeance: À déterminer
          - numero: 10
            description: Remercier tout le monde
            responsables: [CA]
            echeance: bientôt
"""

ORIENTATION_2 = """\
numero: 2
enjeu: 2
titre: Recommencer
volets:
  - code: com
    nom: Communications
    objectifs:
      - numero: 1
        titre: Revenir régulièrement
        actions:
          - numero: 1
            description: Tenir une fête
            responsables: [Directrice générale]
            echeance: Annuel
            realisations: [2019-06-24]
          - numero: 2
            description: Publier un bulletin
            responsables: [resp-essai]
            echeance: dès février 2020
          - numero: 3
            description: Refaire le site
            responsables: [resp-essai]
            echeance: d'ici juin 2021
            statut: à faire
          - numero: 4
            description: Vérifier les extincteurs
            responsables: [DG]
            echeance: Hiver 2019
            statut: à faire
          - numero: 5
            description: Refaire la toiture
            responsables: [DG]
            echeance: Décembre 2021
            statut: en cours
          - numero: 6
            description: Planter des arbres
            responsables: [DG]
            echeance: Octobre 2019
            statut: reconduite
            statut_le: 2019-12-20
            motif: INTERNE-MOTIF le terrain est gelé
      - numero: 2
        titre: Ne rien savoir encore
        actions:
          - numero: 1
            description: Compter les chaises
            responsables: [DG]
            echeance: Septembre 2019
"""

REUNIONS = """\
ca:
  reunions:
    - {date: 2019-11-20}
    - {date: 2020-02-19}
"""

EVERY_ETAT = {
    "organisme.yaml": ORGANISME,
    "responsables.yaml": RESPONSABLES,
    "orientation-1.yaml": ORIENTATION_1,
    "orientation-2.yaml": ORIENTATION_2,
    "reunions.yaml": REUNIONS,
}
"""A plan that, on 15 January 2020, has every état, every field, and a mark on all that is internal."""

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} {# rien #}",
    "a | b | c",
    "`code` et ``` et ~~~",
    "https://exemple.org/?a=1&b=2 [lien](javascript:alert(1))",
    "\N{RIGHT-TO-LEFT MARK}\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} puis du français",
    "🎉 émoji 👩‍👧",
    "&lt;b&gt; &amp; &nbsp;",
    "\"guillemets\" et 'apostrophes'",
    "*gras* _italique_ ~~barré~~ #titre",
    "1. une liste",
    "- une puce",
    "> une citation",
    "<!-- un commentaire -->",
    "</td></tr></table><h1>",
    "$x$ et $$y$$ :tada:",
    "![image](x.png) [ref]: http://x",
    "\\ antislash \\| \\`",
    "| --- | --- |",
    "=======",
)


def with_descriptions(texts: list[str] | tuple[str, ...]) -> dict[str, str]:
    """The small plan with an action for each of these texts, which also title an objectif each."""
    lines = [SMALL["orientation-1.yaml"].split("    objectifs:")[0].rstrip(), "    objectifs:"]
    for rank, text in enumerate(texts, start=1):
        lines += [
            f"      - numero: {rank}",
            f"        titre: {quote(text)}",
            f"        indicateurs: [{{libelle: {quote(text)}, cible: {quote(text)}}}]",
            "        actions:",
            "          - numero: 1",
            f"            description: {quote(text)}",
            "            responsables: [DG]",
            "            echeance: Mars 2019",
            "            statut: en cours",
            f"            motif: {quote(text)}",
            f"            liens: [{quote(text)}]",
            f"            decision: {quote(text)}",
            f"            resultat: {quote(text)}",
        ]
    return SMALL | {"orientation-1.yaml": "\n".join(lines) + "\n"}


def quote(text: str) -> str:
    """A YAML scalar in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
