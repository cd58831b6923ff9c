package io.drawdown.bench.contenders;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoClients;
import io.drawdown.billing.charge.ChargeCodecs;
import io.drawdown.billing.item.ItemCodecs;
import io.drawdown.kit.store.DocumentCodecs;
import io.drawdown.tasks.task.TaskCodecs;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/** The client of the database as the services configure it. */
public final class Database {

    static final CodecRegistry CODECS = CodecRegistries.fromRegistries(
            CodecRegistries.fromProviders(new TaskCodecs(), new ChargeCodecs(), new ItemCodecs(), new DocumentCodecs()),
            MongoClientSettings.getDefaultCodecRegistry());

    private Database() {}

    /** With one event loop, as the services have it on few cores. */
    public static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    }

    /** Nothing of the queue is there afterwards. */
    public static void drop(Place place) {
        try (com.mongodb.client.MongoClient blocking = com.mongodb.client.MongoClients.create(place.mongo())) {
            blocking.getDatabase(place.database()).drop();
        }
    }

    public static ReactiveMongoClient client(String uri, Vertx vertx) {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .codecRegistry(CODECS)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                .transportSettings(TransportSettings.nettyBuilder()
                        .eventLoopGroup(
                                ((VertxInternal) vertx).createEventLoopContext().nettyEventLoop())
                        .socketChannelClass(NioSocketChannel.class)
                        .build())
                .build();
        return new ReactiveMongoClientImpl(MongoClients.create(settings));
    }
}
