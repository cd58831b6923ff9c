/** Drives the real cores of all services through histories of faults, in one thread, from one seed. */
@NullMarked
package io.drawdown.simulator;

import org.jspecify.annotations.NullMarked;
