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
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with problems what fails in a resource or on the way to it. */
public final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException fault, RoutingContext request) {
        return answer(fault.type(), fault.detail(), fault.extensions(), request);
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
        ProblemType type = Faults.typeOfJson(fault);
        String detail = type == ProblemType.MALFORMED_JSON ? fault.getOriginalMessage() : type.title();
        return answer(type, firstLine(detail), Map.of(), request);
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException fault, RoutingContext request) {
        String detail = fault.getConstraintViolations().stream()
                .min(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .map(ProblemMappers::say)
                .orElse(ProblemType.INVALID_REQUEST.title());
        return answer(ProblemType.INVALID_REQUEST, detail, Map.of(), request);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException fault, RoutingContext request) {
        if (fault.getCause() instanceof JsonProcessingException json) {
            return json(json, request);
        }
        int status = fault.getResponse().getStatus();
        boolean isParameter = status == 400 || status == 404 && fault.getCause() != null; // 404: of the wrong type
        ProblemType type = isParameter ? ProblemType.INVALID_REQUEST : Faults.typeOfStatus(status);
        return type == ProblemType.INTERNAL ? internal(fault, request) : answer(type, request);
    }

    @ServerExceptionMapper
    public Response internal(Throwable fault, RoutingContext request) {
        LOG.errorf(fault, "Request failed: requestId=%s", RequestIds.of(request));
        return answer(ProblemType.INTERNAL, request);
    }

    private static String say(ConstraintViolation<?> violation) {
        String path = violation.getPropertyPath().toString();
        return path.substring(path.indexOf('.') + 1) + " " + violation.getMessage();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static Response answer(ProblemType type, RoutingContext request) {
        return answer(type, type.title(), Map.of(), request);
    }

    private static Response answer(
            ProblemType type, String detail, Map<String, Object> extensions, RoutingContext request) {
        Response.ResponseBuilder response = Response.status(type.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.body(type, detail, extensions, RequestIds.of(request)));
        return type.isRetryable()
                ? response.header(HttpHeaders.RETRY_AFTER, Problem.RETRY_AFTER_SECONDS)
                        .build()
                : response.build();
    }
}
