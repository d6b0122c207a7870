"""Decode the bytes of an input and report what is odd about them."""

from __future__ import annotations

from kg.config import IngestSettings
from kg.ingest.encoding import BinaryDataError, UndecodableError, decode
from kg.ingest.problem import Reporter


class Decoder:
    """Decodes an input, whole or line by line; says only once that it had to guess the encoding."""

    def __init__(self, settings: IngestSettings, report: Reporter) -> None:
        self._forced = settings.encoding
        self._report = report
        self._guess: str | None = None

    def decode(self, data: bytes, line: int | None = None) -> str | None:
        """The text; None, with a report, if the bytes are no text."""
        report = self._report
        try:
            result = decode(data, self._forced, self._guess)
        except BinaryDataError as error:
            report.error(f"not text but {error}", "save the article as text, HTML, JSON or CSV", line)
            return None
        except UndecodableError as error:
            report.error(
                f"cannot be decoded: {error}",
                "save it as UTF-8 or say its encoding with the encoding option",
                line,
            )
            return None
        if result.lost:
            report.warning(
                f"{result.lost} invalid bytes in UTF-8 text stand as U+FFFD",
                "restore the file from its source",
                line,
            )
        elif result.guessed and self._guess is None:
            self._guess = result.encoding
            report.info(
                f"read as {result.encoding}, judging by its letters",
                "say its encoding with the encoding option if that is wrong",
                line,
            )
        return result.text


def decoded(data: bytes, settings: IngestSettings, report: Reporter) -> str | None:
    """The text of an input; None, with a report, if the bytes are no text."""
    return Decoder(settings, report).decode(data)


def lf(text: str) -> str:
    """The text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
