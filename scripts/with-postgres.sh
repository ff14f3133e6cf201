#!/bin/sh
# with-postgres.sh CMD...: runs CMD with a throw-away PostgreSQL, its address in GNOMON_TEST_PG.
# Where PostgreSQL's programs are not installed, says so and runs CMD without: the tests then skip that half.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 CMD..." >&2; exit 2; }

bin=""
if command -v initdb >/dev/null 2>&1; then
    bin=$(dirname "$(command -v initdb)")
else
    for found in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
        [ -x "$found/initdb" ] && bin=$found
    done
fi
if [ -z "$bin" ]; then
    echo "PostgreSQL is not installed (no initdb found): its half of the tests is skipped." >&2
    unset GNOMON_TEST_PG
    exec "$@"
fi

dir=$(mktemp -d -t gnomon-pg.XXXXXX)

# PostgreSQL refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
    owner=nobody
    if id postgres >/dev/null 2>&1; then owner=postgres; fi
    chown "$owner" "$dir"
    as_owner() { (cd "$dir" && setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups -- "$@"); }
else
    as_owner() { (cd "$dir" && "$@"); }
fi

stop() {
    as_owner "$bin/pg_ctl" --pgdata="$dir/data" --mode=immediate --silent stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_owner "$bin/initdb" --pgdata="$dir/data" --username=gnomon --auth=trust --encoding=UTF8 --no-sync >"$dir/log" 2>&1 ||
    { cat "$dir/log" >&2; exit 1; }
# Only a socket in the directory: no port to collide with, nobody else can connect. No fsync: nothing is to be kept.
as_owner "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/data/server.log" --wait --silent \
    --options="-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off -c max_connections=200" start ||
    { cat "$dir/data/server.log" >&2; exit 1; }

export GNOMON_TEST_PG="postgres://gnomon@localhost/postgres?host=$dir"
status=0
"$@" || status=$?
exit "$status"
