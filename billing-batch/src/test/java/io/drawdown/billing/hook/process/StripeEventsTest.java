package io.drawdown.billing.hook.process;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.hook.MongoInbox;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.PlainContext;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.StripeOracle;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Events that no webhook has brought are found in Stripe's list, however long it is. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class StripeEventsTest {

    private static final int SEVERAL_PAGES = 250;
    private static final int MOST_RUNS = 100;

    @Inject
    StripeEvents process;

    @Inject
    MongoInbox inbox;

    @Inject
    CoreLoop loop;

    @Inject
    Time time;

    @ConfigProperty(name = "drawdown.stripe.api-base")
    String stripeUrl;

    private V1Services stripe;

    @BeforeEach
    void connect() {
        stripe = StripeClient.builder()
                .setApiKey(QueueServers.STRIPE_KEY)
                .setApiBase(stripeUrl)
                .build()
                .v1();
    }

    private String latest(String type) throws StripeException {
        EventListParams params =
                EventListParams.builder().setType(type).setLimit(1L).build();
        return stripe.events().list(params).getData().stream()
                .map(Event::getId)
                .findFirst()
                .orElseThrow();
    }

    private boolean isTaken(String event) {
        return loop.call(() -> inbox.get(event)).await().indefinitely().isPresent();
    }

    /** Runs that have time for one page each. */
    private BatchResult runAgainAndAgain(PlainContext context) {
        BatchResult result = BatchResult.partial();
        for (int runs = 0; runs < MOST_RUNS && result.equals(BatchResult.partial()); runs++) {
            context.goOn(1);
            result = process.run(context);
        }
        return result;
    }

    @Test
    void aReadingThatIsInterruptedAgainAndAgainComesToItsEnd() throws StripeException {
        // Given
        new StripeOracle(stripeUrl).customer("pm_card_visa");
        String attached = latest("payment_method.attached");
        for (int n = 0; n < SEVERAL_PAGES; n++) {
            stripe.customers().create(CustomerCreateParams.builder().build());
        }
        // When
        BatchResult result = runAgainAndAgain(new PlainContext(time.now(), false));
        // Then
        assertThat(result).isEqualTo(BatchResult.completed());
        assertThat(isTaken(attached)).isTrue();
    }

    @Test
    void whatConcernsNobodyHereIsNotStored() throws StripeException {
        // Given
        stripe.customers().create(CustomerCreateParams.builder().build());
        // When
        process.run(new PlainContext(time.now(), false));
        // Then
        assertThat(isTaken(latest("customer.created"))).isFalse();
    }

    @Test
    void aReadingWhosePlaceStripeHasForgottenIsOver() {
        // Given
        PlainContext context = new PlainContext(time.now(), false);
        context.save("0 1 evt_ofLongAgo");
        // When, then
        assertThat(process.run(context)).isEqualTo(BatchResult.completed());
    }
}
