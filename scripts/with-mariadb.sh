#!/bin/sh
# with-mariadb.sh CMD...: runs CMD with a throw-away MariaDB, its address in GNOMON_TEST_MARIADB.
# Where MariaDB's programs are not installed, says so and runs CMD without: the tests then skip that part.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 CMD..." >&2; exit 2; }

server=""
for found in mariadbd /usr/sbin/mariadbd /usr/libexec/mariadbd; do
    if command -v "$found" >/dev/null 2>&1; then server=$(command -v "$found"); break; fi
done
if [ -z "$server" ] || ! command -v mariadb-install-db >/dev/null 2>&1; then
    echo "MariaDB is not installed (no mariadbd found): its part of the tests is skipped." >&2
    unset GNOMON_TEST_MARIADB
    exec "$@"
fi

dir=$(mktemp -d -t gnomon-my.XXXXXX)

# MariaDB refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
    owner=nobody
    if id mysql >/dev/null 2>&1; then owner=mysql; fi
    chown "$owner" "$dir"
    as_owner() { (cd "$dir" && exec setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups -- "$@"); }
else
    owner=$(id -un)
    as_owner() { (cd "$dir" && exec "$@"); }
fi

pid=""
stop() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_owner mariadb-install-db --no-defaults --datadir="$dir/data" --auth-root-authentication-method=normal \
    --skip-test-db >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
# Accounts with passwords, made before the server is there for anybody: one for the tests, one that only reads.
cat >"$dir/init.sql" <<'SQL'
create user 'gnomon'@'%' identified by 'gnomon-test';
grant all on *.* to 'gnomon'@'%' with grant option;
SQL
# A socket in the directory: no port to collide with. Nothing is to be kept, so nothing is synced.
as_owner "$server" --no-defaults --datadir="$dir/data" --socket="$dir/socket" --pid-file="$dir/pid" --skip-networking \
    --innodb-flush-log-at-trx-commit=0 --init-file="$dir/init.sql" >>"$dir/log" 2>&1 &
pid=$!
tries=0
until as_owner mariadb-admin --no-defaults --socket="$dir/socket" --user=gnomon --password=gnomon-test ping >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ] || ! kill -0 "$pid" 2>/dev/null; then cat "$dir/log" >&2; exit 1; fi
    sleep 0.5
done
# The tests run as somebody else than the server.
chmod 755 "$dir"

export GNOMON_TEST_MARIADB="mysql://gnomon@localhost/?socket=$dir/socket"
status=0
"$@" || status=$?
exit "$status"
