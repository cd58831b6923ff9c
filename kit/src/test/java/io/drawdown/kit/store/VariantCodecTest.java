package io.drawdown.kit.store;

import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonString;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.record.RecordCodecProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VariantCodecTest {

    /** A sealed type of this test. */
    public sealed interface State {}

    public record Idle() implements State {}

    public record Busy(long since, @Nullable String with) implements State {}

    private static final CodecRegistry REGISTRY =
            CodecRegistries.fromProviders(new ValueCodecProvider(), new RecordCodecProvider());

    private final VariantCodec<State> codec =
            new VariantCodec<>(State.class, Map.of("IDLE", Idle.class, "BUSY", Busy.class), REGISTRY);

    @Test
    void eachVariantComesBack() {
        for (State state : new State[] {new Idle(), new Busy(7, "ada"), new Busy(7, null)}) {
            // When
            BsonDocument stored = stored(state);
            // Then
            assertThat(read(stored)).isEqualTo(state);
        }
    }

    @Test
    void theNameStandsBesideTheFields() {
        // When
        BsonDocument stored = stored(new Busy(7, null));
        // Then
        assertThat(stored).isEqualTo(BsonDocument.parse("{name: 'BUSY', since: {$numberLong: '7'}}"));
    }

    @Test
    void anUnknownNameIsRefused() {
        // Given
        BsonDocument stored = new BsonDocument("name", new BsonString("ASLEEP"));
        // Then
        assertThatThrownBy(() -> read(stored)).hasMessageContaining("no variant ASLEEP");
    }

    private BsonDocument stored(State state) {
        BsonDocument document = new BsonDocument();
        codec.encode(
                new BsonDocumentWriter(document),
                state,
                EncoderContext.builder().build());
        return document;
    }

    private State read(BsonDocument stored) {
        return codec.decode(
                new BsonDocumentReader(stored), DecoderContext.builder().build());
    }
}
