package io.muster.protocol.inventory;

/** What the values of an entry stand for; that depends on who wrote it. */
public interface Values {
  /** The value that a text stands for. */
  String resolve(String raw) throws UnresolvedException;

  /** The content of the file that a text names, where a key takes paths. */
  String file(String path) throws UnresolvedException;

  /** Values that stand for themselves, whatever they look like: those of variables. */
  static Values literal() {
    return LiteralValues.LITERAL;
  }

  /**
   * Values from elsewhere (API, CSV, link): they stand for themselves, and one that would read the
   * agent's environment or files, did it stand in the agent's own file, is refused.
   */
  static Values foreign() {
    return LiteralValues.FOREIGN;
  }
}
