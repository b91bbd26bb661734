import { afterEach, describe, expect, it, vi } from "vitest";
import { clockOffset, learnExactly } from "./clock";
import { Problem, problemFrom } from "./problem";
import { session } from "./session";
import { call, idempotent, ifMatch, newKey, refresh } from "./setup";

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
const get = (path = "/api/v1/challenges") => call(new Request(new URL(path, "http://localhost")));
const renewed = { access_token: "new", expires_at: "", me: { name: "X" } };

function server(answer: (request: Request) => Response | Promise<Response>) {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    seen.push(request);
    return answer(request);
  });
  return seen;
}

afterEach(() => vi.unstubAllGlobals());

describe("problems", () => {
  it("carry code, fields and incident of a problem document", async () => {
    const body = { type: "urn:jiebang:challenge.incomplete", title: "Unprocessable", status: 422, code: "challenge.incomplete", detail: "Not complete.", errors: [{ path: "body.indicators[0].name", code: "text.short", message: "too short" }], incident: "a1" };
    const p = await problemFrom(json(422, body));
    expect(p).toMatchObject({ status: 422, code: "challenge.incomplete", message: "Not complete.", incident: "a1", fields: [{ path: "indicators[0].name", code: "text.short", message: "too short" }] });
  });

  it("get a code from the type, or from the status of an answer that is no problem document", async () => {
    expect((await problemFrom(json(409, { type: "urn:jiebang:bid.too_late" }))).code).toBe("bid.too_late");
    expect((await problemFrom(new Response("<html>", { status: 502 }))).code).toBe("server.broken");
    expect((await problemFrom(new Response("", { status: 413 }))).code).toBe("request.too_large");
    expect((await problemFrom(json(429, {}, { "Retry-After": "7" }))).retryAfter).toBe(7);
  });

  it("tell a lost connection from an answer", async () => {
    server(() => {
      throw new TypeError("failed to fetch");
    });
    await expect(get()).rejects.toMatchObject({ status: 0, code: "network.down" });
  });
});

describe("an expired session", () => {
  it("is renewed once, and the request sent again as it was", async () => {
    session.start({ ...renewed, access_token: "old" } as never);
    const seen = server((r) => (r.url.endsWith("/refresh") ? json(200, renewed) : r.headers.get("Authorization") === "Bearer new" ? json(200, {}) : json(401, {})));
    const answer = await call(new Request("http://localhost/api/v1/bids/1", { method: "PUT", body: "{}", headers: { ...ifMatch({ version: 3 }), ...idempotent("k") } }));
    expect(answer.status).toBe(200);
    expect(seen.map((r) => new URL(r.url).pathname)).toEqual(["/api/v1/bids/1", "/api/v1/session/refresh", "/api/v1/bids/1"]);
    expect(await seen[2]!.text()).toBe("{}");
    expect(seen[2]!.headers.get("If-Match")).toBe('"3"');
    expect(seen[2]!.headers.get("Idempotency-Key")).toBe("k");
  });

  it("that cannot be renewed ends, and the refusal is told", async () => {
    session.start(renewed as never);
    server(() => json(401, { code: "request.sign_in" }));
    await expect(get()).rejects.toBeInstanceOf(Problem);
    expect(session.me()).toBeUndefined();
    expect(session.worthRefreshing()).toBe(false);
  });

  it("is renewed by one request however many ask at once", async () => {
    session.start(renewed as never);
    const seen = server(() => json(200, renewed));
    await Promise.all([refresh(), refresh(), refresh()]);
    expect(seen).toHaveLength(1);
  });

  it("survives a server that does not answer", async () => {
    session.start(renewed as never);
    server(() => {
      throw new TypeError("down");
    });
    expect(await refresh()).toBe(false);
    expect(session.me()).toBeDefined();
  });
});

describe("a stranger", () => {
  it("causes no refresh", async () => {
    const seen = server(() => json(401, {}));
    await expect(get()).rejects.toMatchObject({ code: "request.sign_in" });
    expect(seen).toHaveLength(1);
    expect(seen[0]!.headers.has("Authorization")).toBe(false);
  });
});

it("keys are long and differ", () => {
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
});

it("the clock follows an exact instant", () => {
  learnExactly("2026-12-01T00:00:10Z", Date.parse("2026-12-01T00:00:00Z"));
  expect(clockOffset()).toBe(10_000);
});
