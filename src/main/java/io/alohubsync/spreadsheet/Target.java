package io.alohubsync.spreadsheet;

/**
 * What all rows of an import say.
 *
 * @param priority below 0 the rows go behind what sources write today
 */
public record Target(String account, String source, short priority) {}
