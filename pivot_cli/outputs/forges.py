"""Findings in the forms that forges show: GitHub annotations, SARIF 2.1.0, JUnit, GitLab code quality.

The locations are expected to be relative to the top of the repository, with forward slashes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pivot_cli import __version__
from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.escaping import github_data, github_property, tame, without_controls, xml_characters
from pivot_cli.finding import GRAVITE_IN_WORDS, Finding, Gravite, alike, numbers
from pivot_cli.plan.model import Plan
from pivot_cli.text import NBSP, clean, counted, one_line

# How serious a finding is, in the words of GitHub, of SARIF and of GitLab.
_COMMANDS, _LEVELS, _SEVERITIES = (
    dict(zip(Gravite, words, strict=True))
    for words in (("error", "warning", "notice"), ("error", "warning", "note"), ("major", "minor", "info"))
)
# What a step shows of each kind; a job shows 50 in all.
SHOWN_OF_A_KIND = 10


def text_of(finding: Finding) -> str:
    """The message, and under it what to do; the lines to paste keep their margins."""
    return clean("\n".join(filter(None, (one_line(finding.message), finding.remedy.rstrip()))))


def title_of(finding: Finding) -> str:
    """« PIV503 échéance déplacée… »."""
    return f"{finding.code} {CATALOGUE[finding.code].title}"


def github(plan: Plan, findings: Sequence[Finding], **_: bool) -> str:
    """Annotations for GitHub Actions, then their numbers; of a kind that has too many, the rest is lines of the log."""
    lines: list[str] = []
    for gravite in Gravite:
        told = [_with_others(*same) for same in alike(finding for finding in findings if finding.gravite is gravite)]
        most = SHOWN_OF_A_KIND - (len(told) > SHOWN_OF_A_KIND)
        lines += map(_annotation, told[:most])
        if rest := told[most:]:
            more = f"{counted(len(rest), *GRAVITE_IN_WORDS[gravite])} de plus"
            message = f"Et {more}, dans le journal de cette étape."
            lines.append(f"::{_COMMANDS[gravite]} title={github_property(more)}::{github_data(message)}")
            said = (f"{finding.location} {title_of(finding)} - {finding.message}" for finding in rest)
            lines += [f"  {tame(one_line(line))}" for line in said]
    read = plan.niveaux.action.counted(len(plan.places), "lu")
    lines.append(f"pivot : {', '.join(numbers(findings)) or 'aucune erreur'}; {read}.")
    return "".join(f"{line}\n" for line in lines)


def _with_others(finding: Finding, *others: Finding) -> Finding:
    """A finding, told with the other places that it is true of."""
    if not others:
        return finding
    places = ", ".join(f"{other.location.file}:{other.location.line}" for other in others)
    return finding._replace(remedy="\n".join(filter(None, (finding.remedy, f"Aussi : {places}."))))


def _annotation(finding: Finding) -> str:
    where = finding.location
    properties = {"file": where.file, "line": where.line, "endLine": where.end_line, "col": where.column}
    if where.end_line == where.line and where.end_column > where.column:
        properties["endColumn"] = where.end_column - 1  # included, here
    properties["title"] = title_of(finding)
    told = ",".join(f"{key}={github_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.gravite]} {told}::{github_data(text_of(finding))}"


def sarif(_plan: Plan, findings: Sequence[Finding], **_: bool) -> str:
    """A SARIF 2.1.0 log of one run; columns count code points."""
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "pivot", "version": __version__, "language": "fr-CA", "rules": list(map(_rule, codes))}
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": _LEVELS[finding.gravite],
            "message": {"text": text_of(finding)},
            "locations": [{"physicalLocation": _physical(finding)}],
            "partialFingerprints": {"pivot/v1": fingerprint},
        }
        for finding, fingerprint in zip(findings, _fingerprints(findings), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return _json({"$schema": schema, "version": "2.1.0", "runs": [run]})


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
    base = {} if where.file.startswith("/") else {"uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": {"uri": quote(where.file), **base}, "region": region}


def junit(plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
    """A JUnit report: a file without faults is a test that passes, each fault one that fails; the rest is output."""
    suites, failures, tests = [], 0, 0
    for file in _files(plan, findings):
        told = [finding for finding in findings if finding.location.file == file]
        faults = [finding for finding in told if finding.gravite.counts(strict=strict)]
        others = [finding for finding in told if not finding.gravite.counts(strict=strict)]
        valid = f"    <testcase classname={_attribute(file)} name={_attribute('fichier valide')}/>\n"
        cases = list(map(_failed, faults)) or [valid]
        if others:
            output = "\n".join(f"{other.location} {title_of(other)}\n{text_of(other)}" for other in others)
            cases.append(f"    <system-out>{_escaped(output)}</system-out>\n")
        ran, failed = max(len(faults), 1), len(faults)
        head = f'  <testsuite name={_attribute(file)} tests="{ran}" failures="{failed}" errors="0">\n'
        suites.append(f"{head}{''.join(cases)}  </testsuite>\n")
        tests, failures = tests + ran, failures + failed
    top = f'<testsuites name="pivot validate" tests="{tests}" failures="{failures}" errors="0">\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{top}{"".join(suites)}</testsuites>\n'


def _files(plan: Plan, findings: Iterable[Finding]) -> list[str]:
    """Every file of the plan, read or not, and every other that something is said of, in the plan's order."""
    nodes = (plan.organisme, *plan.registre, *plan.orientations, plan.reunions)
    found = [*(node.origin.source.file for node in nodes), *plan.unread, *(one.location.file for one in findings)]
    return [file for file in dict.fromkeys(found) if file]


def _failed(finding: Finding) -> str:
    where = finding.location
    name = _attribute(f"{title_of(finding)} (ligne {where.line}, colonne {where.column})")
    message, kind = _attribute(finding.message), _attribute(finding.code)
    told = _escaped(f"{where}\n{text_of(finding)}")
    return (
        f"    <testcase classname={_attribute(where.file)} name={name}>\n"
        f"      <failure message={message} type={kind}>{told}</failure>\n"
        "    </testcase>\n"
    )


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(xml_characters(text))


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(xml_characters(one_line(text)))


def gitlab(_plan: Plan, findings: Sequence[Finding], **_: bool) -> str:
    """A GitLab code quality report."""
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


def _fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """What tells each finding from the others, and stays when only its line moves."""
    from hashlib import sha256

    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.code, finding.location.file, finding.message)
        yield sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest()
        seen[key] += 1


def _json(value: Any) -> str:
    return without_controls(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


FORMATS: dict[str, Callable[..., str]] = {"github": github, "sarif": sarif, "junit": junit, "gitlab": gitlab}
"""How each form is written: from the plan as far as it was read, and its findings in order."""
