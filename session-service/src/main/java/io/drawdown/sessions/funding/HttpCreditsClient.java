package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks credits-service over HTTP. Whatever is not an answer is a fault, never a "no". */
public final class HttpCreditsClient implements CreditsClient {

    private static final Logger LOG = Logger.getLogger(HttpCreditsClient.class);
    public static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int DEEPEST_CAUSE = 8;
    private static final int SERVER_ERROR = 500;

    private final FundingApi api;
    private final Executor core;

    /** @param core where answers arrive */
    public HttpCreditsClient(FundingApi api, Executor core) {
        this.api = api;
        this.core = core;
    }

    @Override
    public Uni<Funding.Answer> start(String sessionId, Funding.Start request) {
        return ask(sessionId, "start", request);
    }

    @Override
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        return answer("start/cancellation", api.cancelStart(sessionId, Json.bytes(request)));
    }

    @Override
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew request) {
        return ask(sessionId, "renew", request);
    }

    @Override
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover request) {
        return ask(sessionId, "takeover", request);
    }

    @Override
    public Uni<Funding.Answer> release(String sessionId, Funding.Release request) {
        return ask(sessionId, "release", request);
    }

    private Uni<Funding.Answer> ask(String sessionId, String question, Object request) {
        return answer(question, api.ask(sessionId, question, Json.bytes(request)));
    }

    private Uni<Funding.Answer> answer(String question, Uni<byte[]> asked) {
        return asked.ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(body -> Json.read(body, Funding.Answer.class))
                .onFailure()
                .transform(fault -> fault(question, fault))
                .emitOn(core);
    }

    private static RuntimeException fault(String question, Throwable fault) {
        if (fault instanceof WebApplicationException answer) {
            int status = answer.getResponse().getStatus();
            if (status < SERVER_ERROR) {
                LOG.errorf("credits-service does not accept our request: question=%s status=%d", question, status);
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

    /** Only a problem that says so: what else answers 5xx may have let the question through, or have begun with it. */
    private static boolean didNotHappen(Response answer) {
        if (answer.getStatus() < SERVER_ERROR) {
            return true;
        }
        try {
            Said said = Json.read(answer.readEntity(byte[].class), Said.class);
            return ProblemType.UNAVAILABLE.urn().equals(said.type())
                    || ProblemType.ACCOUNT_BUSY.urn().equals(said.type());
        } catch (UnreadableException | ProcessingException | IllegalStateException unknown) {
            return false;
        }
    }

    /** A problem, as far as it matters here. */
    private record Said(String type) {}

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
