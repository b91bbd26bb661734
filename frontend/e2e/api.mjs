// Calls of the API for what a story does not do in the browser; a refusal is an error.
import { randomUUID } from "node:crypto";

export const password = "jiebang-demo-2026";

export function api(base) {
  let tokens = {};
  async function call(method, path, { as, body, version } = {}) {
    const headers = { ...(method === "GET" ? {} : { "Idempotency-Key": randomUUID() }), ...(version !== undefined && { "If-Match": `"${version}"` }) };
    if (as) {
      tokens[as] ??= (await call("POST", "/session", { body: { login: as, password } })).access_token;
      headers.Authorization = `Bearer ${tokens[as]}`;
    }
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(`${base}/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} as ${as}: ${answer.status} ${text.slice(0, 600)}`);
    return text ? JSON.parse(text) : {};
  }
  call.forget = () => (tokens = {});
  return call;
}
