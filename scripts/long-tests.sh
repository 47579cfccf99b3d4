#!/usr/bin/env bash
# Runs the long forms of tests that `mvn verify` runs in a short form: ten minutes of speech over music, and a million mixed frames.
# Takes about 15 minutes. Arguments are passed on to Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25)
export JAVA_HOME
mvn -B -ntp verify -Dtest=MixerMemoryTest -Dit.test=MixIT -Dsurefire.failIfNoSpecifiedTests=false \
    -Dstentor.mix.frames=1000000 -Dstentor.mix.seconds=600 "$@"
