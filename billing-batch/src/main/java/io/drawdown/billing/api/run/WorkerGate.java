package io.drawdown.billing.api.run;

import io.drawdown.billing.config.WorkerSecret;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.audit.OperatorActions;
import io.drawdown.kit.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Asks for the worker's secret before anything else of a request is looked at. Who comes with it, or with a wrong one, acts as an
 * operator, so each request is logged as an action.
 */
@Provider
@WorkerAccess
@Priority(Priorities.AUTHENTICATION)
public final class WorkerGate implements ContainerRequestFilter {

    static final String HEADER = "X-Worker-Secret";

    /** Who acts, as the log of actions names it: all that know the secret have one name. */
    private static final String ACTOR = "worker-secret";

    private final Instance<WorkerSecret> configured;

    /** @param configured is known later: filters are made before the service starts */
    WorkerGate(Instance<WorkerSecret> configured) {
        this.configured = configured;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        WorkerSecret secret = configured.get();
        if (!secret.isConfigured()) {
            throw new ProblemException(
                    ProblemType.NOT_CONFIGURED, "Set DRAWDOWN_BATCH_WORKER_SECRET to open this address");
        }
        request.setProperty(OperatorActions.ACTOR, ACTOR);
        List<String> given = request.getHeaders().getOrDefault(HEADER, List.of());
        if (given.size() != 1 || !secret.matches(given.getFirst())) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, HEADER + " is missing or wrong");
        }
    }
}
