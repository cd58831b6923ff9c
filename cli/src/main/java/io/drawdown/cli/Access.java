package io.drawdown.cli;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.process.StackException;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.KeyPairFolder;
import io.drawdown.cli.tokens.Role;
import io.drawdown.cli.tokens.Tokens;

/** The running stack, used with a token of one role. */
record Access(Stack stack, String token) {

    static Access as(Role role, Stack stack) {
        Tokens tokens = new Tokens(new KeyPairFolder(stack.keysFolder()));
        return new Access(stack, tokens.sign(role, role.groupName(), Tokens.DEFAULT_LIFE));
    }

    /** Fails with one clear line if the services that a person uses do not serve. */
    Access requireReady() {
        for (String name : new String[] {Stack.CREDITS_SERVICE, Stack.SESSION_SERVICE}) {
            if (!Probe.isReady(stack.child(name))) {
                throw new StackException(name + " is not ready: start the stack with './drawdown up', or wait for it");
            }
        }
        return this;
    }

    Api credits() {
        return new Api(stack.creditsApi(), token);
    }
}
