#!/bin/sh
# Three gateways with 256 MB each and a Redis, all on this machine, and 500 listeners that check every sample: all nodes are restarted one
# after the other, Redis is killed, a node is cut off from it, and a node is killed. Fails if a listener misses or repeats a sample of what was
# published. Needs the jar (mvn -DskipTests package), Node 20, Linux; takes four minutes; relay a C compiler too.
#
#     scripts/cluster.sh                                  # with the Redis of the tests
#     REDIS=/usr/bin/redis-server scripts/cluster.sh      # with another one
#     REDIS=distribution scripts/cluster.sh               # with that of the distribution, brought into target (scripts/redis.sh)
#     LISTENERS=100 scripts/cluster.sh rolling cut-off    # some of it: rolling, redis-emptied, redis-kept, cut-off, owner-killed
#     scripts/cluster.sh relay                            # the time and the costs that a node's distance adds: on a quiet machine
set -eu
cd "$(dirname "$0")/.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25) || { echo "no JDK 25 was found" >&2; exit 1; }
export JAVA_HOME
if [ "${REDIS:-}" = distribution ]; then
    REDIS=$(scripts/redis.sh)
    export REDIS
fi
ulimit -n "$(ulimit -H -n)"
[ "${1:-}" = relay ] && exec node scripts/lab/relay.mjs
exec node scripts/lab/cluster.mjs "$@"
