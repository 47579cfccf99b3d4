#!/bin/sh
# Attacks a gateway with a heap of 256 MB as one client without a key can: floods of pings and commands, sockets that never read or never
# end, foreign pages, rubbish; then another one with TLS, with all that HTTP/2 lets a client do. Fails if readiness ever takes longer than
# a second, if one of 20 good listeners loses a sample, or if memory does not come back. Needs the jar (mvn -DskipTests package), Node 20,
# Linux; takes eight minutes, and 12,000 file handles for each of the two processes (HANDSHAKES=1000 needs fewer).
#
#     scripts/attacks.sh                     SECONDS_EACH=5 LIMIT_MS=3000 scripts/attacks.sh    # shorter, on a busy machine
set -eu
cd "$(dirname "$0")/.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25) || { echo "no JDK 25 was found" >&2; exit 1; }
export JAVA_HOME
ulimit -n "$(ulimit -H -n)"
failed=0
SECONDS=${SECONDS_EACH:-20} node scripts/lab/attacks.mjs || failed=1
SECONDS=${SECONDS_EACH:-20} node scripts/lab/attacks.mjs http2 || failed=1
exit "$failed"
