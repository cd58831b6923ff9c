/**
 * Notices that an event loop stalled, and closes its connections before anything is read that waited meanwhile.
 * Uses nothing else of kit.
 */
@NullMarked
package io.drawdown.kit.time.stall;

import org.jspecify.annotations.NullMarked;
