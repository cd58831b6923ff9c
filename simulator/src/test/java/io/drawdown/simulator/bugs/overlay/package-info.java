/**
 * Owns what a seeded bug is made of: edits of sources, compiled in memory and loaded beside our own classes. Uses the JDK
 * and its compiler only.
 */
@NullMarked
package io.drawdown.simulator.bugs.overlay;

import org.jspecify.annotations.NullMarked;
