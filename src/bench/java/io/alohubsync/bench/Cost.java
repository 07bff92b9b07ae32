package io.alohubsync.bench;

import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What everything has cost up to a moment.
 *
 * @param nanos    the moment
 * @param program  CPU seconds of the program that is measured, from its start
 * @param postgres CPU seconds of PostgreSQL's processes; 0 where it is not on this machine
 * @param stub     CPU seconds of the stub
 */
record Cost(long nanos, double program, double postgres, double stub) {

    static Cost now(long program, Machine machine, Stub stub) {
        try {
            return new Cost(
                    System.nanoTime(),
                    ProcessFigures.cpu(program),
                    machine.postmaster() == 0 ? 0 : ProcessFigures.cpuOfTree(machine.postmaster()),
                    ProcessFigures.cpuOfTree(stub.pid()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    double secondsSince(Cost earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }
}
