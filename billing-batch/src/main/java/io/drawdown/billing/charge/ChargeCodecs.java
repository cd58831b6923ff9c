package io.drawdown.billing.charge;

import io.drawdown.kit.store.VariantCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** How a charge's state is stored: under its name. Found by Quarkus, which makes it part of every client. */
public final class ChargeCodecs implements CodecProvider {

    private static final Map<String, Class<? extends ChargeState>> STATES = Arrays.stream(ChargeState.Name.values())
            .collect(Collectors.toMap(ChargeState.Name::name, ChargeState.Name::type));

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == ChargeState.class ? (Codec<T>) new VariantCodec<>(ChargeState.class, STATES, registry) : null;
    }
}
