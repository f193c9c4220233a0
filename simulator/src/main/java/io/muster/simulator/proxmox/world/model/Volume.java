package io.muster.simulator.proxmox.world.model;

import org.jspecify.annotations.Nullable;

/**
 * Something in a storage.
 *
 * @param path after the storage's name in the volume id
 * @param node where it lies; null in a shared storage
 * @param content such as {@code backup}, {@code images}, {@code iso}
 * @param createdSeconds epoch seconds
 * @param vmid whose it is; 0 for nobody's
 */
public record Volume(
    String path,
    @Nullable String node,
    String content,
    String format,
    long sizeBytes,
    long createdSeconds,
    int vmid,
    @Nullable GuestType guestType,
    @Nullable String notes,
    boolean isProtected) {}
