package io.alohubsync.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a process has cost so far, as Linux reports it in /proc. */
public final class ProcessFigures {

    private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / 100; // USER_HZ is 100 on Linux

    private ProcessFigures() {}

    /** Seconds of a process, without its children. */
    public static double cpu(long pid) throws IOException {
        String[] fields = stat(pid);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK / 1e9;
    }

    /** Seconds of a process, its children and those that have ended. */
    public static double cpuOfTree(long pid) throws IOException {
        String[] fields = stat(pid);
        double seconds = (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * NANOS_PER_TICK / 1e9 + cpu(pid);
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(pid).orElseThrow().children()) {
            for (ProcessHandle child : children.toList()) {
                seconds += child.isAlive() ? cpu(child.pid()) : 0;
            }
        }
        return seconds;
    }

    /** proc(5): the fields behind the command's name, from the state on. */
    private static String[] stat(long pid) throws IOException {
        Path file = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(file)) { // ended a moment ago: its parent counts it now
            return "S 0 0 0 0 0 0 0 0 0 0 0 0 0 0".split(" ");
        }
        String stat = Files.readString(file);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** The most memory that a process has held at a time. */
    public static long peakMegabytes(long pid) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(l -> l.startsWith("VmHWM:"))
                .findFirst()
                .orElse("VmHWM: 0 kB");
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
}
