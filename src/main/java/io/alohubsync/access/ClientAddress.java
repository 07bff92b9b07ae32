package io.alohubsync.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address of a request's client. Behind an ingress all requests have the ingress' address, and
 * guessed passwords would slow the logins of all people.
 *
 * @param forwarders whose X-Forwarded-For counts
 */
record ClientAddress(Optional<Networks> forwarders) {

    /**
     * Each forwarder appends the address that it got the request from. So the last address that is
     * no forwarder's is the client's; the client itself may have written those before it.
     *
     * @param peer         of the connection
     * @param forwardedFor the headers X-Forwarded-For, in their order
     */
    String of(String peer, List<String> forwardedFor) {
        if (!isForwarder(peer)) {
            return Networks.place(peer);
        }
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(header -> hops.addAll(List.of(header.split(",", -1))));
        for (String hop : hops.reversed()) {
            String address = withoutPort(hop.strip());
            if (!Networks.isAddress(address)) {
                break;
            }
            if (!isForwarder(address)) {
                return Networks.place(address);
            }
        }
        return Networks.place(peer);
    }

    private boolean isForwarder(String address) {
        return forwarders.filter(networks -> networks.has(address)).isPresent();
    }

    /** Some forwarders write {@code 10.1.2.3:4567} and {@code [fd00::1]:4567}. */
    private static String withoutPort(String hop) {
        return hop.replaceFirst("^(\\d+(?:\\.\\d+){3}):\\d{1,5}$", "$1").replaceFirst("^(\\[.*]):\\d{1,5}$", "$1");
    }
}
