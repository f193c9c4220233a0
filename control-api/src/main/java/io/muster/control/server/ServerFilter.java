package io.muster.control.server;

import io.muster.control.problem.Fields;
import io.muster.protocol.ProviderKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
  static final String DISABLED = "disabled";
  static final String MAINTENANCE = "maintenance";

  /** A word that no server has is a mistake to tell, not a list without servers. */
  ServerFilter {
    Fields fields = new Fields();
    check(fields, "provider", provider, labels(ProviderKind.values(), ProviderKind::label));
    List<String> states =
        new ArrayList<>(labels(ConnectionStatus.values(), ConnectionStatus::label));
    states.addAll(List.of(DISABLED, MAINTENANCE));
    check(fields, "status", status, states);
    fields.check();
  }

  private static <T> List<String> labels(T[] values, Function<T, String> label) {
    return Arrays.stream(values).map(label).toList();
  }

  private static void check(
      Fields fields, String field, @Nullable String word, List<String> known) {
    if (word != null && !known.contains(word)) {
      fields.wrong(field, "must be one of " + String.join(", ", known));
    }
  }

  /** What {@code LIKE … ESCAPE '!'} finds {@link #q} with. */
  @Nullable String pattern() {
    return q == null ? null : "%" + q.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
  }
}
