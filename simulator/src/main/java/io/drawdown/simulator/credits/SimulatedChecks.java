package io.drawdown.simulator.credits;

import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.checks.CheckStore;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The reports of checks as one process reaches them. */
record SimulatedChecks(Link link, Database database, Table<CheckReport> reports) implements CheckStore {

    @Override
    public Uni<Void> save(CheckReport report) {
        return link.write((callFault, answer) -> {
            CheckReport present = reports.local(report.id());
            if (present == null || present.state() == CheckReport.State.RUNNING) {
                reports.put(report.id(), report, database.acknowledge(null, 1, answer));
            } else {
                answer.complete(null);
            }
        });
    }

    @Override
    public Uni<Optional<CheckReport>> report(String id) {
        return link.read(() -> Optional.ofNullable(reports.committed(id)));
    }
}
