/**
 * Owns how a service calls another one: its token, its deadline, its bodies, and which fault each failure is. For services that have
 * the REST client. Uses {@code faults} and {@code json}.
 */
@NullMarked
package io.drawdown.kit.client;

import org.jspecify.annotations.NullMarked;
