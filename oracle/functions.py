"""The product's own SQL functions, written a second time from their description in `library/README.md`.

Nothing here looks at the product's code: two implementations that agree are the point.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

_GAPS = re.compile(r"[\s\u200b-\u200d\ufeff]+")
_DOTS = re.compile("[\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e]")
_DOT_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])")
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_TAIL = re.compile(r"(?:\d+|已故|户主)$")
_LATIN = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=200_000)
def norm_text(text: str) -> str:
    """NFKC, lower case, without blanks."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=200_000)
def norm_name(name: str) -> str:
    """A person's name without blanks, notes and trailing digits, with one kind of middle dot."""
    plain = _DOTS.sub("·", unicodedata.normalize("NFKC", _DOTS.sub("·", name)))
    plain = _DOT_BETWEEN_HAN.sub("·", plain)
    plain = _NOTE.sub("", plain)
    plain = _GAPS.sub(" " if _LATIN.search(plain) else "", plain).strip()
    while (shorter := _TAIL.sub("", plain)) != plain:
        plain = shorter
    return plain


def kw(text: str | None, words: list[str | None] | None, excluded: list[str | None] | None) -> bool:
    """The normalised text contains one of the words and none of the excluded ones."""
    if text is None or not words:
        return False
    plain = norm_text(text)

    def within(word: str | None) -> bool:
        return bool(word) and norm_text(word) in plain

    return any(map(within, words)) and not any(map(within, excluded or []))


def age_years(birth: date | None, on: date | None) -> int | None:
    """Full years; born on 29 February turns on 1 March of a common year."""
    if birth is None or on is None:
        return None
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def date_diff_days(start: date | None, end: date | None) -> int | None:
    """Days from `start` to `end`."""
    return None if start is None or end is None else (end - start).days


def kw_arrays(text: pa.Array, words: pa.Array, excluded: pa.Array) -> pa.Array:
    """`kw` over columns, as both engines call it."""
    rows = zip(_cells(text), _cells(words), _cells(excluded), strict=True)
    return pa.array([kw(*row) for row in rows], pa.bool_())


def norm_text_array(text: pa.Array) -> pa.Array:
    """`norm_text` over a column."""
    return pa.array([None if cell is None else norm_text(cell) for cell in _cells(text)], pa.string())


def norm_name_array(name: pa.Array) -> pa.Array:
    """`norm_name` over a column."""
    return pa.array([None if cell is None else norm_name(cell) for cell in _cells(name)], pa.string())


def age_years_arrays(birth: pa.Array, on: pa.Array) -> pa.Array:
    """`age_years` over columns."""
    return pa.array(map(age_years, _cells(birth), _cells(on)), pa.int64())


def date_diff_days_arrays(start: pa.Array, end: pa.Array) -> pa.Array:
    """`date_diff_days` over columns."""
    return pa.array(map(date_diff_days, _cells(start), _cells(end)), pa.int64())


def _cells(column: pa.Array | pa.ChunkedArray) -> list[Any]:
    return column.to_pylist()
