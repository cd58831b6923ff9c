package io.drawdown.sessions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.sessions.api.GatewaySessionsResource.UsageReport;
import io.drawdown.sessions.api.SessionsResource.PauseRequest;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.BadRequestException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a route whose body may be absent. Clients send the most various content types with no body, and the
 * framework would refuse them.
 */
@Singleton
final class UsageTotals {

    private final ObjectMapper json;
    private final Validator validator;

    UsageTotals(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * Null: there is no body.
     *
     * @throws RuntimeException that becomes the same problem as that of a body which the framework reads
     */
    @Nullable
    UsageReport read(@Nullable String body, Caller caller) {
        UsageReport report = read(body, UsageReport.class);
        mayState(report != null, caller);
        return report;
    }

    /** The same of a pause, which may state a total. */
    PauseRequest readPause(@Nullable String body, Caller caller) {
        PauseRequest request = read(body, PauseRequest.class);
        mayState(request != null && request.usedMillis() != null, caller);
        return request == null ? PauseRequest.NONE : request;
    }

    private static void mayState(boolean isStated, Caller caller) {
        if (isStated && !caller.mayUseAll()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "used_millis is for gateways to state");
        }
    }

    private <T> @Nullable T read(@Nullable String body, Class<T> type) {
        if (body == null || body.isEmpty()) {
            return null;
        }
        T report = parsed(body, type);
        Set<ConstraintViolation<T>> violations = validator.validate(report);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return report;
    }

    private <T> T parsed(String body, Class<T> type) {
        try {
            T report = json.readValue(body, type);
            if (report == null) {
                throw new BadRequestException("null");
            }
            return report;
        } catch (JsonProcessingException mistake) {
            throw new BadRequestException(mistake);
        }
    }
}
