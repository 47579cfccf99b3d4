package dev.stentor.broadcast;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stentor.broadcast.socket.WebSocketFraming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The answer to a client's question for the time. It is written digit by digit, because every listener asks all the time. */
final class TimeAnswer {

    private static final byte[] T0 = "{\"t\":\"time\",\"t0\":".getBytes(US_ASCII);
    private static final byte[] T1 = ",\"t1\":".getBytes(US_ASCII);
    private static final byte[] T2 = ",\"t2\":".getBytes(US_ASCII);
    private static final byte[] ERROR = ",\"err_us\":".getBytes(US_ASCII);
    private static final int RADIX = 10;

    private TimeAnswer() {}

    /**
     * Frames an answer. The caller owns it.
     *
     * @param bytes the client's stamp, a JSON number, from one index up to another; it goes back as it came
     * @param receivedMicros when the question came
     * @param errorMicros by how much the times may be wrong, since the channel's clock is that of another machine; 0 if it is not
     */
    static ByteBuf frame(byte[] bytes, int from, int to, long receivedMicros, long sentMicros, long errorMicros) {
        int length = T0.length + to - from + T1.length + digits(receivedMicros) + T2.length + digits(sentMicros) + 1;
        length += errorMicros > 0 ? ERROR.length + digits(errorMicros) : 0;
        ByteBuf frame = WebSocketFraming.begin(ByteBufAllocator.DEFAULT, WebSocketFraming.TEXT, length)
                .writeBytes(T0)
                .writeBytes(bytes, from, to - from)
                .writeBytes(T1);
        write(frame, receivedMicros);
        frame.writeBytes(T2);
        write(frame, sentMicros);
        if (errorMicros > 0) {
            frame.writeBytes(ERROR);
            write(frame, errorMicros);
        }
        return frame.writeByte('}');
    }

    /** Returns how many characters a number has. */
    private static int digits(long value) {
        int count = value < 0 ? 2 : 1;
        for (long rest = value / RADIX; rest != 0; rest /= RADIX) {
            count++;
        }
        return count;
    }

    private static void write(ByteBuf frame, long value) {
        int length = digits(value);
        int begin = frame.writerIndex();
        frame.writeZero(length);
        long rest = value;
        for (int i = begin + length - 1; i >= begin; i--) {
            frame.setByte(i, '0' + (int) Math.abs(rest % RADIX));
            rest /= RADIX;
        }
        if (value < 0) {
            frame.setByte(begin, '-');
        }
    }
}
