package io.alohubsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.TestDatabase;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Words;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/** Commands in this JVM, as a script runs them: without a terminal. */
public final class CommandRun {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> settings = new HashMap<>();
    private Words words = Words.english();

    /** Without a database. */
    public CommandRun() {
        settings.put("alohub.base-url", "http://127.0.0.1:1");
        settings.put("alohub.api-key", "K3y-of-nobody");
    }

    public static CommandRun on(TestDatabase database) {
        CommandRun run = new CommandRun();
        run.settings.put("quarkus.datasource.jdbc.url", database.url());
        run.settings.put(
                "quarkus.datasource.username", TestDatabase.Server.get().user());
        run.settings.put(
                "quarkus.datasource.password", TestDatabase.Server.get().password());
        run.settings.put("quarkus.datasource.jdbc.new-connection-sql", TestDatabase.SESSION);
        return run;
    }

    public CommandRun with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public CommandRun inVietnamese() {
        words = Words.vietnamese();
        return this;
    }

    /** @return the exit code */
    public int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), words, false, false);
        Settings ours = new Settings(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
        return new Commands(screen, ours, arguments).execute(arguments);
    }

    /** Data. */
    public String out() {
        return out.toString();
    }

    /** Words. */
    public String err() {
        return err.toString();
    }

    public JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }
}
