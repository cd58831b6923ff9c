package io.drawdown.billing.testing;

import io.drawdown.embedded.slack.EmbeddedSlack;
import io.drawdown.embedded.stripe.EmbeddedStripe;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stripe and Slack, as far as the service needs them. */
public final class QueueServers implements QuarkusTestResourceLifecycleManager {

    public static final String STRIPE_KEY = "rk_test_ofTheQueue0123456789abcdef";
    public static final String WEBHOOK_SECRET = "whsec_ofTheTests0123456789";
    public static final String FORMER_WEBHOOK_SECRET = "whsec_beforeThat0123456789";
    public static final String SLACK_TOKEN = "xoxb-of-the-tests";

    private @Nullable EmbeddedStripe stripe;
    private @Nullable EmbeddedSlack slack;

    @Override
    public Map<String, String> start() {
        stripe = EmbeddedStripe.start(null, 0);
        slack = EmbeddedSlack.start(0);
        return Map.of(
                "drawdown.stripe.secret-key", STRIPE_KEY,
                "drawdown.stripe.api-base", stripe.url(),
                "drawdown.stripe.webhook-secret", WEBHOOK_SECRET,
                "drawdown.stripe.webhook-secret-previous", FORMER_WEBHOOK_SECRET,
                "drawdown.queue.slack.bot-token", SLACK_TOKEN,
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
