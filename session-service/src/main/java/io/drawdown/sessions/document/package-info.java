/** Owns the session's document: its states, its guarded writes, its outbox. Uses nothing else of the service but ids. */
@NullMarked
package io.drawdown.sessions.document;

import org.jspecify.annotations.NullMarked;
