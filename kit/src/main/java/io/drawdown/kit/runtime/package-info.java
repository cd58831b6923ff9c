/**
 * Owns how a service runs: what its core runs on, how it starts, why it does not start, and how it stops. Uses events,
 * faults, kafka, store and time; nothing of kit uses it.
 */
@NullMarked
package io.drawdown.kit.runtime;

import org.jspecify.annotations.NullMarked;
