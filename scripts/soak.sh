#!/bin/sh
# Mixed load with faults for an hour: five channels that speak without end through a service that is refused, cut, slow or garbage one time
# in eight; listeners that stay, come and go, or never read; floods and rubbish; callers of the compatible API that hang up. All but the
# rubbish show a key, whose use is counted and limited, and traces are on. Prints each minute what the process takes, and at the end what
# leaked, was lost or failed. Exit code 1 if anything did.
# Needs the jar (mvn -DskipTests package), Node 20, Linux.
#
#     scripts/soak.sh                        MINUTES=5 scripts/soak.sh
set -eu
cd "$(dirname "$0")/.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25) || { echo "no JDK 25 was found" >&2; exit 1; }
export JAVA_HOME
exec node scripts/lab/soak.mjs
