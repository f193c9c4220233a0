package io.muster.control;

import io.muster.control.account.TestAccounts;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.oidc.TestIssuer;
import io.muster.control.settings.ControlSettings;
import io.muster.control.site.Tenants;
import io.muster.control.site.TestSites;
import io.muster.settings.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A running control API on one database, for all tests of the module; it reads the one {@link
 * TestQuestDb} of all. Tests don't meet: each makes tenants and servers of its own.
 */
public final class ControlRig {
  private static final Map<Database, ControlRig> RIGS = new EnumMap<>(Database.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ControlApi api;
  private final Path folder;

  private ControlRig(ControlApi api, Path folder) {
    this.api = api;
    this.folder = folder;
  }

  /** The one of {@code database}; started when first asked for, ends with the tests' process. */
  public static synchronized ControlRig on(Database database) {
    return RIGS.computeIfAbsent(database, ControlRig::start);
  }

  private static ControlRig start(Database database) {
    ControlRig rig = start(database, TestQuestDb.shared().variables());
    Runtime.getRuntime().addShutdownHook(new Thread(rig.api::close, "rig"));
    return rig;
  }

  /** One of its own on H2, whose QuestDB is cut off. */
  public static Away startedWithoutQuestDb() throws IOException {
    Cable cable = new Cable(TestQuestDb.shared().process().pgAddress());
    cable.cut();
    return new Away(start(Database.H2, TestQuestDb.shared().variables(cable.address())), cable);
  }

  /** A control API whose QuestDB comes later. */
  public record Away(ControlRig rig, Cable cable) implements AutoCloseable {
    public void questDbComes() {
      cable.mend();
    }

    @Override
    public void close() throws IOException {
      rig.api.close();
      cable.close();
    }
  }

  /** One of its own on H2 that takes another issuer's tokens. */
  public static Own startedWith(Map<String, String> issuer) {
    return new Own(start(Database.H2, issuer));
  }

  /** A control API that no other test meets. */
  public record Own(ControlRig rig) implements AutoCloseable {
    @Override
    public void close() {
      rig.api.close();
    }
  }

  private static ControlRig start(Database database, Map<String, String> more) {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "control-");
      Map<String, String> variables = new HashMap<>(database.variables(folder));
      variables.put("MUSTER_DATA", folder.toString());
      variables.put("PORT", "0");
      variables.put("MUSTER_MANAGEMENT_PORT", "0");
      // Tests say where they come from, so that they don't use up each other's attempts.
      variables.put("MUSTER_PROXIES", "127.0.0.1");
      variables.putAll(TestIssuer.shared().variables());
      variables.putAll(more);
      return new ControlRig(
          ControlApi.start(ControlSettings.read(Variables.of(variables))), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the API, without a slash at its end. */
  public URI url() {
    return api.url();
  }

  public URI managementUrl() {
    return api.managementUrl();
  }

  public Path folder() {
    return folder;
  }

  public <T> T bean(Class<T> type) {
    return api.bean(type);
  }

  /** A name that no other test has. */
  public static String name(String start) {
    return start + "-" + NUMBER.incrementAndGet();
  }

  /** A new tenant without anything in it. */
  public TestTenant tenant() {
    return new TestTenant(bean(TestSites.class).tenant(name("tenant")));
  }

  /** The tenant whose admins look after the installation. */
  public TestTenant home() {
    return new TestTenant(bean(Tenants.class).home().id());
  }

  /** Somebody who shows {@code token}, or nothing. */
  public Client with(@Nullable String token) {
    return new Client(url(), token);
  }

  /** A tenant with whom it has. */
  public final class TestTenant {
    private final UUID id;

    private TestTenant(UUID id) {
      this.id = id;
    }

    public UUID id() {
      return id;
    }

    public Client viewer() {
      return with(token(Role.VIEWER));
    }

    public Client operator() {
      return with(token(Role.OPERATOR));
    }

    public Client admin() {
      return with(token(Role.ADMIN));
    }

    /** A new API token. */
    public String token(Role role) {
      return token(role, Scope.ALL, null);
    }

    public String token(Role role, Scope scope, @Nullable Instant expiresAt) {
      return bean(TestAccounts.class).apiToken(id, role, scope, expiresAt);
    }

    /** A person who is signed in. */
    public Client signedIn(Role role) {
      return with(bean(TestAccounts.class).signedIn(id, role));
    }

    /** Whose access token has expired. */
    public Client expired(Role role) {
      return with(bean(TestAccounts.class).expired(id, role));
    }

    /** A person with {@link TestAccounts#PASSWORD}; gives the id. */
    public UUID user(String username, Role role) {
      return bean(TestAccounts.class).user(id, username, role, false);
    }

    /** A new site of this tenant; gives its id. */
    public UUID site(String name) {
      return bean(TestSites.class).site(id, name);
    }

    /** A new token of the site's agent. */
    public String agentToken(UUID site) {
      return bean(TestSites.class).agentToken(site);
    }
  }
}
