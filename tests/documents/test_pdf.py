"""Documents in PDF: printed by the browser of the computer, whatever their template holds, or told in French."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from agenda.components import absent
from pace import few, table
from support import SHIPPED, pivot
from systems import posix

from pivot_cli.documents.rendering import browser
from pivot_cli.documents.rendering.pdf import dated, sealed
from pivot_cli.finding import PivotError

NB, NL = "\N{NO-BREAK SPACE}", "\n"
PLAN = ("--plan", str(SHIPPED))
DOCUMENTS = {
    "sommaire": ("report", "sommaire", "--au", "2020-01-15", *PLAN),
    "complet": ("report", "complet", "--au", "2020-01-15", *PLAN),
    "bilan": ("report", "bilan", "--au", "2020-01-15", *PLAN),
    "ordre-du-jour": ("agenda", "--date", "2020-01-15", *PLAN),
}
OTHERWISE = "Faites plutôt -o x.html; ouvrez ce fichier dans un navigateur, et imprimez-le en PDF."


def shown(program: str, path: Path) -> str:
    """What a program of Poppler says of a PDF."""
    absent(program)
    words = [program, str(path), *(["-"] if program == "pdftotext" else [])]
    return subprocess.run(words, capture_output=True, check=True, timeout=60).stdout.decode()


# --- a real browser ---------------------------------------------------------------------------------------


@pytest.mark.lent
@pytest.mark.parametrize("name", few(4, DOCUMENTS))
def test_a_document_is_tagged_titled_and_always_the_same(name: str, tmp_path: Path) -> None:
    absent("chromium")
    with TemporaryDirectory() as home:  # a short name: that of a socket has a hundred letters at most
        for file in ("a.pdf", "b.pdf"):
            done = pivot(*DOCUMENTS[name], "-o", file, cwd=tmp_path, TMPDIR=home, HOME=home)
            assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert list(Path(home).iterdir()) == []  # no profile is left
    made = (tmp_path / "a.pdf").read_bytes()
    assert made == (tmp_path / "b.pdf").read_bytes()
    assert b"/Lang (fr-CA)" in made
    assert set(re.findall(rb"/(?:Creation|Mod)Date \((.*?)\)", made)) == {b"D:20200115000000+00'00'"}
    assert b"/Outlines" in made
    said = dict(line.split(":", 1) for line in shown("pdfinfo", tmp_path / "a.pdf").splitlines())
    assert (said["Tagged"].strip(), said["Page size"].strip()) == ("yes", "612 x 792 pts (letter)")
    assert re.search("État|Bilan|Projet", said["Title"])
    assert "Le Pivot" in said["Title"]
    pages = shown("pdftotext", tmp_path / "a.pdf").split("\f")[:-1]
    for rank, page in enumerate(pages, 1):
        assert re.search(rf"^{rank} ?/ ?{len(pages)}$", page, re.MULTILINE)


def attempts(where: str) -> str:
    """All by which a page may read what is elsewhere, or leave for it."""
    return f"""
<img src="{where}/s.svg"><img srcset="{where}/s.svg 2x"><iframe src="{where}/s.html"></iframe>
<object data="{where}/s.html"></object><embed src="{where}/s.html"><link rel="stylesheet" href="{where}/s.css">
<style>@import "{where}/s.css"; body {{ background: url({where}/s.svg) }}</style>
<svg><use href="{where}/s.svg#t"/><image href="{where}/s.svg" width="99" height="99"/></svg>
<video poster="{where}/s.svg" src="{where}/s.html"></video><link rel="prefetch" href="{where}/s.html">
<iframe srcdoc="&lt;meta &#104;ttp-equiv=refresh content='0;url={where}/s.html'>"></iframe>
<script>document.write("LE SECRET"); location = "{where}/s.html"</script><link rel="preconnect" href="{where}">"""


HOSTILE = [
    # what the template begins with, where {} is somewhere else
    '<!DOCTYPE html><html lang="fr"><head><title>Gabarit</title></head><body>',
    '<meta http-equiv="refresh" content="0;url={}/s.html">',
    "<meta HTTP-EQUIV=refresh content='0;url={}/s.html'>",
    '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    "<!--><iframe src='{}/s.html'></iframe>-->",
    '<base href="{}/"><iframe src="s.html"></iframe>',
]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with what nobody is to see."""
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text id="t" y="20">LE SECRET</text></svg>'
    texts = {"s.svg": drawn, "s.html": "<h1>LE SECRET</h1>", "s.css": "body::before { content: 'LE SECRET' }"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def asked() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server of this computer, and what is asked of it."""
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:  # it is closed
                return
            heard.append(connection.recv(200))
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.lent
@pytest.mark.parametrize("begins", few(6, HOSTILE))
def test_a_template_has_nothing_read_that_is_not_in_it(begins: str, elsewhere: Path, tmp_path: Path) -> None:
    absent("chromium")
    where = elsewhere.as_uri()
    gabarit = tmp_path / "g.html"
    gabarit.write_text(f"{begins.format(where)}<p>{{{{ entete.organisme }}}}</p>{attempts(where)}", encoding="utf-8")
    done = pivot(*DOCUMENTS["sommaire"], "--gabarit", str(gabarit), "-o", "x.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = shown("pdftotext", tmp_path / "x.pdf")
    assert "Le Pivot" in said
    assert "LE SECRET" not in said


@pytest.mark.lent
def test_what_would_be_read_is_read_by_a_browser_left_to_itself(elsewhere: Path, tmp_path: Path) -> None:
    """Without which the test above would prove nothing."""
    absent("chromium")
    (tmp_path / "x.pdf").write_bytes(browser.print_page(f"<iframe src='{elsewhere.as_uri()}/s.html'>".encode(), ""))
    assert "LE SECRET" in shown("pdftotext", tmp_path / "x.pdf")


@pytest.mark.lent
@pytest.mark.complet
def test_a_page_reaches_no_network_even_where_it_is_not_closed(asked: tuple[str, list[bytes]]) -> None:
    absent("chromium")
    where, heard = asked
    for page in (sealed(attempts(where), "Essai"), f"<body>{attempts(where)}".encode()):
        assert browser.print_page(page, "").startswith(b"%PDF-")
    assert heard == []


@pytest.mark.lent
def test_a_link_that_leads_nowhere_says_nothing_of_this_computer() -> None:
    absent("chromium")
    made = browser.print_page(b'<a href="plan/x.yaml">x</a>', "")
    assert re.findall(rb"/URI \(file:/+(.*?)\)", made) == [b"plan/x.yaml"]


# --- none, or one that fails ------------------------------------------------------------------------------


def fake(folder: Path, script: str, name: str = "chromium") -> Path:
    """A program of that name, in a folder that is then the whole of PATH."""
    program = folder / name
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return folder


WRITES = "for word; do case $word in --print-to-pdf=*) printf '{}' > \"${{word#*=}}\";; esac; done\n"
FAILING = [
    # what the browser does, what is said
    ("#!/bin/sh\nexit 1\n", "chromium n'a pas fait le PDF."),
    ("#!/bin/sh\nexit 0\n", "chromium n'a pas fait le PDF."),
    ("#!/bin/sh\nkill -SEGV $$\n", "chromium n'a pas fait le PDF."),
    ("#!/bin/sh\n" + WRITES.format("%%PDF-1.4 la moiti"), "chromium n'a pas fait le PDF."),
    ("#!/bin/sh\n" + WRITES.format("<html>"), "chromium n'a pas fait le PDF."),
    ("\0", "chromium n'a pas pu être lancé (erreur 8 du système)."),
]


@pytest.mark.lent
@posix
@table(("script", "said"), FAILING)
def test_a_browser_that_fails_is_told(script: str, said: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    here, bin_ = tmp_path_factory.mktemp("ici"), tmp_path_factory.mktemp("bin")
    (here / "x.pdf").write_bytes(b"hier")
    done = pivot(*DOCUMENTS["sommaire"], "-o", "x.pdf", cwd=here, columns=200, PATH=str(fake(bin_, script)))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.replace(NB, " ") == f"Erreur : {said}\n{OTHERWISE}\n"
    assert [path.read_bytes() for path in here.iterdir()] == [b"hier"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_where_there_is_no_browser_how_to_print_is_said(name: str, tmp_path: Path) -> None:
    done = pivot(*DOCUMENTS[name], "-o", "mes papiers.pdf", cwd=tmp_path, columns=200, PATH=str(tmp_path))
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (3, "", [])
    assert "aucun n'est installé sur cet ordinateur" in done.stderr
    assert 'Faites plutôt -o "mes papiers.html"' in done.stderr.replace("'mes papiers.html'", '"mes papiers.html"')


@posix
def test_a_browser_that_does_not_end_is_stopped_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = tmp_path / "tenu"
    os.mkfifo(held)
    reading = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setenv("PATH", f"{fake(tmp_path, f'#!/bin/sh{NL}sleep 600 > {held} &{NL}wait')}:{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(PivotError, match=f"n'a pas fini le PDF en 1{NB}seconde"):
        browser.print_page(b"<p>", OTHERWISE, seconds=1)
    os.set_blocking(reading, True)
    assert os.read(reading, 1) == b""  # nobody holds it
    os.close(reading)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chromium", "tenu"]


@posix
def test_a_browser_of_ubuntu_is_given_a_folder_that_it_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "snap" / "chromium" / "common"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(
        "PATH", str(fake(tmp_path, f"#!/bin/sh\npwd > {tmp_path}/ou\n" + WRITES.format("%%PDF- %%%%EOF")))
    )
    assert browser.print_page(b"<p>", "") == b"%PDF- %%EOF"
    assert Path((tmp_path / "ou").read_text(encoding="utf-8")).parent == home
    assert list(home.iterdir()) == []


# --- where one is -----------------------------------------------------------------------------------------

FOUND = [
    # the system, the files that are there, the first that is taken
    ("linux", ["bin/google-chrome", "bin/chromium"], "bin/chromium"),
    ("linux", ["bin/microsoft-edge"], "bin/microsoft-edge"),
    ("linux", ["ici/chromium"], None),  # of « . »
    ("darwin", ["home/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"], 0),
    ("darwin", ["home/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "bin/chromium"], "bin/chromium"),
    ("win32", ["local/Google/Chrome/Application/chrome.exe"], 0),
    ("win32", ["x86/Microsoft/Edge/Application/msedge.exe"], 0),
    ("win32", ["x86/Microsoft/Edge/Application/msedge.exe", "pf/Google/Chrome/Application/chrome.exe"], 1),
    ("linux", ["pf/Google/Chrome/Application/chrome.exe"], None),
]


@posix
@table(("system", "files", "taken"), FOUND)
def test_a_browser_is_found_where_each_system_has_it(
    system: str, files: list[str], taken: str | int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("ordinateur")
    for file in files:
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        fake((place / file).parent, "#!/bin/sh\n", (place / file).name)
    folders = {"HOME": "home", "PROGRAMFILES": "pf", "PROGRAMFILES(X86)": "x86", "LOCALAPPDATA": "local"}
    with pytest.MonkeyPatch.context() as patched:
        for name, folder in folders.items():
            patched.setenv(name, str(place / folder))
        patched.setenv("PATH", os.pathsep.join([".", "", str(place / "bin")]))
        (place / "ici").mkdir(exist_ok=True)
        patched.chdir(place / "ici")
        found = next(browser.installed(system), None)
    expected = files[taken] if isinstance(taken, int) else taken
    assert found == (place / expected if expected else None)


# --- what is pure -----------------------------------------------------------------------------------------


@table(
    ("before", "after"),
    [
        (b"/CreationDate (D:20261201002302+00'00')\n", b"/CreationDate (D:20200115000000+00'00')\n"),
        (b"/ModDate (D:20261201002302-05'00')>>", b"/ModDate (D:20200115000000+00'00')>>"),
        (b"/ModDate(D:20261201002302Z)>>", b"/ModDate(D:20200115000000Z)>>"),
        (b"/Title (/CreationDate \\(D:20261201002302\\))", b"/Title (/CreationDate \\(D:20261201002302\\))"),
    ],
)
def test_a_pdf_is_of_the_day_of_its_document(before: bytes, after: bytes) -> None:
    assert dated(before, date(2020, 1, 15)) == after


def test_a_page_has_the_title_of_its_template_else_that_of_the_document() -> None:
    assert b"<title>Moi</title>" in sealed("<title>Moi</title>", "Lui")
    assert b"Lui" not in sealed("<TITLE>Moi</TITLE>", "Lui")
    assert b"<title>R&amp;D</title><p>" in sealed("<p>", "R&D")


def test_what_a_text_says_of_http_equiv_is_still_read() -> None:
    page = sealed("<p>http-equiv, HTTP-EQUIV</p>", "Essai").decode()
    assert "<p>http&#45;equiv, HTTP&#45;EQUIV</p>" in page
    assert page.count("http-equiv") == 1
