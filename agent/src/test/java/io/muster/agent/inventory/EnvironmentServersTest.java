package io.muster.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.protocol.Fingerprint;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import io.muster.protocol.configuration.ConfigurationProblem;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentServersTest {
  private static final String PIN = "ab".repeat(32);

  @TempDir Path temporary;
  private TestFolder folder = new TestFolder(Path.of(""));

  @BeforeEach
  void makeEnvironment() {
    folder =
        new TestFolder(temporary)
            .with("PROXMOX_NODE_1_NAME", "env-1")
            .with("PROXMOX_NODE_1_HOST", "pve1:8007")
            .with("PROXMOX_NODE_1_TOKEN_ID", "mon@pve!m")
            .with("PROXMOX_NODE_1_TOKEN_SECRET", "hidden-5f0c");
  }

  @Test
  void variables_makeProxmoxServer() {
    folder
        .with("PROXMOX_NODE_1_VERIFY_SSL", "no")
        .with("PROXMOX_NODE_1_FINGERPRINT", PIN + ", " + "cd".repeat(32))
        .with("UNRELATED", "x");
    ProxmoxServer server = (ProxmoxServer) folder.server();
    assertThat(server.entry().name()).isEqualTo("env-1");
    assertThat(server.entry().id()).isEqualTo(ServerId.of("default", "env-1"));
    assertThat(server.urls()).containsExactly(URI.create("https://pve1:8007"));
    assertThat(server.token().secret().reveal()).isEqualTo("hidden-5f0c");
    assertThat(server.tls().verify()).isFalse();
    assertThat(server.tls().fingerprints()).hasSize(2).contains(new Fingerprint(PIN));
  }

  @Test
  void servers_areAddedToTheFilesInOrderOfTheirNumbers() {
    folder
        .inventory("[{'name':'file','host':'h','tokenId':'mon@pve!m','tokenSecret':'s'}]")
        .with("PROXMOX_NODE_10_NAME", "env-10")
        .with("PROXMOX_NODE_10_HOST", "h")
        .with("PROXMOX_NODE_10_TOKEN_ID", "mon@pve!m")
        .with("PROXMOX_NODE_10_TOKEN_SECRET", "s")
        .with("PROXMOX_NODE_2_NAME", "");
    assertThat(folder.servers())
        .extracting(Server::entry)
        .extracting("name")
        .containsExactly("file", "env-1", "env-10");
  }

  @Test
  void secret_comesFromItsFile() {
    folder.environment.remove("PROXMOX_NODE_1_TOKEN_SECRET");
    folder
        .write("secret", "from-file\n")
        .with("PROXMOX_NODE_1_TOKEN_SECRET_FILE", temporary.resolve("secret").toString());
    assertThat(((ProxmoxServer) folder.server()).token().secret().reveal()).isEqualTo("from-file");
  }

  @Test
  void secret_standsForItself() {
    folder.with("PROXMOX_NODE_1_TOKEN_SECRET", "file:${X}");
    assertThat(((ProxmoxServer) folder.server()).token().secret().reveal()).isEqualTo("file:${X}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          NAME              | -x         | NAME              | '-x'                | letters
          HOST              | ""         | HOST              | nothing             | where the server is
          HOST              | http://h   | HOST              | 'http://h'          | https://host:port
          TOKEN_ID          | mon@pve    | TOKEN_ID          | 'mon@pve'           | user@realm!tokenid
          TOKEN_SECRET      | ""         | TOKEN_SECRET      | nothing             | the secret
          TOKEN_SECRET_FILE | /nowhere   | TOKEN_SECRET_FILE | '/nowhere'          | only one of
          VERIFY_SSL        | maybe      | VERIFY_SSL        | 'maybe'             | true or false
          FINGERPRINT       | AB         | FINGERPRINT       | 'AB'                | 64 hexadecimal digits
          TOKENSECRET       | hidden-5f0c | TOKENSECRET      | an unknown variable | did you mean 'PROXMOX_NODE_1_TOKEN_SECRET'?
          COLOUR            | red        | COLOUR            | an unknown variable | FINGERPRINT, HOST, NAME
          """)
  void wrongVariable_isNamed(
      String suffix, String value, String named, String found, String expected) {
    folder.with("PROXMOX_NODE_1_" + suffix, value);
    assertThat(folder.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.file()).isEqualTo(ConfigurationProblem.ENVIRONMENT);
          assertThat(problem.entry()).startsWith("PROXMOX_NODE_1");
          assertThat(problem.key()).isEqualTo("PROXMOX_NODE_1_" + named);
          assertThat(problem.found()).isEqualTo(found);
          assertThat(problem.expected()).contains(expected);
          assertThat(problem.toString()).doesNotContain("hidden-5f0c");
        });
  }

  @Test
  void missingSecretFile_isNamedOnce() {
    folder.environment.remove("PROXMOX_NODE_1_TOKEN_SECRET");
    folder.with("PROXMOX_NODE_1_TOKEN_SECRET_FILE", "/nowhere");
    assertThat(folder.problems())
        .singleElement()
        .extracting(ConfigurationProblem::key)
        .isEqualTo("PROXMOX_NODE_1_TOKEN_SECRET_FILE");
  }

  @Test
  void nameOfTheFile_isTaken() {
    folder.inventory("[{'name':'env-1','host':'h','tokenId':'mon@pve!m','tokenSecret':'s'}]");
    assertThat(folder.problems())
        .singleElement()
        .extracting(ConfigurationProblem::key)
        .isEqualTo("PROXMOX_NODE_1_NAME");
  }

  @Test
  void applicationYml_namesServersLikeTheEnvironmentWhichWins() {
    folder
        .write(
            "application.yml",
            """
            PROXMOX_NODE_1_HOST: other:8006
            PROXMOX_NODE_2_NAME: yml-2
            PROXMOX_NODE_2_HOST: pve2
            PROXMOX_NODE_2_TOKEN_ID: mon@pve!m
            """)
        .with("PROXMOX_NODE_2_TOKEN_SECRET", "hidden-5f0c");

    assertThat(folder.servers())
        .extracting(server -> ((ProxmoxServer) server).urls().getFirst())
        .containsExactly(URI.create("https://pve1:8007"), URI.create("https://pve2:8006"));
  }

  @Test
  void wrongVariableOfApplicationYml_isToldWithWhereItsServerStands() {
    folder.write(
        "application.yml", "PROXMOX_NODE_1_VERIFY_SSL: maybe\nPROXMOX_NODE_7_NAME: lost\n");

    assertThat(folder.problems())
        .extracting(ConfigurationProblem::message)
        .anyMatch(message ->
            message.startsWith(
                "application.yml and environment: PROXMOX_NODE_1 'env-1': PROXMOX_NODE_1_VERIFY_SSL"))
        .anyMatch(message ->
            message.startsWith(
                "application.yml: PROXMOX_NODE_7 'lost': PROXMOX_NODE_7_HOST: found nothing"));
  }
}
