package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/** Addresses of files that need no other credential, and are good until their time is over. Thread-safe. */
public final class FileLinks {

    /** Path of a file's address, before its id. */
    public static final String PATH = "/v1/audio/";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final SigningKey.Signer signer;

    /** Result of checking a link. */
    public enum Verdict {
        /** The link was given out here, and its time is not over. */
        GOOD,
        /** The link was not given out here, or was changed. */
        FORGED,
        /** The link was good, and its time is over. */
        EXPIRED
    }

    /** Creates links that are signed with that key. */
    public FileLinks(SigningKey key) {
        signer = key.signer("links");
    }

    /** Returns path and query of a file's address that is good until that time, of which whole seconds count. */
    public String of(String id, Instant until) {
        String expires = Long.toString(until.getEpochSecond());
        return PATH + id + ArchivedFile.WAV + "?Expires=" + expires + "&Signature=" + signature(id, expires);
    }

    /** Checks a link that a client sent; an absent parameter is given as an empty one. */
    public Verdict check(String id, String expires, String signature, Instant now) {
        if (!ArchivedFile.ID.matcher(id).matches()
                || !SECONDS.matcher(expires).matches()
                || !MessageDigest.isEqual(signature(id, expires).getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return Verdict.FORGED;
        }
        return now.getEpochSecond() < Long.parseLong(expires) ? Verdict.GOOD : Verdict.EXPIRED;
    }

    private String signature(String id, String expires) {
        byte[] signed = signer.sign((id + "\n" + expires).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }
}
