"""Measurements for docs/benchmarks.md, as ratios against DuckDB where it does the same work.

    python benches/bench.py --gnomon BIN --people N --out DIR

DuckDB reads the very files that the product took in, and the very tables it wrote, on the same number of threads, one
after the other. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

import duckdb  # noqa: E402

THREADS = 2


def timed(words: list[str]) -> tuple[float, float, int, str]:
    """Wall seconds, CPU seconds, peak resident KiB, and standard output of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(["/usr/bin/time", "-f", "peak=%M", *words], check=True, capture_output=True, encoding="utf-8")
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    peak = int(re.findall(r"peak=(\d+)", done.stderr)[-1])
    return wall, cpu, peak, done.stdout


def intake(binary: str, county: Path, data: Path) -> None:
    manifest = [json.loads(line) for line in (county / "manifest.jsonl").read_text().splitlines()[1:]]
    by_dataset: dict[str, list[dict]] = {}
    for entry in manifest:
        by_dataset.setdefault(entry["dataset"], []).append(entry)
    print("\n### Taking files in\n")
    print("| dataset | rows | MB | rows/s | gnomon CPU s | DuckDB CSV to Parquet CPU s | ratio | by the clock | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for dataset in ("resident_pension_payment", "social_insurance_contribution", "medins_settlement", "population_register"):
        entries = [entry for entry in by_dataset.get(dataset, []) if entry["encoding"].startswith("utf-8")]
        if not entries:
            continue
        files = [str(county / entry["file"]) for entry in entries]
        rows = sum(entry["rows"] for entry in entries)
        size = sum(os.path.getsize(file) for file in files) / 1e6
        wall, cpu, peak, _ = timed([binary, "intake", dataset, *files, "--dir", str(data / "intake"), "--format", "json"])
        clock, duck = duck_convert(files, data / "duck.parquet")
        print(f"| {dataset} | {rows:,} | {size:.0f} | {rows / wall:,.0f} | {cpu:.1f} | {duck:.1f} | {cpu / duck:.1f} | {wall / clock:.1f} | {peak / 1024:.0f} |")


def duck_convert(files: list[str], out: Path) -> tuple[float, float]:
    """Wall and CPU seconds of the peer on the same files."""
    started, before = time.perf_counter(), time.process_time()
    connection = duckdb.connect(config={"threads": THREADS})
    names = "[" + ",".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
    # Said and not sniffed: quotes first appear far down in some files.
    dialect = "delim=',', quote='\"', escape='\"', header=true, all_varchar=true, union_by_name=true"
    connection.execute(f"copy (select * from read_csv({names}, {dialect})) to '{out}' (format parquet, compression zstd)")
    return time.perf_counter() - started, time.process_time() - before


def models(binary: str, data: Path) -> None:
    wall, cpu, peak, out = timed([binary, "run", "--all", "--dir", str(data), "--format", "json"])
    rows = json.loads(out)
    done = subprocess.run(
        [sys.executable, "oracle/compare.py", "--dir", str(data), "--gnomon", binary], stdout=subprocess.PIPE, encoding="utf-8"
    )
    duck = {}
    for line in done.stdout.splitlines():
        found = re.match(r"([A-Z]{2}-\S+)\s+.*?([\d.]+)\s*$", line)
        if found:
            duck[found[1]] = float(found[2])
    print("\n### Models\n")
    print(f"Whole run: {wall:.1f} s wall, {cpu:.1f} s CPU, peak {peak / 1024:.0f} MiB; findings agree with DuckDB: {done.returncode == 0}.\n")
    print("| model | findings | gnomon s | DuckDB s | ratio |")
    print("|---|---|---|---|---|")
    for row in rows:
        ours, theirs = row["millis"] / 1000, duck.get(row["model"], 0)
        ratio = f"{ours / theirs:.1f}" if theirs else ""
        print(f"| {row['model']} | {row['findings']} | {ours:.2f} | {theirs:.2f} | {ratio} |")
    total = sum(row["millis"] for row in rows) / 1000
    print(f"| all | | {total:.1f} | {sum(duck.values()):.1f} | {total / max(sum(duck.values()), 0.01):.1f} |")


def pages(binary: str, data: Path) -> None:
    if not shutil.which("wrk"):
        print("\nwrk is not here: page latencies were not measured.")
        return
    server = subprocess.Popen([binary, "serve", "--dir", str(data), "--listen", "127.0.0.1:18080"], stderr=subprocess.DEVNULL)
    try:
        base = "http://127.0.0.1:18080"
        cookie = log_in(base)
        print("\n### Pages, 8 connections for 10 s\n")
        print("| page | requests/s | p50 | p99 |")
        print("|---|---|---|---|")
        for name, path in (("dashboard", "/"), ("inbox", "/warnings"), ("inbox, red", "/warnings?level=red"), ("log-in page", "/login")):
            out = subprocess.run(
                ["wrk", "-t1", "-c8", "-d10", "--latency", "-H", f"Cookie: {cookie}", base + path],
                stdout=subprocess.PIPE, encoding="utf-8", check=True,
            ).stdout
            found = [re.search(pattern, out) for pattern in (r"Requests/sec:\s+(\S+)", r"50%\s+(\S+)", r"99%\s+(\S+)")]
            rate, p50, p99 = (one[1] if one else "?" for one in found)
            print(f"| {name} | {rate} | {p50} | {p99} |")
        status = Path(f"/proc/{server.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        print(f"\nServer's peak memory: {int(peak[1]) / 1024 if peak else 0:.0f} MiB.")
    finally:
        server.terminate()
        server.wait()


def log_in(base: str) -> str:
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    for _ in range(60):
        try:
            page = opener.open(base + "/login").read().decode()
            break
        except OSError:
            time.sleep(0.5)
    token = re.search(r'name="csrf"[^>]*value="([^"]+)"', page)[1]
    form = urllib.parse.urlencode({"csrf": token, "name": "duty", "password": "gnomon-duty"}).encode()
    opener.open(base + "/login", form).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gnomon", required=True)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    data = options.out / "data"
    wall, cpu, peak, _ = timed([options.gnomon, "demo", "--people", str(options.people), "--no-serve", "--dir", str(data)])
    print(f"County of {options.people:,} people, files to findings: {wall:.0f} s wall, {cpu:.0f} s CPU, peak {peak / 1024:.0f} MiB (largest process).")
    intake(options.gnomon, data / "county", options.out)
    models(options.gnomon, data)
    pages(options.gnomon, data)


if __name__ == "__main__":
    main()
