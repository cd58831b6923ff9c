package io.drawdown.kit.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses belong to the public internet. All others (<a
 * href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's registries of special addresses</a>) may lead to
 * something inside that trusts whoever reaches it.
 */
public final class PublicAddress {

    private static final int BYTE = 0xff;

    private PublicAddress() {}

    public static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
    }

    private static boolean isPublicV4(byte[] address) {
        int first = address[0] & BYTE;
        int second = address[1] & BYTE;
        int third = address[2] & BYTE;
        return switch (first) {
            case 0 -> false;
            case 100 -> second < 64 || second > 127; // shared by the customers of a carrier
            case 192 -> !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 240;
        };
    }

    /** Only global unicast addresses, and of these none that holds an address of version 4 or is for documents. */
    private static boolean isPublicV6(byte[] address) {
        int first = (address[0] & BYTE) << 8 | (address[1] & BYTE);
        int second = (address[2] & BYTE) << 8 | (address[3] & BYTE);
        boolean isGlobalUnicast = first >> 13 == 1;
        boolean isSpecial = first == 0x2001 && (second < 0x200 || second == 0xdb8);
        boolean isSixToFour = first == 0x2002;
        boolean isForDocuments = first == 0x3fff && second < 0x1000;
        return isGlobalUnicast && !isSpecial && !isSixToFour && !isForDocuments;
    }
}
