package dev.stentor.web.listen;

/**
 * The bounds of one connection of the listener protocol.
 *
 * @param messagesPerSecond messages that are read of a client each second; 0 means as many as come
 * @param messageBurst messages that may come at once before that
 * @param maxOutboundBytes bytes that may wait for the client, whatever they are, before it is cut; 0 means no bound
 */
public record ListenBounds(int messagesPerSecond, int messageBurst, long maxOutboundBytes) {

    public ListenBounds {
        if (messagesPerSecond < 0 || messageBurst < 0 || maxOutboundBytes < 0) {
            throw new IllegalArgumentException("bounds must not be negative, were " + messagesPerSecond + ", "
                    + messageBurst + " and " + maxOutboundBytes);
        }
    }

    MessageBudget budget() {
        return new MessageBudget(messagesPerSecond, messageBurst);
    }
}
