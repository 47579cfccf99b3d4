package dev.stentor.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.WavHeader;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.ClockThread;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundSettings;
import dev.stentor.source.SoundStreams;
import dev.stentor.source.SourceStats;
import dev.stentor.source.StreamRules;
import dev.stentor.source.StreamSettings;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestServer;
import dev.stentor.web.channels.ChannelsApi;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.RemoteLists;
import dev.stentor.web.edge.Spool;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of its own with the APIs of sources and sounds, and a client for it. */
final class Console implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    static final String LOBBY = "/v1/channels/lobby/";
    static final String UNSPEAKABLE = "Nobody can say this.";
    /** A text that is spoken for two seconds. */
    static final String BRIEF = "Over the other.";

    static final String BED = "{\"kind\": \"bed\", \"sound\": \"demo-bed\"}";

    final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final ClockThread clock = new ClockThread(fault::set, 1);
    private final AtomicLong ids = new AtomicLong();

    private final Channels channels;
    final TestServer server;

    /** @param folder of the sounds that are uploaded */
    Console(Path folder) {
        this(folder, Duration.ofSeconds(60));
    }

    /** Creates a gateway that keeps this duration of sound in memory. */
    Console(Path folder, Duration memory) {
        this(folder, memory, new Spool(2, Duration.ofSeconds(5), Schedulers.boundedElastic(), Schedulers.parallel()));
    }

    /** Creates a gateway whose uploads pass through that spool. */
    Console(Path folder, Duration memory, Spool spool) {
        var broadcasts = new Broadcasts(
                new BroadcastSettings(
                        Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 10, "t"),
                new SoundEncoding(
                        Schedulers.parallel()::schedule,
                        OpusSettings.SPEECH,
                        Mp3BitRate.SPEECH,
                        EncodingStats.NONE,
                        EncodingStats.NONE),
                clock,
                PooledByteBufAllocator.DEFAULT,
                BroadcastStats.NONE);
        // Ten seconds of a steady sound for every text but two.
        ScriptedEngine engine = ScriptedEngine.of(request -> request.text().equals(UNSPEAKABLE)
                ? Flux.error(new SpeechException(new SpeechFailure.Unreachable("The service cannot be reached.")))
                : Flux.fromIterable(Signals.chunks(constant(request.text().equals(BRIEF) ? 2 : 10), 4_800)));
        channels = new Channels(
                clock,
                engine,
                Schedulers.parallel(),
                ChannelSettings.conversation(),
                new Channels.Limits(5, Duration.ofSeconds(60), true, memory),
                broadcasts,
                () -> "u" + ids.incrementAndGet(),
                () -> 17,
                ChannelStats.NONE);
        var library = new SoundLibrary(
                new SoundSettings(null, folder, 100_000, Duration.ofSeconds(60), 2, memory, ResamplerPreset.HQ),
                Schedulers.boundedElastic());
        var streams = new SoundStreams(
                new StreamRules(List.of(URI.create("http://127.0.0.1:9/allowed/")), Set.of()),
                StreamSettings.standard(ResamplerPreset.HQ),
                SourceStats.NONE,
                Schedulers.parallel());
        var bodies = new JsonBody(100_000, Schedulers.parallel());
        server = new TestServer(
                new SourcesApi(channels, library, streams, engine, bodies, spool, 100_000, Schedulers.parallel())
                        .routes()
                        .and(new ChannelsApi(
                                        channels,
                                        broadcasts,
                                        engine,
                                        null,
                                        RemoteLists.NONE,
                                        bodies,
                                        1_000,
                                        Schedulers.parallel())
                                .routes()));
    }

    @Override
    public void close() {
        channels.close();
        server.close();
        client.close();
        clock.close();
        assertThat(fault.get()).isNull();
    }

    HttpResponse<String> upload(String name, byte[] bytes) {
        return send(HttpRequest.newBuilder(server.at("/v1/sounds/" + name))
                .header("Content-Type", "audio/wav")
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    JsonNode get(String path) {
        return ok(send("GET", path, null));
    }

    static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> send(String method, String path, @Nullable String body) {
        return send(HttpRequest.newBuilder(server.at(path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] wav(int samples) {
        ByteBuffer file = ByteBuffer.allocate(WavHeader.BYTES + 2 * samples);
        return file.put(WavHeader.ofSamples(samples)).array();
    }

    private static byte[] constant(int seconds) {
        byte[] speech = new byte[seconds * 48_000];
        Arrays.fill(speech, (byte) 0x20);
        return speech;
    }
}
