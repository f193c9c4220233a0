package io.muster.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.link.TestAgent;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.link.CheckAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class CheckRoutesTest {
  private static final String SERVERS = "/api/v1/servers";

  private final ControlRig rig;
  private final TestTenant tenant;
  private final String siteName = ControlRig.name("site");
  private final UUID site;
  private final Client admin;
  private final List<TestAgent> agents = new ArrayList<>();

  CheckRoutesTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    site = tenant.site(siteName);
    admin = tenant.admin();
  }

  private void connect(Function<Server, CompletableFuture<CheckAnswer>> checks) {
    agents.add(TestAgent.connect(rig, tenant.agentToken(site), siteName, checks));
  }

  @AfterEach
  void close() {
    agents.forEach(TestAgent::close);
  }

  private static String entry(String name) {
    return "{\"name\":\"%s\",\"host\":\"h\",\"tokenId\":\"m@pve!t\",\"tokenSecret\":\"hidden-5f0c\"}"
        .formatted(name);
  }

  private static CheckAnswer fine() {
    return new CheckAnswer(true, 12.5, "9.0.5", 3, null, null, List.of("VM.Audit"), List.of());
  }

  @Test
  void test_withoutAnAgent_isUnavailable() {
    admin.post(SERVERS, entry("pve"));

    Answer known = tenant.operator().post(SERVERS + "/name:pve/test", "{}");
    assertThat(known.status()).isEqualTo(503);
    assertThat(known.code()).isEqualTo("agent-not-connected");
    assertThat(admin.post(SERVERS + "/test", entry("new")).status()).isEqualTo(503);
  }

  @Test
  void test_givesTheAgentTheSecretAndAnswersWhatItSaw() {
    admin.post(SERVERS, entry("pve"));
    connect(server -> {
      assertThat(((ProxmoxServer) server).token().secret().reveal()).isEqualTo("hidden-5f0c");
      return CompletableFuture.completedFuture(fine());
    });

    for (Answer answer :
        List.of(
            admin.post(SERVERS + "/name:pve/test", "{}"),
            admin.post(SERVERS + "/test", entry("new")))) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.json().path("ok").asBoolean()).isTrue();
      assertThat(answer.json().path("version").asText()).isEqualTo("9.0.5");
      assertThat(answer.json().path("missingPrivileges").path(0).asText()).isEqualTo("VM.Audit");
      assertThat(answer.json().path("failure").isNull()).isTrue();
      assertThat(answer.body()).doesNotContain("hidden-5f0c");
    }
    assertThat(admin.get(SERVERS).json().path("total").asInt()).isEqualTo(1);
    assertThat(admin.post(SERVERS + "/test", "{\"name\":\"x\"}").status()).isEqualTo(400);
    assertThat(tenant.operator().post(SERVERS + "/test", entry("new")).status()).isEqualTo(403);
  }

  @Test
  void healthCheck_asksAllEnabledOnesAtOnce() {
    for (String name : List.of("a", "b", "c")) {
      admin.post(SERVERS, entry(name));
    }
    admin.post(SERVERS, entry("off").replace("{", "{\"enabled\":false,"));
    CountDownLatch all = new CountDownLatch(3);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    connect(server -> {
      all.countDown();
      if (all.getCount() == 0) {
        asked.complete(null);
      }
      return asked.thenApply(nothing -> answerOf(server));
    });

    JsonNode answer = tenant.operator().post(SERVERS + "/health-check", "{}").json();

    assertThat(answer.findValuesAsText("name")).containsExactly("a", "b", "c");
    assertThat(answer.findValuesAsText("status")).containsExactly("online", "offline", "online");
    assertThat(answer.path(1).path("error").asText()).isEqualTo("wrong token");
  }

  private static CheckAnswer answerOf(Server server) {
    return server.entry().name().equals("b")
        ? CheckAnswer.failed(Failure.UNAUTHORIZED, "wrong token", List.of())
        : fine();
  }

  @Test
  void agentThatIsLost_isAnAnswer() {
    admin.post(SERVERS, entry("pve"));
    connect(server -> {
      agents.forEach(TestAgent::close);
      return new CompletableFuture<>();
    });

    JsonNode answer = admin.post(SERVERS + "/name:pve/test", "{}").json();

    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(answer.path("failure").asText()).isEqualTo("UNREACHABLE");
    assertThat(answer.path("error").asText()).contains("agent");
  }
}
