package dev.stentor.web.cluster;

import dev.stentor.archive.RecordingHead;
import dev.stentor.archive.shared.PeerArchives;
import dev.stentor.cluster.ClusterNode;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client of the other nodes' archives. Its connections to each node are limited, and others than those for requests and commands, so that no recording
 * delays one. Thread-safe.
 */
public final class PeerRecordings implements PeerArchives, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_WAITING = 500;
    private static final int CONNECT_MILLIS = 1_000;

    /** The most bytes of a description: the places of 50,000 words, in Base64. */
    private static final int HEAD_BYTES = 2 << 20;

    /** The longest wait for an answer. Nobody waits longer for a recording that is being made. */
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final ConnectionProvider connections;
    private final HttpClient client;

    /** Creates a client without connections. */
    public PeerRecordings(PeerSecret secret) {
        connections = ConnectionProvider.builder("cluster-recordings")
                .maxConnections(MOST_CONNECTIONS)
                .pendingAcquireMaxCount(MOST_WAITING)
                .pendingAcquireTimeout(SILENCE)
                .maxIdleTime(SILENCE)
                .build();
        client = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .responseTimeout(SILENCE)
                .headers(headers -> headers.set(PeerHeaders.SECRET, secret.shown()));
    }

    @Override
    public Mono<RecordingHead> awaited(ClusterNode node, String requestKey) {
        return head(node.address() + RecordingAnswers.REQUESTS + requestKey);
    }

    @Override
    public Mono<RecordingHead> head(ClusterNode node, String id) {
        return head(node.address() + RecordingAnswers.RECORDINGS + id);
    }

    @Override
    public Flux<ByteBuffer> sound(ClusterNode node, String id) {
        return client.get()
                .uri(node.address() + RecordingAnswers.SOUNDS + id)
                .response((response, body) -> response.status().code() == HttpStatus.OK.value()
                        ? body.asByteArray().map(ByteBuffer::wrap)
                        : Mono.error(new IOException(
                                "the node answered " + response.status().code())));
    }

    private Mono<RecordingHead> head(String address) {
        return client.get()
                .uri(address)
                .response((response, body) -> switch (HttpStatus.resolve(
                        response.status().code())) {
                    case OK -> body.asByteArray();
                    case NOT_FOUND -> Flux.<byte[]>empty();
                    case null, default ->
                        Flux.<byte[]>error(new IOException(
                                "the node answered " + response.status().code()));
                })
                .reduce(PeerRecordings::joined)
                .map(bytes -> JSON.readValue(bytes, RecordingHead.class));
    }

    private static byte[] joined(byte[] before, byte[] more) {
        if (before.length + more.length > HEAD_BYTES) {
            throw new IllegalStateException("the description of a recording is too long");
        }
        return ByteBuffer.allocate(before.length + more.length)
                .put(before)
                .put(more)
                .array();
    }

    /** Closes all connections. */
    @Override
    public void close() {
        connections.dispose();
    }
}
