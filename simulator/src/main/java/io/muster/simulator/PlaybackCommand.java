package io.muster.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.control.ControlServer;
import io.muster.simulator.control.Verb;
import io.muster.simulator.playback.PlaybackServer;
import io.muster.simulator.playback.Recording;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  @Mixin private final RunOptions run = new RunOptions();

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Option(names = "--port", description = "Port at every recorded address; 0 takes a free one.")
  private int port;

  @Option(names = "--data", description = "Folder that keeps the certificates.")
  private Path data = Path.of(".muster", "playback");

  @Override
  public Integer call() throws InterruptedException {
    try (Lifetime lifetime = Lifetime.begin();
        PlaybackServer server = PlaybackServer.start(Recording.read(file), port, data);
        ControlServer control = run.control(List.of(rewind(server)))) {
      Path endpoints = run.endpoints(data);
      write(endpoints, server, control.url());
      run.ready(endpoints);
      lifetime.awaitEnd();
      return 0;
    } catch (IOException e) {
      throw run.wrong(String.valueOf(e.getMessage()), e);
    }
  }

  private static Verb rewind(PlaybackServer server) {
    return Verb.post(
        "/control/rewind", "plays from the beginning again", parameters -> server.rewind());
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
}
