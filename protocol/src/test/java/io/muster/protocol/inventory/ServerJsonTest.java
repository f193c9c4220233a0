package io.muster.protocol.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.Server;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written reads back as the same server, in one piece and in two. */
class ServerJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  private static Server read(JsonNode entry) {
    Reading reading = ServerReader.read(entry, Values.foreign(), "default");
    assertThat(reading.problems()).isEmpty();
    return Objects.requireNonNull(reading.server());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'hidden-5f0c'}",
        """
        {'name':'a','urls':['h:1','h:2'],'nodeAddresses':{'n':'h:3'},'tokenId':'m@pve!t',
         'tokenSecret':'hidden-5f0c','actionTokenId':'m@pve!a','actionTokenSecret':'hidden-5f0d',
         'allowInsecure':true,'enabled':false,'intervalSeconds':20,'route':'vpn','tags':['x','y z'],
         'proxy':'http://me:hidden-5f0e@p:3128','id':'0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50',
         'fingerprints':['abababababababababababababababababababababababababababababababab']}
        """,
        "{'name':'k','type':'kubernetes','inCluster':true,'namespace':'shop'}",
        "{'name':'k','provider':'kubernetes','url':'https://k:6443','token':'hidden-5f0c','kubelet':true}",
        "{'name':'k','provider':'kubernetes','kubeConfig':'hidden-5f0c','kubeConfigContext':'c'}",
        """
        {'name':'o','provider':'openstack','authUrl':'https://o:5000/v3','region':'R','username':'u',
         'password':'hidden-5f0c','projectName':'p','verifyTls':false}
        """,
        """
        {'name':'o','provider':'openstack','authUrl':'https://o:5000/v3','region':'R',
         'applicationCredentialId':'i','applicationCredentialSecret':'hidden-5f0c'}
        """
      })
  void writtenServer_readsBackAsTheSame(String text) throws IOException {
    Server server = read(json(text));
    ObjectNode written = ServerJson.write(server);
    assertThat(read(written)).isEqualTo(server);
    SplitEntry split = SplitEntry.of(written);
    assertThat(split.settings().toString()).doesNotContain("hidden");
    assertThat(split.toString()).doesNotContain("hidden");
    assertThat(split.join()).isEqualTo(written);
    assertThat(ServerJson.write(read(split.join()))).isEqualTo(written);
  }

  @Test
  void proxysAddress_isShownWithoutItsUser() throws IOException {
    SplitEntry split = SplitEntry.of(json("{'proxy':'http://me:hidden-5f0e@p:3128'}"));
    assertThat(split.settings().path("proxy").asText()).isEqualTo("http://p:3128");
    assertThat(split.secrets()).containsEntry("proxy", "http://me:hidden-5f0e@p:3128");
    assertThat(SplitEntry.of(json("{'proxy':'http://p:3128'}")).secrets()).isEmpty();
  }
}
