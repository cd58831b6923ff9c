package io.drawdown.billing.run;

import io.drawdown.kit.store.VariantCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** How the states of a run are stored: under their names. Found by Quarkus, which makes it part of every client. */
public final class RunCodecs implements CodecProvider {

    private static final Map<String, Class<? extends RunState>> RUNS =
            Arrays.stream(RunState.Name.values()).collect(Collectors.toMap(RunState.Name::name, RunState.Name::type));
    private static final Map<String, Class<? extends ProcessState>> PROCESSES = Arrays.stream(
                    ProcessState.Name.values())
            .collect(Collectors.toMap(ProcessState.Name::name, ProcessState.Name::type));

    @Override
    @SuppressWarnings("unchecked") // the codec's type is the class that was asked for
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        if (type == RunState.class) {
            return (Codec<T>) new VariantCodec<>(RunState.class, RUNS, registry);
        }
        return type == ProcessState.class
                ? (Codec<T>) new VariantCodec<>(ProcessState.class, PROCESSES, registry)
                : null;
    }
}
