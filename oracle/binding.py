"""Parameters into literals, views into a `with`: from a library file's SQL to a text that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from library import Library, Model

# A quoted text, a comment, or a parameter: only the last is replaced, the first two are stepped over.
_TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\$([a-z_][a-z0-9_]*)", re.DOTALL)


def literal(type_word: str, value: Any) -> str:
    """One value as SQL. Money comes in yuan and goes in fen; a time of day goes as the number HHMM."""
    match type_word:
        case "int":
            return str(int(value))
        case "dec" | "pct":
            return f"cast({float(value)!r} as double)"
        case "money":
            return str(int(Decimal(str(value).replace(",", "")) * 100))
        case "bool":
            return "true" if value else "false"
        case "time":
            return str(int(str(value).replace(":", "")))
        case "months":
            return f"interval '{int(value)} months'"
        case "days":
            return f"interval '{int(value)} days'"
        case "list":
            items = ", ".join(map(_quoted, value)) or "cast(null as varchar)"
            return f"array[{items}]"
        case "text":
            return _quoted(value)
    raise ValueError(f"unknown parameter type {type_word}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def bind(sql: str, literals: Mapping[str, str]) -> str:
    """Replaces `$name` outside quotes and comments."""

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        return match.group(0) if name is None else literals[name]

    return _TOKEN.sub(replace, sql)


def with_views(library: Library, tables: Iterable[str], sql: str, stop: Iterable[str] = ()) -> str:
    """Puts the views that `sql` needs in front of it, except those that are given as tables (`stop`)."""
    views = library.views_behind(tables, stop)
    if not views:
        return sql
    named = ",\n".join(f"{view.key} as (\n{view.sql.strip()}\n)" for view in views)
    return f"with {named}\nselect * from (\n{sql.strip()}\n) as found"


def file_literals(model: Model, overrides: Mapping[str, Any]) -> dict[str, str]:
    """Literals of the values a file gives: the defaults, and a case's overrides."""
    unknown = set(overrides) - set(model.params)
    if unknown:
        raise ValueError(f"{model.id} has no parameter {', '.join(sorted(unknown))}")
    return {name: literal(param["type"], overrides.get(name, param["default"])) for name, param in model.params.items()}


def run_literals(model: Model, values: Mapping[str, Any]) -> dict[str, str]:
    """Literals of the values a run reports: money is in fen and a time of day a number already."""

    def plain(type_word: str) -> str:
        return "int" if type_word in ("money", "time") else type_word

    return {name: literal(plain(param["type"]), values[name]) for name, param in model.params.items()}


def bound_sql(library: Library, model: Model, literals: Mapping[str, str], as_of: str, stop: Iterable[str] = ()) -> str:
    """A model's SQL with its parameters, run date and views."""
    bound = bind(model.sql, {**literals, "as_of": f"date '{as_of}'"})
    return with_views(library, model.reads + model.reads_any, bound, stop)
