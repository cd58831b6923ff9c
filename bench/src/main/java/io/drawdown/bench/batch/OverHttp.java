package io.drawdown.bench.batch;

import com.mongodb.client.MongoClient;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.contracts.Service;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** billing-batch as a process of its own: it charges at the stand-in for Stripe and publishes at that for Slack, over HTTP. */
final class OverHttp {

    static final String SECTION = "billing-batch as a process, with the stand-ins for Stripe and Slack over HTTP";

    private static final String FIRST = "bench-0";
    private static final int TEAMS = 256;
    private static final int FREE_PLACES = 3;

    private final BenchStack stack;
    private final Report report;
    private final BillingApi api;
    private final Copies copies;
    private String sample = "";
    private int copied;
    private long residentBytes;

    OverHttp(BenchStack stack, Report report, BillingApi api, MongoClient mongo) {
        this.stack = stack;
        this.report = report;
        this.api = api;
        copies = new Copies(mongo.getDatabase(stack.database(Service.BILLING_BATCH)));
    }

    /** Teams that have used their free places, each with the same card. */
    void open() {
        api.open(FIRST);
        for (int free = 0; free < FREE_PLACES; free++) {
            api.process(api.queue(FIRST, "free-" + free));
        }
        sample = api.queue(FIRST, "sample");
        for (String collection : new String[] {"teams", "payers"}) {
            copies.make(collection, FIRST, TEAMS - 1, (copy, n) -> copy.put("_id", new BsonString(team(n + 1))));
        }
    }

    /** So many items are queued, of all teams in turn. */
    void queue(int count) {
        int before = copied;
        copies.make("items", sample, count, (copy, n) -> rename(copy, before + n));
        copied += count;
    }

    private static void rename(BsonDocument item, int n) {
        item.put("_id", new BsonString(String.format(Locale.ROOT, "itm_%032x", n)));
        BsonDocument spec = item.getDocument("spec");
        spec.put("team", new BsonString(team(n % TEAMS)));
        spec.put("itemId", new BsonString("copy-" + n));
        BsonDocument life = item.getDocument("life");
        life.put("turn", new BsonDateTime(life.getDateTime("turn").getValue() + 1 + n));
    }

    private static String team(int n) {
        return "bench-" + n;
    }

    /** Charges and publishes what is queued, for so long. */
    void run(String title, int budgetSeconds) {
        residentBytes = 0;
        JsonObject result = api.run(budgetSeconds, this::look);
        api.requireChargedOnce();
        double seconds = result.getLong("duration_ms") / 1e3;
        report.add(title, result.getLong("charged_count") / seconds, "items/s", Wanted.MORE);
        report.add(title + ", resident memory, most", residentBytes / (double) (1 << 20), "MiB", Wanted.LESS);
    }

    private void look() {
        residentBytes =
                Math.max(residentBytes, stack.usage(Service.BILLING_BATCH).residentBytes());
    }
}
