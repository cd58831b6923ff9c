package io.drawdown.kit.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.ProblemType;
import org.jspecify.annotations.Nullable;

/** What went wrong, with its stable type, as a frame tells it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FrameProblem(
        ProblemType type, String title, @Nullable String detail) {

    public static FrameProblem of(ProblemType type, @Nullable String detail) {
        return new FrameProblem(type, type.title(), detail);
    }
}
