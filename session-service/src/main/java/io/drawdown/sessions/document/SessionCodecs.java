package io.drawdown.sessions.document;

import io.drawdown.kit.store.VariantCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** How a session's state is stored: under its name. Found by Quarkus, which makes it part of every client. */
public final class SessionCodecs implements CodecProvider {

    private static final Map<String, Class<? extends SessionState>> STATES = Arrays.stream(SessionState.Name.values())
            .collect(Collectors.toMap(SessionState.Name::name, SessionState.Name::type));

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == SessionState.class ? (Codec<T>) new VariantCodec<>(SessionState.class, STATES, registry) : null;
    }
}
