package io.drawdown.bench.charging;

import io.drawdown.bench.contenders.Broker;
import io.drawdown.bench.contenders.Database;
import io.drawdown.bench.contenders.Place;
import io.drawdown.bench.contenders.SystemTime;
import io.drawdown.bench.load.Pause;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.process.QueuedPages;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queue of billing-batch in this process. Every item of it is paid: its team has used its free places. */
final class ChargedQueue implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(2);

    private final Vertx vertx;
    private final ReactiveMongoClient client;
    private final KafkaPublisher publisher;
    private final CoreLoop loop;
    private final Time time = new SystemTime();
    private final Items items;
    private final Seeds seeds;

    private ChargedQueue(Place place, Duration takes) {
        Database.drop(place);
        vertx = Database.vertx();
        loop = new CoreLoop(vertx);
        client = Database.client(place.mongo(), vertx);
        publisher = Broker.publisher(place, loop);
        var database = new io.drawdown.kit.store.Database(client, () -> false, loop);
        ReactiveMongoDatabase billing = client.getDatabase(place.database());
        ReactiveMongoCollection<ItemDocument> itemDocuments = billing.getCollection("items", ItemDocument.class);
        ReactiveMongoCollection<PayerDocument> payerDocuments = billing.getCollection("payers", PayerDocument.class);
        seeds = new Seeds(itemDocuments, payerDocuments, time.now());
        MongoItems itemStore = new MongoItems(itemDocuments, database);
        MongoTeams teamStore = new MongoTeams(billing.getCollection("teams", TeamDocument.class), database);
        GuardedStore<FingerprintDocument> fingerprints =
                new MongoGuarded<>(billing.getCollection("fingerprints", FingerprintDocument.class), database);
        MongoPayers payerStore = new MongoPayers(payerDocuments, database);
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
        for (int team = 0; team < Seeds.TEAMS; team++) {
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

    /** Charges and publishes so many items, as a run does, in how many seconds. The events of all are out then. */
    double drain(int count) {
        seeds.payable(count);
        long begun = System.nanoTime();
        OneRun run = new OneRun(time.now(), LONGEST);
        new QueuedPages(() -> items, loop).run(run);
        run.require(count);
        while (!await(loop.call(() -> Uni.createFrom().item(items.outbox().isDrained())))) {
            Pause.of(LOOK);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** What a run keeps in memory at most, in MiB, with so many items queued, within that time. */
    double memory(int count, Duration lasts) {
        seeds.mixed(count);
        try (LiveMemory live = new LiveMemory()) {
            OneRun run = new OneRun(time.now(), lasts);
            new QueuedPages(() -> items, loop).run(run);
            run.requireBothKinds();
            return live.most();
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
