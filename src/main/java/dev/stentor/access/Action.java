package dev.stentor.access;

/** Things that a caller may do. No right includes another one. */
public enum Action {
    /** To see what there is to choose from, such as voices. Everybody has it who has any other right. */
    BROWSE,
    /** To hear a channel, and to see its texts and events. */
    LISTEN,
    /** To have texts spoken, and to interrupt and hold what is spoken. */
    SPEAK,
    /** To change channels, mixes, sounds and voices, and to see who listens. */
    MANAGE
}
