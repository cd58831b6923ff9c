/** Owns the frames between clients and this service, and their reading. Uses {@code document}. */
@NullMarked
package io.drawdown.sessions.protocol;

import org.jspecify.annotations.NullMarked;
