package io.muster.agent;

import io.muster.agent.inspect.Pseudonyms;
import io.muster.agent.inspect.Recording;
import io.muster.agent.inspect.RecordingFile;
import io.muster.agent.inspect.Tape;
import io.muster.agent.provider.ApiCall;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Inspectable;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderFactory;
import io.muster.protocol.Server;
import io.muster.settings.PlainFailureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code muster-agent record}: what a server answers, in a file that can be sent to others. */
@Command(
    name = "record",
    description = {
      "Polls and checks a server, and writes its answers into a file, to be sent to whoever looks"
          + " for a mistake. Nothing acts.",
      "Names, addresses, users and other texts are replaced, the same one by the same one; numbers"
          + " stay. Look at the file before you send it."
    },
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  @Mixin private final Selection selection = new Selection();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write; an existing file is left alone.")
  private Path file = Path.of("");

  @Option(
      names = "--cycles",
      paramLabel = "N",
      description =
          "Polls, one an interval. Default: until every call had its turn, about two minutes for"
              + " Proxmox VE.")
  private @Nullable Integer cycles;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Selection.Chosen chosen = selection.read();
    Server server = selection.one(chosen);
    if (cycles != null && (cycles < 1 || cycles > ServerRecorder.MOST_CYCLES)) {
      throw wrong("--cycles is %d, expected 1 to %d".formatted(cycles, ServerRecorder.MOST_CYCLES));
    }
    if (Files.exists(file)) {
      throw wrong(file + " exists; name a new file");
    }
    Tape tape = new Tape();
    Pseudonyms names = new Pseudonyms();
    Optional<Provider> driver = new Drivers(chosen.proxies(), any -> tape).create(server);
    if (driver.isEmpty()) {
      throw wrong(server.entry().name() + ": " + ProviderFactory.noDriver(server.kind()));
    }
    try (Provider provider = driver.get()) {
      if (!(provider instanceof Inspectable inspectable)) {
        throw wrong(server.kind().label() + " servers can't be recorded by this version");
      }
      ServerRecorder recorder = new ServerRecorder(server, provider, tape, this::say);
      recorder.run(cycles);
      Recording recording =
          Recording.of(
              server.kind().label(), Version.current(), inspectable, tape.exchanges(), names);
      write(recording);
      summarise(recording, recorder, inspectable, names);
      return recorder.failures() == 0 ? 0 : 1;
    }
  }

  private void write(Recording recording) {
    try {
      RecordingFile.write(file, recording);
    } catch (FileAlreadyExistsException e) {
      throw wrong(file + " exists; name a new file");
    } catch (IOException e) {
      throw new PlainFailureException("Cannot write the recording to " + file + ": " + e, e);
    }
  }

  private void summarise(
      Recording recording, ServerRecorder recorder, Inspectable inspectable, Pseudonyms names) {
    PrintWriter out = Output.of(spec);
    Map<String, Long> byCall =
        recording.exchanges().stream()
            .collect(
                Collectors.groupingBy(
                    exchange -> question(inspectable, exchange),
                    TreeMap::new,
                    Collectors.counting()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CALL", "RECORDED"));
    byCall.forEach((call, count) -> rows.add(List.of(call, String.valueOf(count))));
    Output.table(out, rows);
    out.println();
    out.printf(
        "Recorded %d calls (%d answered) of %d polls and a check into %s.%n",
        recording.exchanges().size(), recording.answered(), recorder.cycles(), file);
    if (recording.withoutBody() > 0) {
      out.printf("%d answers are there without their body.%n", recording.withoutBody());
    }
    out.println(
        "Replaced: "
            + names.counts().entrySet().stream()
                .map(count ->
                    count.getValue() + " × " + count.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
            + ". Numbers and times stayed.");
    out.println("Only you can read the file. Look at it before you send it.");
    out.flush();
  }

  private static String question(Inspectable inspectable, Exchange exchange) {
    ApiCall call = inspectable.reference().of(exchange);
    return exchange.method() + " " + (call == null ? exchange.path() : call.path());
  }

  private void say(String line) {
    PrintWriter err = spec == null ? Main.commandLine().getErr() : spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private CommandLine.ParameterException wrong(String sentence) {
    return new CommandLine.ParameterException(
        spec == null ? Main.commandLine() : spec.commandLine(), sentence);
  }
}
