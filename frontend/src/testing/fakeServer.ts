import { vi } from "vitest";
import { doors, sample } from "./spec";

export interface Call {
  id: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = unknown | ((call: Call) => unknown);

/** Answer with a problem instead of a view. */
export class Refusal {
  readonly status: number;
  readonly code: string;
  readonly errors: { path: string; code: string; message: string }[];

  constructor(status: number, code: string, errors: Refusal["errors"] = []) {
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/**
 * A server that opens exactly the doors of the API description. A test says what the ones
 * it is about answer, by operation id; the others answer the least their schema allows, and
 * a call to a door that does not exist fails the test.
 */
export function fakeServer(answers: Record<string, Answer> = {}) {
  const calls: Call[] = [];
  for (const id of Object.keys(answers)) if (!doors.some((d) => d.id === id)) throw new Error(`the API has no operation ${id}`);

  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const door = doors.find((d) => d.method === request.method && d.pattern.test(url.pathname));
    if (!door) throw new Error(`the API has no door ${request.method} ${url.pathname}`);
    const found = door.pattern.exec(url.pathname)!;
    const text = await request.text();
    const call: Call = {
      id: door.id,
      params: Object.fromEntries(door.names.map((name, i) => [name, decodeURIComponent(found[i + 1]!)])),
      query: url.searchParams,
      body: text ? JSON.parse(text) : undefined,
      headers: request.headers,
    };
    calls.push(call);
    const given = answers[door.id];
    const answer = door.id in answers ? (typeof given === "function" ? (given as (c: Call) => unknown)(call) : given) : sample(door.answer);
    if (answer instanceof Refusal) {
      const problem = { type: `urn:jiebang:${answer.code}`, title: answer.code, status: answer.status, code: answer.code, detail: answer.code, errors: answer.errors };
      return new Response(JSON.stringify(problem), { status: answer.status, headers: { "Content-Type": "application/problem+json" } });
    }
    return answer === undefined ? new Response(null, { status: 204 }) : new Response(JSON.stringify(answer), { headers: { "Content-Type": "application/json" } });
  });

  return { calls, to: (id: string) => calls.filter((c) => c.id === id) };
}
