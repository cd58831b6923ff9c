/**
 * Owns the choice of servers for tests: existing ones, containers or embedded ones. Uses the packages of the embedded
 * servers.
 */
@NullMarked
package io.drawdown.embedded;

import org.jspecify.annotations.NullMarked;
