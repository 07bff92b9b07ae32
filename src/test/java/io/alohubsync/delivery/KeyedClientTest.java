package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.alohub.LeadApi;
import io.alohubsync.alohub.LeadClient;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is in a file. */
class KeyedClientTest {

    @TempDir
    private Path directory;

    private Path file;
    private KeyedClient client;

    @BeforeEach
    void withoutAKey() {
        file = directory.resolve("key");
        client = new KeyedClient(KeySource.inFile(file), StandingDelivery::client, Duration.ofMinutes(1));
    }

    private void write(String key) throws IOException {
        Files.writeString(file, key);
    }

    @Test
    void there_is_no_client_before_the_file_holds_a_key() throws IOException {
        assertNull(client.refreshed());
        assertNull(client.current());
        write("key-one");
        assertEquals("key-one", client.refreshed().key().value());
    }

    @Test
    void a_client_stays_as_long_as_its_key() throws IOException {
        write("key-one");
        LeadClient first = client.refreshed();
        assertSame(first, client.refreshed());
        assertSame(first, client.current());
    }

    @Test
    void a_new_key_gets_a_client_of_its_own() throws IOException {
        write("key-one");
        LeadClient first = client.refreshed();
        write("key-two");
        assertSame(first, client.current(), "the claiming loop alone replaces it");
        assertFalse(client.refreshAndCompare(first));
        LeadClient second = client.refreshed();
        assertNotSame(first, second);
        assertTrue(client.refreshAndCompare(second));
    }

    @Test
    void an_unsound_key_replaces_no_client() throws IOException {
        write("key-one");
        LeadClient first = client.refreshed();
        write("");
        assertSame(first, client.refreshed());
        assertTrue(client.refreshAndCompare(first));
    }

    /** So much later the last call with the old key has ended. */
    @Test
    void the_client_of_an_old_key_is_closed_once_its_last_call_has_ended() throws Exception {
        Duration lastCall = Duration.ofMillis(-700); // and a second
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        KeyedClient rotated = new KeyedClient(
                KeySource.inFile(file), key -> StandingDelivery.client(key, closing(key, closed)), lastCall);
        write("key-one");
        rotated.refreshed();
        write("key-two");
        long before = System.nanoTime();
        rotated.refreshed();
        assertEquals("key-one", closed.poll(40, TimeUnit.SECONDS));
        long after = System.nanoTime() - before;
        assertTrue(after >= Duration.ofMillis(300).toNanos(), "it was closed after " + after + " ns");
        assertNull(closed.poll(), "the present client stays open");
    }

    private static LeadApi closing(ApiKey key, Queue<String> closed) {
        return (LeadApi) Proxy.newProxyInstance(
                LeadApi.class.getClassLoader(),
                new Class<?>[] {LeadApi.class, Closeable.class},
                (self, method, arguments) -> {
                    assertEquals("close", method.getName());
                    closed.add(key.value());
                    return null;
                });
    }
}
