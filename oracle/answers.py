"""The demo county judges the models: planted problems are to be found, honest look-alikes to be left alone.

    python oracle/answers.py --dir DATA --gnomon BIN

Reads the answer key that lies beside the county's files and the findings of the latest run. Prints a row per model. Exits
1 when a look-alike was reported, or a model missed most of what was planted for it. Some misses are right: a settlement
by face after a recorded death is a sign of life, and the models then say nothing against the person.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def findings(binary: Path, data: Path) -> dict[str, list[set[str]]]:
    """What each finding names, by model: its subject, the parts of its dedupe key, and its evidence. The answer key names a
    problem as its department would, by person or by contract; a model may be about one and name the other."""
    words = [str(binary), "findings", "--dir", str(data), "--format", "jsonl"]
    out = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    found: dict[str, list[set[str]]] = defaultdict(list)
    for line in out.splitlines():
        raw = json.loads(line)
        named = {raw["subject"], raw["dedupe"], *re.split(r"[:|/+]", raw["dedupe"]), *re.split(r"[:|/+]", raw["subject"])}
        for value in raw["evidence"].values():
            named.update(map(str, value) if isinstance(value, list) else [str(value)])
        found[raw["model"]].append(named)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, required=True, help="the data directory of a demo")
    parser.add_argument("--gnomon", type=Path, required=True, help="the program")
    options = parser.parse_args()
    key: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"problem": set(), "look_alike": set()})
    also: dict[tuple[str, str], set[str]] = {}
    for line in (options.dir / "county" / "answers.jsonl").read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        if answer.get("optional"):
            continue  # a side effect of another planted problem
        key[answer["model"]][answer["kind"]].add(answer["subject"])
        also[answer["model"], answer["subject"]] = {answer["subject"], *answer.get("related", [])}
    found = findings(options.gnomon, options.dir)
    faults = 0
    print(f"{'model':<12} {'planted':>8} {'found':>8} {'look-alikes':>12} {'reported':>9} {'others':>8}")
    for model in sorted(key.keys() | found.keys()):
        planted, alike = key[model]["problem"], key[model]["look_alike"]
        subjects = set().union(*found[model])
        # A subject may be a problem under one fact and a look-alike under another; then it is rightly found.
        reported = (alike & subjects) - planted
        missed = {subject for subject in planted if not also[model, subject] & subjects}
        faults += len(reported) + (2 * len(missed) > len(planted))
        others = sum(not named & (planted | alike) for named in found[model])
        print(f"{model:<12} {len(planted):>8} {len(planted - missed):>8} {len(alike):>12} {len(reported):>9} {others:>8}")
        for subject in sorted(missed)[:3]:
            print(f"  missed: {subject[:6]}…{subject[-4:]}")
        for subject in sorted(reported)[:3]:
            print(f"  honest and reported: {subject[:6]}…{subject[-4:]}")
    print("the county is satisfied" if faults == 0 else f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
