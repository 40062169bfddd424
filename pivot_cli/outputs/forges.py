"""Findings in the forms that forges show: GitHub annotations, SARIF 2.1.0, JUnit, GitLab code quality.

The locations are expected to be relative to the top of the repository, with forward slashes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

from pivot_cli import __version__
from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.escaping import github_data, github_property, tame, without_controls, xml_characters
from pivot_cli.finding import GRAVITE_IN_WORDS, Gravite
from pivot_cli.text import NBSP, clean, counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.finding import Finding
    from pivot_cli.plan.model import Plan


def text_of(finding: Finding) -> str:
    """The message, and under it what to do; the lines to paste keep their margins."""
    return clean("\n".join(filter(None, (one_line(finding.message), finding.remedy.rstrip()))))


def title_of(finding: Finding) -> str:
    """« PIV503 échéance déplacée… »."""
    return f"{finding.code} {CATALOGUE[finding.code].title}"


# --- GitHub -----------------------------------------------------------------------------------------------

_COMMANDS = {Gravite.ERREUR: "error", Gravite.AVERTISSEMENT: "warning", Gravite.INFO: "notice"}

# What a step shows of each kind; a job shows 50 in all.
SHOWN_OF_A_KIND = 10


def github(plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
    """Annotations, as GitHub Actions reads them from standard output, then what they amount to.

    Past the ten of a kind that are shown, the tenth says how many there are, and the others are plain lines of
    the log: nothing is lost.
    """
    del strict
    lines: list[str] = []
    for gravite in Gravite:
        own = _gathered(finding for finding in findings if finding.gravite is gravite)
        shown = own if len(own) <= SHOWN_OF_A_KIND else own[: SHOWN_OF_A_KIND - 1]
        lines += [_annotation(finding) for finding in shown]
        rest = own[len(shown) :]
        if rest:
            more = f"{counted(len(rest), *GRAVITE_IN_WORDS[gravite])} de plus"
            message = f"Et {more}, dans le journal de cette étape."
            lines.append(f"::{_COMMANDS[gravite]} title={github_property(more)}::{github_data(message)}")
            lines += [f"  {tame(one_line(told))}" for told in map(_in_the_log, rest)]
    number = Counter(finding.gravite for finding in findings)
    said = [counted(number[gravite], *GRAVITE_IN_WORDS[gravite]) for gravite in Gravite if number[gravite]]
    read = counted(len(plan.places), "action lue", "actions lues")
    lines.append(f"pivot : {', '.join(said) or 'aucune erreur'}; {read}.")
    return "".join(f"{line}\n" for line in lines)


def _in_the_log(finding: Finding) -> str:
    return f"{finding.location} {title_of(finding)} - {finding.message}"


def _gathered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, what is only good to know said once, with the other places that it is true of."""
    same: dict[object, list[Finding]] = {}
    for finding in findings:
        known = finding.gravite is Gravite.INFO
        same.setdefault((finding.code, finding.message) if known else finding, []).append(finding)
    gathered = []
    for first, *others in same.values():
        places = ", ".join(f"{one.location.file}:{one.location.line}" for one in others)
        also = [f"Aussi : {places}."] if others else []
        gathered.append(first._replace(remedy="\n".join(filter(None, (first.remedy, *also)))))
    return gathered


def _annotation(finding: Finding) -> str:
    where = finding.location
    properties = {"file": where.file, "line": where.line, "endLine": where.end_line, "col": where.column}
    if where.end_line == where.line and where.end_column > where.column:
        properties["endColumn"] = where.end_column - 1  # included, here
    properties["title"] = title_of(finding)
    told = ",".join(f"{key}={github_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.gravite]} {told}::{github_data(text_of(finding))}"


# --- SARIF ------------------------------------------------------------------------------------------------

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Gravite.ERREUR: "error", Gravite.AVERTISSEMENT: "warning", Gravite.INFO: "note"}


def sarif(plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
    """A SARIF 2.1.0 log of one run; columns count code points."""
    del plan, strict
    codes = sorted({finding.code for finding in findings})
    prints = _fingerprints(findings)
    driver = {
        "name": "pivot",
        "version": __version__,
        "language": "fr-CA",
        "rules": [_rule(code) for code in codes],
    }
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": _LEVELS[finding.gravite],
            "message": {"text": text_of(finding)},
            "locations": [{"physicalLocation": _physical(finding)}],
            "partialFingerprints": {"pivot/v1": fingerprint},
        }
        for finding, fingerprint in zip(findings, prints, strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _json({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    entry = CATALOGUE[code]
    return {
        "id": code,
        "shortDescription": {"text": f"{entry.title[0].upper()}{entry.title[1:]}."},
        "help": {"text": f"Pour en savoir plus{NBSP}: pivot validate --expliquer {code}"},
        "defaultConfiguration": {"level": _LEVELS[entry.gravite]},
    }


def _physical(finding: Finding) -> dict[str, Any]:
    from urllib.parse import quote

    where = finding.location
    region = {"startLine": where.line, "startColumn": where.column}
    if (where.end_line, where.end_column) > (where.line, where.column):
        region |= {"endLine": where.end_line, "endColumn": where.end_column}
    location: dict[str, str] = {"uri": quote(where.file)}
    if not where.file.startswith("/"):
        location["uriBaseId"] = "%SRCROOT%"
    return {"artifactLocation": location, "region": region}


# --- JUnit ------------------------------------------------------------------------------------------------


def junit(plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
    """A JUnit report: a file without errors is a test that passes, each error one that fails; and each warning,
    when it is `strict`. What does not fail stands in the output of its file's tests.
    """
    counted_as_faults = (Gravite.ERREUR, Gravite.AVERTISSEMENT) if strict else (Gravite.ERREUR,)
    suites, failures, tests = [], 0, 0
    for file in _files(plan, findings):
        own = [finding for finding in findings if finding.location.file == file]
        errors = [finding for finding in own if finding.gravite in counted_as_faults]
        others = [finding for finding in own if finding.gravite not in counted_as_faults]
        cases = [_failed(finding) for finding in errors]
        if not errors:
            cases.append(f"    <testcase classname={_attribute(file)} name={_attribute('fichier valide')}/>\n")
        output = "\n".join(f"{one.location} {title_of(one)}\n{text_of(one)}" for one in others)
        if output:
            cases.append(f"    <system-out>{_escaped(output)}</system-out>\n")
        count = max(len(errors), 1)
        head = f'  <testsuite name={_attribute(file)} tests="{count}" failures="{len(errors)}" errors="0">\n'
        suites.append(f"{head}{''.join(cases)}  </testsuite>\n")
        tests, failures = tests + count, failures + len(errors)
    top = f'<testsuites name="pivot validate" tests="{tests}" failures="{failures}" errors="0">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{top}{"".join(suites)}</testsuites>\n'


def _files(plan: Plan, findings: Iterable[Finding]) -> list[str]:
    """Every file of the plan, read or not, and every other that something is said of, in the plan's order."""
    found = [plan.organisme.origin.source.file]
    found += [who.origin.source.file for who in plan.registre]
    found += [orientation.origin.source.file for orientation in plan.orientations]
    found += [plan.reunions.origin.source.file, *plan.unread]
    found += [finding.location.file for finding in findings]
    return [file for file in dict.fromkeys(found) if file]


def _failed(finding: Finding) -> str:
    where = finding.location
    name = f"{title_of(finding)} (ligne {where.line}, colonne {where.column})"
    opening = f"    <testcase classname={_attribute(where.file)} name={_attribute(name)}>\n"
    message, kind = _attribute(finding.message), _attribute(finding.code)
    failure = (
        f"      <failure message={message} type={kind}>{_escaped(f'{where}{chr(10)}{text_of(finding)}')}</failure>\n"
    )
    return f"{opening}{failure}    </testcase>\n"


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(xml_characters(text))


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(xml_characters(one_line(text)))


# --- GitLab -----------------------------------------------------------------------------------------------

_SEVERITIES = {Gravite.ERREUR: "major", Gravite.AVERTISSEMENT: "minor", Gravite.INFO: "info"}


def gitlab(plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
    """A GitLab code quality report."""
    del plan, strict
    return _json(
        [
            {
                "description": text_of(finding),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.gravite],
                "location": {
                    "path": finding.location.file,
                    "lines": {"begin": finding.location.line, "end": finding.location.end_line},
                },
            }
            for finding, fingerprint in zip(findings, _fingerprints(findings), strict=True)
        ]
    )


def _fingerprints(findings: Iterable[Finding]) -> list[str]:
    """What tells each finding from the others, and stays when only its line moves."""
    from hashlib import sha256

    seen: Counter[tuple[str, str, str]] = Counter()
    prints = []
    for finding in findings:
        key = (finding.code, finding.location.file, finding.message)
        told = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        prints.append(sha256(told.encode("utf-8", "replace")).hexdigest())
    return prints


def _json(value: Any) -> str:
    return without_controls(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


class Format(Protocol):
    """How a form is written: from the plan as far as it was read, and its findings in order. When it is `strict`,
    warnings count as faults.
    """

    def __call__(self, plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
        """The whole text of the form."""


FORMATS: dict[str, Format] = {
    "github": github,
    "sarif": sarif,
    "junit": junit,
    "gitlab": gitlab,
}
