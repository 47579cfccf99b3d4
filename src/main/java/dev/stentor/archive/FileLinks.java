package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of files that need no other credential, and are good until their time is over. Where several gateways share their recordings, an
 * address names the archive that has the file, and is signed with the key that they share. Thread-safe.
 */
public final class FileLinks {

    /** Path of a file's address, before its id. */
    public static final String PATH = "/v1/audio/";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final SigningKey.Signer own;
    private final @Nullable Shared shared;

    /** Signing key and archive name of a gateway whose recordings others fetch. */
    private record Shared(SigningKey.Signer signer, String archive) {}

    /** Result of checking a link. */
    public enum Verdict {
        /** The link was given out here, or by a gateway that shares its recordings, and its time is not over. */
        GOOD,
        /** The link was not given out so, or was changed. */
        FORGED,
        /** The link was good, and its time is over. */
        EXPIRED
    }

    /** Creates links that are signed with that key. */
    public FileLinks(SigningKey key) {
        own = key.signer("links");
        shared = null;
    }

    private FileLinks(SigningKey.Signer own, Shared shared) {
        this.own = own;
        this.shared = shared;
    }

    /**
     * Returns links that other gateways can check too. Those that were given out with the own key alone stay good here.
     *
     * @param key the key that all of them have
     * @param archive name of this gateway's archive
     */
    public FileLinks sharedBy(SigningKey key, String archive) {
        return new FileLinks(own, new Shared(key.signer("links"), archive));
    }

    /** Returns path and query of a file's address that is good until that time, of which whole seconds count. */
    public String of(String id, Instant until) {
        String expires = Long.toString(until.getEpochSecond());
        String address = PATH + id + ArchivedFile.WAV + "?Expires=" + expires;
        return shared == null
                ? address + "&Signature=" + signature(own, id, expires)
                : address + "&Node=" + shared.archive() + "&Signature="
                        + signature(shared.signer(), id, expires, shared.archive());
    }

    /**
     * Checks a link that a client sent; an absent parameter is given as an empty one.
     *
     * @param archive name of the archive that has the file
     */
    public Verdict check(String id, String expires, String archive, String signature, Instant now) {
        if (!ArchivedFile.ID.matcher(id).matches()
                || !SECONDS.matcher(expires).matches()
                || !MessageDigest.isEqual(expected(id, expires, archive).getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return Verdict.FORGED;
        }
        return now.getEpochSecond() < Long.parseLong(expires) ? Verdict.GOOD : Verdict.EXPIRED;
    }

    /** Tells whether a link of that archive is to a file that another gateway has. */
    public boolean isElsewhere(String archive) {
        return shared != null && !archive.isEmpty() && !archive.equals(shared.archive());
    }

    private String expected(String id, String expires, String archive) {
        return shared == null || archive.isEmpty()
                ? signature(own, id, expires)
                : signature(shared.signer(), id, expires, archive);
    }

    private static String signature(SigningKey.Signer signer, String... signed) {
        byte[] code = signer.sign(String.join("\n", signed).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }
}
