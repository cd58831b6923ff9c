package io.drawdown.billing.testing;

import io.drawdown.embedded.slack.EmbeddedSlack;
import io.drawdown.embedded.stripe.EmbeddedStripe;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stripe and Slack, as far as the service needs them. */
public final class QueueServers implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedStripe stripe;
    private @Nullable EmbeddedSlack slack;

    @Override
    public Map<String, String> start() {
        stripe = EmbeddedStripe.start(null, 0);
        slack = EmbeddedSlack.start(0);
        return Map.of(
                "drawdown.stripe.secret-key", "rk_test_ofTheQueue0123456789abcdef",
                "drawdown.stripe.api-base", stripe.url(),
                "drawdown.queue.slack.bot-token", "xoxb-of-the-tests",
                "drawdown.queue.slack.api-base", slack.url(),
                "drawdown.queue.slack.private-addresses", "true");
    }

    @Override
    public void stop() {
        if (stripe != null) {
            stripe.close();
        }
        if (slack != null) {
            slack.close();
        }
    }
}
