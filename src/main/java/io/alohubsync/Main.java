package io.alohubsync;

import io.alohubsync.cli.Commands;
import io.alohubsync.cli.shell.Times;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the daemon until a signal stops it: exit code 0 then, and not 0 with one clear line
 * otherwise. Each signal has a thread of its own, which asks Quarkus to stop until the JVM ends and
 * owns nothing.
 */
@QuarkusMain
public final class Main {

    private static final String STRICT_CHUNKS = "io.netty.handler.codec.http.rfc9112TransferEncoding";
    private static final String NO_CHECK_OF_ADDRESSES = "vertx.disableURIValidation";

    /**
     * Hibernate reports its version before Quarkus has read a log level, and a start that fails
     * would print it. Kept: a logger that nothing refers to is collected.
     */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    private Main() {}

    public static void main(String... arguments) {
        ZoneId zone = ZoneId.systemDefault();
        useAnOffset();
        readChunksBesideALength();
        System.setProperty(NO_CHECK_OF_ADDRESSES, "true"); // Quarkus' refusal says nothing: MalformedAddress checks
        HIBERNATE.setLevel(Level.WARNING);
        if (arguments.length > 0) {
            Times.useZone(zone);
            System.exit(Commands.run(arguments));
        }
        // The JVM's own answer to SIGTERM would be 143; the operator's kubelet and systemd should
        // read success.
        answer("TERM");
        answer("INT");
        Quarkus.run(null, Main::exit, arguments);
    }

    /**
     * The driver sends each server the JVM's time zone by its name, and a server that does not know
     * the name refuses the connection. An offset needs no name; the log keeps the local time.
     */
    private static void useAnOffset() {
        ZoneOffset offset = ZoneId.systemDefault().getRules().getOffset(Instant.now());
        TimeZone.setDefault(TimeZone.getTimeZone(offset.equals(ZoneOffset.UTC) ? "GMT" : "GMT" + offset.getId()));
    }

    /**
     * Netty refuses by default an answer that has a Content-Length beside its chunks, or chunks
     * under HTTP/1.0: each call would break, and Alohub would have taken it. It reads the chunks
     * then, as clients do; of a request to port 8080 it closes the connection afterwards.
     */
    private static void readChunksBesideALength() {
        if (System.getProperty(STRICT_CHUNKS) == null) {
            System.setProperty(STRICT_CHUNKS, "false");
        }
    }

    /**
     * Reflective, since javac warns of sun.misc.Signal and has no switch for it; nothing else can
     * change the exit code.
     */
    private static void answer(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object exit = Proxy.newProxyInstance(
                    Main.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        Thread.ofPlatform().daemon().start(Main::leave);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
        } catch (ReflectiveOperationException otherJvm) {
            System.err.println("SIG" + name + " ends alohub-sync with the JVM's own exit code: " + otherJvm);
        }
    }

    /**
     * Asked once while Quarkus is still starting, it would forget: it is asked until the JVM ends.
     */
    private static void leave() {
        while (true) {
            Quarkus.asyncExit(0);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            StartFailure.sentences(failure)
                    .forEach(sentence -> System.err.println("alohub-sync can't start: " + sentence));
            System.exit(code == 0 ? 1 : code);
        }
        System.exit(code);
    }
}
