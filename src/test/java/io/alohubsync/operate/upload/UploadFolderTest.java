package io.alohubsync.operate.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {

    private static final String OF_ENDED = "alohub-sync-upload-2147483646-x"; // no process has this number

    @TempDir
    private Path temporary;

    @Test
    void what_a_process_that_is_gone_left_is_deleted() throws IOException {
        Path left = Files.createDirectory(temporary.resolve(OF_ENDED));
        Files.writeString(left.resolve("file"), "x");
        Path other = Files.createDirectory(temporary.resolve("another"));
        UploadFolder.deleteLeftOvers(temporary);
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(other));
    }

    /** Anybody may make one in a temporary folder that all users share. */
    @Test
    void a_link_is_not_followed() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("precious"));
        Path file = Files.writeString(target.resolve("file"), "x");
        Files.createSymbolicLink(temporary.resolve(OF_ENDED), target);
        UploadFolder.deleteLeftOvers(temporary);
        assertEquals("x", Files.readString(file));
    }
}
