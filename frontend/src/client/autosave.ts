import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";

export type SaveState = { status: "clean" | "dirty" | "saving" } | { status: "saved"; at: string } | { status: "failed"; problem: Problem };

interface Versioned {
  version: number;
}

/**
 * Keeps a form saved: a change is sent after a quiet second, one request at a time, and
 * what changed during it goes with the next. Each save is made on the version the one
 * before it came back with, or on a newer one that the page has read meanwhile.
 */
export function useAutosave<T>(seen: Versioned, save: (value: T, on: Versioned) => Promise<Versioned>, quiet = 1200) {
  const [state, setState] = useState<SaveState>({ status: "clean" });
  const waiting = useRef<{ value: T } | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<Problem | undefined>>(undefined);
  const on = useRef(seen.version);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
    on.current = Math.max(on.current, seen.version);
  });

  /** Send what waits now; the answer is the problem that kept it from the server, if any. */
  const flush = useCallback(async (): Promise<Problem | undefined> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    const next = waiting.current;
    if (!next) return undefined;
    waiting.current = undefined;
    setState({ status: "saving" });
    running.current = latest
      .current(next.value, { version: on.current })
      .then((saved) => {
        on.current = Math.max(on.current, saved.version);
        setState(waiting.current ? { status: "dirty" } : { status: "saved", at: new Date().toISOString() });
        return undefined;
      })
      .catch((error: unknown) => {
        waiting.current ??= next; // kept, so that the next change or flush tries again
        const problem = asProblem(error);
        setState({ status: "failed", problem });
        return problem;
      })
      .finally(() => (running.current = undefined));
    return running.current;
  }, []);

  /** Everything is with the server afterwards, or this fails with the reason. */
  const settle = useCallback(async () => {
    const problem = await flush();
    if (problem) throw problem;
  }, [flush]);

  const change = useCallback(
    (value: T) => {
      waiting.current = { value };
      setState({ status: "dirty" });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), quiet);
    },
    [flush, quiet],
  );

  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => {
      if (waiting.current || running.current) e.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      void flush();
    };
  }, [flush]);

  return { state, change, settle };
}
