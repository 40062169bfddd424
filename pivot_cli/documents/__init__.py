"""Documents: a template filled with plain values computed elsewhere.

    render("complet", context, "html", own=folder)

gives the text of `complet.html`, found in the organisation's own `templates/` first, then in the ones that come with
the program (`rendering.py`). What a template prints is escaped for the format, unless it is already markup:
HTML by Jinja's autoescape, Markdown by the same means (`markdown.py`). A template that cannot be read or filled is a
`PivotError` in French with its file and line (`faults.py`). `registry.py` names the documents of `pivot report`.
"""

from pivot_cli.documents.registry import DOCUMENTS, Document, check_options, find_document
from pivot_cli.documents.rendering import FORMATS, format_for, render, render_file

__all__ = ["DOCUMENTS", "FORMATS", "Document", "check_options", "find_document", "format_for", "render", "render_file"]
