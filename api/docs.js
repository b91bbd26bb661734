"use strict";
fetch("/api/openapi.json").then((r) => r.json()).then((spec) => {
  const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; };
  document.getElementById("about").textContent = spec.info.description;
  const name = (s) => (s && s.$ref ? s.$ref.split("/").pop() : "");
  const shape = (s, depth) => {
    if (!s) return null;
    if (s.$ref) { if (depth > 3) return name(s); return shape(spec.components.schemas[name(s)], depth + 1); }
    if (s.type === "object" && s.properties) {
      const o = {};
      for (const [k, v] of Object.entries(s.properties)) o[k + ((s.required || []).includes(k) ? "" : "?")] = shape(v, depth + 1);
      return o;
    }
    if (s.type === "array" || (Array.isArray(s.type) && s.type.includes("array"))) return [shape(s.items, depth + 1)];
    return [].concat(s.type || "any").join("|") + (s.enum ? " " + s.enum.join(" ") : "") + (s.description ? " — " + s.description : "");
  };
  const list = document.getElementById("list"), groups = {}, rows = [];
  for (const [path, methods] of Object.entries(spec.paths)) for (const [method, op] of Object.entries(methods)) {
    const tag = (op.tags || ["other"])[0];
    if (!groups[tag]) { groups[tag] = el("section"); groups[tag].append(el("h2", "", tag)); list.append(groups[tag]); }
    const d = el("details"), s = el("summary");
    s.append(el("span", "m " + method, method.toUpperCase()), el("code", "", path), el("span", "", op.summary || ""));
    d.append(s);
    d.addEventListener("toggle", () => {
      if (!d.open || d.dataset.drawn) return;
      d.dataset.drawn = "1";
      d.append(el("p", "p", op.operationId + (op.security ? " · sign-in" : " · open")));
      const params = (op.parameters || []).map((p) => p.name + " (" + p.in + (p.required ? ", required" : "") + ")").join(", ");
      if (params) d.append(el("p", "p", "Parameters: " + params));
      const body = op.requestBody && Object.values(op.requestBody.content)[0];
      if (body) { d.append(el("p", "p", "Body:")); d.append(el("pre", "", JSON.stringify(shape(body.schema, 0), null, 2))); }
      for (const [code, r] of Object.entries(op.responses || {})) {
        const c = r.content && Object.values(r.content)[0];
        if (c && code < "300") { d.append(el("p", "p", "Answer " + code + ":")); d.append(el("pre", "", JSON.stringify(shape(c.schema, 0), null, 2))); }
      }
    });
    groups[tag].append(d);
    rows.push([d, (method + " " + path + " " + op.operationId + " " + (op.summary || "")).toLowerCase()]);
  }
  document.getElementById("find").addEventListener("input", (e) => { for (const [d, t] of rows) d.hidden = !t.includes(e.target.value.toLowerCase()); });
});
