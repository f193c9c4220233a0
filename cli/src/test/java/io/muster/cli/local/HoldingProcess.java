package io.muster.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another launcher's attempt to take a state folder, as a process of its own. */
final class HoldingProcess {
  private HoldingProcess() {}

  /** What it says: "taken", or why not. */
  static String take(Path folder) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                HoldingProcess.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) throws IOException {
    try (var state = StateFolder.take(Path.of(arguments[0]))) {
      System.out.println("taken " + state.path());
    } catch (StartException refused) {
      System.out.println(refused.getMessage());
    }
  }
}
