package io.alohubsync.operate.upload;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one piece of work on an upload; only this user may read it. */
record UploadFolder(Path path) implements Closeable {

    private static final String NAME = "alohub-sync-upload-";
    private static final long OWN = ProcessHandle.current().pid();

    static UploadFolder create() throws IOException {
        return new UploadFolder(Files.createTempDirectory(NAME + OWN + "-"));
    }

    /**
     * Those of processes that were killed: in a container they would fill what holds its temporary
     * files. To be called before the first. What another user left there stays.
     */
    static void deleteLeftOvers() throws IOException {
        deleteLeftOvers(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static void deleteLeftOvers(Path folders) throws IOException {
        try (Stream<Path> all = Files.list(folders)) {
            for (Path one : all.filter(UploadFolder::isLeftOver).toList()) {
                try {
                    new UploadFolder(one).close();
                } catch (AccessDeniedException anotherUsers) {
                    continue;
                }
            }
        }
    }

    private static boolean isLeftOver(Path path) {
        String name = path.getFileName().toString();
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !name.matches(NAME + "[0-9]{1,10}-.*")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(NAME.length()).replaceFirst("-.*", ""));
        return pid == OWN || ProcessHandle.of(pid).isEmpty(); // the own number is an earlier container's
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }
}
