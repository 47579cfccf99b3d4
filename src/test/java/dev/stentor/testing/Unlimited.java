package dev.stentor.testing;

import dev.stentor.usage.Limits;

/** Limits that limit nothing. */
public final class Unlimited {

    public static final Limits CALLER = new Limits(0, 1, 0, 0, 0, 0);

    private Unlimited() {}
}
