package io.drawdown.contracts;

/**
 * The hold of a session. All numbers are totals over the whole life of the session. Of two views of one epoch, the one with
 * the greater {@code cut} is newer; of one cut, the one with the greater {@code fundedMillis} is.
 *
 * @param epoch the fencing epoch
 * @param usedMillis usage settled so far
 * @param fundedMillis usage that is paid for; never falls within an epoch and a cut
 * @param charged price of {@code usedMillis}
 * @param cut how often the owners of the session gave funded time back; 0 if absent
 */
public record HoldView(
        String sessionId, long epoch, long usedMillis, long fundedMillis, Credits charged, Rate rate, Long cut) {

    /** A hold from before holds counted their cuts has none. */
    public HoldView {
        cut = cut == null ? 0L : cut;
    }

    /** A hold of which nothing was given back. */
    public HoldView(String sessionId, long epoch, long usedMillis, long fundedMillis, Credits charged, Rate rate) {
        this(sessionId, epoch, usedMillis, fundedMillis, charged, rate, 0L);
    }
}
