package io.drawdown.bench.charging;

import io.drawdown.bench.contenders.Broker;
import io.drawdown.bench.contenders.Database;
import io.drawdown.bench.contenders.Place;
import io.drawdown.bench.contenders.SystemTime;
import io.drawdown.bench.load.Pause;
import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.engine.QueueRun;
import io.drawdown.billing.item.process.QueuedPages;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.item.store.MongoItems;
import io.drawdown.billing.item.store.MongoTeams;
import io.drawdown.billing.payer.FingerprintDocument;
import io.drawdown.billing.payer.MongoPayers;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.time.Time;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The queue of billing-batch in this process. Every item of it is paid: its team has used its free places. */
final class ChargedQueue implements AutoCloseable {

    private static final int TEAMS = 256;
    private static final int PAGES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(2);

    private final Vertx vertx;
    private final ReactiveMongoClient client;
    private final ReactiveMongoCollection<ItemDocument> documents;
    private final KafkaPublisher publisher;
    private final CoreLoop loop;
    private final Time time = new SystemTime();
    private final Items items;
    private int queued;

    private ChargedQueue(Place place, Duration takes) {
        Database.drop(place);
        vertx = Database.vertx();
        loop = new CoreLoop(vertx);
        client = Database.client(place.mongo(), vertx);
        publisher = Broker.publisher(place, loop);
        var database = new io.drawdown.kit.store.Database(client, () -> false, loop);
        ReactiveMongoDatabase billing = client.getDatabase(place.database());
        documents = billing.getCollection("items", ItemDocument.class);
        MongoItems itemStore = new MongoItems(documents, database);
        MongoTeams teamStore = new MongoTeams(billing.getCollection("teams", TeamDocument.class), database);
        GuardedStore<FingerprintDocument> fingerprints =
                new MongoGuarded<>(billing.getCollection("fingerprints", FingerprintDocument.class), database);
        MongoPayers payerStore = new MongoPayers(billing.getCollection("payers", PayerDocument.class), database);
        await(itemStore.createIndexes());
        SecureRandom random = new SecureRandom();
        Payers payers = new Payers(new PayerStores(payerStore, fingerprints), time, loop, random);
        Charging charging = new Charging(
                new PaymentModel(loop, takes),
                payers,
                (alarm, charge, detail) -> {
                    throw new IllegalStateException(alarm + " of " + charge + ": " + detail);
                },
                time,
                random);
        items = new Items(
                new Items.Ports(new ItemStores(itemStore, teamStore), charging, payers, new PostedAtOnce(), publisher),
                ItemSettings.DEFAULT,
                time,
                loop,
                random);
        for (int team = 0; team < TEAMS; team++) {
            open(team, teamStore, payers);
        }
    }

    static ChargedQueue open(Place place, Duration takes) {
        return new ChargedQueue(place, takes);
    }

    private void open(int team, MongoTeams teams, Payers payers) {
        String id = "team-" + team;
        TeamDocument document =
                changed(TeamDocument.of(id).told(new TeamDocument.Profile("Team", null, Target.ofChannel("C1"))));
        for (int place = 0; place < TeamDocument.FREE_PLACES; place++) {
            String charge = "before-" + place;
            document = changed(changed(document.taken(charge, time.now())).settled(charge));
        }
        TeamDocument full = document.written("bench");
        await(loop.call(() -> teams.insert(full)));
        Card card = new Card("pm_" + id, "fingerprint-" + id, "visa", "4242");
        await(loop.call(() -> payers.attach(id, "cus_" + id, card)));
    }

    private static <T> T changed(@Nullable T document) {
        return Objects.requireNonNull(document);
    }

    /** Stores so many items. Their events are out. */
    void fill(int count) {
        Instant now = time.now();
        List<ItemDocument> page = new ArrayList<>();
        for (int each = 1; each <= count; each++) {
            ItemSpec spec = new ItemSpec("team-" + queued % TEAMS, "page-" + queued, "A page", "Ada", 799);
            ItemDocument item = ItemRules.queued(spec, now.plusMillis(each), now);
            page.add(changed(ItemRules.trimmed(item, item.outbox().seq())).written("bench"));
            queued++;
            if (page.size() == QueuedPages.PAGE || each == count) {
                await(documents.insertMany(page));
                page.clear();
            }
        }
    }

    /** Charges and publishes all of them, as a run does. Returns when the events are out. */
    void drain(int count) {
        Counts counts = new Counts();
        QueueRun run = new QueueRun(items, new OnlyRun(), () -> Duration.ofMinutes(5), counts);
        Deque<CompletableFuture<Boolean>> pages = new ArrayDeque<>();
        @Nullable Turn after = null;
        boolean isOver = false;
        while (!isOver) {
            List<ItemDocument> page = page(after);
            isOver = page.size() < QueuedPages.PAGE;
            if (!page.isEmpty()) {
                after = Turn.of(page.getLast());
                pages.add(loop.call(() -> run.page(page)).subscribe().asCompletionStage());
            }
            if (pages.size() == PAGES) {
                pages.remove().join();
            }
        }
        pages.forEach(CompletableFuture::join);
        counts.require(count);
        while (!await(loop.call(() -> Uni.createFrom().item(items.outbox().isDrained())))) {
            Pause.of(LOOK);
        }
    }

    private List<ItemDocument> page(@Nullable Turn after) {
        return await(loop.call(() -> items.stores().items().due(time.now(), after, QueuedPages.PAGE)));
    }

    /** Nobody takes it over. */
    private static final class OnlyRun implements RunFence {

        @Override
        public long number() {
            return 1;
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }

    @Override
    public void close() {
        publisher.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
