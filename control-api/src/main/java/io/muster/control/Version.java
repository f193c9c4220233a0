package io.muster.control;

import picocli.CommandLine.IVersionProvider;

/** The program's version: of the jar, or {@code development} when it runs from classes. */
final class Version implements IVersionProvider {
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"muster-control " + current()};
  }
}
