#!/usr/bin/env bash
# Runs the tests that `mvn verify` runs in a milder form: ten minutes of speech over music, a million mixed frames, forty kills of a gateway,
# and the player's browser tests with so small a lead that only a quiet machine keeps it. Takes about 15 minutes. Arguments are passed on to Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25)
export JAVA_HOME
STENTOR_QUIET_MACHINE=1 mvn -B -ntp verify -Dtest=MixerMemoryTest -Dit.test=KilledAtRandomIT,MixIT,BrowserIT,DifficultCloudIT -Dsurefire.failIfNoSpecifiedTests=false \
    -Dstentor.kills.rounds=40 -Dstentor.mix.frames=1000000 -Dstentor.mix.seconds=600 "$@"
