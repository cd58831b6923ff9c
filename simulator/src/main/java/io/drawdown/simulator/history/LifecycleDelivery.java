package io.drawdown.simulator.history;

import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.Json;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.credits.CreditsHost;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Line;
import io.drawdown.simulator.world.Process;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.SplittableRandom;

/** Brings each life-cycle event to one instance of credits-service until it is handled. */
final class LifecycleDelivery {

    private static final long SECOND = 1_000_000_000;

    private final Ground ground;
    private final CreditsSide credits;
    private final Line line;
    private final SplittableRandom random;

    LifecycleDelivery(Ground ground, Broker broker, CreditsSide credits) {
        this.ground = ground;
        this.credits = credits;
        this.line = ground.line("credits", new Process("life-cycle", ground.timeline));
        this.random = ground.random("life-cycle");
        broker.whenPublished((topic, event) -> {
            if (topic == Topic.SESSION_LIFECYCLE) {
                deliver(Json.read(event.data(), SessionEvent.class));
            }
        });
    }

    private void deliver(SessionEvent event) {
        CreditsHost host = credits.any(random);
        Uni<Object> done = line.write((fate, back) ->
                host.serve(core -> core.handleLifecycle(List.of(event)).map(Object.class::cast), (window, item) -> {}, back));
        done.subscribe()
                .with(handled -> {}, fault -> ground.timeline.after(SECOND, () -> deliver(event)));
    }
}
