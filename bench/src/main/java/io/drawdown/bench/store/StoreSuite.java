package io.drawdown.bench.store;

import com.mongodb.client.MongoClient;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.load.ToldFailure;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import java.time.Duration;
import java.util.List;

/** The ceiling: what the database does when nothing else is to be done. */
public final class StoreSuite {

    public static final String SECTION = "Bare store, by the driver alone";

    /** The figure that charges are compared with. */
    public static final String REPLACE_AND_ROW = "replace an account, then insert its row, 16 in flight";

    private static final List<Integer> IN_FLIGHT = List.of(1, 16, 64);
    private static final int SAMPLES_IN_FLIGHT = 16;

    private final Report report;
    private final Pace pace;

    public StoreSuite(Report report, Pace pace) {
        this.report = report;
        this.pace = pace;
    }

    /** About how long it takes. */
    public static Duration lasts(Pace pace) {
        int pairAndSeed = 2;
        return pace.lasts(2 * IN_FLIGHT.size() + pairAndSeed);
    }

    /** @param database one that nothing else uses; it is dropped afterwards */
    public void run(MongoClient client, String database, Samples samples) {
        report.begin(SECTION);
        report.add("account document after many charges", samples.accountBytes(), "bytes", Wanted.LESS);
        report.add("ledger row of a charge", samples.rowBytes(), "bytes", Wanted.LESS);
        BareStore store = new BareStore(client, database, samples);
        store.prepare();
        for (int inFlight : IN_FLIGHT) {
            measure("replace an account, " + inFlight + " in flight", inFlight, store::replace);
        }
        for (int inFlight : IN_FLIGHT) {
            measure("insert a row, " + inFlight + " in flight", inFlight, store::insertRow);
        }
        measure(REPLACE_AND_ROW, SAMPLES_IN_FLIGHT, store::replaceAndInsertRow);
        SeedLoop seed = new SeedLoop(client, database);
        seed.prepare();
        measure("the usual loop: find, $inc, insert, one at a time", 1, seed::charge);
        client.getDatabase(database).drop();
    }

    private void measure(String name, int inFlight, Runnable call) {
        try (Threads threads = new Threads(inFlight)) {
            report.throughput(name, pace.inFlight(new ToldFailure(threads.operation(call), report::say), inFlight));
        }
    }
}
