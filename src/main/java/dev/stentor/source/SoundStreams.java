package dev.stentor.source;

import dev.stentor.mix.SourceBuffer;
import dev.stentor.source.SourceException.Refusal;
import dev.stentor.source.StreamFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * A client that fetches streams over HTTP from addresses that the rules allow. Follows redirects to such addresses. Thread-safe.
 */
public final class SoundStreams {

    private static final int MAX_REDIRECTS = 5;

    private final StreamRules rules;
    private final StreamSettings settings;
    private final SourceStats stats;
    private final Scheduler work;
    private final HttpClient client;

    /** @param work scheduler that decodes and resamples, and runs timers; not owned */
    public SoundStreams(StreamRules rules, StreamSettings settings, SourceStats stats, Scheduler work) {
        this.rules = rules;
        this.settings = settings;
        this.stats = stats;
        this.work = work;
        this.client = HttpClient.create(ConnectionProvider.newConnection())
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "audio/*, application/ogg")
                        .set(HttpHeaderNames.USER_AGENT, "Stentor"));
    }

    /** Throws {@link SourceException} if the address is not allowed. */
    void check(URI address) {
        if (!rules.allows(address)) {
            stats.refused();
            throw new SourceException(
                    Refusal.NOT_ALLOWED, "Streams from this address are not allowed; see gateway.sources.allow.");
        }
    }

    /**
     * Begins to fetch a stream. Throws {@link SourceException} if the address is not allowed; the stream's status tells of all
     * later failures.
     *
     * @param again whether it is fetched again; asked each time it has ended, from any thread
     * @param live whether samples that come too late are skipped; if not, all of them are played
     */
    SoundStream open(URI address, BooleanSupplier again, boolean live) {
        check(address);
        SourceBuffer.Bounds bounds =
                live ? new SourceBuffer.Bounds(2_000, 200, 1_200) : new SourceBuffer.Bounds(5_000, 300, 0);
        return new SoundStream(faulty -> fetch(address, 0, faulty), again, bounds, settings, stats, work);
    }

    /** Returns the samples of one answer. Sends nothing before it is subscribed to. Fails with {@link StreamFailure} only. */
    private Flux<float[]> fetch(URI address, int redirects, LongConsumer faulty) {
        if (!rules.allows(address)) {
            return Flux.error(new StreamFailure(
                    Kind.REFUSED, "The stream leads to an address that is not allowed; see gateway.sources.allow."));
        }
        if (redirects > MAX_REDIRECTS) {
            return Flux.error(new StreamFailure(Kind.UNUSABLE, "The stream leads from one address to the next."));
        }
        String host = address.getHost();
        return client.doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(new ConnectGuard(rules, host)))
                .get()
                .uri(address)
                .response((response, body) -> answer(address, response, body, faulty))
                .onErrorResume(Redirected.class, redirected -> fetch(redirected.address, redirects + 1, faulty))
                .onErrorMap(error -> StreamFailure.of(error));
    }

    private Flux<float[]> answer(URI asked, HttpClientResponse response, ByteBufFlux body, LongConsumer faulty) {
        HttpHeaders headers = response.responseHeaders();
        int status = response.status().code();
        String location = headers.get(HttpHeaderNames.LOCATION);
        if (status >= 300 && status < 400 && location != null) {
            return unread(body, new Redirected(target(asked, location)));
        }
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            return unread(body, new StreamFailure(Kind.UNUSABLE, "The stream's server answered " + status + "."));
        }
        if (status != 200) {
            return unread(body, new StreamFailure(Kind.BROKEN, "The stream's server answered " + status + "."));
        }
        StreamReader reader = new StreamReader(headers.get(HttpHeaderNames.CONTENT_TYPE), settings.preset(), faulty);
        return body.map(SoundStreams::bytes)
                .publishOn(work, 1)
                .map(reader::read)
                .concatWith(Mono.fromSupplier(reader::finish))
                .filter(samples -> samples.length > 0);
    }

    /** Fails with that, and releases the part of the body that has come. */
    private static Flux<float[]> unread(ByteBufFlux body, Throwable failure) {
        return body.take(0).thenMany(Flux.error(failure));
    }

    private static URI target(URI asked, String location) {
        try {
            return asked.resolve(location).normalize();
        } catch (IllegalArgumentException _) {
            return URI.create("about:blank"); // not allowed anywhere
        }
    }

    private static ByteBuffer bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** An exception for a redirect to another address. */
    private static final class Redirected extends RuntimeException {

        private final transient URI address;

        Redirected(URI address) {
            super("redirected", null, false, false);
            this.address = address;
        }
    }
}
