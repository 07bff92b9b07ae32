package io.alohubsync.docs;

/**
 * A document as a page.
 *
 * @param name         its path below {@code docs}, without language and ending:
 *                     {@code runbook/AlohubSyncDead}
 * @param title        its first heading, as text
 * @param html         all of it, with its headings
 * @param language     {@code vi} or {@code en}: what it is written in
 * @param isTranslated there is a Vietnamese one; it may be shorter
 */
public record Document(String name, String title, String html, String language, boolean isTranslated) {}
