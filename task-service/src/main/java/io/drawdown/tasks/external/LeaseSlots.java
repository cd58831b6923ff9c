package io.drawdown.tasks.external;

import io.drawdown.kit.idempotency.Digest;
import io.drawdown.tasks.task.Keys.Lease;
import io.drawdown.tasks.task.TaskDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the leases of one request hold beside their tasks. One task at a time has a slot: a repeat finds the leases of its request
 * by theirs, whatever instance it reaches; and a worker has one suspect, so that its death accuses no other.
 */
final class LeaseSlots {

    private final String ofSuspect;
    private final @Nullable String counter;
    private final @Nullable String key;
    private final @Nullable String request;

    LeaseSlots(LeaseRequest of) {
        String owner = of.worker().owner();
        ofSuspect = Digest.of(owner) + ":suspect";
        counter = of.key() == null ? null : Digest.of("lease", owner, of.key().name());
        key = of.key() == null ? null : Digest.of(owner, of.key().name()) + ":";
        request = of.key() == null ? null : key + of.key().hash();
    }

    /** What counts the requests under the key; null if the request has none. */
    @Nullable
    String counter() {
        return counter;
    }

    /** For the n-th task of the request; null if its leases hold nothing. */
    @Nullable
    Lease next(int n) {
        return key == null ? null : new Lease(key + n, request);
    }

    /** For a suspect. */
    Lease suspect() {
        return new Lease(ofSuspect, request);
    }

    /** All that leases of this worker may have and that matter to the request. */
    List<String> all() {
        List<String> slots = new ArrayList<>(List.of(ofSuspect));
        for (int n = 0; key != null && n < LeaseRequest.MOST; n++) {
            slots.add(key + n);
        }
        return slots;
    }

    boolean isSuspect(TaskDocument leased) {
        Lease lease = leased.lease();
        return lease != null && lease.slot().equals(ofSuspect);
    }

    /**
     * What the key of the request stands for already; null if that is nothing.
     *
     * @param leased tasks that have some of these slots
     */
    @Nullable
    Leased before(List<TaskDocument> leased) {
        List<TaskDocument> ofKey = leased.stream().filter(this::hasKey).toList();
        if (ofKey.isEmpty()) {
            return null;
        }
        boolean isSame = ofKey.stream().allMatch(task -> requestOf(task).equals(request));
        return isSame ? new Leased.Granted(ofKey, true) : new Leased.KeyReused();
    }

    private boolean hasKey(TaskDocument leased) {
        return key != null && requestOf(leased).startsWith(key);
    }

    private static String requestOf(TaskDocument leased) {
        Lease lease = leased.lease();
        return lease == null || lease.request() == null ? "" : lease.request();
    }
}
