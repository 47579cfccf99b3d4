package dev.stentor.speech.qwen;

import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the Qwen-TTS service refuses requests. They hold without asking the service, and whichever engine speaks: a user who
 * tries the embedded voice sees the refusals of production. Only documented rules are kept; a model, voice or language that the
 * catalogue does not know is left to the engine. The rules do not apply to models of other engines. Thread-safe.
 */
public final class QwenRules {

    private static final int INSTRUCTION_TOKENS = 1_600;
    private static final String AUTO = "Auto";

    private final QwenCatalogue catalogue;
    private final CustomVoices made;
    private final @Nullable String defaultModel;

    /**
     * Creates the rules.
     *
     * @param made voices of this gateway's accounts
     * @param defaultModel model of a request that names none; null if it is none of the service's
     */
    public QwenRules(QwenCatalogue catalogue, CustomVoices made, @Nullable String defaultModel) {
        this.catalogue = catalogue;
        this.made = made;
        this.defaultModel = defaultModel;
    }

    /** Adds the model to a request that names none, if it names a voice that was made: the model that speaks in it. */
    SpeechRequest completed(SpeechRequest request) {
        String voice = request.voice();
        if (request.model() != null || voice == null) {
            return request;
        }
        return known(voice)
                .map(CustomVoice::targetModel)
                .filter(model -> !model.isEmpty())
                .or(() -> Optional.ofNullable(CustomVoice.kindOf(voice))
                        .flatMap(catalogue::modelFor)
                        .map(Model::name))
                .map(request::withModel)
                .orElse(request);
    }

    /** Tells why the service would refuse a request, apart from the length of its text; empty if it would not. */
    Optional<InvalidInput> objection(SpeechRequest request) {
        String name = completed(request).model();
        return catalogue
                .model(name == null ? String.valueOf(defaultModel) : name)
                .flatMap(model -> transport(model)
                        .or(() -> account(model, request.voice()))
                        .or(() -> voice(model, request.voice()))
                        .or(() -> language(model, request.languageType()))
                        .or(() -> instructions(model, request.instructions())));
    }

    /** Tells why the service would refuse the text if it was sent in one request; empty if it would not. */
    Optional<InvalidInput> tooLong(SpeechRequest request) {
        String name = request.model() == null ? String.valueOf(defaultModel) : request.model();
        return catalogue
                .model(name)
                .flatMap(model -> Optional.ofNullable(model.textLimit()))
                .filter(limit -> !limit.allows(request.text()))
                .map(limit -> new InvalidInput("text", tooLong(limit, request.text())));
    }

    /** Returns the service's message for a text that is empty or too long. */
    public static String tooLong(ModelTextLimit limit, String text) {
        return switch (limit.unit()) {
            case CHARACTERS -> "Range of input length should be [1, " + limit.count() + "]";
            case TOKENS ->
                "About " + limit.length(text) + " tokens; range of input length should be [1, " + limit.count()
                        + "] tokens";
        };
    }

    private Optional<InvalidInput> transport(Model model) {
        if (model.transport() == Model.Transport.HTTP) {
            return Optional.empty();
        }
        String twin = catalogue.models().stream()
                .filter(other -> other.family() == model.family() && other.transport() == Model.Transport.HTTP)
                .map(Model::name)
                .findFirst()
                .orElse("another model");
        return Optional.of(new InvalidInput(
                "model",
                "The model " + model.name() + " answers over the service's WebSocket only, which this gateway does not "
                        + "speak; " + twin + " answers over HTTP."));
    }

    /** Tells whether a model speaks only in voices that somebody made, while this gateway has no account in which they could be. */
    private Optional<InvalidInput> account(Model model, @Nullable String voice) {
        boolean hasAccount =
                made.studio().isPresent() || (voice != null && known(voice).isPresent());
        if (hasAccount || model.voices().contains(Voice.Kind.BUILTIN)) {
            return Optional.empty();
        }
        boolean byVoice = voice != null && CustomVoice.kindOf(voice) != null;
        return Optional.of(new InvalidInput(
                byVoice ? "voice" : "model",
                "AccessDenied.Unpurchased",
                "The model " + model.name()
                        + " speaks in voices that were made in an account with the service, and this "
                        + "gateway has none: set DASHSCOPE_API_KEY in the environment, and gateway.engine to auto or "
                        + "dashscope."));
    }

    private Optional<InvalidInput> voice(Model model, @Nullable String requested) {
        String voice = requested == null ? QwenCatalogue.DEFAULT_VOICE : requested;
        Optional<CustomVoice> known = known(voice);
        Optional<Voice> builtIn = catalogue.voice(voice);
        Optional<Voice.Kind> kind = known.map(CustomVoice::kind)
                .or(() -> builtIn.map(Voice::kind))
                .or(() -> Optional.ofNullable(CustomVoice.kindOf(voice)));
        if (kind.isPresent() && !model.voices().contains(kind.get())) {
            return Optional.of(new InvalidInput("voice", wrongKind(model, requested, kind.get())));
        }
        if (known.isPresent()
                && !known.get().targetModel().isEmpty()
                && !model.isCalled(known.get().targetModel())) {
            return Optional.of(new InvalidInput(
                    "voice",
                    "The voice was made for the model " + known.get().targetModel()
                            + ", and no other can speak in it."));
        }
        return builtIn.filter(found -> known.isEmpty() && !found.models().contains(model.name()))
                .map(found -> new InvalidInput(
                        "voice",
                        "The model " + model.name() + " does not have the voice " + found.name() + "; "
                                + found.models().getFirst() + " has it."));
    }

    private String wrongKind(Model model, @Nullable String requested, Voice.Kind kind) {
        String speaks = "The model " + model.name() + " speaks only in "
                + model.voices().stream().map(QwenRules::shown).collect(Collectors.joining(" and ")) + " voices; ";
        return requested == null
                ? speaks + "name one."
                : speaks + "for this one, which is " + shown(kind) + ", take " + modelFor(kind) + ".";
    }

    private static Optional<InvalidInput> language(Model model, @Nullable String type) {
        if (type == null || type.equals(AUTO) || model.languages().isEmpty()) {
            return Optional.empty();
        }
        return Language.of(type)
                .filter(language -> !model.languages().contains(language))
                .map(language -> new InvalidInput(
                        "language_type",
                        "The model " + model.name() + " speaks only "
                                + model.languages().stream()
                                        .map(Language::languageType)
                                        .collect(Collectors.joining(" and "))
                                + "."));
    }

    private Optional<InvalidInput> instructions(Model model, @Nullable String instructions) {
        if (instructions == null || instructions.isBlank()) {
            return Optional.empty();
        }
        if (!model.instructions()) {
            return Optional.of(new InvalidInput(
                    "instructions",
                    "The model " + model.name() + " takes no instructions; "
                            + catalogue.models().stream()
                                    .filter(Model::instructions)
                                    .map(Model::name)
                                    .findFirst()
                                    .orElse("another")
                            + " does."));
        }
        long tokens = TokenEstimate.of(instructions);
        return tokens <= INSTRUCTION_TOKENS
                ? Optional.empty()
                : Optional.of(new InvalidInput(
                        "instructions",
                        "The instructions have about " + tokens + " tokens; at most " + INSTRUCTION_TOKENS
                                + " are taken."));
    }

    /** Finds a voice that was made. A voice that is not known may be new: then the studios are asked, for the next time. */
    private Optional<CustomVoice> known(String voice) {
        Optional<CustomVoice> known = made.known(voice);
        if (known.isEmpty() && catalogue.voice(voice).isEmpty()) {
            made.refresh();
        }
        return known;
    }

    private String modelFor(Voice.Kind kind) {
        return catalogue.modelFor(kind).map(Model::name).orElse("another model");
    }

    private static String shown(Voice.Kind kind) {
        return switch (kind) {
            case BUILTIN -> "built-in";
            case CLONED -> "cloned";
            case DESIGNED -> "designed";
            case EMBEDDED -> "embedded";
        };
    }
}
