package dev.stentor.channel;

/** An exception that carries a {@link ChannelRefusal}. */
public final class ChannelException extends RuntimeException {

    private final transient ChannelRefusal refusal;

    ChannelException(ChannelRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    public ChannelRefusal refusal() {
        return refusal;
    }
}
