package dev.stentor.web.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Head of a request in HTTP/2, in the terms of HTTP/1.1, as the APIs will see it.
 *
 * @param request the head; null if it is none
 * @param path path without the query; a slash if there is none
 * @param isHead whether the answer has no body
 * @param fault what is wrong with its form; null if nothing is
 */
record StreamHead(
        @Nullable HttpRequest request,
        String path,
        boolean isHead,
        @Nullable RequestFault fault) {

    private static final RequestFault NO_REQUEST =
            RequestFault.malformed("MalformedRequest", "The request has no method, or no path.");

    /** Reads the headers of a request. */
    static StreamHead of(int stream, Http2Headers headers) {
        String path =
                headers.path() == null ? "/" : FaultLog.pathOf(headers.path().toString());
        boolean isHead = headers.method() != null && HttpMethod.HEAD.asciiName().contentEquals(headers.method());
        if (headers.method() == null || headers.path() == null) {
            return new StreamHead(null, path, isHead, NO_REQUEST);
        }
        try {
            HttpRequest request = HttpConversionUtil.toHttpRequest(stream, headers, false);
            dropSecondHost(request);
            return new StreamHead(request, path, isHead, RequestForm.faultOf(request));
        } catch (Http2Exception | IllegalArgumentException e) {
            return new StreamHead(null, path, isHead, NO_REQUEST);
        }
    }

    /** Tells whether the body consists of lines that are spoken as they come. */
    boolean isSpokenAsItComes() {
        return request != null && RequestForm.isSpokenAsItComes(request);
    }

    /** Drops the Host header where {@code :authority} says the same: proxies send both, RFC 9113, section 8.3.1. */
    private static void dropSecondHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() == 2 && hosts.getFirst().equalsIgnoreCase(hosts.getLast())) {
            request.headers().set(HttpHeaderNames.HOST, hosts.getFirst());
        }
    }
}
