/** RFC 9457 problems: everything that goes wrong on the way of a request is answered as one, with its request id. */
@NullMarked
package io.drawdown.kit.problem;

import org.jspecify.annotations.NullMarked;
