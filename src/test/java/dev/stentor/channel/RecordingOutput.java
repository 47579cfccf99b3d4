package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Audio;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** An output that remembers what a channel released. Confined to the test's thread. */
final class RecordingOutput implements ChannelOutput {

    final List<ChannelEvent> events = new ArrayList<>();
    boolean listening;
    boolean closed;
    int flushes;
    int ticksUntilSent = 1;

    @Override
    public void on(ChannelEvent event) {
        events.add(event);
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public int ticksUntilSent(long nowMicros) {
        return ticksUntilSent;
    }

    @Override
    public boolean hasListeners() {
        return listening;
    }

    @Override
    public void close() {
        closed = true;
    }

    <T extends ChannelEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Audio frameAt(long pos) {
        return all(Audio.class).stream()
                .filter(frame -> frame.pos() == pos)
                .findFirst()
                .orElseThrow();
    }

    int frames() {
        return all(Audio.class).size();
    }

    /** Returns the utterances' own samples, without padding. */
    byte[] sound() {
        var bytes = new ByteArrayOutputStream();
        for (Audio frame : all(Audio.class)) {
            byte[] own = new byte[frame.samples() * 2];
            frame.audio().duplicate().get(own);
            bytes.writeBytes(own);
        }
        return bytes.toByteArray();
    }
}
