package io.muster.simulator.openstack.world;

import io.muster.simulator.chance.Curve;
import io.muster.simulator.chance.Noise;
import java.time.Instant;

/** What a guest uses, computed from its number alone; the same seed gives the same values. */
public final class Guest {
  private static final double LEAST = 0.02;

  /** With its swing of 80 % still below one. */
  private static final double MOST = 0.5;

  private static final double DISK_REQUEST_BYTES = 40_960;
  private static final double MOST_DISK_REQUESTS = 120;
  private static final double MOST_NETWORK_BYTES = 4_000_000;

  private final Curve cpu;
  private final Curve disk;
  private final Curve network;
  private final double memory;

  Guest(long seed, int number) {
    cpu = new Curve(Noise.logarithmic(LEAST, MOST, seed, number, 11), 1, seed, number);
    disk =
        new Curve(
            Noise.logarithmic(1, MOST_DISK_REQUESTS, seed, number, 12), 0.9, seed, number + 1);
    network =
        new Curve(
            Noise.logarithmic(1000, MOST_NETWORK_BYTES, seed, number, 13), 0.9, seed, number + 2);
    memory = 0.2 + 0.5 * Noise.unit(seed, number, 14);
  }

  /** The part of its processors that it uses, 0 to 1. */
  public double cpu(Instant now) {
    return cpu.at(now.toEpochMilli());
  }

  /** The same, averaged. */
  double cpu(Instant from, Instant to) {
    return cpu.mean(from.toEpochMilli(), to.toEpochMilli());
  }

  /** How long each of its processors worked. */
  public long cpuNanos(Instant booted, Instant now) {
    return (long) (integral(cpu, booted, now) * 1e9);
  }

  /** The part of its memory that it uses, 0 to 1. */
  public double memory(Instant now) {
    return memory + 0.25 * cpu(now);
  }

  public long diskReads(Instant booted, Instant now) {
    return 1000 + (long) integral(disk, booted, now);
  }

  public long diskReadBytes(Instant booted, Instant now) {
    return (long) (diskReads(booted, now) * DISK_REQUEST_BYTES);
  }

  public long diskWrites(Instant booted, Instant now) {
    return 500 + (long) (2 * integral(disk, booted, now));
  }

  public long diskWrittenBytes(Instant booted, Instant now) {
    return (long) (diskWrites(booted, now) * DISK_REQUEST_BYTES);
  }

  public long receivedBytes(Instant booted, Instant now) {
    return (long) integral(network, booted, now);
  }

  public long sentBytes(Instant booted, Instant now) {
    return (long) (integral(network, booted, now) / 2);
  }

  private static double integral(Curve curve, Instant from, Instant to) {
    return curve.integral(from.toEpochMilli(), Math.max(from.toEpochMilli(), to.toEpochMilli()));
  }
}
