import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

// The server sends the .gz beside a file when the browser takes it, so it never
// compresses a page itself. Node writes no time into the header: builds stay equal.
function packed(): Plugin {
  let dir = "dist";
  return {
    name: "packed",
    apply: "build",
    configResolved: (config) => void (dir = config.build.outDir),
    closeBundle() {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        writeFileSync(file + ".gz", gzipSync(readFileSync(file), { level: 9 }));
      }
      writeFileSync(join(dir, ".keep"), "");
    },
  };
}

export default defineConfig({
  plugins: [react(), packed()],
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 600, emptyOutDir: true, manifest: true },
  server: { proxy: { "/api": process.env.JIEBANG_URL ?? "http://127.0.0.1:8080" } },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/start.ts"],
    restoreMocks: true,
  },
});
