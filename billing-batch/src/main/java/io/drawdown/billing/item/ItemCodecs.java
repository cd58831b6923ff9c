package io.drawdown.billing.item;

import io.drawdown.kit.store.VariantCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** How an item's state is stored: under its name. Found by Quarkus, which makes it part of every client. */
public final class ItemCodecs implements CodecProvider {

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == ItemState.class
                ? (Codec<T>) new VariantCodec<>(ItemState.class, ItemState.NAMES, registry)
                : null;
    }
}
