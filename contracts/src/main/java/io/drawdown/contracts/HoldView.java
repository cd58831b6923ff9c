package io.drawdown.contracts;

/**
 * The hold of a session: all totals, cumulative over the session's whole life.
 *
 * @param epoch the fencing epoch
 * @param usedMillis usage settled so far
 * @param fundedMillis usage that is paid for; never falls within an epoch
 * @param charged price of {@code usedMillis}
 */
public record HoldView(String sessionId, long epoch, long usedMillis, long fundedMillis, Credits charged, Rate rate) {}
