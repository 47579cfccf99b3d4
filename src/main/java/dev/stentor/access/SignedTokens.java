package dev.stentor.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The check of JSON Web Tokens that one issuer has signed with a public-key algorithm. Needed are the right issuer, the right
 * audience, and a time that is not over. Thread-safe.
 */
public final class SignedTokens implements TokenVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final int MOST_CHARACTERS = 8_192;
    private static final List<String> RIGHTS = List.of("listen:", "speak:", "manage:");

    private final NimbusReactiveJwtDecoder decoder;
    private final String claim;

    /**
     * Creates the check; keys are fetched with the first token.
     *
     * @param blocking the scheduler on which the issuer's name is resolved
     */
    public SignedTokens(TokenSettings settings, InstantSource time, Scheduler blocking) {
        var keys = new IssuerKeys(settings.keys(), time, blocking);
        claim = settings.claim();
        decoder = NimbusReactiveJwtDecoder.withJwkSource(token -> keys.matching(token.getHeader()))
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(
                        new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet())))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(settings.issuer()),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(settings.audience()))));
    }

    @Override
    public Mono<Caller> verify(String token) {
        if (token.length() > MOST_CHARACTERS) {
            return Mono.empty();
        }
        return Mono.defer(() -> decoder.decode(token))
                .map(this::caller)
                .onErrorResume(BadJwtException.class, _ -> Mono.empty())
                .onErrorResume(IllegalArgumentException.class, _ -> Mono.empty());
    }

    private Caller caller(Jwt token) {
        List<String> rights = words(token.getClaims().get(claim))
                .filter(word -> RIGHTS.stream().anyMatch(word::startsWith))
                .toList();
        String subject = Objects.requireNonNullElse(token.getSubject(), "-");
        return new Caller(
                "jwt:" + printable(subject), Caller.Kind.TOKEN, Rights.parse(rights, ':'), null, token.getExpiresAt());
    }

    private static Stream<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.stream(text.split(" "));
            case Collection<?> list -> list.stream().map(String::valueOf);
            case null, default -> Stream.empty();
        };
    }

    /** Returns a name that cannot forge a line of a log. */
    private static String printable(String subject) {
        String clean = subject.replaceAll("[^\\x21-\\x7E]", "_");
        return clean.length() <= 128 ? clean : clean.substring(0, 128);
    }
}
