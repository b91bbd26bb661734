import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { clockOffset, onClock } from "../client/clock";
import { asProblem } from "../client/problem";
import { explainProblem } from "../text/problem";
import { label } from "../text/say";
import { TextProvider, useText, type Language } from "../text/text";
import type { Text } from "../text/zh-CN";
import { UiContext, type UiSetting } from "../ui/words";
import { makeRouter } from "./router";

/** Ask again only when no answer came or the server itself failed; a refusal stays one. */
export function makeQueries(): QueryClient {
  const retry = (count: number, error: unknown) => {
    const { status } = asProblem(error);
    return count < 2 && (status === 0 || status >= 502);
  };
  return new QueryClient({ defaultOptions: { queries: { retry, staleTime: 15_000 }, mutations: { retry: false } } });
}

/** Hands words, labels and the server's clock down to the parts in ui. */
export function UiProvider({ children }: { children: ReactNode }) {
  const t = useText();
  const offset = useSyncExternalStore(onClock, clockOffset);
  const setting = useMemo<UiSetting>(
    () => ({
      words: t.ui,
      clockOffset: offset,
      action: (name) => label(t.actions, name),
      sure: (name) => t.sure[name],
      explain: (failure) => explainProblem(t, asProblem(failure)),
    }),
    [t, offset],
  );
  return <UiContext value={setting}>{children}</UiContext>;
}

export function Providers({ first }: { first: { language: Language; t: Text } }) {
  const [queries] = useState(makeQueries);
  const [router] = useState(() => makeRouter());
  return (
    <TextProvider first={first}>
      <QueryClientProvider client={queries}>
        <UiProvider>
          <RouterProvider router={router} />
        </UiProvider>
      </QueryClientProvider>
    </TextProvider>
  );
}
