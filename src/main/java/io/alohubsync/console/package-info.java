/** The page that people look at, and what else port 8080 answers. No login: no personal data, nobody's words. */
@NullMarked
package io.alohubsync.console;

import org.jspecify.annotations.NullMarked;
