package io.muster.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.muster.agent.inventory.LinkInventorySource;
import io.muster.agent.link.ScriptedControlApi.Line;
import io.muster.agent.provider.ConnectProxy;
import io.muster.agent.provider.Proxies;
import io.muster.protocol.AddressRules;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.InventoryItem;
import io.muster.protocol.link.LinkProtocol;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The agent's end of the link, with a control API that says what it is told. */
final class LinkClientTest {
  private static final Secret TOKEN = new Secret("msa_hidden-5f0c");

  /** This machine by a name that no rule of proxies exempts by itself. */
  private static final String HERE = "0.0.0.0";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.muster");
  private final LinkInventorySource inventory;
  private final ScriptedControlApi api;

  LinkClientTest(@TempDir Path folder) throws Exception {
    inventory = LinkInventorySource.open(folder, "lab", TOKEN);
    api = new ScriptedControlApi();
  }

  @BeforeEach
  void listenToTheLog() {
    log.start();
    ours.addAppender(log);
    ours.setLevel(Level.TRACE);
  }

  @AfterEach
  void close() throws Exception {
    ours.setLevel(null);
    ours.detachAppender(log);
    api.close();
  }

  @Test
  void controlApiThatFallsSilent_isGivenUpAndLinkedAnew() throws Exception {
    try (LinkClient client = client("127.0.0.1", Map.of(), Duration.ofSeconds(1))) {
      client.start();
      Line silent = api.welcomed();
      until("linked", () -> client.status().connected());

      Line next = api.next();
      assertThat(client.status().connected()).isFalse();
      assertThat(client.status().problem()).isEqualTo("the control API was silent for 1 s");
      assertThat(silent.head).contains("Bearer " + TOKEN.reveal());
      next.say(new ControlMessage.Heartbeat());
      next.hear(AgentMessage.Hello.class);
      next.say(new ControlMessage.Welcome(1, "9.9", List.of()));
      until("linked anew", () -> client.status().connected());
    }
  }

  @Test
  void inventoryInParts_isTakenWholeOrNotAtAll() throws Exception {
    try (LinkClient client = client("127.0.0.1", Map.of(), LinkProtocol.DEAD_AFTER)) {
      client.start();
      Line first = api.welcomed();
      first.say(part(5, 1, 2, "a"));
      first.cut();

      Line second = api.welcomed();
      assertThat(inventory.current()).as("half of one is none").isNull();
      second.say(part(6, 1, 2, "a", "b"));
      second.say(part(6, 2, 2, "c"));
      AgentMessage.InventoryTaken taken = second.hear(AgentMessage.InventoryTaken.class);
      assertThat(taken.revision()).isEqualTo(6);
      assertThat(names()).containsExactly("a", "b", "c");

      second.say(part(7, 2, 2, "d"));
      api.welcomed();
      assertThat(names()).as("a part out of its turn is refused").containsExactly("a", "b", "c");
      assertThat(inventory.revision()).isEqualTo(6);
    }
  }

  @Test
  void proxyWithAPassword_isUsed_andItsPasswordIsNowhere() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:open sesame")) {
      String url = proxy.url("agent:open%20sesame").toString();
      try (LinkClient client = client(HERE, Map.of("HTTPS_PROXY", url), LinkProtocol.DEAD_AFTER)) {
        client.start();
        Line line = api.welcomed();
        until("linked", () -> client.status().connected());

        assertThat(proxy.tunnels()).containsExactly(HERE + ":" + api.port());
        assertThat(line.head).doesNotContainIgnoringCase("proxy-authorization");
        assertThat(client.status().toString()).doesNotContain("sesame");
      }
    }
    assertThatNothingSecretWasLogged();
  }

  @Test
  void proxyThatRefusesThePassword_isToldWithoutIt() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:another one")) {
      String url = proxy.url("agent:open%20sesame").toString();
      try (LinkClient client = client(HERE, Map.of("HTTPS_PROXY", url), LinkProtocol.DEAD_AFTER)) {
        client.start();
        until("refused", () -> client.status().problem() != null);

        assertThat(client.status().problem())
            .contains("HTTPS_PROXY")
            .doesNotContain("sesame", "agent:");
        assertThat(proxy.tunnels()).isEmpty();
      }
    }
    assertThatNothingSecretWasLogged();
  }

  @Test
  void addressOfNoProxy_isReachedWithoutOne() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:open sesame");
        LinkClient client =
            client(
                HERE,
                Map.of("HTTPS_PROXY", proxy.url(null).toString(), "NO_PROXY", "elsewhere," + HERE),
                LinkProtocol.DEAD_AFTER)) {
      client.start();
      api.welcomed();
      until("linked", () -> client.status().connected());

      assertThat(proxy.tunnels()).isEmpty();
    }
  }

  private LinkClient client(String host, Map<String, String> environment, Duration deadAfter)
      throws Exception {
    AgentMessage.Hello hello =
        new AgentMessage.Hello(
            LinkProtocol.VERSION,
            UUID.randomUUID(),
            UUID.randomUUID(),
            "1.2",
            "lab",
            Instant.now());
    return new LinkClient(
        new LinkTransport(
            URI.create("http://" + host + ":" + api.port()),
            TOKEN,
            TlsTrust.system(),
            new Proxies(null, environment),
            null),
        hello,
        inventory,
        AddressRules.DEFAULT,
        server -> Optional.empty(),
        () -> new AgentMessage.Heartbeat(0, 0, 0, 0),
        deadAfter);
  }

  private List<String> names() {
    return Objects.requireNonNull(inventory.current()).servers().stream()
        .map(server -> server.entry().name())
        .toList();
  }

  private static ControlMessage.Inventory part(long revision, int part, int of, String... names) {
    return new ControlMessage.Inventory(
        revision, part, of, List.of(names).stream().map(LinkClientTest::item).toList());
  }

  private static InventoryItem item(String name) {
    ServerId id = new ServerId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    return InventoryItem.of(
        new ProxmoxServer(
            new ServerEntry(id, name, true, null, "direct", List.of(), null),
            List.of(URI.create("https://pve1:8006")),
            Map.of(),
            new ProxmoxToken("muster@pve!monitor", new Secret("hidden-5f0c")),
            null,
            TlsTrust.system()),
        List.of());
  }

  private void assertThatNothingSecretWasLogged() {
    assertThat(log.list).isNotEmpty();
    assertThat(log.list.stream().map(LinkClientTest::text))
        .noneMatch(text -> text.contains("sesame") || text.contains("hidden-5f0c"));
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  private static void until(String fact, Callable<Boolean> isSo) throws Exception {
    Instant end = Instant.now().plus(ScriptedControlApi.PATIENCE);
    while (!isSo.call()) {
      assertThat(Instant.now()).as(fact + " in time").isBefore(end);
      Thread.sleep(20);
    }
  }
}
