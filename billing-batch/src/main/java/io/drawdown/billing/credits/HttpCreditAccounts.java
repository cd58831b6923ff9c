package io.drawdown.billing.credits;

import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.client.ServiceClient;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.SpanAttributes;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks credits-service over HTTP. What is not an answer is a fault, as {@link ServiceClient} says. */
public final class HttpCreditAccounts implements CreditAccounts {

    private static final String ROUTE = "/api/v1/accounts/{id}";

    private final ServiceClient<CreditAccountsApi> credits;
    private final Spans spans;
    private final URI address;

    /**
     * A client of the credits-service at that address.
     *
     * @param token the file with the token of this service
     * @param core where answers arrive
     * @param spans a span is started for each call, and goes with it
     */
    public HttpCreditAccounts(URI address, Path token, Executor core, Spans spans) {
        this.spans = spans;
        this.address = address;
        credits =
                ServiceClient.of(CreditAccountsApi.class, Service.CREDITS_SERVICE.serviceName(), address, token, core);
    }

    @Override
    public Uni<Granting.Standing> standing(String accountId) {
        return call("standing", "GET", ROUTE, trace -> credits.api().standing(accountId, parent(trace), state(trace)));
    }

    @Override
    public Uni<Granting.GrantAnswer> grant(String accountId, Granting.Grant grant) {
        return call("grant", "POST", ROUTE + "/grants", trace -> credits.api()
                .grant(accountId, parent(trace), state(trace), grant));
    }

    private <T> Uni<T> call(
            String question, String method, String route, Function<@Nullable TraceContext, Uni<T>> asked) {
        return ChainTrace.ask(cause -> {
            Span span = spans.isOn() ? span(method, route, cause) : Span.NONE;
            return span.around(credits.answer(question, asked.apply(span.contextOr(cause))));
        });
    }

    private Span span(String method, String route, @Nullable TraceContext cause) {
        return spans.start(Spans.Kind.CLIENT, method + " " + route, cause)
                .with(SpanAttributes.METHOD, method)
                .with(SpanAttributes.URL_TEMPLATE, route)
                .with(SpanAttributes.SERVER_ADDRESS, address.getHost())
                .with(SpanAttributes.SERVER_PORT, address.getPort());
    }

    private static @Nullable String parent(@Nullable TraceContext trace) {
        return trace == null ? null : trace.traceparent();
    }

    private static @Nullable String state(@Nullable TraceContext trace) {
        return trace == null ? null : trace.tracestate();
    }
}
