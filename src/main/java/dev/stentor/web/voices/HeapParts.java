package dev.stentor.web.voices;

import dev.stentor.web.edge.BodyBytes;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.codec.multipart.PartEventHttpMessageReader;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;

/**
 * A reader of the parts of a multipart body as they arrive. The bytes are copied from Netty's buffers to the heap before they are
 * parsed: Spring's parser queues tokens beyond the demand, and heap buffers that a cancellation leaves there need no release.
 */
final class HeapParts {

    private static final int LARGEST_FIELD_BYTES = 32 << 10;
    private static final ResolvableType TYPE = ResolvableType.forClass(PartEvent.class);
    private static final PartEventHttpMessageReader READER = reader();

    private HeapParts() {}

    /**
     * Reads the parts of a request. Fails with {@link org.springframework.core.codec.DecodingException} if the body is not
     * multipart, and with {@link org.springframework.core.io.buffer.DataBufferLimitException} if a field is larger than 32 KiB.
     */
    static Flux<PartEvent> of(ServerRequest request) {
        Flux<DataBuffer> body = request.body(BodyExtractors.toDataBuffers()).map(HeapParts::copied);
        return READER.read(TYPE, new Message(request.headers().asHttpHeaders(), body), Map.of());
    }

    private static PartEventHttpMessageReader reader() {
        var reader = new PartEventHttpMessageReader();
        reader.setMaxInMemorySize(LARGEST_FIELD_BYTES);
        return reader;
    }

    private static DataBuffer copied(DataBuffer buffer) {
        return DefaultDataBufferFactory.sharedInstance.wrap(BodyBytes.copyAndRelease(buffer));
    }

    private record Message(HttpHeaders headers, Flux<DataBuffer> body) implements ReactiveHttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body;
        }
    }
}
