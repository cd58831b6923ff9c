package io.drawdown.credits.account;

import io.drawdown.contracts.GrantPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static java.util.stream.Collectors.toMap;

/** The grants and holds of an account while it changes. The rules and the replay of the ledger both work on it. */
public final class GrantsAndHolds {

    private final List<Grant> grants;
    private final List<Hold> holds;

    public GrantsAndHolds(List<Grant> grants, List<Hold> holds) {
        this.grants = new ArrayList<>(grants);
        this.holds = new ArrayList<>(holds);
    }

    public List<Grant> grants() {
        return List.copyOf(grants);
    }

    public List<Hold> holds() {
        return List.copyOf(holds);
    }

    public Optional<Grant> grant(String id) {
        return grants.stream().filter(grant -> grant.id().equals(id)).findFirst();
    }

    public Optional<Hold> hold(String id) {
        return holds.stream().filter(hold -> hold.id().equals(id)).findFirst();
    }

    /** Adds the grant, or replaces the one with its id where it stands. */
    public void put(Grant grant) {
        put(grants, grant, Grant::id);
    }

    /** Adds the hold, or replaces the one with its id where it stands. */
    public void put(Hold hold) {
        put(holds, hold, Hold::id);
    }

    /** Takes the hold out; whether it was there. */
    public boolean remove(Hold hold) {
        return holds.removeIf(other -> other.id().equals(hold.id()));
    }

    /** Lowers what remains of the grants, and names what was taken; a grant of which nothing remains is gone. */
    public List<GrantPart> take(List<Allocation> parts) {
        Map<String, Grant> byId = grants.stream().collect(toMap(Grant::id, grant -> grant));
        List<GrantPart> taken = new ArrayList<>();
        for (Allocation part : parts) {
            Grant grant = byId.get(part.grantId());
            if (grant == null || grant.remaining().compareTo(part.amount()) < 0) {
                throw new IllegalStateException("taken from a grant that does not have it: " + part);
            }
            put(grant.withRemaining(grant.remaining().minus(part.amount())));
            taken.add(grant.part(part.amount()));
        }
        grants.removeIf(grant -> grant.remaining().isZero());
        return List.copyOf(taken);
    }

    private static <T> void put(List<T> list, T item, Function<T, String> id) {
        for (int i = 0; i < list.size(); i++) {
            if (id.apply(list.get(i)).equals(id.apply(item))) {
                list.set(i, item);
                return;
            }
        }
        list.add(item);
    }
}
