/**
 * Owns the session's document: its states, its store, its outbox, and the ids. Uses nothing else of the service.
 */
@NullMarked
package io.drawdown.sessions.document;

import org.jspecify.annotations.NullMarked;
