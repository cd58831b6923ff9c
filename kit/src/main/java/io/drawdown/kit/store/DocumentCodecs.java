package io.drawdown.kit.store;

import io.drawdown.contracts.Credits;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** The codecs of our own value types. Quarkus finds this class and adds it to every client. */
public final class DocumentCodecs implements CodecProvider {

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == Credits.class ? (Codec<T>) new CreditsCodec() : null;
    }

    /** A 64-bit whole number of micro-credits. */
    private static final class CreditsCodec implements Codec<Credits> {

        @Override
        public void encode(BsonWriter writer, Credits credits, EncoderContext context) {
            writer.writeInt64(credits.micros());
        }

        @Override
        public Credits decode(BsonReader reader, DecoderContext context) {
            return Credits.ofMicros(reader.readInt64());
        }

        @Override
        public Class<Credits> getEncoderClass() {
            return Credits.class;
        }
    }
}
