"""The Word template of the agenda, which `python -m pivot_cli.documents.rendering.word_template` writes.

The whole agenda is one table, so that an organisation can change fonts, widths and letterhead in Word without meeting
the tags: a tag stands alone in its row, and docxtpl removes the row.
"""

from __future__ import annotations

from pivot_cli.documents.rendering.filling import packaged_templates
from pivot_cli.documents.rendering.word_parts import made_of

_AGENDA = """\
[titre]{{ entete.titre }}
**{{ entete.sorte }}**{% if entete.nom %} · {{ entete.nom }}{% endif %}
{{ entete.reunion }}{% if entete.fin %} (fin prévue~: {{ entete.fin }}){% endif %} · Lieu~: \
{{ entete.lieu or '______________________' }}{% if entete.lien %} · {{ entete.lien }}{% endif %}
% if entete.quorum
    Quorum~: {{ entete.quorum }}.
% if entete.membres
    Attendus~: {% for nom in entete.membres %}☐ {{ nom }}{% if not loop.last %}, {% endif %}{% endfor %}.
% for phrase in entete.avertissements
    **{{ phrase }}**
% tableau 1.7 7.6 3.5 2.3 2.7
    [entete]Heure¦Point¦Présenté par¦Durée¦Pour
    % for point in points
        [point]{{ point.heure }}¦**{{ point.numero }}. {{ point.titre }}**¦= qui point
        = dire point
        % for partie in point.parties
            [sous-point]¦**{{ partie.numero }} {{ partie.titre }}**¦= qui partie
            = dire partie
% if entete.depassement
    **{{ entete.depassement }}**
% if exemple
    [petit]Les numéros comme {{ exemple }} renvoient au plan~: {{ mots.niveaux }}.
% if annexe
    [section]Annexe~: les échéances passées qui ne relèvent pas {{ mots.du_conseil }}
    % tableau 8.4 2.9 3.6 2.9
        [entete]{{ mots.action.titre }}¦Échéance¦Consigné¦Responsables
        % for dossier in annexe
            [filet]**{{ dossier.titre }}** ({{ dossier.id }})
            % for ligne in dossier.lignes
                {{ ligne.titre }} ({{ ligne.id }})¦{{ ligne.echeance }}¦\
{{ ligne.consigne or 'à confirmer' }}¦{{ ligne.precision }}
% if noms
    [petit]{% for nom in noms %}{{ nom.nom }}~: {{ nom.valeur }}{% if not loop.last %}; {% endif %}{% endfor %}.
"""
_PARTS = {
    "qui": "{{ UN.presente_par }}¦{{ UN.duree }}¦{{ UN.but | capitalize }}",
    "dire": """\
% if UN.precision
    ¦{{ UN.precision }}
% for phrase in UN.paragraphes
    ¦{{ phrase }}
% for titre in UN.en_bloc
    ¦• {{ titre }}
= faits UN.faits
% if not UN.a_fermer
    = cocher UN.cases
% if UN.a_fermer
    = fermer UN.cases
% if UN.dates
    [colonnes]¦{{ mots.action.titre }}¦Échéance actuelle¦Échéance fixée
    % for ligne in UN.dates
        ¦= ligne ligne¦{{ ligne.echeance }}{% if ligne.consigne %} ({{ ligne.consigne }}){% endif %}¦\
____________________
% for dossier in UN.dossiers if not UN.decision
    [lie]¦**{{ dossier.titre }}**{% if dossier.id %} ({{ dossier.id }}){% endif %}
    % if dossier.note
        ¦{{ dossier.note | capitalize }}
    % if not UN.a_fermer
        = cocher dossier.lignes
    % if UN.a_fermer
        = fermer dossier.lignes
    = faits dossier.faits
% if UN.decision
    = decider UN.decision
% for phrase in UN.notes
    [gris]¦{{ phrase }}
% for ligne in UN.prochains
    ¦• {{ ligne.titre }} ({{ ligne.echeance }}, {{ ligne.precision }}\
{% if ligne.consigne %}; {{ ligne.consigne }}{% endif %}; {{ ligne.id }})
""",
    "decider": """\
% if UN.question
    [lie]¦**{{ UN.question }}**
% if UN.contexte
    [lie]¦{{ UN.contexte }}
% for ligne in UN.lignes
    % if ligne.id != UN.id
        [filet]¦**{{ ligne.titre }}** ({{ ligne.id }})
    [gris-lie]¦{{ ligne.echeance }}{% if ligne.reports %}, {{ ligne.reports }}{% endif %} · {{ ligne.etat }}\
{% if ligne.precision %} · {{ ligne.precision }}{% endif %}
    ¦{% for une in ligne.cases %}{% if une.cochee %}☒{% else %}☐{% endif %}~{{ une.texte }}\
{% if not loop.last %}   {% endif %}{% endfor %}
% if UN.autres
    [gris]¦{{ UN.autres }}
% if UN.argent
    ¦{{ UN.argent }}
[lie]¦{{ UN.recommandation }}~: ______________________________
[lie]¦{{ UN.proposition }}~:
% for une in UN.resolutions
    ¦☐~{{ une }}{% if loop.last %}.{% else %};{% endif %}
""",
    "cocher": """\
% if UN
    [colonnes]¦{{ mots.engagement.titre }}¦Échéance¦{{ mots.faite }} / en cours¦Nouvelle échéance
    % for ligne in UN
        ¦= ligne ligne¦{{ ligne.echeance }}{% if ligne.consigne %} ({{ ligne.consigne }}){% endif %}¦\
☐ / {% if ligne.en_cours %}☒{% else %}☐{% endif %}¦____________
""",
    "fermer": """\
% if UN
    [colonnes]¦{{ mots.engagement.titre }}¦Échéance¦{{ mots.faite }}¦\
{{ mots.reconduite }} / {{ mots.abandonnee | lower }}
    % for ligne in UN
        ¦= ligne ligne¦{{ ligne.echeance }}{% if ligne.consigne %} ({{ ligne.consigne }}){% endif %}¦☐¦☐ / ☐
""",
    "faits": """\
% for fait in UN
    ¦• {{ fait.texte }}{% if fait.quand %} ({{ fait.quand }}){% endif %}\
{% if fait.resultat %}. {{ fait.resultat }}{% endif %}
""",
    "ligne": "{{ UN.titre }} ({{ UN.id }}){% if UN.precision %}, {{ UN.precision }}{% endif %}",
}


def template() -> bytes:
    """The template, the same bytes each time."""
    return made_of(_AGENDA, _PARTS)


if __name__ == "__main__":
    (packaged_templates() / "agenda" / "ordre-du-jour.docx").write_bytes(template())
