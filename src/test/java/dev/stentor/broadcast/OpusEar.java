package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.codec.Decoding;
import dev.stentor.codec.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes what a listener in Opus was sent, by the words of the protocol alone: sound lies at its position less the pre-skip, pre-roll is
 * decoded and dropped, a clear, a gap or a replay begins a new decoder unless a resume goes on with the one there is, and no sample is taken
 * twice.
 */
final class OpusEar {

    private static final int LAG = OpusEncoder.PRE_SKIP / OpusEncoder.TICKS_PER_SAMPLE;

    private final SortedMap<Long, short[]> runs = new TreeMap<>();
    private final OpusDecoder decoder;
    private long playFrom;
    /** True if a resume goes on with this decoder. */
    private boolean kept;
    /** The sample after the last that was heard; -1 where the next frame begins anew. */
    private long next = -1;

    private OpusEar() throws OpusException {
        decoder = new OpusDecoder(24_000, 1);
    }

    static OpusEar hear(List<RecordingOutlet.Message> messages) throws OpusException {
        var ear = new OpusEar();
        for (RecordingOutlet.Message message : messages) {
            JsonNode json = message.json();
            if (json.isNull()) {
                ear.take(message.bytes());
            } else if (json.path("t").asString("").equals("replay")) {
                ear.playFrom = json.path("play_from_pos").asLong();
                ear.replay();
            } else if (json.path("t").asString("").equals("welcome")) {
                ear.kept = json.at("/resume/status").asString("").equals("ok");
            } else if (List.of("clear", "gap").contains(json.path("t").asString(""))) {
                ear.beginAnew();
            }
        }
        return ear;
    }

    /** Returns all that was heard, which must have no hole. */
    short[] sound() {
        int length = runs.values().stream().mapToInt(run -> run.length).sum();
        ByteBuffer sound = ByteBuffer.allocate(length * Short.BYTES);
        long at = from();
        for (var run : runs.entrySet()) {
            assertThat(run.getKey()).isEqualTo(at);
            sound.asShortBuffer().put(run.getValue());
            sound.position(sound.position() + run.getValue().length * Short.BYTES);
            at += run.getValue().length;
        }
        short[] samples = new short[length];
        sound.flip().asShortBuffer().get(samples);
        return samples;
    }

    /** The first sample that was heard. */
    long from() {
        return runs.firstKey();
    }

    private void replay() {
        if (kept) {
            next = -1;
        } else {
            beginAnew();
        }
    }

    private void beginAnew() {
        decoder.resetState();
        next = -1;
    }

    private void take(ByteBuffer frame) throws OpusException {
        long pos = frame.getLong(8);
        boolean last = (frame.get(1) & FrameHeader.LAST) != 0;
        if (frame.get(0) == FrameHeader.SILENCE) {
            put(pos, new short[frame.getInt(24)]);
            beginAnew();
            next = pos + 480;
            return;
        }
        byte[] packet = new byte[frame.limit() - 24];
        frame.get(24, packet);
        short[] heard = Decoding.samples(Decoding.of(decoder, packet));
        assertThat(heard).hasSize(last ? 960 : 480);
        long start = Math.max(playFrom, next < 0 ? pos : next);
        long end = last ? pos + 480 : pos + 480 - LAG;
        if (end > start) {
            int skip = Math.toIntExact(start - (pos - LAG));
            put(start, java.util.Arrays.copyOfRange(heard, skip, skip + Math.toIntExact(end - start)));
        }
        next = Math.max(end, start);
    }

    private void put(long pos, short[] samples) {
        short @Nullable [] twice = runs.put(pos, samples);
        assertThat(twice).isNull();
    }
}
