package dev.stentor.web.access;

import dev.stentor.access.Action;
import dev.stentor.access.Attempt;
import dev.stentor.access.Credential;
import dev.stentor.access.PageOrigin;
import dev.stentor.access.Reach;
import dev.stentor.access.VouchedCaller;
import dev.stentor.web.edge.Vouching;
import dev.stentor.web.edge.WebSocketHandshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** A reader of what a request says about who sends it. */
final class AttemptReader {

    private static final String SCHEME = "Bearer ";

    private AttemptReader() {}

    static Attempt read(ServerWebExchange exchange, RouteRight.Match match) {
        ServerHttpRequest request = exchange.getRequest();
        Action action = match.right().action();
        boolean takesTickets = action == Action.LISTEN && match.reach() instanceof Reach.OneChannel;
        return new Attempt(
                Vouching.in(exchange)
                        .flatMap(VouchedCaller::read)
                        .<Credential>map(Credential.Admitted::new)
                        .orElseGet(() -> credential(request, takesTickets)),
                page(request),
                address(request),
                action,
                match.reach());
    }

    /** Returns the credential: that of the header, else that of the subprotocols, else the ticket in the address. */
    private static Credential credential(ServerHttpRequest request, boolean takesTickets) {
        HttpHeaders headers = request.getHeaders();
        String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
            return new Credential.Bearer(
                    bearer ? header.substring(SCHEME.length()).strip() : "");
        }
        Optional<String> offered = WebSocketHandshake.protocols(headers).stream()
                .filter(protocol -> protocol.startsWith(WebSocketHandshake.BEARER))
                .map(protocol -> protocol.substring(WebSocketHandshake.BEARER.length()))
                .findFirst();
        if (offered.isPresent()) {
            return new Credential.Bearer(offered.get());
        }
        String ticket = takesTickets ? request.getQueryParams().getFirst("ticket") : null;
        return ticket == null ? new Credential.Absent() : new Credential.Ticket(ticket);
    }

    private static PageOrigin page(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return new PageOrigin(
                headers.getOrigin(),
                headers.getFirst(HttpHeaders.HOST),
                headers.getFirst("Sec-Fetch-Site"),
                isOpenedByALink(request));
    }

    /** Tells whether the user opened the address itself; a frame within a page is no window that the user opened. */
    private static boolean isOpenedByALink(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String destination = headers.getFirst("Sec-Fetch-Dest");
        return HttpMethod.GET.equals(request.getMethod())
                && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
                && (destination == null || destination.equals("document"));
    }

    private static @Nullable InetAddress address(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }
}
