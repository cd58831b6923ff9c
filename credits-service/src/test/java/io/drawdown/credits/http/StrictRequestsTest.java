package io.drawdown.credits.http;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.RealServers;
import io.drawdown.credits.http.accounts.OpenRequest;
import io.drawdown.credits.http.accounts.PlanResource;
import io.drawdown.credits.http.accounts.SuspensionResource;
import io.drawdown.credits.http.ledger.ChargeRequest;
import io.drawdown.credits.http.ledger.PostingResource;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.testing.WrongBodies;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Path;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing that a client sends is ignored, guessed or read as something else; what is refused changes nothing. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class StrictRequestsTest {

    @Inject
    BeanManager beans;

    /** @param body a valid one with every field; {@code ACCOUNT} is where the account's id goes */
    record Route(String method, String path, String role, Class<?> type, String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Route> routes() {
        return Stream.concat(ofClients(), ofSessions());
    }

    private static Stream<Route> ofClients() {
        String grant = "{\"kind\":\"promo\",\"amount\":2.5,\"priority\":7,"
                + "\"effective_at\":\"2031-01-01T00:00:00Z\",\"expires_at\":\"2032-01-01T00:00:00Z\"}";
        String account = "/api/v1/accounts/ACCOUNT";
        return Stream.of(
                new Route("PUT", account + "-2", Role.GATEWAY, OpenRequest.class, "{\"grants\":[" + grant + "]}"),
                new Route("POST", account + "/grants", Role.GATEWAY, GrantRequest.class, grant),
                new Route(
                        "POST",
                        account + "/charges",
                        Role.GATEWAY,
                        ChargeRequest.class,
                        "{\"meter\":\"ai_search\",\"units\":2}"),
                new Route(
                        "PUT",
                        account + "/suspension",
                        Role.OPERATOR,
                        SuspensionResource.SuspensionRequest.class,
                        "{\"reason\":\"test\"}"),
                new Route(
                        "PUT",
                        account + "/plan",
                        Role.GATEWAY,
                        PlanResource.PlanRequest.class,
                        "{\"plan\":\"" + RealServers.PLAN + "\"}"),
                new Route(
                        "POST",
                        "/api/v1/internal/accounts/ACCOUNT/grants",
                        Role.SERVICE,
                        Granting.Grant.class,
                        "{\"key\":\"pur_1\",\"kind\":\"purchased\",\"amount\":2.5,\"expires_at\":\"2032-01-01T00:00:00Z\",\"reference\":\"purchase"
                                + " pur_1\"}"));
    }

    private static Stream<Route> ofSessions() {
        return Stream.of(
                internal("start", Funding.Start.class, "\"kind\":\"live_dubbing\""),
                internal("start/cancellation", Funding.CancelStart.class, ""),
                internal("renew", Funding.Renew.class, "\"epoch\":1,\"used_millis\":1000"),
                internal(
                        "give-back",
                        Funding.GiveBack.class,
                        "\"epoch\":1,\"cut\":1,\"used_millis\":1000,\"funded_millis\":2000"),
                internal(
                        "takeover", Funding.Takeover.class, "\"epoch\":2,\"proof_epoch\":1,\"proof_used_millis\":1000"),
                internal("release", Funding.Release.class, "\"epoch\":1,\"used_millis\":1000,\"reason\":\"user\""));
    }

    private static Route internal(String verb, Class<?> type, String fields) {
        String body = "{\"account_id\":\"ACCOUNT\"" + (fields.isEmpty() ? "" : ",") + fields + "}";
        return new Route("POST", "/api/v1/internal/sessions/ses_ACCOUNT/" + verb, Role.SERVICE, type, body);
    }

    @Test
    void everyBodyOfTheServiceIsAmongThese() {
        // When
        Set<Class<?>> read = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(NotNull.class))
                .<Class<?>>map(Parameter::getType)
                .collect(Collectors.toSet());
        // Then
        assertThat(routes().<Class<?>>map(Route::type).collect(Collectors.toSet()))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aFieldThatIsNotWhatItShouldBeIsNamedAndNothingChanges(Route route) {
        // Given
        String id = Requests.opened(100);
        String before = account(id);
        SoftAssertions softly = new SoftAssertions();
        // When
        for (WrongBodies.Wrong wrong : WrongBodies.of(route.type(), route.body())) {
            Response answer = send(route, id, wrong.body());
            softly.assertThat(answer.statusCode()).as(wrong.toString()).isIn(400, 422);
            softly.assertThat(answer.contentType()).as(wrong.toString()).startsWith("application/problem+json");
            softly.assertThat(String.valueOf(answer.jsonPath().getString("detail")))
                    .as(wrong.toString())
                    .contains(wrong.field())
                    .doesNotContain("java", "drawdown", "Jackson", "_Feature", "`");
        }
        // Then
        softly.assertThat(account(id)).isEqualTo(before);
        Requests.gateway().get("/api/v1/accounts/" + id + "-2").then().statusCode(404);
        softly.assertAll();
        assertThat(send(route, id, route.body()).statusCode()).isIn(200, 201);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aBodyThatIsNotDeclaredAsJsonIsRefusedAndNothingChanges(Route route) {
        // Given
        String id = Requests.opened(100);
        String before = account(id);
        // When
        for (String type : new String[] {"", "*/*", "application/*", "text/json", "application/json;charset=utf-16"}) {
            RequestSpecification request = Requests.as(route.role()).header("Idempotency-Key", "k");
            Response answer = (type.isEmpty() ? request.noContentType() : request.contentType(type))
                    .body(route.body().replace("ACCOUNT", id).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .request(route.method(), route.path().replace("ACCOUNT", id));
            // Then
            assertThat(ProblemType.ofUrn(answer.jsonPath().getString("type")))
                    .as(type)
                    .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        assertThat(account(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/accounts?limit=1&type=charged, type",
        "/api/v1/accounts/ACCOUNT?at=now, at",
        "/api/v1/accounts/ACCOUNT/balance?as_of=2026-01-01T00:00:00Z, as_of",
        "/api/v1/accounts/ACCOUNT/ledger?type=charged, type",
        "/api/v1/accounts/ACCOUNT/ledger?Limit=1, Limit",
        "/api/v1/accounts/ACCOUNT/ledger?limit=ten, limit",
        "/api/v1/accounts/ACCOUNT/ledger?limit=, limit",
        "/api/v1/accounts/ACCOUNT/ledger?limit=1e1, limit",
        "/api/v1/accounts/ACCOUNT/ledger?limit=0, limit",
        "/api/v1/accounts/ACCOUNT/ledger?limit=1&limit=2, limit",
        "/api/v1/accounts/ACCOUNT/ledger?session=a&session=b, session",
        "/api/v1/accounts/ACCOUNT/ledger/one, seq",
        "/api/v1/prices?meter=ai_search, meter",
        "/api/v1/rates?x, x"
    })
    void aParameterThatIsNotReadAsItStandsIsRefusedByName(String path, String name) {
        // When
        Response answer = Requests.gateway().get(path.replace("ACCOUNT", Requests.opened(1)));
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("type")).isEqualTo(ProblemType.INVALID_REQUEST.urn());
        assertThat(answer.jsonPath().getString("detail")).contains(name);
    }

    @Test
    void aRequestWithTwoKeysIsRefusedAndChargesNothing() {
        // Given
        String id = Requests.opened(100);
        String before = account(id);
        // When
        Response answer = Requests.gateway()
                .header("Idempotency-Key", "one")
                .header("Idempotency-Key", "two")
                .body("{\"meter\":\"ai_search\"}")
                .post("/api/v1/accounts/" + id + "/charges");
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("detail")).contains("Idempotency-Key");
        assertThat(account(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grants  | {'kind':'promo','amount':1} | {'amount':1.000,'kind':'promo','priority':500}",
                "grants  | {'kind':'promo','amount':1} | {'kind':'promo','amount':1e0,'expires_at':null}",
                "grants  | {'kind':'promo','amount':1,'expires_at':'2032-01-01T01:00:00+01:00'}"
                        + " | {'kind':'promo','amount':1,'expires_at':'2032-01-01T00:00:00.000Z'}",
                "charges | {'meter':'ai_search'} | {'meter':'ai_search','units':1}"
            })
    void aDefaultThatIsSpelledOutUnderTheSameKeyIsTheSameBody(String route, String once, String again) {
        // Given
        String path = "/api/v1/accounts/" + Requests.opened(100) + "/" + route;
        String seq = post(path, once).jsonPath().getString("seq");
        // When
        Response replay = post(path, again);
        // Then
        assertThat(replay.statusCode()).isEqualTo(201);
        assertThat(replay.header(PostingResource.REPLAYED)).isEqualTo("true");
        assertThat(replay.jsonPath().getString("seq")).isEqualTo(seq);
    }

    @Test
    void anOpeningWithoutGrantsIsTheSameHoweverItSaysSo() {
        String id = Requests.opened(0);
        for (String body : new String[] {"{}", "{\"grants\":null}", "{\"grants\":[]}"}) {
            Requests.gateway().body(body).put("/api/v1/accounts/" + id).then().statusCode(200);
        }
    }

    @Test
    void anEntryOfAnAccountThatWasNeverOpenedIsMissingForTheAccount() {
        for (String path : new String[] {"/ledger/1", "/charges/1"}) {
            Response answer = Requests.gateway().get("/api/v1/accounts/" + Requests.newId() + path);
            assertThat(answer.jsonPath().getString("type")).isEqualTo(ProblemType.ACCOUNT_NOT_FOUND.urn());
        }
        Response missing = Requests.gateway().get("/api/v1/accounts/" + Requests.opened(1) + "/ledger/99");
        assertThat(missing.jsonPath().getString("type")).isEqualTo(ProblemType.NOT_FOUND.urn());
    }

    @Test
    void theAllowedMethodsOfAnAddressAreNamed() {
        String id = Requests.opened(1);
        assertThat(Requests.gateway().delete("/api/v1/accounts/" + id).header("Allow"))
                .isEqualTo("GET, HEAD, PUT");
        assertThat(Requests.gateway().get("/api/v1/accounts/" + id + "/grants").header("Allow"))
                .isEqualTo("POST");
    }

    private static Response post(String path, String body) {
        return Requests.gateway()
                .header("Idempotency-Key", "k")
                .body(body.replace('\'', '"'))
                .post(path);
    }

    private static Response send(Route route, String id, String body) {
        return Requests.as(route.role())
                .header("Idempotency-Key", "k")
                .body(body.replace("ACCOUNT", id))
                .request(route.method(), route.path().replace("ACCOUNT", id));
    }

    private static String account(String id) {
        return Requests.gateway().get("/api/v1/accounts/" + id).asString();
    }
}
