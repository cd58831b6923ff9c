package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;

/** How far an item came. */
public sealed interface Worked {

    /** Nothing is left to do: it is published, cancelled, or a person must look. */
    record Done(ItemDocument item) implements Worked {}

    /** The card was declined, or it was not published. It is tried again later. */
    record Failed(ItemDocument item) implements Worked {}

    /** It must wait: for its payer, for an answer, or for somebody else who works on it. */
    record Waits(ItemDocument item) implements Worked {}

    /** The deadline is too near. */
    record OutOfTime(ItemDocument item) implements Worked {}

    /** Stripe refuses this service as such. */
    record Stopped(ItemDocument item, String why) implements Worked {}

    /** As it was last read or written. */
    ItemDocument item();
}
