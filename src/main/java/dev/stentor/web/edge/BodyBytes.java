package dev.stentor.web.edge;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The reading of a request's whole body into memory, up to a size limit. */
public final class BodyBytes {

    private BodyBytes() {}

    /**
     * Reads the whole body; completes empty if there is none. Fails with {@link
     * org.springframework.core.io.buffer.DataBufferLimitException} as soon as the body is larger than {@code maxBytes}, and
     * reads no further.
     */
    public static Mono<byte[]> of(ServerRequest request, int maxBytes) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), maxBytes)
                .map(BodyBytes::copyAndRelease);
    }

    /** Copies the bytes out of a buffer and releases it. */
    public static byte[] copyAndRelease(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
