package io.muster.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.protocol.ProviderKind;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import io.muster.protocol.configuration.ConfigurationProblem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryFileTest {
  private static final String TOKEN = "'tokenId':'mon@pve!m','tokenSecret':'hidden-secret'";
  private static final String PVE = "{'name':'a','host':'h'," + TOKEN;

  @TempDir Path temporary;
  private TestFolder folder = new TestFolder(Path.of(""));

  @BeforeEach
  void makeFolder() {
    folder = new TestFolder(temporary);
  }

  @Test
  void entryWithoutProvider_isProxmoxWithDefaults() {
    Server server = folder.inventory("{'servers':[" + PVE + "}]}").server();
    assertThat(server.kind()).isEqualTo(ProviderKind.PROXMOX);
    assertThat(server.entry().enabled()).isTrue();
    assertThat(server.entry().interval()).isNull();
    assertThat(server.entry().route()).isEqualTo("direct");
    assertThat(((ProxmoxServer) server).tls().verify()).isTrue();
    assertThat(((ProxmoxServer) server).actionToken()).isNull();
  }

  @Test
  void bareArray_isRead() {
    assertThat(folder.inventory("[" + PVE + "}]").servers()).hasSize(1);
  }

  @Test
  void olderFileName_isReadWhenTheNewerIsMissing() {
    folder.write("proxmox_config.json", ("[" + PVE + "}]").replace('\'', '"'));
    assertThat(folder.server().entry().name()).isEqualTo("a");
    folder.inventory("[{'name':'b','host':'h'," + TOKEN + "}]");
    assertThat(folder.server().entry().name()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'allowInsecure':true                     | false
          'allowInsecure':false                    | true
          'verifyTls':false                        | false
          'verifyTls':false,'allowInsecure':true   | false
          'type':'proxmox'                         | true
          """)
  void olderKeys_areRead(String keys, boolean verify) {
    ProxmoxServer server = (ProxmoxServer) folder.inventory("[" + PVE + "," + keys + "}]").server();
    assertThat(server.tls().verify()).isEqualTo(verify);
  }

  @Test
  void olderType_choosesPlatform() {
    Server server =
        folder.inventory("[{'name':'k','type':'kubernetes','inCluster':true}]").server();
    assertThat(server.kind()).isEqualTo(ProviderKind.KUBERNETES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'host':'pve1'                          | https://pve1:8006
          'host':'pve1:8007'                     | https://pve1:8007
          'host':'pve1','port':443               | https://pve1:443
          'host':'192.0.2.1'                     | https://192.0.2.1:8006
          'host':'[2001:db8::1]:8007'            | https://[2001:db8::1]:8007
          'host':'[2001:db8::1]'                 | https://[2001:db8::1]:8006
          'host':'2001:db8::1'                   | https://[2001:db8::1]:8006
          'host':'https://pve1:8006'             | https://pve1:8006
          'url':'https://pve1'                   | https://pve1:8006
          'url':'https://pve1:443'               | https://pve1:443
          'url':'HTTPS://pve1:8006/'             | https://pve1:8006
          'url':'https://pve1:8006/api2/json'    | https://pve1:8006
          'urls':['https://pve1:8006']           | https://pve1:8006
          """)
  void proxmoxAddress_isReadAsPeopleWriteIt(String keys, URI expected) {
    Server server = folder.inventory("[{'name':'a'," + keys + "," + TOKEN + "}]").server();
    assertThat(((ProxmoxServer) server).urls()).containsExactly(expected);
  }

  @Test
  void ids_areOwnOrMadeOfSiteAndName() {
    assertThat(folder.inventory("[" + PVE + "}]").server().entry().id())
        .isEqualTo(ServerId.of("default", "a"));
    folder.site = "berlin";
    assertThat(folder.server().entry().id()).isEqualTo(ServerId.of("berlin", "a"));
    folder.inventory("[" + PVE + ",'id':'0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50'}]");
    assertThat(folder.server().entry().id()).hasToString("0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50");
  }

  @Test
  void commonKeys_areRead() {
    var entry =
        folder
            .inventory(
                "["
                    + PVE
                    + ",'enabled':false,'intervalSeconds':20,'route':'vpn','tags':['x','y z'],"
                    + "'site':'default','proxy':'http://u:p@proxy:3128'}]")
            .server()
            .entry();
    assertThat(entry.enabled()).isFalse();
    assertThat(entry.interval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(entry.route()).isEqualTo("vpn");
    assertThat(entry.tags()).containsExactly("x", "y z");
    assertThat(Objects.requireNonNull(entry.proxy()).getUserInfo()).isEqualTo("u:p");
    assertThat(entry.toString()).contains("proxy:3128").doesNotContain("u:p");
  }

  @Test
  void values_areTakenFromEnvironmentAndFiles() {
    folder
        .inventory(
            "[{'name':'${N}','host':'${H}.example.org','tokenId':'mon@pve!m','tokenSecret':'file:s/${N}'}]")
        .with("N", "pve-7")
        .with("H", "seven")
        .write("s/pve-7", " from-file \r\n");
    ProxmoxServer server = (ProxmoxServer) folder.server();
    assertThat(server.entry().name()).isEqualTo("pve-7");
    assertThat(server.urls()).containsExactly(URI.create("https://seven.example.org:8006"));
    assertThat(server.token().secret().reveal()).isEqualTo("from-file");
  }

  @Test
  void doubledDollar_isPlain() {
    folder.inventory("[{'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':'x$${y}z$'}]");
    assertThat(((ProxmoxServer) folder.server()).token().secret().reveal()).isEqualTo("x${y}z$");
  }

  @Test
  void environmentsValue_isNotResolvedAgain() {
    folder
        .inventory("[{'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':'${S}'}]")
        .with("S", "file:${S}");
    assertThat(((ProxmoxServer) folder.server()).token().secret().reveal()).isEqualTo("file:${S}");
  }

  @Test
  void emptyList_isAnInventory() {
    assertThat(folder.inventory("{'servers':[]}").servers()).isEmpty();
  }

  @Test
  void byteOrderMark_isIgnored() {
    assertThat(folder.inventory("\uFEFF[" + PVE + "}]").servers()).hasSize(1);
  }

  @Test
  void nothingConfigured_namesBothWays() {
    assertThat(folder.problems())
        .singleElement()
        .extracting(ConfigurationProblem::message)
        .asString()
        .contains("infrastructure_config.json", "proxmox_config.json", "MUSTER_CONFIG")
        .contains("PROXMOX_NODE_1_HOST");
  }

  @Test
  void missingFile_isFineWhenEnvironmentNamesServers() {
    folder
        .with("PROXMOX_NODE_1_NAME", "e")
        .with("PROXMOX_NODE_1_HOST", "h")
        .with("PROXMOX_NODE_1_TOKEN_ID", "mon@pve!m")
        .with("PROXMOX_NODE_1_TOKEN_SECRET", "s");
    assertThat(folder.server().entry().name()).isEqualTo("e");
  }

  @Test
  void twoReadings_areEqual() {
    folder.inventory("[" + PVE + ",'tags':['x']}]");
    assertThat(folder.servers()).isEqualTo(folder.servers());
  }
}
