package io.drawdown.simulator.credits;

import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.CreditsPorts;
import io.drawdown.credits.CreditsSettings;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.simulator.truth.AccountTruth.Window;
import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Line.Answer;
import io.drawdown.simulator.world.Process;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One instance of credits-service, with its own cache and its own connections. */
public final class CreditsHost extends Host {

    private final CreditsStores stores;
    private final CreditsSettings settings;
    private final Consumers consumers;
    private final CountedVitals vitals;
    private final Set<Answer<?>> open = new LinkedHashSet<>();
    private @Nullable CreditsCore core;

    CreditsHost(Ground ground, String name, CreditsStores stores, CreditsSettings settings, Consumers consumers) {
        super(ground, name, stores.database());
        this.stores = stores;
        this.settings = settings;
        this.consumers = consumers;
        this.vitals = new CountedVitals(ground);
    }

    @Override
    protected void run(Process fresh) {
        CreditsPorts ports = new CreditsPorts(
                new SimulatedAccounts(
                        ground.line("accounts", fresh), stores.database(), stores.accounts(), ground.counts),
                new SimulatedLedger(ground.line("ledger", fresh), stores.database(), stores.ledger(), ground.counts),
                new SimulatedChecks(ground.line("checks", fresh), stores.database(), stores.checks()),
                consumers.broker().publisher(ground.line("broker", fresh)),
                vitals);
        CreditsCore made = new CreditsCore(ports, settings, time(), fresh, ground.random(fresh.name()));
        made.start();
        core = made;
        consumers.join(fresh, made);
        ground.trace.say(fresh.name(), () -> "takes requests");
    }

    @Override
    protected void stopped() {
        core = null;
        List<Answer<?>> unanswered = List.copyOf(open);
        open.clear();
        unanswered.forEach(answer -> answer.fail(new OutcomeUnknown("the connection broke")));
    }

    /** Whether requests are taken. */
    public boolean isUp() {
        return core != null;
    }

    /** The core of the process that runs now, if it runs. */
    public @Nullable CreditsCore core() {
        return core;
    }

    /** A request arrives; what is answered is checked with what was true meanwhile. */
    public <T> void serve(Function<CreditsCore, Uni<T>> question, BiConsumer<Window, T> check, Answer<T> answer) {
        CreditsCore present = core;
        if (present == null) {
            answer.fail(new Unavailable(name() + " is not there"));
            return;
        }
        open.add(answer);
        process().run(() -> {
            long asked = ground.timeline.nanos();
            Instant clock = time().now();
            question.apply(present)
                    .subscribe()
                    .with(
                            item -> {
                                check.accept(new Window(asked, ground.timeline.nanos(), clock, time().now()), item);
                                open.remove(answer);
                                answer.complete(item);
                            },
                            fault -> {
                                open.remove(answer);
                                answer.fail(fault);
                            });
        });
    }
}
