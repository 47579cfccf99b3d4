import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * How WebFlux is meant to broadcast: one sink, and {@code session.send(Flux)} for each listener. Sends the same messages on the same
 * grid, from the libraries of the gateway's own jar. Its argument is the port.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SessionSend {

    private static final long TICK_MICROS = 20_000;
    private static final long LEAD_MICROS = 100_000;
    private static final int SAMPLES = 480;
    private static final int MESSAGE_BYTES = 24 + SAMPLES * Short.BYTES;

    private static final Sinks.Many<byte[]> SOUND = Sinks.many().multicast().directBestEffort();

    public static void main(String[] arguments) {
        var application = new SpringApplication(SessionSend.class);
        application.setDefaultProperties(Map.of(
                "server.port", arguments[0],
                "server.address", InetAddress.getLoopbackAddress().getHostAddress(),
                "logging.level.root", "warn"));
        application.run();
        Thread.ofPlatform().name("sound").start(SessionSend::speak);
    }

    @Bean
    HandlerMapping listening() {
        return new SimpleUrlHandlerMapping(Map.of("/v1/channels/{channel}/listen", new Listening()), -1);
    }

    private static final class Listening implements WebSocketHandler {
        @Override
        public List<String> getSubProtocols() {
            return List.of("stentor.v1");
        }

        @Override
        public Mono<Void> handle(WebSocketSession session) {
            Mono<Void> sent = session.send(
                    SOUND.asFlux().map(bytes -> session.binaryMessage(factory -> factory.wrap(bytes))));
            return Mono.firstWithSignal(session.receive().then(), sent);
        }
    }

    private static void speak() {
        long seq = 0;
        for (long tick = System.nanoTime() / 1_000 / TICK_MICROS + 1; ; tick++) {
            for (long now = System.nanoTime() / 1_000; now < tick * TICK_MICROS; now = System.nanoTime() / 1_000) {
                LockSupport.parkNanos((tick * TICK_MICROS - now) * 1_000);
            }
            SOUND.tryEmitNext(message(++seq, tick * TICK_MICROS + LEAD_MICROS));
        }
    }

    private static byte[] message(long seq, long dueMicros) {
        var message = ByteBuffer.allocate(MESSAGE_BYTES);
        long pos = (seq - 1) * SAMPLES;
        message.put((byte) 1).put((byte) 0).putShort((short) 1).putInt((int) seq).putLong(pos).putLong(dueMicros);
        message.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES; i++) {
            message.putShort(sample(pos + i));
        }
        return message.array();
    }

    /** See {@code load/sound.h}. */
    private static short sample(long n) {
        int h = (int) n ^ (int) (n >>> 32);
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return (short) (h ^ (h >>> 16));
    }
}
