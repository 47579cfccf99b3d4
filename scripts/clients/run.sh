#!/bin/sh
# Plays the clients that people already use against a gateway with the embedded voice, each in an environment of its own, with pinned
# versions, on its defaults and with options. Judges the sound with ffmpeg, and writes docs/clients.md. Ends with 1 if a client failed.
# Needs the jar (mvn -DskipTests package), Node 20 and ffmpeg; what else a client needs is told in its row if it is not installed.
#
#     scripts/clients/run.sh                     ONLY="curl go" scripts/clients/run.sh    # some of them; the table stays as it is
#     KEEP=1 scripts/clients/run.sh              # keeps target/clients, where the clients are installed, for the next run
set -eu
cd "$(dirname "$0")/../.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25) || { echo "no JDK 25 was found" >&2; exit 1; }
export JAVA_HOME
exec node scripts/clients/matrix.mjs
