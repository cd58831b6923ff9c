package io.drawdown.sessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.openapi.Problems;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.trace.RequestTrace;
import io.drawdown.sessions.SessionEnds;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.SessionStore.OpenSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many sessions at once, as an operator ends them. */
@Path("/api/v1/session-ends")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR)
@Tag(
        name = "Sessions",
        description =
                "Live sessions, as gateways, operators and their own users read and end them; they are started over the socket, or by gateways without one")
public final class SessionEndsResource {

    private final SessionsCore core;
    private final CoreLoop loop;
    private final HttpServerRequest request;

    SessionEndsResource(SessionsCore core, CoreLoop loop, HttpServerRequest request) {
        this.core = core;
        this.loop = loop;
        this.request = request;
    }

    /** Which sessions: all of one account, of one kind or of one instance. */
    public record EndsRequest(
            @Nullable @Pattern(regexp = AccountId.FORM) String account,
            @Nullable @Pattern(regexp = TariffName.FORM) String kind,
            @Nullable @Pattern(regexp = INSTANCE) String instance,
            @Nullable @Pattern(regexp = SESSION_ID) String cursor) {

        private static final String INSTANCE = "[A-Za-z0-9._-]{1,64}";
        private static final String SESSION_ID = "[A-Za-z0-9_]{1,64}";

        private OpenSessions checked() {
            long named =
                    Stream.of(account, kind, instance).filter(Objects::nonNull).count();
            if (named != 1) {
                throw new ProblemException(ProblemType.INVALID_REQUEST, "name one of account, kind and instance");
            }
            return new OpenSessions(account, kind, instance, cursor);
        }
    }

    /**
     * How far it came.
     *
     * @param requested sessions whose end is wanted now; their owners end them
     * @param nextCursor absent after the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EndsAccepted(int requested, @Nullable String nextCursor) {}

    @POST
    @Operation(
            operationId = "endSessions",
            summary = "Ends all open sessions of an account, of a kind or of an instance, up to 200 with each request")
    @Problems({ProblemType.OUTCOME_UNKNOWN})
    public Uni<EndsAccepted> end(@NotNull @Valid EndsRequest which) {
        OpenSessions wanted = which.checked();
        TraceContext trace = RequestTrace.of(request);
        return loop.call(() -> core.requests().endPage(wanted, trace)).map(SessionEndsResource::accepted);
    }

    private static EndsAccepted accepted(SessionEnds.Page page) {
        return new EndsAccepted(page.requested(), page.nextAfterId());
    }
}
