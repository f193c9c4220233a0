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
  boolean takes(ServerView view) {
    return isOrAny(site, view.site())
        && isOrAny(provider, view.provider())
        && (tag == null || view.tags().contains(tag))
        && hasStatus(view)
        && (q == null || holds(view, q.toLowerCase(Locale.ROOT)));
  }

  private boolean hasStatus(ServerView view) {
    return switch (status) {
      case null -> true;
      case "disabled" -> !view.enabled();
      case "maintenance" -> !view.maintenance().isEmpty();
      default -> view.enabled() && status.equals(view.connectionStatus().label());
    };
  }

  private static boolean holds(ServerView view, String part) {
    return view.name().toLowerCase(Locale.ROOT).contains(part)
        || view.tags().stream().anyMatch(tag -> tag.toLowerCase(Locale.ROOT).contains(part))
        || view.addresses().stream().anyMatch(url -> url.toLowerCase(Locale.ROOT).contains(part));
  }

  private static boolean isOrAny(@Nullable String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }
}
