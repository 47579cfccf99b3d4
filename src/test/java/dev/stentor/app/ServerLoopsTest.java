package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.app.ServerLoops.Transport;
import dev.stentor.broadcast.socket.SendMode;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

class ServerLoopsTest {

    @Test
    void nioIsTakenWhenItIsAskedFor() throws Exception {
        assertThat(served(Transport.NIO)).isInstanceOf(NioSocketChannel.class);
    }

    @Test
    void epollIsTakenWhereverItIs() throws Exception {
        boolean there = Epoll.isAvailable();
        assertThat(served(Transport.AUTO)).isInstanceOf(there ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        if (Epoll.isAvailable()) {
            try (ServerLoops loops = ServerLoops.of(Transport.EPOLL, SendMode.AUTO, 3)) {
                assertThat(loops.description())
                        .isEqualTo("3 event loops on epoll, sound is sent by fd, with TLS by write");
            }
        } else {
            assertThatThrownBy(() -> ServerLoops.of(Transport.EPOLL, SendMode.AUTO, 3))
                    .hasMessageStartingWith("gateway.listen.transport is epoll");
        }
        assertThatThrownBy(() -> ServerLoops.of(Transport.NIO, SendMode.FD, 1))
                .hasMessageStartingWith("gateway.listen.send is fd, which needs epoll");
        assertThatThrownBy(() -> ServerLoops.of(Transport.NIO, SendMode.RING, 1))
                .hasMessageStartingWith("gateway.listen.send is ring, which needs epoll");
        assertThatThrownBy(() -> ServerLoops.of(Transport.NIO, SendMode.MEASURED, 1))
                .hasMessageStartingWith("gateway.listen.send is measured, which needs epoll");
    }

    @Test
    void whatIsTakenInPlaceOfARefusedRingIsTold() {
        assertThat(ServerLoops.way(SendMode.RING, Optional.of("io_uring_setup: error 1")))
                .isEqualTo("fd, as ring is not to be had here (io_uring_setup: error 1), with TLS by write");
        assertThat(ServerLoops.way(SendMode.RING, Optional.empty())).isEqualTo("ring, with TLS by write");
        assertThat(ServerLoops.way(SendMode.MEASURED, Optional.empty()))
                .isEqualTo("fd or ring, as measured, with TLS by write");
    }

    /** Serves a connection on one of two event loops, where nobody may block, and returns its channel. */
    private static Channel served(Transport transport) throws Exception {
        BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
        try (ServerLoops loops = ServerLoops.of(transport, SendMode.AUTO, 2)) {
            var server = HttpServer.create()
                    .runOn(loops)
                    .host("127.0.0.1")
                    .port(0)
                    .handle((request, response) -> {
                        request.withConnection(connection -> channels.add(connection.channel()));
                        return response.header("loop", Thread.currentThread().getName())
                                .header("non-blocking", "" + Schedulers.isInNonBlockingThread())
                                .send();
                    })
                    .bindNow();
            var response = HttpClient.create()
                    .baseUrl("http://127.0.0.1:" + server.port())
                    .get()
                    .uri("/")
                    .response()
                    .block();
            var headers = Objects.requireNonNull(response).responseHeaders();
            assertThat(headers.get("loop")).matches("stentor-loop-[12]");
            assertThat(headers.get("non-blocking")).isEqualTo("true");
            server.disposeNow();
        }
        return Objects.requireNonNull(channels.poll(5, TimeUnit.SECONDS));
    }
}
