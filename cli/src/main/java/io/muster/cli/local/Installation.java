package io.muster.cli.local;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the programs are: a checkout whose modules are built. */
public record Installation(Path root) {
  /** The checkout that this code was built in. */
  public static Installation ofThisProgram() {
    try {
      var code =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Installation(code.resolve("../../..").toAbsolutePath().normalize());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("The place of this class is no path", impossible);
    }
  }

  public Path agentJar() {
    return jar("agent");
  }

  public Path controlJar() {
    return jar("control-api");
  }

  public Path simulatorJar() {
    return jar("simulator");
  }

  /** Grafana's data source, dashboard provider and alerts. */
  Path provisioning() {
    return root.resolve("provisioning");
  }

  Path dashboards() {
    return root.resolve("grafana");
  }

  /** What was started, its passwords, data and logs. */
  public Path stateFolder(String name) {
    return root.resolve(".muster").resolve(name);
  }

  private Path jar(String module) {
    var jar = root.resolve(module).resolve("target").resolve("muster-" + module + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new StartException(
          "Cannot start the " + module + ": no " + jar + ". Build it: ./mvnw package");
    }
    return jar;
  }
}
