package io.muster.agent.inventory;

import io.muster.protocol.Server;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.settings.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A working folder with an inventory file, and the environment of the agent that reads it. */
final class TestFolder {
  static final String FILE = "infrastructure_config.json";

  final Path folder;
  final Map<String, String> environment = new HashMap<>();
  String site = "default";

  TestFolder(Path folder) {
    this.folder = folder;
  }

  TestFolder write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the inventory; single quotes stand for double ones. */
  TestFolder inventory(String json) {
    return write(FILE, json.replace('\'', '"'));
  }

  TestFolder with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  List<Server> servers() {
    return new InventoryLoader(site, null, folder, Variables.read(environment, folder))
        .load(new FileReads(), false)
        .inventory()
        .servers();
  }

  Server server() {
    List<Server> servers = servers();
    if (servers.size() != 1) {
      throw new AssertionError("one server expected, but there are " + servers);
    }
    return servers.getFirst();
  }

  List<ConfigurationProblem> problems() {
    try {
      List<Server> servers = servers();
      throw new AssertionError("problems expected, but it reads as " + servers);
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }
}
