import { call, idempotent, newKey } from "./setup";
import type { UploadedFile } from "./views";

/** Upload one document; the server measures it and answers with its digest. */
export async function upload(file: File): Promise<UploadedFile> {
  const form = new FormData();
  form.append("file", file);
  const request = new Request(new URL("/api/v1/documents", location.origin), { method: "POST", body: form, headers: idempotent(newKey()) });
  return (await (await call(request)).json()) as UploadedFile;
}
