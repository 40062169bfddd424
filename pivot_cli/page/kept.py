"""What was recorded, and what is left to do with it: to take it back, to keep it, to send it."""

from __future__ import annotations

import re
from typing import NamedTuple

from pivot_cli.page.visit import Lien, Reproche, Sheet, Visit
from pivot_cli.plan import keeping
from pivot_cli.plan.worktree import repository_root
from pivot_cli.text import NBSP, capitalized, counted, listed


class Historique(NamedTuple):
    """Où en est l'historique : ce qui en est gardé, ce qui reste à garder ou à envoyer."""

    dit: str
    a_garder: bool
    a_envoyer: bool


class Fait(NamedTuple):
    """Un changement qui est écrit."""

    envoi: str
    titre_du_message: str
    suite_du_message: str
    commit: str
    pourquoi: str
    defait: bool
    fichiers: str
    retour: Lien
    historique: Historique


class Envoi(NamedTuple):
    """Ce qu'est devenu un envoi."""

    fait: str
    refus: str
    remede: tuple[str, ...]
    historique: Historique


def history(visit: Visit) -> Historique:
    """« Tout est enregistré; 2 changements à envoyer »."""
    if repository_root(visit.desk.folder.resolve()) is None:
        said = f"Rien ne garde l'historique de ce plan{NBSP}: il n'est pas dans un dépôt git."
        return Historique(said, a_garder=False, a_envoyer=False)
    if not keeping.is_there():
        said = f"Git, qui garde l'historique de ce plan, n'est pas installé sur cet ordinateur{NBSP}: rien ne peut "
        said += "être consigné d'ici avant qu'il le soit."
        return Historique(said, a_garder=False, a_envoyer=False)
    left, to_send = visit.desk.unkept(), keeping.to_send(visit.desk.line())
    said = "Tout est enregistré"
    if left:
        said = f"{counted(len(left), 'fichier')} du plan {'ont' if len(left) > 1 else 'a'} des changements qui ne sont "
        said += f"pas encore dans l'historique ({listed(left)})"
    return Historique(f"{said}; {to_send}" if to_send else f"{said}.", a_garder=bool(left), a_envoyer=bool(to_send))


def done(visit: Visit, sending: str) -> Sheet | None:
    """A change that was written, and how it is taken back; None where the page knows none of that name."""
    if (known := visit.recorder.done(sending)) is None:
        return None
    title, _, rest = known.change.message.partition("\n")
    return Sheet(
        "fait.html",
        "C'est annulé" if known.back else "C'est enregistré",
        Fait(
            envoi=sending,
            titre_du_message=title,
            suite_du_message=rest.strip("\n"),
            commit=known.commit,
            pourquoi=known.why,
            defait=known.undone,
            fichiers=listed([one.shown for one in known.change.exchanges]),
            retour=Lien(*known.change.back_to),
            historique=history(visit),
        ),
    )


def sent(visit: Visit) -> Sheet:
    """What became of the last sending."""
    failed = visit.recorder.failed
    return Sheet(
        "envoi.html",
        "Les changements ne sont pas envoyés" if failed else "Envoi",
        Envoi(
            fait=visit.recorder.sent,
            refus=capitalized(failed.message) if failed else "",
            remede=tuple(failed.remedy.splitlines()) if failed else (),
            historique=history(visit),
        ),
    )


class Signature(NamedTuple):
    """Qui consigne, que git ne sait pas."""

    adresse: str
    nom: str
    courriel: str
    fautes: dict[str, Reproche]


def signing(visit: Visit, faults: dict[str, Reproche]) -> Sheet:
    """Who records is asked for, before what was written is kept."""
    values = Signature(visit.here, visit.one("nom"), visit.one("courriel"), faults)
    return Sheet("signer.html", "Qui consigne?", values, 400 if faults else 200)


def author_typed(visit: Visit) -> tuple[keeping.Author | None, dict[str, Reproche]]:
    """Who records, as it was typed, and what is wrong with it."""
    name, mail = visit.one("nom"), visit.one("courriel")
    faults = {}
    if not name.strip(" .,;") or not _plain(name):
        faults["nom"] = Reproche("Le nom manque, ou a un signe < ou > ou un caractère invisible.", "Écrivez votre nom.")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", mail) or not _plain(mail):
        faults["courriel"] = Reproche("Ce n'est pas un courriel.", f"Écrivez-le en entier{NBSP}: nom@exemple.org")
    return (None, faults) if faults else (keeping.Author(name, mail), {})


def _plain(text: str) -> bool:
    """Whether git keeps a text as it is beside a change."""
    return text.isprintable() and not re.search("[<>]", text)
