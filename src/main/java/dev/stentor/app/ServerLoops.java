package dev.stentor.app;

import dev.stentor.broadcast.socket.SendMode;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of the web server, on a transport that is chosen here and nowhere else. Reactor Netty alone takes whichever
 * native transport is on the class path. Thread-safe.
 */
final class ServerLoops implements LoopResources, AutoCloseable {

    private final boolean epoll;
    private final SendMode sending;
    private final int loops;
    private final EventLoopGroup group;

    /** The transport of the connections. */
    enum Transport {
        /** Epoll where it is available, else NIO. */
        AUTO,
        /** Epoll, which only Linux has; the start fails without it. */
        EPOLL,
        /** NIO of the JDK. */
        NIO
    }

    private ServerLoops(boolean epoll, SendMode sending, int loops) {
        this.epoll = epoll;
        this.sending = sending;
        this.loops = loops;
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        var numbers = new AtomicInteger();
        ThreadFactory threads = task -> new LoopThread(task, "stentor-loop-" + numbers.incrementAndGet());
        group = new MultiThreadIoEventLoopGroup(loops, threads, io);
    }

    /** Creates the event loops; throws {@link IllegalArgumentException} if the transport or the send mode is not available. */
    static ServerLoops of(Transport wanted, SendMode sending, int loops) {
        if (wanted == Transport.EPOLL && !Epoll.isAvailable()) {
            throw new IllegalArgumentException(
                    "gateway.listen.transport is epoll, which this machine does not offer; auto and nio run everywhere",
                    Epoll.unavailabilityCause());
        }
        boolean epoll = wanted != Transport.NIO && Epoll.isAvailable();
        if (sending != SendMode.AUTO && sending != SendMode.WRITE && !epoll) {
            throw new IllegalArgumentException("gateway.listen.send is "
                    + sending.name().toLowerCase(Locale.ROOT)
                    + ", which needs epoll; auto and write run everywhere");
        }
        return new ServerLoops(epoll, sending, loops);
    }

    /** Returns the number of loops, the transport and the send mode, for the log. */
    String description() {
        return loops + " event loops on " + (epoll ? "epoll" : "NIO") + ", sound is sent by "
                + way(epoll ? sending : SendMode.WRITE, sending.refusal());
    }

    /**
     * Describes a send mode, for the log.
     *
     * @param refusal reason why the system does not support {@link SendMode#RING}; empty if it does
     */
    static String way(SendMode sending, Optional<String> refusal) {
        return switch (sending) {
            case WRITE -> "write";
            case AUTO, FD -> "fd, with TLS by write";
            case RING, MEASURED ->
                refusal.map(why -> "fd, as ring is not to be had here (" + why + "), with TLS by write")
                        .orElse((sending == SendMode.RING ? "ring" : "fd or ring, as measured")
                                + ", with TLS by write");
        };
    }

    /** Returns the loops one by one. */
    List<Executor> executors() {
        List<Executor> each = new ArrayList<>();
        group.forEach(each::add);
        return each;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return group;
    }

    @Override
    public boolean isDisposed() {
        return group.isShuttingDown();
    }

    /** Starts the end of the loops and returns at once; submitted tasks are finished, within at most 2 s. */
    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }

    /** A thread of a loop; by its type Reactor and BlockHound know that it must not block. */
    private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {
        private LoopThread(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }
}
