package io.drawdown.billing.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments.AccountRefused;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.SpanAttributes;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Stripe, by its own library. Each is one HTTP request at most, made on a virtual thread of its own, under limits of rate
 * and time; it is never repeated here, for only its caller knows whether it may be. All ports to Stripe share one of these, and so its
 * limits.
 *
 * <p>Belongs to the thread of its scheduler.
 */
public final class StripeCalls {

    static {
        Stripe.enableTelemetry = false; // a request would tell of the one before
    }

    private final StripeClient client;
    private final Duration longestCall;
    private final boolean livemode;
    private final CallLimiter limiter;
    private final Timeout timeout;
    private final Scheduler core;
    private final Spans spans;
    private final String host;
    private @Nullable StripeAccount account;
    private @Nullable Uni<StripeAccount> asking;

    /** @throws IllegalStateException this process would send a POST twice */
    public StripeCalls(StripeSettings settings, Time time, Scheduler core) {
        this(settings, time, core, Spans.NONE);
    }

    /**
     * As above.
     *
     * @param spans a span is started for each call
     */
    StripeCalls(StripeSettings settings, Time time, Scheduler core, Spans spans) {
        this.spans = spans;
        this.host = settings.apiBase().getHost();
        JdkConnections.require(settings.connections());
        this.client = StripeClient.builder()
                .setApiKey(settings.secretKey())
                .setApiBase(settings.apiBase().toString())
                .setMaxNetworkRetries(0)
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(settings.readTimeout().toMillis()))
                .build();
        this.longestCall = settings.longestCall();
        this.livemode = settings.livemode();
        this.limiter = new CallLimiter(settings.rates(), time, core);
        this.timeout = new Timeout(core, settings.longestAnswer());
        this.core = core;
    }

    /** One call of the library. */
    interface Call<T> {
        T on(V1Services stripe) throws StripeException;
    }

    Duration longestCall() {
        return longestCall;
    }

    /** The account whose key this has. Fails with {@code Unavailable} while it is not known, or with {@link AccountRefused}. */
    Uni<StripeAccount> account() {
        return Uni.createFrom()
                .deferred(() -> account != null ? Uni.createFrom().item(account) : askAccount());
    }

    /** Whoever asks meanwhile hears the same answer. */
    private Uni<StripeAccount> askAccount() {
        Uni<StripeAccount> asked = asking;
        if (asked == null) {
            asked = this.<Account>called(
                            Endpoint.ACCOUNT, stripe -> stripe.accounts().retrieveCurrent())
                    .map(found -> new StripeAccount(found.getId(), livemode))
                    .onTermination()
                    .invoke((found, fault, isCancelled) -> answered(found))
                    .onFailure(StripeCalls::isOfStripe)
                    .transform(fault -> ofAccount(answerOf(fault)))
                    .memoize()
                    .indefinitely();
            asking = asked;
        }
        return asked;
    }

    private void answered(@Nullable StripeAccount found) {
        asking = null;
        account = found;
    }

    private static RuntimeException ofAccount(Answer answer) {
        return answer instanceof Answer.NotAllowed no
                ? new AccountRefused(no.why())
                : new Unavailable("the account is not known: " + answer);
    }

    /** Reads an object; empty if Stripe does not know it. Fails with {@code Unavailable} or {@link AccountRefused}. */
    <T> Uni<Optional<T>> read(Endpoint endpoint, Call<T> call) {
        return this.<T>called(endpoint, call)
                .map(Optional::ofNullable)
                .onFailure(fault -> isOfStripe(fault) && answerOf(fault) instanceof Answer.Missing)
                .recoverWithItem(Optional.empty())
                .onFailure(StripeCalls::isOfStripe)
                .transform(fault -> ofRead(endpoint, answerOf(fault)));
    }

    private static RuntimeException ofRead(Endpoint endpoint, Answer answer) {
        return answer instanceof Answer.NotAllowed no
                ? new AccountRefused(no.why())
                : new Unavailable(endpoint + " is not answered: " + answer);
    }

    /** What a change that was not done, or perhaps, fails with: so that whoever asked may ask again with the same key. */
    static RuntimeException ofChange(Endpoint endpoint, Throwable fault) {
        if (!isOfStripe(fault)) {
            return (RuntimeException) fault;
        }
        return switch (answerOf(fault)) {
            case Answer.NotAllowed no -> new AccountRefused(no.why());
            case Answer.Throttled _, Answer.KeyInUse _ -> new Unavailable(endpoint + " is not taken now");
            case Answer.Unknown unknown -> new OutcomeUnknown(endpoint + ": " + unknown.why());
            case Answer other -> new IllegalStateException(endpoint + " is refused: " + other);
        };
    }

    static Answer answerOf(Throwable fault) {
        return StripeAnswers.of(fault instanceof Exception e ? e : new IllegalStateException(fault));
    }

    static boolean isOfStripe(Throwable fault) {
        return !(fault instanceof Unavailable);
    }

    static RequestOptions keyed(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** Fails with what the library throws, or with {@code Unavailable} if there are too many calls. */
    <T> Uni<T> called(Endpoint endpoint, Call<T> call) {
        return limiter.enter(endpoint)
                .chain(isAdmitted -> isAdmitted
                        ? ChainTrace.call(
                                spans, cause -> span(endpoint, cause), timeout.limit(onThread(endpoint, call)))
                        : Uni.createFrom().failure(new Unavailable("too many calls of " + endpoint)));
    }

    private Span span(Endpoint endpoint, @Nullable TraceContext cause) {
        return spans.start(Spans.Kind.CLIENT, "stripe " + endpoint.name().toLowerCase(Locale.ROOT), cause)
                .with(SpanAttributes.SERVER_ADDRESS, host);
    }

    private <T> Uni<T> onThread(Endpoint endpoint, Call<T> call) {
        return Uni.createFrom()
                .emitter(
                        emitter -> Thread.ofVirtual().name("stripe-" + endpoint).start(() -> {
                            try {
                                T answer = call.on(client.v1());
                                core.execute(() -> emitter.complete(answer));
                            } catch (Exception fault) {
                                core.execute(() -> emitter.fail(fault));
                            }
                        }));
    }
}
