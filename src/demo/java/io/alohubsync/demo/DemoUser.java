package io.alohubsync.demo;

import io.alohubsync.access.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The one user of a console on this machine, with a password and an encryption key that are made
 * anew with each start.
 *
 * @param users a users file
 */
record DemoUser(String name, String password, Path users, String encryptionKey) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param folder where the users file is written */
    static DemoUser in(Path folder) throws IOException {
        String password = random(9);
        Path users = folder.resolve("console-users").toAbsolutePath();
        Files.createDirectories(folder);
        Files.writeString(users, "demo:admin:" + PasswordHash.of(password.toCharArray()) + "\n");
        return new DemoUser("demo", password, users, "k" + random(48));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
