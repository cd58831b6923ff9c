/**
 * Owns problems (RFC 9457): whatever goes wrong with a request is answered as one, with the id of the request.
 * Uses {@code faults}, {@code json} and {@code trace}.
 */
@NullMarked
package io.drawdown.kit.problem;

import org.jspecify.annotations.NullMarked;
