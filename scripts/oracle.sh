#!/bin/sh
# Takes a small county in, runs all models, and has DuckDB check every finding. Usage: oracle.sh BIN PYTHON
set -eu
bin=$1
python=$2
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
for seed in 1 7; do
    "$bin" demo --people 20000 --seed "$seed" --no-serve --dir "$data/$seed" >/dev/null
    "$python" oracle/compare.py --dir "$data/$seed" --gnomon "$bin"
done
