package io.drawdown.sessions.live;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.sessions.document.SessionDocument;

/** How the owner of a session changes its document: while it runs, and for the last time. */
public record OwnerWrites(GuardedWrites<SessionDocument> changes, FinalWrite end) {}
