package io.alohubsync.customer;

/**
 * What became of the calls for a customer before its lease. All but {@code throttlings} are of the
 * revision that is leased.
 *
 * @param spent       attempts, one whose replica ended without an answer included
 * @param lost        the lease before this one ended without a settlement
 * @param suspect     failed or refused before a trip, and another customer was accepted afterwards:
 *                    its next refusal is its own
 * @param throttled   times that a 503 was taken for a limit of the account's
 * @param throttlings consecutive calls that Alohub throttled, of any revision, up to the last one
 */
public record EarlierAttempts(int spent, boolean lost, boolean suspect, int throttled, int throttlings) {

    public static final EarlierAttempts NONE = new EarlierAttempts(0, false, false, 0, 0);
}
