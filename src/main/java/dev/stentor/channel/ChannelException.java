package dev.stentor.channel;

/** An exception that carries a {@link ChannelRefusal}. */
public final class ChannelException extends RuntimeException {

    private final transient ChannelRefusal refusal;

    ChannelException(ChannelRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /** Creates a refusal for a channel that another process has. */
    public static ChannelException elsewhere() {
        return new ChannelException(ChannelRefusal.elsewhere());
    }

    /** Creates a refusal for a channel of which nobody can tell now which process has it. */
    public static ChannelException unreachable() {
        return new ChannelException(ChannelRefusal.unreachable());
    }

    /** Tells whether another process has the channel. */
    public boolean isElsewhere() {
        return refusal.kind() == ChannelRefusal.Kind.ELSEWHERE;
    }

    /** Tells whether nobody can tell now which process has the channel. */
    public boolean isUnreachable() {
        return refusal.kind() == ChannelRefusal.Kind.UNREACHABLE;
    }

    public ChannelRefusal refusal() {
        return refusal;
    }
}
