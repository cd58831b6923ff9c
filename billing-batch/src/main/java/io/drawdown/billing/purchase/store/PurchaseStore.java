package io.drawdown.billing.purchase.store;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to the purchases. */
public interface PurchaseStore extends GuardedStore<PurchaseDocument> {

    /** Those with something to do at that time, the longest due first. */
    Uni<List<PurchaseDocument>> due(Instant asOf, int limit);

    /** Those of an account, or of all, the latest first. */
    Uni<List<PurchaseDocument>> page(@Nullable String account, @Nullable Place after, int limit);

    /** Those with events that were not published before then; the oldest first. */
    Uni<List<PurchaseDocument>> unsent(Instant pendingBefore, int limit);

    /** The place of a purchase in a list. */
    record Place(Instant begunAt, String id) {

        /** What a cursor looks like. */
        public static final String FORM = "[0-9]{1,15}\\." + PurchaseSpec.ID;

        public static Place of(PurchaseDocument purchase) {
            return new Place(purchase.spec().begunAt(), purchase.id());
        }

        public static Place parse(String cursor) {
            int dot = cursor.indexOf('.');
            return new Place(Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dot))), cursor.substring(dot + 1));
        }

        public String cursor() {
            return begunAt.toEpochMilli() + "." + id;
        }
    }
}
