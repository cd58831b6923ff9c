/**
 * Owns how spans are started, how the trace context of a request is read, and what is being worked on, for the log and exemplars. Uses
 * contracts only.
 */
@NullMarked
package io.drawdown.kit.trace;

import org.jspecify.annotations.NullMarked;
