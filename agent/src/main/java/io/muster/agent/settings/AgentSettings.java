package io.muster.agent.settings;

import io.muster.protocol.AddressRules;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.Printable;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import io.muster.settings.LogSettings;
import io.muster.settings.SettingsReader;
import io.muster.settings.Variables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the agent itself is told; what it polls is the inventory's.
 *
 * @param site where this agent runs; ids of servers stand on it
 * @param dataFolder for everything that the agent keeps
 * @param inventoryFile as named by {@code MUSTER_CONFIG}; null = the usual names in the working
 *     folder
 * @param link to the control API, which then is the only source of servers; null = none
 * @param denyAddresses that no server may have
 * @param pollInterval of servers that have none of their own; null = the provider's default
 * @param spoolBytes at most this much is kept on disk while QuestDB is away
 * @param backfillReach how far back gaps are filled that the platform's recent samples don't reach;
 *     zero = not at all
 * @param managementAddress where health, prometheus and state listen: an address or a host name
 * @param managementPort 0 = any free one
 * @param devTools whether {@code /dev/…} is served
 */
public record AgentSettings(
    String site,
    Path dataFolder,
    @Nullable Path inventoryFile,
    @Nullable LinkSettings link,
    AddressRules denyAddresses,
    QuestDb questDb,
    @Nullable Duration pollInterval,
    long spoolBytes,
    Retention retention,
    Duration backfillReach,
    String managementAddress,
    int managementPort,
    boolean devTools,
    Proxies proxies,
    LogSettings log) {

  /** Below, Proxmox VE only repeats itself (a node measures every 10 s); a test may want less. */
  public static final Duration MIN_POLL_INTERVAL = Duration.ofSeconds(1);

  /** Above, "now" would be older than any use of it. */
  public static final Duration MAX_POLL_INTERVAL = Duration.ofHours(1);

  /** A spool that can't hold a few batches would only rotate. */
  private static final long MIN_SPOOL_BYTES = 1L << 20;

  private static final long DEFAULT_SPOOL_BYTES = 1L << 30;
  private static final int DEFAULT_MANAGEMENT_PORT = 8081;

  /** These pages have no login, so other machines see them only where that was asked for. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:_-]+");
  private static final int MAX_PORT = 65_535;

  /** The inventory's, which tells itself what is wrong with them. */
  private static final Pattern SERVER_KEY = Pattern.compile("PROXMOX_NODE_\\d{1,9}_.+");

  /**
   * Where rows go.
   *
   * @param token of a site's agent, in place of user and password: a proxy takes rows and nothing
   *     else there
   */
  public record QuestDb(QuestDbAddress address, @Nullable Secret token) {}

  /**
   * Reads all settings.
   *
   * @throws ConfigurationException with everything that is wrong
   */
  public static AgentSettings read(Variables variables) {
    SettingsReader reader = new SettingsReader(variables);
    AgentSettings settings = read(reader);
    reader.checkFileKeys(SERVER_KEY);
    if (!reader.problems().isEmpty()) {
      throw new ConfigurationException(reader.problems());
    }
    return settings;
  }

  /** Whether a variable is part of a server in place of an inventory file's. */
  public static boolean namesServer(String key) {
    return SERVER_KEY.matcher(key).matches();
  }

  /** Every name that is read, in no order. */
  static Set<String> keys() {
    SettingsReader reader = new SettingsReader(Variables.of(Map.of()));
    AgentSettings _ = read(reader);
    return reader.asked();
  }

  private static AgentSettings read(SettingsReader reader) {
    LinkSettings link = LinkSettings.read(reader);
    Path dataFolder = reader.path("MUSTER_DATA");
    Retention retention = Retention.read(reader);
    // Older rows don't reach the hourly views: see their refresh limit in docs/metrics.md.
    Integer backfillHours =
        reader.integer("MUSTER_BACKFILL_HOURS", 0, retention.refreshLimitHours());
    Integer managementPort = reader.integer("MUSTER_MANAGEMENT_PORT", 0, MAX_PORT);
    return new AgentSettings(
        reader.text("MUSTER_SITE", "default", ServerEntry.NAME),
        dataFolder == null ? Path.of("data") : dataFolder,
        reader.path("MUSTER_CONFIG"),
        link,
        denyAddresses(reader),
        questDb(reader, link),
        reader.duration("MUSTER_POLL_INTERVAL", MIN_POLL_INTERVAL, MAX_POLL_INTERVAL),
        reader.bytes("MUSTER_SPOOL_BYTES", DEFAULT_SPOOL_BYTES, MIN_SPOOL_BYTES),
        retention,
        Duration.ofHours(backfillHours == null ? 0 : backfillHours),
        reader.text("MUSTER_MANAGEMENT_ADDRESS", LOOPBACK, ADDRESS),
        managementPort == null ? DEFAULT_MANAGEMENT_PORT : managementPort,
        reader.flag("ENABLE_DEV_TOOLS", false),
        Proxies.read(reader),
        LogSettings.read(reader));
  }

  private static AddressRules denyAddresses(SettingsReader reader) {
    String text = reader.text("MUSTER_DENY_ADDRESSES");
    if (text == null) {
      return AddressRules.DEFAULT;
    }
    try {
      return AddressRules.parse(text);
    } catch (IllegalArgumentException e) {
      reader.problem(
          "MUSTER_DENY_ADDRESSES",
          Printable.text(text),
          "addresses and blocks with commas, such as link-local, metadata, 10.0.0.0/8; or none");
      return AddressRules.DEFAULT;
    }
  }

  private static QuestDb questDb(SettingsReader reader, @Nullable LinkSettings link) {
    QuestDbAddress address = QuestDbAddress.read(reader);
    if (address == null && link != null) {
      return new QuestDb(new QuestDbAddress(link.origin(), null, null), link.token());
    }
    return new QuestDb(address == null ? QuestDbAddress.local() : address, null);
  }
}
