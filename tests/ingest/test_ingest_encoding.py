from __future__ import annotations

from pathlib import Path

import pytest
from ingest_reading import Reader

from kg.ingest.encoding import BinaryDataError, UndecodableError, decode

ARABIC = "قال الرئيس الروسي إن بلاده ترحب بالاتفاق الذي وقع في موسكو، وقال الوزير إن المحادثات بدأت."
GUESSED = ("cp1256", "iso8859_6", "mac_arabic", "cp720", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("name", GUESSED)
def test_legacy_encodings_round_trip(name: str) -> None:
    text = ARABIC if name != "cp720" else ARABIC.replace("،", " ")
    found = decode(text.encode(name))
    assert (found.text, found.guessed) == (text, True)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_certain_and_marks_are_dropped(name: str) -> None:
    found = decode(ARABIC.encode(name))
    assert (found.text, found.guessed, found.lost) == (ARABIC, False, 0)


def test_a_seed_survives_cp1256_byte_for_byte(run: Reader, tmp_path: Path, second: str) -> None:
    (tmp_path / "old.txt").write_bytes(second.encode("cp1256"))
    (article,), problems = run(tmp_path / "old.txt", year=2025)
    assert article.full_text == second
    assert [(p.severity, "cp1256" in p.cause) for p in problems] == [("info", True)]


def test_a_forced_encoding_wins(run: Reader, tmp_path: Path, second: str) -> None:
    (tmp_path / "old.txt").write_bytes(second.encode("cp1256"))
    (article,), problems = run(tmp_path / "old.txt", year=2025, encoding="cp1256")
    assert (article.full_text, problems) == (second, [])
    assert run(tmp_path / "old.txt", encoding="utf-8")[0] == []


def test_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    data = ARABIC.encode()
    found = decode(data[:20] + b"\xff" + data[20:])
    assert (found.encoding, found.lost) == ("utf-8", 1)
    assert found.text.replace("\ufffd", "") == ARABIC


def test_plain_western_text() -> None:
    assert decode("café déjà vu, il a été élu".encode("latin-1")).text == "café déjà vu, il a été élu"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"PK\x03\x04rest", b"\x89PNG\r\n", b"\x00\x01\x02\x03", bytes(range(256)) * 8]
)
def test_binary(data: bytes) -> None:
    with pytest.raises(BinaryDataError):
        decode(data)


def test_undecodable() -> None:
    with pytest.raises(UndecodableError):
        decode(b"\xff\xfb\xf7\xff\xfb\xf7 abc")
    with pytest.raises(UndecodableError):
        decode(b"\xff\xff", "utf-8")
