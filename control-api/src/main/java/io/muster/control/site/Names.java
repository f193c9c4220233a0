package io.muster.control.site;

import io.muster.control.problem.Fields;
import io.muster.protocol.ServerEntry;
import org.jspecify.annotations.Nullable;

/** Names of tenants, sites and tokens: as servers have them. */
final class Names {
  private static final String EXPECTED =
      "1 to 63 letters, digits, blanks and . _ -, the first a letter or digit";

  private Names() {}

  static String read(@Nullable String name, Fields fields) {
    return fields.text("name", name, ServerEntry.NAME, EXPECTED);
  }
}
