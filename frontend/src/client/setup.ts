// The one way to the server: signs requests, renews the session once when it ran out,
// turns every failure into a Problem, and keeps the server's clock.
import createFetchClient from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import { learn } from "./clock";
import { asProblem, Problem, problemFrom } from "./problem";
import type { paths } from "./schema";
import { session } from "./session";
import { stepUp } from "./stepUp";
import type { Session } from "./views";

async function send(request: Request): Promise<Response> {
  const token = session.token();
  if (token && !request.headers.has("Authorization")) request.headers.set("Authorization", `Bearer ${token}`);
  const sent = Date.now();
  let response: Response;
  try {
    response = await globalThis.fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "network.down", asProblem(error).message);
  }
  learn(response.headers.get("Date"), sent, Date.now());
  return response;
}

/** Sign the request, send it, and on 401 renew the session and send it once more. */
export async function call(request: Request): Promise<Response> {
  const again = request.clone();
  const once = request.clone();
  let response = await send(request);
  if (response.status === 401 && session.worthRefreshing() && !request.url.includes("/api/v1/session")) {
    if (await refresh()) response = await send(again);
  }
  if (response.ok || response.status === 304) return response;
  const problem = await problemFrom(response);
  if (problem.code !== "account.step_up_needed" || !(await stepUp.ask())) throw problem;
  return call(once);
}

let refreshing: Promise<boolean> | undefined;

/**
 * Renew the session by the cookie; false when nobody is signed in any more. One at a time,
 * across tabs too: the refresh token rotates, and using an old one twice ends the session.
 */
export function refresh(): Promise<boolean> {
  refreshing ??= exclusively(async () => {
    try {
      const response = await globalThis.fetch(new Request(new URL("/api/v1/session/refresh", location.origin), { method: "POST" }));
      if (response.ok) {
        session.start((await response.json()) as Session);
        return true;
      }
      if (response.status === 401 || response.status === 403) session.end();
      return false;
    } catch {
      return false; // no answer is no proof that the session is over
    }
  }).finally(() => (refreshing = undefined));
  return refreshing;
}

function exclusively(work: () => Promise<boolean>): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request("jiebang.refresh", () => work()).then((ok) => ok) : work();
}

export const client = createFetchClient<paths>({ baseUrl: globalThis.location?.origin ?? "", fetch: call });
export const api = createQueryClient(client);

/** The body of an answer; failures were thrown as Problems by `call`. */
export function body<T>(answer: { data?: T }): T {
  return answer.data as T;
}

/** Headers for an update: refused when somebody else changed the thing in between. */
export function ifMatch(view: { version: number }): { "If-Match": string } {
  return { "If-Match": `"${view.version}"` };
}

/** Headers for a creating call: the same key sent twice creates once. */
export function idempotent(key: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}

/** A random key. crypto.randomUUID is missing on plain http inside an intranet. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}
