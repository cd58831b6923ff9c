/**
 * Owns the sessions that this instance serves: their phases, meter, media, funds and exact end. Uses connections, funding
 * and the document.
 */
@NullMarked
package io.drawdown.sessions.live;

import org.jspecify.annotations.NullMarked;
