package io.muster.control.settings;

import io.muster.protocol.AddressRules;
import io.muster.protocol.Secret;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.Printable;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import io.muster.settings.LogSettings;
import io.muster.settings.SettingsReader;
import io.muster.settings.Variables;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the control API itself is told.
 *
 * @param dataFolder for the key, the first password and H2
 * @param address where API and pages listen
 * @param port of API and pages; 0 = any free one
 * @param publicUrl prefixes every link; null = of where it listens
 * @param keyFile made at the first start when it is not there; unused with {@code key}
 * @param key the installation's key itself, where it does not come from a file
 * @param adminPassword of the first admin; null = one is made up
 * @param proxies addresses of reverse proxies, whose word is taken for where a request came from
 * @param denyAddresses networks that agents never connect to, as {@link AddressRules} reads them
 * @param oidc whose tokens are taken beside our own; null = nobody's
 * @param questDb where tables and limits are written; null = somebody else does
 * @param retention how long its rows are kept
 * @param auditDays how long the audit keeps an entry; 0 = for ever
 * @param managementPort of health and prometheus; 0 = any free one
 */
public record ControlSettings(
    Path dataFolder,
    String address,
    int port,
    @Nullable URI publicUrl,
    DatabaseSettings database,
    HistorySettings history,
    Path keyFile,
    @Nullable Secret key,
    @Nullable Secret adminPassword,
    Set<String> proxies,
    List<String> denyAddresses,
    @Nullable OidcSettings oidc,
    @Nullable QuestDbAddress questDb,
    Retention retention,
    int auditDays,
    String managementAddress,
    int managementPort,
    LogSettings log) {
  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_MANAGEMENT_PORT = 8082;
  private static final int MAX_PORT = 65_535;

  /** A year, and a month in which somebody looks into the year before. */
  private static final int DEFAULT_AUDIT_DAYS = 400;

  /** A century: longer is for ever, which is 0. */
  private static final int MAX_AUDIT_DAYS = 36_500;

  /** Passwords cross this port without TLS: other machines come through a proxy that has it. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:_-]+");
  private static final Pattern IP = Pattern.compile("[0-9a-fA-F.:]{2,45}");
  private static final Pattern NONE_OF_OTHERS = Pattern.compile("(?!)");

  public ControlSettings {
    proxies = Set.copyOf(proxies);
    denyAddresses = List.copyOf(denyAddresses);
  }

  /**
   * Reads all settings.
   *
   * @throws ConfigurationException with everything that is wrong
   */
  public static ControlSettings read(Variables variables) {
    SettingsReader reader = new SettingsReader(variables);
    ControlSettings settings = read(reader);
    reader.checkFileKeys(NONE_OF_OTHERS);
    if (!reader.problems().isEmpty()) {
      throw new ConfigurationException(reader.problems());
    }
    return settings;
  }

  /** Every name that is read, in no order. */
  static Set<String> keys() {
    SettingsReader reader = new SettingsReader(Variables.of(Map.of()));
    ControlSettings _ = read(reader);
    return reader.asked();
  }

  private static ControlSettings read(SettingsReader reader) {
    Path dataFolder = reader.path("MUSTER_DATA");
    if (dataFolder == null) {
      dataFolder = Path.of("data");
    }
    String key = reader.text("MUSTER_KEY");
    Path keyFile = reader.path("MUSTER_KEY_FILE");
    if (key != null && keyFile != null) {
      reader.problem("MUSTER_KEY_FILE", "both", "only one of MUSTER_KEY and MUSTER_KEY_FILE");
    }
    Integer port = reader.integer("PORT", 0, MAX_PORT);
    Integer managementPort = reader.integer("MUSTER_MANAGEMENT_PORT", 0, MAX_PORT);
    Integer auditDays = reader.integer("MUSTER_RETENTION_AUDIT_DAYS", 0, MAX_AUDIT_DAYS);
    return new ControlSettings(
        dataFolder,
        reader.text("MUSTER_ADDRESS", LOOPBACK, ADDRESS),
        port == null ? DEFAULT_PORT : port,
        publicUrl(reader),
        DatabaseSettings.read(reader, dataFolder),
        HistorySettings.read(reader),
        keyFile == null ? dataFolder.resolve("muster.key") : keyFile,
        key == null ? null : new Secret(key),
        reader.secret("MUSTER_ADMIN_PASSWORD"),
        Set.copyOf(list(reader, "MUSTER_PROXIES", "", IP, "IP addresses with commas")),
        denyAddresses(reader),
        OidcSettings.read(reader),
        questDb(reader),
        Retention.read(reader),
        auditDays == null ? DEFAULT_AUDIT_DAYS : auditDays,
        reader.text("MUSTER_MANAGEMENT_ADDRESS", LOOPBACK, ADDRESS),
        managementPort == null ? DEFAULT_MANAGEMENT_PORT : managementPort,
        LogSettings.read(reader));
  }

  private static List<String> denyAddresses(SettingsReader reader) {
    String text = reader.text("MUSTER_DENY_ADDRESSES");
    if (text == null) {
      return AddressRules.DEFAULT.entries();
    }
    try {
      return AddressRules.parse(text).entries();
    } catch (IllegalArgumentException e) {
      reader.problem(
          "MUSTER_DENY_ADDRESSES",
          Printable.text(text),
          "addresses and networks with commas, such as link-local, metadata, 10.0.0.0/8; or none");
      return List.of();
    }
  }

  /** A user alone is an agent's, which writes to this machine without an address. */
  private static @Nullable QuestDbAddress questDb(SettingsReader reader) {
    QuestDbAddress address = QuestDbAddress.read(reader);
    return reader.text("QUESTDB_URL") == null ? null : address;
  }

  private static @Nullable URI publicUrl(SettingsReader reader) {
    URI url = reader.address("MUSTER_PUBLIC_URL", new TreeSet<>(Set.of("http", "https")));
    if (url != null
        && (url.getRawUserInfo() != null
            || url.getRawQuery() != null
            || url.getRawFragment() != null)) {
      reader.problem(
          "MUSTER_PUBLIC_URL",
          Printable.address(url.toString()),
          "an address without user, query and fragment");
    }
    return url;
  }

  private static List<String> list(
      SettingsReader reader, String key, String fallback, Pattern pattern, String expected) {
    String text = reader.text(key);
    List<String> values =
        Arrays.stream((text == null ? fallback : text).split(",", -1))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .collect(Collectors.toList());
    for (String value : values) {
      if (!pattern.matcher(value).matches()) {
        reader.problem(key, Printable.text(value), expected);
      }
    }
    return values;
  }
}
