package io.muster.cli.servers;

import io.muster.cli.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a text goes. */
final class Download {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "<file>",
      description = "Writes there instead of to standard output.")
  private @Nullable Path output;

  void write(byte[] content, String text, Consumer<String> standardOutput) {
    if (output == null) {
      standardOutput.accept(text);
      return;
    }
    try {
      Files.write(output, content);
    } catch (IOException failed) {
      throw new UsageException("Cannot write %s: %s".formatted(output, failed.getMessage()));
    }
  }
}
