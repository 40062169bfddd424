"""What each medium asks so that a text stays a text: one function for each, and none anywhere else.

HTML and Word are escaped by Jinja, JSON, YAML and mail by their own writers. A test gives every field of a plan the
marks of every medium, and reads back what comes out.
"""

import os
import re

from pivot_cli.text import CONTROL, clean, inline, one_line

_MARKDOWN = (  # compiled by the first document that needs it
    r"([\\`*_{}\[\]<>#|~&$@])"  # « @ » would call somebody on a forge
    r"|^(\d{1,9})([.)])(?=\s|$)"  # « 1. » at the start would number a list
    r"|^([-+=:/])|(:)(?=[\w+-]+:)"  # « - » would begin one, « / » order something of a forge; « :mot: » is a picture
)


def escape_markdown(text: str) -> str:
    """A text of the plan on one line, shown as it is by whatever reads Markdown."""
    # Of « 1. », the period is escaped, and not the number.
    return re.sub(_MARKDOWN, lambda found: f"{found[2] or ''}\\{found[0].removeprefix(found[2] or '')}", one_line(text))


def markdown_link(text: str, address: str) -> str:
    """A live link in Markdown where `address` is one that may be (`live_address`); else the text alone."""
    live = live_address(address).replace("&", "&amp;")  # « &lt; » in an address is no sign of its own
    return f"[{escape_markdown(text)}](<{live}>)" if live else escape_markdown(text)


_ADDRESS = r"(?:https?://|mailto:)[^\s<>\"'`\\^{|}]+"


def live_address(text: str) -> str:
    """The text, if it is an http, https or mailto address alone, with no sign that would end a link; else nothing."""
    address = one_line(text)
    return address if clean(text) == text and re.fullmatch(_ADDRESS, address, re.IGNORECASE) else ""


# A sign of formula, full-width ones included, at the start of a cell: that of the whole text, or of what follows a
# separator, were the file cut at the other one.
_START, _SIGN = "((?:^|[;,])[\\s\"'\ufeff\u200b]*)", "([=+\\-@＝＋－＠])"


def csv_cell(text: str) -> str:
    """A text of the plan on one line, in a cell that no spreadsheet takes for a formula.

    A French Excel cuts a file with commas at its semicolons, where quotation marks inside a line protect nothing:
    the text `a;=1+1` would leave a live `=1+1` in a cell of its own. An apostrophe stands before every sign that
    could begin a cell, whichever of « , » and « ; » separates: `'=1+1`, `a;'=1+1`. `csv_text` has the text back.
    """
    return re.sub(_START + _SIGN, r"\1'\2", one_line(text))


def csv_text(cell: str) -> str:
    """The text that a cell was made of by `csv_cell`: one apostrophe less before each sign that begins the text or
    follows a separator. Other programs guard the start of a cell alike.
    """
    return re.sub(f"{_START}'{_SIGN}", r"\1\2", cell)


_NEEDS_NO_QUOTES = r"[\w./:-][\w./:=+-]*"
_READ_IN_QUOTES = '[\\\\"$`!“”„]'  # what a shell still reads between double quotation marks; curly ones: PowerShell


def shell_word(value: str, *, bare: bool = True) -> str:
    """A word of a command as it is typed: bash, zsh and fish read it back as it is; on Windows, PowerShell does.

    Between straight double quotation marks where that is enough, as people read them best; else between single
    ones; unless `bare`, even where none are needed. On one line: a line break or a tab would type something else.
    """
    text = inline(value)
    if bare and re.fullmatch(_NEEDS_NO_QUOTES, text):
        return text
    if not re.search(_READ_IN_QUOTES, text):
        return f'"{text}"'
    if os.name == "nt":
        return "'" + re.sub("(['‘’‚‛])", r"\1\1", text) + "'"
    return "'" + re.sub(r"(['\\])", r"'\\\1'", text) + "'"


def shell_line(*words: str) -> str:
    """A whole command, ready to paste."""
    return " ".join(map(shell_word, words))


def shell_comment(text: str) -> str:
    """A text after the « # » of a line to paste, in quotes: zsh runs what a comment holds, unless told otherwise."""
    return shell_word(text, bare=False)


_FORGES = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "TEAMCITY_VERSION")
# What a runner takes for a command in what a program prints: `::name::` at the start of a line, whatever white space
# stands before it; `##[name]`, `##vso[…]`, `##teamcity[…]` anywhere in a line.
_AT_START = re.compile(r"((?:^|[\n\r])\s*):(?=:)")
_ANYWHERE = re.compile(r"#(?=#\w*\[)")


def in_a_forge() -> bool:
    """Whether what is printed is read by the runner of a forge's workflow."""
    return any(os.environ.get(name) for name in _FORGES)


def tame(text: str, form: str = "texte") -> str:
    """What is printed, none of it a command of a forge's workflow: in JSON and in markup the same signs are written
    otherwise, and what programs read there is unchanged; anywhere else, a space keeps them apart.
    """
    if form in ("json", "sarif", "gitlab"):  # where no line can begin with a colon
        return re.sub(r"#(#)(?=\w*\[)", r"#\\u0023", text)
    colon, sign = ("&#58;", "&#35;") if form in ("html", "junit") else (": ", "# ")
    return _ANYWHERE.sub(sign, _AT_START.sub(rf"\1{colon}", text))


def github_data(text: str) -> str:
    """A text as the data of a command of GitHub's workflows."""
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """A text as a property of such a command."""
    return github_data(text).replace(":", "%3A").replace(",", "%2C")


def without_controls(json: str) -> str:
    """The same JSON, each control character that its strings may hold as its code: a terminal may show it."""
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def xml_characters(text: str) -> str:
    """The text without what XML cannot hold, shown as U+FFFD."""
    return re.sub("[\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", clean(text))
