package io.drawdown.billing.api.item;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.security.Caller;
import io.smallrye.mutiny.Uni;

/** Whose teams and items a caller may use. A user's own team is the one that their token names. */
final class TeamAccess {

    private TeamAccess() {}

    /** @throws ProblemException {@link ProblemType#FORBIDDEN} if the team is not the caller's */
    static void require(Caller caller, String team) {
        if (!caller.mayUse(team)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This team is not yours");
        }
    }

    /** The item, read now. Another team's is not there. */
    static Uni<ItemDocument> item(Items items, Caller caller, String id) {
        return items.find(id)
                .map(found -> found.filter(item -> caller.mayUse(item.spec().team()))
                        .orElseThrow(() -> new ProblemException(ProblemType.ITEM_NOT_FOUND)));
    }
}
