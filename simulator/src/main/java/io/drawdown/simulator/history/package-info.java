/**
 * Owns a history: the acts, scripts and settings, and the world that they are played in. Uses every part of the
 * simulated world.
 */
@NullMarked
package io.drawdown.simulator.history;

import org.jspecify.annotations.NullMarked;
