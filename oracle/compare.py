"""The oracle: every model's SQL over the same data, on DuckDB and in the product, must give the same findings.

    python oracle/compare.py --dir DATA --gnomon BIN [--library DIR]... [ID-PREFIX]...

Asks the product for the findings of its latest run (`BIN findings`) and for the run date and parameters of each model
(`BIN model sql ID --format json`), reads the Delta tables under DATA by itself, binds the library's SQL by itself, and
compares. Exits 1 on any difference.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import binding
import values
from duck import Duck
from lake import open_lake
from library import Library, Model, load

BUILT_IN = Path(__file__).resolve().parent.parent / "library"
_APART = {"subject", "dedupe", "subject_name", "level", "fen", "happened_on", "region_code"}
_LONG_NUMBER = re.compile(r"\b([0-9A-Z]{6})[0-9A-Z]{5,22}([0-9A-Z]{4})\b")
_MOST_ROWS = 200

# Subject, dedupe, level, fen, evidence, source rows: what must agree.
Finding = tuple[str, str, str, str | None, tuple[tuple[str, str], ...], tuple[int, ...]]


@dataclass
class Outcome:
    """What both sides say about one model."""

    model: str
    here: Counter[Finding] = field(default_factory=Counter)
    there: Counter[Finding] = field(default_factory=Counter)
    seconds: float = 0.0
    note: str = ""

    @property
    def only_here(self) -> list[Finding]:
        """Found by DuckDB alone."""
        return sorted((self.here - self.there).elements(), key=str)

    @property
    def only_there(self) -> list[Finding]:
        """Found by the product alone."""
        return sorted((self.there - self.here).elements(), key=str)


class Product:
    """The program under test, asked through its command line."""

    def __init__(self, binary: Path, data: Path, libraries: Iterable[Path]) -> None:
        roots = [word for root in libraries for word in ("--library", str(root))]
        self._binary = str(binary)
        self._tail = ["--dir", str(data), *roots]

    def findings(self) -> dict[str, Counter[Finding]]:
        """The findings of the latest run, by model."""
        found: dict[str, Counter[Finding]] = {}
        for line in self._ask("findings", "--run", "latest", "--format", "jsonl").splitlines():
            raw = json.loads(line)
            found.setdefault(raw["model"], Counter())[_there(raw)] += 1
        return found

    def binding(self, model: str) -> tuple[str, dict[str, Any]]:
        """The run date and parameter values of one model."""
        raw = json.loads(self._ask("model", "sql", model, "--format", "json"))
        return raw["as_of"], raw["params"]

    def _ask(self, *words: str) -> str:
        done = subprocess.run([self._binary, *words, *self._tail], check=True, stdout=subprocess.PIPE, encoding="utf-8")
        return done.stdout


def _there(raw: dict[str, Any]) -> Finding:
    """A finding as the product prints it. A source row names its place as `batch:sheet:line`."""
    rows = []
    for reference in raw["rows"]:
        batch, sheet, line = map(int, reference["row"].split(":"))
        rows.append(batch << 32 | sheet << 27 | line)
    return _finding(raw, raw["evidence"], rows, raw["level"])


def _here(row: dict[str, Any], default_level: str) -> Finding:
    """A finding as a row of DuckDB's answer."""
    references: set[int] = set()
    evidence = {}
    for name, value in row.items():
        if name.endswith(("_row", "_rows")):
            many = value if isinstance(value, list) else [value]
            references.update(int(one) for one in many if one is not None)
        elif name not in _APART:
            evidence[name] = value
    return _finding(row, evidence, sorted(references)[:_MOST_ROWS], row.get("level") or default_level)


def _finding(raw: dict[str, Any], evidence: dict[str, Any], rows: list[int], level: str) -> Finding:
    cells = {name: values.plain(value) for name, value in evidence.items()}
    filled = tuple(sorted((name, cell) for name, cell in cells.items() if cell is not None))
    return raw["subject"], raw["dedupe"], level, values.plain(raw.get("fen")), filled, tuple(rows)


def judge(duck: Duck, library: Library, model: Model, product: Product, filled: set[str]) -> Outcome:
    """Runs one model on DuckDB. A model that lacks data must be silent on both sides."""
    outcome = Outcome(model.id)
    if not library.can_speak(model, filled):
        outcome.note = "lacks data"
        return outcome
    as_of, params = product.binding(model.id)
    sql = binding.bound_sql(library, model, binding.run_literals(model, params), as_of)
    started = time.perf_counter()
    rows = duck.rows(sql)
    outcome.seconds = time.perf_counter() - started
    outcome.here = Counter(_here(row, model.level) for row in rows)
    return outcome


def report(outcomes: list[Outcome]) -> bool:
    """Prints a line per model and a few differing findings with masked numbers. Whether all agree."""
    print(f"{'model':<12} {'duckdb':>8} {'gnomon':>8} {'only duckdb':>12} {'only gnomon':>12} {'seconds':>8}")
    for one in outcomes:
        counts = (one.here.total(), one.there.total(), len(one.only_here), len(one.only_there))
        here, there, only_here, only_there = counts
        print(f"{one.model:<12} {here:>8} {there:>8} {only_here:>12} {only_there:>12} {one.seconds:>8.2f} {one.note}")
    for one in outcomes:
        for side, findings in (("duckdb", one.only_here), ("gnomon", one.only_there)):
            for finding in findings[:3]:
                print(f"{one.model}: only {side}: {_masked(finding)}")
    return not any(one.only_here or one.only_there for one in outcomes)


def _masked(finding: Finding) -> str:
    return _LONG_NUMBER.sub(r"\1…\2", str(finding))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, required=True, help="the data directory")
    parser.add_argument("--gnomon", type=Path, required=True, help="the program")
    parser.add_argument("--library", type=Path, action="append", default=[], help="a further root")
    parser.add_argument("only", nargs="*", help="beginning of a model id")
    options = parser.parse_args()
    library = load(BUILT_IN, *options.library)
    product = Product(options.gnomon, options.dir, options.library)
    there = product.findings()
    duck = Duck()
    filled = open_lake(duck, library, options.dir)
    chosen = [
        model
        for model in sorted(library.models.values(), key=lambda model: model.id)
        if model.status in ("stable", "trial") and model.id.startswith(tuple(options.only or [""]))
    ]
    outcomes = []
    for model in chosen:
        outcome = judge(duck, library, model, product, filled)
        outcome.there = there.get(model.id, Counter())
        outcomes.append(outcome)
    agree = report(outcomes)
    print("all agree" if agree else "they differ")
    return 0 if agree and outcomes else 1


if __name__ == "__main__":
    sys.exit(main())
