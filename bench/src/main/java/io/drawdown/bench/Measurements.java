package io.drawdown.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.drawdown.bench.batch.BatchSuite;
import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.core.Charges;
import io.drawdown.bench.core.CoreSuite;
import io.drawdown.bench.core.Footprint;
import io.drawdown.bench.core.HotAccount;
import io.drawdown.bench.core.SessionHolds;
import io.drawdown.bench.cycle.CycleSuite;
import io.drawdown.bench.load.ClosedLoop;
import io.drawdown.bench.load.Operation;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.sessions.SessionsSuite;
import io.drawdown.bench.stack.Arrivals;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.Servers;
import io.drawdown.bench.stack.TopicEvents;
import io.drawdown.bench.store.Samples;
import io.drawdown.bench.store.StoreSuite;
import io.drawdown.bench.tasks.TasksSuite;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** The measurements of a suite, all on one fresh stack. */
final class Measurements {

    private static final int ACCOUNTS = 1_000;
    private static final int WARM_UP_IN_FLIGHT = 32;
    private static final int CHARGES_OF_A_SAMPLE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Start of the stack, opening of accounts, and its end. */
    private static final Duration AROUND = Duration.ofSeconds(30);

    private final Report report;
    private final Pace pace;
    private final Scope scope;
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    Measurements(Report report, Scope scope) {
        this.report = report;
        this.scope = scope;
        pace = scope.pace();
    }

    /** About how long they take. */
    Duration last(Suite suite) {
        Duration all = AROUND;
        if (hasStore(suite)) {
            all = all.plus(StoreSuite.lasts(pace));
        }
        if (suite.has(Suite.CORE)) {
            all = all.plus(scope.warmUp())
                    .plus(CoreSuite.lasts(pace, scope.rates()))
                    .plus(pace.once().lasts(1));
        }
        if (suite.has(Suite.CYCLE)) {
            all = all.plus(CycleSuite.lasts(scope.cycleSteps()));
        }
        if (suite.has(Suite.SESSIONS)) {
            all = all.plus(scope.sessions().lasts());
        }
        if (suite.has(Suite.TASKS)) {
            all = all.plus(TasksSuite.lasts(pace, scope.tasks()));
        }
        if (suite.has(Suite.BATCH)) {
            all = all.plus(BatchSuite.lasts(pace, scope.batch()));
        }
        return all;
    }

    private static Set<Service> services(Suite suite) {
        return switch (suite) {
            case TASKS -> EnumSet.of(Service.TASK_SERVICE);
            case BATCH -> EnumSet.noneOf(Service.class);
            case STORE, CORE -> EnumSet.of(Service.CREDITS_SERVICE);
            case SESSIONS -> EnumSet.of(Service.CREDITS_SERVICE, Service.SESSION_SERVICE, Service.CHECKPOINT_WORKER);
            case CYCLE, ALL -> EnumSet.allOf(Service.class);
        };
    }

    private static boolean hasStore(Suite suite) {
        return suite.has(Suite.STORE) || suite.has(Suite.CORE);
    }

    /**
     * Takes them.
     *
     * @param root the checkout
     * @param home the folder of the stack; whatever it has is deleted
     */
    void take(Suite suite, Path root, Path home, Servers servers) {
        Vertx vertx = Vertx.vertx();
        try (BenchStack stack = BenchStack.start(root, home, servers, services(suite));
                MongoClient mongo = MongoClients.create(stack.mongodbUri());
                TopicEvents events = TopicEvents.of(stack, Topic.CREDITS_ACCOUNT)) {
            HttpApi gateway =
                    new HttpApi(vertx, stack.api(Service.CREDITS_SERVICE), stack.token(Role.GATEWAY, "bench"));
            HttpApi internal = new HttpApi(
                    vertx, stack.api(Service.CREDITS_SERVICE), stack.token(Role.SERVICE, "session-service"));
            if (hasStore(suite)) {
                Arrivals sampled = events.watch(sampleAccounts().id(0));
                Samples samples = sample(mongo, stack, gateway, sampled);
                new StoreSuite(report, pace).run(mongo, servers.databasePrefix() + "bare", samples);
                if (suite.has(Suite.CORE)) {
                    core(new CoreSuite(stack, report, pace, scope.rates()), gateway, internal);
                    new HotAccount(report, pace).run(gateway, events, run);
                    new Footprint(stack, report).tell(samples, sampled.lastBytes());
                }
            }
            if (suite.has(Suite.CYCLE)) {
                new CycleSuite(stack, report, mongo, scope.cycleSteps()).run(events, gateway, internal, run);
            }
            if (suite.has(Suite.SESSIONS)) {
                new SessionsSuite(stack, report, scope.sessions()).run(vertx, gateway, run);
            }
            if (suite.has(Suite.TASKS)) {
                new TasksSuite(stack, report, pace, scope.tasks()).run(vertx, mongo);
            }
            if (suite.has(Suite.BATCH)) {
                new BatchSuite(stack, report, pace, scope.batch()).run();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void core(CoreSuite core, HttpApi gateway, HttpApi internal) {
        Accounts accounts = new Accounts("bench-" + run + "-", ACCOUNTS).open(gateway);
        warmUp(Charges.on(gateway, accounts));
        warmUp(SessionHolds.on(internal, accounts, "warm" + run));
        core.charges(gateway, accounts);
        core.holds(internal, accounts, run);
    }

    /** Half of it, as fast as the services can. */
    private void warmUp(Operation operation) {
        ClosedLoop.run(
                operation, WARM_UP_IN_FLIGHT, Duration.ZERO, scope.warmUp().dividedBy(2));
    }

    private Accounts sampleAccounts() {
        return new Accounts("sample-" + run + "-", 1);
    }

    /** An account that was charged many times, and a row of it; returns when all its events came. */
    private Samples sample(MongoClient mongo, BenchStack stack, HttpApi gateway, Arrivals events) {
        Accounts one = sampleAccounts().open(gateway);
        var charge = Charges.on(gateway, one);
        for (int each = 0; each < CHARGES_OF_A_SAMPLE; each++) {
            charge.begin().toCompletableFuture().join();
        }
        events.await(CHARGES_OF_A_SAMPLE, PATIENCE);
        return Samples.read(mongo, stack.database(Service.CREDITS_SERVICE), one.id(0));
    }
}
