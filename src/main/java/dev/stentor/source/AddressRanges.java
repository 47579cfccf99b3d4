package dev.stentor.source;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells addresses of the public internet from those of private networks and of special uses. See ADR 33. */
final class AddressRanges {

    private AddressRanges() {}

    /** Tells whether it is a public address: not of this machine, not of a private network, and not reserved. */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicV4(bytes, 0) : isPublicV6(bytes);
    }

    /** Checks the ranges of RFC 6890 that the JDK does not know. */
    private static boolean isPublicV4(byte[] bytes, int at) {
        int a = Byte.toUnsignedInt(bytes[at]);
        int b = Byte.toUnsignedInt(bytes[at + 1]);
        int c = Byte.toUnsignedInt(bytes[at + 2]);
        return !(a == 0
                || a == 10
                || a == 127
                || (a == 100 && b >= 64 && b < 128)
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 198 && (b == 18 || b == 19))
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113)
                || a >= 224);
    }

    private static boolean isPublicV6(byte[] bytes) {
        boolean unique = (bytes[0] & 0xFE) == 0xFC;
        boolean global = (bytes[0] & 0xE0) == 0x20;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xFF && bytes[3] == (byte) 0x9B;
        boolean documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == (byte) 0xB8;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        if (unique || documentation || teredo) {
            return false;
        }
        if (sixToFour) {
            return isPublicV4(bytes, 2);
        }
        return translated ? isPublicV4(bytes, 12) : global;
    }
}
