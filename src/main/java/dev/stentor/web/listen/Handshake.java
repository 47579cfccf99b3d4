package dev.stentor.web.listen;

import dev.stentor.access.Caller;
import dev.stentor.access.VouchedCaller;
import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelName;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.RemoteCommands;
import dev.stentor.web.edge.WebSocketHandshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The reading of a request to listen. Each method reads one part, and throws a {@link dev.stentor.web.edge.ProblemException} that
 * names the part if it is wrong.
 */
final class Handshake {

    /** The one subprotocol that is spoken. */
    static final String PROTOCOL = "stentor.v1";

    private static final String VERSION = "13";

    private Handshake() {}

    static ChannelName channel(ServerRequest request) {
        String name = request.pathVariable("channel");
        if (!ChannelName.isValid(name)) {
            throw Problem.invalid("channel", ChannelName.RULE).exception();
        }
        return new ChannelName(name);
    }

    /** Tells whether the channel may be made if it is not there. */
    static boolean mayMake(ServerRequest request) {
        return isOn(request, "create", "on-use", "never");
    }

    /** Returns who listens, as another node is told when the listener's commands go there. A ticket is vouched for, since it may be used up. */
    static RemoteCommands.Sender sender(ServerRequest request, Caller caller, ChannelName channel) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        String offered = WebSocketHandshake.protocols(headers).stream()
                .filter(protocol -> protocol.startsWith(WebSocketHandshake.BEARER))
                .map(protocol -> "Bearer " + protocol.substring(WebSocketHandshake.BEARER.length()))
                .findFirst()
                .orElse(null);
        String address = request.remoteAddress()
                .map(InetSocketAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse(null);
        String vouched = VouchedCaller.text(caller, channel.value()).orElse(null);
        String shown = authorization == null ? offered : authorization;
        return new RemoteCommands.Sender(vouched == null ? shown : null, address, vouched);
    }

    /** Tells whether pauses are filled with silence. */
    static boolean wantsSilence(ServerRequest request) {
        return isOn(request, "silence", "on", "off");
    }

    /** Tells whether a radio asks for titles between the frames of MP3. */
    static boolean wantsTitles(ServerRequest request) {
        return "1".equals(request.headers().firstHeader("Icy-MetaData"));
    }

    /** Returns the sample rate that a bare WebSocket asks for, in Hz. */
    static int rateHz(ServerRequest request) {
        String rate = request.queryParam("rate").orElse(Integer.toString(SpeechTime.SAMPLES_PER_SECOND));
        return PlainListening.RATES_HZ.stream()
                .filter(offered -> rate.equals(offered.toString()))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("rate", "Bare listening offers " + offeredRates() + " Hz.")
                        .exception());
    }

    /** Tells whether the client offers no subprotocol, credentials aside. Throws if it offers some, but not ours. */
    static boolean isBare(ServerRequest request) {
        boolean others = false;
        for (String offered : WebSocketHandshake.protocols(request.headers().asHttpHeaders())) {
            if (offered.equals(PROTOCOL)) {
                return false;
            }
            others |= !offered.startsWith(WebSocketHandshake.BEARER);
        }
        if (others) {
            throw Problem.invalid("Sec-WebSocket-Protocol", "This gateway speaks " + PROTOCOL + ".")
                    .exception();
        }
        return true;
    }

    /** Checks what RFC 6455, section 4.2.1, asks of a handshake, so that a wrong one gets an answer. */
    static void requireWebSocket(ServerRequest request) {
        if (tokens(request, HttpHeaders.UPGRADE).stream().noneMatch("websocket"::equalsIgnoreCase)) {
            throw Problem.of(
                            HttpStatus.UPGRADE_REQUIRED,
                            "WebSocketExpected",
                            "This address speaks WebSocket; for plain HTTP there is audio.wav beside it.")
                    .exception();
        }
        if (tokens(request, HttpHeaders.CONNECTION).stream().noneMatch("upgrade"::equalsIgnoreCase)) {
            throw Problem.invalid(HttpHeaders.CONNECTION, "A WebSocket handshake says Connection: Upgrade.")
                    .exception();
        }
        if (request.headers().firstHeader("Sec-WebSocket-Key") == null) {
            throw Problem.invalid("Sec-WebSocket-Key", "A WebSocket handshake has a key.")
                    .exception();
        }
        if (!VERSION.equals(request.headers().firstHeader("Sec-WebSocket-Version"))) {
            throw Problem.invalid("Sec-WebSocket-Version", "Version " + VERSION + " of WebSocket is spoken here.")
                    .exception();
        }
    }

    private static String offeredRates() {
        List<String> rates =
                PlainListening.RATES_HZ.stream().map(String::valueOf).toList();
        return String.join(", ", rates.subList(0, rates.size() - 1)) + " and " + rates.getLast();
    }

    private static boolean isOn(ServerRequest request, String parameter, String on, String off) {
        String value = request.queryParam(parameter).orElse(on);
        if (!value.equals(on) && !value.equals(off)) {
            throw Problem.invalid(parameter, "The value is " + on + " or " + off + ".")
                    .exception();
        }
        return value.equals(on);
    }

    private static List<String> tokens(ServerRequest request, String header) {
        return WebSocketHandshake.tokens(request.headers().asHttpHeaders(), header);
    }
}
