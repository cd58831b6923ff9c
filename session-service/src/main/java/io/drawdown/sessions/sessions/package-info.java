/** Live sessions: their documents, their life cycle, the meter, and what their clients are told. */
@NullMarked
package io.drawdown.sessions.sessions;

import org.jspecify.annotations.NullMarked;
