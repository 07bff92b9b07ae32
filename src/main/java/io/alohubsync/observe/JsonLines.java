package io.alohubsync.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** The log as JSON: one object a line. */
final class JsonLines extends ExtFormatter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    /**
     * An event with fields of its own in place of a text; it is the only parameter of its log
     * record.
     */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Switches standard output to JSON. */
    static void onTheConsole() {
        format(LogManager.getLogManager().getLogger("").getHandlers());
    }

    /**
     * Quarkus wraps the console's handler in one that delays, and perhaps in an asynchronous one.
     */
    private static void format(Handler... handlers) {
        for (Handler handler : handlers) {
            if (handler instanceof ConsoleHandler console) {
                console.setFormatter(new JsonLines());
            } else if (handler instanceof ExtHandler outer) {
                format(outer.getHandlers());
            }
        }
    }

    @Override
    public String format(ExtLogRecord event) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", TIME.format(event.getInstant()));
            json.writeStringField("level", event.getLevel().getName());
            json.writeStringField("logger", event.getLoggerName());
            json.writeStringField("thread", event.getThreadName());
            Object[] parameters = event.getParameters();
            if (parameters != null && parameters.length == 1 && parameters[0] instanceof Fields fields) {
                fields.write(json);
            } else {
                json.writeStringField("message", formatMessage(event));
            }
            if (event.getThrown() != null) {
                json.writeStringField("exception", stack(event.getThrown()));
            }
            json.writeEndObject();
        } catch (IOException never) {
            throw new UncheckedIOException(never); // can't be: it writes into memory
        }
        return line.append('\n').toString();
    }

    private static String stack(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }
}
