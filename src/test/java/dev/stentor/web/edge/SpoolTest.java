package dev.stentor.web.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class SpoolTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final List<ByteBuf> buffers = new ArrayList<>();
    private final Spool spool = new Spool(
            2,
            Duration.ofMillis(300),
            Schedulers.boundedElastic(),
            Schedulers.parallel(),
            () -> Files.createTempFile(folder, "upload", ""));

    /** Checks that no file, no place and no buffer is left, whatever happened. */
    @AfterEach
    void nothingIsLeft() {
        Awaitility.await().until(() -> spool.files() == 0 && files().isEmpty());
        Awaitility.await().until(() -> buffers.stream().allMatch(buffer -> buffer.refCnt() == 0));
    }

    @Test
    void whatIsWrittenCanBeReadAgain() {
        String text = "0123456789".repeat(5_000);
        StepVerifier.create(spool.use(file -> file.write(upload(text.substring(0, 7), text.substring(7)), 50_000)
                        .flatMap(bytes -> file.content()
                                .collect(ByteArrayOutputStream::new, (all, part) -> all.writeBytes(bytes(part)))
                                .zipWith(file.read(in -> bytes + " " + (char) in.read())))))
                .assertNext(both -> {
                    assertThat(both.getT1().toString(UTF_8)).isEqualTo(text);
                    assertThat(both.getT2()).isEqualTo("50000 0");
                })
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aByteTooManyEndsTheUpload() {
        StepVerifier.create(spool.use(file -> file.write(upload("abc", "def", "ghi"), 5)))
                .expectError(DataBufferLimitException.class)
                .verify(LIMIT);
        assertThat(files()).isEmpty();
    }

    @Test
    void anUploadThatStandsStillIsGivenUp() {
        StepVerifier.create(spool.use(file -> file.write(upload("abc").concatWith(Flux.never()), 5)))
                .expectError(TimeoutException.class)
                .verify(LIMIT);
    }

    @Test
    void everyPartThatCannotBeStoredIsAnError() {
        Spool full = SpoolFiles.onAFullDisk(folder);
        Mono<Long> failed = Flux.range(0, 50)
                .concatMap(_ -> full.use(file -> file.write(upload("abc"), 5))
                        .thenReturn(false)
                        .onErrorReturn(StorageException.class, true))
                .filter(isError -> isError)
                .count();
        StepVerifier.create(failed).expectNext(50L).expectComplete().verify(LIMIT);
    }

    @Test
    void whoLeavesBeforeAPartIsWrittenLeavesNoBuffer() {
        var tasks = new ArrayDeque<Runnable>();
        var slow = new Spool(
                2,
                Duration.ofSeconds(1),
                Schedulers.fromExecutor(tasks::add),
                Schedulers.parallel(),
                () -> Files.createTempFile(folder, "upload", ""));
        Disposable use = slow.use(file -> file.write(upload("abc"), 5)).subscribe();
        tasks.removeFirst().run();
        use.dispose();
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
        assertThat(slow.files()).isZero();
    }

    @Test
    void moreThanItsFilesAreToldToComeBack() {
        Sinks.Empty<String> hold = Sinks.empty();
        Disposable first = spool.use(_ -> hold.asMono()).subscribe();
        Disposable second = spool.use(_ -> hold.asMono()).subscribe();
        StepVerifier.create(spool.use(_ -> Mono.just("third")))
                .expectErrorSatisfies(error ->
                        assertThat(((SpeechException) error).failure()).isInstanceOf(SpeechFailure.Throttled.class))
                .verify(LIMIT);
        first.dispose();
        Awaitility.await().until(() -> spool.files() == 1);
        StepVerifier.create(spool.use(_ -> Mono.just("third")))
                .expectNext("third")
                .expectComplete()
                .verify(LIMIT);
        second.dispose();
    }

    @Test
    void whoLeavesLeavesNothingBehind() {
        Disposable use = spool.use(file -> file.write(upload("abc").concatWith(Flux.never()), 5))
                .subscribe();
        Awaitility.await().until(() -> !files().isEmpty());
        use.dispose();
    }

    @Test
    void whoLeavesWhileTheFileIsMadeLeavesNothingBehind() {
        var tasks = new ArrayDeque<Runnable>();
        var use = Disposables.swap();
        var slow =
                new Spool(2, Duration.ofSeconds(1), Schedulers.fromExecutor(tasks::add), Schedulers.parallel(), () -> {
                    Path file = Files.createTempFile(folder, "upload", "");
                    use.dispose();
                    return file;
                });
        var _ = use.update(slow.use(_ -> Mono.never()).subscribe());
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
        assertThat(files()).isEmpty();
        assertThat(slow.files()).isZero();
    }

    private Flux<DataBuffer> upload(String... parts) {
        var factory = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);
        return Flux.just(parts).map(part -> {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(part.getBytes(UTF_8));
            buffers.add(buffer);
            return factory.wrap(buffer);
        });
    }

    private static byte[] bytes(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        return bytes;
    }

    private Set<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
