"""`pivot open`: it starts, says where, is found again, and stops."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support import ROOT, clean_environment, pivot, write_plan
from wherever import WHEREVER, imported_from

from page.doors import opened
from pivot_cli.cli import local
from pivot_cli.page import running
from pivot_cli.page.serving import listening, serve

REFUSED = [
    (["--duree", "longtemps"], 2, "« longtemps » n'est pas compris."),
    (["--port", "99999"], 2, "99999"),
    (["--au", "hier"], 2, "la date « hier » n'est pas comprise"),
    (["--plan", "rien"], 3, "rien"),
    (["--plan", "vide"], 3, "ne contient aucun fichier YAML"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_cannot_be_opened_is_said(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    done = pivot("open", *words, cwd=write_plan(tmp_path).parent, XDG_STATE_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr.replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        done = pivot("open", "--port", str(port), cwd=write_plan(tmp_path).parent, XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 3
    assert f"le port {port} est déjà pris" in done.stderr
    assert "pivot open --port 0" in done.stderr


def test_what_makes_the_page_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    done = pivot("open", cwd=write_plan(tmp_path).parent)
    assert (done.returncode, 'pip install "pivot-cli[page]"' in done.stderr) == (3, True)


def test_the_usual_port_may_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(0) as taken:
        monkeypatch.setattr(local, "USUAL_PORT", taken.getsockname()[1])
        with local._place(None) as other:
            assert other.getsockname()[1] != taken.getsockname()[1]


def test_without_a_browser_the_address_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    local._shown("http://127.0.0.1:1/entrer?cle=x", "Voilà.", browse=True)
    shown = capsys.readouterr()
    assert shown.out == "http://127.0.0.1:1/entrer?cle=x\n"
    assert "Aucun navigateur ne s'est ouvert." in shown.err


def test_with_a_browser_the_address_is_given_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", os.environ["PATH"])))
    monkeypatch.setattr("webbrowser.open_new_tab", lambda address: bool([*map(asked.append, [address])]))
    local._shown("http://127.0.0.1:1/entrer?cle=x", "Voilà.", browse=True)
    shown = capsys.readouterr()
    assert (asked, shown.out) == (["http://127.0.0.1:1/entrer?cle=x"], "http://127.0.0.1:1/entrer?cle=x\n")
    assert not {".", ""} & set(os.environ["PATH"].split(os.pathsep))  # none that came with the plan
    assert "Le plan s'ouvre dans votre navigateur. S'il ne s'y ouvre pas" in shown.err
    assert "Voilà." in shown.err


# --- the page that is open already ------------------------------------------------------------------------


def test_what_finds_the_page_again_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    note = running.note_of(tmp_path)
    for key in ("un", "deux"):
        running.keep(note, running.Running(1, key))
        if os.name != "nt":
            assert stat.S_IMODE(note.stat().st_mode) == 0o600
            assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
    running.forget(note, running.Running(1, "un"))  # that of another page stays
    assert note.exists()
    running.forget(note, running.Running(1, "deux"))
    assert not note.exists()


@pytest.mark.parametrize("held", ["", "{", "[]", '{"port": "x", "cle": 1}', '{"port": 1, "cle": "x"}', "\0"])
def test_a_page_that_is_gone_is_not_found(held: str, tmp_path: Path) -> None:
    note = tmp_path / "page.json"
    note.write_text(held)
    assert running.address_of(note) == ("", False)
    assert running.address_of(tmp_path / "rien.json") == ("", False)


STATES = [
    ("linux", {"XDG_STATE_HOME": "/etat"}, "/etat/pivot"),
    ("linux", {"XDG_STATE_HOME": "etat"}, "~/.local/state/pivot"),
    ("linux", {}, "~/.local/state/pivot"),
    ("darwin", {}, "~/Library/Application Support/pivot"),
    ("win32", {"LOCALAPPDATA": "/local"}, "/local/pivot"),
]


@pytest.mark.parametrize(("system", "environ", "wanted"), STATES)
def test_it_is_where_the_system_has_such_things(system: str, environ: dict[str, str], wanted: str) -> None:
    assert running.state_folder(system, environ) == Path(wanted).expanduser()


# --- over a real connection -------------------------------------------------------------------------------


@contextmanager
def served(*, reading_only: bool = False) -> Iterator[tuple[int, str, str]]:
    """The small server of a page, its first address, and the key of its owner."""
    door, over = opened(reading_only=reading_only), [False]
    with listening(0) as place:
        port = place.getsockname()[1]
        site = door.site
        site.guard = type(door.guard)(port)
        thread = threading.Thread(target=serve, args=(site, place, lambda: over[0]))
        thread.start()
        try:
            yield port, site.guard.new_address(), site.guard.key
        finally:
            over[0] = True
            thread.join(10)
    assert not thread.is_alive()


def raw(port: int, sent: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(sent)
        answer = b""
        with suppress(ConnectionResetError):  # what was refused is not read to its end
            while piece := line.recv(65536):
                answer += piece
    return answer.decode("utf-8", "replace")


@pytest.mark.lent
def test_what_is_no_request_is_refused_in_french() -> None:
    with served() as (port, _, _):
        host = f"Host: 127.0.0.1:{port}\r\n".encode()
        for sent in (
            b"GET / HTTP/1.1\r\nHost: exemple.org\r\nConnection: close\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + host + b"Host: exemple.org\r\nConnection: close\r\n\r\n",
            b"GET / HTTP/1.0\r\n\r\n",
            b"\x16\x03\x01\x02\x00\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + host + b"X: " + b"x" * 40_000 + b"\r\n\r\n",
            b"POST /fermer HTTP/1.1\r\n" + host + b"Content-Length: 99999999\r\nConnection: close\r\n\r\n",
            b"POST /fermer HTTP/1.1\r\n" + host + b"Content-Length: x\r\nConnection: close\r\n\r\n",
            b"GET http://exemple.org/ HTTP/1.1\r\nHost: exemple.org\r\nConnection: close\r\n\r\n",
        ):
            answer = raw(port, sent)
            assert answer.startswith(("HTTP/1.1 400", "HTTP/1.0 400")), answer[:200]
            assert "frame-ancestors 'none'" in answer
            assert "Cette " in answer
            assert "waitress" not in answer.lower()
        first = raw(port, b"GET /../../etc/passwd HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n")
        assert first.startswith("HTTP/1.1 401")


def entered(address: str, path: str, mark: str = "") -> tuple[int, str]:
    """What is answered to who enters by an address, then asks for something: sends it, with a mark."""
    asked = urlsplit(address)
    line = http.client.HTTPConnection(asked.netloc, timeout=10)
    line.request("GET", f"{asked.path}?{asked.query}")
    answer = line.getresponse()
    answer.read()
    headers = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0], "Origin": f"http://{asked.netloc}"}
    line.request("GET", "/", headers=headers)
    page = line.getresponse().read().decode("utf-8")
    held = page.partition('name="jeton" value="')[2].partition('"')[0]
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request("POST", path, f"jeton={mark or held}", headers)
    answer = line.getresponse()
    told = answer.status, page + answer.read().decode("utf-8")
    line.close()
    return told


@pytest.mark.parametrize("reading_only", [False, True])
def test_a_second_time_to_consult_only_records_nothing(reading_only: bool, tmp_path: Path) -> None:
    note = tmp_path / "page.json"
    with served(reading_only=reading_only) as (port, _, key):
        running.keep(note, running.Running(port, key, reading_only))
        address, consulted = running.address_of(note, reading_only=True)
        assert consulted
        code, page = entered(address, "/consigner")
        assert (code, "lecture seule" in page, "pour consulter seulement" in page) == (403, True, True)
        address, consulted = running.address_of(note)
        assert consulted == reading_only
        code, page = entered(address, "/consigner")
        assert (code, "lecture seule" in page) == ((403, True) if reading_only else (404, False))


@pytest.mark.lent
@pytest.mark.skipif(os.name == "nt", reason="sans signaux")
@pytest.mark.usefixtures("_interruptible")
def test_it_opens_is_found_again_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    env = clean_environment() | {"PYTHONPATH": imported_from(), "XDG_STATE_HOME": str(tmp_path / "etat")}
    words = [sys.executable, *WHEREVER, "-m", "pivot_cli", "open", "--sans-navigateur", "--port", "0"]
    run = subprocess.Popen(words, cwd=plan, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert run.stdout
        first = urlsplit(run.stdout.readline().decode("ascii").strip())
        repeated = [*words, "--duree", "2 h"]
        again = subprocess.run(repeated, cwd=plan, env=env, capture_output=True, timeout=60, check=False)
        told = again.stderr.decode("utf-8")
        assert (again.returncode, "déjà ouverte. Ce que vous demandez d'autre n'y change rien" in told) == (0, True), (
            told
        )
        second = urlsplit(again.stdout.decode("ascii").strip())
        assert (second.netloc, second.query == first.query) == (first.netloc, False)
        for address in (first, second):
            line = http.client.HTTPConnection(address.netloc, timeout=10)
            line.request("GET", f"{address.path}?{address.query}")
            assert line.getresponse().status == 303
            line.close()
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=10)[1].decode("utf-8")
    finally:
        run.kill()
        run.wait()
    assert (run.returncode, "Traceback" in told) == (0, False), told
    assert told.endswith("La page est fermée.\n")
    assert not list((tmp_path / "etat" / "pivot").iterdir())
    assert ROOT.exists()


@pytest.mark.lent
def test_a_pdf_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(*_: object) -> bytes:
        begun.set()
        assert done.wait(10)
        return b"%PDF-1.7"

    monkeypatch.setattr("pivot_cli.page.papers.printed", slow)
    with served() as (port, address, _):

        def asked(path: str, cookie: str = "") -> tuple[str, bytes]:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            line.request("GET", path, headers={"Cookie": cookie})
            answer = line.getresponse()
            told = answer.headers.get("Set-Cookie", "").partition(";")[0], answer.read()
            line.close()
            return told

        cookie, _ = asked(address.partition(str(port))[2])
        pdf: list[bytes] = []
        printing = threading.Thread(target=lambda: pdf.append(asked("/document/sommaire?forme=pdf", cookie)[1]))
        printing.start()
        assert begun.wait(10)
        assert b"</html>" in asked("/fautes", cookie)[1]
        assert pdf == []
        done.set()
        printing.join(10)
    assert pdf == [b"%PDF-1.7"]
