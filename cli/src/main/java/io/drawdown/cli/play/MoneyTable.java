package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.io.PrintStream;
import java.util.Map;

/** Asks the stand-in for Stripe how often it took money for one thing, and prints the answer. */
public final class MoneyTable {

    private final Api stripe;
    private final PrintStream out;

    public MoneyTable(Api stripe, PrintStream out) {
        this.stripe = stripe;
        this.out = out;
    }

    /** @return 0 if nothing was charged twice, 1 if something was */
    public int run() {
        JsonNode money = stripe.get("_oracle/charges?group_by=reference").expect(200);
        long most = 0;
        for (Map.Entry<String, JsonNode> thing : money.path("groups").properties()) {
            boolean isOurs = !thing.getKey().isEmpty();
            long count = thing.getValue().path("count").asLong();
            most = isOurs ? Math.max(most, count) : most;
            if (isOurs && count > 1) {
                out.println("CHARGED " + count + " TIMES " + thing.getKey());
            }
        }
        out.printf("%-22s %s%n", "card charges", money.path("count").asText());
        out.printf("%-22s %s%n", "cents taken", money.path("taken").asText());
        out.printf("%-22s %d%n", "most for one thing", most);
        return most <= 1 ? 0 : 1;
    }
}
