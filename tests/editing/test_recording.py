"""What may be recorded, what is answered to the rest, and that nothing is then written."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
from pace import one_in, table
from support import SHIPPED, SMALL
from systems import posix

from editing.held import TODAY, action_in, basic, held, note, noted, small
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.record.filing import file_record
from pivot_cli.record.recording import Typed, command_line

NB = "\N{NO-BREAK SPACE}"

PLAN = (
    SMALL["orientation-1.yaml"]
    + """\
          - numero: 3
            description: Faire chaque année
            responsables: [CA]
            echeance: Annuel
            realisations: [mai 2019]
          - numero: 4
            description: Terminer
            responsables: [CA]
            echeance: 2019
            statut: réalisée
            realisee_le: mai 2019
          - numero: 5
            description: Attendre
            responsables: [DG]
            echeance: Mai 2020
            statut: en attente
            motif: Le bail n'est pas signé
          - numero: 6
            description: Former
            responsables: [Trésorière]
            echeance: Mai 2020
          - numero: 7
            description: Commencer
            responsables: [DG]
            echeance: Marz 2020
          - numero: 8
            description: Laisser
            responsables: [CA]
            echeance: Mai 2020
            statut: abandonnée
            statut_le: mars 2020
            motif: Plus utile
          - numero: 9
            description: Suivre
            responsables: [CA]
            echeance: Mai 2020
            statut: en cours
            statut_le: mars 2020
          - numero: 10
            description: Reprendre
            responsables: [CA]
            echeance: Mai 2020
            statut: reconduite
          - numero: 11
            description: Louer
            responsables: [CA]
            echeance: Mai 2020
            statut: en attente
            statut_le: mars 2020
            motif: "Le bail (3 ans): à signer"
          - numero: 12
            description: Réviser
            responsables: [DG, CA]
            echeance: Juin 2021
            porteur: DG
            decision: Choisir la firme
            recurrence: Annuel
            realisations: [mai 2019, mai 2020]
            budget: {prevu: 500, reel: 400}
            suivi:
              - date: 3 mai 2019
                note: Première
              - date: 2019-06-04
                note: "Deuxième: faite"
            echeances_precedentes:
              - echeance: Mai 2020
                motif: Vacance
                decide_le: avril 2020
          - numero: 13
            description: Évaluer
            responsables: []
            echeance: À évaluer
          - numero: 14
            description: Ouvrir
          - numero: 15
            description: Déménager
            responsables: [CA]
            echeance: Mai 2021
            statut: abandonnée
            motif: Trop cher
            resolution: CA-1
            echeances_precedentes:
              - echeance: Mai 2020
                motif: Vacance
              - echeance: Juin 2020
                motif: Le bail
                decide_le: 2020-05-04
                resolution: CA-0
"""
)
FILES = small(PLAN)

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    # id, what is recorded, what is answered
    ("1.adm.1.1", {}, "il reste à dire ce qui s'est passé. Par exemple~:   pivot note 1.adm.1.1 --statut réalisée"),
    ("1.adm.1.1", {"statut": "fait"}, "« fait » n'est pas un statut. Le mot du plan est « réalisée »."),
    ("1.adm.1.1", {"statut": "Faite"}, "Écrivez~:   pivot note 1.adm.1.1 --statut réalisée"),
    ("1.adm.1.1", {"statut": "terminée", "le": "mai 2019"}, '--statut réalisée --le "mai 2019"'),
    ("1.adm.1.1", {"statut": "complétée"}, "Le mot du plan est « réalisée »"),
    ("1.adm.1.1", {"statut": "encours"}, "Le mot du plan est « en cours »"),
    ("1.adm.1.1", {"statut": "bleu"}, "Statuts possibles~: à faire, en cours"),
    ("1.adm.1.1", {"statut": "réalisée", "le": "mai 2021"}, "--le~: « mai 2021 » est dans l'avenir."),
    ("1.adm.1.1", {"statut": "réalisée", "le": "16 juin 2020"}, "est dans l'avenir"),
    ("1.adm.1.1", {"statut": "réalisée", "le": "2018"}, "vient avant le plan (le plan commence le 1er~janvier~2019)"),
    ("1.adm.1.1", {"statut": "réalisée", "le": "pluie"}, "--le~: « pluie » n'est pas une date."),
    ("1.adm.1.1", {"statut": "réalisée", "le": "31 février 2020"}, "n'est pas une date."),
    ("1.adm.1.1", {"le": "mai 2020"}, "--le donne une date, sans dire de quoi."),
    ("1.adm.1.1", {"statut": "abandonnée"}, "dites pourquoi elle est abandonnée."),
    ("1.adm.1.1", {"statut": "en attente"}, "dites pourquoi elle attend. Écrivez~:   pivot note 1.adm.1.1 --statut"),
    ("1.adm.1.1", {"motif": "Oui"}, "--motif dit pourquoi une action attend, est abandonnée, reconduite ou reportée."),
    ("1.adm.1.1", {"motif": "Oui"}, "--statut abandonnée, --statut reconduite ou --reporter. Sinon, employez --note."),
    ("1.adm.1.1", {"statut": "reconduit"}, "Le mot du plan est « reconduite »."),
    ("1.adm.1.1", {"reporter": "2021", "statut": "reconduite"}, "une action reconduite n'a plus d'échéance à reporter"),
    ("1.adm.1.1", {"par": "Jeanne"}, "--par dit qui a écrit la note, et il n'y a pas de note."),
    ("1.adm.1.1", {"note": "  "}, "il manque un texte après --note."),
    ("1.adm.1.1", {"note": "a\x1b[31mb"}, "le texte de --note contient un caractère invisible"),
    ("1.adm.1.1", {"reporter": "Marz 2021"}, "l'échéance « Marz 2021 » n'est pas comprise."),
    ("1.adm.1.1", {"reporter": "bientôt"}, "l'échéance « bientôt » n'est pas comprise."),
    ("1.adm.1.1", {"reporter": "2021", "statut": "réalisée"}, "n'a plus d'échéance à reporter"),
    ("1.adm.1.1", {"reporter": "2021"}, "dites pourquoi elle est reportée. Écrivez~:   pivot note 1.adm.1.1 --rep"),
    ("1.adm.1.4", {"le": "juin 2019"}, "sa réalisation est déjà consignée (mai 2019) et ne se réécrit pas."),
    ("1.adm.1.4", {"reporter": "2021"}, "elle est « réalisée »~: il n'y a plus d'échéance à reporter."),
    ("1.adm.1.4", {"statut": "en cours"}, "elle est « réalisée »~: dites pourquoi elle reprend."),
    ("1.adm.1.4", {"statut": "abandonnée"}, "elle est « réalisée »~: dites pourquoi elle ne l'est plus. Ajoutez"),
    ("1.adm.1.4", {"statut": "abandonnée"}, '--statut abandonnée --note "…" --motif "…"'),
    ("1.adm.1.4", {"realisation": "2020"}, "elle est « réalisée »~: elle ne revient plus."),
    ("1.adm.1.4", {"statut": "reconduite"}, "elle est « réalisée »~: dites pourquoi elle ne l'est plus."),
    ("1.adm.1.4", {"reporter": "2019", "motif": "Oui"}, "elle est « réalisée »~: il n'y a plus d'échéance à reporter."),
    ("1.adm.1.8", {"statut": "en cours"}, "elle est « abandonnée »~: dites pourquoi elle reprend."),
    ("1.adm.1.8", {"statut": "réalisée", "le": "mai 2020"}, "elle est « abandonnée »~: dites pourquoi elle ne l'est"),
    ("1.adm.1.8", {"statut": "réalisée"}, 'Ajoutez une note~:   pivot note 1.adm.1.8 --statut réalisée --note "…"'),
    ("1.adm.1.8", {"statut": "reconduite"}, "elle est « abandonnée »~: dites pourquoi elle ne l'est plus."),
    ("1.adm.1.8", {"statut": "en attente"}, '--statut "en attente" --note "…" --motif "…"'),
    ("1.adm.1.8", {"statut": "en attente", "note": "Reprise"}, "dites pourquoi elle attend."),
    ("1.adm.1.10", {"statut": "en cours"}, "elle est « reconduite »~: dites pourquoi elle reprend."),
    ("1.adm.1.10", {"statut": "abandonnée"}, "elle est « reconduite »~: dites pourquoi elle ne l'est plus."),
    ("1.adm.1.9", {"le": "février 2020"}, "son statut est déjà d'une date plus récente (mars 2020) et ne"),
    ("1.adm.1.9", {"le": "2019", "statut": "en cours"}, "son statut est déjà d'une date plus récente"),
    ("1.adm.1.3", {"statut": "réalisée", "le": "mai 2020"}, "elle revient (« Annuel »)~: « réalisée » la fermerait"),
    ("1.adm.1.2", {"statut": "réalisée"}, "elle se poursuit (« En continu »)~: « réalisée » la fermerait pour de bon."),
    ("1.adm.1.2", {"statut": "réalisée"}, "chaque fois~:   pivot note 1.adm.1.2 --realisation DATE"),
    ("1.adm.1.2", {"statut": "réalisée", "le": "2020"}, '--statut réalisée --le 2020 --note "…"'),
    ("1.adm.1.3", {"statut": "réalisée"}, "finie, dites-le~:   pivot note 1.adm.1.3 --statut réalisée --le DATE --n"),
    ("1.adm.1.12", {"statut": "réalisée"}, "elle revient (« Annuel »)~: « réalisée » la fermerait pour de bon."),
    ("1.adm.1.3", {"statut": "faite"}, "Le mot du plan est « réalisée »"),
    ("1.adm.1.3", {"statut": "réalisée", "le": "2020"}, "chaque fois~:   pivot note 1.adm.1.3 --realisation 2020"),
    ("1.adm.1.3", {"statut": "réalisée", "realisation": "2020"}, "ferme l'action pour de bon"),
    ("1.adm.1.1", {"realisation": "mai 2020"}, "cette action se fait une fois. Si elle est faite~:"),
    ("1.adm.1.1", {"realisation": "mai 2020"}, 'pivot note 1.adm.1.1 --statut réalisée --le "mai 2020"'),
    ("1.adm.1.2", {"porteur": "CA"}, "« CA » n'est pas responsable de cette action."),
    ("1.adm.1.2", {"porteur": "CA"}, "Ses responsables~: Directrice générale."),
    ("1.adm.1.2", {"porteur": "Jean"}, "« Jean » n'est pas un responsable du plan."),
    ("1.adm.1.1", {"budget_prevu": "-3"}, "--budget-prevu~: « -3 » n'est pas un montant."),
    ("1.adm.1.1", {"budget_reel": "beaucoup"}, "--budget-reel~: « beaucoup » n'est pas un montant."),
    ("1.adm.1.0", {"statut": "en cours"}, "il n'y a pas d'action « 1.adm.1.0 » dans le plan. Celles de l'objectif"),
    ("1.adm.9", {"statut": "en cours"}, "« 1.adm.9 » dans le plan. Celles du volet 1.adm~: 1.adm.1.1, "),
    ("1.amd.1.1", {"statut": "en cours"}, "« 1.amd.1.1 » dans le plan. Vouliez-vous dire « 1.adm.1.1 »?"),
    ("1.adm.1", {"statut": "en cours"}, "« 1.adm.1 » est un objectif, et non une action. Ses actions~: 1.adm.1.1"),
    ("1.ADM.", {"statut": "en cours"}, "« 1.ADM. » est un volet, et non une action. Ses actions~: 1.adm.1.1, "),
    ("1", {"statut": "en cours"}, "« 1 » est une orientation, et non une action."),
    ("", {"statut": "en cours"}, "il n'y a pas d'action"),
    ("1.adm.1.6", {"statut": "en cours"}, "l'action 1.adm.1.6 a une faute à corriger d'abord. plan/orientation-"),
    ("1.adm.1.7", {"reporter": "Juin 2021"}, "l'action 1.adm.1.7 a une faute à corriger d'abord."),
    # who is to do it, and until when
    ("1.adm.1.1", {"attribuer": ("Jean",)}, "« Jean » n'est pas un responsable du plan."),
    ("1.adm.1.1", {"attribuer": ("DG, Jean",)}, "« DG, Jean » n'est pas un responsable du plan."),
    ("1.adm.1.4", {"le": "juin 2019"}, 'erreur~:   pivot note 1.adm.1.4 --le "juin 2019" --corriger "…"'),
    ("1.adm.1.1", {"attribuer": ("Directrice", "CA")}, "Vouliez-vous dire « Directrice générale »?"),
    ("1.adm.1.1", {"attribuer": ("CA",), "porteur": "DG"}, "n'est pas responsable de cette action. Ses resp"),
    ("1.adm.1.1", {"echeance": "Juin 2021"}, "elle a déjà une échéance (« Mars 2020 »). Si elle est reportée~:"),
    ("1.adm.1.1", {"echeance": "Juin 2021"}, '--reporter "Juin 2021" --motif "…"'),
    ("1.adm.1.1", {"echeance": "Juin 2021"}, 'écrite~:   pivot note 1.adm.1.1 --echeance "Juin 2021" --corriger "…"'),
    ("1.adm.1.2", {"echeance": "Juin 2021"}, "elle a déjà une échéance (« En continu »)."),
    ("1.adm.1.1", {"echeance": "2021", "reporter": "2021"}, "--reporter et --echeance donnent tous deux une échéance."),
    ("1.adm.1.1", {"echeance": "bientôt"}, "l'échéance « bientôt » n'est pas comprise."),
    # what was recorded by mistake
    ("1.adm.1.4", {"corriger": "Erreur"}, "dites ce qui est juste, avec la même option que pour le consigner."),
    ("1.adm.1.4", {"corriger": " "}, "il manque un texte après --corriger."),
    ("1.adm.1.4", {"corriger": "Erreur", "le": "2031"}, "« 2031 » est dans l'avenir."),
    ("1.adm.1.1", {"corriger": "Erreur", "le": "mai 2020"}, "--le corrige la date d'un statut, et aucun n'est"),
    ("1.adm.1.1", {"corriger": "Erreur", "note": "Vu"}, "aucune note n'est consignée~: il n'y a rien à corriger."),
    ("1.adm.1.1", {"corriger": "Erreur", "realisation": "mai 2020"}, "aucune réalisation n'est consignée"),
    ("1.adm.1.1", {"corriger": "Erreur", "reporter": "2021"}, "son échéance n'a pas été déplacée. Si c'est le cas~:"),
    ("1.adm.1.1", {"corriger": "Erreur", "motif": "Oui"}, "aucun de ses statuts n'a de motif."),
    ("1.adm.1.3", {"corriger": "Erreur", "statut": "réalisée"}, "elle revient (« Annuel »)~: « réalisée » la ferm"),
    ("1.adm.1.12", {"corriger": "Erreur", "note": "Vu"}, "dites quelle note corriger. « 3 mai 2019~: Première »~:"),
    ("1.adm.1.12", {"corriger": "Erreur", "note": "Vu"}, '--note Vu --corriger Erreur --au-lieu-de "3 mai 2019"'),
    ("1.adm.1.12", {"corriger": "Erreur", "note": "Vu", "au_lieu_de": "juin"}, "aucune note consignée n'est « juin »."),
    ("1.adm.1.12", {"corriger": "Erreur", "realisation": "2020"}, "dites quelle réalisation corriger. « mai 2019 »~:"),
    ("1.adm.1.1", {"note": "Vu", "au_lieu_de": "mai"}, "--au-lieu-de dit ce qui est à corriger."),
    ("1.adm.1.1", {"statut": "aucun"}, "« aucun » n'est pas un statut."),
    *(
        ("1.adm.1.12", {name: "aucun"} | other, f"--{name}~: « aucun » n'est pas à consigner; laissez plutôt l'option.")
        for name, other in (
            ("resultat", {}),
            ("motif", {"statut": "en attente"}),
            ("par", {"note": "Vu"}),
            ("resolution", {"statut": "en cours"}),
        )
    ),
    ("1.adm.1.1", {"resultat": "Aucun"}, 'est~:   pivot note 1.adm.1.1 --resultat Aucun --corriger "…"'),
    ("1.adm.1.12", {"corriger": "Faux", "echeance": "aucune"}, "son échéance a été déplacée, et celle d'avant est"),
    ("1.adm.1.12", {"corriger": "Faux", "note": "Première", "le": "aucun"}, "une note garde une date. Donnez la bonne"),
    # a statut that is mended asks what one that is recorded does
    ("1.adm.1.11", {"corriger": "Faux", "statut": "abandonnée"}, "dites pourquoi elle est abandonnée. Écrivez~:"),
    ("1.adm.1.15", {"corriger": "Faux", "statut": "en attente"}, "attend. Écrivez~:   pivot note 1.adm.1.15 --statut"),
    ("1.adm.1.1", {"corriger": "Faux", "statut": "en attente"}, "dites pourquoi elle attend."),
    ("1.adm.1.1", {"corriger": "Faux", "statut": "en attente", "motif": "aucun"}, "dites pourquoi elle attend."),
    (
        "1.adm.1.15",
        {"corriger": "Faux", "statut": "en attente", "reporter": "2021", "motif": "Vacance"},
        "corrigez à part son statut et son report.",
    ),
    # what would be dropped, or names nothing that is mended
    (
        "1.adm.1.15",
        {"corriger": "Faux", "reporter": "Juin 2020", "motif": "Autre"},
        "le report de « Juin 2020 » serait retiré, et ce qui n'a pas eu lieu n'a ni motif, ni jour, ni résolution.",
    ),
    (
        "1.adm.1.15",
        {"corriger": "Faux", "reporter": "Juin 2020", "motif": "Autre"},
        '« Mai 2020 »~:   pivot note 1.adm.1.15 --reporter "Juin 2020" --motif Autre --corriger Faux --au-lieu-de "Mai',
    ),
    ("1.adm.1.12", {"corriger": "Faux", "reporter": "aucun", "le": "mai 2020"}, "de « Mai 2020 » serait retiré"),
    (
        "1.adm.1.15",
        {"corriger": "Faux", "reporter": "2021", "au_lieu_de": "2020"},
        "dites quel report corriger. « Mai 2020 »~:",
    ),
    ("1.adm.1.15", {"corriger": "Faux", "reporter": "aucun"}, "dites quel report corriger. « Mai 2020 »~:"),
    (
        "1.adm.1.15",
        {"corriger": "Faux", "reporter": "2021", "au_lieu_de": "2019"},
        "aucun report consigné n'est « 2019 ».",
    ),
    *(
        ("1.adm.1.12", {"corriger": "Faux", "au_lieu_de": "mai 2019"} | other, "--au-lieu-de nomme la note, la réa")
        for other in ({"statut": "en cours"}, {"resultat": "Deux"}, {"le": "2020", "statut": "à faire"}, {"motif": "Z"})
    ),
    ("1.adm.1.12", {"corriger": "Faux", "le": "2020", "au_lieu_de": "2018"}, "aucune note consignée n'est « 2018 »."),
    ("1.adm.1.12", {"corriger": "Faux", "au_lieu_de": "première"}, "dites ce qui est juste, avec la même option que"),
]  # fmt: skip


def plain(text: str) -> str:
    return text.replace("~", NB).replace(NB, " ").replace("\n", " ")


@table(("id_", "options", "said"), REFUSED)
def test_what_cannot_be_right_is_answered_with_what_to_write(id_: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(PivotError) as caught:
        note(FILES, id_, **options)
    assert plain(said) in plain(f"{caught.value.message} {caught.value.remedy}")
    assert caught.value.code in (ExitCode.USAGE, ExitCode.FINDINGS)
    assert caught.value.message[0].islower() or not caught.value.message[0].isalpha()


def TODAYS(note: str) -> dict[str, str]:  # noqa: N802 - it stands in a table
    """A note of the day of these tests."""
    return {"date": "15 juin 2020", "note": note}


REVIEWED = [{"date": "3 mai 2019", "note": "Première"}, {"date": "2019-06-04", "note": "Deuxième: faite"}]
"""What was noted of 1.adm.1.12."""

RECORDED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # id, what is recorded, the fields of the action then
    ("1.adm.1.1", {"statut": "REALISEE", "le": "12 mai 2020"}, {"statut": "réalisée", "realisee_le": "12 mai 2020"}),
    ("1.ADM.1.1", {"statut": "En cours"}, {"statut": "en cours"}),
    ("1.adm.1.1", {"statut": "en cours", "le": "mai 2020"}, {"statut": "en cours", "statut_le": "mai 2020"}),
    ("1.adm.1.1", {"statut": "reconduite", "le": "2020"}, {"statut": "reconduite", "statut_le": "2020"}),
    (
        "1.adm.1.1",
        {"statut": "reconduite", "motif": "Faute de temps"},
        {"statut": "reconduite", "motif": "Faute de temps"},
    ),
    ("1.adm.1.1", {"statut": "reconduite"}, {"statut": "reconduite"}),
    ("1.adm.1.3", {"statut": "reconduite", "le": "2020"}, {"statut": "reconduite", "statut_le": "2020"}),
    (
        "1.adm.1.1",
        {"statut": "abandonnée", "motif": "Plus utile", "le": "12 mai 2020"},
        {"statut": "abandonnée", "motif": "Plus utile", "statut_le": "12 mai 2020"},
    ),
    ("1.adm.1.5", {"le": "mai 2020"}, {"statut_le": "mai 2020"}),
    # the day of a former statut goes with it; a statut that is confirmed takes the later day
    ("1.adm.1.9", {"statut": "partiellement réalisée"}, {"statut": "partiellement réalisée", "statut_le": None}),
    ("1.adm.1.9", {"statut": "à faire", "le": "2019"}, {"statut": "à faire", "statut_le": "2019"}),
    ("1.adm.1.9", {"statut": "en cours"}, {}),
    ("1.adm.1.9", {"statut": "en cours", "le": "juin 2020"}, {"statut_le": "juin 2020"}),
    ("1.adm.1.9", {"le": "12 mars 2020"}, {"statut_le": "12 mars 2020"}),
    ("1.adm.1.9", {"le": "2019", "note": "Vu"}, {"suivi": [{"date": "2019", "note": "Vu"}]}),
    (
        "1.adm.1.9",
        {"statut": "en cours", "le": "2019", "note": "Vu"},
        {"suivi": [{"date": "2019", "note": "Vu"}]},
    ),
    ("1.adm.1.9", {"statut": "réalisée"}, {"statut": "réalisée", "statut_le": None}),
    (
        "1.adm.1.9",
        {"statut": "réalisée", "le": "2020"},
        {"statut": "réalisée", "realisee_le": "2020", "statut_le": None},
    ),
    # what was given up is done, taken up again or left to the next plan: the note keeps the day and the motif of then
    (
        "1.adm.1.8",
        {"statut": "réalisée", "note": "Faite quand même", "le": "mai 2020"},
        {
            "statut": "réalisée",
            "realisee_le": "mai 2020",
            "statut_le": None,
            "motif": None,
            "suivi": [{"date": "mai 2020", "note": "Faite quand même (était abandonnée, mars 2020~: Plus utile)"}],
        },
    ),
    (
        "1.adm.1.8",
        {"statut": "reconduite", "note": "Utile encore"},
        {
            "statut": "reconduite",
            "statut_le": None,
            "motif": None,
            "suivi": [{"date": "15 juin 2020", "note": "Utile encore (était abandonnée, mars 2020~: Plus utile)"}],
        },
    ),
    (
        "1.adm.1.8",
        {"statut": "en cours", "note": "Reprise", "le": "mai 2020"},
        {
            "statut": "en cours",
            "statut_le": "mai 2020",
            "motif": None,
            "suivi": [{"date": "mai 2020", "note": "Reprise (était abandonnée, mars 2020~: Plus utile)"}],
        },
    ),
    (
        "1.adm.1.8",
        {"statut": "en attente", "note": "Reprise", "motif": "Sans local"},
        {
            "statut": "en attente",
            "statut_le": None,
            "motif": "Sans local",
            "suivi": [{"date": "15 juin 2020", "note": "Reprise (était abandonnée, mars 2020~: Plus utile)"}],
        },
    ),
    (
        "1.adm.1.10",
        {"statut": "en cours", "note": "Reprise"},
        {"statut": "en cours", "suivi": [{"date": "15 juin 2020", "note": "Reprise"}]},
    ),
    # the motif of a wait that is over goes with it; the wait may be why it is given up or left to the next plan
    ("1.adm.1.5", {"statut": "en cours"}, {"statut": "en cours", "motif": None}),
    ("1.adm.1.5", {"statut": "à faire"}, {"statut": "à faire", "motif": None}),
    ("1.adm.1.5", {"statut": "partiellement réalisée"}, {"statut": "partiellement réalisée", "motif": None}),
    (
        "1.adm.1.5",
        {"statut": "réalisée", "le": "juin 2020"},
        {"statut": "réalisée", "realisee_le": "juin 2020", "motif": None},
    ),
    ("1.adm.1.5", {"statut": "reconduite"}, {"statut": "reconduite"}),
    ("1.adm.1.5", {"note": "Toujours rien"}, {"suivi": [{"date": "15 juin 2020", "note": "Toujours rien"}]}),
    (
        "1.adm.1.5",
        {"statut": "en cours", "reporter": "2021", "motif": "Vacance"},
        {
            "statut": "en cours",
            "motif": None,
            "echeance": "2021",
            "echeances_precedentes": [{"echeance": "Mai 2020", "motif": "Vacance", "decide_le": "15 juin 2020"}],
        },
    ),
    (
        "1.adm.1.11",
        {"statut": "en cours", "note": "Signé", "le": "juin 2020"},
        {
            "statut": "en cours",
            "statut_le": "juin 2020",
            "motif": None,
            "suivi": [{"date": "juin 2020", "note": "Signé (était en attente, mars 2020~: Le bail (3 ans): à signer)"}],
        },
    ),
    (
        "1.adm.1.4",
        {"statut": "reconduite", "note": "Pas finie", "le": "juin 2020"},
        {
            "statut": "reconduite",
            "realisee_le": None,
            "statut_le": "juin 2020",
            "suivi": [{"date": "juin 2020", "note": "Pas finie (était réalisée, mai 2019)"}],
        },
    ),
    ("1.adm.1.1", {"note": "Vu\nhier"}, {"suivi": [{"date": "15 juin 2020", "note": "Vu hier"}]}),
    ("1.adm.1.4", {"le": "12 mai 2019"}, {"realisee_le": "12 mai 2019"}),
    ("1.adm.1.3", {"realisation": "mai 2020"}, {"realisations": ["mai 2019", "mai 2020"]}),
    ("1.adm.1.2", {"realisation": "mai 2020"}, {"realisations": ["mai 2020"]}),
    # one time, or one day, said more or less precisely
    ("1.adm.1.12", {"realisation": "2020-05-04"}, {"realisations": ["mai 2019", "2020-05-04"]}),
    ("1.adm.1.12", {"realisation": "2020"}, {}),
    ("1.adm.1.12", {"realisation": "juin 2020"}, {"realisations": ["mai 2019", "mai 2020", "juin 2020"]}),
    ("1.adm.1.4", {"le": "2019"}, {}),
    ("1.adm.1.4", {"statut": "réalisée", "le": "2019"}, {}),
    ("1.adm.1.9", {"le": "2020"}, {}),
    ("1.adm.1.9", {"le": "12 mars 2020"}, {"statut_le": "12 mars 2020"}),
    (
        "1.adm.1.3",
        {"statut": "réalisée", "le": "mai 2020", "note": "C'est fini"},
        {
            "statut": "réalisée",
            "realisee_le": "mai 2020",
            "suivi": [{"date": "mai 2020", "note": "C'est fini"}],
        },
    ),
    (
        "1.adm.1.12",
        {"statut": "réalisée", "note": "C'est fini"},
        {"statut": "réalisée", "suivi": [*REVIEWED, TODAYS("C'est fini")]},
    ),
    ("1.adm.1.2", {"porteur": "dg"}, {"porteur": "Directrice générale"}),
    ("1.adm.1.5", {"statut": "abandonnée"}, {"statut": "abandonnée"}),
    ("1.adm.1.5", {"motif": "Autre"}, {"motif": "Autre"}),
    ("1.adm.1.1", {"resolution": "CA-2"}, {"resolution": "CA-2"}),
    ("1.adm.1.4", {"note": "Bilan fait", "le": "2020"}, {"suivi": [{"date": "2020", "note": "Bilan fait"}]}),
    (
        "1.adm.1.5",
        {"reporter": "À déterminer", "statut": "en attente", "motif": "Vacance"},
        {
            "echeance": "À déterminer",
            "motif": "Vacance",
            "echeances_precedentes": [{"echeance": "Mai 2020", "motif": "Vacance", "decide_le": "15 juin 2020"}],
        },
    ),
    (
        "1.adm.1.4",
        {"statut": "en cours", "note": "À reprendre"},
        {
            "statut": "en cours",
            "realisee_le": None,
            "suivi": [{"date": "15 juin 2020", "note": "À reprendre (était réalisée, mai 2019)"}],
        },
    ),
    (
        "1.adm.1.4",
        {"statut": "abandonnée", "note": "C'était une autre", "motif": "Refusée"},
        {
            "statut": "abandonnée",
            "realisee_le": None,
            "motif": "Refusée",
            "suivi": [{"date": "15 juin 2020", "note": "C'était une autre (était réalisée, mai 2019)"}],
        },
    ),
    # a post changes hands: the note says from whom; who carried it and no longer has it is no longer named
    (
        "1.adm.1.1",
        {"attribuer": ("Directrice générale",)},
        {"responsables": ["DG"], "suivi": [{"date": "15 juin 2020", "note": "Responsables~: DG et CA → DG"}]},
    ),
    (
        "1.adm.1.2",
        {"attribuer": ("ca",), "note": "Au conseil", "le": "juin 2020", "par": "Jeanne"},
        {
            "responsables": ["Conseil d'administration"],
            "suivi": [
                {
                    "date": "juin 2020",
                    "par": "Jeanne",
                    "note": "Au conseil (responsables~: Directrice générale → Conseil d'administration)",
                }
            ],
        },
    ),
    ("1.adm.1.1", {"attribuer": ("DG", "conseil d'administration", "dg")}, {}),
    ("1.adm.1.1", {"attribuer": ("DG et CA",)}, {}),
    ("1.adm.1.13", {"attribuer": ("ca, dg",)}, {"responsables": ["Conseil d'administration", "Direction générale"]}),
    (
        "1.adm.1.12",
        {"attribuer": ("CA",)},
        {"responsables": ["CA"], "porteur": None, "suivi": [*REVIEWED, TODAYS("Responsables~: DG et CA → CA")]},
    ),
    ("1.adm.1.13", {"attribuer": ("CA",)}, {"responsables": ["Conseil d'administration"]}),
    (
        "1.adm.1.13",
        {"attribuer": ("CA",), "porteur": "ca"},
        {"responsables": ["Conseil d'administration"], "porteur": "Conseil d'administration"},
    ),
    # what has a fault is mended by what is written in its place
    (
        "1.adm.1.6",
        {"attribuer": ("DG",)},
        {"responsables": ["Direction générale"], "suivi": [TODAYS("Responsables~: Trésorière → Direction générale")]},
    ),
    ("1.adm.1.7", {"echeance": "Mars 2021"}, {"echeance": "Mars 2021"}),
    # an échéance where there was none; what the board is asked
    (
        "1.adm.1.13",
        {"echeance": "Juin 2021", "resolution": "CA-5", "le": "juin 2020"},
        {
            "echeance": "Juin 2021",
            "echeances_precedentes": [{"echeance": "À évaluer", "decide_le": "juin 2020", "resolution": "CA-5"}],
        },
    ),
    ("1.adm.1.1", {"decision": "Choisir entre A et B"}, {"decision": "Choisir entre A et B"}),
    ("1.adm.1.12", {"resolution": "CA-7"}, {"resolution": "CA-7", "decision": None}),
    ("1.adm.1.12", {"resolution": "CA-7", "decision": "La suite"}, {"resolution": "CA-7", "decision": "La suite"}),
    # an échéance where nothing was: what no field keeps is in a note; the same one is maintained
    (
        "1.adm.1.14",
        {"reporter": "Juin 2021", "motif": "Décidé", "resolution": "CA-41", "le": "juin 2020"},
        {
            "echeance": "Juin 2021",
            "resolution": "CA-41",
            "suivi": [{"date": "juin 2020", "note": "Échéance fixée à «~Juin 2021~»~: Décidé"}],
        },
    ),
    (
        "1.adm.1.14",
        {"echeance": "Juin 2021", "le": "juin 2020"},
        {"echeance": "Juin 2021", "suivi": [{"date": "juin 2020", "note": "Échéance fixée à «~Juin 2021~»"}]},
    ),
    ("1.adm.1.14", {"echeance": "Juin 2021", "resolution": "CA-41"}, {"echeance": "Juin 2021", "resolution": "CA-41"}),
    (
        "1.adm.1.14",
        {"echeance": "Juin 2021", "motif": "Décidé", "note": "Enfin", "statut": "en cours", "le": "juin 2020"},
        {
            "echeance": "Juin 2021",
            "statut": "en cours",
            "statut_le": "juin 2020",
            "suivi": [{"date": "juin 2020", "note": "Enfin (échéance fixée à «~Juin 2021~»~: Décidé)"}],
        },
    ),
    (
        "1.adm.1.1",
        {"reporter": "mars 2020", "motif": "On tient bon", "resolution": "CA-40", "le": "mai 2020"},
        {
            "suivi": [
                {"date": "mai 2020", "note": "Échéance maintenue~: On tient bon (résolution CA-40)"},
            ]
        },
    ),
    (
        "1.adm.1.12",
        {"reporter": "Juin 2021", "resolution": "CA-40"},
        {"suivi": [*REVIEWED, TODAYS("Échéance maintenue (résolution CA-40)")]},
    ),
    (
        "1.adm.1.5",
        {"reporter": "Mai 2020", "motif": "Le CA maintient"},
        {"suivi": [TODAYS("Échéance maintenue~: Le CA maintient")]},
    ),
    ("1.adm.1.12", {"reporter": "Juin 2021", "motif": "Vacance"}, {}),
    (
        "1.adm.1.13",
        {"attribuer": ("CA",), "par": "Jeanne", "le": "juin 2020"},
        {
            "responsables": ["Conseil d'administration"],
            "suivi": [
                {
                    "date": "juin 2020",
                    "par": "Jeanne",
                    "note": "Responsables~: à attribuer → Conseil d'administration",
                }
            ],
        },
    ),
    (
        "1.adm.1.13",
        {"attribuer": ("CA",), "note": "Au conseil"},
        {
            "responsables": ["Conseil d'administration"],
            "suivi": [TODAYS("Au conseil (responsables~: à attribuer → Conseil d'administration)")],
        },
    ),
    (
        "1.adm.1.13",
        {"attribuer": ("CA",), "statut": "en cours", "le": "juin 2020"},
        {"responsables": ["Conseil d'administration"], "statut": "en cours", "statut_le": "juin 2020"},
    ),
    # what was recorded by mistake: the right value, and a note that says so, with what there was
    (
        "1.adm.1.4",
        {"corriger": "Le mois était faux", "le": "juin 2019"},
        {
            "realisee_le": "juin 2019",
            "suivi": [TODAYS("Correction~: Le mois était faux (date de réalisation~: mai 2019 → juin 2019)")],
        },
    ),
    (
        "1.adm.1.4",
        {"corriger": "Autre action", "statut": "aucun", "par": "Jeanne"},
        {
            "statut": None,
            "realisee_le": None,
            "suivi": [
                {
                    "date": "15 juin 2020",
                    "par": "Jeanne",
                    "note": "Correction~: Autre action (date de réalisation~: mai 2019 → rien; "
                    "statut~: réalisée → rien)",
                }
            ],
        },
    ),
    (
        "1.adm.1.4",
        {"corriger": "Pas finie", "statut": "en cours", "le": "juin 2019"},
        {
            "statut": "en cours",
            "statut_le": "juin 2019",
            "realisee_le": None,
            "suivi": [
                TODAYS(
                    "Correction~: Pas finie (date de réalisation~: mai 2019 → rien; statut~: réalisée → en cours; "
                    "date du statut~: rien → juin 2019)"
                )
            ],
        },
    ),
    (
        "1.adm.1.8",
        {"corriger": "Mauvais jour", "le": "février 2020", "motif": "Sans local"},
        {
            "statut_le": "février 2020",
            "motif": "Sans local",
            "suivi": [
                TODAYS(
                    "Correction~: Mauvais jour (date du statut~: mars 2020 → février 2020; "
                    "motif~: Plus utile → Sans local)"
                )
            ],
        },
    ),
    (
        "1.adm.1.1",
        {"corriger": "Le plan dit avril", "echeance": "Avril 2020"},
        {
            "echeance": "Avril 2020",
            "suivi": [TODAYS("Correction~: Le plan dit avril (échéance~: Mars 2020 → Avril 2020)")],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Mal noté", "reporter": "Juillet 2021", "motif": "Poste vacant", "le": "mai 2020"},
        {
            "echeance": "Juillet 2021",
            "echeances_precedentes": [{"echeance": "Mai 2020", "motif": "Poste vacant", "decide_le": "mai 2020"}],
            "suivi": [
                *REVIEWED,
                TODAYS(
                    "Correction~: Mal noté (échéance~: Juin 2021 → Juillet 2021; "
                    "motif du report de «~Mai 2020~»~: Vacance → Poste vacant; "
                    "date du report de «~Mai 2020~»~: avril 2020 → mai 2020)"
                ),
            ],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Mal noté", "reporter": "Juin 2021", "le": "mai 2020"},
        {
            "echeances_precedentes": [{"echeance": "Mai 2020", "motif": "Vacance", "decide_le": "mai 2020"}],
            "suivi": [
                *REVIEWED,
                TODAYS("Correction~: Mal noté (date du report de «~Mai 2020~»~: avril 2020 → mai 2020)"),
            ],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Jamais reportée", "reporter": "aucune"},
        {
            "echeance": "Mai 2020",
            "echeances_precedentes": None,
            "suivi": [
                *REVIEWED,
                TODAYS(
                    "Correction~: Jamais reportée (échéance~: Juin 2021 → Mai 2020; motif du report~: Vacance → rien; "
                    "date du report~: avril 2020 → rien)"
                ),
            ],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Le 4 et non le 3", "note": "Première", "le": "4 mai 2019", "au_lieu_de": "3 mai 2019"},
        {
            "suivi": [
                {"date": "4 mai 2019", "note": "Première"},
                REVIEWED[1],
                TODAYS("Correction~: Le 4 et non le 3 (date de la note «~Première~»~: 3 mai 2019 → 4 mai 2019)"),
            ]
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Le 4 et non le 3", "le": "4 mai 2019", "au_lieu_de": "3 mai 2019"},
        {
            "suivi": [
                {"date": "4 mai 2019", "note": "Première"},
                REVIEWED[1],
                TODAYS("Correction~: Le 4 et non le 3 (date de la note «~Première~»~: 3 mai 2019 → 4 mai 2019)"),
            ]
        },
    ),
    *(
        (
            "1.adm.1.12",
            {"corriger": "Pas moi", "par": "CA"} | named,
            {
                "suivi": [
                    {"date": "3 mai 2019", "note": "Première", "par": "CA"},
                    REVIEWED[1],
                    TODAYS("Correction~: Pas moi (auteur de la note «~Première~»~: rien → CA)"),
                ]
            },
        )
        for named in ({"note": "Première"}, {"au_lieu_de": "première"})
    ),
    (
        "1.adm.1.12",
        {"corriger": "Faute", "note": "Vue", "par": "CA", "au_lieu_de": "4 juin 2019"},
        {
            "suivi": [
                REVIEWED[0],
                {"date": "2019-06-04", "note": "Vue", "par": "CA"},
                TODAYS("Correction~: Faute (note~: Deuxième: faite → Vue; auteur~: rien → CA)"),
            ]
        },
    ),
    (
        "1.adm.1.15",
        {"corriger": "Pas encore", "statut": "en attente", "motif": "Le bail"},
        {
            "statut": "en attente",
            "motif": "Le bail",
            "resolution": None,
            "suivi": [
                TODAYS(
                    "Correction~: Pas encore (résolution~: CA-1 → rien; statut~: abandonnée → en attente; "
                    "motif~: Trop cher → Le bail)"
                )
            ],
        },
    ),
    (
        "1.adm.1.11",
        {"corriger": "Faux", "statut": "reconduite", "le": "mai 2020"},
        {
            "statut": "reconduite",
            "statut_le": "mai 2020",
            "motif": None,
            "suivi": [
                TODAYS(
                    "Correction~: Faux (motif~: Le bail (3 ans): à signer → rien; statut~: en attente → reconduite; "
                    "date du statut~: mars 2020 → mai 2020)"
                )
            ],
        },
    ),
    # « aucun », of whatever may have been recorded
    (
        "1.adm.1.15",
        {"corriger": "Faux", "reporter": "Mai 2021", "motif": "aucun", "resolution": "aucune", "le": "aucun"},
        {
            "echeances_precedentes": [{"echeance": "Mai 2020", "motif": "Vacance"}, {"echeance": "Juin 2020"}],
            "suivi": [
                TODAYS(
                    "Correction~: Faux (motif du report de «~Juin 2020~»~: Le bail → rien; "
                    "date du report de «~Juin 2020~»~: 2020-05-04 → rien; "
                    "résolution du report de «~Juin 2020~»~: CA-0 → rien)"
                ),
            ],
        },
    ),
    (
        "1.adm.1.1",
        {"corriger": "Faux", "echeance": "aucune", "attribuer": ("aucun",), "par": "aucun"},
        {
            "echeance": None,
            "responsables": None,
            "suivi": [TODAYS("Correction~: Faux (échéance~: Mars 2020 → rien; responsables~: DG et CA → rien)")],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Faux", "attribuer": ("Aucune",)},
        {
            "responsables": None,
            "porteur": None,
            "suivi": [*REVIEWED, TODAYS("Correction~: Faux (responsables~: DG et CA → rien; porteur~: DG → rien)")],
        },
    ),
    (
        "1.adm.1.15",
        {"corriger": "Mal noté", "reporter": "Juillet 2020", "motif": "Autre", "au_lieu_de": "mai 2020"},
        {
            "echeances_precedentes": [
                {"echeance": "Mai 2020", "motif": "Autre"},
                {"echeance": "Juillet 2020", "motif": "Le bail", "decide_le": "2020-05-04", "resolution": "CA-0"},
            ],
            "suivi": [
                TODAYS(
                    "Correction~: Mal noté (échéance~: Juin 2020 → Juillet 2020; "
                    "motif du report de «~Mai 2020~»~: Vacance → Autre)"
                ),
            ],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Faute", "note": "Deuxième reportée", "au_lieu_de": "4 juin 2019"},
        {
            "suivi": [
                REVIEWED[0],
                {"date": "2019-06-04", "note": "Deuxième reportée"},
                TODAYS("Correction~: Faute (note~: Deuxième: faite → Deuxième reportée)"),
            ]
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Autre action", "note": "aucune", "au_lieu_de": "première"},
        {"suivi": [REVIEWED[1], TODAYS("Correction~: Autre action (note~: Première → rien)")]},
    ),
    (
        "1.adm.1.12",
        {"corriger": "En juin", "realisation": "juin 2020", "au_lieu_de": "mai 2020"},
        {
            "realisations": ["mai 2019", "juin 2020"],
            "suivi": [*REVIEWED, TODAYS("Correction~: En juin (réalisation~: mai 2020 → juin 2020)")],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Pas faite", "realisation": "aucune", "au_lieu_de": "mai 2019"},
        {
            "realisations": ["mai 2020"],
            "suivi": [*REVIEWED, TODAYS("Correction~: Pas faite (réalisation~: mai 2019 → rien)")],
        },
    ),
    (
        "1.adm.1.3",
        {"corriger": "Pas faite", "realisation": "aucune"},
        {"realisations": None, "suivi": [TODAYS("Correction~: Pas faite (réalisation~: mai 2019 → rien)")]},
    ),
    (
        "1.adm.1.12",
        {"corriger": "Facture revue", "budget_reel": "450"},
        {
            "budget": {"prevu": "500", "reel": "450"},
            "suivi": [
                *REVIEWED,
                TODAYS(
                    "Correction~: Facture revue (budget~: prévu 500~$, réel 400~$ → prévu 500~$, réel 450~$)",
                ),
            ],
        },
    ),
    (
        "1.adm.1.12",
        {"corriger": "Autre action", "budget_reel": "aucun", "budget_prevu": "aucun", "porteur": "aucun"},
        {
            "budget": None,
            "porteur": None,
            "suivi": [
                *REVIEWED,
                TODAYS(
                    "Correction~: Autre action (porteur~: DG → rien; budget~: prévu 500~$, réel 400~$ → rien)",
                ),
            ],
        },
    ),
    *(
        (
            "1.adm.1.12",
            {"corriger": "Jamais voté", f"budget_{gone}": "aucun"},
            {
                "budget": {kept: amount},
                "suivi": [
                    *REVIEWED,
                    TODAYS(f"Correction~: Jamais voté (budget~: prévu 500~$, réel 400~$ → {left}~$)"),
                ],
            },
        )
        for gone, kept, amount, left in (("prevu", "reel", "400", "réel 400"), ("reel", "prevu", "500", "prévu 500"))
    ),
]


@table(("id_", "options", "then"), RECORDED)
def test_what_is_recorded_is_in_the_file(id_: str, options: dict[str, Any], then: dict[str, Any]) -> None:
    before = action_in(basic(FILES["orientation-1.yaml"]), id_.lower())
    after = action_in(basic(noted(FILES, id_, **options)["orientation-1.yaml"]), id_.lower())
    wanted = before | then
    if "suivi" in then:
        wanted["suivi"] = [one | {"note": one["note"].replace("~", NB)} for one in then["suivi"]]
    assert after == {key: value for key, value in wanted.items() if value is not None}


@pytest.mark.parametrize(("id_", "options"), one_in(4, [row[:2] for row in RECORDED]))
def test_the_same_record_twice_writes_once(id_: str, options: dict[str, Any]) -> None:
    once = noted(FILES, id_, **options)
    named = "au_lieu_de" in options and options.keys() - {"corriger", "au_lieu_de"}
    if named == {"le"} or (named and "aucune" in options.values()):  # what that named is gone
        with pytest.raises(PivotError, match="consignée n'est"):
            noted(once, id_, **options)
    else:
        assert noted(once, id_, **options) == once


def test_a_move_that_another_followed_is_withdrawn() -> None:
    after = noted(FILES, "1.adm.1.15", corriger="Jamais", reporter="aucun", au_lieu_de="Mai 2020")
    found = action_in(basic(after["orientation-1.yaml"]), "1.adm.1.15")
    assert found["echeance"] == "Mai 2021"
    moved = {"echeance": "Mai 2020", "motif": "Le bail", "decide_le": "2020-05-04", "resolution": "CA-0"}
    assert found["echeances_precedentes"] == [moved]
    told = "échéance d'avant le report suivant (Le bail)~: Juin 2020 → Mai 2020; motif du report~: Vacance → rien"
    assert found["suivi"] == [{"date": "15 juin 2020", "note": f"Correction~: Jamais ({told})".replace("~", NB)}]


def test_a_start_that_is_only_deduced_leaves_room_for_what_was_done_early() -> None:
    files = FILES | {"organisme.yaml": SMALL["organisme.yaml"].encode()}
    after = noted(files, "1.adm.1.1", statut="réalisée", le="mars 2018")
    assert action_in(basic(after["orientation-1.yaml"]), "1.adm.1.1")["realisee_le"] == "mars 2018"
    with pytest.raises(PivotError, match="vient avant le plan"):
        note(files, "1.adm.1.1", statut="réalisée", le="mars 2001")


def test_several_actions_get_the_same_thing_each_in_its_place() -> None:
    after = noted(FILES, "1.adm.1.1", "1.adm.1.5", "1.adm.1.1", note="Vu")
    assert after["orientation-1.yaml"].count(b"note: Vu") == 2


def test_of_several_actions_one_that_cannot_be_recorded_stops_all() -> None:
    with pytest.raises(PivotError, match=r"1\.adm\.1\.4"):
        note(FILES, "1.adm.1.1", "1.adm.1.4", statut="en cours")


def test_an_id_that_two_actions_share_is_refused_with_where_they_are() -> None:
    twice = small(PLAN.replace("numero: 2", "numero: 1"))
    with pytest.raises(PivotError, match=f"2{NB}actions portent l'id") as caught:
        note(twice, "1.adm.1.1", statut="en cours")
    assert re.search(r"plan/orientation-1\.yaml:11 et plan/orientation-1\.yaml:15", caught.value.remedy)


def test_an_action_of_which_a_part_of_the_id_is_not_known_is_not_recorded() -> None:
    unnumbered = small(PLAN.replace("numero: 2", "numero: deux"))
    for id_ in ("1.adm.1.?", "1.adm.1.0"):
        with pytest.raises(PivotError, match="il n'y a pas d'action"):
            note(unnumbered, id_, statut="en cours")


def test_an_unknown_id_may_be_in_a_file_that_could_not_be_read() -> None:
    files = FILES | {"orientation-2.yaml": b"numero: [2\n"}
    assert noted(files, "1.adm.1.1", statut="en cours") != files
    with pytest.raises(PivotError) as caught:
        note(files, "2.adm.1.1", statut="en cours")
    assert "plan/orientation-2.yaml" in caught.value.remedy


def test_a_fault_elsewhere_in_the_file_stops_nothing() -> None:
    assert b"statut: en cours" in noted(FILES, "1.adm.1.1", statut="en cours")["orientation-1.yaml"]
    doubled = small(PLAN.replace("titre: Un objectif", "titre: Un objectif\n        titre: Deux"))
    assert b"statut: en cours" in noted(doubled, "1.adm.1.1", statut="en cours")["orientation-1.yaml"]


def test_what_is_worth_saying_is_said() -> None:
    def remarks(id_: str, **options: str) -> str:
        return plain(" ".join(note(FILES, id_, **options).actions[0].remarks))

    assert "Sans date. Si vous la connaissez" in remarks("1.adm.1.1", statut="réalisée")
    bail = "« Le bail n'est pas signé »."
    assert f"Le motif d'avant est retiré : {bail}" in remarks("1.adm.1.5", statut="en cours")
    assert f"Le motif d'avant reste écrit dans la note : {bail}" in remarks("1.adm.1.5", statut="en cours", note="Vu")
    assert "motif" not in remarks("1.adm.1.5", statut="abandonnée")
    replaced = remarks("1.adm.1.5", statut="abandonnée", motif="Le programme a pris fin")
    assert f"Le motif d'avant est remplacé : {bail}" in replaced
    assert "C'est déjà consigné plus précisément : mai 2020." in remarks("1.adm.1.12", realisation="2020")
    assert "C'est déjà consigné plus précisément : mai 2019." in remarks("1.adm.1.4", le="2019")
    assert "précisément" not in remarks("1.adm.1.4", le="mai 2019")
    assert "peut aussi se lire" in remarks("1.adm.1.1", reporter="Hiver 2021", motif="Oui")


def test_every_statut_can_be_recorded() -> None:
    for statut in Statut:
        options = {"statut": statut.value} | ({"motif": "Oui"} if statut in {"en attente", "abandonnée"} else {})
        after = basic(noted(FILES, "1.adm.1.1", **options)["orientation-1.yaml"])
        assert action_in(after, "1.adm.1.1")["statut"] == statut.value


@posix
def test_a_command_can_be_run_again_as_it_is_shown() -> None:
    typed = Typed(statut="en cours", note='Dit « "oui" », 5 $ et `non` \\', budget_prevu="1500")
    command = f"printf '%s\\n' {command_line(('1.adm.1.1', '1.adm.1.2'), typed)}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, encoding="utf-8", check=True)
    words = done.stdout.splitlines()
    assert words[:4] == ["pivot", "note", "1.adm.1.1", "1.adm.1.2"]
    assert words[4:] == ["--statut", "en cours", "--note", typed.note, "--budget-prevu", "1500"]


def test_the_action_is_found_again_under_the_conventions_of_the_plan() -> None:
    files = FILES | {"organisme.yaml": FILES["organisme.yaml"] + "conventions: {hiver: décembre}\n".encode()}
    filed = note(files, "1.adm.1.1", reporter="Hiver 2021", motif="Oui")
    echeance = filed.actions[0].action.echeance
    assert getattr(echeance, "debut", None) is not None
    assert filed.files[0].hunks[0].removed == ("            echeance: Mars 2020",)


def test_five_changes_by_a_member_of_staff_give_the_lines_that_a_careful_person_would_type() -> None:
    files = {path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.yaml"))}
    changes: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
        ("2.gou.2.3", {"statut": "réalisée", "le": "mai 2019"}, [], ["statut: réalisée", "realisee_le: mai 2019"]),
        (
            "1.adm.1.1",
            {"note": "Première rencontre tenue", "par": "Jeanne", "le": "3 février 2020"},
            [],
            ["suivi:", "  - date: 3 février 2020", "    par: Jeanne", "    note: Première rencontre tenue"],
        ),
        (
            "4.adm.1.1",
            {"reporter": "Juin 2020", "motif": "Le poste était vacant", "resolution": "CA-2020-05", "le": "2020-02-15"},
            ["echeance: Hiver 2020"],
            [
                *("echeance: Juin 2020", "echeances_precedentes:", "  - echeance: Hiver 2020"),
                *("    motif: Le poste était vacant", "    decide_le: 2020-02-15", "    resolution: CA-2020-05"),
            ],
        ),
        ("5.gou.2.1", {"realisation": "2020-01-15"}, [], ["realisations: [2020-01-15]"]),
        (
            "3.gou.1.2",
            {"statut": "abandonnée", "motif": "Le BE le fait", "budget_prevu": "12 000 $"},
            [],
            ["statut: abandonnée", "motif: Le BE le fait", "budget:", "  prevu: 12000"],
        ),
    ]
    for id_, options, removed, added in changes:
        (file,) = file_record(Typed(**options), [id_], held(files), TODAY).files
        (hunk,) = file.hunks
        assert list(hunk.removed) == [" " * 12 + line for line in removed]
        assert list(hunk.added) == [" " * 12 + line for line in added]
