"""Word documents: a .docx whose text holds Jinja tags, filled by docxtpl. The organisation may bring its own.

docxtpl is an optional extra: whoever never asks for Word does without it. The same values give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from markupsafe import Markup, escape

from pivot_cli.documents.rendering.faults import translated
from pivot_cli.documents.rendering.filling import FAULTS, Values, as_values, keep_inside, packaged_templates, sandbox
from pivot_cli.documents.rendering.sandbox import UnboundedError
from pivot_cli.escaping import xml_characters
from pivot_cli.finding import PivotError, not_installed
from pivot_cli.system import without_clock
from pivot_cli.text import NBSP, inline, one_line, quoted

# A template of Word: some tens of parts, some hundreds of kilobytes of text, and pictures.
_MOST_PARTS = 1_000
_MOST_TEXT = 4 * 1024 * 1024
_MOST_BYTES = 50 * 1024 * 1024


def render_word(name: str, context: Values, own: Path | None = None) -> bytes:
    """The Word document `name`, from the organisation's template if it has one; PivotError where that cannot be."""
    try:
        from docxtpl import DocxTemplate  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise not_installed("docxtpl", "Word") from None
    template, ours = packaged_templates() / f"{name}.docx", True
    if own is not None:
        keep_inside(own / f"{name}.docx", own)
        if (own / f"{name}.docx").is_file():
            template = own / f"{name}.docx"
            ours = template.is_relative_to(packaged_templates())
    settings: dict[str, Any] = {"undefined": StrictUndefined, "autoescape": True, "finalize": _writable}
    environment = sandbox(packaged_templates(), {}, trusted=ours, **settings)
    try:
        if not ours:
            _check_size(template)
        document, filled = DocxTemplate(io.BytesIO(template.read_bytes())), io.BytesIO()
        document.render(dict(as_values(context)), environment, autoescape=True)
        properties = document.docx.core_properties  # which are escaped once more as they are written
        properties.title, properties.author = unescape(properties.title), unescape(properties.author)
        document.save(filled)
    except (*FAULTS, zipfile.BadZipFile) as error:
        # The lines of a Word document mean nothing to its author.
        what = f" n'est pas un document Word ({quoted('.docx')}) que l'on peut remplir."
        if isinstance(error, TemplateError):
            what = f"{NBSP}: {translated(error, ()).message.partition(f'{NBSP}: ')[2]}"
        remedy = "Corrigez-le dans Word, ou retirez-le pour revenir à celui du programme."
        raise PivotError(f"le gabarit {one_line(str(template))}{what}", remedy) from None
    return without_clock(filled.getvalue())


def _check_size(template: Path) -> None:
    """Raise UnboundedError for an archive that holds far more than a template: a small one may open into gigabytes."""
    if template.stat().st_size > _MOST_BYTES:
        raise UnboundedError
    with zipfile.ZipFile(template) as archive:
        parts = archive.infolist()
        texts = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
        if len(parts) > _MOST_PARTS or texts > _MOST_TEXT or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise UnboundedError


def _writable(value: Any) -> Any:
    """What a template prints: a text stays on its line, holds nothing that XML cannot, and none of the signs of
    docxtpl, which makes `{{` of `{_{` once a template is filled.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    said = escape(xml_characters(inline(value)))
    return Markup(re.sub("(?<=[{}%])_(?=[{}%])", "&#95;", said))  # noqa: S704 - escaped
