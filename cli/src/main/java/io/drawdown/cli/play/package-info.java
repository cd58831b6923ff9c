/**
 * Owns what a user watches: the demo, an interactive session, the check as a table. Uses {@code client} and
 * {@code process}.
 */
@NullMarked
package io.drawdown.cli.play;

import org.jspecify.annotations.NullMarked;
