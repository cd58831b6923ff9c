package io.drawdown.embedded.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.service.V1Services;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a merchant does, with the real client and as billing-batch does it; and the oracle. */
final class Merchant {

    static final String KEY = "rk_test_ofTheMerchant0123456789abcdef";
    static final String ITEM = "item";
    private static final int READ_MILLIS = 20_000;

    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    Merchant(String url) {
        System.setProperty("sun.net.http.retryPost", "false"); // else the JDK sends a POST again by itself
        this.url = url;
    }

    V1Services stripe() {
        return stripe(KEY, READ_MILLIS);
    }

    V1Services stripe(String key, int readMillis) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(url)
                .setMaxNetworkRetries(0)
                .setConnectTimeout(2_000)
                .setReadTimeout(readMillis)
                .build()
                .v1();
    }

    Customer customer() throws StripeException {
        return stripe().customers()
                .create(CustomerCreateParams.builder().setName("Ada").build());
    }

    PaymentMethod attach(String card, Customer customer) throws StripeException {
        return stripe().paymentMethods()
                .attach(
                        card,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build());
    }

    /** A card of the oracle, attached to the customer. */
    PaymentMethod card(Customer customer, JsonObject behaviour) throws StripeException {
        String id = oracle("POST", "cards", behaviour).getString("id");
        return attach(id, customer);
    }

    static PaymentIntentCreateParams.Builder params(Customer customer, String item) {
        return PaymentIntentCreateParams.builder()
                .setAmount(799L)
                .setCurrency("usd")
                .setCustomer(customer.getId())
                .addPaymentMethodType("card")
                .putMetadata(ITEM, item);
    }

    PaymentIntent create(Customer customer, String item, String key) throws StripeException {
        return stripe().paymentIntents().create(params(customer, item).build(), key(key));
    }

    PaymentIntent confirm(PaymentIntent intent, PaymentMethod card, String key) throws StripeException {
        return stripe().paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod(card.getId())
                                .setOffSession(true)
                                .build(),
                        key(key));
    }

    PaymentIntent retrieve(PaymentIntent intent) throws StripeException {
        return stripe().paymentIntents().retrieve(intent.getId());
    }

    static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** How many charges of an item took money. */
    int chargesOf(String item) {
        return oracle("GET", "charges?metadata[item]=" + item, new JsonObject()).getInteger("count");
    }

    void fault(JsonObject fault) {
        oracle("POST", "faults", fault);
    }

    JsonObject oracle(String method, String path, JsonObject body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(url + "/_oracle/" + path.replace("[", "%5B").replace("]", "%5D")))
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** A request as it is, without the client of Stripe. */
    HttpResponse<String> raw(String method, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
