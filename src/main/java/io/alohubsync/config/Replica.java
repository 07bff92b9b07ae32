package io.alohubsync.config;

import java.util.Optional;

/** The name of this replica in the history: its host and process. */
public final class Replica {

    public static final String NAME =
            Optional.ofNullable(System.getenv("HOSTNAME"))
                            .filter(name -> !name.isBlank())
                            .orElse("local") + "/" + ProcessHandle.current().pid();

    private Replica() {}
}
