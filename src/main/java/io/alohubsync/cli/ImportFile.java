package io.alohubsync.cli;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.spreadsheet.read.FileScan;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The file to import. What comes from standard input is kept in a temporary file, since it is read
 * more than once.
 *
 * @param stdin it is that temporary file
 */
record ImportFile(Path path, boolean stdin) implements Closeable {

    /** @throws Failure there is no such file, or it is none that can be read twice */
    static ImportFile of(String typed, InputStream input, Words words) throws Failure, IOException {
        if (typed.equals("-")) {
            return copied(input, words);
        }
        Path path = path(typed, words);
        if (!Files.exists(path)) {
            throw new Failure(ExitCode.NOT_FOUND, words.text("import.no-file", Table.plain(typed)));
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new Failure(ExitCode.FAILED, words.text("import.no-regular-file", Table.plain(typed)));
        }
        return new ImportFile(path, false);
    }

    private static Path path(String typed, Words words) throws Failure {
        try {
            return Path.of(typed);
        } catch (InvalidPathException wrong) {
            throw new Failure(ExitCode.USAGE, words.text("import.no-file", Table.plain(typed)));
        }
    }

    private static ImportFile copied(InputStream input, Words words) throws Failure, IOException {
        ImportFile copy = new ImportFile(Files.createTempFile("alohub-sync-import", ".tmp"), true);
        copy.path().toFile().deleteOnExit(); // also where Ctrl-C ends it
        try (var out = Files.newOutputStream(copy.path())) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                size += length;
                if (size > FileScan.MOST_BYTES) {
                    throw new Failure(ExitCode.FAILED, words.text("import.fault.TOO_LARGE"));
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException | Failure failure) {
            copy.close();
            throw failure;
        }
        return copy;
    }

    @Override
    public void close() throws IOException {
        if (stdin) {
            Files.deleteIfExists(path);
        }
    }
}
