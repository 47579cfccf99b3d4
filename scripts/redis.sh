#!/bin/sh
# Brings the distribution's redis-server into target/redis with apt, and prints its path. Nothing is installed. What is there is left alone.
# Needs Debian, or what is made of it: apt-get and dpkg.
#
#     REDIS=$(scripts/redis.sh) scripts/cluster.sh
set -eu
cd "$(dirname "$0")/.."
folder=$PWD/target/redis
fail() { echo "redis: $1" >&2; exit 1; }

if [ ! -x "$folder/redis-server" ]; then
    command -v apt-get >/dev/null && command -v dpkg >/dev/null || fail "apt-get and dpkg are needed."
    mkdir -p "$folder/packages"
    # The server, the program that it is a link to, and the libraries of it that a machine without Redis lacks.
    (cd "$folder/packages" && apt-get -q download redis-server redis-tools libjemalloc2 liblzf1 >../log 2>&1) ||
        fail "the packages could not be brought; see target/redis/log (apt-get update helps, if the lists are old)."
    for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$folder/root"; done
    libraries=$(dirname "$(find "$folder/root" -name 'liblzf.so*' | head -n 1)")
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "'$libraries'" "'$folder/root/usr/bin/redis-server'" >"$folder/starts"
    chmod +x "$folder/starts"
    "$folder/starts" --version >&2 || fail "it does not start here."
    mv "$folder/starts" "$folder/redis-server"
fi
echo "$folder/redis-server"
