package dev.stentor.usage;

/**
 * Characters by what became of them.
 *
 * @param paid those that a speech service or an engine has spoken, as it counts them
 * @param shared those that were not spoken again: played from a recording, or together with an equal request
 * @param unheard those of {@code paid} that were sent to no listener of their channel
 */
public record Characters(long paid, long shared, long unheard) {

    /** Stands for none. */
    public static final Characters ZERO = new Characters(0, 0, 0);

    /** Returns the sum. */
    public Characters plus(Characters more) {
        return new Characters(paid + more.paid, shared + more.shared, unheard + more.unheard);
    }

    boolean isZero() {
        return paid == 0 && shared == 0 && unheard == 0;
    }
}
