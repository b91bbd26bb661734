import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { makeQueries, UiProvider } from "../app/providers";
import { makeRouter } from "../app/router";
import { session } from "../client/session";
import type { Session } from "../client/views";
import { TextProvider } from "../text/text";
import { zh } from "../text/zh-CN";
import { sample, spec } from "./spec";

function Around({ children }: { children: ReactNode }) {
  const queries = makeQueries();
  queries.setDefaultOptions({ queries: { retry: false } });
  return (
    <TextProvider first={{ language: "zh", t: zh }}>
      <QueryClientProvider client={queries}>
        <UiProvider>{children}</UiProvider>
      </QueryClientProvider>
    </TextProvider>
  );
}

/** One part, in Chinese, with everything above it that it needs. */
export const renderPart = (part: ReactNode) => render(<Around>{part}</Around>);

/** The application at a URL, as a browser would open it. */
export function renderPage(url: string) {
  const router = makeRouter(createMemoryHistory({ initialEntries: [url] }));
  return render(
    <Around>
      <RouterProvider router={router} />
    </Around>,
  );
}

/** Somebody who is signed in, with the least a session holds. */
export function signIn(me: Partial<Session["me"]> = {}) {
  const least = sample(spec.components.schemas.Session) as Session;
  session.start({ ...least, access_token: "token", me: { ...least.me, ...me } });
}
