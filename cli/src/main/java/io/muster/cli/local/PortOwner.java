package io.muster.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who listens on a TCP port of this machine: Linux tells in {@code /proc}, elsewhere {@code lsof}
 * does.
 */
record PortOwner(long pid, String program) {
  /** Socket state "listen" in {@code /proc/net/tcp}. */
  private static final String LISTEN = "0A";

  /** lsof can hang on a dead network file system. */
  private static final int LSOF_SECONDS = 5;

  /** "process 4711 (java)", or that it cannot be seen. */
  static String describe(int port) {
    return find(port)
        .map(owner -> "process " + owner.pid + " (" + owner.program + ")")
        .orElse("another program (owner not visible to this user)");
  }

  /** Empty when nobody listens, or when the owner belongs to another user. */
  static Optional<PortOwner> find(int port) {
    return Files.isReadable(Path.of("/proc/net/tcp")) ? fromProc(port) : fromLsof(port);
  }

  private static Optional<PortOwner> fromProc(int port) {
    var sockets = new HashSet<String>();
    for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(listeningSockets(Path.of(table), port));
    }
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(folder -> folder.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(folder -> holdsOneOf(folder, sockets))
          .map(PortOwner::ofProcFolder)
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Their links in {@code /proc/<pid>/fd}: {@code socket:[inode]}. */
  private static Set<String> listeningSockets(Path table, int port) {
    var suffix = ":%04X".formatted(port);
    var sockets = new HashSet<String>();
    try (var lines = Files.lines(table)) {
      lines
          .map(line -> line.strip().split("\\s+", -1))
          .filter(field -> field.length > 9 && field[1].endsWith(suffix) && field[3].equals(LISTEN))
          .forEach(field -> sockets.add("socket:[" + field[9] + "]"));
    } catch (IOException noSuchTable) {
      return Set.of();
    }
    return sockets;
  }

  private static boolean holdsOneOf(Path processFolder, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(processFolder.resolve("fd"))) {
      return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static PortOwner ofProcFolder(Path folder) {
    var pid = Long.parseLong(folder.getFileName().toString());
    try {
      return new PortOwner(pid, Files.readString(folder.resolve("comm")).strip());
    } catch (IOException gone) {
      return new PortOwner(pid, "?");
    }
  }

  private static Optional<PortOwner> fromLsof(int port) {
    try {
      var lsof =
          new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // Two short lines wait in the pipe: so first the end, then the reading, which has no bound.
      if (!lsof.waitFor(LSOF_SECONDS, TimeUnit.SECONDS)) {
        lsof.destroyForcibly();
        return Optional.empty();
      }
      var answer = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return ofLsof(answer);
    } catch (IOException notInstalled) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Lines {@code p<pid>} and {@code c<program>}. */
  static Optional<PortOwner> ofLsof(String answer) {
    var pid = answer.lines().filter(line -> line.startsWith("p")).findFirst();
    var program = answer.lines().filter(line -> line.startsWith("c")).findFirst();
    return pid.map(line ->
        new PortOwner(
            Long.parseLong(line.substring(1)), program.map(c -> c.substring(1)).orElse("?")));
  }
}
