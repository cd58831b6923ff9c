package io.drawdown.billing.stripe;

import io.drawdown.billing.config.StripeConfig;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How Stripe is reached.
 *
 * @param secretKey a restricted key, or a secret one of the test mode; never logged
 * @param apiBase without a path; {@link #LIVE_BASE} for a live key
 * @param connectTimeout of one connection
 * @param readTimeout between two bytes of an answer
 * @param rates how many calls are made at most
 * @param connections kept open at most
 */
public record StripeSettings(
        String secretKey, URI apiBase, Duration connectTimeout, Duration readTimeout, Rates rates, int connections) {

    public static final URI LIVE_BASE = URI.create("https://api.stripe.com");

    private static final Pattern KEY = Pattern.compile("(?:sk|rk)_(live|test)_[A-Za-z0-9]+");
    private static final int SHORTEST_KEY = 32;

    /** Calls in a second, of one kind and in all. */
    public record Rates(int perEndpoint, int inAll) {

        public Rates {
            if (perEndpoint < 1 || inAll < 1) {
                throw new IllegalArgumentException("the rates of calls to Stripe must be positive");
            }
        }
    }

    public StripeSettings {
        if (!KEY.matcher(secretKey).matches()) {
            throw new IllegalArgumentException("the key of Stripe must begin with sk_ or rk_, then live_ or test_");
        }
        if (apiBase.getHost() == null
                || apiBase.getUserInfo() != null
                || !apiBase.getPath().isEmpty()) {
            throw new IllegalArgumentException("the address of Stripe must have a host, and no user and no path");
        }
        if (isLive(secretKey) && !apiBase.equals(LIVE_BASE)) {
            throw new IllegalArgumentException("a live key of Stripe is sent to " + LIVE_BASE + " only");
        }
        if (secretKey.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key of Stripe has at least " + SHORTEST_KEY + " characters");
        }
        if (secretKey.startsWith("sk_live_")) {
            throw new IllegalArgumentException(
                    "a live key of Stripe must be a restricted one, which begins with rk_live_");
        }
    }

    static StripeSettings of(String secretKey, StripeConfig.Stripe config) {
        return new StripeSettings(
                secretKey,
                config.apiBase(),
                config.connectTimeout(),
                config.readTimeout(),
                new Rates(config.callsPerEndpoint(), config.calls()),
                config.connections());
    }

    public boolean livemode() {
        return isLive(secretKey);
    }

    /** The longest that a call is waited for, once it is made. */
    Duration longestAnswer() {
        return connectTimeout.plus(readTimeout).plusSeconds(1);
    }

    /** The longest that a call takes, with its wait for the limit of calls. */
    Duration longestCall() {
        return longestAnswer().plus(CallLimiter.LONGEST_WAIT);
    }

    private static boolean isLive(String key) {
        return key.startsWith("_live_", 2);
    }

    @Override
    public String toString() {
        return "StripeSettings[livemode=" + livemode() + ", apiBase=" + apiBase + "]";
    }
}
