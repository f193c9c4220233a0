package io.muster.control.server;

import io.muster.control.site.Site;
import io.muster.protocol.Server;
import io.muster.protocol.inventory.FieldProblem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request's entry would be.
 *
 * @param server null = something is wrong with it
 * @param site null = none of the tenant's
 * @param problems empty = it is sound
 */
public record Draft(@Nullable Server server, @Nullable Site site, List<FieldProblem> problems) {
  public Draft {
    problems = List.copyOf(problems);
  }

  /** Whether it can be taken up. */
  public boolean isSound() {
    return problems.isEmpty() && server != null && site != null;
  }

  /** The server of a sound draft. */
  public Server sound() {
    return Objects.requireNonNull(server);
  }

  /** The site of a sound draft. */
  public Site soundSite() {
    return Objects.requireNonNull(site);
  }
}
