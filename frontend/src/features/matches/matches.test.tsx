import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ConsortiumList, Match, MatchComparison, MatchList as Found } from "../../client/views";
import { fakeServer, Refusal } from "../../testing/fakeServer";
import { renderPart } from "../../testing/render";
import { sample, spec } from "../../testing/spec";
import { Difference } from "./CompareDialog";
import { Consortia } from "./Consortia";
import { MatchList } from "./MatchList";
import { phrases } from "./phrases";
import { TagOffer } from "./TagOffer";

const least = <T,>(name: string) => sample(spec.components.schemas[name], name) as T;
const word = (id: string, value: number) => ({ name: "word", value, args: { id } });

const team = (id: string, name: string) => ({ ...least<Match["team"]>("MatchTeam"), id, name });
const match = (id: string, name: string, part: Partial<Match> = {}): Match => ({
  ...least<Match>("MatchPair"),
  team: team(id, name),
  band: "good",
  score: 82.4,
  eligible: true,
  sum: { name: "match", value: 82.4, parts: [{ name: "capability", value: 50 }, { name: "domain", value: 32.4 }] },
  words: { name: "text", value: 0 },
  ...part,
});
const found = (items: Match[], part: Partial<Found> = {}): Found => ({ items, total: items.length, compared: items.length, cut: false, ...part });

const list = (f: Found, part: { onPick?: (x: Match[]) => void; picked?: Match[] } = {}) =>
  renderPart(<MatchList found={f} name={(x) => x.team.name} link={(x) => x.team.name} id={(x) => x.team.id} nameOf={(c) => c} none="nobody" how="how" onMore={() => {}} {...part} />);

describe("a list of matches", () => {
  it("says the band first and never a per cent", () => {
    list(found([match("t1", "一队")]));
    expect(screen.getByText("较匹配").tagName).toBe("STRONG");
    expect(screen.getByText("82.4 分").title).toContain("参照池");
    expect(document.body.textContent).not.toMatch(/82(\.4)?\s*%/);
  });

  it("tells advice with score and place, as the server tried it", async () => {
    const step = { action: "verify_evidence" as const, tag: "", title: "专利甲", from: 0, to: 0, gain: 5, score: 87.4, place_from: 5, place_to: 3 };
    list(found([match("t1", "一队", { raise: [step] })]));
    await userEvent.click(screen.getByRole("button", { name: "查看理由" }));
    expect(screen.getByText("核验佐证“专利甲”")).toBeTruthy();
    expect(screen.getByText("82.4 → 87.4 分")).toBeTruthy();
    expect(screen.getByText(/第 5 位 → 第 3 位/)).toBeTruthy();
  });

  it("says when it was cut and how many were scored in full", () => {
    list(found([match("t1", "一队")], { total: 9000, compared: 400, cut: true }));
    expect(screen.getByText(/共 9000 项，显示前 1 项/).textContent).toContain("400 项完整计分");
    expect(screen.getByRole("button", { name: "加载更多" })).toBeTruthy();
  });

  it("keeps the last two that were ticked", async () => {
    const onPick = vi.fn();
    const items = [match("t1", "一队"), match("t2", "二队"), match("t3", "三队")];
    list(found(items), { onPick, picked: items.slice(0, 2) });
    await userEvent.click(screen.getByRole("checkbox", { name: "选择“三队”进行对比" }));
    expect(onPick).toHaveBeenCalledWith([items[1], items[2]]);
  });

  it("says that there is nothing, and still how it is computed", () => {
    list(found([]));
    expect(screen.getByText("nobody")).toBeTruthy();
    expect(screen.getByText("how")).toBeTruthy();
  });
});

it("a difference names who is ahead, on the whole and in each part", () => {
  const side = (id: string, name: string, score: number) => ({ ...least<MatchComparison["a"]>("MatchSide"), team: team(id, name), score, gates: [] });
  const d = { a: side("a", "一队", 80), b: side("b", "二队", 84), difference: { name: "match", value: -4, parts: [{ name: "capability", value: 2 }, { name: "domain", value: -6 }] } };
  renderPart(<Difference found={d} nameOf={(c) => c} />);
  expect(screen.getByText("“二队”高 4.0 分")).toBeTruthy();
  const lines = screen.getAllByRole("listitem").map((x) => x.textContent);
  expect(lines).toEqual(["领域契合乙 6.0", "能力契合甲 2.0"]);
});

describe("sets of teams", () => {
  const need = { tag: "coating", name: "表面工程", name_en: "Coating", min_level: 3, holders: 0, best: 0, out: [{ team: team("t9", "九队"), level: 4, reasons: ["capacity"] }] };
  const show = (part: Partial<ConsortiumList>) =>
    renderPart(<Consortia found={{ items: [], size: 0, complete: true, needs: [need], gates: [], ...part }} link={(x) => x.name} nameOf={(c) => (c === "coating" ? "表面工程" : c)} larger={0} onLarger={() => {}} />);

  it("say what nobody has, who would have it, and why there is no set", () => {
    show({ why: "uncovered" });
    expect(screen.getByText("找不到符合条件的组合")).toBeTruthy();
    expect(screen.getByText("有必备能力无人具备")).toBeTruthy();
    expect(screen.getByText("无")).toBeTruthy();
    expect(screen.getByText("4 级 · 在研任务已满")).toBeTruthy();
  });

  it("say who brings what, and what only one of them has", () => {
    const member = (id: string, name: string, only: string[]) => ({ team: team(id, name), may_lead: id === "t1", brings: ["coating", ...only], only });
    show({ size: 2, items: [{ members: [member("t1", "一队", ["fem"]), member("t2", "二队", [])] }] });
    expect(screen.getByText("组合 1 · 2 支团队")).toBeTruthy();
    expect(screen.getByText("fem · 仅此队具备")).toBeTruthy();
    expect(screen.getAllByText("可牵头")).toHaveLength(1);
  });
});

describe("phrases", () => {
  it("joins pairs of characters that always stood together, and keeps the sum", () => {
    const got = phrases([word("业软", 0.4), word("工业", 0.4), word("软件", 0.4), word("bearing", 0.2)]);
    expect(got.map((p) => p.text)).toEqual(["工业软件", "bearing"]);
    expect(got[0]?.value).toBeCloseTo(1.2, 12);
  });
  it("leaves what weighs otherwise, and what could go on in two ways", () => {
    expect(phrases([word("工业", 0.4), word("业软", 0.3)]).map((p) => p.text)).toEqual(["工业", "业软"]);
    expect(phrases([word("工业", 0.4), word("业软", 0.4), word("业务", 0.4)])).toHaveLength(3);
    expect(phrases([word("轴轴", 0.4)]).map((p) => p.text)).toEqual(["轴轴"]);
  });
});

describe("tags offered for a text", () => {
  const tag = { code: "MFG.bearing", name: "轴承", name_en: "Bearings", confidence: 0.82, because: ["轴承", "滚动"] };

  it("adds nothing but by a click", async () => {
    const server = fakeServer({ "match.tags": { domains: [tag], capabilities: [], model: "m" } });
    const onAdd = vi.fn();
    renderPart(<TagOffer text="滚动轴承" domains={{ chosen: [], onAdd }} />);
    await userEvent.click(screen.getByRole("button", { name: "从文字推荐标签" }));
    const chip = await screen.findByRole("button", { name: "添加“轴承”" });
    expect(server.to("match.tags")[0]?.body).toEqual({ text: "滚动轴承" });
    expect(chip.textContent).toContain("把握 82%");
    expect(chip.textContent).toContain("依据：轴承、滚动");
    expect(onAdd).not.toHaveBeenCalled();
    await userEvent.click(chip);
    expect(onAdd).toHaveBeenCalledWith("MFG.bearing");
  });

  it("does not ask for an empty text, and shows what went wrong", async () => {
    fakeServer({ "match.tags": new Refusal(429, "request.too_many") });
    const { rerender } = renderPart(<TagOffer text=" " domains={{ chosen: [], onAdd: () => {} }} />);
    expect((screen.getByRole("button", { name: "从文字推荐标签" }) as HTMLButtonElement).disabled).toBe(true);
    rerender(<></>);
    renderPart(<TagOffer text="轴承" domains={{ chosen: [], onAdd: () => {} }} />);
    await userEvent.click(within(document.body).getByRole("button", { name: "从文字推荐标签" }));
    expect(await screen.findByRole("alert")).toBeTruthy();
  });
});
