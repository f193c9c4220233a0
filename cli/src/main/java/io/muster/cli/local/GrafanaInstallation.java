package io.muster.cli.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Grafana server that is on this machine: nothing of it comes with Muster.
 *
 * @param program {@code grafana}, or {@code grafana-server} as it was called before 9.4
 * @param home with {@code conf/defaults.ini} and {@code public/}, which the program does not find
 *     by itself
 */
record GrafanaInstallation(Path program, Path home) {
  static final String HOME_VARIABLE = "GRAFANA_HOME";

  private static final List<String> PROGRAMS = List.of("grafana", "grafana-server");

  /** Where Debian's and Red Hat's packages put what the program needs. */
  private static final Path PACKAGED_HOME = Path.of("/usr/share/grafana");

  /**
   * Looks in {@code GRAFANA_HOME}, then on the {@code PATH}.
   *
   * @return empty when there is none
   * @throws StartException when there is one that can't be used, or {@code GRAFANA_HOME} is none
   */
  static Optional<GrafanaInstallation> find(Map<String, String> environment) {
    var home = environment.getOrDefault(HOME_VARIABLE, "");
    return home.isBlank()
        ? onPath(environment.getOrDefault("PATH", ""))
        : Optional.of(in(Path.of(home).toAbsolutePath()));
  }

  /** The program and its first arguments. */
  List<String> command() {
    var command = new ArrayList<>(List.of(program.toString()));
    if (program.endsWith("grafana")) {
      command.add("server");
    }
    command.addAll(List.of("--homepath", home.toString()));
    return command;
  }

  private static GrafanaInstallation in(Path home) {
    return programIn(home.resolve("bin"))
        .filter(program -> isHome(home))
        .map(program -> new GrafanaInstallation(program, home))
        .orElseThrow(() ->
            new StartException(
                "%s is %s, which has no bin/grafana and conf/defaults.ini: it is the folder that Grafana's archive unpacks to. Unset it to go without Grafana."
                    .formatted(HOME_VARIABLE, home)));
  }

  private static Optional<GrafanaInstallation> onPath(String path) {
    for (var folder : path.split(File.pathSeparator, -1)) {
      var program = folder.isBlank() ? Optional.<Path>empty() : programIn(Path.of(folder));
      if (program.isPresent()) {
        return Optional.of(new GrafanaInstallation(program.get(), homeOf(program.get())));
      }
    }
    return Optional.empty();
  }

  private static Path homeOf(Path program) {
    var unpacked = real(program).resolve("../..").normalize();
    for (var home : List.of(unpacked, PACKAGED_HOME)) {
      if (isHome(home)) {
        return home;
      }
    }
    throw new StartException(
        "Found %s, but not the folder with its conf/defaults.ini: name it in %s, or say --no-grafana."
            .formatted(program, HOME_VARIABLE));
  }

  private static Optional<Path> programIn(Path folder) {
    return PROGRAMS.stream()
        .map(folder::resolve)
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
  }

  private static boolean isHome(Path folder) {
    return Files.isRegularFile(folder.resolve("conf").resolve("defaults.ini"));
  }

  /** What a link on the PATH stands for. */
  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException justFound) {
      return program;
    }
  }
}
