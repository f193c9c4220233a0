package io.muster.agent.inventory;

import io.muster.protocol.ServerId;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.inventory.LocalValues;
import io.muster.protocol.inventory.Values;
import io.muster.settings.Variables;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the whole inventory, file and environment, once each time it is asked. */
final class InventoryLoader {
  private static final List<String> USUAL_NAMES =
      List.of("infrastructure_config.json", "proxmox_config.json");

  private final String site;
  private final @Nullable Path file;
  private final Path folder;
  private final Variables variables;

  /**
   * @param file null = one of the usual names in {@code folder}
   */
  InventoryLoader(String site, @Nullable Path file, Path folder, Variables variables) {
    this.site = site;
    this.file = file;
    this.folder = folder;
    this.variables = variables;
  }

  /**
   * A whole inventory.
   *
   * @param origins where its servers stand
   * @param fromFile whether an inventory file took part
   */
  record Loaded(List<ReadServer> servers, List<String> origins, boolean fromFile) {
    Loaded {
      servers = List.copyOf(servers);
      origins = List.copyOf(origins);
    }

    Inventory inventory() {
      return new Inventory(servers.stream().map(ReadServer::server).toList());
    }
  }

  /**
   * Reads it.
   *
   * @param reads remembers every file that took part, also the ones that were missing
   * @param fileExpected whether a file that is missing is a problem although the environment names
   *     servers
   * @throws ConfigurationException with everything that is wrong
   */
  Loaded load(FileReads reads, boolean fileExpected) {
    Problems problems = new Problems();
    InventoryReader reader = new InventoryReader(site);
    List<ReadServer> servers = new ArrayList<>();
    List<String> origins = new ArrayList<>();
    for (Path candidate : candidates()) {
      byte[] text = text(candidate, reads, problems);
      if (text != null) {
        Path parent = Objects.requireNonNull(candidate.toAbsolutePath().getParent());
        Values values = new LocalValues(variables.environment(), parent, reads::read);
        servers.addAll(reader.read(candidate.toString(), text, values, problems));
        origins.add(candidate.toString());
        break;
      }
    }
    boolean fromFile = !origins.isEmpty();
    if (!fromFile && problems.isEmpty() && fileExpected) {
      problems.add(gone());
    }
    servers.addAll(new EnvironmentServers(variables, reader, reads, problems).read());
    origins.addAll(EnvironmentServers.origins(variables));
    if (origins.isEmpty() && problems.isEmpty()) {
      problems.add(nothing());
    }
    checkUnique(servers, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems.all());
    }
    return new Loaded(servers, origins, fromFile);
  }

  private List<Path> candidates() {
    return file == null
        ? USUAL_NAMES.stream().map(folder::resolve).toList()
        : List.of(folder.resolve(file));
  }

  /** Null = there is no such file, or it can't be read (then that is told). */
  private static byte @Nullable [] text(Path file, FileReads reads, Problems problems) {
    try {
      return reads.read(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      problems.add(
          new ConfigurationProblem(
              file.toString(),
              null,
              null,
              "a file that can't be read (" + e.getClass().getSimpleName() + ")",
              "a file that this user may read"));
      return null;
    }
  }

  private ConfigurationProblem gone() {
    return new ConfigurationProblem(
        candidates().getFirst().toString(),
        null,
        null,
        "no file any more",
        "the file that was there at the start; its servers end with {\"servers\": []} in it");
  }

  private ConfigurationProblem nothing() {
    List<Path> candidates = candidates();
    return new ConfigurationProblem(
        candidates.getFirst().toString(),
        null,
        null,
        "no such file" + (candidates.size() > 1 ? ", nor " + candidates.get(1) : ""),
        "a file {\"servers\": [...]} there or where MUSTER_CONFIG says, or servers in the"
            + " environment: PROXMOX_NODE_1_NAME, PROXMOX_NODE_1_HOST, PROXMOX_NODE_1_TOKEN_ID,"
            + " PROXMOX_NODE_1_TOKEN_SECRET");
  }

  private static void checkUnique(List<ReadServer> servers, Problems problems) {
    Map<String, ReadServer> names = new HashMap<>();
    Map<ServerId, ReadServer> ids = new HashMap<>();
    for (ReadServer server : servers) {
      ReadServer sameName = names.putIfAbsent(server.name(), server);
      ReadServer sameId = ids.putIfAbsent(server.server().entry().id(), server);
      if (sameName != null) {
        problems.add(taken(server, "name", "'" + server.name() + "'", sameName));
      } else if (sameId != null) {
        problems.add(taken(server, "id", "'" + server.server().entry().id() + "'", sameId));
      }
    }
  }

  private static ConfigurationProblem taken(
      ReadServer server, String key, String found, ReadServer first) {
    return new ConfigurationProblem(
        server.place().file(),
        server.place().label(),
        server.place().keyNames().apply(key),
        found,
        "a "
            + key
            + " of its own: "
            + first.place().label()
            + " in "
            + first.place().file()
            + " has it already");
  }
}
