"""Every rule, by code: what must hold in a plan, what an edit may not do, and the rules of reading (PIV0xx) and of
shape (PIV1xx), which the reader holds where it reads, and which are told here.
"""

import re

from pivot_cli.checks import edits, plan
from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, Rule, rules_of

_TOLD = """
PIV001 fichier absent
Un plan a un fichier organisme.yaml, un fichier responsables.yaml et au moins un orientation-1.yaml.

Seul reunions.yaml peut manquer. Ce qu'un fichier absent aurait contenu n'est pas jugé. L'exemple correct est
le plus petit plan qui soit : de quoi commencer le vôtre.

Fautif :
    plan/
      organisme.yaml
      orientation-1.yaml
Correct :
    # plan/organisme.yaml
    nom: La Maison du quartier
    enjeux:
      - numero: 1
        titre: Le quartier nous connaît mal

    # plan/responsables.yaml
    responsables:
      - code: DG
        nom: Direction générale

    # plan/orientation-1.yaml
    numero: 1
    enjeu: 1
    titre: Se faire connaître dans le quartier
    volets:
      - code: com
        nom: Communications
        objectifs:
          - numero: 1
            titre: Être là où sont les gens
            actions:
              - numero: 1
                description: Tenir un kiosque à la fête du quartier
                responsables: [DG]
                echeance: Juin 2027

PIV002 fichier qui ne peut pas être ouvert
Chaque fichier du plan est un vrai fichier, que l'on a le droit de lire.

Un dossier, un lien qui ne mène à rien ou un fichier protégé ne peut pas être lu. Un lien qui mène hors du
dossier du plan n'est pas suivi : dans un plan reçu, il pourrait mener à n'importe quel fichier de
l'ordinateur. La commande finit alors avec le code 3 : on ne sait pas ce que le plan contient.

Fautif :
    plan/orientation-2.yaml → ../ancien/orientation-2.yaml, qui n'existe plus
Correct :
    plan/orientation-2.yaml, un fichier

PIV003 texte qui n'est pas en UTF-8
Chaque fichier est enregistré en UTF-8, la façon courante d'écrire les accents.

Dans l'éditeur, choisissez « Enregistrer sous » et l'encodage UTF-8. « ANSI » et « Unicode » n'en sont pas.

Fautif :
    titre: Am?liorer l'accueil
Correct :
    titre: Améliorer l'accueil

PIV004 caractère invisible interdit
Aucun caractère invisible ne se cache dans les fichiers.

Il en vient d'un copier-coller. S'il ne se voit pas, effacez ce qui l'entoure et retapez-le.

Fautif :
    titre: Améliorer\N{REPLACEMENT CHARACTER}l'accueil
Correct :
    titre: Améliorer l'accueil

PIV005 écriture YAML fautive
Chaque fichier est écrit comme YAML le demande : « champ: valeur », un retrait par niveau, des tirets.

Le plus souvent, un texte contient un deux-points et demande des guillemets, un retrait a un espace de trop, ou
un guillemet n'est pas refermé. La suite du fichier n'est pas lue.

Fautif :
    titre: Accueil : les premiers pas
Correct :
    titre: "Accueil : les premiers pas"

PIV006 fichier vide
Un fichier du plan n'est pas vide.

Fautif :
    # rien que des commentaires
Correct :
    numero: 1
    enjeu: 1
    titre: Un titre

PIV007 fichier démesuré
Un fichier du plan n'est pas démesuré : 20 Mo, 500 000 lignes et 20 niveaux au plus.

Un plan de 9 300 actions en est loin. C'est sans doute un autre fichier, mis là par erreur.

Fautif :
    responsables: [[[[[[[[[[[[[[[[[[[[[DG]]]]]]]]]]]]]]]]]]]]]
Correct :
    responsables: [DG]

PIV008 raccourci YAML refusé (ancre, renvoi, étiquette)
Les raccourcis de YAML (ancres « & », rappels « * », étiquettes « !type ») ne servent pas dans un plan.

Chaque valeur est écrite là où on la lit. Si le signe fait partie du texte, mettez le texte entre guillemets.

Fautif :
    description: *important* Réviser les règlements
Correct :
    description: "*important* Réviser les règlements"

PIV009 plusieurs documents dans un fichier
Un fichier ne contient qu'un document : aucune ligne de trois tirets ou de trois points au milieu.

Fautif :
    titre: Un titre
    ---
    volets:
Correct :
    titre: Un titre
    volets:

PIV010 fichier YAML dont le nom n'est pas reconnu
Chaque fichier YAML du dossier porte un nom que l'on reconnaît; les autres ne sont pas lus.

Fautif :
    plan/Orientation 2 (copie).yaml
Correct :
    plan/orientation-2.yaml

PIV101 champ inconnu
Chaque champ est un de ceux qui sont prévus, écrit comme eux.

Un champ mal écrit serait ignoré. S'il ressemble à un champ connu, il est lu comme lui, le temps de le corriger.

Fautif :
    realise_le: mai 2020
Correct :
    realisee_le: mai 2020

PIV102 champ écrit deux fois
Un champ n'est écrit qu'une fois au même endroit.

Si c'est le début d'un autre élément de la liste, il y manque un tiret.

Fautif :
    - numero: 1
      description: Former un comité
      numero: 2
      description: Faire un plan
Correct :
    - numero: 1
      description: Former un comité
    - numero: 2
      description: Faire un plan

PIV103 champ obligatoire absent
Les champs obligatoires sont là.

D'une action : numero, description, responsables et echeance. D'un point de reunions.yaml : titre ou code. Le
reste s'ajoute au besoin.

Fautif :
    - numero: 1
      description: Former un comité
      responsables: [DG]
Correct :
    - numero: 1
      description: Former un comité
      responsables: [DG]
      echeance: À déterminer

PIV104 forme inattendue
Chaque champ a la forme prévue : un texte, une liste ou un groupe de champs.

Fautif :
    responsables: DG
Correct :
    responsables: [DG]

PIV105 texte vide
Un champ qui est écrit a une valeur; sinon, la ligne est de trop.

Fautif :
    realisee_le:
Correct :
    realisee_le: mai 2020

PIV106 valeur non reconnue
Chaque valeur se comprend : un nombre, un montant, une date, un code ou l'un des mots prévus.

Fautif :
    statut: fait
    budget: {prevu: mille dollars}
Correct :
    statut: réalisée
    budget: {prevu: 1000}
"""
READING = [
    Rule(code, AVERTISSEMENT if code == "PIV010" else ERREUR, title, explanation)
    for code, title, explanation in re.findall(r"^(PIV[0-9]{3}) (.*)\n((?:(?!PIV).*\n)*)", _TOLD, re.MULTILINE)
]
CATALOGUE = {one.code: one for one in sorted((*READING, *plan.OF_A_PLAN, *rules_of(edits.__name__)))}
