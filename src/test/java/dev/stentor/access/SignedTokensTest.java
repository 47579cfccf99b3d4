package dev.stentor.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.stentor.testing.Unlimited;
import dev.stentor.usage.Quotas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class SignedTokensTest {

    private static final RSAKey RSA = rsa("r1");
    private static final ECKey EC = ec("e1");

    private final AtomicReference<String> published = new AtomicReference<>(publicKeys(RSA, EC));
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger fetched = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final HttpServer issuer = issuer();
    private final SignedTokens tokens = new SignedTokens(
            new TokenSettings(
                    URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"),
                    "https://id.example",
                    "stentor",
                    "scope"),
            now::get,
            Schedulers.boundedElastic());

    @AfterEach
    void end() {
        issuer.stop(0);
    }

    @Test
    void aTokenOfTheIssuerHasTheRightsOfItsClaim() throws JOSEException {
        Caller caller = verify(token(RSA, claims())).orElseThrow();
        assertThat(caller.name()).isEqualTo("jwt:ada");
        assertThat(caller.kind()).isEqualTo(Caller.Kind.TOKEN);
        assertThat(caller.rights().permits(Action.LISTEN, new Reach.OneChannel("hall-7")))
                .isTrue();
        assertThat(caller.rights().permits(Action.SPEAK, new Reach.OneChannel("hall-7")))
                .isFalse();
        assertThat(caller.rights().permits(Action.SPEAK, new Reach.OneChannel("lobby")))
                .isTrue();
        assertThat(verify(token(EC, claims()))).isPresent();
        assertThat(fetched).hasValue(1);
    }

    @Test
    void aClaimMayBeAListAndOneWithoutRightsAllowsNothing() throws JOSEException {
        assertThat(verify(token(RSA, claims().claim("scope", List.of("manage:*"))))
                        .orElseThrow()
                        .rights()
                        .permits(Action.MANAGE, new Reach.AllChannels()))
                .isTrue();
        assertThat(verify(token(RSA, claims().claim("scope", "openid")))
                        .orElseThrow()
                        .rights()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void tokensThatAreNotForHereAreRefused() throws JOSEException {
        assertThat(verify(token(RSA, claims().issuer("https://other.example")))).isEmpty();
        assertThat(verify(token(RSA, claims().audience("other")))).isEmpty();
        assertThat(verify(token(RSA, claims().audience((String) null)))).isEmpty();
        assertThat(verify(token(
                        RSA, claims().expirationTime(Date.from(Instant.now().minusSeconds(120))))))
                .isEmpty();
        assertThat(verify(token(RSA, claims().expirationTime(null)))).isEmpty();
        assertThat(verify(token(
                        RSA, claims().notBeforeTime(Date.from(Instant.now().plusSeconds(120))))))
                .isEmpty();
        assertThat(verify(token(RSA, claims().claim("scope", "listen:a/b")))).isEmpty();
    }

    @Test
    void tokensThatAreNotSignedByTheIssuerAreRefused() throws JOSEException {
        assertThat(verify(token(rsa("r1"), claims()))).isEmpty();
        assertThat(verify(new PlainJWT(claims().build()).serialize())).isEmpty();
        byte[] secret = RSA.toRSAPublicKey().getEncoded();
        assertThat(verify(sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1"), new MACSigner(secret), claims())))
                .isEmpty();
        assertThat(verify("a.b.c")).isEmpty();
        assertThat(verify("x".repeat(10_000))).isEmpty();
    }

    @Test
    void aNewKeyOfTheIssuerIsFetchedAndInventedOnesCauseNoTraffic() throws JOSEException {
        assertThat(verify(token(RSA, claims()))).isPresent();
        RSAKey next = rsa("r2");
        published.set(publicKeys(RSA, next));
        for (int i = 0; i < 5; i++) {
            assertThat(verify(token(next, claims()))).isEmpty();
        }
        assertThat(fetched).hasValue(1);
        now.updateAndGet(instant -> instant.plusSeconds(11));
        assertThat(verify(token(next, claims()))).isPresent();
        assertThat(fetched).hasValue(2);
    }

    @Test
    void anIssuerThatFailsIsNotAskedAgainAtOnceAndOldKeysGoOn() throws JOSEException {
        status.set(503);
        for (int i = 0; i < 3; i++) {
            assertThat(failure(token(RSA, claims()))).isTrue();
        }
        assertThat(fetched).hasValue(1);
        status.set(200);
        now.updateAndGet(instant -> instant.plusSeconds(11));
        assertThat(verify(token(RSA, claims()))).isPresent();
        status.set(503);
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(2)));
        assertThat(verify(token(RSA, claims()))).isPresent();
    }

    @Test
    void anUnreachableIssuerIsNoFaultOfTheCaller() throws Exception {
        status.set(503);
        var tickets = new Tickets(new TicketSettings(1, Duration.ofSeconds(1), Duration.ofSeconds(1)), now::get, null);
        var rules = new Access.Rules(
                new ApiKeys(List.of(), Unlimited.CALLER, null),
                Rights.NONE,
                Unlimited.CALLER,
                Unlimited.CALLER,
                tokens);
        var access = new Access(rules, new OriginRule(Set.of()), tickets, Quotas.NONE, 1, now::get, () -> 0);
        var attempt = new Attempt(
                new Credential.Bearer(token(RSA, claims())),
                PageOrigin.none(),
                null,
                Action.LISTEN,
                new Reach.OneChannel("lobby"));
        assertThat(access.decide(attempt).block())
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Decision.Reason.UNVERIFIABLE));
        status.set(200);
        now.updateAndGet(instant -> instant.plusSeconds(11));
        assertThat(access.decide(attempt).block()).isInstanceOf(Decision.Allowed.class);
    }

    private Optional<Caller> verify(String token) {
        return tokens.verify(token).blockOptional();
    }

    private boolean failure(String token) {
        return tokens.verify(token).materialize().blockOptional().orElseThrow().isOnError();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .issuer("https://id.example")
                .audience(List.of("stentor", "other"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("scope", "openid listen:hall-* listen:lobby speak:lobby");
    }

    private static String token(RSAKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()), new RSASSASigner(key), claims);
    }

    private static String token(ECKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()), new ECDSASigner(key), claims);
    }

    private static String sign(JWSHeader.Builder head, JWSSigner signer, JWTClaimsSet.Builder claims)
            throws JOSEException {
        var token = new SignedJWT(head.build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKeys(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    private HttpServer issuer() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> {
                fetched.incrementAndGet();
                byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status.get(), body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
