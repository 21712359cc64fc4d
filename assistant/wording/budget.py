"""What may be spent on a model in a day, counted in a file so that a restart does not begin anew."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

_MILLION = Decimal(1_000_000)
#: What reading or writing the file may raise: then what was spent is not known.
_UNKNOWN = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Limits:
    """The day's limits; None where there is none. Prices are in yuan for a million tokens."""

    tokens: int | None = None
    cny: Decimal | None = None
    price_in: Decimal = Decimal(0)
    price_out: Decimal = Decimal(0)

    def hold(self, spent: Spent) -> bool:
        """Whether so much may be spent."""
        cost = (spent.tokens_in * self.price_in + spent.tokens_out * self.price_out) / _MILLION
        total = spent.tokens_in + spent.tokens_out
        return (self.tokens is None or total <= self.tokens) and (self.cny is None or cost <= self.cny)


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens sent and received."""

    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)


class Ledger:
    """The tokens of the day, shared by every process over one home folder."""

    def __init__(self, limits: Limits, file: Path, today: Callable[[], date]) -> None:
        self._limits = limits
        self._file = file
        self._today = today

    def reserve(self, most: Spent) -> bool:
        """Set aside what a call may cost at most; False, and nothing set aside, where that is too much."""
        try:
            with self._open() as file:
                spent = self._read(file) + most
                if not self._limits.hold(spent):
                    return False
                self._write(file, spent)
                return True
        except _UNKNOWN:  # what was spent is not known: nothing more is
            return False

    def settle(self, reserved: Spent, used: Spent) -> None:
        """Put what a call did cost in the place of what was set aside for it."""
        try:
            with self._open() as file:
                now = self._read(file)
                left = Spent(
                    max(0, now.tokens_in - reserved.tokens_in), max(0, now.tokens_out - reserved.tokens_out)
                )
                self._write(file, left + used)
        except _UNKNOWN:
            return  # the reservation stands: rather too much counted than too little

    @contextmanager
    def _open(self) -> Iterator[TextIO]:
        with self._file.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            yield file

    def _read(self, file: TextIO) -> Spent:
        text = file.read()
        if not text:
            return Spent()
        content = json.loads(text)
        if not isinstance(content, dict):
            raise ValueError("not an object")
        if content.get("day") != self._today().isoformat():
            return Spent()
        return Spent(int(content["tokens_in"]), int(content["tokens_out"]))

    def _write(self, file: TextIO, spent: Spent) -> None:
        file.seek(0)
        file.truncate()
        day = self._today().isoformat()
        file.write(json.dumps({"day": day, "tokens_in": spent.tokens_in, "tokens_out": spent.tokens_out}))
        file.flush()
