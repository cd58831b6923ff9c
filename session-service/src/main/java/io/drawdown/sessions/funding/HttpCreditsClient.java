package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Asks credits-service over HTTP. Whatever is not an answer is a fault, never a "no". If the question may have been heard,
 * the fault is {@code OutcomeUnknown}, else {@code Unavailable}.
 */
public final class HttpCreditsClient implements CreditsClient {

    private static final Logger LOG = Logger.getLogger(HttpCreditsClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long CONNECT_MILLIS = 2_000;
    private static final int QUESTIONS_AT_ONCE = 256;
    private static final int DEEPEST_CAUSE = 8;
    private static final int SERVER_ERROR = 500;

    private final FundingApi api;
    private final Executor core;

    private HttpCreditsClient(FundingApi api, Executor core) {
        this.api = api;
        this.core = core;
    }

    /**
     * A client of the credits-service at that address.
     *
     * @param token the file with the token of this service
     * @param core where answers arrive
     */
    public static HttpCreditsClient of(URI credits, Path token, Executor core) {
        FundingApi api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(credits)
                .connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .readTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, QUESTIONS_AT_ONCE)
                .register(new ServiceToken(token))
                .register(new DeadlineHeaders(PATIENCE))
                .register(new JsonBodies())
                .build(FundingApi.class);
        return new HttpCreditsClient(api, core);
    }

    @Override
    public Uni<Funding.Answer> start(String sessionId, Funding.Start request, @Nullable TraceContext trace) {
        return answer("start", api.start(sessionId, traceparent(trace), tracestate(trace), request));
    }

    @Override
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        return answer("start/cancellation", api.cancelStart(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew request) {
        return answer("renew", api.renew(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover request) {
        return answer("takeover", api.takeover(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> release(String sessionId, Funding.Release request, @Nullable TraceContext trace) {
        return answer("release", api.release(sessionId, traceparent(trace), tracestate(trace), request));
    }

    private static @Nullable String traceparent(@Nullable TraceContext trace) {
        return trace == null ? null : trace.traceparent();
    }

    private static @Nullable String tracestate(@Nullable TraceContext trace) {
        return trace == null ? null : trace.tracestate();
    }

    private Uni<Funding.Answer> answer(String question, Uni<Funding.Answer> asked) {
        return asked.ifNoItem()
                .after(PATIENCE)
                .fail()
                .onItem()
                .ifNull()
                .failWith(() -> new UnreadableException("an empty answer", null))
                .onFailure()
                .transform(fault -> fault(question, fault))
                .emitOn(core);
    }

    private static RuntimeException fault(String question, Throwable fault) {
        if (fault instanceof WebApplicationException answer) {
            int status = answer.getResponse().getStatus();
            if (status < SERVER_ERROR) {
                LOG.errorf("Request not accepted by credits-service: question=%s status=%d", question, status);
            }
            return didNotHappen(answer.getResponse())
                    ? new Unavailable("credits-service answered " + status, fault)
                    : new OutcomeUnknown("credits-service answered " + status, fault);
        }
        return wasNeverSent(fault)
                ? new Unavailable("credits-service cannot be reached", fault)
                : new OutcomeUnknown(
                        fault instanceof TimeoutException
                                ? "credits-service did not answer in " + PATIENCE
                                : "credits-service broke off: " + fault,
                        fault);
    }

    /**
     * Only a problem says that nothing happened. Any other answer of status 5xx may come from a proxy that passed the
     * request on, or from a service that began with it.
     */
    private static boolean didNotHappen(Response answer) {
        if (answer.getStatus() < SERVER_ERROR) {
            return true;
        }
        try {
            Problem problem = Json.read(answer.readEntity(byte[].class), Problem.class);
            return ProblemType.UNAVAILABLE.urn().equals(problem.type())
                    || ProblemType.ACCOUNT_BUSY.urn().equals(problem.type());
        } catch (UnreadableException | ProcessingException | IllegalStateException unknown) {
            return false;
        }
    }

    /** A problem, as far as it matters here. */
    private record Problem(String type) {}

    private static boolean wasNeverSent(Throwable fault) {
        @Nullable Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof ConnectException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
