package io.muster.control.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Limits are of one QuestDB, which all tests share: each takes a rule, tag or server of its own.
 */
@OnBothDatabases
class LimitRoutesTest {
  private static final String LIMITS = "/api/v1/alerts/thresholds";

  private final ControlRig rig;
  private final TestTenant tenant;
  private final Client admin;

  LimitRoutesTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    tenant.site(ControlRig.name("site"));
    admin = tenant.admin();
  }

  private UUID server(String name) {
    Answer answer =
        admin.post(
            "/api/v1/servers",
            Map.of("name", name, "host", "h", "tokenId", "m@pve!m", "tokenSecret", "s"));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return UUID.fromString(answer.json().path("id").asText());
  }

  private static List<JsonNode> items(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList();
  }

  @Test
  void list_hasEveryRuleWithTheLimitThatMusterBrings_andWhatItMeans() {
    List<JsonNode> all = items(tenant.viewer().get(LIMITS + "?size=1000"));
    assertThat(all).extracting(one -> one.path("rule").asText()).contains("node-cpu", "backup-old");
    JsonNode cpu = items(tenant.viewer().get(LIMITS + "?rule=node-memory")).getFirst();
    assertThat(cpu.path("limit").asDouble()).isEqualTo(90);
    assertThat(cpu.path("enabled").asBoolean()).isTrue();
    assertThat(cpu.path("unit").asText()).isEqualTo("percent");
    assertThat(cpu.path("firesWhen").asText()).contains("ZFS");
    assertThat(cpu.path("setAt").isNull()).isTrue();
    assertThat(tenant.viewer().get(LIMITS + "?rule=no-such").code()).isEqualTo("not-found");
  }

  @Test
  void limitOfAServer_isSetReplacedAndTakenBack_withItsAudit() {
    UUID id = server("pve-1");
    String path = LIMITS + "/node-cpu?server=name:pve-1";
    Answer set = admin.put(path, Map.of("limit", 70));
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    assertThat(set.json().path("serverId").asText()).isEqualTo(id.toString());
    assertThat(set.json().path("setAt").isTextual()).isTrue();
    assertThat(admin.put(path, Map.of("enabled", false)).json().path("limit").asDouble())
        .isEqualTo(90);

    JsonNode listed = items(admin.get(LIMITS + "?server=" + id)).getFirst();
    assertThat(listed.path("server").asText()).isEqualTo("pve-1");
    assertThat(listed.path("enabled").asBoolean()).isFalse();
    assertThat(items(admin.get(LIMITS + "?rule=node-cpu")))
        .extracting(one -> one.path("server").asText(""))
        .contains("pve-1");

    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(items(admin.get(LIMITS + "?server=" + id))).isEmpty();
    assertThat(items(admin.get("/api/v1/audit?kind=threshold")))
        .extracting(entry -> entry.path("verb").asText() + " " + entry.path("detail").asText())
        .containsExactly(
            "unset node-cpu of server pve-1: no longer set",
            "set node-cpu of server pve-1: switched off",
            "set node-cpu of server pve-1: limit 70.0 percent");
  }

  @Test
  void limitOfAServerWithATag_isItsOwnOne_alsoWithAQuoteInIt() {
    server("pve-1");
    String tag = "group=o'brien%20%26%20co";
    String path = LIMITS + "/vm-cpu?server=name:pve-1&tag=" + tag;
    assertThat(admin.put(path, Map.of("limit", 99)).status()).isEqualTo(200);
    assertThat(items(admin.get(LIMITS + "?rule=vm-cpu&server=name:pve-1")))
        .singleElement()
        .satisfies(one -> assertThat(one.path("tag").asText()).isEqualTo("group=o'brien & co"));
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(items(admin.get(LIMITS + "?rule=vm-cpu&server=name:pve-1"))).isEmpty();
  }

  @Test
  void whatCountsForEverybody_isForAdminsOfTheInstallation() {
    Map<String, Integer> limit = Map.of("limit", 5);
    String tag = ControlRig.name("tag");
    for (String query : List.of("", "?tag=" + tag)) {
      Answer refused = admin.put(LIMITS + "/backup-old" + query, limit);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(admin.delete(LIMITS + "/backup-old" + query).status()).isEqualTo(403);
      assertThat(rig.home().operator().put(LIMITS + "/backup-old" + query, limit).status())
          .isEqualTo(403);
      assertThat(rig.home().admin().put(LIMITS + "/backup-old" + query, limit).status())
          .isEqualTo(200);
    }
    assertThat(items(admin.get(LIMITS + "?rule=backup-old")))
        .singleElement()
        .satisfies(own -> assertThat(own.path("limit").asDouble()).isEqualTo(5));
    assertThat(items(rig.home().viewer().get(LIMITS + "?rule=backup-old")))
        .extracting(one -> one.path("tag").asText(""))
        .contains("", tag);

    for (String query : List.of("", "?tag=" + tag)) {
      assertThat(rig.home().admin().delete(LIMITS + "/backup-old" + query).status()).isEqualTo(204);
    }
    JsonNode own = items(admin.get(LIMITS + "?rule=backup-old")).getFirst();
    assertThat(own.path("limit").asDouble()).isEqualTo(8);
  }

  @Test
  void limitsOfOthersServers_areNotSeenAndNotSet() {
    UUID mine = server("pve-1");
    UUID other = server("pve-2");
    admin.put(LIMITS + "/storage-used?server=" + mine, Map.of("limit", 70));
    admin.put(LIMITS + "/storage-used?server=" + other, Map.of("limit", 70));

    Client stranger = rig.tenant().admin();
    assertThat(items(stranger.get(LIMITS + "?rule=storage-used"))).hasSize(1);
    assertThat(stranger.get(LIMITS + "?server=" + mine).status()).isEqualTo(404);
    assertThat(stranger.put(LIMITS + "/storage-used?server=" + mine, Map.of("limit", 1)).status())
        .isEqualTo(404);
    assertThat(stranger.delete(LIMITS + "/storage-used?server=" + mine).status()).isEqualTo(404);

    Scope scope = new Scope(Set.of(mine), Set.of(), Set.of(), Set.of());
    Client narrowed = rig.with(tenant.token(Role.VIEWER, scope, null));
    assertThat(items(narrowed.get(LIMITS + "?rule=storage-used")))
        .extracting(one -> one.path("server").asText(""))
        .containsExactly("", "pve-1");
  }

  @Test
  void whatARuleDoesNotKnow_isRefused() {
    server("pve-1");
    String server = "?server=name:pve-1";
    assertThat(admin.put(LIMITS + "/no-such" + server, Map.of("limit", 1)).status()).isEqualTo(404);
    for (String body : List.of("{}", "{\"limit\":101}", "{\"limit\":-1}", "{\"limit\":\"much\"}")) {
      assertThat(admin.put(LIMITS + "/node-cpu" + server, body).status()).as(body).isEqualTo(400);
    }
    assertThat(admin.put(LIMITS + "/rows-lost" + server, Map.of("limit", 1)).body())
        .contains("judges no servers");
    assertThat(admin.put(LIMITS + "/node-cpu" + server + "&tag=a%3Bb", Map.of("limit", 1)).status())
        .isEqualTo(400);
  }
}
