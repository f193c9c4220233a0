package io.muster.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the clock ends; on one database, since it takes seconds and none has a part in it. */
final class ExpiryTest {
  @Test
  void tokenThatExpires_endsItsStreams() throws Exception {
    ControlRig rig = ControlRig.on(Database.H2);
    TestTenant tenant = rig.tenant();
    JsonNode token =
        tenant
            .admin()
            .post("/api/v1/tokens", Map.of("name", ControlRig.name("token"), "role", "viewer"))
            .json();
    try (TestReader reader = TestReader.open(rig, token.path("token").asText(), "", Map.of())) {
      Answer changed =
          tenant
              .admin()
              .patch(
                  "/api/v1/tokens/" + token.path("id").asText(),
                  Map.of("expiresAt", Instant.now().plusSeconds(2).toString()));

      assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
      assertThat(reader.next().text("reason")).isEqualTo("access-ended");
      reader.awaitEnd();
    }
  }
}
