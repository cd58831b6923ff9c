package io.drawdown.billing.charge;

import java.time.Instant;

/**
 * The request for an intent, as it is stored before it is sent. It may be sent again as it is while its key is young.
 *
 * @param gen how many intents this charge has asked for, this one included
 * @param keyAt when the key was made
 */
public record Creation(int gen, String key, Instant keyAt, Frozen frozen) {

    static Creation of(String chargeId, int gen, Frozen frozen, Instant now) {
        return new Creation(gen, chargeId + "-g" + gen + "-create", now, frozen);
    }
}
