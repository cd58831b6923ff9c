package io.drawdown.simulator.credits;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.LifecycleConsumer;
import io.drawdown.credits.UsageConsumer;
import io.drawdown.kit.events.BatchProcessor;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.events.Rejection;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.ConsumerGroup;
import io.drawdown.simulator.broker.GroupSettings;
import io.drawdown.simulator.broker.SimulatedDeadLetters;
import io.drawdown.simulator.invariants.AccountInvariants;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The consumer groups of credits-service: usage and session life cycle. */
final class Consumers {

    private final SimulationContext context;
    private final Broker broker;
    private final AccountInvariants accounts;
    private final ConsumerGroup usage;
    private final ConsumerGroup lifecycle;

    Consumers(SimulationContext context, Broker broker, AccountInvariants accounts, GroupSettings settings) {
        this.context = context;
        this.broker = broker;
        this.accounts = accounts;
        usage = new ConsumerGroup(context, broker, Topic.METERING_USAGE, "usage", settings);
        lifecycle = new ConsumerGroup(context, broker, Topic.SESSION_LIFECYCLE, "lifecycle", settings);
    }

    Broker broker() {
        return broker;
    }

    AccountInvariants accounts() {
        return accounts;
    }

    void join(Process fresh, CreditsCore core) {
        FaultHandling ports = new FaultHandling(
                new SimulatedDeadLetters(
                        context,
                        broker,
                        context.link("dead letters", fresh),
                        Topic.deadLetters(Service.CREDITS_SERVICE)),
                fresh::pause,
                context.random(fresh.name() + " consumers"));
        BatchProcessor<UsageReport> reports =
                UsageConsumer.batches(batch -> checked(() -> core.handleUsage(batch)), ports);
        BatchProcessor<SessionEvent> events =
                LifecycleConsumer.batches(batch -> checked(() -> core.handleLifecycle(batch)), ports);
        usage.join(context.link("usage", fresh), reports::process);
        lifecycle.join(context.link("lifecycle", fresh), events::process);
    }

    private Uni<List<Rejection>> checked(Supplier<Uni<List<Rejection>>> handled) {
        long asked = context.timeline.nanos();
        return handled.get().invoke(rejections -> rejections.forEach(rejection -> check(rejection, asked)));
    }

    private void check(Rejection rejection, long asked) {
        Window window = new Window(asked, context.timeline.nanos(), Instant.EPOCH, Instant.EPOCH);
        context.findings.expect(
                accounts.of(rejection.key()).wasAbsent(window),
                "a record that can be applied is not dead-lettered",
                rejection::toString);
    }
}
