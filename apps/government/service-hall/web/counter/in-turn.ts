/**
 * Runs what keeps something one after the other, whoever asks: the next begins when the one before has its answer. So whoever waits for it knows
 * that nothing older is still on its way. Says what `store` said: whether it is kept.
 */
export function inTurn(store: () => Promise<boolean>): () => Promise<boolean> {
  let running: Promise<boolean> = Promise.resolve(true);
  return () => {
    running = running.then(store);
    return running;
  };
}
