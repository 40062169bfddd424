"""What is said, word for word, on the sample application."""

from __future__ import annotations

import pytest
from pace import table

from cli_french.sample import app, ran

# The words typed; what is said on standard error, with ordinary spaces and without the last line, which is « Aide ».
FAULTS = [
    ("ovredue", "la commande « ovredue » n'existe pas. Vouliez-vous dire « overdue »?"),
    ("over", "la commande « over » n'existe pas. Vouliez-vous dire « overdue »?"),
    ("zzz", "la commande « zzz » n'existe pas."),
    ("--plan x", "il manque le nom d'une commande."),
    ("--zzz", "l'option « --zzz » n'existe pas."),
    ("overdue --responsible DG", "l'option « --responsible » n'existe pas. Vouliez-vous dire « --responsable »?"),
    ("overdue --resp=DG", "l'option « --resp » n'existe pas. Vouliez-vous dire « --responsable »?"),
    ("overdue -x", "l'option « -x » n'existe pas."),
    ("overdue --responsable", "l'option « --responsable » demande une valeur : NOM."),
    ("overdue -r", "l'option « --responsable » demande une valeur : NOM."),
    ("overdue --format", "l'option « --format » demande une valeur : texte, json ou csv."),
    ("overdue --responsable --bientot", "l'option « --responsable » demande une valeur : NOM."),
    ("overdue --bientot=oui", "l'option « --bientot » ne prend pas de valeur."),
    ("overdue -responsable DG", "« -responsable » s'écrit avec deux traits d'union : « --responsable »."),
    ("overdue —responsable DG", "« —responsable » s'écrit avec deux traits d'union : « --responsable »."),
    ("overdue –bientôt", "« –bientôt » s'écrit avec deux traits d'union : « --bientot »."),
    ("-plan x overdue", "« -plan » s'écrit avec deux traits d'union : « --plan »."),
    ("—version", "« —version » s'écrit avec deux traits d'union : « --version »."),
    ("overdue DG", "« DG » est de trop : cette commande ne prend que des options."),
    ("overdue a b", "« a » et « b » sont de trop : cette commande ne prend que des options."),
    (
        "overdue --format jsno",
        "« jsno » ne convient pas à l'option « --format » : choisissez texte, json ou csv. Vouliez-vous dire « json »?",
    ),
    (
        "overdue --horizon x",
        "« x » ne convient pas à l'option « --horizon » : il faut un nombre entier, de 1 à 365.",
    ),
    (
        "overdue --horizon 0",
        "« 0 » ne convient pas à l'option « --horizon » : il faut un nombre entier, de 1 à 365.",
    ),
    ("overdue --nombre x", "« x » ne convient pas à l'option « --nombre » : il faut un nombre entier."),
    ("overdue --seuil 1", "« 1 » ne convient pas à l'option « --seuil » : il faut un nombre entier, 2 ou plus."),
    ("overdue --plafond 10", "« 10 » ne convient pas à l'option « --plafond » : il faut un nombre entier, 9 ou moins."),
    (
        "note 1 --statut fait",
        "« fait » ne convient pas à l'option « --statut » : choisissez à faire ou réalisée.",
    ),
    ("note 1 -s réalisée --pair 3", "3 n'est pas pair."),
    ("note 1 -s réalisée --pair x", "« x » ne convient pas à l'option « --pair » : cette valeur n'est pas comprise."),
    ("convert a b c", "« c » ne convient pas à l'argument NATURE : choisissez texte ou json."),
    (
        "--montrer-completion fsh",
        ("la complétion existe pour bash, zsh, fish et powershell, et non pour « fsh ». Vouliez-vous dire « fish »?"),
    ),
]


def _said(err: str) -> str:
    return err.replace("\N{NO-BREAK SPACE}", " ")


@table(("typed", "expected"), FAULTS)
def test_faults(typed: str, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    words = typed.split(" ")
    result = ran(capsys, words)
    asked = words[0] if app.find(words[0]) else ""
    assert result.code == 2
    assert _said(result.err) == f"Erreur : {expected}\nAide : pivot {asked} --help\n".replace("  ", " ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("note", "Erreur : il manque l'argument ID.\nExemple : pivot note 1.adm.1.1\nAide : pivot note --help\n"),
        (
            "end Automne 2020",
            (
                "Erreur : « 2020 » est de trop.\n"
                "Une valeur de plusieurs mots se met entre guillemets droits. Écrivez :\n"
                '  pivot end "Automne 2020"\n'
            ),
        ),
        (
            "noter 1",
            ("Erreur : il manque l'option « --statut ».\nExemple : pivot note 1.adm.1.1\nAide : pivot noter --help\n"),
        ),
        (
            "convert",
            "Erreur : il manque l'argument FICHIER.\nExemple : pivot convert entrée.txt\nAide : pivot convert --help\n",
        ),
    ],
)
def test_what_is_missing_is_shown_by_an_example(
    typed: str, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    result = ran(capsys, typed.split(" "))
    assert (result.code, _said(result.err)) == (2, expected)


PROGRAM_PAGE = """\
Utilisation : pivot COMMANDE [OPTIONS]; son aide : pivot COMMANDE --help
Consulter :
  overdue, retards        Les échéances passées, par objectif.
Consigner :
  note, noter, consigner  Consigne ce qui s'est passé.
Produire :
  convert                 Transforme un fichier.
Vérifier :
  bare                    Ne prend rien.
  end, finir              Finit d'une façon ou d'une autre.
"""

COMMAND_PAGE = """\
Utilisation : pivot retards [OPTIONS]
Autre nom : overdue

Les échéances passées, par objectif.

Un paragraphe assez long pour devoir être coupé à la fin d'une ligne, ce qui
permet de voir que les mots restent entiers, à 100 % : même ici.

Options :
  -r, --responsable NOM  Un responsable : code ou nom. [peut être répété]
  --format FORMAT        La forme. [choix : texte, json ou csv; par défaut :
                         texte]
  --horizon JOURS        Combien de jours. [de 1 à 365; par défaut : 90]
  --seuil SEUIL          Un seuil. [2 ou plus]
  --plafond PLAFOND      Un plafond. [9 ou moins]
  --nombre NOMBRE        Un nombre.
  --bientot              Ajoute ce qui approche.
  --plan DOSSIER         Le dossier du plan. [variable d'environnement :
                         PIVOT_PLAN]
  -h, --aide, --help     Affiche cette aide.

Exemple :
  pivot overdue --responsable DG
"""

NARROW_PAGE = """\
Utilisation : pivot convert FICHIER
    [SORTIE] [NATURE] [OPTIONS]

Transforme un fichier.

Arguments :
  FICHIER
      Ce qui est lu. [obligatoire]
  SORTIE
      Ce qui est écrit.
  NATURE
      La nature. [choix : texte ou json;
      par défaut : texte]

Options :
  -h, --aide, --help
      Affiche cette aide.

Exemple :
  pivot convert entrée.txt
"""


@pytest.mark.parametrize(
    ("typed", "columns", "expected"),
    [("--help", 80, PROGRAM_PAGE), ("retards --help", 80, COMMAND_PAGE), ("convert --aide", 40, NARROW_PAGE)],
)
def test_help_pages(
    typed: str, columns: int, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = ran(capsys, typed.split())
    assert result.plain[: len(expected)] == expected


def test_a_repeated_argument_and_a_default_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(ran(capsys, ["note", "--help"]).plain.split())
    assert "Utilisation : pivot note ID... [OPTIONS]" in page
    assert "Autre nom : noter et consigner" in page
    assert "-s, --statut STATUT Le statut. [choix : à faire ou réalisée; obligatoire]" in page


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, ["--version"]) == (0, "pivot 1.2.3\n", "")
