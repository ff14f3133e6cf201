#!/bin/sh
# with-sshd.sh CMD...: runs CMD with a throw-away OpenSSH server that only serves files, its address in GNOMON_TEST_SFTP.
# In the directory of the address: files/ (what is served), known_hosts, key (let in), stranger (another key, not let in).
# Where the programs are not installed, says so and runs CMD without: the tests then skip that part.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 CMD..." >&2; exit 2; }

# By its full path, for it starts itself anew for each session.
server=""
for found in sshd /usr/sbin/sshd; do
    if command -v "$found" >/dev/null 2>&1; then server=$(command -v "$found"); break; fi
done
if [ -z "$server" ] || ! command -v sftp >/dev/null 2>&1 || ! command -v ssh-keygen >/dev/null 2>&1; then
    echo "OpenSSH is not installed (no sshd, sftp or ssh-keygen found): the tests with an SFTP server are skipped." >&2
    unset GNOMON_TEST_SFTP
    exec "$@"
fi

dir=$(mktemp -d -t gnomon-sftp.XXXXXX)
mkdir "$dir/files"
for key in host key stranger; do ssh-keygen -q -t ed25519 -N "" -C "" -f "$dir/$key"; done
cp "$dir/key.pub" "$dir/authorized_keys"

# As root it would need an account and a directory of its own on the machine; as somebody who is on every machine it needs nothing.
owner=$(id -un)
as_owner=""
if [ "$(id -u)" -eq 0 ]; then
    owner=daemon
    chown "$owner" "$dir/host" "$dir/files"
    as_owner="setpriv --reuid $owner --regid $(id -g "$owner") --clear-groups --"
fi
# The server and the tests may be two accounts.
chmod 755 "$dir"

pid=""
stop() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Nothing of the machine's own configuration counts.
cat >"$dir/config" <<CONFIG
ListenAddress 127.0.0.1
HostKey $dir/host
AuthorizedKeysFile $dir/authorized_keys
AuthenticationMethods publickey
StrictModes no
UsePAM no
PidFile none
MaxStartups 100
Subsystem sftp internal-sftp
ForceCommand internal-sftp
CONFIG
# Newer servers send away for a while whoever was not let in; the tests come from one address.
if $as_owner "$server" -t -f "$dir/config" -o PerSourcePenalties=no 2>/dev/null; then
    echo "PerSourcePenalties no" >>"$dir/config"
fi

# It cannot be told to take any port that is free: one is tried after the other.
tries=0
while :; do
    tries=$((tries + 1))
    port=$(shuf -i 20000-60000 -n 1)
    : >"$dir/log"
    $as_owner "$server" -D -e -f "$dir/config" -p "$port" 2>"$dir/log" &
    pid=$!
    until grep -q "Server listening" "$dir/log"; do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    if kill -0 "$pid" 2>/dev/null; then break; fi
    if [ "$tries" -ge 10 ]; then cat "$dir/log" >&2; exit 1; fi
done
echo "[127.0.0.1]:$port $(cat "$dir/host.pub")" >"$dir/known_hosts"

export GNOMON_TEST_SFTP="sftp://$owner@127.0.0.1:$port$dir"
status=0
"$@" || status=$?
exit "$status"
