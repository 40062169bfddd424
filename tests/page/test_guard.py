"""Who is let in: the reading attacks, each refused with nothing of the plan shown."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from pace import table
from werkzeug.test import TestResponse

from page.doors import HERE, PORT, Door, opened
from pivot_cli.page.guard import MOST_BYTES

OTHER = "http://127.0.0.1:9999"
Attack = Callable[[Door], TestResponse]


@pytest.fixture(scope="module")
def door() -> Door:
    return opened()


def used_twice(door: Door) -> TestResponse:
    address = door.guard.new_address().removeprefix(HERE)
    assert door.stranger.get(address, base_url=HERE).status_code == 303
    door.stranger.delete_cookie(f"pivot-{PORT}", domain="127.0.0.1")
    return door.stranger.get(address, base_url=HERE)


def with_cookie(value: str) -> Attack:
    def send(door: Door) -> TestResponse:
        return door.stranger.get("/liste", base_url=HERE, headers={"Cookie": f"pivot-{PORT}={value}"})

    return send


def of_length(length: str) -> Attack:
    def send(door: Door) -> TestResponse:
        data, told = {"jeton": door.mark()}, {"CONTENT_LENGTH": length}
        return door.client.post("/fermer", base_url=HERE, data=data, headers={"Origin": HERE}, environ_overrides=told)

    return send


ATTACKS: list[tuple[str, int, Attack]] = [
    ("no session", 401, lambda door: door.stranger.get("/", base_url=HERE)),
    ("no session, a document", 401, lambda door: door.stranger.get("/document/complet", base_url=HERE)),
    ("no session, nothing there", 401, lambda door: door.stranger.get("/rien", base_url=HERE)),
    ("no session, the style", 401, lambda door: door.stranger.get("/style.css", base_url=HERE)),
    ("a session that was guessed", 401, with_cookie("x" * 43)),
    ("a session of nothing", 401, with_cookie("")),
    ("a secret that was guessed", 403, lambda door: door.stranger.get("/entrer?cle=x", base_url=HERE)),
    ("no secret", 403, lambda door: door.stranger.get("/entrer", base_url=HERE)),
    ("the first address, a second time", 403, used_twice),
    ("a foreign Host", 400, lambda door: door.client.get("/", base_url="http://exemple.org")),
    ("a name that was rebound", 400, lambda door: door.client.get("/", base_url=f"http://mal.exemple:{PORT}")),
    ("another port", 400, lambda door: door.client.get("/", base_url=OTHER)),
    ("localhost, as others may say", 400, lambda door: door.client.get("/", base_url=f"http://localhost:{PORT}")),
    ("no Host", 400, lambda door: door.client.get("/", base_url=HERE, headers={"Host": ""})),
    *(
        (method, 400, lambda door, method=method: door.client.open("/", method=method, base_url=HERE))
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")
    ),
    ("a form on a page that has none", 404, lambda door: door.post("/liste")),
    ("« Fermer » by GET", 404, lambda door: door.client.get("/fermer", base_url=HERE)),
    ("a form of no origin", 403, lambda door: door.client.post("/fermer", base_url=HERE, data={"jeton": door.mark()})),
    ("Origin null", 403, lambda door: door.post("/fermer", Origin="null")),
    ("a foreign form", 403, lambda door: door.post("/fermer", Origin="http://exemple.org")),
    ("the origin of another port", 403, lambda door: door.post("/fermer", Origin=OTHER)),
    ("the same, in https", 403, lambda door: door.post("/fermer", Origin=HERE.replace("http", "https"))),
    ("no mark", 403, lambda door: door.post("/fermer", {"jeton": ""})),
    ("a mark of before", 403, lambda door: door.post("/fermer", {"jeton": "x" * 43})),
    ("a form without a session", 401, lambda door: door.stranger.post("/fermer", base_url=HERE, data={"jeton": "x"})),
    ("a body too long", 400, lambda door: door.post("/fermer", {"jeton": "x" * (MOST_BYTES + 1)})),
    ("a body of no length", 400, of_length("")),
    ("a body of a negative length", 400, of_length("-1")),
    ("a body of another length", 400, of_length("1e3")),
    ("the owner's key, guessed", 401, lambda door: door.stranger.post("/adresse", base_url=HERE, data={"cle": "x"})),
    ("the owner's key, from a page", 401, lambda door: door.post("/adresse", {"cle": door.guard.key})),
    *(
        (f"traversal: {path}", 404, lambda door, path=path: door.get(path))
        for path in (
            *("/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/document/../../plan/organisme.yaml"),
            *(
                "/document/..%2f..%2fplan%2forganisme",
                "/action/..%2f..%2fetc",
                "/plan/%00",
                "/liste.exe",
                "/liste.json",
            ),
            *("/document/agenda/ordre-du-jour", "/document/base", "/document/complet?forme=exe", "/static/style.css"),
        )
    ),
]


@table(("name", "code", "attack"), ATTACKS)
def test_an_attack_is_refused(door: Door, name: str, code: int, attack: Attack) -> None:
    answer = attack(door)
    assert (name, answer.status_code) == (name, code)
    assert "Former un comité" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert door.closed == []


def test_a_header_is_not_injected(door: Door) -> None:
    for path in (
        "/liste.csv?au=2020-01-15%0d%0aSet-Cookie:x=1",
        "/document/ordre-du-jour?date=2020-01-15&forme=html%0d%0aX: y",
        "/entrer?cle=%0d%0aLocation:http://exemple.org",
        "/liste?mots=%0d%0aSet-Cookie:x=1",
    ):
        answer = door.get(path)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers.get("Location", f"{HERE}/") == f"{HERE}/"


PAGES = ("/", "/fautes", "/liste", "/plan", "/plan/1", "/action/1.adm.1.1", "/responsables", "/reunions", "/documents")


@pytest.mark.lent
@table("path", (*PAGES, "/changements", "/rien", "/style.css", "/liste.csv", "/document/sommaire", "/entrer?cle="))
def test_every_answer_is_sealed(door: Door, path: str) -> None:
    headers = door.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert ("sandbox" in policy) == path.startswith(("/document/", "/liste.csv"))
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers


@pytest.mark.lent
def test_a_page_has_no_style_nor_script_of_its_own(door: Door) -> None:
    for path in PAGES:
        page = door.get(path).text
        assert "<script" not in page
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page


def test_the_cookie_is_for_this_page_alone() -> None:
    door = opened()
    answer = door.stranger.get(door.guard.new_address().removeprefix(HERE), base_url=HERE)
    told = answer.headers["Set-Cookie"]
    assert told.startswith(f"pivot-{PORT}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(told.split("; "))
    assert "Domain" not in told
    again = door.client.get("/entrer?cle=" + "x" * 43, base_url=HERE)  # who is in already is not sent away
    assert (again.status_code, "Set-Cookie" in again.headers) == (303, False)


def test_what_was_not_used_is_bounded() -> None:
    door = opened()
    first, *others = [door.guard.new_address() for _ in range(9)]
    assert door.stranger.get(first.removeprefix(HERE), base_url=HERE).status_code == 403
    assert door.stranger.get(others[0].removeprefix(HERE), base_url=HERE).status_code == 303


def test_the_owner_asks_for_another_address() -> None:
    door = opened()
    told = door.stranger.post("/adresse", base_url=HERE, data={"cle": door.guard.key})
    assert door.stranger.get(told.text.removeprefix(HERE), base_url=HERE).status_code == 303


def test_fermer_closes() -> None:
    door = opened()
    answer = door.post("/fermer")
    assert (answer.status_code, "La page est fermée." in answer.text) == (200, True)
    answer.close()
    assert door.closed == [True]


def test_it_listens_on_the_loopback_alone() -> None:
    from pivot_cli.page.serving import listening

    with listening(0) as place:
        assert place.getsockname()[0] == "127.0.0.1"
        assert place.family is socket.AF_INET
        with pytest.raises(OSError, match=r".+"):
            listening(place.getsockname()[1])
