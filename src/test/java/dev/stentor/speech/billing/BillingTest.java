package dev.stentor.speech.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Account;
import dev.stentor.usage.Characters;
import dev.stentor.usage.Charge;
import dev.stentor.usage.DayUse;
import dev.stentor.usage.Limits;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import dev.stentor.usage.UsageStats;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class BillingTest {

    private static final byte[] SOUND = Signals.selfIndexing(480);
    private static final String TEXT = "Hello you.";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private final LocalQuotas quotas =
            new LocalQuotas(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), () -> 0, null, UsageStats.NONE);
    private final Account account = new Account("studio", new Limits(0, 1, 25, 0, 0, 0), quotas);

    @Test
    void aTextCostsWhatTheServiceCounted() {
        ScriptedEngine service = ScriptedEngine.speaking(SOUND, 480);
        hear(calls(service), TEXT);
        assertThat(use()).isEqualTo(new DayUse(10, 0, use().resetAt()));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.service().model()).isEqualTo("assumed");
            assertThat(row.service().upstream()).isEqualTo("cloud");
            assertThat(row.characters()).isEqualTo(new Characters(10, 0, 0));
        });
    }

    @Test
    void reservedAreAsManyAsTheServiceMayBillAndTheRestIsGivenBack() {
        TestPublisher<ByteBuffer> sound = TestPublisher.create();
        var speech = calls(ScriptedEngine.of(_ -> sound.flux())).speak(request("你好."));
        StepVerifier.create(speech.audio())
                .then(() -> assertThat(use().reserved()).isEqualTo(5))
                .then(sound::complete)
                .verifyComplete();
        assertThat(use().reserved()).isZero();
        assertThat(use().paid()).as("as the scripted service counts").isEqualTo(3);
    }

    @Test
    void whoHasTooFewCharactersLeftIsRefusedAndTheServiceIsNotCalled() {
        ScriptedEngine service = ScriptedEngine.speaking(SOUND, 480);
        hear(calls(service), TEXT);
        hear(calls(service), TEXT);
        Speech refused = calls(service).speak(request(TEXT));
        StepVerifier.create(refused.audio())
                .verifyErrorSatisfies(error -> assertThat(((SpeechException) error).failure())
                        .isInstanceOfSatisfying(SpeechFailure.OverQuota.class, over -> {
                            assertThat(over.code()).isEqualTo("CharacterQuotaExceeded");
                            assertThat(over.resetAt()).isEqualTo("2026-03-02T00:00:00Z");
                        }));
        StepVerifier.create(refused.receipt()).verifyError(SpeechException.class);
        assertThat(service.requests()).hasSize(2);
        assertThat(use().reserved()).isZero();
        hear(calls(service), "Five.");
    }

    @Test
    void aCallThatFailsBeforeItsSoundCostsNothing() {
        SpeechEngine service =
                ScriptedEngine.failingAfter(new byte[0], 480, new SpeechFailure.Unreachable("nobody there"));
        StepVerifier.create(calls(service).speak(request(TEXT)).audio()).verifyError(SpeechException.class);
        assertThat(use()).isEqualTo(new DayUse(0, 0, use().resetAt()));
        assertThat(rows()).isEmpty();
    }

    @Test
    void aCallThatFailsInItsMidstCostsTheWholeText() {
        SpeechEngine service = ScriptedEngine.failingAfter(SOUND, 480, new SpeechFailure.Truncated("broke off", 480));
        StepVerifier.create(calls(service).speak(request(TEXT)).audio().then()).verifyError(SpeechException.class);
        assertThat(use()).isEqualTo(new DayUse(10, 0, use().resetAt()));
    }

    @Test
    void aCancelledCallCostsWhatItsReceiptSays() {
        SpeechEngine service = ScriptedEngine.of(
                _ -> Flux.fromIterable(Signals.chunks(SOUND, 96)).concatWith(Flux.never()));
        StepVerifier.create(calls(service).speak(request(TEXT)).audio(), 1)
                .expectNextCount(1)
                .thenCancel()
                .verify();
        assertThat(use()).isEqualTo(new DayUse(10, 0, use().resetAt()));
    }

    @Test
    void speechThatIsNeverSubscribedToReservesNothing() {
        var _ = calls(ScriptedEngine.speaking(SOUND, 480)).speak(request(TEXT));
        assertThat(use().reserved()).isZero();
    }

    @Test
    void whatNoEngineWasCalledForCountsAsSharedAndCostsNothing() {
        hear(ReservingEngine.ofCalls(ScriptedEngine.speaking(SOUND, 480), "assumed"), TEXT);
        assertThat(use()).isEqualTo(new DayUse(0, 0, use().resetAt()));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.service().upstream()).isEqualTo("archive");
            assertThat(row.characters()).isEqualTo(new Characters(0, 10, 0));
        });
    }

    @Test
    void theRestStaysReservedWhileTheServiceIsTriedAgain() {
        var attempts = new AtomicInteger();
        SpeechEngine once = ScriptedEngine.failingAfter(SOUND, 480, new SpeechFailure.Unreachable("gone"));
        SpeechEngine billed = new BilledEngine(once, "cloud", "assumed");
        SpeechEngine twice = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                Speech first = billed.speak(request);
                Flux<ByteBuffer> audio = first.audio().onErrorResume(_ -> {
                    attempts.incrementAndGet();
                    assertThat(use().paid() + use().reserved()).isEqualTo(10);
                    return billed.speak(request).audio();
                });
                return new Speech(audio, first.receipt());
            }
        };
        StepVerifier.create(ReservingEngine.ofCalls(new SettlingEngine(twice), "assumed")
                        .speak(request(TEXT))
                        .audio()
                        .then())
                .verifyError(SpeechException.class);
        assertThat(attempts).hasValue(1);
        assertThat(use()).as("both attempts gave sound").isEqualTo(new DayUse(20, 0, use().resetAt()));
    }

    @Test
    void thePartsOfATextTakeFromWhatIsReservedForTheWhole() {
        SpeechEngine parts = calls(ScriptedEngine.speaking(SOUND, 480));
        SpeechEngine whole = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                Speech first = parts.speak(request.withText("Hello "));
                Speech second = parts.speak(request.withText("you."));
                Flux<ByteBuffer> audio = first.audio().concatWith(Flux.defer(() -> {
                    assertThat(use()).isEqualTo(new DayUse(6, 4, use().resetAt()));
                    return second.audio();
                }));
                return new Speech(audio, second.receipt());
            }
        };
        hear(ReservingEngine.ofTexts(whole), TEXT);
        assertThat(use()).isEqualTo(new DayUse(10, 0, use().resetAt()));
    }

    @Test
    void aTextOfNobodyPassesAsItIs() {
        ScriptedEngine service = ScriptedEngine.speaking(SOUND, 480);
        StepVerifier.create(calls(service).speak(SpeechRequest.of(TEXT)).audio().then())
                .verifyComplete();
        assertThat(service.requests()).containsExactly(SpeechRequest.of(TEXT));
        assertThat(rows()).isEmpty();
    }

    @Test
    void whatIsPaidForATextThatNobodyHeardIsToldSo() {
        Charge charge = account.charge();
        speakWhole(charge);
        charge.close();
        assertThat(rows()).extracting(UsageRow::characters).containsExactly(new Characters(10, 0, 10));
    }

    @Test
    void whatIsPaidForATextThatWasSentIsNotUnheard() {
        Charge charge = account.charge();
        charge.sent();
        speakWhole(charge);
        charge.close();
        assertThat(rows()).extracting(UsageRow::characters).containsExactly(new Characters(10, 0, 0));
    }

    private void speakWhole(Charge charge) {
        StepVerifier.create(calls(ScriptedEngine.speaking(SOUND, 480))
                        .speak(SpeechRequest.of(TEXT).chargedTo(charge))
                        .audio()
                        .then())
                .verifyComplete();
    }

    @Test
    void charactersThatAreReservedAfterTheEndAreGivenBackAtOnce() {
        Charge charge = account.charge();
        charge.end();
        StepVerifier.create(charge.reserve(10)).verifyComplete();
        assertThat(use().reserved()).isZero();
    }

    private static SpeechEngine calls(SpeechEngine service) {
        return ReservingEngine.ofCalls(new SettlingEngine(new BilledEngine(service, "cloud", "assumed")), "assumed");
    }

    private SpeechRequest request(String text) {
        return SpeechRequest.of(text).chargedTo(account.charge());
    }

    private void hear(SpeechEngine engine, String text) {
        StepVerifier.create(engine.speak(request(text)).audio().then()).verifyComplete();
    }

    private DayUse use() {
        return Objects.requireNonNull(account.today().block());
    }

    private List<UsageRow> rows() {
        return Objects.requireNonNull(
                quotas.usage(new UsageQuery(DAY, DAY, null, null, null)).block());
    }
}
