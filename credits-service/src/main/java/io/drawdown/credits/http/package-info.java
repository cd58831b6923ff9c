/**
 * Owns what all routes share, and the routes of owners of sessions, of prices and of the check. Uses {@code
 * account}, {@code checks}, {@code commit}, {@code config}, {@code credits}, {@code decision}, {@code grants} and {@code
 * sessions}.
 */
@NullMarked
package io.drawdown.credits.http;

import org.jspecify.annotations.NullMarked;
