package io.muster.control.link;

/** This program's version as agents see it. */
final class LinkVersion {
  private LinkVersion() {}

  static String current() {
    String version = LinkVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
