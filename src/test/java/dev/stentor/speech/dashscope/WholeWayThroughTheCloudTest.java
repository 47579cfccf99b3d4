package dev.stentor.speech.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.speech.upstream.Failover;
import dev.stentor.speech.upstream.Upstream;
import dev.stentor.speech.upstream.UpstreamSettings;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.SpelledOut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Long texts over real HTTP, through all decorators of the engine, without any error that can be heard. */
class WholeWayThroughTheCloudTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Divisor of all waits: pauses between attempts become 4 and 8 ms. */
    private static final int FASTER = 32;

    @Test
    void aLongTextIsCompleteAndInOrderAlthoughEveryThirdPartFails() throws IOException {
        String text = SpelledOut.text(20_000);
        var cloud = new StubbornCloud();
        Heard heard = heard(cloud, text);
        assertThat(heard.failure()).isNull();
        assertThat(heard.bytes()).isEqualTo(SpelledOut.of(text).length);
        assertThat(cloud.failures()).isGreaterThanOrEqualTo(10);
        Receipt receipt = Objects.requireNonNull(heard.receipt());
        assertThat(receipt.samples()).isEqualTo(heard.bytes() / 2);
        assertThat(receipt.file()).isNull();
    }

    /**
     * Takes three calls for the part: one request, one vain attempt to fetch the rest before it is heard, and one that counts.
     */
    @Test
    void aPartThatNobodyHeardIsSpokenAnewEvenByAVoiceThatNeverRepeatsItself() throws IOException {
        String text = SpelledOut.text(500);
        SpeechRequest request = SpeechRequest.of(text);
        var third = new CountDownLatch(3);
        var heard = new AtomicLong();
        byte[] sounding = SpelledOut.of("0123456789".repeat(40));
        ScriptedServer.Script script = connection -> {
            for (boolean goesOn = true; goesOn; ) {
                String body = connection.nextRequest().body();
                boolean breaks = body.contains("sentence 10,");
                byte[] sound = sounding.clone();
                sound[7] = (byte) third.getCount();
                connection.write(Wire.chunked() + Wire.chunk(Wire.result(Wire.sound(sound))));
                if (breaks) {
                    third.countDown();
                }
                goesOn = !breaks || third.getCount() == 0;
                if (goesOn) {
                    connection.write(Wire.chunk(Wire.result(Wire.STOP)) + Wire.lastChunk());
                }
            }
        };
        var timer = Schedulers.newSingle("impatient");
        try (var server = ScriptedServer.playing(script);
                var engine = Stage.engine(server.baseUrl(), Schedulers.parallel())) {
            StepVerifier.create(
                            way(engine, timer, TextLimit.characters(200))
                                    .speak(request)
                                    .audio()
                                    .doOnNext(buffer -> heard.addAndGet(buffer.remaining())),
                            1)
                    .expectNextCount(1)
                    .then(() -> await(third))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(_ -> true)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(server.requests().stream().filter(sent -> sent.body().contains("sentence 10,")))
                    .hasSize(3);
            assertThat(heard).hasValue((server.requests().size() - 2L) * sounding.length);
        } finally {
            timer.dispose();
        }
    }

    @Test
    void aVoiceThatNeverRepeatsItselfEndsHonestlyWhereItBrokeOff() throws IOException {
        byte[] first = SpelledOut.of("A text that fits into one request, and breaks off.".repeat(10));
        var takes = new AtomicLong();
        ScriptedServer.Script eachTimeAnother = connection -> {
            connection.readRequest();
            byte[] sound = first.clone();
            sound[10] ^= (byte) takes.getAndIncrement();
            connection.write(Wire.chunked() + Wire.chunk(Wire.result(Wire.sound(sound))));
        };
        try (var server = ScriptedServer.playing(eachTimeAnother)) {
            var heard = listen(server, SpeechRequest.of("Short."), first);
            assertThat(heard.failure())
                    .isInstanceOfSatisfying(
                            SpeechFailure.Truncated.class,
                            cut -> assertThat(cut.samples()).isEqualTo(first.length / 2));
            assertThat(heard.bytes()).isEqualTo(first.length);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void twoHundredThousandCharactersTakeNoMoreThanThreeCallsAtOnce() throws IOException {
        String text = SpelledOut.text(200_000);
        var cloud = new StubbornCloud();
        Heard heard = heard(cloud, text);
        assertThat(heard.failure()).isNull();
        assertThat(heard.bytes()).isEqualTo(SpelledOut.of(text).length);
        assertThat(cloud.mostAnswering()).isLessThanOrEqualTo(4);
        assertThat(heard.marks()).hasSizeGreaterThan(200);
    }

    private record Heard(
            long bytes,
            @Nullable SpeechFailure failure,
            @Nullable Receipt receipt,
            List<SegmentMark> marks) {}

    private static Heard heard(StubbornCloud cloud, String text) throws IOException {
        try (var server = ScriptedServer.playing(cloud)) {
            return listen(server, SpeechRequest.of(text), SpelledOut.of(text));
        }
    }

    private static LongText way(DashScopeEngine engine, Scheduler timer, TextLimit limit) {
        var settings = new UpstreamSettings("stub", List.of(), 4, 0, 8, Duration.ofSeconds(5), 3);
        var upstream = new Upstream(engine, settings, _ -> true, new Impatient(timer, FASTER), CallStats.NONE, () -> 0);
        return new LongText(
                new Failover(List.of(upstream)),
                _ -> limit,
                LongText.AHEAD,
                LongText.Recorder.NONE,
                SoundBound.STANDARD,
                () -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Compares while the sound arrives, so that the test holds no more than the gateway does. */
    private static Heard listen(ScriptedServer server, SpeechRequest request, byte[] expected) {
        var timer = Schedulers.newSingle("impatient");
        try (var engine = Stage.engine(server.baseUrl(), Schedulers.parallel())) {
            Speech speech = way(engine, timer, TextLimit.characters(600)).speak(request);
            var bytes = new AtomicLong();
            var heard = speech.audio().doOnNext(buffer -> {
                int from = (int) bytes.getAndAdd(buffer.remaining());
                assertThat(buffer).isEqualTo(ByteBuffer.wrap(expected, from, buffer.remaining()));
            });
            SpeechFailure failure = null;
            Receipt receipt = null;
            try {
                heard.blockLast(LIMIT);
                receipt = speech.receipt().block(LIMIT);
            } catch (SpeechException failed) {
                failure = failed.failure();
            }
            List<SegmentMark> marks =
                    Objects.requireNonNull(speech.marks().collectList().block(LIMIT));
            return new Heard(bytes.get(), failure, receipt, marks);
        } finally {
            timer.dispose();
        }
    }
}
