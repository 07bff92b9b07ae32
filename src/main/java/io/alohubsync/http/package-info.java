/** What every request to port 8080 is bounded by, before a page, the API or the intake sees it. */
@NullMarked
package io.alohubsync.http;

import org.jspecify.annotations.NullMarked;
