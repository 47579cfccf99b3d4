package dev.stentor.web.edge;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.usage.Account;
import dev.stentor.usage.Charge;
import dev.stentor.usage.QuotaException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The reservation of a text's characters before a channel takes the text. */
public final class ChargedSpeech {

    private ChargedSpeech() {}

    /**
     * Reserves the characters of a text on the account of the request, then has it taken. At least one character must be left, so that an
     * open text is not begun in vain. Fails with a {@link ProblemException} of status 429 if there are not enough. The charge is ended if
     * the text is not taken; else by whoever took it.
     *
     * @param text text, as far as it is known; empty if its parts are reserved when they are spoken
     * @param taking takes the text, charged to this
     */
    public static <T> Mono<T> of(String text, Function<Charge, Mono<T>> taking) {
        return Mono.deferContextual(context -> of(Account.in(context), text, taking));
    }

    /** Does the same on an account that is given. */
    public static <T> Mono<T> of(Account account, String text, Function<Charge, Mono<T>> taking) {
        return Mono.defer(() -> {
            Charge charge = account.charge();
            if (!charge.isCounted()) {
                return taking.apply(charge);
            }
            var taken = new AtomicBoolean();
            return charge.reserve(Math.max(1, BilledCharacters.of(text)))
                    .onErrorMap(QuotaException.class, refused -> SpeechProblem.of(SpeechFailure.OverQuota.of(refused)))
                    .then(Mono.defer(() -> taking.apply(charge)))
                    .doOnNext(_ -> taken.set(true))
                    .doFinally(_ -> {
                        if (!taken.get()) {
                            charge.end();
                        }
                    });
        });
    }
}
