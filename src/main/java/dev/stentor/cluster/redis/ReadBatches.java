package dev.stentor.cluster.redis;

import dev.stentor.clock.TickClock;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;

/**
 * The way to the clock's thread of what connections read: all that one read of a socket brings goes there as one task, since to wake a thread costs
 * more than to take an entry. Thread-safe.
 */
@ChannelHandler.Sharable
final class ReadBatches extends ChannelInboundHandlerAdapter implements NettyCustomizer {

    private final TickClock clock;
    private final Queue<Runnable> arrived = new ConcurrentLinkedQueue<>();

    ReadBatches(TickClock clock) {
        this.clock = clock;
    }

    /** Runs a task on the clock's thread once the present read is over. Called only while a connection passes on what it read. */
    void add(Runnable task) {
        arrived.add(task);
    }

    /** Returns an answer that comes on the clock's thread; a failure comes on any. The value must be read from a connection. */
    <T> Mono<T> onClock(Mono<T> answer) {
        return Mono.create(sink ->
                sink.onCancel(answer.subscribe(value -> add(() -> sink.success(value)), sink::error)));
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        var _ = channel.pipeline().addLast(this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        var _ = context.fireChannelReadComplete();
        if (!arrived.isEmpty()) {
            clock.execute(this::run);
        }
    }

    private void run() {
        try {
            for (Runnable task = arrived.poll(); task != null; task = arrived.poll()) {
                task.run();
            }
        } finally {
            if (!arrived.isEmpty()) { // a task failed
                clock.execute(this::run);
            }
        }
    }
}
