package dev.stentor.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway in a JVM of its own that runs out of memory. */
class OutOfMemoryIT {

    @ParameterizedTest(name = "on the {0}")
    @ValueSource(strings = {"clock", "loop"})
    void aFullHeapEndsTheProcessInsteadOfLeavingAZombie(String thread) throws Exception {
        try (var gateway = gateway("-Xmx96m")) {
            gateway.await(line -> line.startsWith("ready on"));
            gateway.tell(thread);
            assertThat(gateway.exitCode()).isEqualTo(MemoryGuard.HEAP_FULL);
            assertThat(gateway.log()).anyMatch(line -> line.contains("The heap is full"));
        }
    }

    @Test
    void fullDirectMemoryClosesTheConnectionThatMeetsItAndRaisesAnAlarm() throws Exception {
        try (var gateway = gateway("-Xmx128m", "-XX:MaxDirectMemorySize=12m", "-Dio.netty.allocator.type=unpooled")) {
            String ready = gateway.await(line -> line.startsWith("ready on"));
            int port = Integer.parseInt(ready.substring("ready on ".length()));
            assertThat(answer(port)).startsWith("HTTP/1.1 200");
            gateway.tell("hold");
            gateway.await(line -> line.equals("done: hold"));
            assertThat(answer(port)).as("closed without an answer").isEmpty();
            gateway.await(line -> line.contains("ERROR") && line.contains("Direct memory is full"));
            gateway.tell("release");
            gateway.await(line -> line.equals("done: release"));
            assertThat(answer(port)).startsWith("HTTP/1.1 200");
        }
    }

    private static ChildJvm gateway(String... options) throws IOException {
        return new ChildJvm(
                List.of(options),
                ChildGateway.class,
                "--server.port=0",
                "--management.server.port=0",
                "--gateway.engine=dashscope", // starts in half of the time: no voice is loaded
                "--gateway.dashscope.api-key=sk-unused",
                "--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1",
                "--gateway.archive.max-size=0",
                "--gateway.overload.lateness=0s",
                "--gateway.overload.memory-percent=0",
                "--gateway.warm-up=false"); // it gives memory back when it ends
    }

    private static String answer(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException reset) {
            return "";
        }
    }
}
