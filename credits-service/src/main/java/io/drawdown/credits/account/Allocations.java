package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arithmetic on shares of grants. */
public final class Allocations {

    private Allocations() {}

    public static Credits sum(List<GrantPart> parts) {
        return parts.stream().map(GrantPart::amount).reduce(Credits.ZERO, Credits::plus);
    }

    /** The same shares, without the terms of their grants. */
    public static List<Allocation> of(List<GrantPart> parts) {
        return parts.stream()
                .map(part -> new Allocation(part.grantId(), part.amount()))
                .toList();
    }

    /** Takes {@code amount} from the front of the shares, which must contain it. */
    public static List<Allocation> takeFrom(List<Allocation> inOrder, Credits amount) {
        List<Allocation> taken = new ArrayList<>();
        Credits open = amount;
        for (Allocation part : inOrder) {
            Credits share = part.amount().min(open);
            if (share.isPositive()) {
                taken.add(new Allocation(part.grantId(), share));
                open = open.minus(share);
            }
        }
        if (open.isPositive()) {
            throw new IllegalStateException("more is taken than there is: " + open);
        }
        return taken;
    }

    public static List<Allocation> plus(List<Allocation> parts, List<Allocation> more) {
        Map<String, Credits> sums = sums(parts);
        more.forEach(part -> sums.merge(part.grantId(), part.amount(), Credits::plus));
        return ofSums(sums);
    }

    public static List<Allocation> minus(List<Allocation> parts, List<Allocation> less) {
        Map<String, Credits> sums = sums(parts);
        less.forEach(part -> sums.merge(part.grantId(), part.amount().negated(), Credits::plus));
        return ofSums(sums);
    }

    /** The parts in the order in which their grants burn. */
    public static List<Allocation> inBurnOrder(List<Allocation> parts, List<Grant> grants) {
        Map<String, Credits> sums = sums(parts);
        return Grant.inBurnOrder(grants).stream()
                .filter(grant -> sums.containsKey(grant.id()))
                .map(grant -> new Allocation(grant.id(), sums.getOrDefault(grant.id(), Credits.ZERO)))
                .toList();
    }

    private static Map<String, Credits> sums(List<Allocation> parts) {
        Map<String, Credits> sums = new LinkedHashMap<>();
        parts.forEach(part -> sums.merge(part.grantId(), part.amount(), Credits::plus));
        return sums;
    }

    private static List<Allocation> ofSums(Map<String, Credits> sums) {
        return sums.entrySet().stream()
                .filter(sum -> !sum.getValue().isZero())
                .map(sum -> new Allocation(sum.getKey(), sum.getValue()))
                .toList();
    }
}
