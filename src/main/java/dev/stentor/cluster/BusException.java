package dev.stentor.cluster;

/** Tells that what the nodes share could not be reached in time. Whether something was changed there is unknown. */
public final class BusException extends RuntimeException {

    /** Tells why. */
    public BusException(String message, Throwable cause) {
        super(message, cause);
    }
}
