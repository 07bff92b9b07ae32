package io.alohubsync.cli;

import io.alohubsync.config.AlohubSettings;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the program, and the JVM that runs it. */
final class Version implements IVersionProvider {

    static final String PROGRAM = "alohub-sync";

    @Override
    public String[] getVersion() {
        String own = AlohubSettings.class.getPackage().getImplementationVersion(); // of the jar's manifest
        return new String[] {
            PROGRAM + " " + Objects.requireNonNullElse(own, "(not packaged)"),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
