/**
 * Owns the sessions of gateways, which have no socket and state their totals over HTTP: start, report, end, and the end of
 * those that are silent. Uses {@code config}, {@code document} and {@code funding}.
 */
@NullMarked
package io.drawdown.sessions.gateway;

import org.jspecify.annotations.NullMarked;
