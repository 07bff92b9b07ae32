package io.alohubsync.access;

import io.alohubsync.config.ReloadedFile.Read;
import io.alohubsync.config.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The users of a file, by their names: one {@code name:role:hash} on each line. A line that is
 * unsound opens nothing. Who is in stays in only while a line of the file has the name, and with
 * it the hash or none.
 */
final class Users {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,62}");

    private static final String UNSOUND = ""; // as a role: of a line that is none, or of one of two

    /** @param hash Argon2id, as {@code hash-password} prints it */
    record User(String name, String role, String hash) {

        /** Changes with the password: a login of before ends. */
        String stamp() {
            return Sha256.hex(hash).substring(0, 16);
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
        String problem = null;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String user = line.strip();
            if (user.isEmpty() || user.startsWith("#")) {
                continue;
            }
            String[] parts = user.split(":", 3);
            String wrong = users.containsKey(parts[0])
                    ? " a name that it has above: keep one of the two."
                    : wrong(parts, heap);
            String hash = parts.length < 3 ? "" : parts[2];
            users.put(parts[0], new User(parts[0], wrong == null ? parts[1] : UNSOUND, hash));
            if (wrong != null && problem == null) {
                problem = "has in line " + number + wrong;
            }
        }
        return new Read<>(
                Map.copyOf(users), users.isEmpty() ? "holds no user: put one name:role:hash on each line." : problem);
    }

    /** @return null: nothing */
    private static @Nullable String wrong(String[] parts, long heap) {
        if (parts.length < 3
                || !NAME.matcher(parts[0]).matches()
                || !Role.isOne(parts[1])
                || !PasswordHash.isOne(parts[2])) {
            return " no name:role:hash. The role is viewer, operator or admin; the hash is"
                    + " what the command hash-password prints.";
        }
        return PasswordHash.isAffordable(parts[2], heap)
                ? null
                : " a hash that takes more than this process has room for (m at most "
                        + PasswordHash.mostMemoryKib(heap) + ", t at most " + PasswordHash.MOST_PASSES + ", p at most "
                        + PasswordHash.MOST_LANES + "): make it with the command hash-password.";
    }

    /** Of those who were let in: a file with an unsound line lets no one in anew. */
    static Map<String, User> remaining(Map<String, User> before, Map<String, User> unsound) {
        Map<String, User> remaining = new HashMap<>();
        before.forEach((name, user) -> {
            User now = unsound.get(name);
            if (now != null && !now.role().equals(UNSOUND)) {
                remaining.put(name, now);
            } else if (now != null && (now.hash().isEmpty() || now.hash().equals(user.hash()))) {
                remaining.put(name, user);
            }
        });
        return Map.copyOf(remaining);
    }
}
