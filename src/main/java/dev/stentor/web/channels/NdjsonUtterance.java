package dev.stentor.web.channels;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.channel.TextProgress;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.speech.SilenceTimeout;
import dev.stentor.web.edge.BodyBytes;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.channel.AbortedException;
import reactor.util.retry.Retry;

/**
 * A reader of a text that is spoken while its request still arrives, as NDJSON: the first line is the utterance, each further
 * line a piece of its text. The body is read no faster than the channel accepts text. When the body ends, for whatever reason,
 * the text ends.
 */
final class NdjsonUtterance {

    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);

    private final Function<UtteranceBody, UtteranceRequest> reading;
    private final Scheduler timer;

    /** A line that is not blank. */
    private static final class Line {
        /** The number of the line in the body, from 1. */
        private final long line;
        /** The number among the lines that are not blank, from 0. */
        private final long number;

        private final byte[] json;

        private Line(long line, long number, byte[] json) {
            this.line = line;
            this.number = number;
            this.json = json;
        }

        <T> T parse(Class<T> type) {
            return located(() -> JsonBody.parse(json, type));
        }

        <T> T located(Supplier<T> reading) {
            try {
                return reading.get();
            } catch (ProblemException wrong) {
                throw wrong.atLine(line);
            }
        }

        Throwable located(Throwable error) {
            return Refusals.translate(error) instanceof ProblemException wrong ? wrong.atLine(line) : error;
        }
    }

    /**
     * Creates a reader.
     *
     * @param reading function that checks and converts the first line
     * @param timer timer for the pauses between lines; not owned
     */
    NdjsonUtterance(Function<UtteranceBody, UtteranceRequest> reading, Scheduler timer) {
        this.reading = reading;
        this.timer = timer;
    }

    /**
     * Speaks a body, and emits the utterance when the whole body has arrived. Fails with {@link ProblemException} that names the
     * wrong line.
     *
     * @param channel channel to speak on; opened when the first line has been read
     * @param patience longest time without a line
     */
    Mono<Utterance> spoken(Flux<DataBuffer> body, Mono<Channel> channel, Duration patience) {
        return lines(body, patience)
                .switchOnFirst((first, all) -> {
                    Line utterance = first.get();
                    if (utterance == null) {
                        return all.then(Mono.<Utterance>error(
                                () -> Problem.of(HttpStatus.BAD_REQUEST, "MalformedBody", "The body has no lines.")
                                        .exception()));
                    }
                    UtteranceBody fields = utterance.parse(UtteranceBody.class);
                    UtteranceRequest asked = utterance.located(() -> reading.apply(fields));
                    return channel.flatMap(open -> spoken(open, asked, all.skip(1)));
                })
                .single();
    }

    private static Mono<Utterance> spoken(Channel channel, UtteranceRequest asked, Flux<Line> pieces) {
        return Mono.usingWhen(
                        channel.speak(asked).map(Utterance::id),
                        id -> pieces.concatMap(line -> written(channel, id, line), 1)
                                .then(Mono.just(id)),
                        id -> channel.end(id, null),
                        (id, _) -> channel.end(id, null),
                        id -> channel.end(id, null))
                .flatMap(channel::utterance);
    }

    private static Mono<TextProgress> written(Channel channel, String id, Line line) {
        return Mono.fromCallable(() -> {
                    TextBody piece = line.parse(TextBody.class);
                    return line.located(piece::asLine);
                })
                .flatMap(piece -> channel.write(id, line.number, Objects.requireNonNull(piece.text())))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY_INTERVAL).filter(NdjsonUtterance::isQueueFull))
                .onErrorMap(line::located);
    }

    private static boolean isQueueFull(Throwable error) {
        return error instanceof ChannelException refused
                && (refused.refusal().kind() == ChannelRefusal.Kind.TOO_MUCH_TEXT
                        || refused.refusal().kind() == ChannelRefusal.Kind.TOO_MUCH_SOUND);
    }

    private Flux<Line> lines(Flux<DataBuffer> body, Duration patience) {
        Flux<byte[]> lines = Flux.defer(() -> {
            var splitter = new LineSplitter(MAX_LINE_BYTES);
            return body.map(BodyBytes::copyAndRelease)
                    .concatMapIterable(splitter::lines, 1)
                    .concatWith(Mono.fromSupplier(splitter::rest))
                    .onErrorComplete(AbortedException.class); // the client disconnected: there is nobody to answer
        });
        return new SilenceTimeout(patience, timer)
                .guard(
                        lines,
                        _ -> Problem.of(
                                        HttpStatus.REQUEST_TIMEOUT,
                                        "TextTimedOut",
                                        "No line came for " + patience.toSeconds() + " s; what came before is spoken.")
                                .exception())
                .index()
                .filter(line -> !isBlank(line.getT2()))
                .index((number, line) -> new Line(line.getT1() + 1, number, line.getT2()));
    }

    private static boolean isBlank(byte[] line) {
        for (byte letter : line) {
            if (letter != ' ' && letter != '\t' && letter != '\r') {
                return false;
            }
        }
        return true;
    }
}
