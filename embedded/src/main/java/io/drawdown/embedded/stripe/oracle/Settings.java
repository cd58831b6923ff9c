package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.store.Store;
import io.vertx.core.json.JsonObject;
import org.h2.mvstore.MVMap;

/** What the oracle has set; it survives a restart. */
public final class Settings {

    private static final String ACCOUNT = "account";
    private static final String LAG = "search_lag_seconds";
    private static final String ANSWER_DELAY = "answer_delay_ms";

    private final MVMap<String, String> settings;

    public Settings(Store store) {
        settings = store.map("settings");
    }

    /** The account that every key belongs to. */
    public String account() {
        return settings.getOrDefault(ACCOUNT, "acct_1DrawdownStandIn");
    }

    public long searchLagSeconds() {
        return Long.parseLong(settings.getOrDefault(LAG, "0"));
    }

    /** How long every answer takes. */
    public long answerDelayMillis() {
        return Long.parseLong(settings.getOrDefault(ANSWER_DELAY, "0"));
    }

    JsonObject change(JsonObject wanted) {
        wanted.forEach(entry -> {
            if (!toJson().containsKey(entry.getKey())) {
                throw new IllegalArgumentException("There is no setting " + entry.getKey() + "; there are " + toJson());
            }
            settings.put(entry.getKey(), entry.getValue().toString());
        });
        return toJson();
    }

    JsonObject toJson() {
        return new JsonObject()
                .put(ACCOUNT, account())
                .put(LAG, searchLagSeconds())
                .put(ANSWER_DELAY, answerDelayMillis());
    }
}
