package io.muster.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.exceptions.EmptyResultException;
import io.micronaut.http.HttpStatus;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.link.AgentNews;
import io.muster.control.problem.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Who may read along, for how long, and how many. */
@OnBothDatabases
final class LiveAccessTest {
  /** Far more than a look takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ControlRig rig;
  private final TestTenant tenant;
  private final List<TestReader> open = new ArrayList<>();

  LiveAccessTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
  }

  @AfterEach
  void close() {
    open.forEach(TestReader::close);
  }

  @Test
  void personWithAnotherRoleOrScope_readsAnew() throws Exception {
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("role", "viewer"), Map.of("scope", Map.of("tags", List.of("shop"))))) {
      Client person = tenant.signedIn(Role.OPERATOR);
      TestReader reader = reader(Objects.requireNonNull(person.token()));

      Answer changed = tenant.admin().patch("/api/v1/users/" + newest(), change);

      assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
      assertEnds(reader, "access-changed");
      reader(person.token());
    }
  }

  @Test
  void personWhoIsDisabledOrDeleted_readsOnNoMore() throws Exception {
    TestReader disabled = reader(Objects.requireNonNull(tenant.signedIn(Role.VIEWER).token()));
    Answer answer = tenant.admin().patch("/api/v1/users/" + newest(), Map.of("enabled", false));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertEnds(disabled, "access-ended");

    TestReader deleted = reader(Objects.requireNonNull(tenant.signedIn(Role.VIEWER).token()));
    assertThat(tenant.admin().delete("/api/v1/users/" + newest()).status()).isEqualTo(204);
    assertEnds(deleted, "access-ended");
  }

  @Test
  void tenantThatIsDeleted_endsItsStreams() throws Exception {
    TestTenant ending = rig.tenant();
    TestReader script = reader(ending.token(Role.VIEWER));
    TestReader person = reader(Objects.requireNonNull(ending.signedIn(Role.ADMIN).token()));

    Answer deleted = rig.home().admin().delete("/api/v1/tenants/" + ending.id());

    assertThat(deleted.status()).as(deleted.toString()).isEqualTo(204);
    assertEnds(script, "access-ended");
    assertEnds(person, "access-ended");
  }

  @Test
  void whileTheDatabaseIsAway_aReaderReadsOn() throws Exception {
    ScriptedTokens tokens = rig.bean(ScriptedTokens.class);
    String token = tokens.of(caller(UUID.randomUUID()));
    TestReader reader = reader(token);
    tokens.become(
        token,
        () -> {
          throw new DataAccessException("Cannot read", new SQLException("Connection refused"));
        });

    // The second look begins when the first one has had its consequences.
    awaitLook(tokens);
    awaitLook(tokens);
    rig.bean(LiveEvents.class).publish(new LiveEvent.OfAgent(news()));

    assertThat(reader.next().name()).isEqualTo("agent");
  }

  @Test
  void whateverElseStandsAgainstIt_aReaderReadsOnNoMore() throws Exception {
    ScriptedTokens tokens = rig.bean(ScriptedTokens.class);
    for (RuntimeException failure :
        List.of(
            new EmptyResultException(),
            new NoSuchElementException("There is no such tenant"),
            ProblemException.forbidden("No."),
            ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "issuer-unavailable", "No."))) {
      String token = tokens.of(caller(UUID.randomUUID()));
      TestReader reader = reader(token);
      tokens.become(
          token,
          () -> {
            throw failure;
          });
      rig.bean(AccessWatch.class).look();

      assertEnds(reader, "access-ended");
    }
  }

  @Test
  void streamsOfAll_areBounded() throws Exception {
    LiveReaders readers = rig.bean(LiveReaders.class);
    String viewer = tenant.token(Role.VIEWER);
    List<Publisher<byte[]>> taken = new ArrayList<>();
    try {
      while (readers.list().size() < LiveReaders.MAX) {
        Caller caller = caller(UUID.randomUUID());
        for (int i = 0; i < LiveReaders.MAX_OF_CALLER; i++) {
          if (readers.list().size() < LiveReaders.MAX) {
            taken.add(readers.open(caller, "", null, null));
          }
        }
      }

      TestReader refused = TestReader.answer(rig, viewer, "", Map.of());

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      assertThat(refused.body()).contains("too-many-streams", "All streams");
    } finally {
      taken.forEach(one -> Flux.from(one).subscribe().dispose());
    }
    reader(viewer);
  }

  private void awaitLook(ScriptedTokens tokens) throws InterruptedException {
    int before = tokens.asked();
    Instant end = Instant.now().plus(PATIENCE);
    rig.bean(AccessWatch.class).look();
    while (tokens.asked() == before) {
      assertThat(Instant.now()).as("nobody looks").isBefore(end);
      Thread.sleep(10);
    }
  }

  private static void assertEnds(TestReader reader, String reason) throws InterruptedException {
    assertThat(reader.next().text("reason")).isEqualTo(reason);
    reader.awaitEnd();
  }

  /** Id of the person who was made last. */
  private String newest() {
    return tenant
        .admin()
        .get("/api/v1/users")
        .json()
        .path("items")
        .valueStream()
        .max(Comparator.comparing(user -> Instant.parse(user.path("createdAt").asText())))
        .orElseThrow()
        .path("id")
        .asText();
  }

  private TestReader reader(String token) throws Exception {
    TestReader reader = TestReader.open(rig, token, "", Map.of());
    open.add(reader);
    return reader;
  }

  private Caller caller(UUID id) {
    return new Caller(
        Caller.Kind.API_TOKEN,
        id,
        "x",
        tenant.id(),
        false,
        Role.VIEWER,
        Scope.ALL,
        false,
        null,
        "127.0.0.1");
  }

  private AgentNews news() {
    return new AgentNews(
        tenant.id(),
        UUID.randomUUID(),
        "berlin",
        AgentNews.State.LOST,
        UUID.randomUUID(),
        "1",
        "gone",
        Instant.now());
  }
}
