package io.drawdown.simulator.credits;

import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.CreditsPorts;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.simulator.broker.UnpublishedEvents;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.invariants.DeadlineInvariants;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Link.Answer;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One instance of credits-service, with its own cache and its own connections. */
public final class CreditsHost extends Host {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final long LONGEST_GAP = Duration.ofSeconds(2).toNanos();
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final CreditsStores stores;
    private final CreditsSettings settings;
    private final Consumers consumers;
    private final CountedMetrics vitals;
    private final DeadlineInvariants deadlines;
    private final Set<Answer<?>> open = new LinkedHashSet<>();
    private @Nullable CreditsCore core;
    private @Nullable UnpublishedEvents owed;
    private long upNanos;

    CreditsHost(
            SimulationContext context,
            String name,
            CreditsStores stores,
            CreditsSettings settings,
            Consumers consumers) {
        super(context, name, stores.database());
        this.stores = stores;
        this.settings = settings;
        this.consumers = consumers;
        this.vitals = new CountedMetrics(context);
        this.deadlines = new DeadlineInvariants(consumers.accounts(), context.findings);
    }

    @Override
    protected void run(Process fresh) {
        UnpublishedEvents made = new UnpublishedEvents(consumers.broker(), context.findings, fresh.name());
        owed = made;
        CreditsPorts ports = new CreditsPorts(
                new SimulatedAccounts(
                        context.link("accounts", fresh),
                        stores.database(),
                        stores.accounts(),
                        context.counts,
                        new SimulatedAccounts.Journal(
                                account -> deadlines.handed(account, time().now()), account -> account.outbox()
                                        .entries()
                                        .forEach(entry -> made.add(LedgerRow.idOf(account.id(), entry.seq()))))),
                new SimulatedLedger(context.link("ledger", fresh), stores.database(), stores.ledger(), context.counts),
                new SimulatedChecks(context.link("checks", fresh), stores.database(), stores.checks()),
                consumers.broker().publisher(context.link("broker", fresh)),
                vitals);
        CreditsCore started = new CreditsCore(ports, settings, time(), fresh, context.random(fresh.name()));
        started.start();
        core = started;
        upNanos = context.timeline.nanos();
        consumers.join(fresh, started);
        context.trace.say(fresh.name(), () -> "takes requests");
    }

    @Override
    protected void stopped() {
        core = null;
        owed = null;
        List<Answer<?>> unanswered = List.copyOf(open);
        open.clear();
        unanswered.forEach(answer -> answer.fail(new OutcomeUnknown("the connection broke")));
    }

    /** Stops as an orchestrator does that asks first. */
    public void stopGracefully() {
        CreditsCore present = core;
        UnpublishedEvents debts = owed;
        Process stopping = process();
        if (present != null && debts != null) {
            context.trace.say(stopping.name(), () -> "stops gracefully");
            upNanos = NEVER;
            stopping.run(() -> present.stopGracefully(STOP_PATIENCE).subscribe().with(isAllOut -> {
                if (isAllOut) {
                    debts.stopped();
                }
                context.counts.count(isAllOut ? "graceful stop" : "graceful stop without the time");
                stopping.kill();
            }));
        }
    }

    /** Whether requests are taken. */
    public boolean isUp() {
        return core != null;
    }

    /** Since when requests are taken and nothing is in their way; the present, or never, while that is not so. */
    public long servesSince() {
        if (core == null || process().isFrozen()) {
            return context.timeline.nanos();
        }
        long since = Math.max(upNanos, process().wokeNanos(0));
        for (Link link : context.links()) {
            if (link.caller() == process() && !link.name().endsWith(" to broker")) {
                since = Math.max(since, link.clearSince());
            }
        }
        return since;
    }

    /** What has this key is asked for until then, or at any time; it arrives next. */
    public void isAsked(String account, String keyHash, @Nullable Instant deadline) {
        deadlines.asked(account, keyHash, deadline);
    }

    /**
     * A request arrives; what is answered is checked with what was true meanwhile. What arrived while the process stood
     * still goes with its connection, which the guard of the event loops closes.
     */
    public <T> void serve(Function<CreditsCore, Uni<T>> question, BiConsumer<Window, T> check, Answer<T> answer) {
        CreditsCore present = core;
        if (present == null) {
            answer.fail(new Unavailable(name() + " is not there"));
            return;
        }
        open.add(answer);
        long arrived = context.timeline.nanos();
        process().run(() -> {
            if (process().wokeNanos(LONGEST_GAP) > arrived) {
                context.counts.count("request arrived during a stall");
                open.remove(answer);
                answer.fail(new OutcomeUnknown("the connection broke"));
                return;
            }
            isCarriedOut(arrived);
            long asked = context.timeline.nanos();
            Instant clock = time().now();
            question.apply(present)
                    .subscribe()
                    .with(
                            item -> {
                                check.accept(new Window(asked, context.timeline.nanos(), clock, time().now()), item);
                                open.remove(answer);
                                answer.complete(item);
                            },
                            fault -> {
                                open.remove(answer);
                                answer.fail(fault);
                            });
        });
    }

    private void isCarriedOut(long arrivedNanos) {
        context.findings.expect(
                process().wokeNanos(LONGEST_GAP) <= arrivedNanos,
                "a request that arrived while an instance stalled for more than 2 s is not carried out",
                () -> process().name() + " stalled when it arrived");
    }
}
