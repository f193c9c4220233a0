package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.http.HttpSettings;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import io.muster.simulator.proxmox.world.WorldSettings;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.tls.KeyKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated cluster is made and how its listeners behave.
 *
 * @param release 8.4 or 9.2
 * @param nodes names of the members
 * @param addresses one loopback address a node, in the same order; empty for {@code 127.0.10.1},
 *     {@code 127.0.10.2} …
 * @param port the same on every address; 0 takes a free one
 * @param guests how many made-up guests a demo world gets
 * @param life whether backups, snapshots and restarts happen by themselves
 * @param world what makes the world from the members; the demo unless told otherwise
 * @param tune last changes to the demo world's settings
 * @param http how the listeners behave
 * @param detailedUnauthorizedTexts whether a 401 says what was wrong, as before January 2026
 * @param keys kind of the TLS keys
 * @param dataFolder where the authority, the nodes' keys and the tokens outlive a restart, or null
 */
public record ProxmoxSettings(
    String release,
    List<String> nodes,
    List<String> addresses,
    int port,
    int guests,
    boolean life,
    @Nullable Function<List<NodeSettings>, ProxmoxWorld> world,
    UnaryOperator<WorldSettings.Builder> tune,
    HttpSettings http,
    boolean detailedUnauthorizedTexts,
    KeyKind keys,
    @Nullable Path dataFolder,
    InstantSource clock) {

  public ProxmoxSettings {
    nodes = List.copyOf(nodes);
    addresses = List.copyOf(addresses);
    if (!addresses.isEmpty() && addresses.size() != nodes.size()) {
      throw new IllegalArgumentException(
          nodes.size() + " nodes need as many addresses, not " + addresses.size());
    }
  }

  /** A small cluster on free ports whose 401 come at once: what tests of clients want. */
  public static Builder forTests(String release, int nodes) {
    return new Builder(release, nodes)
        .http(HttpSettings.real().withUnauthorizedDelay(Duration.ZERO));
  }

  /** A cluster that behaves as the real one in everything. */
  public static Builder real(String release, int nodes) {
    return new Builder(release, nodes);
  }

  WorldSettings worldSettings(List<NodeSettings> members) {
    return tune.apply(
            WorldSettings.of(PveVersion.ofRelease(release), members)
                .guests(guests)
                .life(life)
                .clock(clock))
        .build();
  }

  /** Collects settings; each has a sensible value until it is set. */
  public static final class Builder {
    private final String release;
    private List<String> nodes;
    private List<String> addresses = List.of();
    private int port;
    private int guests = 24;
    private boolean life;
    private @Nullable Function<List<NodeSettings>, ProxmoxWorld> world;
    private UnaryOperator<WorldSettings.Builder> tune = UnaryOperator.identity();
    private HttpSettings http = HttpSettings.real();
    private boolean detailedUnauthorizedTexts;
    private KeyKind keys = KeyKind.EC_P256;
    private @Nullable Path dataFolder;
    private InstantSource clock = InstantSource.system();

    private Builder(String release, int nodes) {
      this.release = release;
      this.nodes = IntStream.rangeClosed(1, nodes).mapToObj(number -> "pve" + number).toList();
    }

    public Builder nodes(String... names) {
      nodes = List.of(names);
      return this;
    }

    public Builder addresses(List<String> value) {
      addresses = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder guests(int value) {
      guests = value;
      return this;
    }

    public Builder life(boolean on) {
      life = on;
      return this;
    }

    /** Takes the place of the demo world. */
    public Builder world(Function<List<NodeSettings>, ProxmoxWorld> maker) {
      world = maker;
      return this;
    }

    /** Changes the demo world's settings, such as its history, paces and periods. */
    public Builder tune(UnaryOperator<WorldSettings.Builder> change) {
      tune = change;
      return this;
    }

    public Builder http(HttpSettings value) {
      http = value;
      return this;
    }

    public Builder detailedUnauthorizedTexts(boolean on) {
      detailedUnauthorizedTexts = on;
      return this;
    }

    public Builder keys(KeyKind value) {
      keys = value;
      return this;
    }

    public Builder dataFolder(@Nullable Path folder) {
      dataFolder = folder;
      return this;
    }

    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    public ProxmoxSettings build() {
      return new ProxmoxSettings(
          release,
          nodes,
          addresses,
          port,
          guests,
          life,
          world,
          tune,
          http,
          detailedUnauthorizedTexts,
          keys,
          dataFolder,
          clock);
    }
  }
}
