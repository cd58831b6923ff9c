package io.drawdown.cli;

import io.drawdown.cli.play.Demo;
import io.drawdown.cli.stack.RunningStack;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.stack.StackLock;
import io.drawdown.cli.tokens.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Plays the main job to watch, on the running stack or on one that it starts and stops again. */
@Command(name = "demo", description = "Watch one session run to its last credit; starts the stack if none runs.")
final class DemoCommand implements Callable<Integer> {

    @Override
    @SuppressWarnings("ClosingStandardOutputStreams") // the stack writes to it, and does not close it
    public Integer call() {
        Stack stack = Stack.ofThisProcess();
        if (StackLock.owner(stack.home()).isPresent()) {
            return play(stack);
        }
        try (RunningStack running = RunningStack.start(stack, new RunningStack.Manner(System.out, true, false))) {
            return play(stack);
        }
    }

    private static int play(Stack stack) {
        StackAccess gateway = StackAccess.as(Role.GATEWAY, stack).requireReady();
        return new Demo(gateway.credits(), stack.liveSessions(), gateway.token(), System.out).play();
    }
}
