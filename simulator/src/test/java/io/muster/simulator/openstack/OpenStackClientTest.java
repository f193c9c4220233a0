package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that we did not write: Debian's python3-openstackclient, unmodified. */
@Tag("openstackclient")
final class OpenStackClientTest {
  private static final Path CLIENT = Path.of("/usr/bin/openstack");

  /** Python needs seconds to load it; a loaded machine gets its time. */
  private static final int PATIENCE_SECONDS = 120;

  private @TempDir Path folder = Path.of("");

  @Test
  void client_listsShowsStopsStartsAndReboots() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(CLIENT),
        "needs Debian's python3-openstackclient (apt-get install python3-openstackclient)");
    try (SimulatedOpenStack cloud =
        SimulatedOpenStack.start(OpenStackSettings.forTests(3, 20).build())) {
      Project project = cloud.world().cloud().projects().get(1);
      Map<String, String> member = password(cloud, cloud.accounts().member(), project);
      Map<String, String> admin =
          password(cloud, cloud.accounts().admin(), cloud.world().cloud().projects().getFirst());

      JsonNode own = json(member, "server", "list");
      assertThat(own).isNotEmpty();
      JsonNode all = json(admin, "server", "list", "--all-projects");
      assertThat(all).hasSize(20);
      String name = active(own);
      assertThat(json(member, "server", "show", name).path("status").asText()).isEqualTo("ACTIVE");

      run(member, "server", "stop", name);
      awaitStatus(member, name, "SHUTOFF");
      run(member, "server", "start", name);
      awaitStatus(member, name, "ACTIVE");
      run(member, "server", "reboot", "--wait", name);

      assertThat(json(admin, "hypervisor", "list")).hasSize(3);
      assertThat(json(admin, "compute", "service", "list")).hasSize(5);
      assertThat(json(admin, "volume", "list", "--all-projects")).hasSize(5);
      assertThat(json(admin, "network", "list")).hasSize(1);
      assertThat(json(member, "image", "list")).hasSize(4);
      assertThat(json(credential(cloud, cloud.accounts().adminCredential()), "image", "list"))
          .hasSize(4);
    }
  }

  private static String active(JsonNode servers) {
    for (JsonNode server : servers) {
      if (server.path("Status").asText().equals("ACTIVE")) {
        return server.path("Name").asText();
      }
    }
    throw new AssertionError("No server is active: " + servers);
  }

  private void awaitStatus(Map<String, String> login, String name, String status)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
    JsonNode server = json(login, "server", "show", name);
    while (!server.path("status").asText().equals(status)) {
      assertThat(Instant.now()).as("%s", server).isBefore(end);
      server = json(login, "server", "show", name);
    }
  }

  private JsonNode json(Map<String, String> login, String... words)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("-f", "json"));
    return CloudClient.JSON.readTree(run(login, all.toArray(String[]::new)));
  }

  private String run(Map<String, String> login, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(CLIENT.toString()));
    command.addAll(List.of(words));
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("OS_"));
    builder.environment().putAll(login);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(ended && process.exitValue() == 0)
          .as("%s: %s", command, Files.readString(errors))
          .isTrue();
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private Map<String, String> common(SimulatedOpenStack cloud) throws IOException {
    Path authority = folder.resolve("ca.pem");
    Files.writeString(authority, cloud.authorityPem());
    Map<String, String> login = new HashMap<>();
    login.put("OS_AUTH_URL", cloud.authUrl().toString());
    login.put("OS_IDENTITY_API_VERSION", "3");
    login.put("OS_REGION_NAME", cloud.region());
    login.put("OS_CACERT", authority.toString());
    return login;
  }

  private Map<String, String> password(SimulatedOpenStack cloud, Account account, Project project)
      throws IOException {
    Map<String, String> login = common(cloud);
    login.put("OS_USERNAME", account.name());
    login.put("OS_PASSWORD", account.password());
    login.put("OS_USER_DOMAIN_NAME", "Default");
    login.put("OS_PROJECT_NAME", project.name());
    login.put("OS_PROJECT_DOMAIN_NAME", "Default");
    return login;
  }

  private Map<String, String> credential(SimulatedOpenStack cloud, ApplicationCredential credential)
      throws IOException {
    Map<String, String> login = common(cloud);
    login.put("OS_AUTH_TYPE", "v3applicationcredential");
    login.put("OS_APPLICATION_CREDENTIAL_ID", credential.id());
    login.put("OS_APPLICATION_CREDENTIAL_SECRET", credential.secret());
    return login;
  }
}
