"""Volume for docs/benchmarks.md: a file of many gigabytes, a table of many rows, small files gathered, pushes a second.

    python benches/volume.py --gnomon BIN --out DIR [--gigabytes 5] [--rows 100000000] [--gather 48] [--rates 50,200,800]

Everything is made here: payments to numbers of the fictional province. Prints Markdown.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench import duck_convert, timed  # noqa: E402

DATASET = "resident_pension_payment"
HEADER = "person_id,person_name,region_code,month,basic_part,personal_part,amount,account_no,account_holder_id,account_holder_name,pay_date,batch_no,certified_date"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(n: int) -> str:
    """A valid number; another for each n below 100 million."""
    day, sequence = divmod(n, 1000)
    body = f"870121{1920 + day // 336 % 100}{day // 28 % 12 + 1:02}{day % 28 + 1:02}{sequence:03}"
    body = f"{870101 + n // 33_600_000:06}{body[6:]}"
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, body)) % 11]


def payments(people: range, months: list[str]) -> list[str]:
    lines = []
    for n in people:
        who = number(n)
        rest = f"{n % 90 + 10}.50,{n % 40 + 20}.00,{n % 130 + 31}.50,99999{n:011},{who},某{chr(0x4E00 + n % 2000)}"
        for month in months:
            lines.append(f"{who},某{chr(0x4E00 + n % 2000)},870121001001,{month},{rest},{month}-15,B{month},\n")
    return lines


def months(count: int) -> list[str]:
    return [f"{2021 + at // 12}-{at % 12 + 1:02}" for at in range(count)]


def write_file(path: Path, size: float, first: int, each: list[str]) -> tuple[int, int]:
    """Writes payments until the file has this size; rows and the next person."""
    rows, person = 0, first
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        while file.tell() < size:
            lines = payments(range(person, person + 2000), each)
            file.writelines(lines)
            rows += len(lines)
            person += 2000
    return rows, person


def one_large_file(binary: str, out: Path, gigabytes: float) -> None:
    print(f"\n### One file of {gigabytes:g} GB\n")
    path = out / "large.csv"
    rows, _ = write_file(path, gigabytes * 1e9, 0, months(36))
    size = path.stat().st_size / 1e6
    wall, cpu, peak, _ = timed([binary, "intake", DATASET, str(path), "--dir", str(out / "large"), "--format", "json"])
    linking = linking_alone(binary, out / "large", out / "nothing")
    clock, duck = duck_convert([str(path)], out / "duck.parquet")
    stored = sum(file.stat().st_size for file in (out / "large" / "lake" / DATASET).glob("*.parquet")) / 1e6
    print("| rows | MB | wall s | rows/s | MB/s | CPU s | of it linking | DuckDB wall s | CPU s | ratio by the clock | of CPU | without linking | peak MiB | stored MB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    ratios = f"{wall / clock:.1f} | {cpu / duck:.1f} | {(cpu - linking) / duck:.1f}"
    print(f"| {rows:,} | {size:,.0f} | {wall:.0f} | {rows / wall:,.0f} | {size / wall:.0f} | {cpu:.1f} | {linking:.1f} | {clock:.1f} | {duck:.1f} | {ratios} | {peak / 1024:,.0f} | {stored:,.0f} |", flush=True)
    path.unlink()
    shutil.rmtree(out / "large")


def linking_alone(binary: str, data: Path, nothing: Path) -> float:
    """CPU seconds of the linking that each intake ends with: taking in an empty folder links again what no longer is linked."""
    shutil.rmtree(data / "lake" / "_identities")
    (data / "lake" / "_identities").mkdir()
    nothing.mkdir(exist_ok=True)
    _, cpu, _, _ = timed([binary, "intake", "--folder", str(nothing), "--dir", str(data), "--format", "json"])
    return cpu


def known_rows(binary: str, out: Path, gigabytes: float) -> None:
    """A file delivered once more with one row more: all others are refused as known."""
    print(f"\n### A file of {gigabytes:g} GB, all of whose rows are known\n")
    path, data = out / "known.csv", str(out / "known")
    rows, person = write_file(path, gigabytes * 1e9, 0, months(36))
    intake = lambda: timed([binary, "intake", DATASET, str(path), "--dir", data, "--format", "json"])  # noqa: E731
    intake()
    with path.open("a", encoding="utf-8") as file:
        file.writelines(payments(range(person, person + 1), ["2021-01"]))
    wall, cpu, peak, _ = intake()
    print("| rows refused | wall s | CPU s | peak MiB |\n|---|---|---|---|")
    print(f"| {rows:,} | {wall:.0f} | {cpu:.1f} | {peak / 1024:,.0f} |", flush=True)
    path.unlink()
    shutil.rmtree(data)


def many_rows(binary: str, out: Path, rows: int) -> None:
    """A table that grows by a file of three years of some people, then small deliveries and pushes into it."""
    print(f"\n### {rows:,} rows in one table\n")
    data, person, done = out / "rows", 0, 0
    intake = lambda path: timed([binary, "intake", DATASET, str(path), "--dir", str(data), "--format", "json"])  # noqa: E731
    path = out / "part.csv"
    print("| rows so far | wall s of the last file | its rows/s | CPU s | peak MiB | stored MB |")
    print("|---|---|---|---|---|---|")
    while done < rows:
        more, person = write_file(path, 2e9, person, months(36))
        wall, cpu, peak, _ = intake(path)
        done += more
        stored = sum(file.stat().st_size for file in (data / "lake" / DATASET).glob("*.parquet")) / 1e6
        print(f"| {done:,} | {wall:.0f} | {more / wall:,.0f} | {cpu:.0f} | {peak / 1024:,.0f} | {stored:,.0f} |", flush=True)
    print("\n| then a delivery of | of which known | wall s | CPU s | peak MiB |\n|---|---|---|---|---|")
    for count, known in [(28, 14), (28_000, 14_000)]:
        with path.open("w", encoding="utf-8") as file:
            file.writelines([HEADER + "\n", *payments(range(known), ["2021-01"]), *payments(range(person, person + count - known), ["2021-01"])])
        person += count
        wall, cpu, peak, _ = intake(path)
        print(f"| {count:,} | {known:,} | {wall:.1f} | {cpu:.1f} | {peak / 1024:,.0f} |", flush=True)
    path.unlink()
    pushes(binary, data, [5, 20], person)
    shutil.rmtree(data)


def gathered(binary: str, out: Path, deliveries: int) -> None:
    """Deliveries of half a million rows; some of them end with small files becoming one."""
    print(f"\n### {deliveries} deliveries of 500,000 rows, and those that gathered files\n")
    data, path, person = out / "gathered", out / "part.csv", 0
    table = data / "lake" / DATASET
    print("| delivery | rows so far | files gathered | their MB | wall s | CPU s | of the one before | CPU s | MB of the folder with the old ones |")
    print("|---|---|---|---|---|---|---|---|---|")
    before, commits = (0.0, 0.0), set()
    for at in range(1, deliveries + 1):
        with path.open("w", encoding="utf-8") as file:
            file.writelines([HEADER + "\n", *payments(range(person, person + 13_889), months(36))])
        person += 13_889
        wall, cpu, _, _ = timed([binary, "intake", DATASET, str(path), "--dir", str(data), "--format", "json"])
        new = set(table.glob("_delta_log/*.json")) - commits
        commits |= new
        removed = [action["remove"]["path"] for commit in new for action in map(json.loads, commit.read_text().splitlines()) if "remove" in action]
        if removed:
            size = sum((table / name).stat().st_size for name in removed) / 1e6
            stored = sum(file.stat().st_size for file in table.glob("*.parquet")) / 1e6
            print(f"| {at} | {at * 13_889 * 36:,} | {len(removed)} | {size:,.0f} | {wall:.1f} | {cpu:.1f} | {before[0]:.1f} | {before[1]:.1f} | {stored:,.0f} |", flush=True)
        before = (wall, cpu)
    path.unlink()
    shutil.rmtree(data)


def pushes(binary: str, data: Path, rates: list[int], first: int, seconds: int = 20) -> None:
    print("\n### Pushes of one row each, 16 connections\n")
    data.mkdir(exist_ok=True)
    (data / "gnomon.toml").write_text('[sharing]\nagreement = "free"\n')
    issued = subprocess.run(
        [binary, "token", "add", "--label", "bench", "--dataset", DATASET, "--days", "2", "--dir", str(data)],
        check=True, capture_output=True, encoding="utf-8",
    )
    token = issued.stdout.strip().splitlines()[-1]
    server = subprocess.Popen([binary, "serve", "--dir", str(data), "--listen", "127.0.0.1:18081"], stderr=subprocess.DEVNULL)
    print("| asked for a second | answered a second | answer p50 ms | answer p99 ms | visible after p50 s | p99 s |")
    print("|---|---|---|---|---|---|")
    try:
        time.sleep(3)
        for rate in rates:
            answered = push_at(token, rate, seconds, first)
            first += rate * seconds + 1000
            print_pushes(data, rate, seconds, answered)
    finally:
        server.terminate()
        server.wait()


def push_at(token: str, rate: int, seconds: int, first: int) -> dict[str, tuple[float, float]]:
    """Receipts with when they were answered and how long that took."""
    answered: dict[str, tuple[float, float]] = {}
    workers = 16
    begun = time.time() + 0.2

    def work(worker: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", 18081)
        for at in range(worker, rate * seconds, workers):
            time.sleep(max(0.0, begun + at / rate - time.time()))
            if time.time() > begun + seconds * 1.5:
                return
            row = {"person_id": number(first + at), "person_name": "某甲", "month": "2024-01", "amount": "120.50"}
            sent = time.time()
            connection.request("POST", f"/api/v1/datasets/{DATASET}/rows", json.dumps([row]), {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
            answer = connection.getresponse()
            body = json.loads(answer.read())
            if answer.status == 202:
                answered[body["receipt"]] = (time.time(), time.time() - sent)
        connection.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered


def print_pushes(data: Path, rate: int, seconds: int, answered: dict[str, tuple[float, float]]) -> None:
    settled: dict[str, float] = {}
    for _ in range(120):
        with sqlite3.connect(f"file:{data / 'gnomon.db'}?mode=ro", uri=True) as store:
            for receipt, at in store.execute("select id, settled_at from receipt"):
                settled[receipt] = datetime.fromisoformat(at.replace(" ", "T")).replace(tzinfo=timezone.utc).timestamp()
        if all(receipt in settled for receipt in answered):
            break
        time.sleep(1)
    waits = sorted(settled[receipt] - at for receipt, (at, _) in answered.items() if receipt in settled)
    took = sorted(took * 1000 for _, took in answered.values())
    share = lambda values, part: values[min(len(values) - 1, int(len(values) * part))] if values else 0.0  # noqa: E731
    lost = len(answered) - len(waits)
    note = f" ({lost} not visible)" if lost else ""
    print(f"| {rate} | {len(answered) / seconds:.0f}{note} | {share(took, 0.5):.0f} | {share(took, 0.99):.0f} | {share(waits, 0.5):.2f} | {share(waits, 0.99):.2f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gnomon", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--gather", type=int, default=48)
    parser.add_argument("--rates", default="50,200,400,800")
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    print(f"{os.cpu_count()} processors.")
    pushes(options.gnomon, options.out / "pushes", [int(rate) for rate in options.rates.split(",")], 0)
    shutil.rmtree(options.out / "pushes")
    if options.gigabytes:
        one_large_file(options.gnomon, options.out, options.gigabytes)
        known_rows(options.gnomon, options.out, options.gigabytes / 12.5)
    if options.gather:
        gathered(options.gnomon, options.out, options.gather)
    if options.rows:
        many_rows(options.gnomon, options.out, options.rows)


if __name__ == "__main__":
    main()
