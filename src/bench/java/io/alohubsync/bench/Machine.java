package io.alohubsync.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What it was measured on.
 *
 * @param postmaster PostgreSQL's first process; 0: not on this machine
 */
record Machine(Map<String, Object> facts, long postmaster) {

    static Machine look(Database server) throws SQLException, IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cores", system.getAvailableProcessors());
        facts.put("processor", processor());
        facts.put("memoryMegabytes", system.getTotalMemorySize() >> 20);
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("jvmOptions", String.join(" ", Program.JVM));
        facts.put("daemonJvmOptions", String.join(" ", Program.DAEMON_JVM));
        facts.put("loadBefore", system.getSystemLoadAverage()); // of others: figures of a busy machine are worth little
        try (Connection connection = server.connect()) {
            facts.put("postgres", Database.one(connection, "SELECT version()"));
            for (String setting : new String[] {"fsync", "synchronous_commit", "shared_buffers"}) {
                facts.put(setting, Database.one(connection, "SHOW " + setting));
            }
            return new Machine(facts, postmaster(connection));
        }
    }

    /** {@code PostgreSQL 18.6}: the first words of what the server says. */
    String postgresVersion() {
        String[] words = facts.get("postgres").toString().split(" ");
        return words[0] + " " + words[1];
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** A connection's server process is a child of it. */
    private static long postmaster(Connection connection) throws SQLException, IOException {
        long backend = Long.parseLong(Database.one(connection, "SELECT pg_backend_pid()"));
        Path name = Path.of("/proc/" + backend + "/comm");
        if (!Files.exists(name) || !Files.readString(name).strip().startsWith("postgres")) {
            return 0; // a container's or another machine's
        }
        return ProcessHandle.of(backend)
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElse(0L);
    }
}
