/**
 * Owns campaigns of many histories, their coverage and their reports; the only package with threads and a clock. Uses
 * {@code history} and the findings and counts of {@code world}.
 */
@NullMarked
package io.drawdown.simulator.campaign;

import org.jspecify.annotations.NullMarked;
