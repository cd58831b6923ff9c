/** Requests that state until when they are worth something, and the time by which that is meant. */
@NullMarked
package io.drawdown.kit.deadline;

import org.jspecify.annotations.NullMarked;
