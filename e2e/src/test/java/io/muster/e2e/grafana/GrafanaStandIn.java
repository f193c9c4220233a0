package io.muster.e2e.grafana;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * A program where the launcher expects Grafana: answers {@code /api/health} on the address it was
 * given, and writes its arguments and environment down. It shows how the launcher starts Grafana,
 * and nothing of what Grafana then does.
 */
final class GrafanaStandIn {
  private GrafanaStandIn() {}

  /** Makes a folder that looks like an unpacked Grafana. */
  static Path unpackIn(Path home) throws IOException {
    var program = Files.createDirectories(home.resolve("bin")).resolve("grafana");
    Files.writeString(
        program,
        """
        #!/bin/sh
        exec '%s' -cp '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of(
                    GrafanaStandIn.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()),
                GrafanaStandIn.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.createFile(Files.createDirectories(home.resolve("conf")).resolve("defaults.ini"));
    return home;
  }

  /** What it was started with; arguments stand under {@code arguments}. */
  static Properties seen(Path dataFolder) throws IOException {
    var seen = new Properties();
    try (var file = Files.newBufferedReader(dataFolder.resolve("seen.properties"))) {
      seen.load(file);
    }
    return seen;
  }

  public static void main(String[] arguments) throws IOException {
    var seen = new Properties();
    seen.putAll(System.getenv());
    seen.put("arguments", String.join(" ", arguments));
    try (var file =
        Files.newBufferedWriter(Path.of(System.getenv("GF_PATHS_DATA"), "seen.properties"))) {
      seen.store(file, null);
    }
    var address =
        new InetSocketAddress(
            System.getenv("GF_SERVER_HTTP_ADDR"),
            Integer.parseInt(System.getenv("GF_SERVER_HTTP_PORT")));
    var server = HttpServer.create(address, 0);
    server.createContext(
        "/api/health",
        exchange -> {
          var body = "{\"database\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }
}
