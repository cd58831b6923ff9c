package io.drawdown.kit.client;

import io.drawdown.contracts.ProblemType;
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
 * Asks another service over HTTP. Whatever is not an answer is a fault, never a "no". If the question may have been heard, the fault
 * is {@code OutcomeUnknown}, else {@code Unavailable}.
 *
 * @param <A> the routes, as the REST client calls them; {@link JsonBodies} reads and writes the bodies
 */
public final class ServiceClient<A> {

    /** The longest that an answer is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ServiceClient.class);
    private static final long CONNECT_MILLIS = 2_000;
    private static final int QUESTIONS_AT_ONCE = 256;
    private static final int DEEPEST_CAUSE = 8;
    private static final int SERVER_ERROR = 500;

    private final A api;
    private final String service;
    private final Executor core;

    private ServiceClient(A api, String service, Executor core) {
        this.api = api;
        this.service = service;
        this.core = core;
    }

    /**
     * A client of the service at that address.
     *
     * @param service its name, for the log
     * @param token the file with the token of the calling service
     * @param core where answers arrive
     */
    public static <A> ServiceClient<A> of(Class<A> routes, String service, URI address, Path token, Executor core) {
        A api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(address)
                .connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .readTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, QUESTIONS_AT_ONCE)
                .register(new ServiceToken(token))
                .register(new DeadlineHeaders(PATIENCE))
                .register(new JsonBodies())
                .build(routes);
        return new ServiceClient<>(api, service, core);
    }

    public A api() {
        return api;
    }

    /**
     * The answer to a call of {@link #api}, on the core's thread.
     *
     * @param question its name, for the log
     */
    public <T> Uni<T> answer(String question, Uni<T> asked) {
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

    private RuntimeException fault(String question, Throwable fault) {
        if (fault instanceof WebApplicationException answer) {
            int status = answer.getResponse().getStatus();
            if (status < SERVER_ERROR) {
                LOG.errorf("Request not accepted: service=%s question=%s status=%d", service, question, status);
            }
            return didNotHappen(answer.getResponse())
                    ? new Unavailable(service + " answered " + status, fault)
                    : new OutcomeUnknown(service + " answered " + status, fault);
        }
        return wasNeverSent(fault)
                ? new Unavailable(service + " cannot be reached", fault)
                : new OutcomeUnknown(
                        fault instanceof TimeoutException
                                ? service + " did not answer in " + PATIENCE
                                : service + " broke off: " + fault,
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
