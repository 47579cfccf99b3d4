package dev.stentor.speech.dashscope;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SampleAligner;
import dev.stentor.audio.WavHeaderStripper;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.http.WireFailures;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The WAV file that the service keeps of an answer. It is fetched only if the answer itself had no sound: without the key,
 * without following redirects, up to a limit of bytes, and with the listener's demand down to the socket. Belongs to one
 * subscription.
 */
final class OwnFile {

    /** Most bytes of a file: twenty minutes of sound, several times as much as the service makes for one request. */
    private static final long MOST_BYTES = 64 << 20;

    private static final int OK = 200;
    private static final String CLOUD = ".aliyuncs.com";

    private final HttpClient client;
    private final Runnable alive;
    private final WavHeaderStripper header = new WavHeaderStripper();
    private final SampleAligner aligner = new SampleAligner();
    private long bytes;
    private long samples;

    /** @param alive run when the answer begins, and for each part of it */
    OwnFile(HttpClient client, Runnable alive) {
        this.client = client;
        this.alive = alive;
    }

    /** Fetches the file's sound. Ignores the sizes in its header, because the file of a streamed answer has wrong ones. */
    Flux<ByteBuffer> sound(URI file) {
        return Mono.justOrEmpty(address(file))
                .switchIfEmpty(Mono.error(() -> malformed("an address of a file that cannot be fetched")))
                .flatMapMany(address -> client.get().uri(address).response(this::answer))
                .onErrorMap(failure -> !(failure instanceof SpeechException), this::broken)
                .concatWith(
                        Mono.defer(() -> samples == 0 ? Mono.error(malformed("a file without sound")) : Mono.empty()));
    }

    /**
     * Returns the address to fetch; empty if it is not allowed. Uses https where the service writes http but its store has https.
     */
    static Optional<URI> address(URI file) {
        String scheme = file.getScheme();
        String host = file.getHost();
        if (host == null || file.getRawUserInfo() != null) {
            return Optional.empty();
        }
        if ("http".equalsIgnoreCase(scheme) && host.endsWith(CLOUD) && file.getPort() < 0) {
            return Optional.of(URI.create("https" + file.toString().substring("http".length())));
        }
        return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)
                ? Optional.of(file)
                : Optional.empty();
    }

    private Flux<ByteBuffer> answer(HttpClientResponse response, ByteBufFlux content) {
        alive.run();
        int status = response.status().code();
        Flux<byte[]> body = content.asByteArray();
        return status == OK
                ? body.handle(this::read)
                : WireFailures.unread(body, malformed("a file that cannot be fetched: HTTP status " + status));
    }

    private void read(byte[] part, SynchronousSink<ByteBuffer> sink) {
        alive.run();
        bytes += part.length;
        if (bytes > MOST_BYTES) {
            sink.error(malformed("a file larger than " + MOST_BYTES + " bytes"));
            return;
        }
        ByteBuffer sound = header.strip(ByteBuffer.wrap(part));
        if (sound.hasRemaining() && !isSpeech()) {
            sink.error(malformed("a file that is no WAV of 24 kHz, mono, 16 bit"));
            return;
        }
        ByteBuffer whole = aligner.align(sound);
        if (whole.hasRemaining()) {
            samples += whole.remaining() / 2;
            sink.next(whole);
        }
    }

    private boolean isSpeech() {
        try {
            return header.format().filter(PcmFormat.SPEECH::equals).isPresent();
        } catch (IllegalArgumentException _) { // another encoding
            return false;
        }
    }

    private SpeechException broken(Throwable cause) {
        return new SpeechException(
                samples == 0
                        ? new SpeechFailure.Unreachable("The speech service's file cannot be reached.")
                        : new SpeechFailure.Truncated("The speech service broke its file off.", samples),
                cause);
    }

    private static SpeechException malformed(String what) {
        return new SpeechException(new SpeechFailure.Malformed("The speech service sent " + what + "."));
    }
}
