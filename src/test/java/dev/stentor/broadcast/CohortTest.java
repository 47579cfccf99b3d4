package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large audience, of which not all are sent the same sound in the same tick: whatever happens while sound gathers. */
class CohortTest {

    private static final Duration LEAD = Duration.ofSeconds(1);
    private static final int MOST_IN_A_BATCH = 5;
    private static final int FROM_THE_BEGINNING = 190;

    private final List<Stage.Loop> loops = List.of(new Stage.Loop(), new Stage.Loop());
    private final List<Heard> audience = new ArrayList<>();
    private final Map<Long, byte[]> told = new HashMap<>();
    private final Stage stage = new Stage(ChannelSettings.conversation().withLead(LEAD));
    private int utterances;

    /** A listener, and how much it had been sent when it left; -1 as long as it stays. */
    private static final class Heard {
        private final RecordingOutlet outlet = new RecordingOutlet();
        private final Listener listener;
        private int messagesInAll = -1;

        private Heard(Stage stage, Stage.Loop loop) {
            listener = stage.ask(outlet, loop, new JoinRequest("c", null, Start.LIVE, null, Format.PCM, false));
        }
    }

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void eachGetsEveryEntryOnceAndInOrder(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        join(random, FROM_THE_BEGINNING);
        loops.forEach(Stage.Loop::run);
        speak();
        for (int i = 0; i < 70; i++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> join(random, random.nextInt(30));
                case 2 -> leave(random, random.nextInt(5));
                case 3 -> interrupt();
                case 4 -> stage.release(new LeadChanged(1, random.nextBoolean() ? 1_000 : 150));
                default -> stage.play(1 + random.nextInt(4));
            }
            if (i == 20 || i == 40) {
                join(random, 450); // past 500 and 1,000 another cohort is opened
            }
            if (random.nextBoolean()) {
                loops.forEach(Stage.Loop::run); // else it has several things to do the next time
            }
        }
        stage.end("u" + utterances);
        loops.forEach(Stage.Loop::run);
        long last = audience.getFirst().outlet.seqs().getLast();
        assertThat(audience.stream().filter(heard -> heard.messagesInAll < 0).count())
                .as("enough for three cohorts")
                .isGreaterThan(1_000);
        for (int i = 0; i < audience.size(); i++) {
            check(audience.get(i), last, i < FROM_THE_BEGINNING);
        }
    }

    private void speak() {
        stage.startAhead("u" + ++utterances, LEAD);
        stage.play(20);
    }

    private void interrupt() {
        stage.clear();
        speak();
    }

    private void join(RandomGenerator random, int count) {
        for (int i = 0; i < count; i++) {
            audience.add(new Heard(stage, loops.get(random.nextInt(loops.size()))));
        }
    }

    /** The first one stays. */
    private void leave(RandomGenerator random, int count) {
        loops.forEach(Stage.Loop::run);
        for (int i = 0; i < count; i++) {
            Heard leaving = audience.get(1 + random.nextInt(audience.size() - 1));
            if (leaving.messagesInAll < 0) {
                leaving.messagesInAll = leaving.outlet.messages.size();
                leaving.listener.leave();
            }
        }
    }

    /** @param inStep whether it had never anything to catch up with */
    private void check(Heard heard, long last, boolean inStep) {
        List<Long> seqs = heard.outlet.seqs();
        List<byte[]> entries = heard.outlet.entries();
        List<Long> clears = heard.outlet.texts("clear").stream()
                .map(clear -> clear.path("seq").asLong())
                .toList();
        assertThat(heard.outlet.texts("gap")).isEmpty();
        for (int i = 0; i < seqs.size(); i++) {
            long seq = seqs.get(i);
            assertThat(told.computeIfAbsent(seq, first -> bytes(entries, seqs, first)))
                    .isEqualTo(entries.get(i));
            if (i > 0 && seq != seqs.get(i - 1) + 1) {
                assertThat(clears).as("only what was cleared may be left out").contains(seq);
                long most = inStep ? MOST_IN_A_BATCH : Long.MAX_VALUE - 1;
                assertThat(seq - seqs.get(i - 1)).isBetween(2L, most + 1);
            }
        }
        if (heard.messagesInAll < 0) {
            assertThat(seqs.getLast()).isEqualTo(last);
        } else {
            assertThat(heard.outlet.messages).hasSize(heard.messagesInAll);
        }
    }

    private static byte[] bytes(List<byte[]> entries, List<Long> seqs, long seq) {
        return entries.get(seqs.indexOf(seq));
    }
}
