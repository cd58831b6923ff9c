package io.drawdown.credits.http.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.http.EntryView;
import io.drawdown.credits.ledger.Operation;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of an operation.
 *
 * @param entry the row of its effect, or the void row of its cancellation; absent while it is open
 * @param readAt when it was looked up; only while it is open, for it may be done at any moment after
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OperationView(
        State state, @Nullable EntryView entry, @Nullable Instant readAt) {

    @Schema(name = "OperationState")
    enum State {
        @JsonProperty("done")
        DONE,
        @JsonProperty("cancelled")
        CANCELLED,
        @JsonProperty("open")
        OPEN
    }

    static OperationView of(Entry entry) {
        return of(Operation.of(entry));
    }

    static OperationView of(Operation operation) {
        return switch (operation) {
            case Operation.Done done -> new OperationView(State.DONE, EntryView.of(done.entry()), null);
            case Operation.Cancelled cancelled ->
                new OperationView(State.CANCELLED, EntryView.of(cancelled.entry()), null);
            case Operation.Open open -> new OperationView(State.OPEN, null, open.readAt());
        };
    }
}
