package io.drawdown.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with a problem when a resource, or the way to it, fails. */
public final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final ProblemHeaders headers;

    ProblemMappers(ProblemHeaders headers) {
        this.headers = headers;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException fault, RoutingContext request) {
        Response answer = answer(fault.type(), fault.detail(), fault.extensions(), request);
        if (answer.getHeaders().containsKey(HttpHeaders.RETRY_AFTER)) {
            answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, fault.retrySeconds());
        }
        return answer;
    }

    @ServerExceptionMapper({
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        ForbiddenException.class,
        Unavailable.class,
        OutcomeUnknown.class
    })
    public Response known(RuntimeException fault, RoutingContext request) {
        return answer(Faults.typeOf(fault), request);
    }

    @ServerExceptionMapper
    public Response amount(Credits.AmountOutOfRangeException fault, RoutingContext request) {
        return answer(ProblemType.AMOUNT_OUT_OF_RANGE, request);
    }

    @ServerExceptionMapper
    public Response amount(Credits.InvalidAmountException fault, RoutingContext request) {
        return answer(ProblemType.INVALID_AMOUNT, request);
    }

    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException fault, RoutingContext request) {
        return json(fault, request);
    }

    @ServerExceptionMapper
    public Response json(JsonProcessingException fault, RoutingContext request) {
        JsonMistake mistake = JsonMistake.of(fault);
        return answer(mistake.type(), mistake.detail(), Map.of(), request);
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException fault, RoutingContext request) {
        String detail = Violations.first(fault.getConstraintViolations());
        return answer(
                ProblemType.INVALID_REQUEST,
                detail == null ? ProblemType.INVALID_REQUEST.title() : detail,
                Map.of(),
                request);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException fault, RoutingContext request) {
        if (fault.getCause() instanceof JsonProcessingException json) {
            return json(json, request);
        }
        int status = fault.getResponse().getStatus();
        boolean isParameter = status == 400 || (status == 404 && fault.getCause() != null); // 404: of the wrong type
        ProblemType type = isParameter ? ProblemType.INVALID_REQUEST : Faults.typeOfStatus(status);
        return type == ProblemType.INTERNAL ? internal(fault, request) : answer(type, request);
    }

    @ServerExceptionMapper
    public Response internal(Throwable fault, RoutingContext request) {
        if (request.response().closed()) {
            LOG.debugf(fault, "Client went away: requestId=%s", RequestIds.of(request));
            return answer(ProblemType.INTERNAL, request);
        }
        LOG.errorf(fault, "Request failed: requestId=%s", RequestIds.of(request));
        return answer(ProblemType.INTERNAL, request);
    }

    private Response answer(ProblemType type, RoutingContext request) {
        return answer(type, type.title(), Map.of(), request);
    }

    private Response answer(ProblemType type, String detail, Map<String, Object> extensions, RoutingContext request) {
        Response.ResponseBuilder response = Response.status(type.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.body(type, detail, extensions, RequestIds.of(request)));
        headers.of(type, request).forEach(response::header);
        return response.build();
    }
}
