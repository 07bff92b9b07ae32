package io.alohubsync;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * The order in which the suite's classes begin: first what takes long and what others wait for,
 * then tests of the database beside it, then those of the packaged daemon. One of the four threads
 * takes classes from the end: tests of the database stand there as well, since no daemon starts
 * before its AOT cache is made.
 */
public final class SuiteOrder implements ClassOrderer {

    /** The image and the version before are built; the first daemon makes the cache for all. */
    private static final List<String> FIRST = List.of(
            "ImageIT", "FaultsIT", "PreviousVersionIT", "KubernetesModelsTest", "ArchitectureTest", "LearningIT");

    /**
     * Of the packaged daemon: nothing else is left to run beside one of these if it begins last.
     */
    private static final List<String> LONG = List.of(
            "BrowserIT",
            "ShortProofIT",
            "BreakerIT",
            "ReplicasBreakerIT",
            "ProcessIT",
            "ConsoleIT",
            "FailingAccountsIT");

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparingInt(SuiteOrder::rank)
                        .thenComparing(one -> one.getTestClass().getName()));
    }

    private static int rank(ClassDescriptor one) {
        Class<?> test = one.getTestClass();
        int first = FIRST.indexOf(test.getSimpleName());
        if (first >= 0) {
            return first;
        }
        return switch (test.getPackageName()) {
            case "io.alohubsync.daemon" -> LONG.contains(test.getSimpleName()) ? 199 : 200;
            case "io.alohubsync.merge" -> 300;
            default -> 100;
        };
    }
}
