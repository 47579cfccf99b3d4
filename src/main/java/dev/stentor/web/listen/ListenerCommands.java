package dev.stentor.web.listen;

import dev.stentor.access.Caller;
import dev.stentor.access.Decision;
import dev.stentor.broadcast.Listener;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.TextProgress;
import dev.stentor.channel.Utterance;
import dev.stentor.trace.TraceSpan;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.ChargedSpeech;
import dev.stentor.web.edge.Objections;
import dev.stentor.web.edge.ProblemException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

/**
 * The commands of one listener to its channel: texts to be spoken, and interruptions. Each is done after the one before it. The
 * methods are called on the connection's event loop; commands are run one after another, and answers return to the loop.
 */
final class ListenerCommands {

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.stentor.web.listen.Commands");

    private static final int MOST_WAITING = 64;
    private static final int MOST_OPEN = 16;

    private final ListenRights rights;
    private final Caller caller;
    private final Account account;
    private final String name;
    private final Supplier<Mono<Channel>> channel;
    private final RemoteSpeech elsewhere;
    private final Listener listener;
    private final ListenStats stats;
    private final Executor loop;
    private final Objections objections;
    /** The utterances whose text is not complete, by the client's names for them. Touched by one command at a time. */
    private final Map<String, String> open = new HashMap<>();

    private final TraceSpan span;
    /** The commands that wait; null before the first one, since most listeners give none. */
    private Sinks.@Nullable Many<Mono<Void>> waiting;

    private boolean gone;

    /**
     * Creates what runs commands, from the first one on.
     *
     * @param caller the listener, as the handshake found it
     * @param account what the listener's texts are charged to
     * @param name the channel's name
     * @param channel supplies the channel that is listened to, and makes it if needed
     * @param elsewhere the way to the channel if another node has it
     * @param span step below which texts are spoken
     * @param loop the connection's event loop
     */
    ListenerCommands(
            ListenRights rights,
            Caller caller,
            Account account,
            String name,
            Supplier<Mono<Channel>> channel,
            RemoteSpeech elsewhere,
            Listener listener,
            ListenStats stats,
            TraceSpan span,
            Executor loop) {
        this.rights = rights;
        this.caller = caller;
        this.account = account;
        this.name = name;
        this.channel = channel;
        this.elsewhere = elsewhere;
        this.listener = listener;
        this.stats = stats;
        this.loop = loop;
        this.span = span;
        this.objections = new Objections(rights.engine());
    }

    void say(JsonNode message) {
        receive(message, ClientMessage.SAY, () -> said(SayMessage.read(message), message));
    }

    void interrupt(JsonNode message) {
        receive(message, ClientMessage.INTERRUPT, () -> interrupted(SayMessage.interruption(message)));
    }

    /** Ends the texts that are not complete, since the connection is gone. No command is taken any more. */
    void leave() {
        gone = true;
        if (waiting != null) {
            var _ = waiting.tryEmitComplete();
        }
    }

    /** Returns the commands that wait, which are run from now on. */
    private Sinks.Many<Mono<Void>> run() {
        Sinks.Many<Mono<Void>> commands =
                Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_WAITING));
        var _ = commands.asFlux()
                .concatMap(command -> command, 1)
                .thenMany(Flux.defer(this::endAll))
                .contextWrite(span::putIn)
                .subscribe();
        return commands;
    }

    private void receive(JsonNode message, ClientMessage type, Supplier<Mono<Void>> command) {
        if (gone) {
            return;
        }
        JsonNode named = message.path("ref");
        String ref = named.isString() ? named.stringValue() : null;
        if (!caller.isNamed() && !rights.control().permits(type.control())) {
            refuse(ref, "forbidden", "t: Listeners may not do that here; see gateway.listen.control.");
            return;
        }
        Mono<Void> done = Mono.defer(() -> rights.check().decide(caller, type.action(), name, type.type()))
                .flatMap(decision -> switch (decision) {
                    case Decision.Allowed _ -> command.get();
                    case Decision.Refused refused -> answer(() -> refuse(ref, refused.reason()));
                })
                .onErrorResume(error -> answer(() -> refuse(ref, error)));
        if (waiting == null) {
            waiting = run();
        }
        if (waiting.tryEmitNext(done).isFailure()) {
            refuse(ref, "busy", "t: More was said than can be done at once; wait for the answers.");
        }
    }

    private Mono<Void> said(SayMessage say, JsonNode message) {
        String known = open.get(say.ref());
        if (known != null) {
            return goneOn(known, say);
        }
        if (!say.end() && open.size() >= MOST_OPEN) {
            throw new BadMessage("ref", "At most " + MOST_OPEN + " texts may be open at once.");
        }
        if (rights.overloaded().getAsBoolean()) {
            return answer(() ->
                    refuse(say.ref(), "overloaded", "t: The gateway has too much to do just now; come back later."));
        }
        var utterance = say.toUtterance(rights.maxTextCharacters());
        objections.check(utterance.request());
        Mono<String> here = ChargedSpeech.of(
                        account,
                        say.text(),
                        charge -> channel.get().flatMap(its -> its.speak(utterance.chargedTo(charge))))
                .map(Utterance::id);
        return elsewhere.speak(here, message, !say.end()).flatMap(id -> {
            if (!say.end()) {
                open.put(say.ref(), id);
            }
            return answer(() -> listener.said(say.ref(), id));
        });
    }

    private Mono<Void> goneOn(String id, SayMessage say) {
        Mono<TextProgress> written = channel.get()
                .flatMap(its -> its.write(id, null, say.text()))
                .switchIfEmpty(
                        Mono.error(() -> new BadMessage("ref", "That text is over for so long that it is not known.")));
        if (!say.end()) {
            return elsewhere.write(written, id, say.text()).then(answer(() -> listener.said(say.ref(), id)));
        }
        open.remove(say.ref());
        Mono<Void> ended = ended(id);
        return elsewhere
                .write(written, id, say.text())
                .onErrorResume(error -> ended.then(Mono.error(error)))
                .then(ended)
                .then(answer(() -> listener.said(say.ref(), id)));
    }

    private Mono<Void> interrupted(ClearRequest clear) {
        return elsewhere.clear(channel.get().flatMap(its -> its.clear(clear)), clear);
    }

    private Mono<Void> ended(String id) {
        return elsewhere.end(Mono.defer(() -> channel.get().flatMap(its -> its.end(id, null))), id);
    }

    private Flux<Void> endAll() {
        return Flux.fromIterable(open.values()).concatMap(id -> ended(id).onErrorComplete());
    }

    private Mono<Void> answer(Runnable answer) {
        return Mono.fromRunnable(() -> loop.execute(answer));
    }

    private void refuse(@Nullable String ref, Throwable error) {
        switch (error) {
            case BadMessage bad -> refuse(ref, "bad_message", bad.explanation());
            case ProblemException wrong -> {
                String field = wrong.problem().field();
                refuse(
                        ref,
                        snake(wrong.problem().code()),
                        (field == null ? "" : field + ": ") + wrong.problem().detail());
            }
            case ChannelException refused -> refuse(ref, refused.refusal());
            default -> {
                LOG.atError()
                        .addKeyValue("type", error.getClass().getName())
                        .log("a listener's command was not served");
                refuse(ref, "internal", "t: The gateway failed to do that.");
            }
        }
    }

    private void refuse(@Nullable String ref, Decision.Reason reason) {
        refuse(ref, reason.name().toLowerCase(Locale.ROOT), "t: You may not do that on this channel.");
    }

    private void refuse(@Nullable String ref, ChannelRefusal refusal) {
        refuse(ref, snake(refusal.code()), "text: " + refusal.message());
    }

    private void refuse(@Nullable String ref, String code, String message) {
        stats.refused();
        listener.refused(ref, code, message);
    }

    /** Returns a code as this protocol writes it. */
    private static String snake(String code) {
        return code.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
