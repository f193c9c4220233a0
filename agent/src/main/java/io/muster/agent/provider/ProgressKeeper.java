package io.muster.agent.provider;

/** What became of the rows that a provider handed over. Asked at the begin of each poll. */
public interface ProgressKeeper {
  /** Believes that every snapshot arrives, and keeps nothing over a restart. */
  ProgressKeeper TRUSTING =
      new ProgressKeeper() {
        @Override
        public Progress resume(Progress last) {
          return last;
        }

        @Override
        public boolean hasRoom() {
          return true;
        }
      };

  /**
   * Where to go on.
   *
   * @param last of the provider's last snapshot; {@link Progress#NONE} at first
   * @return the same when its snapshots arrived, else what is known to be safe
   */
  Progress resume(Progress last);

  /** Whether what is handed over becomes safe as it comes: then there is room for more. */
  boolean hasRoom();
}
