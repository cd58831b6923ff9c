package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arithmetic on shares of grants. */
final class Parts {

    private Parts() {}

    static Credits sum(List<GrantPart> parts) {
        return parts.stream().map(GrantPart::amount).reduce(Credits.ZERO, Credits::plus);
    }

    /** The same shares, without the terms of their grants. */
    static List<Part> of(List<GrantPart> parts) {
        return parts.stream()
                .map(part -> new Part(part.grantId(), part.amount()))
                .toList();
    }

    /** Takes {@code amount} from the front of what there is. It must be there. */
    static List<Part> takeFrom(List<Part> inOrder, Credits amount) {
        List<Part> taken = new ArrayList<>();
        Credits open = amount;
        for (Part part : inOrder) {
            Credits share = part.amount().min(open);
            if (share.isPositive()) {
                taken.add(new Part(part.grantId(), share));
                open = open.minus(share);
            }
        }
        if (open.isPositive()) {
            throw new IllegalStateException("more is taken than there is: " + open);
        }
        return taken;
    }

    static List<Part> plus(List<Part> parts, List<Part> more) {
        Map<String, Credits> sums = sums(parts);
        more.forEach(part -> sums.merge(part.grantId(), part.amount(), Credits::plus));
        return ofSums(sums);
    }

    static List<Part> minus(List<Part> parts, List<Part> less) {
        Map<String, Credits> sums = sums(parts);
        less.forEach(part -> sums.merge(part.grantId(), part.amount().negated(), Credits::plus));
        return ofSums(sums);
    }

    /** The parts in the order in which their grants burn. */
    static List<Part> inBurnOrder(List<Part> parts, List<Grant> grants) {
        Map<String, Credits> sums = sums(parts);
        return Grant.inBurnOrder(grants).stream()
                .filter(grant -> sums.containsKey(grant.id()))
                .map(grant -> new Part(grant.id(), sums.getOrDefault(grant.id(), Credits.ZERO)))
                .toList();
    }

    private static Map<String, Credits> sums(List<Part> parts) {
        Map<String, Credits> sums = new LinkedHashMap<>();
        parts.forEach(part -> sums.merge(part.grantId(), part.amount(), Credits::plus));
        return sums;
    }

    private static List<Part> ofSums(Map<String, Credits> sums) {
        return sums.entrySet().stream()
                .filter(sum -> !sum.getValue().isZero())
                .map(sum -> new Part(sum.getKey(), sum.getValue()))
                .toList();
    }
}
