package io.drawdown.sessions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.drawdown.sessions.api.GatewaySessionsResource.UsageReport;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.BadRequestException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the total in the body of a route whose body may be absent. Clients send the most various content types with no
 * body, and the framework would refuse them.
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
        if (body == null || body.isEmpty()) {
            return null;
        }
        if (!caller.mayUseAll()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "used_millis is for gateways to state");
        }
        UsageReport report = parsed(body);
        Set<ConstraintViolation<UsageReport>> violations = validator.validate(report);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return report;
    }

    private UsageReport parsed(String body) {
        try {
            return json.readValue(body, UsageReport.class);
        } catch (JsonProcessingException mistake) {
            throw new BadRequestException(mistake);
        }
    }
}
