package dev.stentor.web.edge;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The content type of a request's body. */
public final class ContentType {

    private ContentType() {}

    /** Tells whether a body is of a media type, whatever its parameters; false if the header is missing or invalid. */
    public static boolean is(ServerRequest.Headers headers, MediaType type) {
        try {
            return headers.contentType().filter(type::equalsTypeAndSubtype).isPresent();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
