package io.muster.control.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a list shows; null = whatever.
 *
 * @param status a connection's, or {@code disabled}, or {@code maintenance}
 * @param q a part of the name, a tag or an address, in any case
 */
record ServerFilter(
    @Nullable String site,
    @Nullable String provider,
    @Nullable String tag,
    @Nullable String status,
    @Nullable String q) {
  static final ServerFilter NONE = new ServerFilter(null, null, null, null, null);

  /** What {@code LIKE … ESCAPE '!'} finds {@link #q} with. */
  @Nullable String pattern() {
    return q == null ? null : "%" + q.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
  }
}
