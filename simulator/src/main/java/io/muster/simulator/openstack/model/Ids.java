package io.muster.simulator.openstack.model;

import io.muster.simulator.chance.Noise;
import java.util.UUID;

/** Ids that are the same in every run with the same seed. */
public record Ids(long seed) {
  /** Such as {@code 07ce463d-7b90-4a61-b922-4c3e38d2502b}. */
  public String uuid(String kind, long number) {
    long thing = Noise.of(kind);
    long high = (Noise.bits(seed, thing, 2 * number) & ~0xF000L) | 0x4000L;
    long low = (Noise.bits(seed, thing, 2 * number + 1) >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  /** Such as {@code 48475e1820be4fe6bf34ceda707bfb46}. */
  public String hex(String kind, long number) {
    return uuid(kind, number).replace("-", "");
  }

  /** Such as {@code fa:16:3e:8a:2c:0a}. */
  public String mac(long number) {
    long bits = Noise.bits(seed, Noise.of("mac"), number);
    return "fa:16:3e:%02x:%02x:%02x"
        .formatted(bits & 0xFF, (bits >> 8) & 0xFF, (bits >> 16) & 0xFF);
  }
}
