package io.drawdown.sessions.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.sessions.document.SessionState.Reported;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway of a session should know now.
 *
 * @param levelPercent for {@link Type#BALANCE}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionWarning(Type type, @Nullable Integer levelPercent) {

    /** What it is about. */
    @Schema(name = "SessionWarningType")
    public enum Type {
        /** The balance is at or below that level of what it was right after the last top-up. */
        @JsonProperty("balance")
        BALANCE,
        /** Nothing more is available: without a top-up the session ends when its funding is used. */
        @JsonProperty("ending")
        ENDING,
        /** All that is funded is used: what is served now is not paid for. */
        @JsonProperty("unfunded")
        UNFUNDED
    }

    static List<SessionWarning> of(Reported reported) {
        List<SessionWarning> warnings = new ArrayList<>();
        Integer level = reported.advance().levelPercent();
        if (level != null) {
            warnings.add(new SessionWarning(Type.BALANCE, level));
        }
        if (reported.advance().last()) {
            warnings.add(new SessionWarning(Type.ENDING, null));
        }
        if (reported.usedMillis() >= reported.fundedMillis()) {
            warnings.add(new SessionWarning(Type.UNFUNDED, null));
        }
        return List.copyOf(warnings);
    }
}
