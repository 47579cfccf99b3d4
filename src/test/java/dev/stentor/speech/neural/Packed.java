package dev.stentor.speech.neural;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages that a test puts together. */
final class Packed {

    private static final int BLOCK = 512;

    private Packed() {}

    /** Returns a wheel. */
    static byte[] zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Returns a package of npm's. */
    static byte[] tgz(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(head("package", 0, '5')); // a folder, which is no file
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                int size = file.getValue().length;
                gzip.write(head(file.getKey(), size, '0'));
                gzip.write(file.getValue());
                gzip.write(new byte[(BLOCK - size % BLOCK) % BLOCK]);
            }
            gzip.write(new byte[2 * BLOCK]);
        }
        return bytes.toByteArray();
    }

    private static byte[] head(String name, int size, char kind) {
        byte[] head = new byte[BLOCK];
        put(head, 0, name);
        put(head, 124, String.format("%011o", size));
        head[156] = (byte) kind;
        put(head, 257, "ustar");
        return head;
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }
}
