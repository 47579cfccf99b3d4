package dev.stentor.web.openai;

import java.io.Serial;

/** An exception that refuses a request before an engine has spoken it. */
final class Rejection extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    Rejection(Fault fault) {
        super(fault.message(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
