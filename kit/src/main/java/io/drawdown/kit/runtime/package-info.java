/**
 * Owns how a service runs: what its core runs on, how it starts, why it does not start, and how it stops. Uses
 * {@code events}, {@code faults}, {@code kafka}, {@code store}, {@code time} and {@code trace}.
 */
@NullMarked
package io.drawdown.kit.runtime;

import org.jspecify.annotations.NullMarked;
