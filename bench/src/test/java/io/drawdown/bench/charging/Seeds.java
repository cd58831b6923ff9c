package io.drawdown.bench.charging;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.DeclineClass;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.process.QueuedPages;
import io.drawdown.billing.payer.Consent;
import io.drawdown.billing.payer.Customer;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerDocument.Rest;
import io.drawdown.billing.payer.Wallet;
import io.drawdown.billing.store.Revision;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Items and payers as they are found in the database: stored in bulk, their events out. */
final class Seeds {

    /** Teams whose cards pay. */
    static final int TEAMS = 256;

    /** Of so many items one can be charged; the others wait for a card. */
    private static final int ONE_PAYS_OF = 50;

    private static final int ITEMS_OF_A_WAITING_TEAM = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReactiveMongoCollection<ItemDocument> items;
    private final ReactiveMongoCollection<PayerDocument> payers;
    private final Instant now;
    private int queued;

    Seeds(ReactiveMongoCollection<ItemDocument> items, ReactiveMongoCollection<PayerDocument> payers, Instant now) {
        this.items = items;
        this.payers = payers;
        this.now = now;
    }

    /** So many items that can be charged. */
    void payable(int count) {
        store(items, count, each -> payable());
    }

    /** So many items, of which one in 50 can be charged. The others are of teams whose cards were refused for good, ten of each. */
    void mixed(int count) {
        store(payers, Math.ceilDiv(count, ITEMS_OF_A_WAITING_TEAM), Seeds::withoutUsableCard);
        store(items, count, each -> each % ONE_PAYS_OF == 0 ? payable() : waiting(each / ITEMS_OF_A_WAITING_TEAM));
    }

    private static <T> void store(ReactiveMongoCollection<T> collection, int count, IntFunction<T> made) {
        List<T> page = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            page.add(made.apply(each));
            if (page.size() == QueuedPages.PAGE || each == count - 1) {
                collection.insertMany(page).await().atMost(PATIENCE);
                page.clear();
            }
        }
    }

    private ItemDocument payable() {
        return stored(queued("team-" + queued % TEAMS));
    }

    private ItemDocument waiting(int team) {
        String id = waitingTeam(team);
        ItemDocument item = queued(id);
        ItemDocument decided = changed(ItemRules.decided(item, item.chargeId(), false, id, now));
        return stored(ItemRules.charged(decided, changed(decided.charge()).waitingForCard(now), now));
    }

    private ItemDocument queued(String team) {
        ItemSpec spec = new ItemSpec(team, "page-" + queued, "A page", "Ada", 799);
        return ItemRules.queued(spec, now.plusMillis(queued++), now);
    }

    private static ItemDocument stored(ItemDocument item) {
        return changed(ItemRules.trimmed(item, item.outbox().seq())).written("bench");
    }

    private static String waitingTeam(int team) {
        return "waiting-" + team;
    }

    private static PayerDocument withoutUsableCard(int team) {
        String id = waitingTeam(team);
        Instant before = Instant.EPOCH;
        Card card = new Card("pm_" + id, "fingerprint-" + id, "visa", "4242");
        Wallet.Kept kept = new Wallet.Kept(card, new Consent(id, before, "v1", 10_000), before);
        return new PayerDocument(
                id,
                new Revision(1, "bench", 1),
                new Customer("cus_" + id, null),
                null,
                new Wallet(card, List.of(kept), List.of()),
                new Rest(DeclineClass.HARD, "lost_card", 1, before, null, "before"),
                null,
                List.of());
    }

    private static <T> T changed(@Nullable T document) {
        return Objects.requireNonNull(document);
    }
}
