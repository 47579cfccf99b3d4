package dev.stentor.web.connection;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Fault in the form of a request, for which it is refused before anybody understands it.
 *
 * @param status status of the answer
 * @param code stable name for programs
 * @param detail sentence for people
 */
public record RequestFault(HttpResponseStatus status, String code, String detail) {

    static RequestFault of(HttpResponseStatus status, String code, String detail) {
        return new RequestFault(status, code, detail);
    }

    static RequestFault malformed(String code, String detail) {
        return new RequestFault(HttpResponseStatus.BAD_REQUEST, code, detail);
    }
}
