package dev.stentor.access;

import java.net.URI;

/**
 * The issuer of signed tokens.
 *
 * @param keys address of the issuer's public keys, a JSON Web Key Set
 * @param issuer value that the claim {@code iss} must have
 * @param audience value that the claim {@code aud} must hold
 * @param claim name of the claim with the rights: words such as {@code listen:lobby}, as a list or with spaces between
 */
public record TokenSettings(URI keys, String issuer, String audience, String claim) {

    public TokenSettings {
        if (keys.getHost() == null || issuer.isBlank() || audience.isBlank() || claim.isBlank()) {
            throw new IllegalArgumentException("tokens need the address of keys, an issuer, an audience and a claim");
        }
    }
}
