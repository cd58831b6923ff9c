package io.drawdown.cli.process;

import java.util.concurrent.CountDownLatch;

/** A child that reports that it is ready and then waits for ever. */
public final class IdleMain {

    private IdleMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
