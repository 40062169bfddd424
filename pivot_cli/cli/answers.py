"""What is done with the answers that `pivot note` was given: read, recorded in the plan's files, shown; what is left to
do. They come one by one, or several together, a line each.
"""

from __future__ import annotations

import codecs
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pivot_cli.cli import edge
from pivot_cli.cli.app import Texte, Textes, app, option
from pivot_cli.cli.kept import keep, kept_by_git, left_to_keep, say_it_is_kept
from pivot_cli.cli_french.streams import flush
from pivot_cli.text import NBSP, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pivot_cli.finding import Finding, PivotError
    from pivot_cli.plan.loader import Known
    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.record.filing import Filed, Held
    from pivot_cli.record.following import Answer, Written
    from pivot_cli.record.recording import Typed
    from pivot_cli.record.writing import Exchange
    from pivot_cli.suivi.etat import Portrait
    from pivot_cli.yaml_tree import Tree


TO_FILL = "…"
"""What stands where a person has to write something."""


class Said(NamedTuple):
    """What is said of an action, each as it was typed: the fields of `Typed`."""

    statut: Annotated[
        Texte,
        option("STATUT", "À faire, en cours, en attente, partiellement réalisée, réalisée, abandonnée ou reconduite."),
    ] = None
    le: Annotated[Texte, option("DATE", "Quand, aussi précisément qu'on le sait : mai 2019.")] = None
    note: Annotated[Texte, option("TEXTE", "Ajoute une note de suivi, datée et interne.")] = None
    par: Annotated[Texte, option("NOM", "Qui écrit cette note.")] = None
    resultat: Annotated[Texte, option("TEXTE", "Le résultat, en une phrase publique.")] = None
    realisation: Annotated[Texte, option("DATE", "Faite encore une fois, pour ce qui revient ou se poursuit.")] = None
    reporter: Annotated[Texte, option("ÉCHÉANCE", "Donne cette échéance à l'action, et garde l'ancienne.")] = None
    echeance: Annotated[Texte, option("ÉCHÉANCE", "Son échéance, là où elle n'en avait pas.")] = None
    proposer: Annotated[
        Texte, option("ÉCHÉANCE", "Propose cette échéance, ou « abandonnée », que la direction décidera.")
    ] = None
    motif: Annotated[Texte, option("TEXTE", "Pourquoi l'action attend, est abandonnée, reconduite ou reportée.")] = None
    resolution: Annotated[Texte, option("TEXTE", "La résolution du conseil.")] = None
    decision: Annotated[Texte, option("TEXTE", "Ce que le conseil doit décider.")] = None
    attribuer: Annotated[Textes, option("NOM", "À qui elle revient, à la place des responsables d'avant.")] = None
    porteur: Annotated[Texte, option("NOM", "Qui en répond, parmi ses responsables.")] = None
    budget_prevu: Annotated[Texte, option("DOLLARS", "Le montant prévu.")] = None
    budget_reel: Annotated[Texte, option("DOLLARS", "Le montant dépensé.")] = None
    ajouter: Annotated[Texte, option("OBJECTIF", "Y ajoute une action, dont la description suit.")] = None
    corriger: Annotated[
        Texte, option("RAISON", "Corrige ce qui a été consigné par erreur; le reste dit ce qui est juste.")
    ] = None
    au_lieu_de: Annotated[Texte, option("VALEUR", "La date ou les mots à corriger, s'il y en a plusieurs.")] = None

    def typed(self) -> Typed:
        """The same, as it is recorded; raises PivotError for what was left to be filled (« … »)."""
        from pivot_cli.record.recording import Typed

        for name, value in self._asdict().items():
            if TO_FILL in (value if isinstance(value, list) else [value]):
                message = f"--{name.replace('_', '-')} attend une valeur à la place de {quoted(TO_FILL)}."
                raise edge.misused(message, "Écrivez-la, ou retirez l'option.")
        return Typed(**self._asdict() | {"attribuer": (self.attribuer and tuple(self.attribuer)) or None})


def recorded(folder: Path, ids: tuple[str, ...], typed: Typed | None, *, essai: bool) -> int:
    """Record one answer and show it; `essai` writes nothing. Raises PivotError when it cannot be recorded."""
    from pivot_cli.record.following import Answer
    from pivot_cli.screens.noted import noted_page

    done = (_prepared if essai else _written)(folder, [Answer(ids, typed)])
    (filed,) = done.outcomes
    if isinstance(filed, Exception):
        raise _from_here(filed)

    def show(portrait: Portrait, left: str) -> None:
        edge.emit(noted_page(filed, portrait, edge.width(), left, essai=essai), None)

    return shown(folder, done, show, undone=typed is None, essai=essai)


def _from_here(refused: PivotError) -> PivotError:
    """The same, the commands that it gives naming the plan as this one did."""
    from pivot_cli.escaping import shell_line

    named = shell_line("pivot", "note", *_plan_named())
    refused.remedy = refused.remedy.replace("pivot note ", f"{named} ")
    return refused


def several(folder: Path, answers: Sequence[Answer | PivotError], *, essai: bool) -> int:
    """Record answers one after the other and show each in a few words; one that cannot be is told, and the rest is
    recorded.
    """
    from pivot_cli.finding import ExitCode
    from pivot_cli.screens.noted import answers_page

    done = (_prepared if essai else _written)(folder, answers)

    def show(portrait: Portrait, left: str) -> None:
        edge.emit(answers_page(done.outcomes, portrait, edge.width(), left, essai=essai), None)

    code = shown(folder, done, show, essai=essai)
    return max(code, ExitCode.FINDINGS) if done.refused else code


def shown(
    folder: Path, done: Written, show: Callable[[Portrait, str], None], *, essai: bool, undone: bool = False
) -> int:
    """Show what was recorded, and what is left to do; the exit code."""
    from pivot_cli.suivi.etat import Portrait
    from pivot_cli.suivi.horizon import look_at

    try:
        portrait = Portrait(done.held.plan, look_at(done.held.plan, edge.today()), ())
        left = "" if essai else _left_to_do(folder, done, undone=undone)
        show(portrait, left)
        flush()
    except OSError as refused:
        if essai or not done.files:
            raise
        written = [done.before.shown(name) for name in done.files]
        say_it_is_kept(written, refused, "seul l'affichage a échoué. Ne recommencez pas.")
    return edge.warn(done.held.plan, done.held.findings)


def _left_to_do(folder: Path, done: Written, *, undone: bool) -> str:
    """How to keep what was recorded in the history, and how to undo it."""
    if not done.files:
        return ""
    kept = kept_by_git(folder, done.before.label)
    left = [left_to_keep(folder, done.held.files, kept)]
    if not undone:
        left.append(_undoing(done, kept))
    return "\n".join(filter(None, left))


def _undoing(done: Written, kept: PlanFiles | None) -> str:
    """How to take back what was just recorded, and what goes with it that git does not have."""
    from pivot_cli.escaping import shell_line
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.model import same

    if kept is None or not kept.files:
        return f"Pour défaire{NBSP}: remettez les lignes {quoted('avant')}, et retirez celles qui sont ajoutées."
    filed = [one for one in done.outcomes if not isinstance(one, Exception)]
    changed = {one.new_place.id: one for some in filed if some.files for one in some.actions}
    known = load(kept)[0]
    pending = [
        id_
        for id_ in changed
        if (now := done.was.find(id_)) and ((then := known.find(id_)) is None or not same(now.action, then.action))
    ]
    also = f" (et ce qui n'était pas encore gardé de {listed(pending)})" if pending else ""
    return f"Pour défaire{also}{NBSP}:\n  {shell_line('pivot', 'note', *changed, '--annuler', *_plan_named())}"


def _plan_named() -> list[str]:
    """The words that name the plan on the command line, for a command that is told to be found from the same place."""
    ctx = app.line.ctx
    source = ctx.get_parameter_source("plan")
    return ["--plan", str(ctx.params["plan"])] if source and source.name == "COMMANDLINE" else []


# --- from what was typed to the files ---------------------------------------------------------------------


def _prepared(folder: Path, answers: Sequence[Answer | PivotError]) -> Written:
    """The plan as the answers make it, one after the other. Touches no file."""
    from pivot_cli.plan.sources import read_folder
    from pivot_cli.record.following import begun

    return followed(folder, begun(held_from(folder, read_folder(folder, edge.plan_label(folder)))), answers)


def followed(folder: Path, done: Written, answers: Sequence[Answer | PivotError]) -> Written:
    """What was recorded, then these answers, one after the other. Touches no file."""
    from pivot_cli.record.following import followed as follow

    return follow(done, answers, lambda answer, held: filed(folder, answer, held), partial(held_from, folder))


def held_from(folder: Path, files: PlanFiles, known: Known | None = None) -> Held:
    """The plan that these files of a folder hold, with all that is needed to change it; with `known`, what is read is
    known from then, and the trees of the files are not kept.
    """
    from pivot_cli.cli.past import Past
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.names import number_in
    from pivot_cli.record.filing import Held

    trees: dict[str, Tree | None] = {name: None for name in files.files if number_in(name) and known is None}
    plan, findings = load(files, trees, known=known)
    sound: dict[int, Place] = {}  # by action, those that are: each is asked about several times

    def judge(places: Sequence[Place], were: Sequence[Place]) -> list[Finding]:
        if not were and all(id(place.action) in sound for place in places):
            return []
        found = judged(plan, places, were)
        sound.update((id(place.action), place) for place in places if not (were or found))
        return found

    return Held(plan, findings, files, trees, judge, lambda place: Past(folder).numbers(place))


def filed(folder: Path, answer: Answer, held: Held) -> Filed:
    """What an answer changes in the files; without anything said, what gives the actions back as git keeps them."""
    from pivot_cli.record.filing import file_record, file_undoing

    if answer.typed is not None:
        return file_record(answer.typed, answer.ids, held, edge.today())
    kept = kept_by_git(folder, held.files.label)
    if kept is None or not kept.files:
        nom = held.plan.niveaux.action
        kept_so = f"{nom.un} comme git {nom.pick('le', 'la')} garde"
        message = f"--annuler remet {kept_so}, et ce plan n'y est pas encore enregistré."
        mend = f'pivot note {answer.ids[0]} --corriger "Pourquoi", avec ce qui est juste'
        raise edge.misused(message, f"Pour corriger ce qui est écrit{NBSP}: {mend}.")
    return file_undoing(answer.ids, held, kept)


def judged(plan: Plan, places: Sequence[Place], were: Sequence[Place]) -> list[Finding]:
    """The errors of these actions alone, and of what they `were`: what is recorded waits for nobody else's fault."""
    from pivot_cli.checks.edition import Edition
    from pivot_cli.checks.edits import check_edit
    from pivot_cli.checks.plan import check

    now = plan.only(places)
    edited = check_edit(Edition(plan.only(were), now), errors_only=True) if were else ()
    return [*check(now, errors_only=True), *edited]


def _written(folder: Path, answers: Sequence[Answer | PivotError]) -> Written:
    """The same, written."""

    def prepare() -> tuple[Written, list[Exchange]]:
        done = _prepared(folder, answers)
        return done, done.exchanges(folder)

    return keep(folder, prepare)


# --- several answers, a line each -------------------------------------------------------------------------

_MOST_BYTES, _MOST_LINES = 1_000_000, 1_000
# What precedes an answer that was offered: « - [x] » where it is ticked, by any sign.
_BOX = re.compile(rf"[\s{NBSP}]*[-*+][ \t{NBSP}]+\[(?:(?P<empty>[\s{NBSP}]*)|[\s{NBSP}]*\S[\s{NBSP}]*)\]")


def answers_in(file: str) -> list[Answer | PivotError]:
    """The answers of a file, or of standard input (« - »), each line being what would follow `pivot note`; in the place
    of one that is not understood, why. Lines that begin by « # » or « > » are remarks, those with an empty box
    (« - [ ] ») are left. Raises PivotError for a file without any answer, or that is no text.
    """
    lines = _text_of(file).splitlines()
    boxes = [_BOX.match(line) for line in lines]
    said = [
        (number, line[box.end() :] if box else line)
        for number, (line, box) in enumerate(zip(lines, boxes, strict=True), 1)
        if line.strip(f" \t{NBSP}#") and not line.lstrip().startswith(("#", ">")) and not (box and box["empty"])
    ]
    if not said:
        remedy = f'Écrivez-en une par ligne{NBSP}: 2.gou.2.3 --statut réalisée --le "mai 2019"'
        remedy = f"Mettez un x entre les crochets de ce qui est à consigner{NBSP}: - [x] …" if any(boxes) else remedy
        raise edge.misused("il n'y a aucune réponse à consigner.", remedy)
    if len(said) > _MOST_LINES:
        raise edge.misused(f"il y a plus de {_MOST_LINES} réponses.", "Partagez-les en plusieurs fichiers.")
    return [_answer(number, line) for number, line in said]


def _text_of(file: str) -> str:
    """What the file holds, in UTF-8 or as an older Windows wrote it."""
    from pathlib import Path

    if file == "-":
        data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    else:
        with Path(file).open("rb") as given:
            data = given.read(_MOST_BYTES + 1)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what PowerShell writes
        data = data.decode("utf-16", "replace").encode()
    if len(data) > _MOST_BYTES or b"\0" in data:
        message = f"{quoted(file)} n'est pas un texte de quelques pages."
        raise edge.misused(message, "Écrivez une réponse par ligne, dans un fichier .txt.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


_WORD = re.compile(
    r"""\s*(?:
    '(?P<single>[^']*)'(?=\s|$)  # else it is an apostrophe
    |\xab\s*(?P<guillemets>[^\xbb]*?)\s*\xbb(?=\s|$)
    |(?P<bare>(?:"[^"]*"|“[^”]*”|[^\s"“”])+)
    )""",
    re.VERBOSE,
)


def _words(line: str) -> list[str] | None:
    """The words of a line as they were typed: quotation marks of any sort keep some together, an apostrophe in a word
    is one, a remark ends the line. None where a quotation mark is not closed.
    """
    words, place = [], 0
    while place < len(line.rstrip()):
        found = _WORD.match(line, place)
        if found is None:
            return None
        place = found.end()
        if (bare := found["bare"]) is None:
            words.append(found["single"] if found["single"] is not None else found["guillemets"])
        elif bare.startswith("#"):
            break
        else:
            words.append(re.sub('["“”]', "", bare))
    return words


def _answer(number: int, line: str) -> Answer | PivotError:
    """What a line says, or why it is not understood."""
    from pivot_cli.finding import PivotError
    from pivot_cli.record.following import Answer, on_line

    if (words := _words(line)) is None:
        return on_line(number, PivotError("un guillemet n'est pas refermé.", 'Mettez le texte entre "…".'))
    try:
        for names in (("pivot",), ("note", "noter")):
            words = words[1:] if words and fold(words[0]) in names else words
        given = app.reread(words)
        if alone := given.keys() & {"de", "annuler", "essai", "plan"}:
            raise edge.misused(f"--{min(alone)} ne va pas dans une réponse.", "Mettez-le sur la ligne de commande.")
        if not given.get("ids"):
            raise edge.misused("il manque l'id de l'action.", f"Par exemple{NBSP}: 2.gou.2.3 --statut réalisée")
        return Answer(tuple(given.pop("ids")), Said(**given).typed(), number)
    except PivotError as fault:
        return on_line(number, fault)
