package dev.stentor.channel;

/** Carries a {@link ChannelRefusal}. */
public final class ChannelException extends RuntimeException {

    private final transient ChannelRefusal refusal;

    /** The refusal, as an exception. */
    public ChannelException(ChannelRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /** Why, as a value to switch on. */
    public ChannelRefusal refusal() {
        return refusal;
    }
}
