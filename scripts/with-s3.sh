#!/bin/sh
# with-s3.sh CMD...: runs CMD with a throw-away S3 server (moto), its address in GNOMON_TEST_S3.
# Where moto is not installed (oracle/requirements.txt), says so and runs CMD without: the tests then skip that part.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 CMD..." >&2; exit 2; }

server=$(dirname "$0")/../target/venv/bin/moto_server
[ -x "$server" ] || server=$(command -v moto_server || true)
if [ -z "$server" ]; then
    echo "moto is not installed (no moto_server found): the tests with an S3 server are skipped." >&2
    unset GNOMON_TEST_S3
    exec "$@"
fi

dir=$(mktemp -d -t gnomon-s3.XXXXXX)
pid=""
stop() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Port 0: the system chooses one that is free, and the server says which.
"$server" -H 127.0.0.1 -p 0 >"$dir/log" 2>&1 &
pid=$!
tries=0
until address=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' "$dir/log"); do
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ] || ! kill -0 "$pid" 2>/dev/null; then cat "$dir/log" >&2; exit 1; fi
    sleep 0.5
done

export GNOMON_TEST_S3="$address"
status=0
"$@" || status=$?
exit "$status"
