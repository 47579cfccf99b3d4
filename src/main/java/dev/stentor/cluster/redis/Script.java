package dev.stentor.cluster.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A script, which Redis is asked to run by its digest; one that does not know it yet, or was restarted, is given the text.
 *
 * @param output form of its answer
 */
record Script(ScriptOutputType output, String text, String digest) {

    Script(ScriptOutputType output, String text) {
        this(output, text, sha1(text));
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(argument(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Runs it over a link. */
    <T> Mono<T> run(
            RedisLink<StatefulRedisConnection<String, byte[]>> link, List<String> keys, List<byte[]> arguments) {
        String[] names = keys.toArray(String[]::new);
        byte[][] values = arguments.toArray(byte[][]::new);
        return link.<T>call(connection -> connection.async().evalsha(digest, output, names, values))
                .onErrorResume(
                        Script::isUnknown,
                        _ -> link.call(connection -> connection.async().eval(text, output, names, values)));
    }

    private static boolean isUnknown(Throwable failed) {
        return failed.getCause() instanceof RedisNoScriptException;
    }

    /** Returns an argument. */
    static byte[] argument(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an argument. */
    static byte[] argument(long number) {
        return argument(Long.toString(number));
    }
}
