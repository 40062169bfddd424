"""A document in one of its forms: a page, Markdown, Word, a PDF that the computer's browser prints, or its values."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def written(made: Any, name: str, form: str, own: Path, *, gabarit: Path | None = None, otherwise: str = "") -> Any:
    """The values of a document in a form, from the template of that name or the one that is given: texts in HTML and
    Markdown, bytes in Word and PDF, data in JSON.

    Raises PivotError, which says what to do `otherwise` where no browser prints.
    """
    if form == "json":
        from pivot_cli.documents.values import as_data

        return as_data(made)
    if form == "docx":
        from pivot_cli.documents.rendering.word import render_word

        return render_word(name, made, own)
    from pivot_cli.documents.rendering.filling import render, render_file

    page = render_file(gabarit, made, own) if gabarit else render(name, made, "html" if form == "pdf" else form, own)
    return printed(page, made, otherwise) if form == "pdf" else page


def printed(page: str, made: Any, otherwise: str) -> bytes:
    """A page as the browser of the computer prints it, dated of the day of the document."""
    from datetime import date

    from pivot_cli.documents.rendering.browser import print_page
    from pivot_cli.documents.rendering.pdf import dated, sealed

    printed = print_page(sealed(page, made.entete.titre), otherwise)
    return dated(printed, date.fromisoformat(made.entete.au_iso))
