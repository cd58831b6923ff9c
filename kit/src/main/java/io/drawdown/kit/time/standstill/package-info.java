/**
 * Closes the connections of an event loop that stood still, so that requests of the time before are not executed after
 * it. Uses Netty only; the services install it by having {@code kit} on their class path.
 */
@NullMarked
package io.drawdown.kit.time.standstill;

import org.jspecify.annotations.NullMarked;
