/** Owns the session's document: its states, its guarded writes, its outbox. Uses the configuration; decides nothing. */
@NullMarked
package io.drawdown.sessions.document;

import org.jspecify.annotations.NullMarked;
