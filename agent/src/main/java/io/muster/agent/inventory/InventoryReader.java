package io.muster.agent.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.Server;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.inventory.FieldProblem;
import io.muster.protocol.inventory.InventoryText;
import io.muster.protocol.inventory.Reading;
import io.muster.protocol.inventory.ServerReader;
import io.muster.protocol.inventory.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads servers from the text of an inventory file and from entries made elsewhere. */
final class InventoryReader {
  private final String site;

  InventoryReader(String site) {
    this.site = site;
  }

  /** The sound servers of a file's text; what is wrong goes to {@code problems}. */
  List<ReadServer> read(String file, byte[] text, Values values, Problems problems) {
    InventoryText inventory = InventoryText.parse(text);
    for (FieldProblem problem : inventory.problems()) {
      problems.add(
          new ConfigurationProblem(file, null, problem.key(), problem.found(), problem.expected()));
    }
    List<ReadServer> servers = new ArrayList<>();
    for (int i = 0; i < inventory.entries().size(); i++) {
      JsonNode entry = inventory.entries().get(i);
      Place place = new Place(file, InventoryText.label(i, entry), key -> key);
      ReadServer server = read(place, entry, values, problems);
      if (server != null) {
        servers.add(server);
      }
    }
    return servers;
  }

  /** The server of one entry; null = something is wrong with it, and told. */
  @Nullable ReadServer read(Place place, JsonNode entry, Values values, Problems problems) {
    Reading reading = ServerReader.read(entry, values, site);
    reading.problems().forEach(problem -> problems.add(place.problem(problem)));
    Server server = reading.server();
    return server == null ? null : new ReadServer(server, place, reading.ownId());
  }
}
