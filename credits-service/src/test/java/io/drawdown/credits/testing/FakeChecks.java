package io.drawdown.credits.testing;

import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.checks.CheckStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reports in memory. */
public final class FakeChecks implements CheckStore {

    public final Map<String, CheckReport> reports = new HashMap<>();
    private final Faults faults;

    public FakeChecks(ManualTime time) {
        faults = new Faults(time);
    }

    @Override
    public Uni<Void> save(CheckReport report) {
        return faults.<Optional<Void>>read(() -> {
                    reports.merge(
                            report.id(),
                            report,
                            (stored, next) -> stored.state() == CheckReport.State.RUNNING ? next : stored);
                    return Optional.empty();
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<CheckReport>> report(String id) {
        return faults.read(() -> Optional.ofNullable(reports.get(id)));
    }
}
