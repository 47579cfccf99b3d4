package dev.stentor.web.listen;

/** What listeners may do besides listening, over their own connection. Each includes those before it. */
public enum ListenControl {
    /** Nothing. */
    NONE,
    /** Silence the channel. */
    INTERRUPT,
    /** Have texts spoken. */
    SAY;

    boolean permits(ListenControl wish) {
        return compareTo(wish) >= 0;
    }
}
