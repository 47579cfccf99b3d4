package dev.stentor.web.connection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Witness of connections that the server's socket cannot accept, usually because the process has no file handle left. Netty itself
 * says nothing, pauses for a second, and tries again. Confined to the event loop of the server's socket.
 */
@Sharable
public final class AcceptFailures extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final ConnectionStats stats;
    private boolean isKnown;
    private long lastLine;

    /** Creates a witness, to be put first into the pipeline of the server's channel. */
    public AcceptFailures(ConnectionStats stats) {
        this.stats = stats;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            stats.notAccepted();
            long now = System.nanoTime();
            if (!isKnown || now - lastLine >= PAUSE_NANOS) {
                isKnown = true;
                lastLine = now;
                LOG.atWarn()
                        .addKeyValue("reason", cause.getMessage())
                        .log(
                                "New connections cannot be accepted; they wait until there are file handles again (ulimit -n)");
            }
        }
        context.fireExceptionCaught(cause);
    }
}
