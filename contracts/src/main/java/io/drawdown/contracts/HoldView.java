package io.drawdown.contracts;

/**
 * The hold of a session. All numbers are totals over the whole life of the session.
 *
 * @param epoch the fencing epoch
 * @param usedMillis usage settled so far
 * @param fundedMillis usage that is paid for; never falls within an epoch
 * @param charged price of {@code usedMillis}
 */
public record HoldView(String sessionId, long epoch, long usedMillis, long fundedMillis, Credits charged, Rate rate) {}
