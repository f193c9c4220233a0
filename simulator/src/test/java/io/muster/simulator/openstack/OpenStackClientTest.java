package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.VmState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that we did not write: Debian's python3-openstackclient, unmodified. It is told many
 * things at once where it can be: Python needs a second to load it.
 */
@Tag("openstackclient")
final class OpenStackClientTest {
  private static final Path CLIENT = Path.of("/usr/bin/openstack");

  /** A loaded machine gets its time. */
  private static final int PATIENCE_SECONDS = 120;

  private @TempDir Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private SimulatedOpenStack cloud;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(
        Files.isExecutable(CLIENT),
        "needs Debian's python3-openstackclient (apt-get install python3-openstackclient)");
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(3, 20).build());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void administrator_seesTheWholeCloud() throws IOException, InterruptedException {
    Project project = cloud.world().cloud().projects().getFirst();
    String machine = cloud.world().cloud().instances().getFirst().id();

    List<JsonNode> answers =
        told(
            password(cloud.accounts().admin(), project),
            "token issue",
            "server list --all-projects",
            "hypervisor list",
            "compute service list",
            "image list",
            "volume list --all-projects",
            "volume service list",
            "network list",
            "quota show",
            "usage list",
            "server event list " + machine);

    assertThat(answers.getFirst().path("project_id").asText()).isEqualTo(project.id());
    assertThat(answers.stream().map(JsonNode::size))
        .containsExactly(4, 20, 3, 5, 4, 4, 3, 1, answers.get(8).size(), 5, 1);
    assertThat(answers.get(8).toString()).contains("\"instances\"", "\"volumes\"", "\"ports\"");
  }

  @Test
  void member_stopsStartsAndReboots() throws IOException, InterruptedException {
    Map<String, String> member =
        password(cloud.accounts().member(), cloud.world().cloud().projects().get(1));
    String name = active(told(member, "server list").getFirst());

    run(member, "server", "stop", name);
    await(name, VmState.STOPPED);
    assertThat(told(member, "server show " + name).getFirst().path("status").asText())
        .isEqualTo("SHUTOFF");
    run(member, "server", "start", name);
    await(name, VmState.ACTIVE);
    run(member, "server", "reboot", "--wait", name);
  }

  private void await(String name, VmState state) {
    Eventually.holds(() -> assertThat(cloud.world().machine(name).state().vm()).isEqualTo(state));
  }

  @Test
  void applicationCredential_isEnough() throws IOException, InterruptedException {
    assertThat(told(credential(cloud.accounts().adminCredential()), "image list").getFirst())
        .hasSize(4);
  }

  private static String active(JsonNode servers) {
    for (JsonNode server : servers) {
      if (server.path("Status").asText().equals("ACTIVE")) {
        return server.path("Name").asText();
      }
    }
    throw new AssertionError("No server is active: " + servers);
  }

  /** What it says to each of several commands, as one user who types them. */
  private List<JsonNode> told(Map<String, String> login, String... commands)
      throws IOException, InterruptedException {
    Path input = folder.resolve("input");
    Files.write(input, Stream.of(commands).map(command -> command + " -f json").toList());
    String output = run(login, ProcessBuilder.Redirect.from(input.toFile()), List.of());
    List<JsonNode> answers = new ArrayList<>();
    try (JsonParser parser = CloudClient.JSON.createParser(output)) {
      while (parser.nextToken() != null) {
        answers.add(CloudClient.JSON.readTree(parser));
      }
    }
    assertThat(answers).as(output).hasSize(commands.length);
    return answers;
  }

  private void run(Map<String, String> login, String... words)
      throws IOException, InterruptedException {
    run(login, ProcessBuilder.Redirect.PIPE, List.of(words));
  }

  private String run(Map<String, String> login, ProcessBuilder.Redirect input, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(CLIENT.toString()), words.stream()).toList();
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("OS_"));
    builder.environment().putAll(login);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(errors);
      assertThat(ended && process.exitValue() == 0).as("%s: %s", command, said).isTrue();
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private Map<String, String> common() throws IOException {
    Path authority = folder.resolve("ca.pem");
    Files.writeString(authority, cloud.authorityPem());
    Map<String, String> login = new HashMap<>();
    login.put("OS_AUTH_URL", cloud.authUrl().toString());
    login.put("OS_IDENTITY_API_VERSION", "3");
    login.put("OS_REGION_NAME", cloud.region());
    login.put("OS_CACERT", authority.toString());
    return login;
  }

  private Map<String, String> password(Account account, Project project) throws IOException {
    Map<String, String> login = common();
    login.put("OS_USERNAME", account.name());
    login.put("OS_PASSWORD", account.password());
    login.put("OS_USER_DOMAIN_NAME", "Default");
    login.put("OS_PROJECT_NAME", project.name());
    login.put("OS_PROJECT_DOMAIN_NAME", "Default");
    return login;
  }

  private Map<String, String> credential(ApplicationCredential credential) throws IOException {
    Map<String, String> login = common();
    login.put("OS_AUTH_TYPE", "v3applicationcredential");
    login.put("OS_APPLICATION_CREDENTIAL_ID", credential.id());
    login.put("OS_APPLICATION_CREDENTIAL_SECRET", credential.secret());
    return login;
  }
}
