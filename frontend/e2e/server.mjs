// Starts the server's binary on a free port with demo data in a folder of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const freePort = () =>
  new Promise((done) => {
    const s = createServer().listen(0, "127.0.0.1", () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });

/** The server's address and a way to end it. JIEBANG_URL takes one that runs already. */
export async function startServer() {
  if (process.env.JIEBANG_URL) return { url: process.env.JIEBANG_URL, stop: () => {} };
  const bin = process.env.JIEBANG_BIN;
  if (!bin) throw new Error("set JIEBANG_BIN to the server's binary (go build -o bin/jiebang .)");
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "jiebang-e2e-"));
  const url = `http://127.0.0.1:${port}`;
  const log = [];
  const child = spawn(bin, ["serve", "--demo", "--addr", `127.0.0.1:${port}`, "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => log.push(chunk.toString()));
  let ended;
  child.on("exit", (code) => (ended = code ?? -1));
  const stop = async () => {
    child.kill("SIGTERM");
    for (let i = 0; ended === undefined && i < 100; i++) await new Promise((r) => setTimeout(r, 50));
    if (ended === undefined) child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  };
  for (let i = 0; i < 300; i++) {
    if (ended !== undefined) break;
    if (await fetch(`${url}/readyz`).then((r) => r.ok, () => false)) return { url, stop, log };
    await new Promise((r) => setTimeout(r, 100));
  }
  await stop();
  throw new Error(`the server did not get ready (exit ${ended}):\n${log.join("").slice(-4000)}`);
}
