// The import rules of src/ as lint rules. The zones come from the folder list, so a new
// feature needs no new rule: app → features → client, ui, text; features never meet;
// ui, text and client know nothing of the rooms above or beside them.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const src = resolve(dirname(fileURLToPath(import.meta.url)), "../src");
const floors = { app: ["app", "features", "client", "ui", "text"], client: ["client"], ui: ["ui"], text: ["text"] };
const features = readdirSync(join(src, "features")).filter((f) => statSync(join(src, "features", f)).isDirectory());

function room(file) {
  const [top, second] = relative(src, file).split(sep);
  return top === "features" ? `features/${second}` : top;
}

const allowed = { ...floors };
for (const f of features) allowed[`features/${f}`] = [`features/${f}`, "client", "ui", "text"];

function mayImport(from, to) {
  if (!(from in allowed)) return true; // main.tsx and testing/ may see everything
  if (to === "testing") return false;
  return allowed[from].some((a) => to === a || (a === "features" && to.startsWith("features/")));
}

function target(file, spec) {
  if (!spec.startsWith(".")) return null;
  const base = resolve(dirname(file), spec);
  for (const ext of ["", ".ts", ".tsx", ".d.ts"]) {
    if (existsSync(base + ext) && statSync(base + ext).isFile()) return base + ext;
  }
  return null;
}

const isTest = (file) => /\.test\.tsx?$/.test(file);

// Only static value imports can make a circle at run time; a lazy import() is a door.
const importLine = /^\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?from\s+)?["']([^"']+)["']/gm;
const graph = new Map();
function edges(file) {
  if (!graph.has(file)) {
    const found = [...readFileSync(file, "utf8").matchAll(importLine)];
    graph.set(file, found.map((m) => target(file, m[1])).filter((t) => t && /\.tsx?$/.test(t)));
  }
  return graph.get(file);
}

function reaches(from, goal, seen = new Set()) {
  if (from === goal) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return edges(from).some((next) => reaches(next, goal, seen));
}

const onImports = (check) => ({
  create(context) {
    const file = context.filename;
    if (!file.startsWith(src + sep)) return {};
    const visit = (node) => {
      if (node.source && typeof node.source.value === "string") check(context, node, file, target(file, node.source.value));
    };
    return { ImportDeclaration: visit, ExportNamedDeclaration: visit, ExportAllDeclaration: visit, ImportExpression: visit };
  },
});

export default {
  rules: {
    arrows: onImports((context, node, file, to) => {
      if (!to || isTest(file)) return;
      if (!mayImport(room(file), room(to))) {
        context.report({ node, message: `${room(file)} may not import ${room(to)}.` });
      }
    }),
    "no-cycle": onImports((context, node, file, to) => {
      if (!to || !/\.tsx?$/.test(to) || node.type === "ImportExpression" || node.importKind === "type") return;
      if (reaches(to, file)) context.report({ node, message: `This import closes a circle through ${relative(src, to)}.` });
    }),
    "no-barrel": {
      create: (context) => ({
        Program(node) {
          if (/[\\/]index\.tsx?$/.test(context.filename)) context.report({ node, message: "No index files: import the part itself." });
        },
      }),
    },
  },
};
