package io.muster.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.control.ControlServer;
import io.muster.simulator.relay.Relay;
import io.muster.simulator.tls.PrivateFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code questdb-relay}: stands in front of a QuestDB and fails when it is told to. */
@Command(
    name = "questdb-relay",
    description = "An HTTP relay in front of a QuestDB that fails when it is told to.",
    showDefaultValues = true,
    footer = {
      "",
      "POST CONTROL/mode?mode=MODE decides what becomes of the requests that begin from then on:",
      "  pass: goes there and back",
      "  refuse: the port and all connections are closed",
      "  hang: is read and goes nowhere; the connection closes when another mode comes",
      "  cut: goes there; the connection closes instead of the answer",
      "  status: is read, goes nowhere and is answered with status= (400 to 599, else 500)",
      "GET CONTROL/mode tells the mode and how many requests there were."
    })
final class RelayCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  @Option(names = "--to", required = true, description = "Such as http://127.0.0.1:9000.")
  private URI to = URI.create("");

  @Option(names = "--port", description = "Port on 127.0.0.1; 0 takes a free one.")
  private int port;

  @Option(
      names = "--control-port",
      description = "Port of the control endpoint; 0 takes a free one.")
  private int controlPort;

  @Option(names = "--endpoints-file", description = "Where its URLs are written once it is ready.")
  private Path endpointsFile = Path.of(".muster", "simulator", "questdb-relay.json");

  @Override
  public Integer call() throws Exception {
    CommandSpec command = Objects.requireNonNull(spec, "picocli sets it");
    try (Lifetime lifetime = Lifetime.begin();
        Relay relay = Relay.start(to, port);
        ControlServer control = ControlServer.start(controlPort, relay.verbs())) {
      Map<String, String> content = new LinkedHashMap<>();
      content.put("url", relay.url().toString());
      content.put("control", control.url().toString());
      PrivateFile.write(endpointsFile, new ObjectMapper().writeValueAsString(content) + "\n");
      command.commandLine().getOut().println("ready " + endpointsFile);
      command.commandLine().getOut().flush();
      lifetime.awaitEnd();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--to: " + e.getMessage(), e);
    }
    return 0;
  }
}
