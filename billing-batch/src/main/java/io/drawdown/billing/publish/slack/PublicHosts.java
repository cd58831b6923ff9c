package io.drawdown.billing.publish.slack;

import io.drawdown.kit.outbound.PublicAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Finds the addresses of hosts, and lets only public ones pass. The connection goes to an address that was checked, whatever the name
 * means a moment later.
 */
final class PublicHosts implements Dns {

    private final Dns dns;
    private final boolean arePrivateAllowed;

    PublicHosts(Dns dns, boolean arePrivateAllowed) {
        this.dns = dns;
        this.arePrivateAllowed = arePrivateAllowed;
    }

    /** A host has an address that is not on the public internet. */
    static final class PrivateAddress extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        PrivateAddress() {
            super("not on the public internet");
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> found = dns.lookup(host);
        if (!arePrivateAllowed && !found.stream().allMatch(PublicAddress::isPublic)) {
            throw new PrivateAddress();
        }
        return found;
    }
}
