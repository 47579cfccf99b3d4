package dev.stentor.web.connection;

/** Writer of answers to faults, in the shape that the clients of a path know. Called on event loops; must not block. */
@FunctionalInterface
public interface FaultAnswer {

    /**
     * Body of an answer.
     *
     * @param contentType value of the header of this name
     * @param bytes the body itself
     */
    @SuppressWarnings("ArrayRecordComponent") // the array belongs to the receiver; records are never compared
    record Body(String contentType, byte[] bytes) {}

    /**
     * Returns the body of the answer to a fault.
     *
     * @param path path of the request, as it was sent, without the query; a slash if it is not known
     */
    Body of(String path, RequestFault fault);
}
