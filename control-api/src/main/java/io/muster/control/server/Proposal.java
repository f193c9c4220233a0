package io.muster.control.server;

import io.muster.control.site.Site;
import io.muster.protocol.Server;
import io.muster.protocol.inventory.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one of many entries does, or would do, to the inventory. */
public sealed interface Proposal {
  /**
   * It can be taken up.
   *
   * @param server as it is afterwards, with secrets
   */
  record Taken(Outcome outcome, Server server, Site site) implements Proposal {}

  /**
   * It can't.
   *
   * @param code {@code invalid}, {@code exists}, {@code server-limit} or {@code secret-required}
   */
  record Refused(String code, List<FieldProblem> problems) implements Proposal {
    public Refused {
      problems = List.copyOf(problems);
    }

    static Refused of(String code, @Nullable String key, String found, String expected) {
      return new Refused(code, List.of(new FieldProblem(key, found, expected)));
    }
  }

  /** What becomes of a server. */
  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }
}
