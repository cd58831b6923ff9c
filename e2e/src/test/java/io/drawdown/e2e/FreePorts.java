package io.drawdown.e2e;

import io.drawdown.cli.stack.StackPorts;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Port bases for stacks of tests. Each stands for two hundred ports that were free a moment ago, and is returned only once,
 * because tests run in parallel.
 */
final class FreePorts {

    private static final int TRIES = 50;
    private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    static int freeBase() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < TRIES; i++) {
            int base = random.nextInt(100, 160) * 200;
            if (Arrays.stream(Service.values())
                            .map(new StackPorts(base)::of)
                            .allMatch(port -> isFree(port) && isFree(StackPorts.management(port)))
                    && GIVEN_OUT.add(base)) {
                return base;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
