#!/bin/sh
# Takes two small counties in, runs all models, has DuckDB check every finding, and holds the findings against the
# counties' answer keys. Usage: oracle.sh BIN PYTHON
set -eu
bin=$1
python=$2
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
for seed in 1 7; do
    "$bin" demo --people 20000 --seed "$seed" --no-serve --dir "$data/$seed" >/dev/null
    "$python" oracle/compare.py --dir "$data/$seed" --gnomon "$bin"
    "$python" oracle/answers.py --dir "$data/$seed" --gnomon "$bin"
done
"$python" oracle/cases.py --gnomon "$bin"
