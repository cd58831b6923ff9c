package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.client.ServiceClient;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks credits-service over HTTP. What is not an answer is a fault, as {@link ServiceClient} says. */
public final class HttpCreditsClient implements CreditsClient {

    private final ServiceClient<FundingApi> credits;

    private HttpCreditsClient(ServiceClient<FundingApi> credits) {
        this.credits = credits;
    }

    /**
     * A client of the credits-service at that address.
     *
     * @param token the file with the token of this service
     * @param core where answers arrive
     */
    public static HttpCreditsClient of(URI credits, Path token, Executor core) {
        String service = Service.CREDITS_SERVICE.serviceName();
        return new HttpCreditsClient(ServiceClient.of(FundingApi.class, service, credits, token, core));
    }

    @Override
    public Uni<Funding.Answer> start(String sessionId, Funding.Start request, @Nullable TraceContext trace) {
        return credits.answer("start", credits.api().start(sessionId, traceparent(trace), tracestate(trace), request));
    }

    @Override
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        return credits.answer("start/cancellation", credits.api().cancelStart(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew request) {
        return credits.answer("renew", credits.api().renew(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover request) {
        return credits.answer("takeover", credits.api().takeover(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> release(String sessionId, Funding.Release request, @Nullable TraceContext trace) {
        return credits.answer(
                "release", credits.api().release(sessionId, traceparent(trace), tracestate(trace), request));
    }

    private static @Nullable String traceparent(@Nullable TraceContext trace) {
        return trace == null ? null : trace.traceparent();
    }

    private static @Nullable String tracestate(@Nullable TraceContext trace) {
        return trace == null ? null : trace.tracestate();
    }
}
