package io.alohubsync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "migrate")
final class MigrateCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return Migrate.run();
    }
}
