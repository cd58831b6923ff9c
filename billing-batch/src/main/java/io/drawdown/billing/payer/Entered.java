package io.drawdown.billing.payer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The payers of charges under way as they were stored when those entered: some of them. It only saves reads. */
final class Entered {

    /** More than are under way in most cases. */
    private static final int MOST = 256;

    private final Map<String, PayerDocument> byCharge = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PayerDocument> eldest) {
            return size() > MOST;
        }
    };

    void add(String chargeId, PayerDocument payer) {
        byCharge.put(chargeId, payer);
    }

    /** Empty: it is not known any more. */
    Optional<PayerDocument> remove(String chargeId) {
        return Optional.ofNullable(byCharge.remove(chargeId));
    }
}
