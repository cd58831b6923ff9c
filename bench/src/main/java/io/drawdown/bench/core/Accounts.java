package io.drawdown.bench.core;

import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;

/** Accounts with more credits than any load spends. */
public record Accounts(String prefix, int count) {

    private static final String BODY = "{\"grants\":[{\"kind\":\"purchased\",\"amount\":1000000000}]}";
    private static final int AT_ONCE = 32;

    /** Opens them; returns when all are open. */
    public Accounts open(HttpApi credits) {
        Bulk.run(count, AT_ONCE, each -> open(credits, each).exceptionallyCompose(lost -> open(credits, each)));
        return this;
    }

    /** It may be repeated. */
    private CompletionStage<Buffer> open(HttpApi credits, int number) {
        return credits.put("accounts/" + id(number), BODY);
    }

    /** The account of this number; numbers beyond the count begin again. */
    public String id(long number) {
        return prefix + number % count;
    }
}
