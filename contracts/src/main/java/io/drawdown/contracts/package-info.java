/**
 * Owns what the services exchange with each other and with their clients: amounts, events, problems, topics, end reasons.
 * Uses the JDK and Jackson annotations only.
 */
@NullMarked
package io.drawdown.contracts;

import org.jspecify.annotations.NullMarked;
