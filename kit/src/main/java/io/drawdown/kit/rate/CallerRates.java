package io.drawdown.kit.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.KnownCaller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.time.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses the requests of a caller that sends more than {@link RateConfig} allows, so that one caller cannot take an instance from
 * all others. It counts by the subject of the token, once the token is verified; a request without one is not counted, nor is one of
 * our own services: what it asks is bounded by its callers, and it would have to be asked again.
 */
@Singleton
public final class CallerRates {

    private static final int BEFORE_OTHER_CHECKS = 1_000;

    /** Buckets that are not kept are full again: callers beyond this number are limited less, never more. */
    private static final int MOST_CALLERS = 100_000;

    private final Instance<RateConfig> config;
    private final Instance<Time> time;
    private final Counter refused;
    private final Cache<String, TokenBucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .executor(Runnable::run)
            .build();

    /** What is an {@code Instance} is resolved by the first request: filters are made before the service starts. */
    CallerRates(Instance<RateConfig> config, Instance<Time> time, MeterRegistry metrics) {
        this.config = config;
        this.time = time;
        this.refused = metrics.counter("drawdown.rate.limited");
    }

    /** @throws ProblemException {@link ProblemType#RATE_LIMITED}, with the seconds after which there is room again */
    @ServerRequestFilter(priority = BEFORE_OTHER_CHECKS)
    public void check(RoutingContext request) {
        Optional<Caller> caller =
                KnownCaller.of(request).filter(known -> !known.roles().contains(Role.SERVICE));
        if (caller.isPresent()) {
            long missing = take(caller.get(), time.get().nanos());
            if (missing > 0) {
                refused.increment();
                throw ProblemException.retryAfter(ProblemType.RATE_LIMITED, seconds(missing));
            }
        }
    }

    private long take(Caller caller, long now) {
        boolean isClient = caller.mayUseAll();
        return buckets.get((isClient ? "client " : "user ") + caller.subject(), absent -> full(isClient, now))
                .take(now);
    }

    private TokenBucket full(boolean isClient, long now) {
        RateConfig.Rate rate = config.get().rate();
        return isClient
                ? new TokenBucket(rate.clientPerSecond(), rate.clientBurst(), now)
                : new TokenBucket(rate.userPerSecond(), rate.userBurst(), now);
    }

    private static int seconds(long nanos) {
        return (int) Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
