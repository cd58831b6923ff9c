package io.drawdown.simulator.broker;

/** One partition in the hands of one member, from one rebalance to the next. Only the newest claim may commit. */
final class Claim {

    private final int partition;
    private final Member member;
    private long position;

    /** @param position the offset of the first record that it takes */
    Claim(int partition, Member member, long position) {
        this.partition = partition;
        this.member = member;
        this.position = position;
    }

    int partition() {
        return partition;
    }

    Member member() {
        return member;
    }

    long position() {
        return position;
    }

    void advance(long next) {
        position = next;
    }
}
