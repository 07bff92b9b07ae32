/** The status page, and what else port 8080 answers. No login: no personal data and no free text. */
@NullMarked
package io.alohubsync.console;

import org.jspecify.annotations.NullMarked;
