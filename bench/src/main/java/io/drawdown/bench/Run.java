package io.drawdown.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.drawdown.bench.core.Accounts;
import io.drawdown.bench.core.Charges;
import io.drawdown.bench.core.CoreSuite;
import io.drawdown.bench.core.HotAccount;
import io.drawdown.bench.load.ClosedLoop;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.AccountEvents;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.Servers;
import io.drawdown.bench.store.Samples;
import io.drawdown.bench.store.StoreSuite;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One run: a fresh stack, the suites on it, and what they leave. */
final class Run {

    private static final int ACCOUNTS = 1_000;
    private static final int CHARGES_OF_A_SAMPLE = 100;

    private final Path root;
    private final Servers servers;
    private final Duration measured;
    private final Duration warmUp;
    private final Report report = new Report(System.out);
    private final String run = Long.toString(System.currentTimeMillis(), 36);

    Run(Path root, Servers servers, Duration measured) {
        this.root = root;
        this.servers = servers;
        this.measured = measured;
        warmUp = measured.dividedBy(3);
    }

    void of(Main.Suite suite, @Nullable Path against) {
        Vertx vertx = Vertx.vertx();
        try (BenchStack stack = BenchStack.start(root, root.resolve(".drawdown/bench/stack"), servers);
                MongoClient mongo = MongoClients.create(stack.mongodbUri());
                AccountEvents events = AccountEvents.of(stack)) {
            HttpApi gateway =
                    new HttpApi(vertx, stack.api(Service.CREDITS_SERVICE), stack.token(Role.GATEWAY, "bench"));
            HttpApi internal = new HttpApi(
                    vertx, stack.api(Service.CREDITS_SERVICE), stack.token(Role.SERVICE, "session-service"));
            Accounts accounts = new Accounts("bench-" + run + "-", ACCOUNTS).open(gateway);
            if (suite.has(Main.Suite.STORE) || suite.has(Main.Suite.CORE)) {
                new StoreSuite(report, warmUp, measured)
                        .run(mongo, servers.databasePrefix() + "bare", sample(mongo, stack, gateway));
            }
            if (suite.has(Main.Suite.CORE)) {
                ClosedLoop.run(Charges.on(gateway, accounts), 32, Duration.ZERO, measured);
                CoreSuite core = new CoreSuite(stack, report, warmUp, measured);
                core.charges(gateway, accounts);
                core.holds(internal, accounts, run);
                new HotAccount(report, warmUp, measured).run(gateway, events, run);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** An account that was charged many times, and a row of it. */
    private Samples sample(MongoClient mongo, BenchStack stack, HttpApi gateway) {
        Accounts one = new Accounts("sample-" + run + "-", 1).open(gateway);
        var charge = Charges.on(gateway, one);
        for (int each = 0; each < CHARGES_OF_A_SAMPLE; each++) {
            charge.begin().toCompletableFuture().join();
        }
        return Samples.read(mongo, stack.database(Service.CREDITS_SERVICE), one.id(0));
    }
}
