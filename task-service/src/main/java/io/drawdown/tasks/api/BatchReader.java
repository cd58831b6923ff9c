package io.drawdown.tasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.JsonMistake;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.problem.Violations;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;

/** Reads a task of a batch as it is read alone, so that a mistake in it is its own. */
@Singleton
final class BatchReader {

    private final ObjectMapper http;
    private final Validator validator;

    BatchReader(ObjectMapper http, Validator validator) {
        this.http = http;
        this.validator = validator;
    }

    /** @throws ProblemException that says what is wrong */
    TaskRequest read(ObjectNode task) {
        TaskRequest wanted = parse(task);
        String mistake = Violations.first(validator.validate(wanted));
        if (mistake != null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, mistake);
        }
        return wanted;
    }

    private TaskRequest parse(ObjectNode task) {
        try {
            return http.treeToValue(task, TaskRequest.class);
        } catch (JsonProcessingException e) {
            JsonMistake mistake = JsonMistake.of(e);
            throw new ProblemException(mistake.type(), mistake.detail());
        }
    }
}
