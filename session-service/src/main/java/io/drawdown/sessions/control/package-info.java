/**
 * Owns what an instance tells the owner of a session, and what an owner does when it is told. Uses {@code document},
 * {@code live} and {@code protocol}.
 */
@NullMarked
package io.drawdown.sessions.control;

import org.jspecify.annotations.NullMarked;
