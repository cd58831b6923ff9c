/** Owns how spans are started, and how the trace context of a request is read. Uses contracts only. */
@NullMarked
package io.drawdown.kit.trace;

import org.jspecify.annotations.NullMarked;
