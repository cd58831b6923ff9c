package io.drawdown.kit.testing;

import io.quarkus.test.common.http.TestHTTPResourceManager;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;

/** The management port of the service under test: health, metrics, OpenAPI. */
public final class Management {

    private Management() {}

    /** @param path e.g. {@code /q/metrics} */
    public static Response get(String path) {
        return RestAssured.given().get("http://localhost:" + port() + path);
    }

    @SuppressWarnings("removal") // Quarkus has no other way to the port of a test's management interface
    private static int port() {
        return URI.create(TestHTTPResourceManager.getManagementUri()).getPort();
    }
}
