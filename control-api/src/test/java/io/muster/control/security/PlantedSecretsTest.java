package io.muster.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Puts secrets in and looks for them everywhere. */
@OnBothDatabases
class PlantedSecretsTest {
  /** In every planted secret. */
  private static final String MARK = "pLaNtEd";

  private final ControlRig rig;

  PlantedSecretsTest(Database database) {
    rig = ControlRig.on(database);
  }

  @Test
  void secrets_areInNoAnswerNoLogLineAndNotInTheDatabase() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger ours = (Logger) LoggerFactory.getLogger("io.muster");
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = ours.getLevel();
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.TRACE);
    List<String> seen = new ArrayList<>();
    try {
      plant().forEach(answer -> seen.add(answer.body() + answer.response().headers().map()));
    } finally {
      ours.setLevel(before);
      root.detachAppender(log);
    }

    assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(MARK));
    assertThat(log.list.stream().map(PlantedSecretsTest::text))
        .noneMatch(text -> text.contains(MARK));
    String dump = String.join("\n", rig.bean(DatabaseDump.class).lines());
    assertThat(dump)
        .contains("muster@pve!monitor", "users: ", "audit: ")
        .doesNotContain(MARK)
        .doesNotContain(hex(MARK));
  }

  private List<Answer> plant() {
    Fixture fixture = new Fixture(rig);
    Client admin = fixture.tenant().admin();
    List<Answer> answers = new ArrayList<>();
    String server =
        """
        {"name": "%s", "host": "pve.example.org", "tokenId": "muster@pve!monitor", \
        "tokenSecret": "pLaNtEd-1", "actionTokenId": "muster@pve!act", "actionTokenSecret": "pLaNtEd-2"%s}\
        """;
    Answer made = admin.post("/api/v1/servers", server.formatted(ControlRig.name("pve"), ""));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    answers.add(made);
    String path = "/api/v1/servers/" + made.json().path("id").asText();
    // Wrong in every way that a person who pastes a secret can be.
    for (String wrong :
        List.of(
            server.formatted("pve/1", ""),
            server.formatted("pve-2", ", \"unknown\": \"pLaNtEd-3\""),
            server.formatted("pve-3", ", \"port\": \"many\""),
            server.formatted("pve-4", ", \"actionTokenSecret\": [\"pLaNtEd-4\"]"),
            server.formatted("pve-5", ", \"provider\": \"kubernetes\", \"token\": \"pLaNtEd-5\""),
            "{\"name\": \"pLaNtEd-6\", \"tokenSecret\": \"pLaNtEd-7\"",
            "pLaNtEd-8")) {
      answers.add(admin.post("/api/v1/servers", wrong.replace("\"name\": \"pLaNtEd-6\", ", "")));
      answers.add(admin.put(path, wrong.replace("\"name\": \"pLaNtEd-6\", ", "")));
      answers.add(admin.patch(path, wrong.replace("\"name\": \"pLaNtEd-6\", ", "")));
      answers.add(admin.post("/api/v1/servers/test", wrong));
      answers.add(admin.post("/api/v1/users", wrong));
      answers.add(rig.with(null).post("/api/v1/login", wrong));
      answers.add(rig.with(null).post("/api/v1/login/refresh", wrong));
    }
    answers.add(
        rig.with(null)
            .send(
                "POST",
                "/api/v1/login",
                Map.of("username", "admin", "password", "pLaNtEd-9"),
                Map.of("X-Forwarded-For", "203.0.113.77")));
    answers.add(
        rig.with(null).post("/api/v1/login/refresh", Map.of("refreshToken", "mrt_pLaNtEd")));
    answers.add(rig.with("mst_pLaNtEd").get("/api/v1/servers"));
    answers.add(
        fixture
            .tenant()
            .signedIn(Role.VIEWER)
            .put(
                "/api/v1/me/password",
                Map.of("currentPassword", "pLaNtEd-10", "newPassword", "pLaNtEd-11")));
    for (String read :
        List.of(
            "/api/v1/servers",
            path,
            "/api/v1/servers/export",
            "/api/v1/audit",
            "/api/v1/users",
            "/api/v1/tokens",
            "/api/v1/sites",
            "/api/v1/tenants",
            "/api/v1/health/providers")) {
      answers.add(admin.get(read));
    }
    return answers;
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
