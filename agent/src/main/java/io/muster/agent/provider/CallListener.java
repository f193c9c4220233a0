package io.muster.agent.provider;

/** Hears of every call to one server, failed and repeated ones too. */
public interface CallListener {
  /** Nobody listens. */
  CallListener NONE =
      new CallListener() {
        @Override
        public int bodyLimit() {
          return 0;
        }

        @Override
        public void called(Exchange exchange) {
          // nobody asked
        }
      };

  /** How many bytes of each answer's body are wanted; the rest is counted only. */
  int bodyLimit();

  /** Once for each call, from any thread; must not block. */
  void called(Exchange exchange);
}
