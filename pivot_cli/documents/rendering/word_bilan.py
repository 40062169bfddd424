"""The Word template of the bilan, which `python -m pivot_cli.documents.rendering.word_bilan` writes."""

from __future__ import annotations

from pivot_cli.documents.rendering.filling import packaged_templates
from pivot_cli.documents.rendering.word_parts import made_of

_BILAN = """\
[titre]{{ entete.titre }}
**{{ entete.sorte }}**{% if entete.periode %}, {{ entete.periode }}{% endif %} · au {{ entete.au }}
% for phrase in entete.avertissements
    **{{ phrase }}**
% if entete.mission
    {{ entete.mission }}
[partie]En bref
% tableau 9 2.5
    [entete]Situation¦>{{ mots.action.titres }}
    % for chiffre in chiffres
        [ligne]{{ chiffre.nom }}¦>{{ chiffre.nombre }}
    [total]Total¦>{{ total }}
% if fois or appuis or reserve
    {% if fois %}{{ fois }} {% endif %}{% if appuis %}{{ appuis }} {% endif %}{{ reserve }}
% if argent
    [partie]L'argent
    [annonce]{{ argent.lecture }}
    % if not argent.pendant
        % tableau 5 4.6 4.6 3.5
            [entete]{{ mots.orientation.titre }}¦>Prévu¦>Dépensé¦>Écart
            % for ligne in argent.lignes
                % if not loop.last
                    [ligne]= sommes ligne.sommes¦>{{ ligne.sommes.ecart }}
                % if loop.last
                    [total]= sommes ligne.sommes¦>{{ ligne.sommes.ecart }}
    % if argent.pendant
        % tableau 3.5 3.9 4.1 3.6 2.6
            [entete]{{ mots.orientation.titre }}¦>Prévu¦>Dépensé¦>{{ argent.pendant }}¦>Écart
            % for ligne in argent.lignes
                % if not loop.last
                    [ligne]= sommes ligne.sommes¦>{{ ligne.pendant }}¦>{{ ligne.sommes.ecart }}
                % if loop.last
                    [total]= sommes ligne.sommes¦>{{ ligne.pendant }}¦>{{ ligne.sommes.ecart }}
% for orientation in orientations
    [partie]{{ orientation.numero }}. {{ orientation.titre }}
    [annonce]{{ orientation.compte }}
    % for objectif in orientation.objectifs
        % if objectif.titre
            [dossier]{{ objectif.titre }}
        % for un in objectif.realisees
            [puce]**Réalisé~:** = fait un
        % for un in objectif.refaites
            [puce]**Fait une ou plusieurs fois~:** = fait un
        % for un in objectif.en_cours
            [puce]**Se poursuit~:** = fait un
        % for un in objectif.en_attente
            [puce]**En attente~:** = fait un
        % for un in objectif.deplacees
            [puce]**Déplacé~:** = fait un
        % for un in objectif.nouvelles
            [puce]**Des nouvelles sont consignées~:** = fait un
        % for un in objectif.a_faire
            [puce]**Reste à faire~:** = fait un
        % for un in objectif.reconduites
            [puce]**{% if final %}Reconduit{% else %}Reconduit dans le prochain plan{% endif %}~:** = fait un
        % for un in objectif.abandons
            [puce]**Abandonné~:** = fait un
        % if objectif.sans_information
            [puce]**Sans information consignée~:** \
{{ objectif.sans_information | map(attribute='texte') | join(' · ') }}
        % if objectif.indicateurs
            % tableau 9.8 4 4
                [entete]Indicateur¦Cible¦Atteint
                % for un in objectif.indicateurs
                    [ligne]{{ un.libelle }}{% if un.de %} ({{ un.de }}){% endif %}¦{{ un.cible or 'non fixée' }}¦\
{{ un.atteint or 'non consigné' }}
"""
_PARTS = {
    "sommes": """\
{{ UN.nom }}¦>{{ UN.prevu }}{% if UN.prevus %} ({{ UN.prevus }}~\
{{ mots.action.pluriel if UN.prevus > 1 else mots.action.singulier }}){% endif %}¦\
>{{ UN.reel }}{% if UN.depenses %} ({{ UN.depenses }}~\
{{ mots.action.pluriel if UN.depenses > 1 else mots.action.singulier }}){% endif %}""",
    "fait": """\
{% if UN.resultat %}**{{ UN.resultat }}{% if UN.resultat[-1] not in '.!?…' %}.{% endif %}** {% endif %}\
{{ UN.texte }}{% if UN.precisions %} ({{ UN.precisions }}){% endif %}""",
}


def template() -> bytes:
    """The template, the same bytes each time."""
    return made_of(_BILAN, _PARTS, "{{ entete.titre }} – {{ entete.sorte }}", dense=True)


if __name__ == "__main__":
    (packaged_templates() / "bilan.docx").write_bytes(template())
