package io.muster.agent.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.Failure;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real cloud, given by the rc file of its administrator; {@code openrc.demo} and {@code
 * appcred.json} beside it are tried as well.
 */
@Tag("openstack")
final class RealCloudTest {
  private static final Pattern VARIABLE = Pattern.compile("(OS_\\w+)=[\"']?([^\\s\"']+)");

  private Path rc = Path.of(".");

  @BeforeEach
  void file() {
    String file = System.getProperty("muster.openstack", "");
    assumeTrue(
        !file.isBlank(), "not run: give a cloud's rc file with -Dmuster.openstack=<rc file>");
    rc = Path.of(file);
  }

  private static Map<String, String> variables(Path file) throws IOException {
    Map<String, String> variables = new HashMap<>();
    Matcher matcher = VARIABLE.matcher(Files.readString(file));
    while (matcher.find()) {
      variables.put(matcher.group(1), matcher.group(2));
    }
    return variables;
  }

  private static String variable(Map<String, String> variables, String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  private static OpenStackProvider provider(Map<String, String> of, Credential credential) {
    OpenStackServer server =
        Clouds.server(
            URI.create(variable(of, "OS_AUTH_URL")),
            variable(of, "OS_REGION_NAME"),
            credential,
            null);
    return Clouds.provider(server, InstantSource.system());
  }

  private static OpenStackProvider provider(Path file) throws IOException {
    Map<String, String> of = variables(file);
    return provider(
        of,
        new Credential.Password(
            variable(of, "OS_USERNAME"),
            new Secret(variable(of, "OS_PASSWORD")),
            of.getOrDefault("OS_USER_DOMAIN_NAME", "Default"),
            variable(of, "OS_PROJECT_NAME"),
            of.getOrDefault("OS_PROJECT_DOMAIN_NAME", "Default")));
  }

  private Path beside(String name) {
    Path file = rc.resolveSibling(name);
    assumeTrue(Files.exists(file), "not run: no " + name + " beside the rc file");
    return file;
  }

  @Test
  void administrator_seesHostsInstancesQuotasAndUsage() throws Exception {
    try (OpenStackProvider provider = provider(rc)) {
      Instant tick = Instant.now();
      Snapshot first = provider.poll(Clouds.tick(tick));
      Snapshot second = provider.poll(Clouds.tick(tick.plusSeconds(60)));

      assertThat(first.gaps()).isEmpty();
      assertThat(first.nodesComplete()).isTrue();
      assertThat(first.vmsComplete()).isTrue();
      assertThat(first.nodes()).anyMatch(node -> node.status() == NodeStatus.ONLINE);
      assertThat(first.vms()).extracting(VmState::status).contains(VmStatus.RUNNING);
      assertThat(first.samples()).hasAtLeastOneElementOfType(NodeSample.class);
      assertThat(first.samples()).hasAtLeastOneElementOfType(QuotaSample.class);
      assertThat(second.samples())
          .anySatisfy(sample -> {
            assertThat(sample).isInstanceOf(VmSample.class);
            assertThat(((VmSample) sample).cpuUsageRatio()).isBetween(0.0, 1.0);
          });
      assertThat(second.apiCalls()).isLessThan(first.apiCalls());
    }
  }

  @Test
  void administrator_isCheckedWithoutAProblem() throws Exception {
    try (OpenStackProvider provider = provider(rc)) {
      CheckReport report = provider.check(Deadline.after(Clouds.PATIENCE));

      assertThat(report.problems()).isEmpty();
      assertThat(report.nodes()).isNotEmpty();
      assertThat(report.facts().version()).startsWith("Nova 2.");
    }
  }

  @Test
  void member_seesItsOwnProject() throws Exception {
    try (OpenStackProvider provider = provider(beside("openrc.demo"))) {
      seesOnlyItsProject(provider.poll(Clouds.tick()));
    }
  }

  @Test
  void applicationCredentials_seeWhatTheirUsersDo() throws Exception {
    JsonNode credentials = new ObjectMapper().readTree(beside("appcred.json").toFile());
    try (OpenStackProvider admin = provider(variables(rc), application(credentials.path("admin")));
        OpenStackProvider member = provider(variables(rc), application(credentials.path("demo")))) {
      assertThat(admin.poll(Clouds.tick()).gaps()).isEmpty();
      seesOnlyItsProject(member.poll(Clouds.tick()));
    }
  }

  private static Credential application(JsonNode of) {
    return new Credential.Application(
        of.path("id").asText(), new Secret(of.path("secret").asText()));
  }

  private static void seesOnlyItsProject(Snapshot snapshot) {
    List<VmState> vms =
        snapshot.vms().stream().filter(vm -> vm.status() != VmStatus.REMOVED).toList();
    assertThat(vms).isNotEmpty();
    assertThat(vms.stream().map(VmState::group).distinct()).hasSize(1);
    assertThat(snapshot.nodes()).isEmpty();
    assertThat(snapshot.vmsComplete()).isFalse();
    assertThat(snapshot.gaps()).extracting(Gap::failure).containsOnly(Failure.FORBIDDEN);
  }
}
