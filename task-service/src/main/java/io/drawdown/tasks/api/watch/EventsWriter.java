package io.drawdown.tasks.api.watch;

import io.drawdown.tasks.api.watch.EventStream.Events;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.Flow;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes a stream of events, one at a time, as fast as the client takes them. The framework's own streams begin their answer
 * before the service knows whether there is anything to tell, so they could not answer with a problem.
 */
@Provider
public final class EventsWriter implements ServerMessageBodyWriter<Events> {

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return Events.class == type;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return Events.class == type;
    }

    @Override
    public void writeTo(
            Events events,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream to) {
        throw new IllegalStateException("a stream of events is written by the other method");
    }

    @Override
    public void writeResponse(Events events, Type generic, ServerRequestContext request) {
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request;
        context.suspend();
        request.serverResponse().setChunked(true);
        events.text().subscribe().withSubscriber(new Writing(context));
    }

    /** One event is under way at a time. */
    private static final class Writing implements Flow.Subscriber<String> {

        private final ResteasyReactiveRequestContext context;
        private final ServerHttpResponse response;
        private Flow.Subscription subscription = new None();

        Writing(ResteasyReactiveRequestContext context) {
            this.context = context;
            this.response = context.serverResponse();
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            response.addCloseHandler(begun::cancel);
            if (response.closed()) {
                begun.cancel();
            } else {
                begun.request(1);
            }
        }

        @Override
        public void onNext(String text) {
            response.write(text.getBytes(UTF_8), this::written);
        }

        private void written(Throwable fault) {
            if (fault == null) {
                subscription.request(1);
            } else {
                subscription.cancel();
            }
        }

        @Override
        public void onComplete() {
            response.end();
            context.resume();
        }

        /** The client is too slow. */
        @Override
        public void onError(Throwable fault) {
            response.reset();
            context.resume();
        }
    }

    /** Before there is one. */
    private record None() implements Flow.Subscription {

        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
