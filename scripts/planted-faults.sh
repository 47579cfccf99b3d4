#!/usr/bin/env bash
# Shows that the gates of the build work. For each gate it plants a fault in a copy of the tree, and checks that the build fails for that
# reason. Prints one line for each gate. Ends with 1 if a gate let its fault pass. Arguments are passed to Maven:
#
#     scripts/planted-faults.sh -o
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. scripts/jdk25.sh
JAVA_HOME=$(jdk25) || { echo "no JDK 25 found: install one, or set JAVA25_HOME to its folder" >&2; exit 1; }
export JAVA_HOME

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/clean"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$work/clean" || exit 1

tree=$work/tree
log=$work/log
house=src/main/java/dev/stentor
audio=$house/audio
map=src/test/java/dev/stentor/ArchitectureTest.java
arguments=("$@")
let_pass=0

# Makes a copy without faults. `small` keeps one room and no tests: enough for the compiler, and fast.
fresh() {
    rm -rf "$tree" && cp -a "$work/clean" "$tree" && cd "$tree" || exit 1
    # Keeps the tests of the house as a whole, those of deploy, and what the check for leaks needs.
    find src/test/java -name '*.java' \( -path '*/stentor/*/*' -o ! -path '*/stentor/*' \) \
        ! -path '*/deploy/*' ! -path '*/testing/package-info.java' ! -path '*/testing/Leak*.java' -delete
    if [ "${1:-}" = small ]; then
        rm -r src/test/java
        rm -r src/main/mary
        find src/main/java -name '*.java' ! -path '*/stentor/audio/*' ! -path '*/stentor/package-info.java' -delete
    fi
}

# Runs Maven in the copy, without the player's tests.
build() {
    mvn -B -ntp -Dstyle.color=never -Dexec.skip=true ${arguments[@]+"${arguments[@]}"} "$@" >"$log" 2>&1 </dev/null
    status=$?
}

# closed GATE PATTERN…: checks that the last build failed, and that its output has all of the patterns.
closed() {
    local gate=$1 pattern
    shift
    if [ "$status" -eq 0 ]; then
        printf 'OPEN    %-44s the build passed\n' "$gate"
        let_pass=1
        return
    fi
    for pattern in "$@"; do
        if ! grep -qE -- "$pattern" "$log"; then
            printf 'OPEN    %-44s the build failed, but without: %s\n' "$gate" "$pattern"
            grep -E '^\[ERROR\]' "$log" | head -n 5
            let_pass=1
            return
        fi
    done
    # The last pattern names the fault.
    printf 'closed  %-44s %s\n' "$gate" "$(grep -oE -- "${!#}" "$log" | head -n 1 | cut -c1-100)"
}

# plant FILE: writes a source file from standard input.
plant() {
    mkdir -p "$(dirname "$1")" && cat >"$1"
}

# plant_dependency: adds a dependency to the pom from standard input.
plant_dependency() {
    local text
    text=$(cat)
    awk -v text="$text" '/^  <\/dependencies>/ { print text } { print }' pom.xml >pom.planted && mv pom.planted pom.xml
}

# --- Without a fault, everything must pass.
fresh
# PublicSurfaceTest also compares its exceptions with the tests of other rooms, which are deleted here.
walls='ArchitectureTest,HouseMapTest,HouseTest,ProseTest,SoundUnitsTest,PublicSurfaceTest#nothing*'
build test -Dtest="$walls,dev.stentor.deploy.*Test"
if [ "$status" -ne 0 ]; then
    echo "The build fails without any fault:"
    grep -E '^\[ERROR\]' "$log" | head -n 20
    exit 1
fi
echo "passed  without a fault"

# --- Requirements of the build.
fresh small
sed -i.bak 's/<version>\[3\.8\.7,)</<version>[99,)</' pom.xml
build validate
closed "enforcer: Maven's version" 'Stentor builds with Maven'

fresh small
plant_dependency <<'POM'
<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency>
POM
build validate
closed "enforcer: dependency named twice" 'BanDuplicatePomDependencyVersions failed'

fresh small
plant_dependency <<'POM'
<dependency>
  <groupId>com.google.errorprone</groupId><artifactId>error_prone_annotations</artifactId><version>${errorprone.version}</version>
</dependency>
POM
build validate
closed "enforcer: two versions of a dependency" 'DependencyConvergence failed'

# --- Format.
fresh small
plant $audio/Planted.java <<'JAVA'
package dev.stentor.audio;

final class Planted { private Planted() {} }
JAVA
build process-test-classes
closed "Spotless: format" 'Planted\.java' 'format violations'

# --- Compiler.
compile() {
    build compile -Dspotless.check.skip=true
}

fresh small
plant $audio/Planted.java <<'JAVA'
package dev.stentor.audio;

record Planted(int rate) {
    boolean same(byte[] left, byte[] right) {
        return left.equals(right);
    }
}
JAVA
compile
closed "ErrorProne: arrays compared by identity" '^\[ERROR\].*\[ArrayEquals\]' '\[ArrayEquals\].*'

fresh small
plant $audio/Planted.java <<'JAVA'
package dev.stentor.audio;

import reactor.core.publisher.Mono;

record Planted(int rate) {
    Mono<Integer> later() {
        return Mono.just(rate);
    }

    void forgets() {
        later();
    }
}
JAVA
compile
closed "ErrorProne: forgotten Mono" '^\[ERROR\].*\[CheckReturnValue\]' '\[CheckReturnValue\].*'

fresh small
plant $audio/Planted.java <<'JAVA'
package dev.stentor.audio;

record Planted(int rate) {
    String name() {
        return null;
    }
}
JAVA
compile
closed "NullAway: null where there is none" '^\[ERROR\].*\[NullAway\]' '\[NullAway\].*'

fresh small
plant $audio/bare/Planted.java <<'JAVA'
package dev.stentor.audio.bare;

record Planted(int rate) {}
JAVA
# A package's marking does not apply to the packages below it.
compile
closed "RequireExplicitNullMarking: bare package" '^\[ERROR\].*\[RequireExplicitNullMarking\]' '\[RequireExplicitNullMarking\].*'

fresh small
plant $audio/Planted.java <<'JAVA'
package dev.stentor.audio;

import java.util.List;

record Planted(int rate) {
    int count(List rates) {
        return rates.size();
    }
}
JAVA
compile
closed "javac: lint is an error" '\[rawtypes\] found raw type' 'warnings found and -Werror specified'

# --- Tests: one build for all faults, because each fault makes another test fail.
fresh
plant $audio/PlantedEdge.java <<'JAVA'
package dev.stentor.audio;

record PlantedEdge(dev.stentor.speech.Voice voice) {}
JAVA
plant $audio/PlantedLibrary.java <<'JAVA'
package dev.stentor.audio;

record PlantedLibrary(reactor.core.publisher.Mono<String> later) {}
JAVA
plant $audio/PlantedOpen.java <<'JAVA'
package dev.stentor.audio;

class PlantedOpen {}
JAVA
plant $audio/PlantedWait.java <<'JAVA'
package dev.stentor.audio;

record PlantedWait(int rate) {
    void waits() throws InterruptedException {
        Thread.sleep(rate);
    }
}
JAVA
plant src/main/java/dev/stentor/attic/PlantedRoom.java <<'JAVA'
package dev.stentor.attic;

record PlantedRoom(int rate) {}
JAVA
plant src/main/java/dev/stentor/attic/package-info.java <<'JAVA'
@org.jspecify.annotations.NullMarked
package dev.stentor.attic;
JAVA
plant $audio/PlantedPublic.java <<'JAVA'
package dev.stentor.audio;

public record PlantedPublic(int rate) {}
JAVA
plant $audio/Speech.java <<'JAVA'
package dev.stentor.audio;

record Speech(int rate) {}
JAVA
plant $audio/Queue.java <<'JAVA'
package dev.stentor.audio;

record Queue(int rate) {}
JAVA
plant $house/codec/PlantedSamples.java <<'JAVA'
package dev.stentor.codec;

record PlantedSamples(int millis) {
    int samples() {
        return millis * 24;
    }
}
JAVA
plant $audio/PlantedRiddles.java <<JAVA
package dev.stentor.audio;

interface PlantedRiddles {
$(for i in $(seq 251); do printf '    /** What it is. */\n    int of%d();\n' "$i"; done)
}
JAVA
sed -i.bak -e 's/Map.entry("text", List.of())/Map.entry("text", List.of("clock"))/' \
    -e 's/Map.entry("codec", List.of("Concentus"))/Map.entry("codec", List.of("Concentus", "SLF4J"))/' $map
sed -i.bak 's/May use: /May use: nothing, /' $house/clock/package-info.java
sed -i.bak '/^| `clock` |/d' ARCHITECTURE.md
plant src/test/java/dev/stentor/testing/PlantedBlockingTest.java <<'JAVA'
package dev.stentor.testing;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class PlantedBlockingTest {
    @Test
    void sleepsWhereNothingMayBlock() {
        Mono<Integer> sleeping = Mono.fromCallable(() -> {
            Thread.sleep(10);
            return 1;
        });
        StepVerifier.create(sleeping.subscribeOn(Schedulers.parallel())).expectNext(1).verifyComplete();
    }
}
JAVA
plant src/test/java/dev/stentor/testing/PlantedLeakTest.java <<'JAVA'
package dev.stentor.testing;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class PlantedLeakTest {
    @Test
    void neverReleases() {
        for (int i = 0; i < 100; i++) {
            var leaked = PooledByteBufAllocator.DEFAULT.directBuffer(64);
            leaked.writeByte(i);
        }
        // A leak is reported when a buffer is created after a lost one was collected.
        for (int i = 0; i < 20; i++) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
        }
    }
}
JAVA
sed -i.bak 's/imagePullPolicy:/imagePulPolicy:/' k8s/base/deployment.yaml
sed -i.bak 's/port: 8080/port: 8082/' k8s/base/service.yaml
sed -i.bak 's/^USER .*/USER 10002:10002/' Dockerfile
rm k8s/base/*.bak
build test -Dspotless.check.skip=true -Dtest="$walls,Planted*Test,dev.stentor.deploy.*Test"
failed='.*<<< (FAILURE|ERROR)!'
closed "ArchUnit: arrow that the map has not" "ArchitectureTest\.arrowsGoOnlyWhereTheMapHasThem$failed" 'PlantedEdge.*dev\.stentor\.speech\.Voice'
closed "ArchUnit: room that the map has not" "ArchitectureTest\.everyPackageIsARoomOfTheMap$failed" 'attic'
closed "ArchUnit: library that the room may not use" "ArchitectureTest\.roomsUseOnlyTheirLibraries$failed" 'PlantedLibrary.*reactor\.core\.publisher\.Mono'
closed "ArchUnit: class open for inheritance" "ArchitectureTest\.classesAreClosedForInheritance$failed" 'dev\.stentor\.audio\.PlantedOpen'
closed "ArchUnit: blocking call" "ArchitectureTest\.nothingBlocks$failed" 'PlantedWait\.waits.*Thread\.sleep'
closed "ArchUnit: door that nobody uses" "ArchitectureTest\.everyDoorIsUsed$failed" 'text -> clock'
closed "ArchUnit: library that nobody uses" "ArchitectureTest\.everyLibraryIsUsed$failed" 'codec -> SLF4J'
closed "map: package-info that says otherwise" "HouseMapTest\.everyPackageInfoNamesWhatItsRoomUses$failed" 'nothing, none; none'
closed "map: room that ARCHITECTURE.md has not" 'HouseMapTest\.theTableInArchitectureIsTheMap.*<<< (FAILURE|ERROR)!'
closed "public without a user in another room" "PublicSurfaceTest\.nothingIsPublicWithoutAUserInAnotherRoom$failed" 'audio\.PlantedPublic'
closed "name of two things" "HouseTest\.oneSimpleNameMeansOneThing$failed" '"?Speech"?=\[?"audio'
closed "name that hides one of the JDK" "HouseTest\.noNameHidesOneThatEverybodyKnows$failed" 'audio\.Queue hides java\.util\.Queue'
closed "file with more than 250 code lines" "HouseTest\.noFileHidesAMissingConcept$failed" 'PlantedRiddles\.java: [0-9]+ code lines'
closed "sound unit as a number outside audio" "SoundUnitsTest\.nobodyOutsideAudioWritesThemAsNumbers$failed" 'PlantedSamples\.java:5: return millis \* 24;'
closed "Javadoc that has to be read twice" "ProseTest\.hardlyAnyBlockOpensWithARiddle$failed" 'PlantedRiddles\.java:[0-9]+: What it is\.'
closed "BlockHound: blocking where nothing may" "PlantedBlockingTest\.sleepsWhereNothingMayBlock$failed" 'Blocking call! java\.lang\.Thread\.sleep'
closed "leak check: buffer that nobody releases" 'PlantedLeakTest.*<<< (FAILURE|ERROR)!' 'buffers were not given back'
closed "Manifests: unknown field" "ManifestsTest\.aResourceIsWhatKubernetesKnows$failed" 'imagePulPolicy'
closed "Manifests: wrong port" "ManifestsTest\.thePortsAgree$failed" 'expected: 80[0-9]+'
closed "Manifests: image and pod differ in the user" "DeployedApplicationTest\.theImageRunsAsTheUserOfThePod$failed" '10002:10002'

exit "$let_pass"
