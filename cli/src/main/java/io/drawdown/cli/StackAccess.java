package io.drawdown.cli;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.stack.SecondInstance;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;
import io.drawdown.contracts.Service;

/** StackAccess to the running stack with the token of one role. */
record StackAccess(Stack stack, String token) {

    static StackAccess as(Role role, Stack stack) {
        Tokens tokens = new Tokens(new KeyPairFolder(stack.keysFolder()));
        return new StackAccess(stack, tokens.sign(role, role.groupName(), Tokens.DEFAULT_LIFE));
    }

    /** Fails with a one-line message if one of these services does not serve. */
    StackAccess requireReady(Service... services) {
        for (Service service : services) {
            if (!Probe.isReady(stack.child(service))) {
                throw new UserFacingException(
                        service.serviceName() + " is not ready: start the stack with './drawdown up', or wait for it");
            }
        }
        return this;
    }

    Api credits() {
        return new Api(stack.api(Service.CREDITS_SERVICE), token);
    }

    Api sessions() {
        return new Api(stack.api(Service.SESSION_SERVICE), token);
    }

    Api tasks() {
        return new Api(stack.api(Service.TASK_SERVICE), token);
    }

    Api billing() {
        return new Api(stack.api(Service.BILLING_BATCH), token);
    }

    /** What a caller of the worker's endpoint of billing-batch sends. */
    String workerSecret() {
        return new KeyPairFolder(stack.keysFolder()).secret(KeyPairFolder.WORKER_SECRET);
    }

    /** The second instance of task-service, if there is one. */
    Api secondTasks() {
        return new Api(SecondInstance.addressOf(stack.api(Service.TASK_SERVICE)), token);
    }
}
