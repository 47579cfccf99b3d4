package dev.stentor.web.edge;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The body of a request as it came, of bounded size. */
public final class BodyBytes {

    private BodyBytes() {}

    /**
     * All of it; nothing if there is none. Fails with {@link org.springframework.core.io.buffer.DataBufferLimitException} as soon
     * as it is larger than that, without reading on.
     */
    public static Mono<byte[]> of(ServerRequest request, int maxBytes) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), maxBytes)
                .map(BodyBytes::taken);
    }

    /** What one buffer holds; it is given back. */
    public static byte[] taken(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
