package io.alohubsync.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Networks such as {@code 10.1.2.0/24}, {@code fd12:3456::/32} or a single address. Immutable. */
final class Networks {

    /** A shorter prefix is a network that contains hosts that are no proxies. */
    private static final int FEWEST_BITS_OF_V4 = 8;

    private static final int FEWEST_BITS_OF_V6 = 16;

    private record Network(byte[] address, int bits) {

        boolean isTooWide() {
            return bits < (address.length == 4 ? FEWEST_BITS_OF_V4 : FEWEST_BITS_OF_V6);
        }

        boolean has(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /** @return empty: one of them is no network */
    static Optional<Networks> of(List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            Optional<Network> network = network(text.strip());
            if (network.isEmpty()) {
                return Optional.empty();
            }
            networks.add(network.get());
        }
        return Optional.of(new Networks(networks));
    }

    /** @return those that are so wide that they contain hosts that are no proxies */
    static List<String> tooWide(List<String> texts) {
        return texts.stream()
                .map(String::strip)
                .filter(text -> network(text).filter(Network::isTooWide).isPresent())
                .toList();
    }

    private static Optional<Network> network(String text) {
        String[] parts = text.split("/", 2);
        Optional<byte[]> address = address(parts[0]);
        if (address.isEmpty() || (parts.length == 2 && !parts[1].matches("\\d{1,3}"))) {
            return Optional.empty();
        }
        int all = address.get().length * 8;
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : all;
        return bits > all ? Optional.empty() : Optional.of(new Network(address.get(), bits));
    }

    boolean has(String host) {
        return address(host)
                .filter(address -> networks.stream().anyMatch(network -> network.has(address)))
                .isPresent();
    }

    static boolean isAddress(String text) {
        return address(text).isPresent();
    }

    /**
     * The address in its usual form; of IPv6 the network of 64 bits, since one machine has as many
     * addresses as it likes.
     */
    static String place(String host) {
        byte[] address = address(host).orElse(null);
        if (address == null) {
            return host;
        }
        if (address.length > 4) {
            Arrays.fill(address, 8, address.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(address).getHostAddress() + (address.length > 4 ? "/64" : "");
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    /** An address, never a name: none is looked up. An IPv4 address in an IPv6 one is itself. */
    private static Optional<byte[]> address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = bare.indexOf('%');
        String address = zone < 0 ? bare : bare.substring(0, zone);
        boolean form = address.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                || (address.contains(":") && address.matches("[0-9A-Fa-f:.]{2,45}"));
        try {
            return form ? Optional.of(InetAddress.getByName(address).getAddress()) : Optional.empty();
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}
