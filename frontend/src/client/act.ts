import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";
import { newKey } from "./setup";

export interface Act<In, Out> {
  run: (input: In) => Promise<Out | undefined>;
  pending: boolean;
  problem?: Problem;
  clear: () => void;
}

/**
 * One thing a person does: runs, remembers the problem, and afterwards everything shown
 * is read again, since an action may change the states and buttons of other views. The
 * key stays the same until the action succeeds, so a repeated click creates once.
 */
export function useAct<In = void, Out = unknown>(work: (input: In, key: string) => Promise<Out>, done?: (out: Out) => void): Act<In, Out> {
  const queries = useQueryClient();
  const key = useRef<string | undefined>(undefined);
  const mutation = useMutation({
    mutationFn: (input: In) => work(input, (key.current ??= newKey())),
    onSuccess: async (out) => {
      key.current = undefined;
      done?.(out);
      await queries.invalidateQueries();
    },
  });
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => undefined),
    pending: mutation.isPending,
    problem: mutation.error ? asProblem(mutation.error) : undefined,
    clear: mutation.reset,
  };
}

/** What a handler is given: the written reason, if one was asked for, and the key of this try. */
export interface Given {
  reason: string;
  key: string;
}

export type Handlers = Record<string, (given: Given) => Promise<unknown>>;

/** Several actions of one view, by their names; what the Actions part draws and runs. */
export function useActs(handlers: Handlers) {
  const [pending, setPending] = useState<string>();
  const act = useAct(async ({ name, reason }: { name: string; reason: string }, key) => {
    await handlers[name]?.({ reason, key });
    return true;
  });
  return {
    names: Object.keys(handlers),
    run: async (name: string, reason: string) => {
      setPending(name);
      const ok = await act.run({ name, reason });
      setPending(undefined);
      return ok === true;
    },
    pending: act.pending ? pending : undefined,
    failure: act.problem,
    clear: act.clear,
  };
}
