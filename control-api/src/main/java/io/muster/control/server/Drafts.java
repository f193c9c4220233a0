package io.muster.control.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.site.Site;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.Server;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.inventory.FieldProblem;
import io.muster.protocol.inventory.Reading;
import io.muster.protocol.inventory.ServerReader;
import io.muster.protocol.inventory.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the entry of a request: nothing in it reaches for this machine or the agent's. */
public final class Drafts {
  private Drafts() {}

  /**
   * Reads and checks an entry.
   *
   * @param sites of the tenant
   * @param current where it stays unless it names a site; null = it is new
   */
  public static Draft of(ObjectNode entry, List<Site> sites, @Nullable Site current) {
    List<FieldProblem> problems = new ArrayList<>();
    Site site = site(entry.get("site"), sites, current, problems);
    ObjectNode placed = entry.deepCopy();
    placed.remove("site");
    Reading reading = ServerReader.read(placed, Values.foreign(), site == null ? "" : site.name());
    problems.addAll(reading.problems());
    Server server = reading.server();
    if (server instanceof KubernetesServer kubernetes
        && kubernetes.access() instanceof Access.KubeConfig config) {
      KubeConfigCheck.tell(config, problems);
    }
    return new Draft(server, site, problems);
  }

  private static @Nullable Site site(
      @Nullable JsonNode given,
      List<Site> sites,
      @Nullable Site current,
      List<FieldProblem> problems) {
    String names = sites.stream().map(Site::name).collect(Collectors.joining(", "));
    if (given == null || given.isNull()) {
      if (current != null || sites.size() == 1) {
        return current == null ? sites.getFirst() : current;
      }
      problems.add(
          new FieldProblem(
              "site",
              "nothing",
              sites.isEmpty()
                  ? "a site: make one first"
                  : "the site whose agent polls it: " + names));
      return null;
    }
    for (Site site : sites) {
      if (site.name().equals(given.asText())) {
        return site;
      }
    }
    problems.add(
        new FieldProblem("site", Printable.text(given.asText()), "a site of yours: " + names));
    return null;
  }
}
