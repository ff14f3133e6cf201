#!/usr/bin/env python3
"""Checks the whole repository: crate boundaries, licences, sizes, and words that must not be committed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Who may depend on what, directly. The architecture as a check: see ARCHITECTURE.md.
FENCES = {
    "datafusion": {"gnomon-engine", "gnomon-lake"},
    "deltalake": {"gnomon-lake"},
    "calamine": {"gnomon-formats"},
    "sea-orm": {"gnomon-store"},
    "sea-orm-migration": {"gnomon-store"},
    "axum": {"gnomon-httpkit", "gnomon-console", "gnomon-api", "gnomon"},
    "askama": {"gnomon-ui"},
    "gnomon-store": {"gnomon-app", "gnomon"},
    "gnomon-engine": {"gnomon-lake", "gnomon"},
    "gnomon-formats": {"gnomon-intake", "gnomon-lake", "gnomon"},
    "gnomon-resolve": {"gnomon-identity", "gnomon"},
    "gnomon-identity": {"gnomon-engine", "gnomon-lake", "gnomon"},
    "gnomon-ties": {"gnomon-lake"},
    "gnomon-intake": {"gnomon-lake"},
    "gnomon-lake": {"gnomon"},
    "gnomon-synth": {"gnomon"},
    "gnomon-console": {"gnomon"},
    "gnomon-api": {"gnomon"},
    "gnomon-connect": {"gnomon-console", "gnomon"},
    "sqlx": {"gnomon-connect"},
    "reqwest": {"gnomon-connect"},
    "object_store": {"gnomon-connect"},
    "utoipa": {"gnomon-api"},
    "gnomon-testkit": set(),  # dev-dependencies only
}
# What a crate may know of the workspace, where that is narrower than the fences say.
ONLY = {
    "gnomon-kernel": set(),
    "gnomon-domain": {"gnomon-kernel"},
    "gnomon-library": {"gnomon-kernel"},
    "gnomon-link": {"gnomon-kernel"},
    "gnomon-resolve": {"gnomon-kernel", "gnomon-link"},
    "gnomon-identity": {"gnomon-kernel", "gnomon-library", "gnomon-link", "gnomon-resolve"},
    "gnomon-ties": {"gnomon-kernel"},
    "gnomon-formats": {"gnomon-kernel", "gnomon-library"},
    "gnomon-intake": {"gnomon-kernel", "gnomon-library", "gnomon-link", "gnomon-formats"},
    "gnomon-ui": {"gnomon-kernel"},
    "gnomon-synth": {"gnomon-kernel"},
}
LICENCES = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CDLA-Permissive-2.0",
    "ISC", "MIT", "MIT-0", "MPL-2.0", "OpenSSL", "Unicode-3.0", "Unlicense", "Zlib", "bzip2-1.0.6",
}
MOST_LINES = 500
FORBIDDEN = [
    (re.compile(r"(^|[^.\w/])/(work|home|root|tmp)/\w"), "a path of one machine"),
    (re.compile(r"crates-io\.\w|registry\.npm|pypi\.\w+\.\w|index\.crates"), "a registry's host name"),
    (re.compile(r"\b(todo|unimplemented)!\("), "unfinished code"),
]


def metadata() -> dict:
    done = subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked"], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def boundaries(packages: list[dict], members: set[str]) -> list[str]:
    faults = []
    for package in packages:
        if package["id"] not in members:
            continue
        direct = {dep["name"] for dep in package["dependencies"] if dep["kind"] != "dev"}
        for dependency in sorted(direct):
            allowed = FENCES.get(dependency)
            if allowed is not None and package["name"] not in allowed:
                faults.append(f"{package['name']} may not depend on {dependency}")
        known = ONLY.get(package["name"])
        if known is not None:
            for dependency in sorted(dep for dep in direct if dep.startswith("gnomon-") and dep not in known):
                faults.append(f"{package['name']} may not know {dependency}")
    return faults


def licences(packages: list[dict], members: set[str]) -> list[str]:
    faults = []
    for package in packages:
        if package["id"] in members:
            continue
        text = (package["license"] or "").replace("/", " OR ")
        # One of the choices must be wholly allowed.
        choices = [re.split(r"\s+AND\s+", choice.strip("() ")) for choice in re.split(r"\s+OR\s+", text)]
        fine = any(all(part.strip("() ") in LICENCES for part in choice) for choice in choices)
        if not fine:
            faults.append(f"{package['name']} {package['version']}: licence {package['license']!r}")
    return faults


def tree() -> list[str]:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.split("\n")
    faults = []
    for name in filter(None, files):
        path = ROOT / name
        if name in ("Cargo.lock", "scripts/check-tree.py") or path.suffix in (".png", ".woff2") or not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        if path.suffix == ".rs" and len(lines) > MOST_LINES:
            faults.append(f"{name}: {len(lines)} lines, at most {MOST_LINES}")
        for number, line in enumerate(lines, 1):
            for pattern, what in FORBIDDEN:
                if pattern.search(line):
                    faults.append(f"{name}:{number}: {what}: {line.strip()[:80]}")
    return faults


def main() -> int:
    data = metadata()
    members = set(data["workspace_members"])
    faults = boundaries(data["packages"], members) + licences(data["packages"], members) + tree()
    for fault in faults:
        print(fault)
    print(f"{len(data['packages'])} packages, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
