import { call } from "./setup";
import type { StoredFile } from "./views";

/** What a file belongs to, and as what it serves there. */
export interface Filed {
  owner_kind: "challenge" | "bid" | "team" | "org" | "alliance";
  owner_id: string;
  purpose: string;
}

/** Upload one document as it is; the server measures it and answers with its digest. */
export async function upload(file: File, where: Filed): Promise<StoredFile> {
  const url = new URL("/api/v1/documents", location.origin);
  url.search = new URLSearchParams({ ...where, name: file.name }).toString();
  const request = new Request(url, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } });
  return (await (await call(request)).json()) as StoredFile;
}

/** Save a document, signed in as one is. */
export async function download(file: { id: string; name: string }): Promise<void> {
  const response = await call(new Request(new URL(`/api/v1/documents/${file.id}/content`, location.origin)));
  saveAs(await response.blob(), file.name);
}

/** Hand bytes to the browser to keep as a file. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
