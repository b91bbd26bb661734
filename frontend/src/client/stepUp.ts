// Decisive acts ask for the second factor again. The call waits here until somebody has
// shown it, or has given up.
type Waiting = (shown: boolean) => void;

let waiting: Waiting[] = [];
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((l) => l());

export const stepUp = {
  /** Whether a page is there to ask. */
  ask(): Promise<boolean> {
    if (listeners.size === 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      waiting = [...waiting, resolve];
      tell();
    });
  },
  answer(shown: boolean) {
    const all = waiting;
    waiting = [];
    all.forEach((w) => w(shown));
    tell();
  },
  asked: () => waiting.length > 0,
  listen(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
