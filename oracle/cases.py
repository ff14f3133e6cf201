"""Runs the cases of every view and model on DuckDB, and on DataFusion where its wheel is installed.

    python oracle/cases.py --gnomon BIN [--library DIR]... [KEY-OR-ID-PREFIX]...

Asks the product who is who among the rows of each case (`BIN model given`): models read tables under the numbers to go by.
Nothing but numbers and names of persons and organisations may differ from what the case says. Prints what differs and a count; exits 1 when a case fails.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

import binding
import values
from duck import Duck
from library import Aligned, Case, Library, Model, View, load, split_table

BUILT_IN = Path(__file__).resolve().parent.parent / "library"


class Engine(Protocol):
    """What runs a query over tables."""

    name: str

    def run(self, sql: str, tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
        """The rows of one query, as names and values."""
        ...


def engines() -> list[Engine]:
    """DuckDB always, DataFusion if it is there."""
    found: list[Engine] = [Duck()]
    try:
        from fusion import Fusion
    except ModuleNotFoundError:
        return found
    return [*found, Fusion()]


class Keys:
    """The tables of cases as the product has models read them."""

    def __init__(self, binary: Path, libraries: Sequence[Path]) -> None:
        roots = [word for root in libraries for word in ("--library", str(root))]
        words = [str(binary), "model", "given", "--format", "jsonl", *roots]
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8")
        self._tables: dict[tuple[str, str, str], Aligned] = {}
        for raw in map(json.loads, done.stdout.splitlines()):
            self._tables[raw["model"], raw["case"], raw["table"]] = raw["columns"], raw["rows"]
        self.cells = 0

    def read(self, library: Library, owner: str, case: Case, table: str) -> Aligned:
        """One table of a case under resolved keys."""
        names, written = split_table(case.given[table])
        read_names, read = self._tables[owner, case.name, table]
        if read_names != names or len(read) != len(written):
            raise ValueError(f"{table}: the product reads another table")
        for before, after in zip(written, read, strict=True):
            changed = {name for name, old, new in zip(names, before, after, strict=True) if old != new}
            if other := changed - library.identities(table):
                raise ValueError(f"{table}: the product reads another {', '.join(sorted(other))}")
            self.cells += len(changed)
        return names, read


def case_tables(library: Library, key: str, owner: Model | View, case: Case, keys: Keys) -> dict[str, pa.Table]:
    """The tables a case gives, and empty ones for the datasets it does not."""
    tables = {name: values.table(*keys.read(library, key, case, name), library.schema(name)) for name in case.given}
    for name in library.datasets_behind(owner.reads + owner.reads_any, stop=tables) - set(tables):
        tables[name] = values.table([], [], library.schema(name))
    return tables


def case_sql(library: Library, owner: Model | View, case: Case) -> str:
    """The query under test. A view given as a table is not computed."""
    if isinstance(owner, Model):
        literals = binding.file_literals(owner, case.with_)
        return binding.bound_sql(library, owner, literals, case.as_of, stop=case.given)
    return binding.with_views(library, owner.reads + owner.reads_any, owner.sql, stop=case.given)


def difference(owner: Model | View, case: Case, rows: list[dict[str, Any]]) -> str | None:
    """What the rows differ in from what the case expects; `None` when nothing."""
    names, expected = split_table(case.expect)
    if isinstance(owner, Model):
        rows = [row | {"level": row.get("level") or owner.level} for row in rows]
        keys = Counter((row["subject"], row["dedupe"]) for row in rows)
        if repeated := [key for key, times in keys.items() if times > 1 or None in key]:
            return f"subject and dedupe must be filled and unique: {repeated[:3]}"
    if missing := [name for name in names if rows and name not in rows[0]]:
        return f"not returned: {', '.join(missing)}"
    want = Counter(tuple(values.plain(cell) for cell in row) for row in expected)
    have = Counter(tuple(values.plain(row[name]) for name in names) for row in rows)
    if not names and rows:
        return f"expected silence, found {rows[:3]}"
    if want == have:
        return None
    return f"missing {list((want - have).elements())}, too many {list((have - want).elements())}"


def run_case(engine: Engine, library: Library, key: str, owner: Model | View, case: Case, keys: Keys) -> str | None:
    """What is wrong with one case on one engine; `None` when nothing."""
    try:
        rows = engine.run(case_sql(library, owner, case), case_tables(library, key, owner, case, keys))
    except Exception as error:  # noqa: BLE001  an author wants every fault of a file, not the first
        return str(error).strip()
    return difference(owner, case, rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gnomon", type=Path, required=True, help="the program")
    parser.add_argument("--library", type=Path, action="append", default=[], help="a further root")
    parser.add_argument("only", nargs="*", help="beginning of a model id or view key")
    options = parser.parse_args()
    library = load(BUILT_IN, *options.library)
    owners: dict[str, View | Model] = {**library.views, **library.models}
    keys = Keys(options.gnomon, options.library)
    passed = failed = 0
    for engine in engines():
        for key, owner in owners.items():
            for case in owner.cases if key.startswith(tuple(options.only or [""])) else []:
                fault = None if case.todo else run_case(engine, library, key, owner, case, keys)
                passed, failed = passed + (fault is None), failed + (fault is not None)
                if fault is not None:
                    print(f"{engine.name}: {key}: {case.name}\n    {fault}")
    print(f"{passed} passed, {failed} failed; {keys.cells} cells under another number or name than written")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
