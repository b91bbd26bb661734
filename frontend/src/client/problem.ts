// A Problem is any answer of the server that is not a success (RFC 9457), or the lack of
// an answer. Its code is stable; the page finds the words for it in text.
export interface ProblemField {
  path: string;
  code: string;
  message: string;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: ProblemField[];
  readonly incident?: string;
  readonly retryAfter?: number;

  constructor(status: number, code: string, detail: string, fields: ProblemField[] = [], incident?: string, retryAfter?: number) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.incident = incident;
    this.retryAfter = retryAfter;
  }
}

const byStatus: Record<number, string> = {
  401: "request.sign_in",
  403: "request.denied",
  404: "request.not_found",
  409: "request.conflict",
  412: "request.stale",
  413: "request.too_large",
  429: "request.too_many",
};

/** The code of a problem document: its `code`, else the tail of `type` (urn:jiebang:<code>), else by status. */
function codeOf(body: Record<string, unknown>, status: number): string {
  if (typeof body.code === "string" && body.code) return body.code;
  if (typeof body.type === "string" && body.type.startsWith("urn:jiebang:")) return body.type.slice("urn:jiebang:".length);
  return byStatus[status] ?? (status >= 500 ? "server.broken" : "request.invalid");
}

/** Field errors come as `fields` [{path, code, message}] or as huma's `errors` [{location, message}]. */
function fieldsOf(body: Record<string, unknown>): ProblemField[] {
  const list = (Array.isArray(body.fields) ? body.fields : Array.isArray(body.errors) ? body.errors : []) as Record<string, unknown>[];
  return list.map((f) => ({
    path: String(f.path ?? f.location ?? "").replace(/^body\./, ""),
    code: String(f.code ?? ""),
    message: String(f.message ?? ""),
  }));
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const wait = Number(response.headers.get("Retry-After"));
  return new Problem(
    response.status,
    codeOf(body, response.status),
    String(body.detail ?? body.title ?? response.statusText),
    fieldsOf(body),
    typeof body.incident === "string" ? body.incident : undefined,
    wait > 0 ? wait : undefined,
  );
}

export function asProblem(error: unknown): Problem {
  if (isProblem(error)) return error;

  return new Problem(0, error instanceof TypeError ? "network.down" : "page.broken", error instanceof Error ? error.message : String(error));
}

/** Anything of a problem's shape will do: what a form finds by itself looks the same. */
function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "code" in error && "status" in error && "fields" in error;
}
