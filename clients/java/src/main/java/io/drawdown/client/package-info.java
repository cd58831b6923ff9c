/** Owns the client of live sessions on the JDK's WebSocket. Uses nothing of the services: it needs the JDK and Jackson only. */
@NullMarked
package io.drawdown.client;

import org.jspecify.annotations.NullMarked;
