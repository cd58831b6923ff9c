package io.drawdown.simulator.broker;

/** One partition assigned to one member, from one rebalance to the next. Only the newest assignment may commit. */
final class Assignment {

    private final int partition;
    private final GroupMember member;
    private long position;

    /** @param position the offset of the first record that it takes */
    Assignment(int partition, GroupMember member, long position) {
        this.partition = partition;
        this.member = member;
        this.position = position;
    }

    int partition() {
        return partition;
    }

    GroupMember member() {
        return member;
    }

    long position() {
        return position;
    }

    void advance(long next) {
        position = next;
    }
}
