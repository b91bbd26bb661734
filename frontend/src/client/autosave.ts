import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";

export type SaveState = { status: "clean" | "dirty" | "saving" } | { status: "saved"; at: string } | { status: "failed"; problem: Problem };

/**
 * Keeps a form saved: a change is sent after a quiet second, one request at a time, and
 * what changed during it goes with the next. `save` answers when the server has it.
 */
export function useAutosave<T>(save: (value: T) => Promise<unknown>, quiet = 1200) {
  const [state, setState] = useState<SaveState>({ status: "clean" });
  const waiting = useRef<{ value: T } | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean> | undefined>(undefined);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });

  /** Send what waits now; true when everything is with the server. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    const next = waiting.current;
    if (!next) return true;
    waiting.current = undefined;
    setState({ status: "saving" });
    running.current = latest
      .current(next.value)
      .then(() => {
        setState(waiting.current ? { status: "dirty" } : { status: "saved", at: new Date().toISOString() });
        return true;
      })
      .catch((error: unknown) => {
        waiting.current ??= next; // kept, so that the next change or flush tries again
        setState({ status: "failed", problem: asProblem(error) });
        return false;
      })
      .finally(() => (running.current = undefined));
    return running.current;
  }, []);

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

  return { state, change, flush };
}
