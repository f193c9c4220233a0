package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInventoryTest {
  @TempDir Path folder;

  @Test
  void read_bringsWhatTheFileRefersTo_andTheIdsThatRowsStandOn() throws IOException {
    Files.writeString(folder.resolve("secret"), "11111111-2222-4333-8444-555555555555\n");
    var file =
        write(
            """
            {"servers":[
              {"name":"a","host":"pve-a","tokenId":"m@pve!t","tokenSecret":"file:secret"},
              {"id":"0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50","name":"b","host":"pve-b",
               "tokenId":"m@pve!t","tokenSecret":"${OF_B}"}]}
            """);
    var servers = FileInventory.read(file, "berlin", Map.of("OF_B", "secret of b")).servers();
    assertThat(servers)
        .extracting(server -> server.path("id").asText())
        .containsExactly(
            ServerId.of("berlin", "a").toString(), "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50");
    assertThat(servers)
        .extracting(server -> server.path("tokenSecret").asText())
        .containsExactly("11111111-2222-4333-8444-555555555555", "secret of b");
  }

  @Test
  void read_tellsAllThatIsWrong_andNoSecret() throws IOException {
    var file =
        write(
            """
            {"servers":[{"name":"a","tokenId":"m@pve!t","tokenSecret":"${MISSING}"},
                        {"name":"b","host":"pve-b","tokenId":"t=hidden-secret","tokenSecret":"x"}]}
            """);
    assertThatThrownBy(() -> FileInventory.read(file, "berlin", Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("servers[0] 'a': urls")
        .hasMessageContaining("servers[0] 'a': tokenSecret")
        .hasMessageContaining("servers[1] 'b': tokenId")
        .hasMessageNotContaining("hidden-secret");
  }

  @Test
  void digest_tellsOneContentFromAnother() throws IOException {
    var one = FileInventory.read(write("{\"servers\":[]}"), "berlin", Map.of());
    var same = FileInventory.read(write("{\"servers\":[]}"), "berlin", Map.of());
    var other = FileInventory.read(write("{\"servers\": []}"), "berlin", Map.of());
    assertThat(one.digest()).isEqualTo(same.digest()).isNotEqualTo(other.digest());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("servers.json"), text);
  }
}
