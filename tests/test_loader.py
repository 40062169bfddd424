"""From the files of a plan to the plan: what is read, and where each fault is said to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pace import table
from support import SMALL, load_texts

from pivot_cli.echeance import Echeance, Refus
from pivot_cli.outputs.reminders import mailable
from pivot_cli.plan.model import Statut
from pivot_cli.text import fold

FULL_ACTION = """\
          - numero: "3"
            description: Tout consigner
            responsables: [directrice GÉNÉRALE]
            echeance: Mai 2019
            titre_court: Consigner
            porteur: dg
            statut: Realisee
            realisee_le: 12 mai 2019
            motif: Un motif
            resolution: CA-2019-05
            decision: Choisir
            resultat: Un résultat
            recurrence: aux 2 semaines
            realisations: [2019-05-12, mai 2019, 2019]
            budget:
              prevu: 1 500 $
              reel: 1450,50
              source: Un fonds
            collaborateurs: [L'équipe]
            depend_de: [1.adm.1.1]
            suivi:
              - date: 3 février 2019
                par: Jeanne
                note: Une note
            echeances_precedentes:
              - echeance: Mars 2019
                motif: Vacance
                decide_le: 2019-02-15
            liens: [https://exemple.org]
"""


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The small plan with one thing changed in one file."""
    assert SMALL[name].count(old) == 1, (name, old)
    return SMALL | {name: SMALL[name].replace(old, new)}


def test_the_small_plan_has_no_fault() -> None:
    plan, findings = load_texts(SMALL)
    assert findings == []
    assert [place.id for place in plan.places] == ["1.adm.1.1", "1.adm.1.2"]
    assert plan.organisme.nom == "L'Essai"
    assert plan.unread == ()


def test_an_action_is_found_by_its_id_as_people_type_it() -> None:
    plan, _ = load_texts(SMALL)
    assert plan.find(" 1.ADM.1.2 ") is plan.places[1]
    assert [plan.find(id_) for id_ in ("", "1", "1.adm.1", "1.adm.1.3", "1.adm.1.1.1", "2.adm.1.1")] == [None] * 6
    lost, _ = load_texts(SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace("code: adm", "code: ÉTÉ!")})
    assert list(lost.by_id) == [fold(place.id) for place in lost.places] == ["1.?.1.1", "1.?.1.2"]
    twice, _ = load_texts(SMALL | {"orientation-2.yaml": SMALL["orientation-1.yaml"]})
    assert twice.find("1.adm.1.1") is twice.places[0]


def test_every_field_of_an_action_is_read() -> None:
    plan, findings = load_texts(SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + FULL_ACTION})
    assert findings == []
    action = plan.by_id["1.adm.1.3"].action
    assert action.statut is Statut.REALISEE
    assert plan.registre.codes(action.responsables) == ("DG",)
    assert action.realisee_le is not None
    assert action.realisee_le.debut == date(2019, 5, 12)
    assert [(when.debut, when.fin) for when in action.realisations][1:] == [
        (date(2019, 5, 1), date(2019, 5, 31)),
        (date(2019, 1, 1), date(2019, 12, 31)),
    ]
    assert action.budget is not None
    assert (action.budget.prevu, action.budget.reel) == (Decimal(1500), Decimal("1450.50"))
    assert isinstance(action.recurrence, Echeance)
    assert action.suivi[0].note == "Une note"
    assert action.echeances_precedentes[0].motif == "Vacance"
    texts = (action.titre_court, action.porteur, action.motif, action.resolution, action.decision, action.resultat)
    assert texts == ("Consigner", "dg", "Un motif", "CA-2019-05", "Choisir", "Un résultat")
    assert (action.collaborateurs, action.depend_de, action.liens) == (
        ("L'équipe",),
        ("1.adm.1.1",),
        ("https://exemple.org",),
    )


def test_each_field_knows_where_it_stands() -> None:
    plan, _ = load_texts(SMALL)
    action = plan.places[0].action
    where = action.origin.at("responsables", 1)
    assert (where.file, where.line, where.column, where.end_column) == ("plan/orientation-1.yaml", 13, 32, 34)
    assert action.origin.at("echeance").line == 14
    assert action.origin.at().line == 11
    assert action.origin.at("responsables", 7).line == 13  # the nearest thing that was written
    assert action.origin.at("statut").line == 11


def test_texts_are_what_was_typed() -> None:
    files = changed("orientation-1.yaml", "Former un comité", "non")
    files["orientation-1.yaml"] = files["orientation-1.yaml"].replace("Faire un plan", "12:30")
    plan, findings = load_texts(files)
    assert findings == []
    assert [place.action.description for place in plan.places] == ["non", "12:30"]


# One thing wrong in the small plan → one finding: its code, its line and column, and what it says.
FAULTS = [
    # file, what is replaced, by what, code, line, column, in the message or the remedy
    ("orientation-1.yaml", "responsables: [DG, CA]", "responsble: [DG, CA]", "PIV101", 13, 13, "« responsables »?"),
    (
        "orientation-1.yaml",
        "titre: Une orientation",
        "titre: Une orientation\nnote: x",
        "PIV101",
        4,
        1,
        "Champs possibl",
    ),
    ("orientation-1.yaml", "titre: Une orientation\n", "", "PIV103", 1, 1, "« titre »"),
    ("orientation-1.yaml", "            description: Former un comité\n", "", "PIV103", 11, 13, "(numero: 1)"),
    ("orientation-1.yaml", "[DG, CA]", "DG", "PIV104", 13, 27, "« responsables: [DG] »"),
    ("orientation-1.yaml", "[DG, CA]", "DG + CA", "PIV104", 13, 27, "« responsables: [DG, CA] »"),
    ("orientation-1.yaml", "[DG, CA]", "DG - CA", "PIV104", 13, 27, "« responsables: [DG, CA] »"),
    ("orientation-1.yaml", "[DG, CA]", "DG] et CA", "PIV104", 13, 27, "« responsables: [DG et CA] »"),
    (
        "orientation-1.yaml",
        " [DG, CA]",
        "\n              -DG\n              -CA",
        "PIV104",
        14,
        15,
        "un espace : « - DG ». Ou écrivez « responsables: [DG, CA] ».",
    ),
    (
        "orientation-1.yaml",
        "        titre: Un objectif",
        "        titre: Un objectif\n        indicateurs:\n          –libelle: x",
        "PIV104",
        11,
        11,
        "un espace : « - libelle: … ».",
    ),
    ("orientation-1.yaml", "[DG, CA]", "[DG, CA]\n            liens: []", "PIV105", 14, 20, "est vide"),
    ("orientation-1.yaml", "[DG, CA]", "[DG, [CA]]", "PIV104", 13, 32, "c'est une liste"),
    ("orientation-1.yaml", "Former un comité", "", "PIV105", 12, 25, "« description » est vide"),
    ("orientation-1.yaml", "Former un comité", "{a: b}", "PIV104", 12, 26, "un groupe de champs"),
    ("orientation-1.yaml", "enjeu: 1", "enjeu: un", "PIV106", 2, 8, "nombre entier"),
    ("orientation-1.yaml", "enjeu: 1", "enjeu: 0", "PIV106", 2, 8, "nombre entier"),
    ("orientation-1.yaml", "enjeu: 1", "enjeu: 7", "PIV202", 2, 8, "Écrivez le numéro d'un enjeu du plan"),
    ("orientation-1.yaml", "code: adm", "code: Adm", "PIV106", 5, 11, "De deux à cinq lettres"),
    ("orientation-1.yaml", "[DG, CA]", "[DG, CAA]", "PIV201", 13, 32, "« CA »?"),
    ("orientation-1.yaml", "[DG, CA]", "[DG, Trésorière]", "PIV201", 13, 32, "Ajoutez-le à responsables.yaml"),
    ("orientation-1.yaml", "[DG, CA]", "[DG, CA, DG]", "PIV211", 13, 36, "« DG » est nommé deux fois. Gardez"),
    ("orientation-1.yaml", "[DG, CA]", "[DG, CA, dg]", "PIV211", 13, 36, "le même responsable que « DG »"),
    ("orientation-1.yaml", "Mars 2020", "Marz 2020", "PIV301", 14, 23, "mars"),
    ("orientation-1.yaml", "- numero: 2\n", "- numero: 1\n", "PIV204", 15, 21, "à la ligne 11"),
    ("orientation-1.yaml", "Mars 2020", "Mars 2020\n            porteur: Direction", "PIV201", 15, 22, "« Direction"),
    ("orientation-1.yaml", "[Directrice générale]", "[DG]\n            porteur: CA", "PIV206", 18, 22, "1.adm.1.2"),
    ("orientation-1.yaml", "En continu", "En continu\n            statut: fait", "PIV106", 19, 21, "« réalisée »?"),
    ("orientation-1.yaml", "En continu", "En continu\n            statut: en cour", "PIV106", 19, 21, "« en cours »?"),
    (
        "orientation-1.yaml",
        "En continu",
        "En continu\n            depend_de: [1.adm.1.9]",
        "PIV203",
        19,
        25,
        "1.adm.1.9",
    ),
    (
        "orientation-1.yaml",
        "En continu",
        "En continu\n            realisee_le: bientôt",
        "PIV106",
        19,
        26,
        "pas une date",
    ),
    (
        "orientation-1.yaml",
        "En continu",
        'En continu\n            statut_le: "20\N{ZERO WIDTH NO-BREAK SPACE}19"\n            statut: en cours',
        "PIV004",
        19,
        27,
        "Effacez ce caractère",
    ),
    ("orientation-1.yaml", "[DG, CA]", '"\N{LINE SEPARATOR}"', "PIV004", 13, 28, "Remplacez ce caractère"),
    ("orientation-1.yaml", "En continu", "En continu\n            recurrence: Marz", "PIV301", 19, 25, ""),
    (
        "orientation-1.yaml",
        "En continu",
        "En continu\n            budget: {prevu: -5}",
        "PIV106",
        19,
        29,
        "n'est pas un montant",
    ),
    (
        "orientation-1.yaml",
        "En continu",
        "En continu\n            budget: {prevu: '1,500'}",
        "PIV106",
        19,
        29,
        "n'est pas un montant",
    ),
    ("organisme.yaml", "nom: L'Essai\n", "", "PIV103", 1, 1, "« nom »"),
    ("organisme.yaml", "- numero: 1", "- Un enjeu\n  - numero: 1", "PIV104", 3, 5, "on attend un enjeu"),
    ("organisme.yaml", "nom:", "conventions: mars\nnom:", "PIV104", 1, 14, "avec leurs champs; c'est un texte"),
    ("organisme.yaml", "nom:", "conventions:\n  hiver: mars\nnom:", "PIV106", 2, 10, "« janvier » ou « décembre »"),
    ("organisme.yaml", "nom:", "conventions:\n  debut_exercice: 31 avril\nnom:", "PIV106", 2, 19, "1er avril"),
    ("organisme.yaml", "nom:", "conventions:\n  echeance_proche: deux\nnom:", "PIV106", 2, 20, "nombre de jours"),
    (
        "organisme.yaml",
        "    titre: Un enjeu\n",
        "    titre: Un enjeu\n  - numero: 1\n    titre: x\n",
        "PIV204",
        5,
        13,
        "déjà pris",
    ),
    ("responsables.yaml", "code: CA", "code: dg\n    alias: [CA]", "PIV204", 5, 11, "déjà pris"),
    ("responsables.yaml", "nom: Conseil d'administration", "nom: directrice generale", "PIV205", 6, 10, "désigne déjà"),
    ("responsables.yaml", "code: CA", "code: C A\n    alias: [CA]", "PIV106", 5, 11, "Lettres sans accent"),
    ("responsables.yaml", "code: CA", "code: C\u200bA", "PIV004", 5, 11, "(U+200B, espace sans largeur)"),
    ("responsables.yaml", "code: CA", "code: CA\n    alias: [C\u00adA]", "PIV004", 6, 13, "retapez-la : « CA »"),
    ("orientation-1.yaml", "Mars 2020", "Mars\u200d 2020", "PIV004", 14, 23, "retapez-la : « Mars 2020 »"),
    ("orientation-1.yaml", "[DG, CA]", "[DG, \u2060CA]", "PIV004", 13, 32, "Un caractère invisible se trouve dans"),
    ("orientation-1.yaml", "Mars 2020", "Mars 2020\n            note: Vu", "PIV101", 15, 13, "note: Vu"),
    ("orientation-1.yaml", "Mars 2020", "Mars 2020\n            Commentaires: Vu", "PIV101", 15, 13, "sous « suivi »"),
    (
        "orientation-1.yaml",
        "Mars 2020",
        "Mars 2020\n            statut: réalisée le 12 mai 2020",
        "PIV106",
        15,
        21,
        "« statut: réalisée », et « realisee_le: 12 mai 2020 »",
    ),
    (
        "orientation-1.yaml",
        "Mars 2020",
        "Mars 2020\n            statut: suspendu (mai 2020)",
        "PIV106",
        15,
        21,
        "« statut: en attente », et « statut_le: mai 2020 »",
    ),
    (
        "orientation-1.yaml",
        "titre: Une orientation\n",
        "<<<<<<< HEAD\ntitre: Une\n=======\ntitre: Autre\n>>>>>>> julie\n",
        "PIV011",
        3,
        1,
        "Une fusion git n'est pas finie : les lignes 3 à 7",
    ),
    ("responsables.yaml", "code: CA", "code: CA\n    courriel: rené@exemple.org", "PIV106", 6, 15, "sans accent"),
]


@table(("file", "old", "new", "code", "line", "column", "said"), FAULTS)
def test_one_fault_gives_one_finding(
    file: str, old: str, new: str, code: str, line: int, column: int, said: str
) -> None:
    _, findings = load_texts(changed(file, old, new))
    assert [
        (finding.code, finding.location.file, finding.location.line, finding.location.column) for finding in findings
    ] == [(code, f"plan/{file}", line, column)]
    said_in_full = f"{findings[0].message} {findings[0].remedy}".replace("\N{NO-BREAK SPACE}", " ")
    assert said in said_in_full


@table(
    ("address", "mailed"),
    [
        ("dg@québec.org", "dg@xn--qubec-csa.org"),
        ("dg@que\u0301bec.org", "dg@xn--qubec-csa.org"),
        ("DG@QUÉBEC.ORG", "DG@xn--qubec-csa.ORG"),
        ("dg@exemple.québec", "dg@exemple.xn--qubec-csa"),
        ("jean.d'amours@exemple.org", "jean.d'amours@exemple.org"),
        ("jean.d’amours@exemple.org", "jean.d'amours@exemple.org"),
        ("o'neil+ca@exemple.qc.ca", "o'neil+ca@exemple.qc.ca"),
        ("jean-rene_b.2@a.b.c.ca", "jean-rene_b.2@a.b.c.ca"),
    ],
)
def test_an_address_that_mail_reaches_is_taken(address: str, mailed: str) -> None:
    plan, findings = load_texts(changed("responsables.yaml", "code: CA", f"code: CA\n    courriel: {address}"))
    assert findings == []
    assert mailable(list(plan.registre)[1].courriel) == mailed


@table(
    ("address", "said"),
    [
        *((f"rené@{domain}", "sans accent avant l'arobas") for domain in ("exemple.org", "québec.org")),
        *((f"{name}@exemple.org", "Une seule adresse") for name in (".dg", "dg.", "d..g", "d g", "x" * 65, "dg@dg")),
        *(
            (f"dg@{name}", "Une seule adresse")
            for name in ("quebec", "-a.org", "a-.org", "a_b.org", "a..org", "a.org.")
        ),
        *((f"dg@{name}", "Une seule adresse") for name in ("127.0.0.1", "[127.0.0.1]", "a.o", "☃.org", "maß.org")),
        ("n/a", "par exemple « dg@exemple.org »"),
        *((typed, "« courriel: dg@exemple.org »") for typed in ("<dg@exemple.org>", "mailto:dg@exemple.org")),
        *((typed, "« courriel: dg@exemple.org »") for typed in ("Julie <dg@exemple.org>", "dg@exemple.org; ca@a.org")),
    ],
)
def test_an_address_that_mail_does_not_reach_is_refused(address: str, said: str) -> None:
    _, findings = load_texts(changed("responsables.yaml", "code: CA", f"code: CA\n    courriel: '{address}'"))
    assert [finding.code for finding in findings] == ["PIV106"]
    assert said in findings[0].remedy.replace("\N{NO-BREAK SPACE}", " ")


def test_an_action_that_is_nobodys_yet_says_so() -> None:
    plan, findings = load_texts(changed("orientation-1.yaml", "[DG, CA]", "[]"))
    assert [finding.code for finding in findings] == ["PIV207"]  # the CA has no action left
    assert plan.places[0].action.responsables == ()


def test_five_faults_in_a_file_give_five_findings() -> None:
    text = SMALL["orientation-1.yaml"]
    for old, new in (
        ("enjeu: 1", "enjeu: x"),
        ("[DG, CA]", "DG"),
        ("Former un comité", ""),
        ("En continu", "bientôt peut-être"),
        ("nom: Administratif", "nom: Administratif\n    nome: x"),
    ):
        text = text.replace(old, new)
    _, findings = load_texts(SMALL | {"orientation-1.yaml": text})
    assert [finding.code for finding in findings] == ["PIV106", "PIV101", "PIV105", "PIV104", "PIV301"]


def test_a_misspelt_field_is_read_as_the_one_that_is_missing() -> None:
    plan, findings = load_texts(changed("orientation-1.yaml", "echeance: Mars", "échéance: Mars"))
    assert [finding.code for finding in findings] == ["PIV101"]
    assert plan.places[0].action.echeance.texte == "Mars 2020"


def test_an_action_whose_echeance_is_not_understood_is_kept() -> None:
    plan, _ = load_texts(changed("orientation-1.yaml", "Mars 2020", "Marz 2020"))
    assert isinstance(plan.places[0].action.echeance, Refus)
    assert len(plan.places) == 2


def test_references_into_a_file_that_cannot_be_read_are_not_judged() -> None:
    for broken in ("organisme.yaml", "responsables.yaml"):
        plan, findings = load_texts(SMALL | {broken: "a: [b\n"})
        assert [finding.code for finding in findings] == ["PIV005"]
        assert plan.unread == (f"plan/{broken}",)
        assert len(plan.places) == 2


def test_the_conventions_of_the_organisation_read_its_echeances() -> None:
    files = changed("organisme.yaml", "nom:", "conventions: {hiver: décembre, debut_exercice: 1er avril}\nnom:")
    files["orientation-1.yaml"] = files["orientation-1.yaml"].replace("Mars 2020", "Hiver 2020")
    plan, _ = load_texts(files)
    assert plan.organisme.conventions.debut_exercice == (4, 1)
    echeance = plan.places[0].action.echeance
    assert isinstance(echeance, Echeance)
    assert (echeance.debut, echeance.fin) == (date(2020, 12, 1), date(2021, 3, 31))


def test_orientations_come_in_the_order_of_their_numbers() -> None:
    files = dict(SMALL)
    for number in (10, 2):
        text = SMALL["orientation-1.yaml"].replace("numero: 1\nenjeu", f"numero: {number}\nenjeu")
        files[f"orientation-{number}.yaml"] = text
    plan, findings = load_texts(files)
    assert findings == []
    assert [orientation.numero for orientation in plan.orientations] == [1, 2, 10]


def test_meetings_and_standing_items_are_read() -> None:
    reunions = (
        "ca:\n  reunions:\n    - date: 2020-02-12\n  points_permanents:\n    - titre: Tour\n      action: 1.adm.1.1\n"
    )
    plan, findings = load_texts(SMALL | {"reunions.yaml": reunions})
    assert findings == []
    assert plan.reunions.ca.reunions[0].date is not None
    assert plan.reunions.ca.points_permanents[0].action == "1.adm.1.1"
    _, findings = load_texts(SMALL | {"reunions.yaml": reunions.replace("1.adm.1.1", "1.adm.1.7")})
    assert [(finding.code, finding.location.line, finding.location.column) for finding in findings] == [
        ("PIV203", 6, 15)
    ]
