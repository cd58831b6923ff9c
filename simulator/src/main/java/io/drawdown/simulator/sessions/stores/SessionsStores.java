package io.drawdown.simulator.sessions.stores;

import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.simulator.leases.Leases;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Table;

/** The database of session-service. */
public record SessionsStores(Database database, Table<SessionDocument> sessions, Leases leases) {

    public static SessionsStores in(Database database) {
        return new SessionsStores(database, new Table<>(database), Leases.in(database, SessionsSettings.LEASE));
    }
}
