package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stentor.broadcast.BenchBroadcast;
import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.ListenerReport;
import dev.stentor.broadcast.socket.NettyOutlet;
import dev.stentor.broadcast.socket.SendMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;

/**
 * What a player's small messages cost, from the bytes of the socket: a report up to the record of what was heard, and a question for
 * the time up to its answer's bytes. They came whole; {@code …Decoded} passes the decoder of frames, as what comes in pieces does, and {@code
 * …ByParser} reads the same messages as object trees, as unusual ones are read. {@code decoded} is the part of the decoder alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH fills the fields
public class ReportBenchmark implements FrequentMessages.Receiver {

    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int LENGTH_FOLLOWS = 126;

    private static final byte[] REPORT =
            ("{\"t\":\"report\",\"pos\":48000,\"gen\":1,\"buffer_ms\":120,\"target_ms\":80,\"underruns\":0,"
                            + "\"concealed_samples\":0,\"rtt_us\":400,\"out_ms\":20,\"state\":\"playing\",\"muted\":false}")
                    .getBytes(US_ASCII);
    private static final byte[] QUESTION = "{\"t\":\"time\",\"t0\":123456.5}".getBytes(US_ASCII);

    private final EmbeddedChannel whole = new EmbeddedChannel();
    private final EmbeddedChannel direct = new EmbeddedChannel();
    private final EmbeddedChannel parsed = new EmbeddedChannel();
    private final BenchBroadcast all = new BenchBroadcast(1);
    private Listener listener;
    private boolean decodeOnly;

    /** Joins the listener to a channel. */
    @Setup
    public void join() {
        listener = all.join("c");
        NettyOutlet.install(whole, SendMode.WRITE, Format.PCM.bytesPerSecond(), reason -> {})
                .flush();
        whole.pipeline().addLast(new StrictFrameDecoder(1 << 16));
        FrequentBytes.install(
                whole.pipeline(),
                (bytes, from, length, mask) -> FrequentMessages.ofLoop().read(bytes, from, length, mask, this));
        direct.pipeline().addLast(new StrictFrameDecoder(1 << 16));
        FrequentFrames.install(direct.pipeline(), this::serve);
        parsed.pipeline().addLast(new StrictFrameDecoder(1 << 16)).addLast(new Messages());
    }

    /** One report. */
    @Benchmark
    public long report() {
        whole.writeInbound(frame(REPORT));
        return all.messages();
    }

    /** One report, decoded. */
    @Benchmark
    public long reportDecoded() {
        direct.writeInbound(frame(REPORT));
        return all.messages();
    }

    /** One report, by the parser. */
    @Benchmark
    public long reportByParser() {
        parsed.writeInbound(frame(REPORT));
        return all.messages();
    }

    /** One question for the time. */
    @Benchmark
    public long time() {
        whole.writeInbound(frame(QUESTION));
        return all.messages();
    }

    /** One question for the time, decoded. */
    @Benchmark
    public long timeDecoded() {
        direct.writeInbound(frame(QUESTION));
        return all.messages();
    }

    /** One question for the time, by the parser. */
    @Benchmark
    public long timeByParser() {
        parsed.writeInbound(frame(QUESTION));
        return all.messages();
    }

    /** The decoding of a report's frame alone. */
    @Benchmark
    public long decoded() {
        decodeOnly = true;
        direct.writeInbound(frame(REPORT));
        return all.messages();
    }

    private boolean serve(WebSocketFrame frame) {
        return decodeOnly || FrequentMessages.ofLoop().read(frame.content(), this);
    }

    @Override
    public void report(ListenerReport report) {
        listener.report(report);
    }

    @Override
    public void time(byte[] bytes, int from, int to) {
        listener.time(bytes, from, to, all.clock().micros());
    }

    /** A client's frame, with a mask of zeros; the decoder releases it. */
    private static ByteBuf frame(byte[] message) {
        ByteBuf frame =
                PooledByteBufAllocator.DEFAULT.directBuffer(message.length + 8).writeByte(FINAL_TEXT);
        if (message.length < LENGTH_FOLLOWS) {
            frame.writeByte(MASKED | message.length);
        } else {
            frame.writeByte(MASKED | LENGTH_FOLLOWS).writeShort(message.length);
        }
        return frame.writeInt(0).writeBytes(message);
    }

    private final class Messages extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame text) {
            JsonNode message = MessageJson.parse(text.text());
            if (message.path("t").stringValue().equals("time")) {
                byte[] stamp = MessageJson.stamp(message).getBytes(US_ASCII);
                time(stamp, 0, stamp.length);
            } else {
                report(MessageJson.report(message));
            }
        }
    }
}
