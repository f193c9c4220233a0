package io.muster.cli.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.inventory.InventoryText;
import io.muster.protocol.inventory.LocalValues;
import io.muster.protocol.inventory.ServerJson;
import io.muster.protocol.inventory.ServerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An inventory file as an agent reads it, with what it refers to: secrets in clear, and every
 * server with the id that its rows stand on.
 *
 * @param digest tells one content of the file from another
 */
record FileInventory(Path file, List<ObjectNode> servers, String digest) {
  FileInventory {
    servers = List.copyOf(servers);
  }

  /**
   * Reads it.
   *
   * @throws StartException with everything that is wrong
   */
  static FileInventory read(Path file, String site, Map<String, String> environment)
      throws IOException {
    var content = Files.readAllBytes(file);
    var text = InventoryText.parse(content);
    var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    var values = new LocalValues(environment, folder, Files::readAllBytes);
    var problems = new ArrayList<ConfigurationProblem>();
    text.problems()
        .forEach(p ->
            problems.add(
                new ConfigurationProblem(file.toString(), null, p.key(), p.found(), p.expected())));
    var servers = new ArrayList<ObjectNode>();
    for (var i = 0; i < text.entries().size(); i++) {
      var entry = text.entries().get(i);
      var label = InventoryText.label(i, entry);
      var reading = ServerReader.read(entry, values, site);
      reading
          .problems()
          .forEach(p ->
              problems.add(
                  new ConfigurationProblem(
                      file.toString(), label, p.key(), p.found(), p.expected())));
      var server = reading.server();
      if (server != null) {
        servers.add(ServerJson.write(server));
      }
    }
    if (!problems.isEmpty()) {
      throw new StartException(
          problems.stream()
              .map(ConfigurationProblem::message)
              .collect(Collectors.joining("\n  ", "The inventory can't be used:\n  ", "")));
    }
    return new FileInventory(file, servers, digest(content));
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
