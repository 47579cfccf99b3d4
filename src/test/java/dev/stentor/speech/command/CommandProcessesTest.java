package dev.stentor.speech.command;

import static dev.stentor.speech.command.Stage.LIMIT;
import static dev.stentor.speech.command.Stage.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.EngineFault;
import dev.stentor.testing.Heard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Programs that run and programs that wait; no program outlives its listener. */
class CommandProcessesTest {

    @TempDir
    private Path folder;

    @Test
    void cancellingKillsTheProgramAndItsChildrenEvenIfTheyIgnoreRequests() throws Exception {
        Path pids = folder.resolve("pids");
        try (var stubborn = Stage.engine("stubborn", pids.toString())) {
            StepVerifier.create(stubborn.speak(REQUEST).audio(), 1)
                    .expectNextCount(1)
                    .thenCancel()
                    .verify(LIMIT);
            for (String pid : Files.readString(pids).split(" ", -1)) {
                ended(Long.parseLong(pid));
            }
        }
    }

    @Test
    void whoLeavesWhileTheProgramEndsLeavesNoErrorBehind() {
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        try (var staying = Stage.engine("stays")) {
            Disposable listening = staying.speak(REQUEST).audio().subscribe();
            Awaitility.await().atMost(LIMIT).until(() -> anyThreadIsIn("conclude"));
            listening.dispose();
            Awaitility.await().atMost(LIMIT).until(() -> !anyThreadIsIn("next"));
        } finally {
            Hooks.resetOnErrorDropped();
        }
        assertThat(dropped).isEmpty();
    }

    @Test
    void aProgramThatNeverEndsIsTriedForSomeSecondsOfSoundOnly() throws Exception {
        Path pid = folder.resolve("pid");
        try (var endless = Stage.engine("endless", pid.toString())) {
            endless.tryOut();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());
            ended(Long.parseLong(Files.readString(pid)));
        }
    }

    @Test
    void closingKillsWhatRuns() throws Exception {
        Path pids = folder.resolve("pids");
        CommandEngine stubborn = Stage.engine("stubborn", pids.toString());
        var heard = new CompletableFuture<SpeechFailure>();
        var first = new CountDownLatch(1);
        Disposable listening = stubborn.speak(REQUEST)
                .audio()
                .subscribe(_ -> first.countDown(), error -> heard.complete(((SpeechException) error).failure()));
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        stubborn.close();
        assertThat(heard.get(20, TimeUnit.SECONDS)).isInstanceOf(EngineFault.class);
        assertThat(listening.isDisposed()).isTrue();
        for (String pid : Files.readString(pids).split(" ", -1)) {
            ended(Long.parseLong(pid));
        }
        assertThat(Heard.of(stubborn.speak(REQUEST), () -> {}).failure())
                .isEqualTo(new EngineFault("The program that speaks has been shut down."));
    }

    @Test
    void moreThanMayRunWaitAndMoreThanMayWaitAreToldLater() throws Exception {
        Path pids = folder.resolve("pids");
        try (var narrow =
                Stage.engine(Schedulers.parallel(), Stage.settings(Stage.MONO_22, 1, 1, "stubborn", pids.toString()))) {
            var begun = new CountDownLatch(1);
            Disposable first = narrow.speak(REQUEST).audio().subscribe(_ -> begun.countDown());
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            String before = Files.readString(pids);
            var begunToo = new CountDownLatch(1);
            Disposable second = narrow.speak(REQUEST).audio().subscribe(_ -> begunToo.countDown());
            assertThat(Heard.of(narrow.speak(REQUEST), () -> {}).failure())
                    .isInstanceOfSatisfying(
                            SpeechFailure.Throttled.class,
                            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
            assertThat(Files.readString(pids)).isEqualTo(before);
            first.dispose();
            assertThat(begunToo.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(pids)).isNotEqualTo(before);
            second.dispose();
        }
    }

    @Test
    void whoLeavesTheLineMakesRoom() throws Exception {
        try (var narrow = Stage.engine(Schedulers.parallel(), Stage.settings(Stage.MONO_22, 1, 1, "hangs"))) {
            Disposable first = narrow.speak(REQUEST).audio().subscribe();
            Speech waiting = narrow.speak(REQUEST);
            waiting.audio().subscribe().dispose();
            var receipt = waiting.receipt().toFuture().get(20, TimeUnit.SECONDS);
            assertThat(receipt.samples()).isZero();
            first.dispose();
        }
    }

    private static boolean anyThreadIsIn(String method) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals(CommandSpeech.class.getName())
                        && frame.getMethodName().equals(method));
    }

    private static void ended(long pid) throws InterruptedException, ExecutionException, TimeoutException {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            assertThat(process.get().onExit().get(20, TimeUnit.SECONDS).isAlive())
                    .isFalse();
        }
    }
}
