/**
 * Bounds how long a client may keep a connection waiting, and answers what cannot be read as a request. Sits in Netty's
 * pipeline, before Vert.x knows of a request; the services install it by having {@code kit} on their class path.
 */
@NullMarked
package io.drawdown.kit.connections;

import org.jspecify.annotations.NullMarked;
