package dev.stentor.speech.reading;

import dev.stentor.text.Border;
import dev.stentor.text.Segment;
import dev.stentor.text.SettledSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A text that a test writes segment by segment. Confined to the test's thread. */
final class WrittenText implements SegmentList {

    /** The segments written so far. */
    final List<SettledSegment> settled = new ArrayList<>();

    private final Map<Integer, List<MonoSink<SettledSegment>>> waiting = new TreeMap<>();
    /** Indexes of the segments that were waited for as the next ones, in order. */
    final List<Integer> nexts = new ArrayList<>();

    private boolean ended;

    void write(String text, Border before) {
        int from = settled.isEmpty() ? 0 : settled.getLast().segment().to() + 1;
        var next = new SettledSegment(new Segment(text, from, from + text.length()), before);
        settled.add(next);
        List<MonoSink<SettledSegment>> readers = waiting.remove(settled.size() - 1);
        if (readers != null) {
            readers.forEach(reader -> reader.success(next));
        }
    }

    void end() {
        ended = true;
        waiting.values().forEach(readers -> readers.forEach(MonoSink::success));
    }

    @Override
    public Mono<SettledSegment> segment(int index) {
        return Mono.create(sink -> {
            if (index < settled.size()) {
                sink.success(settled.get(index));
            } else if (ended) {
                sink.success();
            } else {
                waiting.computeIfAbsent(index, _ -> new ArrayList<>()).add(sink);
            }
        });
    }

    @Override
    public Mono<SettledSegment> next(int index) {
        nexts.add(index);
        return segment(index);
    }

    @Override
    public int count() {
        return settled.size();
    }

    @Override
    public boolean mayCome(int index) {
        return index >= settled.size() && !ended;
    }
}
