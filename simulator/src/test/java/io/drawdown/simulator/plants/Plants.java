package io.drawdown.simulator.plants;

import java.util.List;
import java.util.stream.Stream;

/** Every bug that the simulator must find. */
public final class Plants {

    private Plants() {}

    public static List<Plant> all() {
        return Stream.of(
                        CreditsPlants.all(),
                        ReleasePlants.all(),
                        GrantPlants.all(),
                        CommitPlants.all(),
                        DeadlinePlants.all(),
                        RelayPlants.all(),
                        SessionPlants.all(),
                        StartPlants.all(),
                        WorkerPlants.all(),
                        FoundPlants.all())
                .flatMap(List::stream)
                .toList();
    }
}
