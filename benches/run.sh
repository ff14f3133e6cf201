#!/bin/sh
# Measures intake, models, pages and memory on a fictional county, beside DuckDB on the same data in the same run.
# Usage: run.sh BIN PYTHON; PEOPLE=1000000 by default.
set -eu
exec "$2" benches/bench.py --gnomon "$1" --people "${PEOPLE:-1000000}" --out target/bench
