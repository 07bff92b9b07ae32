package io.alohubsync.loop;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A fault of the program itself: what the log shows of it, and when it ends the process. */
public final class Fault {

    /** As the JVM's own {@code -XX:+ExitOnOutOfMemoryError} does. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int MOST_CAUSES = 20;
    private static final byte[] SENTENCE =
            "alohub-sync ends: it is out of memory. Give the JVM more (-Xmx).\n".getBytes(StandardCharsets.UTF_8);
    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);
    private static final Runtime JVM = Runtime.getRuntime();

    private Fault() {}

    /** The fault's stack and causes without their messages, which may quote a customer. */
    public static Throwable withoutMessages(Throwable fault) {
        return withoutMessages(fault, MOST_CAUSES);
    }

    private static Throwable withoutMessages(Throwable fault, int causes) {
        Throwable cause = fault.getCause();
        Throwable shown = new Shown(
                fault.getClass().getName(), cause == null || causes == 0 ? null : withoutMessages(cause, causes - 1));
        shown.setStackTrace(fault.getStackTrace());
        return shown;
    }

    private static final class Shown extends Throwable {

        private final String name;

        Shown(String name, @Nullable Throwable cause) {
            super(null, cause, false, true);
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * To be called at the start: without memory no class can be loaded any more, this one included,
     * and code that catches an OutOfMemoryError would get another one here.
     */
    public static void prepareForOutOfMemory() {
        endIfOutOfMemory(new IllegalStateException());
        try {
            STANDARD_ERROR.write(SENTENCE, 0, 0);
            Class.forName("java.lang.Shutdown"); // what halts
        } catch (IOException | ClassNotFoundException otherwise) {
            // The process ends without these classes loaded.
        }
    }

    /**
     * Without memory the program would go on without some of its threads and connections. So it
     * ends at once, and the orchestrator restarts it. Every catch of Throwable calls this first. It
     * needs no memory.
     */
    public static void endIfOutOfMemory(Throwable fault) {
        if (isOutOfMemory(fault)) {
            try {
                STANDARD_ERROR.write(SENTENCE, 0, SENTENCE.length);
            } catch (IOException closed) {
                // It ends without the sentence.
            } finally {
                JVM.halt(OUT_OF_MEMORY);
            }
        }
    }

    static boolean isOutOfMemory(Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
