/**
 * Owns the time that a client may take for each part of a request, and the answers to what cannot be read as a
 * request. Sits in Netty's pipeline, before Vert.x knows of a request; having {@code kit} on the class path
 * installs it. Uses {@code deadline}, {@code problem} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.connections;

import org.jspecify.annotations.NullMarked;
