package io.muster.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is to be wrong from the start. */
final class FaultOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--fault",
      paramLabel = "<kind,key=value...>",
      description =
          "A fault that is in from the start; may be given several times. The kinds are below.")
  private List<String> texts = List.of();

  /** Each as it is read; what is wrong with one is said with it. */
  <T> List<T> read(Function<String, T> reader) {
    List<T> read = new ArrayList<>();
    for (String text : texts) {
      try {
        read.add(reader.apply(text));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            Objects.requireNonNull(spec, "picocli sets it").commandLine(),
            "--fault=" + text + ": " + e.getMessage(),
            e);
      }
    }
    return read;
  }
}
