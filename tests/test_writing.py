"""A result is written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pivot_cli.record.writing import write_whole

posix = pytest.mark.skipif(os.name == "nt", reason="droits et liens POSIX")


def test_a_new_file_holds_the_data(tmp_path: Path) -> None:
    write_whole(tmp_path / "été.md", b"neuf")
    assert (tmp_path / "été.md").read_bytes() == b"neuf"
    assert [path.name for path in tmp_path.iterdir()] == ["été.md"]


@posix
def test_rights_are_kept_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "f"
    old = os.umask(0o027)
    try:
        write_whole(path, b"a")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    write_whole(path, b"b")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="28") as caught:
        write_whole(path, b"new")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["f"]


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, b"x")
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(tmp_path / "absent" / "f", b"x")
    assert caught.value.filename == str(tmp_path / "absent" / "f")


@posix
def test_what_is_not_a_file_is_written_to(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), b"x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(
        [sys.executable, "-c", f"print(open({str(pipe)!r}).read())"], stdout=subprocess.PIPE, text=True
    )
    write_whole(pipe, b"x")
    assert reader.communicate(timeout=20)[0] == "x\n"
    coming, going = os.pipe()
    write_whole(Path(f"/dev/fd/{going}"), b"x")  # as /dev/stdout is, in a pipe
    os.close(going)
    assert os.read(coming, 9) == b"x"
    os.close(coming)


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "f", b"x")
    assert list(tmp_path.iterdir()) == []
