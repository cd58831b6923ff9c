package io.drawdown.kit.testing;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClients;
import io.drawdown.kit.store.DocumentCodecs;
import io.drawdown.kit.testing.portable.PortableCommands;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/** A client as Quarkus would make it, for tests of stores that need no Quarkus. */
public final class TestMongo {

    private TestMongo() {}

    /** The caller closes it. A server that is not there is given up after 300 ms. */
    public static ReactiveMongoClient client(String uri) {
        CodecRegistry codecs = CodecRegistries.fromRegistries(
                CodecRegistries.fromProviders(new DocumentCodecs()), MongoClientSettings.getDefaultCodecRegistry());
        return new ReactiveMongoClientImpl(MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(300, TimeUnit.MILLISECONDS))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                .codecRegistry(codecs)
                .addCommandListener(new PortableCommands())
                .build()));
    }
}
