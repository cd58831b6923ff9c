package io.drawdown.sessions.gateway;

import io.drawdown.contracts.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway starts.
 *
 * @param sessionId that its key names
 * @param requestHash distinguishes it from another start under that key
 * @param trace of the request; null if it has none
 */
public record GatewayStart(
        String sessionId,
        String accountId,
        String kind,
        String requestHash,
        @Nullable TraceContext trace) {}
