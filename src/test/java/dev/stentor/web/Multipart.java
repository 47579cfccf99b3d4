package dev.stentor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A writer of a multipart body as a browser sends it. Confined to one thread. */
public final class Multipart {

    /** The content type of every body. */
    public static final String TYPE = "multipart/form-data; boundary=stentor-test";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public Multipart field(String name, String value) {
        return part("name=\"" + name + "\"", "", value.getBytes(UTF_8));
    }

    public Multipart file(String name, byte[] content) {
        return part(
                "name=\"" + name + "\"; filename=\"any.bin\"", "Content-Type: application/octet-stream\r\n", content);
    }

    public byte[] end() {
        body.writeBytes("--stentor-test--\r\n".getBytes(UTF_8));
        return body.toByteArray();
    }

    private Multipart part(String disposition, String more, byte[] content) {
        body.writeBytes(("--stentor-test\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n")
                .getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(UTF_8));
        return this;
    }
}
