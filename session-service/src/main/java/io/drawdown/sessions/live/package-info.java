/**
 * Owns the sessions that this instance serves: their phases, meter, media, funds and exact end. Uses {@code
 * config}, {@code connection}, {@code document}, {@code funding} and {@code protocol}.
 */
@NullMarked
package io.drawdown.sessions.live;

import org.jspecify.annotations.NullMarked;
