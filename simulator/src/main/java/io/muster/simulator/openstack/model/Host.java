package io.muster.simulator.openstack.model;

/**
 * A compute host.
 *
 * @param number counts from 1: its id before microversion 2.53
 * @param id of its hypervisor and its resource provider
 * @param serviceId of its nova-compute
 * @param serviceNumber the same before microversion 2.53
 */
public record Host(
    int number,
    String name,
    String id,
    String serviceId,
    int serviceNumber,
    int vcpus,
    int memoryMb,
    int diskGb,
    String zone,
    String address) {
  /** Set aside for the host itself, as Nova's default. */
  public static final int RESERVED_MB = 512;

  /** Nova's default overcommitment. */
  public static final double VCPU_RATIO = 16.0;

  /** Nova's default overcommitment. */
  public static final double MEMORY_RATIO = 1.5;
}
