package io.muster.simulator.proxmox.world.model;

/**
 * A guest's averages over the part of a stretch in which it was alive.
 *
 * @param aliveShare that part, 0 to 1; the other values mean nothing when it is 0
 */
public record GuestMean(
    double aliveShare, double cpu, double mem, double memHost, double pressure, Rates rates) {
  private static final double HOST_OVERHEAD = 1.04;

  /** Adds stretches up, each by its weight. */
  static final class Sum {
    private double weight;
    private double cpu;
    private double mem;
    private double memHost;
    private double netIn;
    private double netOut;
    private double diskRead;
    private double diskWrite;

    void add(Guest guest, RunState state, long fromMs, long toMs, double share) {
      GuestLoad load = guest.load();
      double used = guest.config().memoryBytes() * load.memory(fromMs, toMs);
      weight += share;
      mem += share * used;
      memHost += guest.type() == GuestType.QEMU ? share * used * HOST_OVERHEAD : 0;
      if (state == RunState.RUNNING) {
        Rates rates = load.rates(fromMs, toMs);
        cpu += share * load.cpu(fromMs, toMs);
        netIn += share * rates.netIn();
        netOut += share * rates.netOut();
        diskRead += share * rates.diskRead();
        diskWrite += share * rates.diskWrite();
      }
    }

    GuestMean mean() {
      double by = weight == 0 ? 1 : weight;
      double busy = cpu / by;
      Rates rates = new Rates(netIn / by, netOut / by, diskRead / by, diskWrite / by);
      return new GuestMean(weight, busy, mem / by, memHost / by, 100 * busy * busy / 4, rates);
    }
  }
}
