package io.muster.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.control.ControlServer;
import io.muster.simulator.control.Verb;
import io.muster.simulator.playback.PlaybackServer;
import io.muster.simulator.playback.Recording;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code playback}: answers as a recorded server did, until it is told to end. */
@Command(
    name = "playback",
    description = {
      "Serves a file of `muster-agent record`: each question gets the answers that were recorded to"
          + " it, in their order, then the last one again. Times are moved to now."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class PlaybackCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Option(names = "--port", description = "Port at every recorded address; 0 takes a free one.")
  private int port;

  @Option(names = "--data", description = "Folder that keeps the certificates.")
  private Path data = Path.of(".muster", "playback");

  @Option(
      names = "--control-port",
      description = "Port of the control endpoint; 0 takes a free one.")
  private int controlPort;

  @Option(
      names = "--endpoints-file",
      description = "Where URLs and token are written once all is ready (default: in --data).")
  private @Nullable Path endpointsFile;

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(end, ended), "shutdown"));
    try (PlaybackServer server = PlaybackServer.start(Recording.read(file), port, data);
        ControlServer control = ControlServer.start(controlPort, List.of(rewind(server)))) {
      Path endpoints = endpointsFile == null ? data.resolve("endpoints.json") : endpointsFile;
      write(endpoints, server, control.url());
      say("ready " + endpoints);
      end.await();
      return 0;
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec == null ? new CommandLine(this) : spec.commandLine(),
          String.valueOf(e.getMessage()),
          e);
    } finally {
      ended.countDown();
    }
  }

  private static Verb rewind(PlaybackServer server) {
    return new Verb(
        "POST",
        "/control/rewind",
        "plays from the beginning again",
        parameters -> {
          server.rewind();
          return null;
        });
  }

  /** The same members as the file of a simulated cluster, where they mean something here. */
  private void write(Path endpoints, PlaybackServer server, URI control) throws IOException {
    Path authority = data.resolve("pve-root-ca.pem").toAbsolutePath();
    Files.createDirectories(data);
    Files.writeString(authority, server.authorityPem());
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("provider", server.provider());
    content.put("urls", server.urls().stream().map(URI::toString).toList());
    content.put(
        "nodeAddresses",
        server.nodeAddresses().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, node -> node.getValue().toString())));
    content.put("caFile", authority.toString());
    content.put(
        "readerToken", Map.of("id", server.tokenId(), "secret", UUID.randomUUID().toString()));
    content.put("control", control.toString());
    PrivateFile.write(
        endpoints,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }

  private static void awaitEnd(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
