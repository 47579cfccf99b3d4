package dev.stentor.web.listen;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.PcmResampler;
import dev.stentor.audio.SpeechTime;
import dev.stentor.audio.WavHeader;
import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Mp3Sound;
import dev.stentor.broadcast.OpusSound;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.web.edge.BodyStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The ways of listening without a protocol: an endless WAV, Ogg-Opus or MP3 over HTTP, or a WebSocket whose messages are PCM alone.
 */
final class PlainListening {

    private static final Logger LOG = LoggerFactory.getLogger(PlainListening.class);

    static final MediaType WAV = MediaType.parseMediaType("audio/wav");
    static final MediaType OGG = MediaType.parseMediaType("audio/ogg");
    static final MediaType MP3 = MediaType.parseMediaType("audio/mpeg");

    /** The sample rates that a bare WebSocket can have, in Hz. */
    static final List<Integer> RATES_HZ = List.of(8_000, 16_000, SpeechTime.SAMPLES_PER_SECOND, 48_000);

    private static final int PREFETCH = 8;

    /** Reactor's own key for what is done, in one stream, with an error that nobody can be told of; else it is logged as an error. */
    private static final String DROPPED = "reactor.onErrorDropped.local";

    private final Scheduler work;
    private final ListenTimes times;
    private final ListenBounds bounds;
    private final ListenStats stats;
    private final Mp3BitRate rate;
    private final LongSupplier micros;

    /**
     * Creates them for all channels.
     *
     * @param work the scheduler on which frames are handed to connections: the clock's thread must not write
     * @param rate bit rate of MP3
     * @param micros the clock's time
     */
    PlainListening(
            Scheduler work,
            ListenTimes times,
            ListenBounds bounds,
            ListenStats stats,
            Mp3BitRate rate,
            LongSupplier micros) {
        this.work = work;
        this.times = times;
        this.bounds = bounds;
        this.stats = stats;
        this.rate = rate;
        this.micros = micros;
    }

    /**
     * Answers with an endless WAV.
     *
     * @param over an action that is run once, when the listener has gone
     */
    Mono<ServerResponse> wav(Broadcast broadcast, boolean silence, Runnable over) {
        Flux<ByteBuffer> sound = Flux.concat(
                Mono.just(WavHeader.ofUnknownLength()),
                on(work, broadcast.plain().audio(silence)));
        return endless(WAV, _ -> {}, sound, over);
    }

    /**
     * Answers with the same in Opus.
     *
     * @param serial of the Ogg stream, any number
     */
    Mono<ServerResponse> ogg(Broadcast broadcast, boolean silence, int serial, Runnable over) {
        Flux<OpusSound> sounds = on(work, broadcast.plain().opus(silence));
        return endless(OGG, _ -> {}, new OggStream(serial).pages(sounds), over);
    }

    /**
     * Answers with the same in MP3.
     *
     * @param titles whether captions come between the frames
     */
    Mono<ServerResponse> mp3(Broadcast broadcast, boolean silence, boolean titles, Runnable over) {
        Flux<Mp3Sound> sounds = on(work, broadcast.plain().mp3(silence));
        var stream = new Mp3Stream(rate, titles);
        return endless(MP3, headers -> tellTitles(headers, titles), stream.bytes(sounds), over);
    }

    /** Answers a radio that asks for the headers of the MP3 before it opens the stream. */
    Mono<ServerResponse> mp3Head(boolean titles) {
        return beginning(MP3).headers(headers -> tellTitles(headers, titles)).build();
    }

    /**
     * Hands sound over to a scheduler. Sound that comes while the listener leaves finds its worker gone: then the feed has ended, which is no
     * error.
     */
    static <T> Flux<T> on(Scheduler work, Flux<T> sound) {
        return sound.publishOn(work, PREFETCH)
                .onErrorComplete(RejectedExecutionException.class)
                .contextWrite(context -> context.put(DROPPED, (Consumer<Throwable>) PlainListening::left));
    }

    private static void left(Throwable error) {
        LOG.debug("A listener left a plain feed in the middle of sound.", error);
    }

    private void tellTitles(HttpHeaders headers, boolean titles) {
        if (titles) {
            headers.set("icy-metaint", Integer.toString(IcyStream.intervalBytes(rate)));
        }
    }

    private static ServerResponse.BodyBuilder beginning(MediaType type) {
        return ServerResponse.ok().contentType(type).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static Mono<ServerResponse> endless(
            MediaType type, Consumer<HttpHeaders> more, Flux<ByteBuffer> sound, Runnable over) {
        return beginning(type).headers(more).build((exchange, context) -> {
            DataBufferFactory buffers = exchange.getResponse().bufferFactory();
            return BodyStream.write(
                            sound,
                            body -> exchange.getResponse()
                                    .writeAndFlushWith(body.map(buffer -> Mono.just(buffers.wrap(buffer.duplicate())))))
                    .doFinally(signal -> over.run());
        });
    }

    /** Answers a player that asks for the headers before it opens the stream. */
    Mono<ServerResponse> head(MediaType type) {
        return beginning(type).build();
    }

    /**
     * Sends the sound over a bare WebSocket, until the client leaves or the broadcast ends.
     *
     * @param rateHz of the samples, one of {@link #RATES_HZ}
     * @param ended gives the reason for the end of the broadcast, which the client is told
     */
    Mono<Void> bare(
            Broadcast broadcast,
            int rateHz,
            Channel channel,
            WebsocketInbound in,
            WebsocketOutbound out,
            Supplier<CloseReason> ended) {
        Flux<BinaryWebSocketFrame> frames = atRate(
                        rateHz, on(work, broadcast.plain().audio(false)))
                .map(buffer -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(buffer)));
        Mono<Void> sound = out.sendObject(frames, frame -> true).then().then(Mono.defer(() -> {
            CloseReason reason = ended.get();
            return out.sendClose(reason.code(), reason.sentence());
        }));
        return Mono.using(
                () -> new Heartbeat(channel.eventLoop(), times.ping(), () -> ping(channel), () -> cut(channel)),
                heartbeat -> Mono.firstWithSignal(read(channel, heartbeat, in.receiveFrames()), sound),
                Heartbeat::stop);
    }

    /**
     * Resamples sound where it is handed to the connection. Samples that the filter holds come with the next sound, or at the
     * end.
     */
    static Flux<ByteBuffer> atRate(int rateHz, Flux<ByteBuffer> sound) {
        if (rateHz == PcmFormat.SPEECH.sampleRateHz()) {
            return sound;
        }
        return Flux.defer(() -> {
            var resampler = new PcmResampler(PcmFormat.SPEECH, rateHz);
            return sound.map(resampler::resample)
                    .concatWith(Mono.fromSupplier(resampler::finish))
                    .filter(ByteBuffer::hasRemaining);
        });
    }

    /** Reads what the client says, at the pace that it may say it; nothing but pings is answered. */
    private Mono<Void> read(Channel channel, Heartbeat heartbeat, Flux<WebSocketFrame> frames) {
        var reader = new PacedReader(channel.eventLoop(), micros, bounds.budget(), () -> true, stats, frame -> {
            heartbeat.heard(frame);
            answer(channel, frame);
        });
        return reader.read(frames);
    }

    /** Answers a ping, unless the client leaves unread what it was sent, so that answers do not pile up. */
    private static void answer(Channel channel, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame ping && channel.isWritable()) {
            var _ = channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), channel.voidPromise());
        }
    }

    private static void ping(Channel channel) {
        var _ = channel.writeAndFlush(new PingWebSocketFrame(), channel.voidPromise());
    }

    private static void cut(Channel channel) {
        var _ = channel.close();
    }
}
