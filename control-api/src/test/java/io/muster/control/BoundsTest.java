package io.muster.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class BoundsTest {
  private final Client admin;

  BoundsTest(Database database) {
    admin = ControlRig.on(database).tenant().admin();
  }

  @Test
  void bodyAboveTheBound_isTooLarge() {
    Answer answer = admin.post("/api/v1/sites", "{\"name\": \"" + "x".repeat(1_300_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("too-large");
  }

  @Test
  void deeplyNestedJson_isRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    for (String path :
        new String[] {"/api/v1/sites", "/api/v1/servers", "/api/v1/servers/import"}) {
      Answer answer = admin.post(path, "{\"name\": " + deep + "}");
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.code()).as(path).isNotEmpty();
    }
  }

  @Test
  void longHeader_isRefused() {
    Answer answer = admin.send("GET", "/api/v1/sites", null, Map.of("X-Long", "x".repeat(20_000)));

    assertThat(answer.status()).isIn(400, 413, 431);
  }

  @Test
  void longAddress_isRefused() {
    assertThat(admin.get("/api/v1/sites?x=" + "x".repeat(10_000)).status()).isIn(400, 413, 414);
  }

  @Test
  void pagesOutOfBounds_areFieldProblems() {
    for (String query : new String[] {"size=1001", "size=0", "page=-1", "size=many"}) {
      Answer answer = admin.get("/api/v1/sites?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asText())
          .as(query)
          .isEqualTo(query.substring(0, query.indexOf('=')));
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
  }

  /** PostgreSQL keeps no NUL; H2 does. */
  @Test
  void nulCharacter_isNeverAFailureOfOurs() {
    for (String path :
        new String[] {
          "servers?q=%00", "servers?tag=%00", "servers?site=%00", "servers?provider=%00",
          "servers/name:%00", "sites/name:%00", "audit?who=%00", "audit?subject=%00"
        }) {
      Answer answer = admin.get("/api/v1/" + path);
      assertThat(answer.status()).as(answer.toString()).isIn(200, 400, 404);
    }
    for (String path : new String[] {"login", "users", "sites", "tokens", "servers"}) {
      Answer answer =
          admin.post(
              "/api/v1/" + path,
              Map.of("username", "\0", "password", "\0", "name", "\0", "role", "viewer"));
      assertThat(answer.status()).as(answer.toString()).isIn(400, 401);
    }
  }

  @Test
  void unknownAddressMethodAndType_areProblems() {
    assertThat(admin.get("/api/v1/nothing").code()).isEqualTo("not-found");
    assertThat(admin.put("/api/v1/sites", "{}").code()).isEqualTo("method-not-allowed");
    assertThat(
            admin
                .send("POST", "/api/v1/sites", "name", Map.of("Content-Type", "text/plain"))
                .code())
        .isEqualTo("unsupported-media-type");
  }
}
