package io.drawdown.credits.http;

import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.AccountCommands;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.commit.AccountBusy;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.kit.deadline.RequestDeadline;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.RequestTrace;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How the routes reach the core: onto its thread and back. */
@Singleton
public final class CoreCalls {

    private final CreditsCore core;
    private final CoreLoop loop;
    private final Time time;
    private final CurrentIdentityAssociation identity;
    private final RoutingContext request;

    CoreCalls(CreditsCore core, CoreLoop loop, Time time, CurrentIdentityAssociation identity, RoutingContext request) {
        this.core = core;
        this.loop = loop;
        this.time = time;
        this.identity = identity;
        this.request = request;
    }

    /**
     * Carries out a command, within the deadline and the trace of the request. Call it while the context of the request is
     * active.
     */
    public <T> Uni<T> tell(Function<AccountCommands, Uni<T>> command) {
        Instant deadline = RequestDeadline.of(request);
        RequestContext context = new RequestContext(deadline, RequestTrace.of(request.request()));
        return ask(accounts -> command.apply(accounts.commands(context)))
                .onFailure(fault ->
                        isOutcome(fault) && deadline != null && time.now().isAfter(deadline))
                .transform(this::late);
    }

    private static boolean isOutcome(Throwable fault) {
        return fault instanceof Unavailable || fault instanceof OutcomeUnknown;
    }

    private ProblemException late(Throwable fault) {
        return fault instanceof Unavailable
                ? late(ProblemType.UNAVAILABLE, "its Request-Deadline passed before anything was done")
                : late(ProblemType.OUTCOME_UNKNOWN, "its Request-Deadline passed while it may have been done");
    }

    private ProblemException late(ProblemType type, String detail) {
        return new ProblemException(type, detail, RequestDeadline.extensions(time.now()));
    }

    /** Reads something, or carries out a command that has no deadline. */
    public <T> Uni<T> ask(Function<CreditsCore, Uni<T>> question) {
        return loop.call(() -> question.apply(core))
                .onFailure(AccountBusy.class)
                .transform(busy -> new ProblemException(ProblemType.ACCOUNT_BUSY));
    }

    /** The account after a command was carried out. If it cannot be read now, the fault says that the outcome is unknown. */
    public Uni<AccountSummary> afterwards(String accountId) {
        return find(ProblemType.ACCOUNT_NOT_FOUND, accounts -> accounts.account(accountId))
                .onFailure(Unavailable.class)
                .transform(fault -> new OutcomeUnknown("done, but the account cannot be read now", fault));
    }

    /** @throws ProblemException {@code missing} if there is nothing */
    public <T> Uni<T> find(ProblemType missing, Function<CreditsCore, Uni<Optional<T>>> question) {
        return ask(question).map(found -> found.orElseThrow(() -> new ProblemException(missing)));
    }

    /** @throws ProblemException {@link ProblemType#FORBIDDEN} if the account is not the caller's to see */
    public Uni<Void> requireUseOf(String accountId) {
        return identity.getDeferredIdentity()
                .invoke(caller -> Caller.of(caller).requireUseOf(accountId))
                .replaceWithVoid();
    }
}
