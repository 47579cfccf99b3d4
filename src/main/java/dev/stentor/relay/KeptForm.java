package dev.stentor.relay;

import dev.stentor.broadcast.HeardUntil;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Inheritance;
import dev.stentor.channel.Inheritance.QueuedText;
import dev.stentor.channel.KeptSource;
import dev.stentor.channel.MixSettings;
import dev.stentor.channel.Preset;
import dev.stentor.channel.TextMap;
import dev.stentor.channel.TimelineSpan;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.channel.WrittenText;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;
import dev.stentor.usage.Quotas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The form in which the texts and settings of a channel are kept for the next node that has it. */
final class KeptForm {

    static final String SETTINGS = "settings";
    static final String MIX = "mix";
    static final String ORDER = "order";
    static final String UTTERANCE = "u:";
    static final String PAST = "d:";

    /** The status of a failure of which only the code and the sentence are known. */
    private static final int NOT_AVAILABLE = 503;

    private static final JsonMapper JSON = new JsonMapper();

    private record Settings(Preset preset, long leadMillis, int maxUtterances, boolean pinned) {}

    private record Mix(MixSettings settings, List<KeptSource> sources) {}

    /** @param heard number of its samples that a listener on time heard */
    private record Past(
            long number,
            KeptText text,
            Utterance.State state,
            int generation,
            @Nullable Long pos,
            long samples,
            List<TimelineSpan> spans,
            long heard,
            @Nullable String code,
            @Nullable String message) {}

    private KeptForm() {}

    static String of(ChannelSettings settings, boolean pinned) {
        return JSON.writeValueAsString(
                new Settings(settings.preset(), settings.lead().toMillis(), settings.maxUtterances(), pinned));
    }

    static String of(MixSettings settings, List<KeptSource> sources) {
        return JSON.writeValueAsString(new Mix(settings, sources));
    }

    static String of(List<String> order) {
        return JSON.writeValueAsString(order);
    }

    /** Returns the form of a text to which nothing was written yet, if it is an open one. */
    static String of(UtteranceRequest asked, long nowMillis) {
        return JSON.writeValueAsString(KeptText.of(asked, nowMillis));
    }

    /** Returns the form of an utterance that is over; those that ended later have higher numbers. */
    static String of(Utterance over, long number) {
        SpeechFailure failure = over.failure();
        var asked = new UtteranceRequest(over.request().chargedTo(Charge.NONE), Mode.ENQUEUE, null, null, false);
        return JSON.writeValueAsString(new Past(
                number,
                KeptText.of(asked, 0),
                over.state(),
                over.generation(),
                over.pos(),
                over.samples(),
                over.spans(),
                over.heardSamples(),
                failure == null ? null : failure.code(),
                failure == null ? null : failure.message()));
    }

    /** Returns a kept text for which so many characters are paid by now. */
    static String withPaid(String text, long characters) {
        KeptText kept = JSON.readValue(text, KeptText.class);
        return JSON.writeValueAsString(kept.with(kept.written(), characters));
    }

    /** Returns a kept open text to which this was written by now. It expires when it did before. */
    static String withWritten(String text, WrittenText written) {
        KeptText kept = JSON.readValue(text, KeptText.class);
        return JSON.writeValueAsString(kept.with(written, kept.paid()));
    }

    /**
     * Returns what a life of a channel left.
     *
     * @param channel the channel's name
     * @param texts all that is kept, by name; of other lives too
     * @param epoch of that life
     * @param head where its listeners are
     * @param usual settings of channels that have none of their own
     * @param quotas where those who asked for the texts are charged from now on
     */
    static Inheritance inheritance(
            ChannelName channel,
            Map<String, String> texts,
            long epoch,
            HeardUntil head,
            ChannelSettings usual,
            Quotas quotas,
            long nowMillis) {
        String prefix = epoch + ":";
        String known = texts.get(prefix + SETTINGS);
        Settings settings = known == null ? null : JSON.readValue(known, Settings.class);
        String mixed = texts.get(prefix + MIX);
        Mix mix = mixed == null ? null : JSON.readValue(mixed, Mix.class);
        List<QueuedText> queue = new ArrayList<>();
        for (String id : order(texts.get(prefix + ORDER))) {
            String text = texts.get(prefix + UTTERANCE + id);
            if (text != null && !head.over().contains(id)) {
                KeptText its = JSON.readValue(text, KeptText.class);
                queue.add(new QueuedText(id, its.request(quotas, nowMillis), its.written()));
            }
        }
        return new Inheritance(
                settings == null
                        ? null
                        : usual.withPreset(settings.preset())
                                .withLead(Duration.ofMillis(settings.leadMillis()))
                                .withMaxUtterances(settings.maxUtterances()),
                settings != null && settings.pinned(),
                head.paused(),
                head.pos(),
                head.generation(),
                queue,
                past(channel, texts, prefix, head),
                mix == null ? null : mix.settings(),
                mix == null ? List.of() : mix.sources());
    }

    private static List<Utterance> past(
            ChannelName channel, Map<String, String> texts, String prefix, HeardUntil head) {
        List<Utterance> past = new ArrayList<>();
        texts.entrySet().stream()
                .filter(kept -> kept.getKey().startsWith(prefix + PAST))
                .map(kept -> Map.entry(
                        kept.getKey().substring((prefix + PAST).length()), JSON.readValue(kept.getValue(), Past.class)))
                .sorted(Comparator.comparingLong(kept -> kept.getValue().number()))
                .forEach(kept -> past.add(utterance(channel, kept.getKey(), kept.getValue())));
        UtteranceEnded lost = head.lost();
        String text = lost == null ? null : texts.get(prefix + UTTERANCE + lost.id());
        if (lost != null && text != null) {
            past.add(
                    utterance(channel, lost.id(), lost(JSON.readValue(text, KeptText.class), lost, head.generation())));
        }
        return past;
    }

    /** Returns what is left of the utterance that was being spoken. */
    private static Past lost(KeptText text, UtteranceEnded ended, int generation) {
        ChannelEvent.Failure why = ended.failure();
        return new Past(
                Long.MAX_VALUE,
                text,
                Utterance.State.FAILED,
                generation,
                ended.pos(),
                ended.samples(),
                ended.spans(),
                ended.samples(),
                why == null ? null : why.code(),
                why == null ? null : why.message());
    }

    private static Utterance utterance(ChannelName channel, String id, Past past) {
        SpeechRequest request = past.text().speech(Charge.NONE);
        WrittenText written = past.text().written();
        if (written != null) {
            request = request.withText(request.text() + String.join("", written.pieces()));
        }
        boolean done = past.state() == Utterance.State.DONE;
        return new Utterance(
                id,
                channel,
                request,
                past.state(),
                past.generation(),
                past.pos(),
                past.samples(),
                past.spans(),
                new Utterance.Progress(0, 0, done ? request.text().length() : 0, !done),
                new Utterance.Times(0, null, null, null),
                past.heard(),
                new TextMap(request.text(), List.of(), done ? past.samples() : -1),
                past.code() == null
                        ? null
                        : new SpeechFailure.FailedInStream(
                                NOT_AVAILABLE,
                                past.code(),
                                Objects.requireNonNullElse(past.message(), ""),
                                null,
                                past.samples()),
                null,
                null,
                null);
    }

    private static List<String> order(@Nullable String text) {
        return text == null ? List.of() : JSON.readValue(text, new TypeReference<List<String>>() {});
    }
}
