package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.NettyOutlet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * Handler at the beginning of the pipeline, for the short texts that come all the time. Such a frame that came whole is offered to the
 * connection's owner as bytes, so that it passes neither the decoder nor what stands around it. All others go on. Confined to the
 * connection's event loop.
 */
final class FrequentBytes extends ChannelInboundHandlerAdapter {

    /** A final frame of text without extensions (RFC 6455, section 5.2). */
    private static final byte TEXT = (byte) 0x81;

    /** The bit of the second byte that says that the payload is masked; the others are its length, or say how that is written. */
    private static final int MASKED = 0x80;

    private static final int MOST_SHORT = 125;
    private static final int IN_TWO_BYTES = 126;
    private static final int SHORT_HEAD = 2 + Integer.BYTES;
    private static final int LONG_HEAD = SHORT_HEAD + Short.BYTES;

    private final StrictFrameDecoder decoder;
    private final Owner owner;
    private boolean passedOn;

    /** An owner of a connection. */
    @FunctionalInterface
    interface Owner {
        /**
         * Serves a text; false if it must take the long way.
         *
         * @param bytes borrowed; the text is in them from {@code from} on, each byte masked
         * @param mask the first byte of the text is masked by its highest byte
         */
        boolean serve(ByteBuf bytes, int from, int length, int mask);
    }

    private FrequentBytes(StrictFrameDecoder decoder, Owner owner) {
        this.decoder = decoder;
        this.owner = owner;
    }

    /** Puts the handler into a connection that has a {@link StrictFrameDecoder}, behind its outlet; does nothing if it has none. */
    static void install(ChannelPipeline pipeline, Owner owner) {
        StrictFrameDecoder decoder = pipeline.get(StrictFrameDecoder.class);
        ChannelHandlerContext outlet = pipeline.context(NettyOutlet.class);
        if (decoder != null && outlet != null) {
            var _ = pipeline.addAfter(outlet.name(), "stentor.frequent.bytes", new FrequentBytes(decoder, owner));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && decoder.isBetweenMessages()) {
            while (serveFrame(bytes)) {
                if (!bytes.isReadable()) {
                    bytes.release();
                    return;
                }
            }
        }
        passedOn = true;
        context.fireChannelRead(message);
    }

    /** Serves the frame that comes next, and moves behind it; false if that is for the decoder. */
    private boolean serveFrame(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int readable = bytes.readableBytes();
        if (readable < LONG_HEAD || bytes.getByte(at) != TEXT) {
            return false;
        }
        int told = bytes.getUnsignedByte(at + 1) - MASKED;
        boolean isLong = told == IN_TWO_BYTES;
        int head = isLong ? LONG_HEAD : SHORT_HEAD;
        int length = isLong ? bytes.getUnsignedShort(at + 2) : told;
        boolean wellTold = isLong ? length > MOST_SHORT : length >= 0 && length <= MOST_SHORT;
        if (!wellTold || head + length > readable) {
            return false;
        }
        int from = at + head;
        boolean served = owner.serve(bytes, from, length, bytes.getInt(from - Integer.BYTES));
        if (served) {
            bytes.readerIndex(from + length);
        }
        return served;
    }

    /** Tells the others that all was read, if they got something of it, or ask for more themselves. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (passedOn || !context.channel().config().isAutoRead()) {
            passedOn = false;
            context.fireChannelReadComplete();
        }
    }
}
