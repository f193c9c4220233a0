package io.muster.control.rows;

/** QuestDB can't be read now; the message is for people and has no addresses. */
public final class HistoryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  HistoryUnavailableException(String message) {
    super(message);
  }
}
