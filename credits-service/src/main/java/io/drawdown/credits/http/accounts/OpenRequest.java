package io.drawdown.credits.http.accounts;

import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.http.GrantRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account starts with. */
public record OpenRequest(@Nullable @Size(max = 16) List<@NotNull @Valid GrantRequest> grants) {

    /** The same opening in its one spelling: no list is an empty list. */
    OpenRequest normal() {
        return new OpenRequest(
                grants == null
                        ? List.of()
                        : grants.stream().map(GrantRequest::normal).toList());
    }

    List<NewGrant> asked() {
        return grants == null
                ? List.of()
                : grants.stream().map(GrantRequest::asked).toList();
    }
}
