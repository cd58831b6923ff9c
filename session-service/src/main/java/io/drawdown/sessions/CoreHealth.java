package io.drawdown.sessions;

/**
 * How the core is.
 *
 * @param leased whether sessions can be started
 * @param full whether it has as many sessions as it may have, and sends starts to other instances
 * @param backlog life-cycle events that are not published yet
 * @param releasing ended sessions whose credits may not be given back yet
 * @param unbilledMillis what gateways stated beyond the funding of the sessions that were ended here
 */
public record CoreHealth(
        boolean leased,
        boolean full,
        int connections,
        int live,
        int starting,
        int backlog,
        int releasing,
        long unbilledMillis) {}
