#!/usr/bin/env bash
# Lets Jazzer choose the input of the fuzz tests: it looks at which code an input reaches, and goes on from there. A minute for each test;
# an input that fails is kept in target/fuzz, and ends the run.
#
#     scripts/fuzz.sh                        SECONDS_EACH=600 scripts/fuzz.sh dev.stentor.text.TextFuzzTest#everyTextIsCutIntoPiecesThatStandInIt
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/jdk25.sh
JAVA_HOME=$(jdk25) || { echo "no JDK 25 was found" >&2; exit 1; }
export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
mkdir -p target/fuzz
targets=("$@")
# Those that open sockets are left out: they would reach other code each time that they run.
[ $# -gt 0 ] || targets=(
    dev.stentor.text.TextFuzzTest#everyTextIsCutIntoPiecesThatStandInIt
    dev.stentor.text.TextFuzzTest#aTextThatComesInPiecesLosesNothingButBlanks
    dev.stentor.speech.http.EventStreamFuzzTest#anyBytesAreEventsOfBoundedSizeOrAMalformedAnswer
    dev.stentor.source.SoundFilesFuzzTest#anyBytesAreSoundOfBoundedLoudnessOrAnUnreadableFile
    dev.stentor.source.SoundFilesFuzzTest#anyBytesAreARecordingOrNone
    dev.stentor.web.channels.LinesFuzzTest#anyLinesAreRequestsOrProblemsOfTheClient
)
mvn -B -ntp -q -Pfuzz -DskipTests process-test-classes
for target in "${targets[@]}"; do
    echo "== $target"
    mvn -B -ntp -q -Pfuzz exec:exec@jazzer "-Dfuzz.target=$target" "-Dfuzz.seconds=${SECONDS_EACH:-60}" 2>&1 | grep -v '^INFO: \|	\(NEW\|REDUCE\|pulse\) '
done
