/**
 * Owns what a user watches: the demo, an interactive session, the check as a table, the simulator's process. Uses
 * {@code client}, {@code files} and {@code process}, and the client of live sessions.
 */
@NullMarked
package io.drawdown.cli.play;

import org.jspecify.annotations.NullMarked;
