package io.muster.simulator.proxmox.world.model;

/** A VM or a container. */
public enum GuestType {
  QEMU("qemu", "qemu-server", "VM", "qm"),
  LXC("lxc", "lxc", "CT", "vz");

  private final String word;
  private final String folder;
  private final String title;
  private final String taskPrefix;

  GuestType(String word, String folder, String title, String taskPrefix) {
    this.word = word;
    this.folder = folder;
    this.title = title;
    this.taskPrefix = taskPrefix;
  }

  public static GuestType ofWord(String word) {
    return word.equals(LXC.word) ? LXC : QEMU;
  }

  /** As in ids and paths: {@code qemu}, {@code lxc}. */
  public String word() {
    return word;
  }

  /** Folder of the configuration files below {@code nodes/NODE}. */
  public String folder() {
    return folder;
  }

  /** As in messages: {@code VM}, {@code CT}. */
  public String title() {
    return title;
  }

  /** Beginning of the task types: {@code qm}, {@code vz}. */
  public String taskPrefix() {
    return taskPrefix;
  }
}
