package io.drawdown.kit.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** HTTP speaks the same JSON, but is strict: what a client sends and nobody reads is a mistake. */
@Singleton
public final class HttpJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        Json.configureStrictly(mapper);
    }
}
