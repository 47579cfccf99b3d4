package dev.stentor.usage;

import java.time.LocalDate;

/**
 * The characters of one account, one model and one service on one day.
 *
 * @param day day by UTC on which they were counted, which is when the text's sound ended
 * @param account name of the account
 */
public record UsageRow(LocalDate day, String account, Service service, Characters characters) {}
