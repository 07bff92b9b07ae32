package io.alohubsync.bench;

import java.util.Map;

/**
 * One measurement.
 *
 * @param value   in the report's unit
 * @param details other figures of the same run, by name
 */
record Run(double value, Map<String, Double> details) {}
