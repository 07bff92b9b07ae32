/** The page that people look at, and what port 8080 answers beside health and metrics. No login: no personal data, nobody's words. */
@NullMarked
package io.alohubsync.console;

import org.jspecify.annotations.NullMarked;
