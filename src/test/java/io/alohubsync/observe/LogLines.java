package io.alohubsync.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs while a test runs. */
final class LogLines extends Handler implements AutoCloseable {

    private final Logger log;
    private final List<LogRecord> lines = new ArrayList<>();

    LogLines(Class<?> of) {
        this.log = Logger.getLogger(of.getName());
        log.addHandler(this);
    }

    int count() {
        return lines.size();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        log.removeHandler(this);
    }
}
