package io.drawdown.simulator.credits;

import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.LifecycleConsumer;
import io.drawdown.credits.UsageConsumer;
import io.drawdown.kit.events.BatchLoop;
import io.drawdown.kit.events.Rejection;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.Group;
import io.drawdown.simulator.broker.GroupTerms;
import io.drawdown.simulator.broker.Letters;
import io.drawdown.simulator.truth.AccountTruth.Window;
import io.drawdown.simulator.truth.Accounts;
import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Process;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** What credits-service hears: the groups of its two topics. */
final class Consumers {

    private final Ground ground;
    private final Broker broker;
    private final Accounts accounts;
    private final Group usage;
    private final Group lifecycle;

    Consumers(Ground ground, Broker broker, Accounts accounts, GroupTerms terms) {
        this.ground = ground;
        this.broker = broker;
        this.accounts = accounts;
        usage = new Group(ground, broker, Topic.METERING_USAGE, "usage", terms);
        lifecycle = new Group(ground, broker, Topic.SESSION_LIFECYCLE, "lifecycle", terms);
    }

    Broker broker() {
        return broker;
    }

    Accounts accounts() {
        return accounts;
    }

    void join(Process fresh, CreditsCore core) {
        BatchLoop.Ports ports = new BatchLoop.Ports(
                new Letters(ground, broker, ground.line("dead letters", fresh), Topic.CREDITS_DEAD_LETTER),
                fresh::pause,
                ground.random(fresh.name() + " consumers"));
        BatchLoop<UsageReport> reports = UsageConsumer.batches(batch -> checked(() -> core.handleUsage(batch)), ports);
        BatchLoop<SessionEvent> events =
                LifecycleConsumer.batches(batch -> checked(() -> core.handleLifecycle(batch)), ports);
        usage.join(ground.line("usage", fresh), reports::process);
        lifecycle.join(ground.line("lifecycle", fresh), events::process);
    }

    private Uni<List<Rejection>> checked(Supplier<Uni<List<Rejection>>> handled) {
        long asked = ground.timeline.nanos();
        return handled.get().invoke(rejections -> rejections.forEach(rejection -> check(rejection, asked)));
    }

    private void check(Rejection rejection, long asked) {
        Window window = new Window(asked, ground.timeline.nanos(), Instant.EPOCH, Instant.EPOCH);
        ground.findings.expect(
                accounts.of(rejection.key()).wasAbsent(window),
                "what can be applied is not set aside",
                rejection::toString);
    }
}
