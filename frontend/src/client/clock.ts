// The server's clock, learned from the Date header of its answers: deadlines are counted
// by it and not by the clock of this machine.
let offset = 0;
let bestWait = Infinity;
const listeners = new Set<() => void>();

/** Take the header's second (± 0.5 s); an answer that came quicker tells the time better. */
export function learn(date: string | null, sent: number, received: number): void {
  const server = date ? Date.parse(date) : NaN;
  const wait = received - sent;
  if (Number.isNaN(server) || wait > bestWait) return;
  bestWait = wait;
  offset = server + 500 - (sent + received) / 2;
  for (const listener of listeners) listener();
}

/** Take an exact instant, as /about gives it. */
export function learnExactly(now: string, received: number): void {
  const server = Date.parse(now);
  if (Number.isNaN(server)) return;
  bestWait = 0;
  offset = server - received;
  for (const listener of listeners) listener();
}

export const clockOffset = () => offset;

export function onClock(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
