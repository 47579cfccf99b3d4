#!/usr/bin/env bash
# Shows that the gates of the build can close: plants a fault for each, in a copy of the tree, and looks whether the build fails, and for that
# reason. Prints a line a gate; ends with 1 if one let its fault pass. Arguments go to Maven:
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
audio=src/main/java/dev/stentor/audio
arguments=("$@")
let_pass=0

# A copy without faults. `small` keeps one room and no tests, which is enough for the compiler and quick.
fresh() {
    rm -rf "$tree" && cp -a "$work/clean" "$tree" && cd "$tree" || exit 1
    find src/test/java -name '*.java' ! -path '*/deploy/*' ! -name ArchitectureTest.java ! -path '*/testing/package-info.java' -delete
    if [ "${1:-}" = small ]; then
        rm -r src/test/java
        find src/main/java -name '*.java' ! -path '*/stentor/audio/*' ! -path '*/stentor/package-info.java' -delete
    fi
}

# Runs Maven in the copy; the browser's tests are not what is asked here.
build() {
    mvn -B -ntp -Dstyle.color=never -Dexec.skip=true ${arguments[@]+"${arguments[@]}"} "$@" >"$log" 2>&1 </dev/null
    status=$?
}

# closed GATE PATTERN…: the last build failed, and its output has all of the patterns.
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
    # The last pattern is the one that names the fault.
    printf 'closed  %-44s %s\n' "$gate" "$(grep -oE -- "${!#}" "$log" | head -n 1 | cut -c1-100)"
}

# plant FILE: a source file, from standard input.
plant() {
    mkdir -p "$(dirname "$1")" && cat >"$1"
}

# plant_dependency: one more in the pom, from standard input.
plant_dependency() {
    local text
    text=$(cat)
    awk -v text="$text" '/^  <\/dependencies>/ { print text } { print }' pom.xml >pom.planted && mv pom.planted pom.xml
}

# --- Without a fault, everything passes.
fresh
build test -Dtest='ArchitectureTest,dev.stentor.deploy.*Test'
if [ "$status" -ne 0 ]; then
    echo "The build fails without any fault:"
    grep -E '^\[ERROR\]' "$log" | head -n 20
    exit 1
fi
echo "passed  without a fault"

# --- What the build needs.
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
# The root's marking does not reach into packages below it.
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

# --- Tests: one build, since each fault has a test of its own that must fail.
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
        // A leak is told when a buffer is made after the collection of one that was lost.
        for (int i = 0; i < 20; i++) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
        }
    }
}
JAVA
sed -i.bak 's/imagePullPolicy:/imagePulPolicy:/' k8s/base/deployment.yaml
sed -i.bak 's/port: 8080/port: 8081/' k8s/base/service.yaml
sed -i.bak 's/^USER .*/USER 10002:10002/' Dockerfile
rm k8s/base/*.bak
build test -Dspotless.check.skip=true -Dtest='ArchitectureTest,Planted*Test,dev.stentor.deploy.*Test'
failed='.*<<< (FAILURE|ERROR)!'
closed "ArchUnit: arrow that the map has not" "ArchitectureTest\.arrowsGoOnlyWhereTheMapHasThem$failed" 'PlantedEdge.*dev\.stentor\.speech\.Voice'
closed "ArchUnit: room that the map has not" "ArchitectureTest\.everyPackageIsARoomOfTheMap$failed" 'attic'
closed "ArchUnit: library that the room may not use" "ArchitectureTest\.roomsUseOnlyTheirLibraries$failed" 'PlantedLibrary.*reactor\.core\.publisher\.Mono'
closed "ArchUnit: class open for inheritance" "ArchitectureTest\.classesAreClosedForInheritance$failed" 'dev\.stentor\.audio\.PlantedOpen'
closed "ArchUnit: blocking call" "ArchitectureTest\.nothingBlocks$failed" 'PlantedWait\.waits.*Thread\.sleep'
closed "BlockHound: blocking where nothing may" "PlantedBlockingTest\.sleepsWhereNothingMayBlock$failed" 'Blocking call! java\.lang\.Thread\.sleep'
closed "Manifests: unknown field" "ManifestsTest\.aResourceIsWhatKubernetesKnows$failed" 'imagePulPolicy'
closed "Manifests: wrong port" "ManifestsTest\.thePortsAgree$failed" 'expected: 80[0-9]+'
closed "Manifests: image and pod differ in the user" "DeployedApplicationTest\.theImageRunsAsTheUserOfThePod$failed" '10002:10002'

# --- Netty's leak detector speaks up, and that is all it does: it ends no build.
if grep -qE "PlantedLeakTest\.neverReleases$failed" "$log"; then
    printf 'closed  %-44s %s\n' "leak detector" "PlantedLeakTest fails"
elif grep -q 'LEAK: ByteBuf.release() was not called' "$log"; then
    printf 'told    %-44s %s\n' "leak detector" "logs LEAK and fails nothing: not a gate"
else
    printf 'silent  %-44s %s\n' "leak detector" "the leak was not seen: not a gate"
fi
exit "$let_pass"
