package io.muster.agent.openstack;

import org.jspecify.annotations.Nullable;

/** OpenStack's MB and GB are MiB and GiB. */
final class Units {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private Units() {}

  static @Nullable Long kib(@Nullable Long number) {
    return number == null ? null : Long.valueOf(number * KIB);
  }

  static @Nullable Long mib(@Nullable Long number) {
    return number == null ? null : Long.valueOf(number * MIB);
  }

  static @Nullable Long gib(@Nullable Long number) {
    return number == null ? null : Long.valueOf(number * GIB);
  }

  static long gib(double number) {
    return (long) (number * GIB);
  }
}
