/**
 * Notices that an event loop stalled, and closes its connections before anything is read that waited meanwhile.
 * Uses the clock of {@link io.drawdown.kit.time} only.
 */
@NullMarked
package io.drawdown.kit.time.stall;

import org.jspecify.annotations.NullMarked;
