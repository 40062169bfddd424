"""What is recorded: written to the plan's files, then kept by git where it keeps them; given back where git refuses.

At any step, a kill leaves each file as it was or as it is to be, whole. What is written and not kept yet is told by the
first page, and kept from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.plan import keeping
from pivot_cli.plan.worktree import repository_root
from pivot_cli.record.writing import Exchange, Refused, exchange, exclusive
from pivot_cli.system import system_message
from pivot_cli.text import NBSP, capitalized, listed, one_line
from pivot_cli.yaml_tree import Mapping, Node, Scalar, read_tree

if TYPE_CHECKING:
    from pivot_cli.page.desk import Desk

_MOST_DONE = 50  # changes that can be taken back
_UNCHANGED = "Rien n'est changé dans le plan."
_NOWHERE = "Rien ne garde l'historique de ce plan"


class Change(NamedTuple):
    """A change to write: its files before and after, the message that the history keeps (a title, then what it says
    more), and where to go back to: what that is called, and its address.
    """

    exchanges: tuple[Exchange, ...]
    message: str
    back_to: tuple[str, str]


class Done(NamedTuple):
    """A change that was written; the name of its commit (none outside of git: `why` says so); whether it was `undone`
    since, and whether it takes another `back` itself.
    """

    change: Change
    commit: str = ""
    why: str = ""
    undone: bool = False
    back: bool = False


class Named(NamedTuple):
    """How a change is kept: its title in the history, as it was typed, and who records it."""

    title: str
    author: keeping.Author | None


class Recorder:
    """What writes to the plan of a desk, one change at a time; it knows the last ones, to take them back."""

    def __init__(self, desk: Desk, reading: Lock) -> None:
        self.desk, self._reading = desk, reading
        self._writing = Lock()
        self._done: dict[str, Done] = {}
        self.author: keeping.Author | None = None  # of this session, where git was told of none
        self.sent = ""  # what became of the last sending
        self.failed: PivotError | None = None

    def done(self, sending: str) -> Done | None:
        """The change of that name, where it was written."""
        return self._done.get(sending)

    def top(self, names: Sequence[str]) -> Path | None:
        """The repository that keeps these files of the plan; None where nothing does."""
        return keeping.keeps(self.desk.folder, self.desk.label, names)

    def asks_who(self, top: Path | None) -> bool:
        """Whether git is to be told who records."""
        return top is not None and self.author is None and keeping.author_of(top) is None

    def write(self, sending: str, prepare: Callable[[], Change | None], named: Named) -> Done | None:
        """Write what `prepare` gives from the plan as it is, and keep it; the same name again writes nothing more.

        Raises PivotError, with what to do, where a file or git refuses: then the files are as they were. None where
        there is nothing to change.
        """
        with self._writing, _alone(self.desk.folder):
            if known := self._done.get(sending):
                return known
            with self._reading:
                prepared = prepare()
            if prepared is None:
                return None
            titled = prepared._replace(message=_message(prepared.message, named.title))
            return self._keep(sending, Done(titled), named.author)

    def take_back(self, sending: str) -> Done | None:
        """Give the lines of a change back as they were; None where it is not known. Raises PivotError where they were
        changed since, or nothing can be written.
        """
        with self._writing, _alone(self.desk.folder):
            known = self._done.get(sending)
            if known is None or known.undone:
                return known and self._done.get(f"{sending}-annule")
            files = tuple(_reversed(one, _content(one)) for one in known.change.exchanges)
            title = known.change.message.partition("\n")[0]
            which = f"\n\nLes lignes du changement {known.commit} sont remises comme avant." if known.commit else ""
            message = f"Annuler{NBSP}: {title}{which}".replace(NBSP, " ")
            change = known.change._replace(exchanges=files, message=message)
            done = self._keep(f"{sending}-annule", Done(change, back=True), None)
            self._done[sending] = known._replace(undone=True)
            return done

    def keep_pending(self, names: Sequence[str], named: Named) -> str:
        """Keep what is written in these files and is not in the history yet; the name of the commit."""
        with self._writing, _alone(self.desk.folder):
            if (top := self.top(names)) is None:
                raise PivotError(f"{_NOWHERE[:1].lower()}{_NOWHERE[1:]}.", "")
            keeping.refuse_unready(top)
            commit = keeping.keep(self.desk.folder, names, named.title, named.author or self.author)
            self.author = named.author or self.author
            return commit

    def send(self) -> None:
        """Send what is kept; what became of it is known from `sent` and `failed`."""
        self.sent, self.failed = "", None
        with self._writing:
            try:
                top = repository_root(self.desk.folder.resolve())
                line = keeping.line_of(top) if top else keeping.Line("")
                if top and line.remote and line.ahead:
                    keeping.send(top, line)
                    self.sent = keeping.sent(line)
            except PivotError as refused:
                self.failed = refused

    # --- writing, then keeping ----------------------------------------------------------------------------

    def _keep(self, sending: str, done: Done, author: keeping.Author | None) -> Done:
        """Write a change, and keep it; the files are given back where git refuses."""
        files = done.change.exchanges
        names = [one.path.name for one in files]
        author = author or self.author
        commit, top = "", self.top(names)
        try:
            if top is not None:
                keeping.refuse_unready(top)
                self._keep_before(names, author)
            _written(files)
            commit = keeping.keep(self.desk.folder, names, done.change.message, author) if top else ""
        except PivotError as refused:
            raise _given_back(files, refused) from None
        except Exception as error:  # what nobody foresaw leaves nothing half done either
            _given_back(files, PivotError(""))
            raise error from None
        if author:
            self.author = author
        why = "" if top else f"{_NOWHERE}{NBSP}: {self._why()}."
        now = tuple(one._replace(new=_content(one)) for one in files)  # a hook may have laid them out
        kept = done._replace(change=done.change._replace(exchanges=now), commit=commit, why=why)
        self._done = {**dict(list(self._done.items())[1 - _MOST_DONE :]), sending: kept}
        return kept

    def _why(self) -> str:
        inside = repository_root(self.desk.folder.resolve())
        return "git n'en garde pas les fichiers (.gitignore)" if inside else "il n'est pas dans un dépôt git"

    def _keep_before(self, names: Sequence[str], author: keeping.Author | None) -> None:
        """Keep apart what somebody wrote in these files before, and did not keep: it is not this change."""
        with self._reading:
            unkept = self.desk.unkept()
        if waiting := [name for name in names if name in unkept]:
            said = f"Garder ce qui était écrit dans {listed(waiting)}"
            keeping.keep(self.desk.folder, waiting, said, author)


def _given_back(changes: Sequence[Exchange], refused: PivotError) -> PivotError:
    """The refusal, once the files are as they were before; else with which are not."""
    left = []
    for one in changes:
        try:
            if (now := _content(one)) != one.old:
                laid_out = _says(now) == _says(one.new)  # by a hook, which refused all the same
                _written((one._replace(old=now, new=one.old) if laid_out else _reversed(one, now),))
        except PivotError:
            left.append(one.shown)
    said = f"{listed(left)} a changé pendant ce temps{NBSP}: vérifiez ce qui y est écrit."
    return PivotError(refused.message, f"{said if left else _UNCHANGED}\n{refused.remedy}".rstrip(), refused.code)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """In which nobody else writes to the plan; raises PivotError where somebody does for too long."""
    try:
        with exclusive(folder):
            yield
    except Refused as refused:
        raise PivotError(f"{refused.reason}.", f"{_UNCHANGED} Recommencez.") from None
    except OSError as error:
        raise _not_written(error) from None


def _not_written(error: OSError) -> PivotError:
    where = f"{one_line(str(error.filename))}{NBSP}: " if error.filename else ""
    message = f"{where}{system_message(error)}."
    return PivotError(message, "Vérifiez que le dossier du plan peut être écrit, puis recommencez.")


def _written(changes: Sequence[Exchange]) -> None:
    """Write files; raises PivotError where one cannot be."""
    try:
        exchange(changes)
    except Refused as refused:
        raise PivotError(f"{capitalized(refused.reason)}.", "Recommencez.") from None
    except OSError as error:
        raise _not_written(error) from None


def _message(whole: str, title: str) -> str:
    """The message, under the title that was typed."""
    first, _, rest = whole.partition("\n")
    return f"{one_line(title) or first}\n{rest}".rstrip()


def _content(change: Exchange) -> bytes | None:
    try:
        return change.path.read_bytes()
    except OSError:
        return None


def _says(data: bytes | None) -> object:
    """What a file says, however it is laid out; the file itself, where it cannot be read."""
    tree = read_tree(data, "") if data is not None else None
    return data if tree is None or tree.root is None or tree.findings else _value(tree.root)


def _value(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _value(value) for key, value in node.entries}
    return [_value(item) for item in node.items]


# --- taking back ------------------------------------------------------------------------------------------


def _reversed(change: Exchange, now: bytes | None) -> Exchange:
    """What gives a file back the lines that a change took from it, whatever changed elsewhere in it since. Raises
    PivotError where they changed too.
    """
    if now == change.new:
        return change._replace(old=now, new=change.old)
    message = f"les lignes de {change.shown} ont changé depuis{NBSP}: elles ne peuvent pas être remises comme avant."
    apart = PivotError(message, "Consignez plutôt ce qui est juste.")
    if now is None or change.new is None or change.old is None:
        raise apart
    before, then, today = (data.splitlines(keepends=True) for data in (change.old, change.new, now))
    kept = [one for one in SequenceMatcher(None, then, today, autojunk=False).get_matching_blocks() if one.size]
    made = list(today)
    for tag, low, high, start, end in reversed(SequenceMatcher(None, then, before, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        around = (max(low - 1, 0), min(high + 1, len(then)))
        found = next((one for one in kept if one.a <= around[0] and around[1] <= one.a + one.size), None)
        if found is None:
            raise apart
        shift = found.b - found.a
        made[low + shift : high + shift] = before[start:end]
    return change._replace(old=now, new=b"".join(made))
