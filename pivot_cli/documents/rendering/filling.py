"""Where templates are found, and how one is filled.

A name is looked for in the organisation's own folder, then among the templates that come with the program; with
`pivot:` in front, among the latter only, so that an organisation's `complet.html` can begin with
`{% extends "pivot:complet.html" %}`. Templates run in Jinja's sandbox, a name that does not exist stops them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import split_template_path
from markupsafe import Markup, escape

from pivot_cli import __version__ as version
from pivot_cli.documents.rendering import markdown
from pivot_cli.documents.rendering.compiled import Compiled
from pivot_cli.documents.rendering.sandbox import Sandbox
from pivot_cli.escaping import live_address, shell_comment
from pivot_cli.finding import PivotError
from pivot_cli.system import leads_to, not_followed
from pivot_cli.text import NBSP, clean, one_line, quoted

Values = Mapping[str, Any] | tuple[Any, ...]
FORMATS = ("html", "md")
_WORDS = "mots"  # the one value that every document has, and that every template finds
MOST_CHARACTERS = 5_000_000  # of a template: it may hold pictures
# What reading or filling a template may raise; Python refuses some of what Jinja makes of one.
FAULTS = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError,
    SyntaxError,
)  # fmt: skip
# What the compiled form of a template depends on, beside its text.
SETTINGS = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


@cache
def packaged_templates() -> Path:
    """The templates of the program: beside the package in a checkout, where a copy inside goes stale; else inside."""
    package = Path(__file__).resolve().parents[2]
    beside = package.parent / "templates"
    if (beside / "base.html").is_file() and (package.parent / "pyproject.toml").is_file():
        return beside
    return package / "templates"


def render(name: str, context: Values, format_: str, own: Path | None = None) -> str:
    """The document `name` (« complet », « agenda/ordre-du-jour ») in one of the `FORMATS`, from its template.

    `context` gives the names that the template may use, `own` is the organisation's own folder of templates. Raises
    PivotError for a template that is absent, broken or cannot be filled.
    """
    document = _fill(_environment(format_, own), f"{name}.{format_}", context, own)
    return markdown.tidy(document) if format_ == "md" else document


def render_file(template: Path, context: Values, own: Path | None = None) -> str:
    """A document from a template of one's own, anywhere; its name ends in .html or .md. Raises PivotError."""
    format_, shown = template.suffix.lower().removeprefix("."), quoted(one_line(str(template)))
    if format_ not in FORMATS:
        message = f"le gabarit {shown} n'est ni en HTML ni en Markdown."
        raise PivotError(message, f"Son nom doit finir par .html ou .md{NBSP}: c'est ce qui dit sa forme.")
    if not template.is_file():
        raise PivotError(f"le gabarit {shown} n'existe pas.", "Vérifiez le nom du fichier.")
    return _fill(_environment(format_, own, template.parent), template.name, context, own, template.parent)


class _OwnFolder(FileSystemLoader):
    """The templates of a folder that is not the program's, those of a reasonable size, in UTF-8, with or without the
    byte order mark that some editors write; a link that leaves the folder is not followed.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template; raises PivotError for a link out of the folder, TemplateSyntaxError for no text."""
        folder = Path(self.searchpath[0])
        path = folder.joinpath(*split_template_path(template))
        keep_inside(path, folder)
        try:
            source, filename, fresh = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            said = "in UTF-16" if b"\0" in error.object else "not in UTF-8"
            raise TemplateSyntaxError(said, line, template, str(path)) from None
        if len(source) > MOST_CHARACTERS:
            raise TemplateSyntaxError("too long", 1, template, filename)
        if "\0" in source:
            line = source.count("\n", 0, source.index("\0")) + 1
            raise TemplateSyntaxError("null character", line, template, filename)
        # A mark in the middle of a page would have a browser drop the first rule of a style sheet.
        return source.lstrip("\ufeff"), filename, fresh


def keep_inside(template: Path, folder: Path) -> None:
    """Raise PivotError for the template of a folder that a link would take from outside of it."""
    if leads_to(template, folder) is None:
        home = folder.resolve().name
        raise not_followed(f"{home}/{template.relative_to(folder).as_posix()}", f"de {quoted(one_line(home))}")


def _environment(format_: str, own: Path | None, beside: Path | None = None) -> Sandbox:
    """What fills the templates of a format: in bounds, where some of them are the organisation's own."""
    ours = packaged_templates()
    packaged = FileSystemLoader(ours)
    folders = [folder for folder in (beside, own) if folder is not None and folder.is_dir()]
    loaders = [PrefixLoader({"pivot": packaged}, delimiter=":"), *map(_OwnFolder, folders), packaged]
    environment = sandbox(
        ours,
        {"mermaid": markdown.mermaid, "slug": markdown.slug, "commentaire": shell_comment},
        trusted=all(folder.resolve() == ours for folder in folders),
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        auto_reload=False,
        finalize=markdown.finalize if format_ == "md" else None,
        bytecode_cache=Compiled(ours, f"{version} {SETTINGS} {format_}"),
        **SETTINGS,
    )
    environment.globals.update(lien=markdown.link if format_ == "md" else _html_link)
    return environment


def sandbox(folder: Path, filters: dict[str, Any], *, trusted: bool, **settings: Any) -> Sandbox:
    """A sandbox with these filters, in which what is not in the program's `folder` pays, unless all is `trusted`."""
    if not trusted:
        # Loaded for an organisation's own templates alone: it takes 7 ms.
        from pivot_cli.documents.rendering.bounds import Bounded

        return Bounded(folder, filters, **settings)
    environment = Sandbox(**settings)
    environment.filters.update(filters)
    return environment


def _html_link(text: str, address: str) -> Markup:
    """A live link where `address` is one that may be; else the text alone."""
    live = live_address(address)
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(live, text) if live else escape(text)


def _fill(environment: Sandbox, name: str, context: Values, *folders: Path | None) -> str:
    values = as_values(context)
    # What is imported or included without its context, as macros are, finds the words of the plan too.
    words = {_WORDS: _as_written(values[_WORDS], name)} if _WORDS in values else {}
    environment.globals.update(words)
    try:
        # A template's own characters of command would drive the terminal of whoever shows what it makes.
        return clean(environment.get_template(name).render({**values, **words}))
    except FAULTS as error:
        if isinstance(error, TemplateNotFound) and error.name == name:
            message = f"il n'y a pas de gabarit {quoted(one_line(name))}."
            raise PivotError(message, "Vérifiez le nom du document et sa forme.") from None
        # Loaded for a fault alone: its patterns take 1 ms to compile.
        from pivot_cli.documents.rendering.faults import translated

        raise translated(error, (packaged_templates(), *filter(None, folders))) from None


def _as_written(said: Any, name: str) -> Any:
    """The words of the plan ready for a page, where their apostrophes stay as those of its templates."""
    if isinstance(said, tuple):
        return type(said)(*(_as_written(one, name) for one in said))
    if isinstance(said, bool) or not name.endswith(".html"):
        return said
    return Markup(str(escape(said)).replace("&#39;", "'"))  # noqa: S704 - escaped


def as_values(context: Values) -> Mapping[str, Any]:
    """A mapping of the names that a template may use, those of 0.1 among them."""
    if not hasattr(context, "_asdict"):
        return context  # type: ignore[return-value]
    values: dict[str, Any] = context._asdict()
    former = {name: getattr(context, name) for name, held in vars(type(context)).items() if isinstance(held, property)}
    return former | values
