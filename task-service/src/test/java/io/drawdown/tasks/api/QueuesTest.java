package io.drawdown.tasks.api;

import io.drawdown.kit.security.Role;
import io.drawdown.tasks.testing.TaskServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.api.Requests.accepted;
import static io.drawdown.tasks.api.Requests.as;
import static io.drawdown.tasks.api.Requests.awaitState;
import static io.drawdown.tasks.api.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class QueuesTest {

    private static final String QUEUES = "/api/v1/queues";

    @Test
    void tasksOfAPausedQueueWaitUntilItGoesOn() {
        // Given
        operator().post(QUEUES + "/echo/pause").then().statusCode(200).body("paused", equalTo(true));
        // When
        String id = accepted("{'type':'echo','payload':{}}");
        // Then
        assertThat(read(id).getString("state")).isEqualTo("pending");
        operator().post(QUEUES + "/echo/resume").then().statusCode(200).body("paused", equalTo(false));
        awaitState(id, "completed");
    }

    @Test
    void allTypesAreListed() {
        operator().get(QUEUES).then().statusCode(200).body("items.type", hasItems("echo", "sleep"));
    }

    @Test
    void onlyOperatorsAndServicesSwitchQueues() {
        as("shop", Role.GATEWAY).post(QUEUES + "/echo/pause").then().statusCode(403);
        as("ada", Role.USER).get(QUEUES).then().statusCode(403);
    }

    @Test
    void aTypeThatNobodyKnowsHasNoQueue() {
        operator().post(QUEUES + "/nobody/pause").then().statusCode(422);
        operator().post(QUEUES + "/No!/pause").then().statusCode(400);
    }

    private static RequestSpecification operator() {
        return as("olga", Role.OPERATOR);
    }
}
