package io.alohubsync.cli;

import io.alohubsync.cli.shell.Screen;

/** How far a long command has come, on a terminal only. One thread uses it. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final long BETWEEN_NANOS = 100_000_000;

    private final Screen screen;
    private long painted;
    private boolean shown;

    ProgressBar(Screen screen) {
        this.screen = screen;
    }

    /** @param all 0: unknown yet */
    void paint(long done, long all) {
        long now = System.nanoTime();
        if (screen.terminal() && (!shown || now - painted > BETWEEN_NANOS)) {
            screen.err().print("\r" + bar(done, all));
            screen.err().flush();
            painted = now;
            shown = true;
        }
    }

    static String bar(long done, long all) {
        if (all <= 0) {
            return done + " …";
        }
        long share = Math.min(100, done * 100 / all);
        int full = (int) (share * WIDTH / 100);
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + share + " %  " + done + "/" + all;
    }

    /** Leaves the line empty for what is said next. */
    void clear() {
        if (shown) {
            screen.progressEnded();
            shown = false;
        }
    }
}
