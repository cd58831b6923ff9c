package io.drawdown.embedded.stripe;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.service.V1Services;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ApiTest {

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final Merchant merchant = new Merchant(server.url());

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String form) {
        return merchant.raw(
                method,
                path,
                form,
                "Authorization",
                "Bearer " + Merchant.KEY,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error");
    }

    @ParameterizedTest
    @CsvSource({
        "amount=799&currency=usd&wait=true, parameter_unknown, wait",
        "amount=799&currency=usd&automatic_payment_methods[enabld]=true, parameter_unknown, automatic_payment_methods[enabld]",
        "amount=799&currency=usd&metadata[item][x]=7, parameter_invalid, metadata",
        "currency=usd, parameter_missing, amount",
        "amount=7.99&currency=usd, parameter_invalid_integer, amount",
        "amount=799&currency=usd&confirm=maybe, parameter_invalid, confirm",
        "amount=799&currency=usd&customer=cus_nobody, resource_missing, customer",
        "amount=49&currency=usd, amount_too_small, amount"
    })
    void parametersAreChecked(String form, String code, String parameter) {
        // When
        HttpResponse<String> refused = send("POST", "/v1/payment_intents", form);

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("type")).isEqualTo("invalid_request_error");
        assertThat(error(refused).getString("code")).isEqualTo(code);
        assertThat(error(refused).getString("param")).isEqualTo(parameter);
        assertThat(refused.headers().firstValue("Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
    }

    @ParameterizedTest
    @CsvSource({"amount=1&amount=2", "[amount]=1", "amount[=1", "amount=%zz", "amount[a]=1&amount=2"})
    void formsThatAreNoFormsAreRefused(String form) {
        assertThat(send("POST", "/v1/payment_intents", form).statusCode()).isEqualTo(400);
    }

    @Test
    void unknownRoutesAndObjectsAreMissing() {
        // When
        InvalidRequestException missing = catchThrowableOfType(
                InvalidRequestException.class,
                () -> merchant.stripe().paymentIntents().retrieve("pi_nothing"));

        // Then
        assertThat(missing.getStatusCode()).isEqualTo(404);
        assertThat(missing.getCode()).isEqualTo("resource_missing");
        assertThat(send("GET", "/v1/subscriptions", "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/v1/customers", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"sk_live_0123456789abcdef", "nothing", "sk_test_"})
    void onlyKeysOfTheTestModeAreKnown(String key) {
        assertThatThrownBy(() -> merchant.stripe(key, 2_000).accounts().retrieveCurrent())
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void aRestrictedKeyMayDoWhatTheOperationsPageSays() throws IOException {
        // Given
        String page = Files.readString(Path.of("../docs/operations.md"));

        // When
        V1Services secret = merchant.stripe("sk_test_ofTheMerchant", 2_000);

        // Then
        assertThat(page)
                .contains("needs to write customers, payment methods, setup intents, payment intents and refunds,"
                        + " and to read charges, disputes, events and account.");
        assertThat(send("POST", "/v1/refunds", "").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/v1/disputes", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/balance_transactions", "").statusCode()).isEqualTo(403);
        assertThatCode(() -> secret.balanceTransactions().list()).doesNotThrowAnyException();
    }

    @Test
    void accountIsTheOneThatTheOracleSays() throws StripeException {
        // Given
        String usual = merchant.stripe().accounts().retrieveCurrent().getId();
        Customer customer = merchant.customer();

        // When
        merchant.oracle("POST", "settings", new JsonObject().put("account", "acct_other"));

        // Then
        assertThat(usual).startsWith("acct_");
        assertThat(merchant.stripe().accounts().retrieveCurrent().getId()).isEqualTo("acct_other");
        assertThatThrownBy(() -> merchant.stripe().customers().retrieve(customer.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void expandsWhatIsAskedForAndRefusesWhatCannotBe() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        PaymentIntent intent = merchant.create(customer, "7", "create");
        merchant.confirm(intent, merchant.attach("pm_card_visa", customer), "confirm");

        // When
        PaymentIntent expanded = retrieve(intent, "customer", "payment_method", "latest_charge.customer");

        // Then
        assertThat(expanded.getCustomerObject().getName()).isEqualTo("Ada");
        assertThat(expanded.getPaymentMethodObject().getCard().getLast4()).isEqualTo("4242");
        assertThat(expanded.getLatestChargeObject().getCustomerObject().getId()).isEqualTo(customer.getId());
        assertThatThrownBy(() -> retrieve(intent, "metadata.item")).isInstanceOf(InvalidRequestException.class);
        assertThat(merchant.stripe()
                        .paymentIntents()
                        .list(PaymentIntentListParams.builder()
                                .addExpand("data.customer")
                                .build())
                        .getData()
                        .getFirst()
                        .getCustomerObject()
                        .getName())
                .isEqualTo("Ada");
    }

    private PaymentIntent retrieve(PaymentIntent intent, String... expand) throws StripeException {
        return merchant.stripe()
                .paymentIntents()
                .retrieve(
                        intent.getId(),
                        PaymentIntentRetrieveParams.builder()
                                .addAllExpand(List.of(expand))
                                .build());
    }

    @Test
    void listsArePagedFromTheNewestToTheOldest() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            created.addFirst(
                    merchant.create(customer, "item-" + i, "create-" + i).getId());
        }
        merchant.create(merchant.customer(), "other", "other");

        // When
        List<String> read = new ArrayList<>();
        merchant.stripe()
                .paymentIntents()
                .list(PaymentIntentListParams.builder()
                        .setCustomer(customer.getId())
                        .setLimit(3L)
                        .build())
                .autoPagingIterable()
                .forEach(intent -> read.add(intent.getId()));

        // Then
        assertThat(read).isEqualTo(created);
        assertThat(merchant.stripe()
                        .paymentIntents()
                        .list(PaymentIntentListParams.builder()
                                .setEndingBefore(created.get(3))
                                .setLimit(2L)
                                .build())
                        .getData())
                .extracting(PaymentIntent::getId)
                .containsExactly(created.get(1), created.get(2));
        assertThat(send("GET", "/v1/payment_intents?limit=101", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void searchFindsNothingThatIsYoungerThanItsLag() throws StripeException {
        // Given
        merchant.oracle("POST", "settings", new JsonObject().put("search_lag_seconds", 3_600));
        PaymentIntent intent = merchant.create(merchant.customer(), "7", "create");
        PaymentIntentSearchParams query = PaymentIntentSearchParams.builder()
                .setQuery("metadata['item']:'7' AND status:'requires_payment_method'")
                .build();
        assertThat(merchant.stripe().paymentIntents().search(query).getData()).isEmpty();

        // When
        merchant.oracle("POST", "clock", new JsonObject().put("advance_seconds", 3_600));

        // Then
        assertThat(merchant.stripe().paymentIntents().search(query).getData())
                .extracting(PaymentIntent::getId)
                .containsExactly(intent.getId());
    }

    @Test
    void metadataIsMergedAndADeletedCustomerStaysDeleted() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        merchant.stripe()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder()
                                .putMetadata("team", "7")
                                .putMetadata("plan", "pro")
                                .build());

        // When
        Customer updated = merchant.stripe()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder().putMetadata("plan", "").build());
        merchant.stripe().customers().delete(customer.getId());

        // Then
        assertThat(updated.getMetadata()).containsOnlyKeys("team");
        assertThat(merchant.stripe().customers().retrieve(customer.getId()).getDeleted())
                .isTrue();
        assertThatThrownBy(() -> merchant.create(customer, "7", "create"))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo("resource_missing"));
        assertThatThrownBy(() -> merchant.stripe()
                        .paymentMethods()
                        .list(PaymentMethodListParams.builder()
                                .setCustomer(customer.getId())
                                .build()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void eventsAreListedByTypeAndTime() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        PaymentIntent intent = merchant.create(customer, "7", "create");
        merchant.stripe().paymentIntents().cancel(intent.getId());
        long now = merchant.oracle("GET", "clock", new JsonObject()).getLong("now");

        // When
        EventListParams recent = EventListParams.builder()
                .addType("payment_intent.canceled")
                .addType("payment_intent.succeeded")
                .setCreated(EventListParams.Created.builder().setGte(now - 60).build())
                .build();

        // Then
        assertThat(merchant.stripe().events().list(recent).getData())
                .singleElement()
                .satisfies(event -> assertThat(event.getType()).isEqualTo("payment_intent.canceled"));
        merchant.oracle("POST", "clock", new JsonObject().put("advance_seconds", 31 * 24 * 3600));
        assertThat(merchant.stripe().events().list().getData()).isEmpty();
    }
}
