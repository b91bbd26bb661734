import { describe, expect, it } from "vitest";
import { doors } from "../testing/spec";
import { en } from "./en";
import { partWords } from "./parts";
import { explainProblem, pathText } from "./problem";
import { zh } from "./zh-CN";
import { zhProblems } from "./zh-problems";

function keys(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([k, v]) => keys(v, `${path}/${k}`));
}

describe("the two languages", () => {
  it("hold the same words", () => {
    // An English reader is told a problem in the server's own English sentence.
    const told = (text: unknown) => keys(text).filter((path) => !path.startsWith("/problems/"));
    expect(told(en).sort()).toEqual(told(zh).sort());
    expect(Object.keys({ ...zh.problems, ...zhProblems })).toEqual(expect.arrayContaining(Object.keys(en.problems)));
  });

  it("leave no Chinese in English, save its own name for the other", () => {
    const chinese = keys(en).filter((path) => {
      const value = path.split("/").slice(1).reduce<unknown>((v, k) => (v as Record<string, unknown>)[k], en);
      return typeof value === "string" && /\p{Script=Han}/u.test(value);
    });
    expect(chinese).toEqual(["/language"]);
  });

  it("name every action of the API", () => {
    // A door beside the main one of an action bears a third word.
    const actions = new Set(doors.map((d) => d.id.split(".").slice(0, 2).join(".")));
    expect([...actions].filter((id) => !(id in zh.actions))).toEqual([]);
  });

  it("explain only actions that exist", () => {
    expect(Object.keys(zh.sure).filter((name) => !(name in zh.actions))).toEqual([]);
  });
});

describe("problems in words", () => {
  it("name the field by its path", () => {
    expect(pathText(zh, "indicators[2].weight")).toBe("考核指标 3 · 权重");
    expect(pathText(en, "body.partners[0].task_pct")).toBe("Partners 1 · Task share");
  });

  it("prefer the code's words, else the server's sentence, else the status", () => {
    const told = (status: number, code: string, message: string) => explainProblem(zh, { status, code, message, fields: [] }).title;
    expect(told(412, "request.stale", "changed")).toBe(zh.problems["request.stale"]);
    expect(told(422, "challenge.odd", "Odd.")).toBe("Odd.");
    expect(told(500, "x.y", "panic: nil")).toBe(zh.problems["server.broken"]);
    expect(told(409, "x.y", "")).toBe(zh.problems["request.conflict"]);
  });
});

describe("parts of a sum", () => {
  it("fill their name and tell the rest beside it", () => {
    expect(partWords(zh)({ name: "tag", value: 1, args: { tag: "轴承", level: 4, verified: true } })).toEqual({ name: "轴承", note: "等级 4 · 已核验 ✓" });
  });
});
