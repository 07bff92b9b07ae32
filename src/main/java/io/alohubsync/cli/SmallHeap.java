package io.alohubsync.cli;

/**
 * Keeps a long command's memory small however the JVM was started: left alone it takes a part of
 * the machine's before it cleans up. A thread of its own looks at the heap until it is closed.
 */
final class SmallHeap implements AutoCloseable {

    private static final long MOST = 56L << 20;
    private static final long BOUNDED = 192L << 20;
    private static final int BETWEEN_MILLIS = 20;

    private final Thread watch = Thread.ofPlatform().daemon().name("small-heap").unstarted(SmallHeap::keep);

    /** Does nothing where the JVM was started with a small heap. */
    static SmallHeap kept() {
        SmallHeap heap = new SmallHeap();
        if (Runtime.getRuntime().maxMemory() > BOUNDED) {
            System.gc(); // what the JVM began with returns to the system
            heap.watch.start();
        }
        return heap;
    }

    private static void keep() {
        Runtime memory = Runtime.getRuntime();
        while (true) {
            if (memory.totalMemory() - memory.freeMemory() > MOST) {
                System.gc();
            }
            try {
                Thread.sleep(BETWEEN_MILLIS);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
