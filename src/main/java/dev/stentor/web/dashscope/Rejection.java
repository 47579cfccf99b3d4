package dev.stentor.web.dashscope;

import java.io.Serial;

/** An exception that refuses a request before an engine has seen it. */
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
