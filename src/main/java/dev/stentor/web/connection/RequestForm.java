package dev.stentor.web.connection;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form that a request must have before its meaning is looked at: RFC 9112, and addresses that are URIs. */
final class RequestForm {

    /** A name, an address of version 4, or one of version 6 in brackets; then a port, if there is one. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~%!$&'()*+;=-]*)(:[0-9]{1,5})?");

    private static final String LINES = "application/x-ndjson";

    private RequestForm() {}

    /** Tells whether the body consists of lines that are spoken as they come, so that it may take as long as it likes. */
    static boolean isSpokenAsItComes(HttpRequest request) {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, LINES, 0, LINES.length());
    }

    /** Returns what is wrong with a part of a request; null if nothing is. */
    static @Nullable RequestFault faultOf(HttpObject part) {
        DecoderResult decoded = part.decoderResult();
        if (decoded.isFailure()) {
            return undecodable(part, decoded.cause());
        }
        return part instanceof HttpRequest request ? faultOfHead(request) : null;
    }

    private static RequestFault undecodable(HttpObject part, Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                RequestFault.of(HttpResponseStatus.REQUEST_URI_TOO_LONG, "AddressTooLong", "The address is too long.");
            case TooLongHttpHeaderException _ ->
                RequestFault.of(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "HeadersTooLarge",
                        "The headers are too large.");
            case DecoderException _ when !(part instanceof HttpRequest) -> malformedBody();
            default ->
                part instanceof HttpRequest
                        ? RequestFault.malformed("MalformedRequest", "The request is not HTTP/1.1.")
                        : malformedBody();
        };
    }

    private static RequestFault malformedBody() {
        return RequestFault.malformed("MalformedBody", "The body is not in the chunks that were announced.");
    }

    private static @Nullable RequestFault faultOfHead(HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return RequestFault.of(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "HttpVersionNotSupported",
                    "HTTP/1.1 is spoken on this connection.");
        }
        if (!request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).stream()
                .allMatch(HttpHeaderValues.CHUNKED::contentEqualsIgnoreCase)) {
            return RequestFault.of(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "UnsupportedTransferEncoding",
                    "Bodies are taken as they are, or in chunks.");
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean needed = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (hosts.size() > 1 || (hosts.isEmpty() && needed)) {
            return RequestFault.malformed("InvalidHost", "A request has one Host header.");
        }
        if (!hosts.isEmpty() && !isHost(hosts.getFirst())) {
            return RequestFault.malformed("InvalidHost", "The Host header is no host name with an optional port.");
        }
        return faultOfTarget(request.uri(), hosts.isEmpty() ? null : hosts.getFirst());
    }

    private static @Nullable RequestFault faultOfTarget(String target, @Nullable String host) {
        if (target.equals("*") || isPlainPath(target)) {
            return null;
        }
        try {
            URI uri = new URI(target.startsWith("//") ? "/" + target : target);
            boolean isPath = target.startsWith("/") && uri.getRawFragment() == null;
            boolean isOurAddress = uri.getScheme() != null
                    && uri.getScheme().matches("(?i)https?")
                    && uri.getRawAuthority() != null
                    && uri.getRawAuthority().equalsIgnoreCase(host);
            return isPath || isOurAddress ? null : invalidTarget();
        } catch (URISyntaxException e) {
            return invalidTarget();
        }
    }

    /** Tells whether an address is a path, with or without a query, of characters that are right wherever they stand: most are. */
    private static boolean isPlainPath(String target) {
        if (!target.startsWith("/")) {
            return false;
        }
        for (int i = 1; i < target.length(); i++) {
            if (!isLetterOrDigit(target.charAt(i)) && "/-._~?&=".indexOf(target.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a host is a name, or an address of version 4, with or without up to five digits of a port: most are. */
    private static boolean isPlainHost(String host) {
        int at = 0;
        while (at < host.length() && (isLetterOrDigit(host.charAt(at)) || ".-".indexOf(host.charAt(at)) >= 0)) {
            at++;
        }
        int digits = host.length() - at - 1;
        if (digits < 0) {
            return true;
        }
        return host.charAt(at) == ':' && digits >= 1 && digits <= 5 && areDigits(host, at + 1);
    }

    private static boolean areDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static RequestFault invalidTarget() {
        return RequestFault.malformed(
                "InvalidAddress",
                "The address is not a path of this host with an optional query, or not well encoded.");
    }

    private static boolean isHost(String host) {
        if (!isPlainHost(host) && !HOST.matcher(host).matches()) {
            return false;
        }
        int port = host.lastIndexOf(':');
        return port < 0 || host.endsWith("]") || Integer.parseInt(host.substring(port + 1)) <= 65_535;
    }
}
