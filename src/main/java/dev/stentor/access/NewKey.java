package dev.stentor.access;

/**
 * A new API key. It exists only here and with the person who is shown it.
 *
 * @param key the key itself
 * @param line the line to configure, with the hash and all rights
 */
public record NewKey(String key, String line) {

    /** Makes a key of 256 random bits; throws {@link IllegalArgumentException} if the name is not valid. */
    public static NewKey named(String name) {
        String key = Secrets.newKey();
        String digits = SecretHash.of(key).digits();
        return new NewKey(key, ApiKey.requireName(name) + " sha256:" + digits + " listen=* speak=* manage=*");
    }

    /** Returns the line only. */
    @Override
    public String toString() {
        return line;
    }
}
