package io.drawdown.billing.purchase;

import io.drawdown.kit.store.VariantCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** How a purchase's state is stored: under its name. Found by Quarkus, which makes it part of every client. */
public final class PurchaseCodecs implements CodecProvider {

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == PurchaseState.class
                ? (Codec<T>) new VariantCodec<>(PurchaseState.class, PurchaseState.NAMES, registry)
                : null;
    }
}
