package io.muster.cli.text;

/** The command line lacks something, or makes no sense; exit code 2. The message is for people. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
