package dev.stentor.web.listen;

/** The rights of listeners without a name besides listening, over their own connection. Each right includes those before it. */
public enum ListenControl {
    /** The right to nothing else. */
    NONE,
    /** The right to silence the channel. */
    INTERRUPT,
    /** The right to have texts spoken. */
    SAY;

    boolean permits(ListenControl wish) {
        return compareTo(wish) >= 0;
    }
}
