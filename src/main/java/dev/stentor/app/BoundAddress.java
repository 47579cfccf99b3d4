package dev.stentor.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The address that the server is bound to.
 *
 * @param value name or number, as {@code server.address} gives it; blank means all addresses of the machine
 */
record BoundAddress(String value) {

    /** Tells whether only this machine can connect. */
    boolean isLoopback() throws UnknownHostException {
        return !value.isBlank() && InetAddress.getByName(value).isLoopbackAddress();
    }

    /** Returns it as it is shown to people. */
    @Override
    public String toString() {
        return value.isBlank() ? "any address" : value;
    }
}
