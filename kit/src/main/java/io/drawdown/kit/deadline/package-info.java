/**
 * Owns {@code Request-Deadline} and {@code Server-Time}: until when a request may be carried out, and by which
 * clock. Uses {@code problem} and {@code time}.
 */
@NullMarked
package io.drawdown.kit.deadline;

import org.jspecify.annotations.NullMarked;
