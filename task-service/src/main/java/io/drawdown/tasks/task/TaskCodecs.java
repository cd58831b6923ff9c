package io.drawdown.tasks.task;

import io.drawdown.kit.store.VariantCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** How a task's state is stored: under its name. Found by Quarkus, which makes it part of every client. */
public final class TaskCodecs implements CodecProvider {

    private static final Map<String, Class<? extends TaskState>> STATES = Arrays.stream(TaskState.Name.values())
            .collect(Collectors.toMap(TaskState.Name::name, TaskState.Name::type));

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == TaskState.class ? (Codec<T>) new VariantCodec<>(TaskState.class, STATES, registry) : null;
    }
}
