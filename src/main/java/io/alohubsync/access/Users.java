package io.alohubsync.access;

import io.alohubsync.config.ReloadedFile.Read;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The users of a file, by their names: one {@code name:role:hash} on each line. */
final class Users {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,62}");

    /** @param hash Argon2id, as {@code hash-password} prints it */
    record User(String name, String role, String hash) {

        /** Changes with the password: a login of before ends. */
        String stamp() {
            return Digest.of(hash).substring(0, 16);
        }
    }

    private Users() {}

    /** Blank lines and those that begin with # are skipped. */
    static Read<Map<String, User>> read(String text) {
        return read(text, Runtime.getRuntime().maxMemory());
    }

    /** @param heap bytes that this process may have: a check of a password takes a part of it */
    static Read<Map<String, User>> read(String text, long heap) {
        Map<String, User> users = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String user = line.strip();
            if (user.isEmpty() || user.startsWith("#")) {
                continue;
            }
            String[] parts = user.split(":", 3);
            if (parts.length < 3
                    || !NAME.matcher(parts[0]).matches()
                    || !Role.isOne(parts[1])
                    || !PasswordHash.isOne(parts[2])) {
                return unsound("has in line " + number
                        + " no name:role:hash. The role is viewer, operator or admin; the hash is"
                        + " what the command hash-password prints.");
            }
            if (!PasswordHash.isAffordable(parts[2], heap)) {
                return unsound("has in line " + number + " a hash that takes more than this process has room for"
                        + " (m at most " + PasswordHash.mostMemoryKib(heap) + ", t at most "
                        + PasswordHash.MOST_PASSES + ", p at most " + PasswordHash.MOST_LANES
                        + "): make it with the command hash-password.");
            }
            if (users.put(parts[0], new User(parts[0], parts[1], parts[2])) != null) {
                return unsound("has in line " + number + " a name that it has above: keep one of the two.");
            }
        }
        return users.isEmpty()
                ? unsound("holds no user: put one name:role:hash on each line.")
                : new Read<>(Map.copyOf(users), null);
    }

    private static Read<Map<String, User>> unsound(String problem) {
        return new Read<>(Map.of(), problem);
    }
}
