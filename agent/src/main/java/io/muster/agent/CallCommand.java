package io.muster.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Inspectable;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.ProviderFactory;
import io.muster.protocol.Server;
import io.muster.settings.PlainFailureException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster-agent call}: one reading call, as the agent would make it. */
@Command(
    name = "call",
    description = {
      "Makes one reading call (GET) to a server, with the token that polling uses, and prints the"
          + " answer as it came.",
      "Example: muster-agent call pve-1 '/cluster/resources?type=vm'"
    },
    mixinStandardHelpOptions = true)
final class CallCommand implements Callable<Integer> {
  /** Proxmox gives up on a peer after 30 s, and says so. */
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(index = "0", paramLabel = "SERVER", description = "Name in the inventory.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "Path with its query, below the API's root.")
  private String path = "";

  /** Such as {@code POST /nodes/…}: refused in words, not as one word too many. */
  @Parameters(index = "2..*", hidden = true)
  private List<String> rest = List.of();

  @Option(
      names = "--member",
      paramLabel = "URL",
      description = "Which configured address to ask. Default: the first.")
  private @Nullable URI member;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (!rest.isEmpty()) {
      throw wrong(
          "only reading calls are made here: give the server and one path, such as /version");
    }
    config.belongTo(spec);
    Selection.Chosen chosen = Selection.named(config, name, spec);
    Server server = chosen.servers().getFirst();
    Optional<Provider> driver =
        new Drivers(chosen.proxies(), any -> CallListener.NONE).create(server);
    if (driver.isEmpty()) {
      throw wrong(name + ": " + ProviderFactory.noDriver(server.kind()));
    }
    try (Provider provider = driver.get()) {
      if (!(provider instanceof Inspectable inspectable)) {
        throw wrong(server.kind().label() + " servers can't be asked by hand in this version");
      }
      Exchange answer = inspectable.read(path, member, Deadline.after(PATIENCE));
      print(Output.of(spec), answer);
      return answer.failure() == null ? 0 : 1;
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    } catch (ProviderException e) {
      throw new PlainFailureException(e.failure() + ": " + e.getMessage(), e);
    }
  }

  private static void print(PrintWriter out, Exchange answer) {
    out.printf(
        Locale.ROOT,
        "%d %s (%d bytes in %d ms from %s)%n",
        answer.status(),
        answer.reason() == null ? "" : answer.reason(),
        answer.bodyBytes(),
        answer.elapsed().toMillis(),
        answer.endpoint());
    if (answer.body() != null) {
      out.println(pretty(answer.body()));
    } else if (answer.message() != null) {
      out.println(answer.message());
    }
    out.flush();
  }

  private static String pretty(String body) {
    ObjectMapper json = new ObjectMapper();
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(body));
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private CommandLine.ParameterException wrong(String sentence) {
    return new CommandLine.ParameterException(
        spec == null ? Main.commandLine() : spec.commandLine(), sentence);
  }
}
