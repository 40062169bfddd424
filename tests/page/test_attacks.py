"""What somebody else would have written through the page: each attack is refused, with nothing written nor kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from pace import few, table
from support import kept_folder
from werkzeug.test import TestResponse

from page.doors import HERE, PORT, Door, opened
from page.hands import Held, git, kept, previewed
from pivot_cli.page.guard import MOST_BYTES, MOST_WITH_A_FILE

pytestmark = pytest.mark.usefixtures("git_of_nobody")

OTHER = "http://127.0.0.1:9999"
Attack = Callable[[Door, Held], TestResponse]


def sending(*, of: str = "client", to: str = "", base: str = HERE, **headers: str | None) -> Attack:
    """The form that writes, sent with other headers, to another address, by a stranger."""

    def send(door: Door, form: Held) -> TestResponse:
        given = {"Origin": HERE, **{name.replace("_", "-"): value for name, value in headers.items()}}
        kept_headers = {name: value for name, value in given.items() if value is not None}
        data: Any = {**form.fields, "etape": "enregistrer"}
        return getattr(door, of).post(to or form.to, base_url=base, data=data, headers=kept_headers)  # type: ignore[no-any-return]

    return send


def with_fields(**instead: str | list[str] | None) -> Attack:
    """The same, with other fields."""

    def send(door: Door, form: Held) -> TestResponse:
        data: Any = {**form.fields, "etape": "enregistrer", **instead}
        data = {name: value for name, value in data.items() if value is not None}
        return door.client.post(form.to, base_url=HERE, data=data, headers={"Origin": HERE})

    return send


def by_method(method: str) -> Attack:
    def send(door: Door, form: Held) -> TestResponse:
        data = {name: values[0] for name, values in form.fields.items()} | {"etape": "enregistrer"}
        if method == "GET":
            return door.client.get(form.to, base_url=HERE, query_string=data)
        return door.client.open(form.to, method=method, base_url=HERE, data=data, headers={"Origin": HERE})

    return send


def of_length(length: str) -> Attack:
    def send(door: Door, form: Held) -> TestResponse:
        data: Any = {**form.fields, "etape": "enregistrer"}
        told = {"CONTENT_LENGTH": length}
        return door.client.post(form.to, base_url=HERE, data=data, headers={"Origin": HERE}, environ_overrides=told)

    return send


def of_kind(kind: str) -> Attack:
    """The same fields, in a body that another site may send without being asked anything first."""

    def send(door: Door, form: Held) -> TestResponse:
        body = urlencode({**form.fields, "etape": "enregistrer"}, doseq=True)
        return door.client.post(form.to, base_url=HERE, data=body, headers={"Origin": HERE}, content_type=kind)

    return send


def chunked(door: Door, form: Held) -> TestResponse:
    data: Any = {**form.fields, "etape": "enregistrer"}
    headers = {"Origin": HERE, "Transfer-Encoding": "chunked"}
    return door.client.post(form.to, base_url=HERE, data=data, headers=headers)


def of_another_session(door: Door, form: Held) -> TestResponse:
    address = door.guard.new_address().removeprefix(HERE)
    door.stranger.get(address, base_url=HERE)
    return sending(of="stranger")(door, form)


def of_a_session_that_reads(door: Door, form: Held) -> TestResponse:
    address = door.guard.new_address(reading_only=True).removeprefix(HERE)
    door.stranger.get(address, base_url=HERE)
    page = door.stranger.get("/", base_url=HERE).text
    mark = page.split('name="jeton" value="')[1].split('"')[0]
    data: Any = {**form.fields, "etape": "enregistrer", "jeton": mark}
    return door.stranger.post(form.to, base_url=HERE, data=data, headers={"Origin": HERE})


def uploaded(name: str, data: bytes, *, to: str = "/feuille") -> Attack:
    def send(door: Door, form: Held) -> TestResponse:
        # As bytes: of a long one, the client of the tests would leave a file open.
        parts = (f'name="jeton"\r\n\r\n{form.fields["jeton"][0]}', f'name="feuille"; filename="{name}"\r\n\r\n')
        first, second = (f"--x\r\nContent-Disposition: form-data; {part}".encode() for part in parts)
        body = first + b"\r\n" + second + data + b"\r\n--x--\r\n"
        kind = "multipart/form-data; boundary=x"
        return door.client.post(to, base_url=HERE, data=body, headers={"Origin": HERE}, content_type=kind)

    return send


ATTACKS: list[tuple[str, int, Attack]] = [
    ("a foreign Host", 400, sending(base="http://exemple.org")),
    ("a name that was rebound", 400, sending(base=f"http://mal.exemple:{PORT}")),
    ("localhost", 400, sending(base=f"http://localhost:{PORT}")),
    ("another port", 400, sending(base=OTHER)),
    ("no Origin", 403, sending(Origin=None)),
    ("Origin null", 403, sending(Origin="null")),
    ("a foreign form", 403, sending(Origin="http://exemple.org")),
    ("the origin of another port", 403, sending(Origin=OTHER)),
    ("no session", 401, sending(of="stranger")),
    ("no mark", 403, with_fields(jeton=None)),
    ("a mark of before", 403, with_fields(jeton="x" * 43)),
    ("two marks", 403, with_fields(jeton=["x" * 43, "y" * 43])),
    ("the mark of another session", 403, of_another_session),
    ("a session that reads only", 403, of_a_session_that_reads),
    *((method, 400, by_method(method)) for method in ("PUT", "PATCH", "DELETE", "OPTIONS")),
    ("by GET", 400, by_method("GET")),
    ("a body too long", 400, with_fields(note="x" * (MOST_BYTES + 1))),
    ("a body of no length", 400, of_length("")),
    ("a body of a negative length", 400, of_length("-5")),
    ("a body in pieces", 400, chunked),
    ("a body of text", 403, of_kind("text/plain")),
    ("a body of JSON", 403, of_kind("application/json")),
    ("the origin with another", 403, sending(Origin=f"{HERE}, http://exemple.org")),
    ("the origin of a longer name", 403, sending(Origin=f"{HERE}.exemple.org")),
    ("a host behind another", 403, sending(Origin="http://exemple.org", X_Forwarded_Host="exemple.org")),
    ("a field that is not known", 400, with_fields(chemin="/etc/passwd")),
    ("an option of another command", 400, with_fields(plan="/tmp")),
    ("another action than the one shown", 400, with_fields(id="1.adm.1.2")),
    ("an action that is not there", 404, with_fields(id="../../etc/passwd")),
    ("an action twice", 400, with_fields(id=["1.adm.1.1", "1.adm.1.2"])),
    ("a stamp that was made up", 400, with_fields(empreinte="0" * 24)),
    ("no stamp", 400, with_fields(empreinte=None)),
    ("to another address", 404, sending(to="/consigner/..%2f..%2fplan")),
    ("to a page that writes nothing", 404, sending(to="/liste")),
    ("a change that is not there", 404, sending(to="/annuler/..%2f..%2f.git")),
    ("a form of another kind", 400, sending(to="/ajouter")),
    ("an upload that is not a sheet", 400, uploaded("mal.exe", b"MZ" + b"\0" * 100)),
    ("an upload with a way in its name", 400, uploaded("../../plan/orientation-1.yaml", b"numero: 1")),
    ("an upload too long", 400, uploaded("suivi.xlsx", b"x" * (MOST_WITH_A_FILE + 1))),
    ("an upload where none is taken", 404, uploaded("suivi.xlsx", b"PK", to="/consigner")),
]


@table(("name", "code", "attack"), ATTACKS)
def test_an_attack_writes_nothing(name: str, code: int, attack: Attack) -> None:
    door, form, before = ready()
    answer = attack(door, form)
    assert (name, answer.status_code) == (name, code)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert state(door) == before, name


def state(door: Door) -> tuple[object, ...]:
    """The bytes around the plan, and the history."""
    plan = door.site.desk.folder
    files = {path: path.read_bytes() for path in sorted(plan.parent.iterdir()) if path.is_file()}
    files |= {path: path.read_bytes() for path in sorted(plan.iterdir())}
    return files, git(plan, "log", "--format=%H %s"), git(plan, "status", "--porcelain"), door.closed[:]


_READY: list[tuple[Door, Held, tuple[object, ...]]] = []


def ready() -> tuple[Door, Held, tuple[object, ...]]:
    """A page that is about to write, that no attack has changed, and what it must stay."""
    if not _READY or state(_READY[0][0]) != _READY[0][2]:
        door = opened(kept(kept_folder()), None)
        _READY[:] = [(door, previewed(door, ["1.adm.1.1"], statut="en cours"), state(door))]
    door, form, before = _READY[0]
    door.stranger.delete_cookie(f"pivot-{PORT}", domain="127.0.0.1")
    return door, form, before


# --- what is typed stays text -----------------------------------------------------------------------------

HOSTILE = (
    "</textarea><script>parent.x=1</script>",
    '" autofocus onfocus="x()',
    "{{ cadre.jeton }}{% include 'page.css' %}",
    "=cmd|'/c calc'!A0",
    "-n --amend",
    "$(touch mal) `touch mal` ; touch mal",
    "réalisée\r\nSet-Cookie: x=1",
)


@pytest.mark.lent
@table("text", few(3, HOSTILE))
def test_what_is_typed_stays_text(text: str) -> None:
    door = opened(kept(kept_folder()), None)
    form = previewed(door, ["1.adm.1.1"], note=text)
    page = door.client.post(form.to, base_url=HERE, data=form.fields, headers={"Origin": HERE}).text
    assert "<script" not in page
    assert " onfocus" not in page.replace("&#34; autofocus onfocus", "")
    assert page.count(form.fields["jeton"][0]) == page.count('name="jeton"')
    answer = form.send(etape="enregistrer", message=text)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (303, False)
    plan = door.site.desk.folder
    assert git(plan, "log", "-1", "--format=%s") == f"{' '.join(text.split())}\n"
    assert len(git(plan, "log", "--format=%H").split()) == 2
    assert not list(plan.parent.rglob("mal"))
    shown = door.get(answer.headers["Location"].removeprefix(HERE)).text + door.get("/action/1.adm.1.1").text
    assert "<script" not in shown
    assert 'onfocus="x' not in shown


def test_where_to_go_back_is_of_this_page(tmp_path: Any) -> None:
    door = opened(kept(tmp_path), None)
    for au in ("//exemple.org", "2020-01-15%0d%0aX: y", "https://exemple.org"):
        answer = door.client.post(
            f"/consigner?au={au}", base_url=HERE, data={"jeton": door.mark()}, headers={"Origin": HERE}
        )
        assert answer.status_code == 400
        assert "Location" not in answer.headers
