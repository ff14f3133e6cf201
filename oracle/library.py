"""The library as the oracle reads it: datasets, lists, views, models and their cases, straight from the TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

Cell = str | None
# Names of columns, and rows.
Aligned = tuple[list[str], list[list[Cell]]]

_STORAGE: dict[str, pa.DataType] = {
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "month": pa.int32(),
    "year": pa.int64(),
    "int": pa.int64(),
    "money": pa.int64(),
    "dec": pa.float64(),
    "pct": pa.float64(),
    "bool": pa.bool_(),
    "list": pa.list_(pa.string()),
}


def storage(name: str, type_word: str) -> pa.DataType:
    """How a table stores a column. References to source rows are told by their name."""
    if name.endswith("_rows"):
        return pa.list_(pa.int64())
    if name.endswith("_row"):
        return pa.int64()
    return _STORAGE.get(type_word, pa.string())


@dataclass(frozen=True)
class Case:
    """One proof of a model or view."""

    name: str
    expect: str
    as_of: str = "2025-01-01"
    with_: dict[str, Any] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    look_alike: bool = False
    todo: str | None = None


@dataclass(frozen=True)
class Dataset:
    """A table of delivered or reference rows."""

    key: str
    kind: str
    columns: dict[str, str]


@dataclass(frozen=True)
class View:
    """A shared query over datasets and other views."""

    key: str
    columns: dict[str, str]
    sql: str
    reads: list[str]
    reads_any: list[str]
    cases: list[Case]


@dataclass(frozen=True)
class Model:
    """One question with its SQL, parameters and proof."""

    id: str
    status: str
    level: str
    sql: str
    reads: list[str]
    reads_any: list[str]
    params: dict[str, dict[str, Any]]
    cases: list[Case]


@dataclass
class Library:
    """All roots together."""

    datasets: dict[str, Dataset] = field(default_factory=dict)
    lists: list[tuple[str, list[str], list[list[Cell]]]] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)

    def schema(self, table: str) -> pa.Schema:
        """Stored columns of a dataset, or the returned ones of a view. Datasets carry `_row`."""
        if table in self.views:
            columns = self.views[table].columns
        else:
            columns = self.datasets[table].columns | {"_row": "int"}
        return pa.schema([(name, storage(name, word)) for name, word in columns.items()])

    def identities(self, table: str) -> set[str]:
        """The columns of a dataset that say who somebody is; a view has none that are resolved."""
        columns = self.datasets[table].columns if table in self.datasets else {}
        return {name for name, word in columns.items() if word in ("idno", "uscc", "party", "name")}

    def views_behind(self, tables: Iterable[str], stop: Iterable[str] = ()) -> list[View]:
        """The views that a query over `tables` needs, each after those it reads; not behind `stop`."""
        found: dict[str, View] = {}

        def visit(name: str) -> None:
            if name not in self.views or name in found or name in stop:
                return
            view = self.views[name]
            for below in view.reads + view.reads_any:
                visit(below)
            found[name] = view

        for name in tables:
            visit(name)
        return list(found.values())

    def datasets_behind(self, tables: Iterable[str], stop: Iterable[str] = ()) -> set[str]:
        """The datasets that a query over `tables` reaches, directly or through views."""
        names = set(tables)
        for view in self.views_behind(tables, stop):
            names.update(view.reads + view.reads_any)
        return {name for name in names if name in self.datasets}

    def has_data(self, table: str, filled: set[str]) -> bool:
        """Whether a dataset holds rows, or a view can speak on those that do."""
        view = self.views.get(table)
        if view is None:
            return table in filled
        return self.can_speak(view, filled)

    def can_speak(self, query: View | Model, filled: set[str]) -> bool:
        """All of `reads` have data, and one of `reads_any` where there are any."""
        all_there = all(self.has_data(table, filled) for table in query.reads)
        return all_there and (not query.reads_any or any(self.has_data(table, filled) for table in query.reads_any))


def split_table(text: str) -> Aligned:
    """An aligned table: names and rows. A cell ends at ` | `; an empty cell is null."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return [], []
    rows = [[cell.strip() or None for cell in f" {line.strip()} ".split(" | ")] for line in lines]
    names = [name or "" for name in rows[0]]
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(names):
            raise ValueError(f"{len(row)} cells under {len(names)} columns: {line}")
    return names, rows[1:]


def load(*roots: Path) -> Library:
    """Reads every root; a key that two files claim is an error."""
    library = Library()
    for root in roots:
        for path, data in _files(root / "datasets"):
            _add(library.datasets, data["key"], Dataset(data["key"], data["kind"], _columns(data)), path)
        for _, data in _files(root / "lists"):
            library.lists.append((data["dataset"], *split_table(data["rows"])))
        for path, data in _files(root / "views"):
            _add(library.views, data["key"], _view(data), path)
        for path, data in _files(root / "models"):
            if path.name != "pack.toml":
                _add(library.models, data["id"], _model(data), path)
    return library


def _files(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.toml")):
        try:
            yield path, tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path.name}: {error}") from error


def _add(into: dict[str, Any], key: str, item: Any, path: Path) -> None:
    if key in into:
        raise ValueError(f"{path.name}: {key} is already taken")
    into[key] = item


def _columns(data: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["type"] for column in data["column"]}


def _cases(data: dict[str, Any]) -> list[Case]:
    def case(raw: dict[str, Any]) -> Case:
        rest = {key: value for key, value in raw.items() if key != "with"}
        return Case(with_=raw.get("with", {}), **rest)

    return [case(raw) for raw in data.get("case", [])]


def _view(data: dict[str, Any]) -> View:
    reads, reads_any = data.get("reads", []), data.get("reads_any", [])
    return View(data["key"], _columns(data), data["sql"], reads, reads_any, _cases(data))


def _model(data: dict[str, Any]) -> Model:
    return Model(
        id=data["id"],
        status=data["status"],
        level=data["level"],
        sql=data["query"]["sql"],
        reads=data.get("reads", []),
        reads_any=data.get("reads_any", []),
        params=data.get("param", {}),
        cases=_cases(data),
    )
