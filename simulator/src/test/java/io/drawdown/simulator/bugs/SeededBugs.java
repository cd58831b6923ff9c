package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;
import java.util.stream.Stream;

/** Every bug that the simulator must find. */
public final class SeededBugs {

    private SeededBugs() {}

    public static List<SeededBug> all() {
        return Stream.of(
                        CreditsBugs.all(),
                        ReleaseBugs.all(),
                        GiveBackBugs.all(),
                        GrantBugs.all(),
                        CommitBugs.all(),
                        DeadlineBugs.all(),
                        RelayBugs.all(),
                        SessionBugs.all(),
                        GatewayBugs.all(),
                        PauseBugs.all(),
                        ReaperBugs.all(),
                        HopBugs.all(),
                        StartBugs.all(),
                        WorkerBugs.all(),
                        FoundBugs.all(),
                        TasksBugs.all(),
                        BillingBugs.all(),
                        PurchaseBugs.all())
                .flatMap(List::stream)
                .toList();
    }
}
