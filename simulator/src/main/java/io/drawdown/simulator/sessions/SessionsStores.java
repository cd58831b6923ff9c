package io.drawdown.simulator.sessions;

import io.drawdown.sessions.instances.Incarnation;
import io.drawdown.sessions.sessions.SessionDocument;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Table;

/** The database of session-service. */
public record SessionsStores(Database database, Table<SessionDocument> sessions, Table<Incarnation> incarnations) {

    static SessionsStores in(Database database) {
        return new SessionsStores(database, new Table<>(database), new Table<>(database));
    }
}
