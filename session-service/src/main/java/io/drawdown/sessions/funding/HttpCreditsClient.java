package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.client.ServiceClient;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.SpanAttributes;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks credits-service over HTTP. What is not an answer is a fault, as {@link ServiceClient} says. */
public final class HttpCreditsClient implements CreditsClient {

    private static final String ROUTE = "/api/v1/internal/sessions/{id}/";

    private final ServiceClient<FundingApi> credits;
    private final ServiceClient<AccountsApi> accounts;
    private final URI address;
    private final Spans spans;

    private HttpCreditsClient(
            ServiceClient<FundingApi> credits, ServiceClient<AccountsApi> accounts, URI address, Spans spans) {
        this.credits = credits;
        this.accounts = accounts;
        this.address = address;
        this.spans = spans;
    }

    /**
     * A client of the credits-service at that address.
     *
     * @param token the file with the token of this service
     * @param core where answers arrive
     * @param spans a span is started for each call
     */
    public static HttpCreditsClient of(URI credits, Path token, Executor core, Spans spans) {
        String service = Service.CREDITS_SERVICE.serviceName();
        return new HttpCreditsClient(
                ServiceClient.of(FundingApi.class, service, credits, token, core),
                ServiceClient.of(AccountsApi.class, service, credits, token, core),
                credits,
                spans);
    }

    @Override
    public Uni<Funding.Answer> start(String sessionId, Funding.Start request, @Nullable TraceContext trace) {
        return call("start", trace, List.of(), headers -> credits.api()
                .start(sessionId, headers.traceparent(), headers.tracestate(), request));
    }

    @Override
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        return call("start/cancellation", null, List.of(), headers -> credits.api()
                .cancelStart(sessionId, headers.traceparent(), headers.tracestate(), request));
    }

    @Override
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew request, @Nullable TraceContext trace) {
        List<TraceContext> session = trace == null ? List.of() : List.of(trace);
        return call("renew", null, session, headers -> credits.api()
                .renew(sessionId, headers.traceparent(), headers.tracestate(), request));
    }

    @Override
    public Uni<Funding.Answer> giveBack(String sessionId, Funding.GiveBack request) {
        return call("give-back", null, List.of(), headers -> credits.api()
                .giveBack(sessionId, headers.traceparent(), headers.tracestate(), request));
    }

    @Override
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover request) {
        return call("takeover", null, List.of(), headers -> credits.api()
                .takeover(sessionId, headers.traceparent(), headers.tracestate(), request));
    }

    @Override
    public Uni<Funding.Answer> release(String sessionId, Funding.Release request, @Nullable TraceContext trace) {
        return call("release", trace, List.of(), headers -> credits.api()
                .release(sessionId, headers.traceparent(), headers.tracestate(), request));
    }

    @Override
    public Uni<Granting.StandingStatus> standing(String accountId) {
        return accounts.answer("standing", accounts.api().standing(accountId)).map(Granting.Standing::status);
    }

    /** The headers of a call. */
    private record Headers(
            @Nullable String traceparent, @Nullable String tracestate) {

        private static final Headers NONE = new Headers(null, null);

        static Headers of(@Nullable TraceContext trace) {
            return trace == null ? NONE : new Headers(trace.traceparent(), trace.tracestate());
        }
    }

    /**
     * @param cause of this call; stated as it is where no spans are started
     * @param session what the span is linked to: a session asks for as long as it lives, and no trace should last that long
     */
    private Uni<Funding.Answer> call(
            String question,
            @Nullable TraceContext cause,
            List<TraceContext> session,
            Function<Headers, Uni<Funding.Answer>> route) {
        Span span = spans.isOn() ? span(question, cause, session) : Span.NONE;
        return span.around(credits.answer(question, route.apply(Headers.of(span.contextOr(cause)))));
    }

    private Span span(String question, @Nullable TraceContext cause, List<TraceContext> session) {
        return spans.start(Spans.Kind.CLIENT, "POST " + ROUTE + question, cause, session)
                .with(SpanAttributes.METHOD, "POST")
                .with(SpanAttributes.URL_TEMPLATE, ROUTE + question)
                .with(SpanAttributes.SERVER_ADDRESS, address.getHost())
                .with(SpanAttributes.SERVER_PORT, address.getPort());
    }
}
