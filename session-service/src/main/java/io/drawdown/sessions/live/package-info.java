/**
 * Owns the sessions that this instance serves: the meter, the media, the funds, the exact stop, the end. Uses
 * connections and funding.
 */
@NullMarked
package io.drawdown.sessions.live;

import org.jspecify.annotations.NullMarked;
