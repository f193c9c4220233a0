package io.muster.protocol.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.ProxmoxServer;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from elsewhere never reads this machine. */
class ForeignValuesTest {
  private static final String P =
      "'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'hidden-5f0c'";

  private static Reading read(String members) throws IOException {
    return ServerReader.read(
        new ObjectMapper().readTree(("{" + members + "}").replace('\'', '"')),
        Values.foreign(),
        "default");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'${HOME}'            | tokenSecret    | the value itself
          'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'x${HOME}y'          | tokenSecret    | the value itself
          'name':'a','host':'h','tokenId':'m@pve!t','tokenSecret':'file:/etc/hostname' | tokenSecret    | the value itself
          P,'caCert':'/etc/ssl/ca.pem'                                                 | caCert         | not a path
          P,'caCert':'file:/etc/ssl/ca.pem'                                            | caCert         | the value itself
          P,'tags':['${HOME}']                                                         | tags[0]        | the value itself
          P,'nodeAddresses':{'n':'${HOME}'}                                            | nodeAddresses.n | the value itself
          'name':'k','provider':'kubernetes','kubeConfigPath':'/root/.kube/config'     | kubeConfigPath | not a path
          'name':'k','provider':'kubernetes','kubeConfig':'file:/root/.kube/config'    | kubeConfig     | the value itself
          """)
  void references_areRefused(String members, String key, String expected) throws IOException {
    Reading reading = read(members.replace("P,", P + ","));
    assertThat(reading.server()).isNull();
    assertThat(reading.problems())
        .anySatisfy(problem -> {
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.expected()).contains(expected);
        });
    assertThat(reading.problems().toString()).doesNotContain("hidden");
  }

  @Test
  void dollars_standForThemselves() throws IOException {
    Reading reading = read(P.replace("hidden-5f0c", "$$a${b$"));
    ProxmoxServer server = (ProxmoxServer) Objects.requireNonNull(reading.server());
    assertThat(server.token().secret().reveal()).isEqualTo("$$a${b$");
  }
}
