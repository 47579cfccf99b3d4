package dev.stentor.relay;

import dev.stentor.broadcast.HeardUntil;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Inheritance;
import dev.stentor.channel.Inheritance.QueuedText;
import dev.stentor.channel.Preset;
import dev.stentor.channel.TextMark;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Charge;
import dev.stentor.usage.Quotas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The form in which the texts and settings of a channel are kept for the next node that has it. */
final class KeptForm {

    static final String SETTINGS = "settings";
    static final String ORDER = "order";
    static final String UTTERANCE = "u:";

    private static final JsonMapper JSON = new JsonMapper();

    private record Settings(Preset preset, long leadMillis, int maxUtterances, boolean pinned) {}

    private record Text(
            String text,
            @Nullable String model,
            @Nullable String voice,
            @Nullable String language,
            @Nullable String instructions,
            @Nullable Boolean optimized,
            double speed,
            boolean fresh,
            @Nullable Long expiresAtMillis,
            @Nullable String key,
            List<TextMark> marks,
            @Nullable String payer,
            @Nullable Long paid) {

        private Text withPaid(long characters) {
            return new Text(
                    text,
                    model,
                    voice,
                    language,
                    instructions,
                    optimized,
                    speed,
                    fresh,
                    expiresAtMillis,
                    key,
                    marks,
                    payer,
                    characters);
        }
    }

    private KeptForm() {}

    static String of(ChannelSettings settings, boolean pinned) {
        return JSON.writeValueAsString(
                new Settings(settings.preset(), settings.lead().toMillis(), settings.maxUtterances(), pinned));
    }

    static String of(List<String> order) {
        return JSON.writeValueAsString(order);
    }

    static String of(UtteranceRequest asked, long nowMillis) {
        SpeechRequest request = asked.request();
        Duration expires = asked.expiresIn();
        return JSON.writeValueAsString(new Text(
                request.text(),
                request.model(),
                request.voice(),
                request.languageType(),
                request.instructions(),
                request.optimizeInstructions(),
                request.speed(),
                request.fresh(),
                expires == null ? null : nowMillis + expires.toMillis(),
                asked.key(),
                asked.marks(),
                request.charge().payer().orElse(null),
                request.charge().paidSoFar()));
    }

    /** Returns a kept text for which so many characters are paid by now. */
    static String withPaid(String text, long characters) {
        return JSON.writeValueAsString(JSON.readValue(text, Text.class).withPaid(characters));
    }

    /**
     * Returns what a life of a channel left.
     *
     * @param texts all that is kept, by name; of other lives too
     * @param epoch of that life
     * @param head where its listeners are
     * @param usual settings of channels that have none of their own
     * @param quotas where those who asked for the texts are charged from now on
     */
    static Inheritance inheritance(
            Map<String, String> texts,
            long epoch,
            HeardUntil head,
            ChannelSettings usual,
            Quotas quotas,
            long nowMillis) {
        String prefix = epoch + ":";
        String known = texts.get(prefix + SETTINGS);
        Settings its = known == null ? null : JSON.readValue(known, Settings.class);
        List<QueuedText> queue = new ArrayList<>();
        for (String id : order(texts.get(prefix + ORDER))) {
            String text = texts.get(prefix + UTTERANCE + id);
            if (text != null && !head.over().contains(id)) {
                queue.add(new QueuedText(id, request(JSON.readValue(text, Text.class), quotas, nowMillis)));
            }
        }
        return new Inheritance(
                its == null
                        ? null
                        : usual.withPreset(its.preset())
                                .withLead(Duration.ofMillis(its.leadMillis()))
                                .withMaxUtterances(its.maxUtterances()),
                its != null && its.pinned(),
                head.paused(),
                head.pos(),
                head.generation(),
                queue);
    }

    private static List<String> order(@Nullable String text) {
        return text == null ? List.of() : JSON.readValue(text, new TypeReference<List<String>>() {});
    }

    private static UtteranceRequest request(Text text, Quotas quotas, long nowMillis) {
        String payer = text.payer();
        Long paid = text.paid();
        var request = new SpeechRequest(
                text.text(),
                text.model(),
                text.voice(),
                text.language(),
                text.instructions(),
                text.optimized(),
                text.speed(),
                text.fresh(),
                payer == null ? Charge.NONE : Charge.accepted(payer, quotas, paid == null ? 0 : paid));
        Long expires = text.expiresAtMillis();
        Duration left = expires == null ? null : Duration.ofMillis(Math.max(1, expires - nowMillis));
        return new UtteranceRequest(request, Mode.ENQUEUE, left, text.key(), false, text.marks());
    }
}
