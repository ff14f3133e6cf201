"""A program as a child process: its seconds of the processor and its peak memory, by itself.

    link_child.py USE.json LOG MEMORY SECONDS PROGRAM ARGUMENT...

A process of its own between the benchmark and the program, because the system counts the memory of whoever starts a program to the program's own
peak, and this one is small. USE.json says what the program used; at MEMORY bytes or after SECONDS it is asked to stop.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

GIB = 1 << 30


class Bounds(NamedTuple):
    """What a child may use before it is asked to stop; `space` is a limit of the address space that the system keeps."""

    memory: int = 12 * GIB
    seconds: int = 20 * 60
    space: int | None = None


class Use(NamedTuple):
    """What a child used. `stopped` says why it was ended, where it was."""

    cpu: float
    wall: float
    peak: int
    stopped: str = ""

    def cells(self) -> list[str]:
        return [f"{self.cpu:.1f}", f"{self.wall:.1f}", f"{self.peak / (1 << 20):.0f}"]


def run(order: list[str], log: Path, bounds: Bounds = Bounds()) -> Use:
    """Runs a program to its end, or to its bounds. What it says goes to `log`."""
    if bounds.space:
        order = ["prlimit", f"--as={bounds.space}", *order]
    use = log.with_suffix(".json")
    watch = [sys.executable, "-S", __file__, str(use), str(log), str(bounds.memory), str(bounds.seconds)]
    subprocess.run([*watch, *order], check=True)
    return Use(**json.loads(use.read_text()))


def resident(pid: int) -> int:
    """Bytes that a process holds in memory now."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def watched(order: list[str], log: Path, memory: int, seconds: int) -> Use:
    begun = time.monotonic()
    with open(log, "wb") as said:
        child = subprocess.Popen(order, stdout=said, stderr=said)
    stopped = ""
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if resident(child.pid) > memory:
            stopped = stopped or f"more than {memory / GIB:.0f} GiB"
        elif time.monotonic() - begun > seconds:
            stopped = stopped or f"more than {seconds // 60} minutes"
        if stopped:
            child.terminate()
        time.sleep(1 if stopped else 0.05)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode and not stopped:
        stopped = f"ended with {child.returncode}: {last_line(log)}"
    return Use(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss * 1024, stopped)


def last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:120] if lines else "said nothing"


def main() -> None:
    use, log, memory, seconds, *order = sys.argv[1:]
    Path(use).write_text(json.dumps(watched(order, Path(log), int(memory), int(seconds))._asdict()))


if __name__ == "__main__":
    main()
